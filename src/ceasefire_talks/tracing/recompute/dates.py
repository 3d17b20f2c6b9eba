"""Dates read anew from the words that evidence gives for them, and held against the bounds of the row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ceasefire_talks.package.progress import progress
from ceasefire_talks.text.edtf import EdtfError
from ceasefire_talks.text.times import AnchorNeededError, Direction, Reading, TimeError, find_times, read_time
from ceasefire_talks.tracing.coded import Coded, Evidence
from ceasefire_talks.tracing.findings import DateFinding, RowFinding
from ceasefire_talks.tracing.recompute.anchors import Anchor, Anchors
from ceasefire_talks.tracing.wording import Wording

COLUMN = "date"
# What is planned is to come; what nobody says has happened may lie on either side.
_DIRECTIONS: dict[str, Direction | None] = {"planned": "future", "hypothetical": None}
# Words that would turn the date behind them into another.
_TURNING = re.compile(r"(?:before|after) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the words state, by one reading or, where the anchor may be either of two days, by two."""

    words: str
    readings: tuple[Reading, ...]
    anchor: Anchor | None = None

    @property
    def edtf(self) -> str:
        return " or ".join(dict.fromkeys(one.edtf for one in self.readings))

    @property
    def earliest(self) -> date | None:
        days = [one.earliest for one in self.readings]
        return None if None in days else min(day for day in days if day)

    @property
    def latest(self) -> date | None:
        days = [one.latest for one in self.readings]
        return None if None in days else max(day for day in days if day)


def recompute_dates(
    coded: Coded, wordings: Mapping[str, Wording], rows: Mapping[str, RowFinding]
) -> Iterator[DateFinding]:
    """A finding for each row of evidence for a date.

    Args:
        coded: the rows of the source.
        wordings: the sentences that are proven, by id.
        rows: the findings on its rows of evidence, by id.
    """
    reader = _Reader(coded, wordings)
    stated = [one for one in coded.evidence if one.column == COLUMN]
    with progress("Reading dates", len(stated)) as bar:
        for evidence in stated:
            yield _recompute(evidence, rows[evidence.evidence_id], reader)
            bar.advance()


def _recompute(evidence: Evidence, row: RowFinding, reader: _Reader) -> DateFinding:
    if row.status != "proven" or row.words is None:
        return _finding(evidence, status="not-proven", reason=f"its words are not proven: {row.reason}")
    try:
        read = reader.read(evidence, row.words)
    except (TimeError, EdtfError) as error:
        return _finding(evidence, words=row.words, status="not-recomputed", reason=str(error))
    reason = _outside(read, evidence.subject.row["date_min"], evidence.subject.row["date_max"])
    return _finding(
        evidence,
        words=read.words,
        read_date=read.edtf,
        read_min=read.earliest,
        read_max=read.latest,
        anchor=read.anchor.edtf if read.anchor else None,
        status="differs" if reason else "recomputed",
        reason=reason,
    )


class _Reader:
    def __init__(self, coded: Coded, wordings: Mapping[str, Wording]) -> None:
        self._published = coded.published
        self._unread = coded.unread
        self._anchors = Anchors(coded, wordings)

    def read(self, evidence: Evidence, words: str) -> _Read:
        """The reading of a span, or of the one date in it where the span is wider than the date.

        Raises:
            TimeError: the grammar reads no date there, or several, or one that is told from a day that is not known.
        """
        if self._unread:
            raise TimeError(self._unread)
        direction = _direction(evidence)
        try:
            return _Read(words, (read_time(words, self._published, direction=direction),))
        except AnchorNeededError as needed:
            anchor = self._anchors.find(evidence, words, needed, direction)
            return self._from(anchor, words, direction) if anchor else self._within(words, direction, needed)
        except TimeError as error:
            return self._within(words, direction, error)

    def _from(self, anchor: Anchor, words: str, direction: Direction | None) -> _Read:
        readings = (read_time(words, self._published, anchor=day, direction=direction) for day in anchor.days)
        return _Read(words, tuple(readings), anchor)

    def _within(self, words: str, direction: Direction | None, error: TimeError) -> _Read:
        found = find_times(words, self._published, direction=direction)
        if len(found) > 1:
            raise TimeError(f"{words!r} holds {len(found)} dates")
        if not found:
            raise error
        one = found[0]
        turning = _TURNING.search(words, 0, one.start)
        if turning is None:
            return _Read(words[one.start : one.end], (one.reading,))
        turned = words[turning.start() : one.end]
        return _Read(turned, (read_time(turned, self._published, direction=direction),))


def _direction(evidence: Evidence) -> Direction | None:
    return _DIRECTIONS.get(evidence.subject.row.get("status", ""), "past")


def _outside(read: _Read, first: date | None, last: date | None) -> str | None:
    """How the words' date leaves the bounds of the row; where the words leave a side open, they say nothing of it."""
    if first is None and last is None:
        return "the row has no date"
    for day in filter(None, (read.earliest, read.latest)):
        if (first and day < first) or (last and day > last):
            return f"the words state {read.edtf}, outside {first or '..'} to {last or '..'}"
    return None


def _finding(evidence: Evidence, **found: Any) -> DateFinding:
    row = evidence.subject.row
    return DateFinding(
        evidence_id=evidence.evidence_id,
        table=evidence.table,
        record=evidence.record,
        sentence_id=evidence.sentence_id,
        date=row[COLUMN],
        date_min=row["date_min"],
        date_max=row["date_max"],
        place=evidence.subject.place,
        **found,
    )
