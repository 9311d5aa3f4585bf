"""Rows of values as the text of a file: CSV, JSON, Markdown. Hides quoting, and what a reading program would take for
more than text.

A spreadsheet runs a cell that begins like a formula: such a cell gets an apostrophe in front, in CSV alone. JSON and
Markdown give every value exactly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

Value = str | int | bool | None
Values = Mapping[str, Value]
"""One row: values by column."""

FORMS = ("csv", "json", "md")
"""The kinds of file, which are their endings too."""
MARK = "\ufeff"
"""The mark at the head of a CSV file by which a spreadsheet knows that it is UTF-8."""

_FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@＝＋－＠]|[\t\r\n\x00]")
_QUOTED = re.compile(r'[",\r\n]')
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-!|&~$=:@])")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")
_WWW = re.compile(r"(?i)\b(www)\.")


def csv(columns: Sequence[str], rows: Iterable[Values]) -> str:
    """A header and one line a row; lines end as RFC 4180 has them, the text begins with `MARK`."""
    return MARK + ",".join(columns) + "\r\n" + "".join(csv_line(columns, row) for row in rows)


def csv_line(columns: Sequence[str], row: Values) -> str:
    """One row of it."""
    return ",".join(_cell(row.get(c)) for c in columns) + "\r\n"


def _cell(value: Value) -> str:
    shown = plain(value)
    if isinstance(value, str) and _FORMULA.match(shown):
        shown = "'" + shown
    return '"' + shown.replace('"', '""') + '"' if _QUOTED.search(shown) else shown


def plain(value: Value) -> str:
    """A value as it stands in a cell: nothing, yes or no, a number, the text itself."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def as_json(value: object) -> str:
    """A value as JSON on one line, in letters as they are."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def escaped(text: str) -> str:
    """Text that Markdown shows as these very characters, on one line, each run of blanks as one."""
    shown = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _WWW.sub(r"\1\\.", _NUMBERED.sub(r"\1\\\2", shown))


def address(url: str) -> str:
    """A web address as Markdown links it; "" where it is none."""
    return f"<{url}>" if re.fullmatch(r"https?://[^\s<>\\]{1,2900}", url) else ""
