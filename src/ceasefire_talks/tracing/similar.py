"""Sentences of the ledger that a copy has in other words, by their simhash: shown for review, never proven."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ceasefire_talks.text.fingerprint import simhash, simhash_value
from ceasefire_talks.tracing.copytext import CopyText
from ceasefire_talks.tracing.ledger import Ledger
from ceasefire_talks.tracing.order import Gap, Order

# Measured on the articles of benchmarks/: so many bits at most lie between a sentence and the same with a word changed
# in 75 of 100, and between two sentences of about one length in 1 of 5,000.
FLOOR = 15
MARGIN = 6
# The same where one sentence is missing between two that are proven and nothing else stands there: in 93 of 100, and
# for an unrelated sentence there in 1 of 150.
FLOOR_IN_PLACE = 20
# A sentence is compared with windows of about its length, around the place where it would stand.
_SHORTER, _LONGER = 0.6, 1.67
_STARTS_AROUND = 24
_ENDS = 8
# Beyond this the copy is another text; and so many comparisons out of order are worth their time.
_MOST_MISSING = 20_000
_MOST_COMPARISONS = 20_000
_ROWS_BESIDES = 16


@dataclass(frozen=True, slots=True)
class Likeness:
    """A window of the folded copy that is like a row of the ledger, and by how many bits they differ."""

    distance: int
    row: int
    start: int
    end: int


def altered(copy: CopyText, ledger: Ledger, order: Order) -> list[Likeness]:
    """The rows that stand altered in the copy: first those in their order, then those out of it."""
    if len(ledger) - len(order.rows) > _MOST_MISSING:
        return []
    windows = [(Windows(copy, gap), gap.missing) for gap in order.gaps(copy, ledger)]
    chosen = _choose([one for window, missing in windows for one in window.clear(ledger, missing)])
    left = sorted(set(order.missing(ledger)) - {one.row for one in chosen})
    if left and len(left) * sum(len(window) for window, _ in windows) <= _MOST_COMPARISONS:
        chosen = _choose([*chosen, *(one for window, _ in windows for one in window.clear(ledger, left))], chosen)
    return chosen


def _choose(candidates: list[Likeness], settled: Sequence[Likeness] = ()) -> list[Likeness]:
    """The nearest first, each row once, and no two windows that overlap."""
    chosen = list(settled)
    rows = {one.row for one in chosen}
    taken = sorted((one.start, one.end) for one in chosen)
    for one in sorted(set(candidates), key=lambda one: (one.distance, one.row, one.start)):
        i = bisect_left(taken, (one.end, one.end))
        if one.row not in rows and (i == 0 or taken[i - 1][1] <= one.start):
            chosen.append(one)
            rows.add(one.row)
            taken.insert(i, (one.start, one.end))
    return chosen


def _outermost(rows: Sequence[int], most: int) -> Sequence[int]:
    """Of more rows than a gap can hold, those nearest to its two ends."""
    return rows if len(rows) <= most else [*rows[: most // 2], *rows[-(most - most // 2) :]]


class _Bests:
    """The nearest window of each row, found by place."""

    def __init__(self, bests: list[Likeness]) -> None:
        self._bests = sorted(bests, key=lambda one: one.start)
        self._starts = [one.start for one in self._bests]
        self._longest = max((one.end - one.start for one in bests), default=0)

    def __iter__(self) -> Iterator[Likeness]:
        return iter(self._bests)

    def rival(self, best: Likeness) -> bool:
        """Whether the window is as like another row, which has no nearer one."""
        return any(other.distance < best.distance + MARGIN for other in self._others_at(best))

    def elsewhere(self, best: Likeness, near: list[Likeness]) -> bool:
        """Whether the row is as like a window elsewhere, which is not nearer to another row."""
        return any(
            one.distance < best.distance + MARGIN
            and not _overlap(one, best)
            and all(other.distance >= one.distance for other in self._others_at(one))
            for one in near
        )

    def _others_at(self, one: Likeness) -> Iterator[Likeness]:
        first, last = bisect_left(self._starts, one.start - self._longest), bisect_left(self._starts, one.end)
        return (other for other in self._bests[first:last] if other.row != one.row and _overlap(one, other))


def _overlap(one: Likeness, other: Likeness) -> bool:
    return one.start < other.end and other.start < one.end


class Windows:
    """The windows of a gap that begin and end where sentences may, with their simhashes."""

    def __init__(self, copy: CopyText, gap: Gap) -> None:
        self._copy, self._gap = copy, gap
        start, end = gap.start, gap.end
        self._starts = [start, *copy.starts[bisect_right(copy.starts, start) : bisect_left(copy.starts, end)]]
        self._ends = [*copy.ends[bisect_right(copy.ends, start) : bisect_left(copy.ends, end)], end]
        self._simhashes: dict[tuple[int, int], int] = {}

    def __len__(self) -> int:
        return len(self._starts)

    def clear(self, ledger: Ledger, rows: Sequence[int]) -> Iterator[Likeness]:
        """The rows that are near to a window, and clearly nearer than to any other and than any other row."""
        rows = _outermost(rows, 2 * len(self) + _ROWS_BESIDES)
        near = {row: list(self._near(ledger, row, turn / len(rows))) for turn, row in enumerate(rows)}
        bests = _Bests([min(found, key=lambda one: one.distance) for found in near.values() if found])
        for best in bests:
            if (
                best.distance <= self._floor(best)
                and not bests.rival(best)
                and not bests.elsewhere(best, near[best.row])
            ):
                yield best

    def _floor(self, one: Likeness) -> int:
        alone = self._gap.missing == [one.row] and (one.start, one.end) == (self._gap.start, self._gap.end)
        return FLOOR_IN_PLACE if alone else FLOOR

    def _near(self, ledger: Ledger, row: int, place: float) -> Iterator[Likeness]:
        """The row's likeness to the windows around its place, 0 to 1, in the gap, as far as it may matter."""
        sentence = ledger.sentences[row]
        bits, middle = simhash_value(sentence.simhash), int(place * len(self._starts))
        for start in self._starts[max(0, middle - _STARTS_AROUND) : middle + _STARTS_AROUND]:
            for end in self._ends_from(start, sentence.length):
                distance = (bits ^ self._simhash(start, end)).bit_count()
                if distance < FLOOR + MARGIN:
                    yield Likeness(distance, row, start, end)

    def _ends_from(self, start: int, length: int) -> list[int]:
        first = bisect_left(self._ends, start + int(length * _SHORTER))
        last = bisect_right(self._ends, start + int(length * _LONGER) + 1)
        return self._ends[first : min(last, first + _ENDS)]

    def _simhash(self, start: int, end: int) -> int:
        key = (start, end)
        if key not in self._simhashes:
            self._simhashes[key] = simhash_value(simhash(self._copy.folded[start:end]))
        return self._simhashes[key]
