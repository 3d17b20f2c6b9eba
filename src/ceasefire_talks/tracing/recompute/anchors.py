"""The other day that words such as "since then" and "in the days leading up to the visit" tell a date from.

It is never chosen because it fits. Where the words name an event ("the visit"), it is the date of the event that row
evidence finds in exactly these words. Where they only point back ("then"), it is the nearest date before them, in the
sentence or in those before it in its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ceasefire_talks.text.edtf import Edtf, parse
from ceasefire_talks.text.times import AnchorNeededError, Direction, find_times
from ceasefire_talks.text.times.patterns import canonical
from ceasefire_talks.tracing.coded import Coded, Evidence
from ceasefire_talks.tracing.findings import by_sentence
from ceasefire_talks.tracing.wording import Wording

_UP_TO = re.compile(r"\b(?:before|until|till|by|up to)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date to tell others from, and the days that it may stand for: one, or the first and the last."""

    edtf: str
    days: tuple[date, ...]


class Anchors:
    """The dates of a source that others are told from.

    Args:
        coded: the rows of the source.
        wordings: the sentences that are proven, by id.
    """

    def __init__(self, coded: Coded, wordings: Mapping[str, Wording]) -> None:
        self._coded = coded
        self._wordings = wordings
        self._evidence = by_sentence(coded.evidence)
        self._previous: dict[str, str] = {}
        for (earlier, one), (later, other) in pairwise(coded.sentences.items()):
            if one.row["paragraph"] == other.row["paragraph"]:
                self._previous[later] = earlier

    def find(
        self, evidence: Evidence, words: str, needed: AnchorNeededError, direction: Direction | None
    ) -> Anchor | None:
        """The anchor that the words of a date need; None where nothing in the source says which it is."""
        if needed.named is not None:
            return self._named(evidence, words, needed.named)
        for text in self._texts_before(evidence):
            found = find_times(text, self._coded.published, direction=direction)
            if found:
                return _anchor(found[-1].reading.edtf)
        return None

    def _named(self, evidence: Evidence, words: str, name: str) -> Anchor | None:
        dates = {one.subject.row["date"] for one in self._events_in(evidence) if self._words(one) == name}
        if len(dates) != 1:
            return None
        edtf = dates.pop()
        return _anchor(edtf, from_start=bool(_UP_TO.search(words))) if edtf else None

    def _events_in(self, evidence: Evidence) -> Iterable[Evidence]:
        """The other events that words at the end of the span are row evidence of."""
        for one in self._evidence[evidence.sentence_id]:
            within = evidence.start <= one.start and one.end == evidence.end
            if within and one.table == "events" and one.column is None and one.record != evidence.record:
                yield one

    def _words(self, evidence: Evidence) -> str | None:
        wording = self._wordings[evidence.sentence_id]
        span = wording.locate(evidence.start, evidence.end)
        return canonical(wording.text[slice(*span)]) if span else None

    def _texts_before(self, evidence: Evidence) -> Iterable[str]:
        """What stands before the span in its sentence, then the sentences before it in its paragraph, nearest first.

        It ends where the copy does not prove what stands there: a nearer date may have been there.
        """
        own = self._wordings[evidence.sentence_id]
        span = own.locate(0, evidence.start)
        if span is None:
            return
        yield own.text[slice(*span)]
        sentence_id = self._previous.get(evidence.sentence_id)
        while sentence_id is not None and sentence_id in self._wordings:
            yield self._wordings[sentence_id].text
            sentence_id = self._previous.get(sentence_id)


def _anchor(edtf: str, *, from_start: bool = False) -> Anchor | None:
    parsed = parse(edtf)
    days = tuple(dict.fromkeys(day for day in _bounds(parsed, from_start) if day is not None))
    return Anchor(edtf, days) if days else None


def _bounds(parsed: Edtf, from_start: bool) -> tuple[date | None, ...]:  # noqa: FBT001
    """Of what lasted, "up to" it ends where it began; of one day among several, any may be meant."""
    if from_start and parsed.kind == "interval":
        return (parsed.earliest,)
    return parsed.earliest, parsed.latest
