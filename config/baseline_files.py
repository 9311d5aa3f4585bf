"""The stored baseline: its text checked against its sidecar, its known faults found in it. Hides how."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from config.crossings import BASELINE_ID
from config.document import Document, read_text
from config.problems import shown
from config.schema import BaselineFile
from digests import text as texts
from digests.model import Article, Baseline, Days, Fault, Part, Source, SourceClass, Span, TextOfRecord

ARTICLE_ID = "baseline-v{version}"


def source(file: BaselineFile) -> Source:
    """The baseline as a source: a rewrite, in the zone in which its “Tuesday” is read."""
    return Source(BASELINE_ID, file.title, SourceClass.REWRITE, BASELINE_ID, zone=file.zone)


def baseline(document: Document, file: BaselineFile) -> Baseline | None:
    """The baseline with its text, or None and problems in the document. Offsets count characters of the file as it is.

    Its text counts as seen and published when its day begins in its own zone.
    """
    if file.dated.first > file.dated.last:
        document.wrong(("dated", "last"), f"it is before {file.dated.first}", "Exchange first and last")
    path = Path(document.file).with_name(file.text)
    text = _text(path, document, file)
    if text is None:
        return None
    record = TextOfRecord(text)
    faults = tuple(f for n in range(len(file.faults)) if (f := _fault(document, file, n, record)) is not None)
    day = datetime.combine(file.published, time(), ZoneInfo(file.zone)).astimezone(UTC)
    article = Article(
        article_id=ARTICLE_ID.format(version=file.version),
        feed_id=BASELINE_ID,
        source_id=BASELINE_ID,
        entry_id=BASELINE_ID,
        url="",
        language=file.language,
        seen_at=day,
        published_at=day,
        texts={Part.TEXT: record},
        content_sha=record.sha,
    )
    return Baseline(file.version, article, faults, Days(file.dated.first, file.dated.last))


def _text(path: Path, document: Document, file: BaselineFile) -> str | None:
    """The stored text, byte for byte as it was frozen."""
    beside = Document(str(path))
    text = read_text(path, beside)
    document.problems.extend(beside.problems)
    if text is None:
        return None
    found = hashlib.sha256(text.encode("utf-8")).hexdigest()
    if found != file.sha256:
        remedy = f"Restore {path.name}; a text that is meant to change is a new version with its own file and sha256"
        document.wrong(
            ("sha256",), f"{path.name} is not the text that was frozen (its sha256 is {found[:12]}...)", remedy
        )
    if not unicodedata.is_normalized("NFC", text):
        document.wrong(("text",), f"{path.name} is not in Unicode's normal form C", "Convert it, as a new version")
        return None
    return text


def _fault(document: Document, file: BaselineFile, n: int, record: TextOfRecord) -> Fault | None:
    entry = file.faults[n]
    span = _once_in(record, entry.span)
    if span is None:
        times = record.body.count(entry.span)
        what = f"{shown(entry.span)} stands {times} times in {file.text}"
        document.wrong(
            ("faults", n, "span"), what, "Copy the exact characters, enough of them that they stand there once"
        )
        return None
    other = texts.record(entry.other_wording)
    return Fault(span, entry.kind, entry.source, entry.said_by or "", other.span(0, len(other.body)))


def _once_in(record: TextOfRecord, words: str) -> Span | None:
    start = record.body.find(words)
    if start < 0 or record.body.find(words, start + 1) >= 0:
        return None
    return record.span(start, start + len(words))
