"""What a trace finds: one finding a sentence, a row of evidence, a figure, a date; nothing is rendered here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from ceasefire_talks.tracing.match import PROVEN, Status

SpanStatus = Literal["proven", "differs", "not-located", "not-proven"]
Recomputed = Literal["recomputed", "differs", "not-recomputed", "not-proven"]
Number = int | float
_STANDING = ("recomputed", "not-recomputed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a row stands: the file, relative to the package, and its line."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceFinding:
    """What became of a sentence of the ledger.

    Attributes:
        sentence_id: its id.
        position: its number in the document.
        kind: the part of the document that it is.
        topic: what it is about, in the ledger's own words.
        status: exact, reformatted, moved, altered or lost.
        distance: for `altered`, by how many of 64 bits the simhashes differ.
        start: code-point offset of its place in the normalised copy; None if it is lost.
        end: offset behind it.
        text: the words of the copy at that place.
        place: its row.
    """

    sentence_id: str
    position: int
    kind: str
    topic: str
    status: Status
    distance: int | None
    start: int | None
    end: int | None
    text: str | None
    place: Place

    @property
    def proven(self) -> bool:
        """Whether the copy has its words, by hash."""
        return self.status in PROVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFinding:
    """What became of a row of evidence.

    Attributes:
        evidence_id: its id.
        table: the table of the record that it supports.
        record: the record's id.
        column: the supported column; None for the record as a whole.
        stated: the supported cell, or what the record as a whole is about.
        sentence_id: its sentence.
        start: code-point offset of its span in the sentence as published.
        end: offset behind it.
        status: proven; differs (the span does not exist, or its words are not those of the cell); not-located (the
            sentence is proven, but not where in it the span lies); not-proven (the sentence is altered or lost).
        words: the words of the span in the copy.
        text_start: code-point offset of the words in the `text` of the sentence's finding, its lines joined.
        text_end: offset behind them.
        reason: what is wrong, or not certain.
        place: its row.
    """

    evidence_id: str
    table: str
    record: str
    column: str | None
    stated: str
    sentence_id: str
    start: int
    end: int
    status: SpanStatus
    words: str | None
    text_start: int | None
    text_end: int | None
    reason: str | None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFinding:
    """A figure read anew from its words.

    Attributes:
        figure_id: its id.
        sentence_id: its sentence.
        value_text: the words, as the row has them.
        low: the row's lower bound.
        high: the row's upper bound.
        qualifier: the row's hedge.
        unit: the row's unit.
        read_low: the lower bound that the words state, as far as they are read; so for the next three.
        read_high: the upper bound.
        read_qualifier: the hedge.
        read_unit: the unit; None where the words hold none.
        status: recomputed; differs; not-recomputed (the grammar does not read the words); not-proven.
        reason: what differs, or why it is not recomputed.
        place: its row.
    """

    figure_id: str
    sentence_id: str
    value_text: str
    low: Number | None
    high: Number | None
    qualifier: str
    unit: str
    read_low: Number | None = None
    read_high: Number | None = None
    read_qualifier: str | None = None
    read_unit: str | None = None
    status: Recomputed
    reason: str | None = None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFinding:
    """A date read anew from the words that evidence gives for it.

    Attributes:
        evidence_id: the row of evidence.
        table: the table of the dated record.
        record: its id.
        sentence_id: the sentence.
        date: the record's date, in EDTF.
        date_min: its first day; None where that side is open.
        date_max: its last day.
        words: the words that were read, which may be a part of the span.
        read_date: the date that they state, in EDTF.
        read_min: its first day.
        read_max: its last day.
        anchor: from which other day or days the words were resolved, where they needed one; EDTF.
        status: recomputed; differs (it leaves the bounds); not-recomputed; not-proven.
        reason: how it leaves the bounds, or why it is not recomputed.
        place: the record's row.
    """

    evidence_id: str
    table: str
    record: str
    sentence_id: str
    date: str | None
    date_min: dt.date | None
    date_max: dt.date | None
    words: str | None = None
    read_date: str | None = None
    read_min: dt.date | None = None
    read_max: dt.date | None = None
    anchor: str | None = None
    status: Recomputed
    reason: str | None = None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberDifference:
    """A number in which an altered sentence differs from the ledger's figures of that sentence.

    Attributes:
        sentence_id: the altered sentence.
        figure_id: the ledger's figure; None where the copy has a number that no figure of the ledger has.
        ledger: the figure's words and bounds; None where there is none.
        copy: the number's words in the copy; None where the copy has no number in its place.
    """

    sentence_id: str
    figure_id: str | None
    ledger: str | None
    copy: str | None

    def __str__(self) -> str:
        if self.ledger is None:
            return f"this copy reads {self.copy}, which no figure of the ledger has"
        return f"the ledger has {self.ledger}, this copy {f'reads {self.copy}' if self.copy else 'has no such number'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewText:
    """A stretch of the copy that is in no sentence of the ledger, or a sentence that the copy has once more.

    Attributes:
        start: code-point offset in the normalised copy.
        end: offset behind it.
        words: how many words it has.
        repeated: it is a sentence of the ledger, which the copy has more often than the ledger.
        text: the words themselves.
    """

    start: int
    end: int
    words: int
    repeated: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything that tracing a source in one copy of its text found.

    Attributes:
        source_id: the source.
        title: its title.
        identical: the whole copy, normalised, has the hash that is published of the document.
        sentences: one finding a sentence of the ledger, in its order.
        rows: one a row of evidence in these sentences.
        figures: one a figure of these sentences.
        dates: one a row of evidence for a date.
        numbers: how the numbers of altered sentences differ from the ledger's figures.
        new: what the copy has besides, in its order.
    """

    source_id: str
    title: str
    identical: bool
    sentences: tuple[SentenceFinding, ...]
    rows: tuple[RowFinding, ...]
    figures: tuple[FigureFinding, ...]
    dates: tuple[DateFinding, ...]
    numbers: tuple[NumberDifference, ...]
    new: tuple[NewText, ...]

    @property
    def ok(self) -> bool:
        """Whether every sentence and every row of evidence is proven, and no figure and no date differs.

        A figure or a date that the grammar cannot read does not count against it: its words stand, and it is counted
        apart.
        """
        return (
            all(one.proven for one in self.sentences)
            and all(one.status == "proven" for one in self.rows)
            and all(one.status in _STANDING for one in self.figures)
            and all(one.status in _STANDING for one in self.dates)
        )

    @property
    def summary(self) -> str:
        """One line that can be quoted: what is proven, of how many."""
        parts = [
            f"{sum(one.proven for one in self.sentences)} of {len(self.sentences)} sentences proven",
            f"{sum(one.status == 'proven' for one in self.rows)} of {len(self.rows)} evidence rows proven",
            _recomputed(self.figures, "figures"),
            _recomputed(self.dates, "dates"),
        ]
        return f"{self.source_id}: {', '.join(parts)}"


class _InSentence(Protocol):
    @property
    def sentence_id(self) -> str: ...


_Found = TypeVar("_Found", bound=_InSentence)


def by_sentence(found: Iterable[_Found]) -> defaultdict[str, list[_Found]]:
    """Findings, or rows of evidence, by the id of their sentence, in their order."""
    grouped: defaultdict[str, list[_Found]] = defaultdict(list)
    for one in found:
        grouped[one.sentence_id].append(one)
    return grouped


def _recomputed(findings: Sequence[FigureFinding] | Sequence[DateFinding], noun: str) -> str:
    statuses = [one.status for one in findings]
    unread = statuses.count("not-recomputed")
    apart = f" ({unread} beyond the grammar)" if unread else ""
    return f"{statuses.count('recomputed')} of {len(statuses)} {noun} recomputed{apart}"
