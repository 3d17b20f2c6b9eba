"""Findings as lines of text: the summary, then everything that is not proven, then what could not be recomputed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from ceasefire_talks.tracing.findings import (
    DateFinding,
    FigureFinding,
    Findings,
    NewText,
    NumberDifference,
    RowFinding,
    SentenceFinding,
    by_sentence,
)
from ceasefire_talks.tracing.match import Status
from ceasefire_talks.validation.problem import neutral, quoted

_MOST_NEW = 10


def as_text(findings: Findings) -> Iterator[str]:
    """The lines of a report, safe for a terminal whatever the copy holds."""
    return map(neutral, _lines(findings))


def _lines(findings: Findings) -> Iterator[str]:
    yield findings.summary
    yield f"sentences: {_counts(findings.sentences)}"
    if findings.identical:
        yield "this copy is the document whose hash is published, in every character"
    yield from _new(findings.new)
    rows, numbers = by_sentence(findings.rows), by_sentence(findings.numbers)
    for one in findings.sentences:
        if not one.proven:
            yield from _unproven(one, rows[one.sentence_id], numbers[one.sentence_id])
    yield from (_row(row) for row in findings.rows if row.status in ("differs", "not-located"))
    yield from _recomputed("differs", findings)
    yield from _recomputed("not-recomputed", findings)
    yield _verdict(findings)


def _verdict(findings: Findings) -> str:
    if not findings.ok:
        return "not everything is proven"
    statuses = [*(one.status for one in findings.figures), *(one.status for one in findings.dates)]
    unread = statuses.count("not-recomputed")
    apart = f"; the words of {_many(unread, 'value')} stand, but could not be recomputed" if unread else ""
    return f"every sentence and every row of evidence is proven{apart}"


def _counts(sentences: Iterable[SentenceFinding]) -> str:
    counts = Counter(sentence.status for sentence in sentences)
    return ", ".join(f"{counts[status]} {status}" for status in get_args(Status) if counts[status])


def _new(new: Sequence[NewText]) -> Iterator[str]:
    if new:
        words = sum(one.words for one in new)
        yield f"new text: {_many(words, 'word')} in {_many(len(new), 'place')} where the ledger has none"
    for one in new[:_MOST_NEW]:
        yield f"  at {one.start} {'repeated' if one.repeated else 'new'}: {quoted(one.text)}"
    if len(new) > _MOST_NEW:
        yield f"  and in {_many(len(new) - _MOST_NEW, 'more place')}"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def _unproven(
    sentence: SentenceFinding, rows: Sequence[RowFinding], numbers: Sequence[NumberDifference]
) -> Iterator[str]:
    yield f"{sentence.place} {sentence.sentence_id} {sentence.status}: sentence on: {sentence.topic}"
    if sentence.text is not None:
        yield f"  at {sentence.start}, for review ({sentence.distance} of 64 bits differ): {quoted(sentence.text)}"
    yield from (f"  {one}" for one in numbers)
    if rows:
        records = ", ".join(sorted({row.record for row in rows}))
        yield f"  not proven with it: {_many(len(rows), 'row')} of evidence, for {records}"


def _row(row: RowFinding) -> str:
    subject = f"{row.table}/{row.record}" + (f".{row.column}" if row.column else "")
    return f"{row.place} {row.evidence_id} {row.status}: {subject}: {row.reason}"


def _recomputed(status: str, findings: Findings) -> Iterator[str]:
    yield from (_figure(one) for one in findings.figures if one.status == status)
    yield from (_date(one) for one in findings.dates if one.status == status)


def _figure(figure: FigureFinding) -> str:
    return f"{figure.place} {figure.figure_id} figure {figure.status}: {quoted(figure.value_text)}: {figure.reason}"


def _date(date: DateFinding) -> str:
    return f"{date.place} {date.record} date {date.status} ({date.evidence_id}): {date.reason}"
