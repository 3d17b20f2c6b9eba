"""The numbers in which an altered sentence differs from the ledger's figures of that sentence, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ceasefire_talks.package.record import cell_text
from ceasefire_talks.text.fingerprint import fold
from ceasefire_talks.text.quantities import QuantityError, find_quantities, read_quantity
from ceasefire_talks.tracing.coded import PlacedRow
from ceasefire_talks.tracing.findings import NumberDifference
from ceasefire_talks.tracing.recompute.figures import unit_in_words


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of the ledger or of the copy, as far as it can be told from its words."""

    words: str
    low: float | None
    high: float | None
    qualifier: str
    unit: str | None
    figure_id: str | None = None

    def __str__(self) -> str:
        if self.low is None or self.low != self.high:
            return self.words
        return " ".join(filter(None, (cell_text(float(self.low)), self.unit)))

    @property
    def value(self) -> tuple[object, ...]:
        return self.low, self.high, self.qualifier, self.unit


def differing_numbers(sentence_id: str, text: str, figures: Sequence[PlacedRow]) -> Iterator[NumberDifference]:
    """What the copy reads in place of the ledger's figures.

    Args:
        sentence_id: an altered sentence.
        text: what the copy has in its place.
        figures: the ledger's figures of that sentence, in the order of their words.
    """
    missing, besides = _without_common(fold(text), [_of_ledger(figure) for figure in figures])
    for number in missing:
        other = next((one for one in besides if one.unit == number.unit), None)
        if other:
            besides.remove(other)
        yield _difference(sentence_id, number, other)
    for other in besides:
        yield _difference(sentence_id, None, other)


def _without_common(text: str, numbers: Sequence[_Number]) -> tuple[list[_Number], list[_Number]]:
    """The ledger's numbers that the copy lacks, and the copy's that the ledger lacks."""
    taken: list[tuple[int, int]] = []
    left = []
    for number in numbers:
        place = _place(number.words, text, taken)
        taken += [place] if place else []
        left += [] if place else [number]
    found = [
        _Number(text[one.start : one.end], q.low, q.high, q.qualifier, unit_in_words(q))
        for one, q in ((one, one.quantity) for one in find_quantities(text))
        if all(one.end <= start or end <= one.start for start, end in taken)
    ]
    for number in list(left):
        same = next((one for one in found if one.value == number.value), None)
        if same:
            left.remove(number)
            found.remove(same)
    return left, found


def _place(words: str, text: str, taken: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Where the words stand by themselves in the text, and are not those of another figure."""
    for match in re.finditer(rf"(?<![\w.,]){re.escape(words)}(?!\w|[.,]\d)", text):
        if all(match.end() <= start or end <= match.start() for start, end in taken):
            return match.span()
    return None


def _of_ledger(figure: PlacedRow) -> _Number:
    row = figure.row
    words = fold(row["value_text"])
    try:
        unit = unit_in_words(read_quantity(words))
    except QuantityError:
        unit = None
    return _Number(words, row["low"], row["high"], row["qualifier"], unit, row["figure_id"])


def _difference(sentence_id: str, ledger: _Number | None, copy: _Number | None) -> NumberDifference:
    return NumberDifference(
        sentence_id=sentence_id,
        figure_id=ledger.figure_id if ledger else None,
        ledger=str(ledger) if ledger else None,
        copy=str(copy) if copy else None,
    )
