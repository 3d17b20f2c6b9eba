"""The longest common order of a copy and its ledger, and the gaps in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ceasefire_talks.tracing.copytext import CopyText
from ceasefire_talks.tracing.ledger import Ledger
from ceasefire_talks.tracing.prove import Occurrence

# A sentence that the ledger has many times is compared with as many of its rows, around its own turn.
_MOST_ROWS = 64

_Node = tuple[int, int, "_Node | None"]


def common_order(candidates: Sequence[tuple[int, ...]]) -> dict[int, int]:
    """The largest choice of one row for each occurrence in which the rows rise with the occurrences.

    Args:
        candidates: for every occurrence, in the order of the copy, the rows that have its text, rising.

    Returns:
        Occurrence to row, both counted from 0; each row once.
    """
    tails: list[int] = []
    nodes: list[_Node] = []
    turns: dict[tuple[int, ...], int] = {}
    for occurrence, rows in enumerate(candidates):
        turn = turns[rows] = turns.get(rows, -1) + 1
        # Falling rows, so that no two of them follow each other within one occurrence.
        for row in reversed(_around(rows, turn)):
            i = bisect_left(tails, row)
            node = (occurrence, row, nodes[i - 1] if i else None)
            tails[i : i + 1], nodes[i : i + 1] = [row], [node]
    return _walk(nodes[-1] if nodes else None)


def assign(candidates: Sequence[tuple[int, ...]], taken: dict[int, int]) -> dict[int, int]:
    """The occurrences outside the common order with the rows left for them, in turn; what is repeated gets none."""
    used = set(taken.values())
    left: dict[tuple[int, ...], list[int]] = {}
    found: dict[int, int] = {}
    for occurrence, rows in enumerate(candidates):
        if occurrence in taken:
            continue
        free = left.setdefault(rows, [row for row in reversed(rows) if row not in used])
        if free:
            found[occurrence] = free.pop()
    return found


def _around(rows: tuple[int, ...], turn: int) -> tuple[int, ...]:
    first = max(0, min(turn - _MOST_ROWS // 2, len(rows) - _MOST_ROWS))
    return rows[first : first + _MOST_ROWS]


def _walk(node: _Node | None) -> dict[int, int]:
    found: dict[int, int] = {}
    while node:
        occurrence, row, node = node
        found[occurrence] = row
    return found


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of the folded copy without proven sentences, and the rows that are missing around it."""

    start: int
    end: int
    missing: list[int]


class Order:
    """The sentences that a copy has, which rows of the ledger they are, and which of them stand in its order.

    Attributes:
        occurrences: in the order of the copy.
        common: occurrence to row, for those in the longest common order.
        rows: occurrence to row, with those outside it too.
    """

    def __init__(self, occurrences: list[Occurrence]) -> None:
        self.occurrences = occurrences
        candidates = [one.rows for one in occurrences]
        self.common = common_order(candidates)
        self.rows = self.common | assign(candidates, self.common)

    def gaps(self, copy: CopyText, ledger: Ledger) -> Iterator[Gap]:
        """The stretches between occurrences, each with the missing rows between its neighbours in order."""
        # One stretch before each occurrence, and one behind the last.
        starts = [0, *(one.end for one in self.occurrences)]
        ends = [*(one.start for one in self.occurrences), len(copy.folded)]
        for missing, start, end in zip(self._missing_around(ledger), starts, ends, strict=True):
            begin = start + (copy.folded[start : start + 1] == " ")
            if begin < end:
                yield Gap(begin, end - (copy.folded[end - 1] == " "), missing)

    def missing(self, ledger: Ledger) -> list[int]:
        """The rows that are nowhere in the copy."""
        proven = set(self.rows.values())
        return [row for row in range(len(ledger)) if row not in proven]

    def _missing_around(self, ledger: Ledger) -> Iterator[list[int]]:
        """For every stretch, the missing rows between its neighbours in the common order."""
        missing = self.missing(ledger)
        rows = iter([*sorted(self.common.values()), len(ledger)])
        first, last = 0, bisect_left(missing, next(rows))
        around = missing[first:last]
        yield around
        for i in range(len(self.occurrences)):
            if i in self.common:
                first, last = last, bisect_left(missing, next(rows))
                around = missing[first:last]
            yield around
