"""Finding sentences of the ledger in a copy by their hashes: in order first, then wherever one may begin.

A sentence is proven by the SHA-256 of its folded form and by nothing else. What follows only decides which windows of
the copy are hashed, so that the cost grows with the length of the copy:

1. Behind a proven sentence, the windows that have the lengths of the next few sentences of the ledger, and of those
   that were next before the copy went elsewhere.
2. From every place where a sentence may begin, the windows that end where one may end, the longest first.

No window begins or ends within a sentence of the copy, as far as its look tells: "It is not true that X." does not
prove "X.".
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ceasefire_talks.package.progress import Bar, progress
from ceasefire_talks.tracing.copytext import CopyText
from ceasefire_talks.tracing.ledger import Ledger

_NEXT_ROWS = 4


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A window of the folded copy that is a sentence of the ledger; `rows` are all that have this text."""

    start: int
    end: int
    rows: tuple[int, ...]


def occurrences(copy: CopyText, ledger: Ledger) -> list[Occurrence]:
    """The sentences of the ledger that stand in the copy, in the order of the copy, without overlap."""
    with progress("Finding sentences", len(copy.folded)) as bar:
        return _occurrences(copy, ledger, bar)


def _occurrences(copy: CopyText, ledger: Ledger, bar: Bar) -> list[Occurrence]:
    found: list[Occurrence] = []
    # Sentences that end where none seems to end, such as a headline in one line with what follows it. They are kept
    # if the next sentence follows at once; else the copy may have gone on with the same sentence.
    pending: list[Occurrence] = []
    start: int | None = 0 if len(ledger) else None
    # The row that is next, and the one that was before the copy went elsewhere: it may come back.
    expected: tuple[int, ...] = (0,)
    while start is not None and start < len(copy.folded):
        bar.done = start
        occurrence = _at(copy, ledger, start, expected)
        if occurrence is None:
            pending.clear()
            start = _next_start(copy, start + 1)
            continue
        pending.append(occurrence)
        if copy.is_end(occurrence.end):
            found += pending
            pending.clear()
        expected = _expected_after(occurrence, expected)
        start = occurrence.end + 1 if copy.is_gap(occurrence.end) else occurrence.end
    return found


def _next_start(copy: CopyText, offset: int) -> int | None:
    i = bisect_left(copy.starts, offset)
    return copy.starts[i] if i < len(copy.starts) else None


def _expected_after(occurrence: Occurrence, expected: tuple[int, ...]) -> tuple[int, ...]:
    # Of several equal rows, the first that was still to come.
    i = bisect_left(occurrence.rows, expected[0])
    row = occurrence.rows[i if i < len(occurrence.rows) else -1]
    return (row + 1, *(expected[1:] if row == expected[0] else expected[:1]))


def _at(copy: CopyText, ledger: Ledger, start: int, expected: tuple[int, ...]) -> Occurrence | None:
    return _first_proven(copy, ledger, start, _ends(copy, ledger, start, expected))


def _ends(copy: CopyText, ledger: Ledger, start: int, expected: tuple[int, ...]) -> Iterator[int]:
    for row in expected:
        for sentence in ledger.sentences[row : row + _NEXT_ROWS]:
            yield from _ends_for_length(copy, start, sentence.length)
    yield from _likely_ends(copy, ledger, start)


def _ends_for_length(copy: CopyText, start: int, length: int) -> Iterator[int]:
    """Where a sentence of this length may end, given what folding and hyphens at lines' ends may have added."""
    shortest = start + length
    if shortest > len(copy.folded):
        return
    yield shortest
    longest = shortest + copy.slack(start, shortest) + 2 * len(copy.hyphens(start, shortest + 2))
    # What was added may itself reach over more of it; one more round is enough for whole words.
    longest += copy.slack(shortest, longest) + 2 * len(copy.hyphens(shortest, longest + 2))
    yield from range(shortest + 1, min(longest, len(copy.folded)) + 1)


def _likely_ends(copy: CopyText, ledger: Ledger, start: int) -> Iterator[int]:
    reach = start + ledger.longest
    reach += copy.slack(start, reach) + 2 * len(copy.hyphens(start, reach))
    ends = copy.ends
    for i in range(bisect_right(ends, reach) - 1, bisect_right(ends, start) - 1, -1):
        yield ends[i]


def _first_proven(copy: CopyText, ledger: Ledger, start: int, ends: Iterable[int]) -> Occurrence | None:
    tried: set[int] = set()
    for end in ends:
        if end in tried:
            continue
        tried.add(end)
        rows = _rows(copy, ledger, start, end)
        if rows and copy.is_whole(start, end):
            return Occurrence(start, end, tuple(rows))
    return None


def _rows(copy: CopyText, ledger: Ledger, start: int, end: int) -> list[int]:
    slack = copy.slack(start, end)
    for reading in copy.readings(start, end):
        if ledger.has_length(len(reading) - slack, len(reading)):
            rows = ledger.rows(hashlib.sha256(reading.encode("utf-8")).digest())
            if rows:
                return rows
    return []
