"""`python -m tests.gate`: the table; `--errors` with what went wrong behind it, `--update` to raise the floors.

Raising never lowers: where a figure fell, nothing is written and the exit status is 1. `--lower REASON` is the one way
down, and the reason stays in the file.
"""

from __future__ import annotations

import argparse
import sys

from tests.gate import floors, table
from tests.gate.figures import MATERIALS, Measured, measured
from tests.gate.material import Absent


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and write floors if asked; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.gate", description=__doc__)
    parser.add_argument("materials", nargs="*", metavar="MATERIAL", help=f"of {', '.join(MATERIALS)}; all if none")
    parser.add_argument("--errors", metavar="KIND", nargs="?", const="", help="what went wrong, of kinds that begin so")
    parser.add_argument("--most", type=int, default=10, help="examples of a kind (10)")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is measured now")
    parser.add_argument("--lower", metavar="REASON", help="set the floors to what is measured now, and keep the reason")
    wish = parser.parse_args(arguments)
    unknown = [name for name in wish.materials if name not in MATERIALS]
    if unknown:
        parser.error(f"no such material: {', '.join(unknown)}")
    found = _measured(wish.materials or list(MATERIALS))
    held = floors.load()
    print(table.text(found, held))
    if wish.errors is not None:
        _print_errors(found, wish.errors, wish.most)
    if wish.update or wish.lower:
        return _write(found, held, wish.lower)
    broken = floors.breaches(held, [one for one in found if held.same_material(one)])
    print("\n".join(["", *broken] if broken else ["", "no figure is below its floor"]))
    return 1 if broken else 0


def _measured(names: list[str]) -> list[Measured]:
    found = []
    for name in names:
        try:
            found.append(measured(name))
        except Absent as why:
            print(f"left out {name}: {why}", file=sys.stderr)
    return found


def _print_errors(found: list[Measured], kind: str, most: int) -> None:
    for one in found:
        for name, lines in sorted(one.errors.items()):
            if lines and name.startswith(kind):
                print(f"\n[{one.material}] {name}: {len(lines)}")
                print("\n".join(f"  {line}" for line in lines[:most]))


def _write(found: list[Measured], held: floors.Floors, reason: str | None) -> int:
    for one in found:
        try:
            changed = held.lower(one, reason) if reason else held.raised(one)
        except floors.Falls as fall:
            print(f"not written: {fall}", file=sys.stderr)
            return 1
        print("\n".join(changed) or f"{one.material}: nothing rose")
    floors.save(held)
    return 0


if __name__ == "__main__":
    sys.exit(main())
