"""Rows beside the reader's own copy: the words of each span, in their sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ceasefire_talks.package.package import Row
from ceasefire_talks.package.record import Record
from ceasefire_talks.tracing.findings import Findings, RowFinding, SentenceFinding
from ceasefire_talks.validation.problem import neutral

# What a copy adds to a row of evidence; see `evidence_beside`.
OF_COPY = ("status", "words", "sentence_status", "text_start", "text_end", "text")


@dataclass(frozen=True, slots=True)
class TracedRecord(Record):
    """A record whose evidence is shown in the reader's own copy."""

    def __str__(self) -> str:
        lines = ["in your copy", *(f"  {neutral(_line(row))}" for row in self.evidence)]
        # Not super(): the class that slots=True makes is another than the one that the name in super() means.
        return "\n".join([Record.__str__(self), *(lines if self.evidence else [])])


def beside(record: Record, findings: Findings) -> TracedRecord:
    """The record with the words of its evidence in a copy."""
    rows = evidence_beside(record.evidence, findings)
    return TracedRecord(
        record.table,
        record.id,
        record.row,
        record.labels,
        rows,
        record.corroborations,
        record.verdicts,
        record.changes,
    )


def evidence_beside(evidence: list[Row], findings: Findings) -> list[Row]:
    """Rows of evidence with what a copy adds to them.

    Returns:
        The rows with `status` (proven, differs, not-located, not-proven), `words` of the span, `sentence_status`, and
        `text`, the sentence in the copy, where `text_start` and `text_end` are the offsets of the words. All of them
        are None for evidence in another source.
    """
    rows = {row.evidence_id: row for row in findings.rows}
    sentences = {sentence.sentence_id: sentence for sentence in findings.sentences}
    return [dict(_with_words(row, rows, sentences)) for row in evidence]


def _with_words(
    row: Row, rows: dict[str, RowFinding], sentences: dict[str, SentenceFinding]
) -> Iterator[tuple[str, object]]:
    found, sentence = rows.get(row["evidence_id"]), sentences.get(row["sentence_id"])
    yield from row.items()
    yield "status", found.status if found else None
    yield "words", found.words if found else None
    yield "sentence_status", sentence.status if sentence else None
    yield "text_start", found.text_start if found else None
    yield "text_end", found.text_end if found else None
    yield "text", sentence.text if sentence else None


def _line(row: Row) -> str:
    head = f"{row['evidence_id']}  {row['status'] or 'in another source'}"
    if row["text"] is None or row["text_start"] is None:
        return f"{head}  {row['sentence_id']} {row['sentence_status'] or ''}".rstrip()
    before, words, behind = (
        row["text"][: row["text_start"]],
        row["text"][row["text_start"] : row["text_end"]],
        row["text"][row["text_end"] :],
    )
    return f"{head}  {before}[{words}]{behind}"
