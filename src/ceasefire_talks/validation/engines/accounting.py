"""A file proven sound because the cells that a reader made of it account for all of its bytes.

A reader that refuses rows with too many cells can only fill up short ones. Then the texts, the delimiters and line
feeds between them, and the quotes around them, are fewer bytes than so many cells take. This is quicker than to look at
every delimiter, as `structure` does, which decides about the files of which this proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ceasefire_talks.validation.engines.heads import Head
from ceasefire_talks.validation.engines.reading import Cells, Sizes
from ceasefire_talks.validation.engines.structure import BLOCK, Sound, are_sound_quotes
from ceasefire_talks.validation.rows import CELL_LIMIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Bytes = NDArray[np.uint8]

_LF, _QUOTE = 10, 34


@dataclass(frozen=True, slots=True)
class _Quotes:
    """Where quotes stand in a file, and the bytes before and behind each."""

    places: Numbers
    before: Bytes
    behind: Bytes

    @classmethod
    def none(cls) -> _Quotes:
        return cls(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint8), np.zeros(0, dtype=np.uint8))

    @classmethod
    def joined(cls, parts: Sequence[_Quotes]) -> _Quotes:
        places, before, behind = ([getattr(part, name) for part in parts] for name in ("places", "before", "behind"))
        return cls(np.concatenate(places), np.concatenate(before), np.concatenate(behind))

    def are_sound(self, delimiter: str) -> bool:
        is_even = not len(self.places) & 1
        return is_even and are_sound_quotes(self.before[0::2], self.behind[1::2], ord(delimiter))

    @property
    def dropped(self) -> int:
        """How many no cell has: of two within a cell, one stays."""
        return len(self.places) - int(np.count_nonzero(self.places[1:-1:2] + 1 == self.places[2::2]))


@dataclass(frozen=True, slots=True)
class _Marks:
    """How many line feeds a file has, its last byte, and its quotes."""

    line_feeds: int
    last: int
    quotes: _Quotes


def accounted(cells: Cells, head: Head | None, sizes: Sizes) -> Sound | None:
    """What a file is like, where every byte is accounted for.

    Args:
        cells: the file, and how it was read.
        head: its header; None where it has none.
        sizes: what the reader made of it.

    Returns:
        None where that proves nothing: carriage returns, line feeds within quotes, a single column, long cells.
    """
    start, lines = (head.bytes, head.lines) if head else (0, 0)
    length = cells.path.stat().st_size - start
    if cells.width == 1 or sizes.longest * cells.width > CELL_LIMIT or (marks := _marks(cells.path, start)) is None:
        return None
    rows = marks.line_feeds + (length > 0 and marks.last != _LF)
    separators = rows * (cells.width - 1) + marks.line_feeds
    if rows != sizes.rows or not marks.quotes.are_sound(cells.delimiter):
        return None
    if sizes.bytes + separators + marks.quotes.dropped != length:
        return None
    long_rows = np.zeros(int(lines > 1), dtype=np.int64)
    return Sound(rows + bool(head), bool(len(marks.quotes.places)), False, long_rows, long_rows + lines - 1)


def _marks(path: Path, start: int) -> _Marks | None:
    """What stands in a file from some byte on; None where it holds carriage returns or NUL characters."""
    # One buffer for all of it: what the system gives out anew it first has to clear.
    buffer = bytearray(BLOCK + 2)
    cells, is_mark = np.frombuffer(buffer, dtype=np.uint8), np.empty(BLOCK, dtype=bool)
    line_feeds, last, quotes = 0, _LF, [_Quotes.none()]
    for position, size in _blocks(path, start, buffer):
        if any(buffer.find(mark, 1, size + 1) >= 0 for mark in (b"\r", b"\0")):
            return None
        own, mask = cells[1 : size + 1], is_mark[:size]
        line_feeds += int(np.count_nonzero(np.equal(own, _LF, out=mask)))
        last = int(own[-1])
        if buffer.find(b'"', 1, size + 1) >= 0:
            found = np.flatnonzero(np.equal(own, _QUOTE, out=mask))
            quotes.append(_Quotes(found + position, cells[found], cells[found + 2]))
    return _Marks(line_feeds, last, _Quotes.joined(quotes))


def _blocks(path: Path, start: int, buffer: bytearray) -> Iterator[tuple[int, int]]:
    """The positions and sizes of the parts of a file, each in turn put into a buffer.

    Before and behind it stand its neighbours; before and behind all of them, line feeds.
    """
    view, largest = memoryview(buffer), len(buffer) - 2
    with path.open("rb", buffering=0) as file:
        file.seek(start)
        buffer[0], ahead, position = _LF, 0, start
        while size := min(length := ahead + file.readinto(view[1 + ahead :]), largest):
            if length == size:
                buffer[1 + size] = _LF
            yield position, size
            position += size
            buffer[0], buffer[1], ahead = buffer[size], buffer[size + 1], length - size
