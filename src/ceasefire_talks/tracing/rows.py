"""Rows of evidence against the sentences that a copy proves: the span exists, and its words are those of the cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ceasefire_talks.text.fingerprint import fold
from ceasefire_talks.tracing.coded import Evidence
from ceasefire_talks.tracing.findings import RowFinding, SpanStatus
from ceasefire_talks.tracing.wording import Wording

# Cells that hold the words of the source themselves.
VERBATIM = ("value_text", "quote", "described_as")


def check_rows(evidence: Iterable[Evidence], wordings: Mapping[str, Wording]) -> Iterator[RowFinding]:
    """A finding for each row of evidence.

    Args:
        evidence: the rows.
        wordings: the sentences that are proven, by id.
    """
    for one in evidence:
        found = wordings.get(one.sentence_id)
        if found is None:
            yield _finding(one, "not-proven", "its sentence is not proven")
        elif not 0 <= one.start < one.end <= found.length:
            yield _finding(one, "differs", f"the span [{one.start}:{one.end}] is not in its sentence of {found.length}")
        else:
            yield _in_sentence(one, found)


def _in_sentence(evidence: Evidence, found: Wording) -> RowFinding:
    span = found.locate(evidence.start, evidence.end)
    if span is None:
        reason = "ellipses or ligatures of this copy leave open where in the sentence the span lies"
        return _finding(evidence, "not-located", reason)
    words = found.text[slice(*span)]
    cell = evidence.subject.row[evidence.column] if evidence.column in VERBATIM else None
    if cell is not None and not _same(words, cell, exact=found.exact):
        return _finding(evidence, "differs", f"the row has {cell!r}, the words are {words!r}", words, span)
    return _finding(evidence, "proven", None, words, span)


def _same(words: str, cell: str, *, exact: bool) -> bool:
    return words == cell if exact else fold(words) == fold(cell)


def _finding(
    evidence: Evidence,
    status: SpanStatus,
    reason: str | None,
    words: str | None = None,
    span: tuple[int | None, int | None] = (None, None),
) -> RowFinding:
    return RowFinding(
        evidence_id=evidence.evidence_id,
        table=evidence.table,
        record=evidence.record,
        column=evidence.column,
        stated=evidence.stated,
        sentence_id=evidence.sentence_id,
        start=evidence.start,
        end=evidence.end,
        status=status,
        words=words,
        text_start=span[0],
        text_end=span[1],
        reason=reason,
        place=evidence.place,
    )
