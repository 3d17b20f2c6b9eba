"""A file proven sound because the cells that a reader made of it account for all of its bytes.

A reader that refuses rows with too many cells can only fill up short ones. Then the texts, the delimiters and line
feeds between them, and the quotes around them, are fewer bytes than so many cells take. This is quicker than to look at
every delimiter, as `structure` does, which decides about the files of which this proves nothing.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from ceasefire_talks.validation.engines.cells import Cells, Sizes
from ceasefire_talks.validation.engines.heads import Head
from ceasefire_talks.validation.engines.structure import BLOCK, Sound, are_sound_quotes
from ceasefire_talks.validation.rows import CELL_LIMIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

_LF, _QUOTE = 10, 34


def accounted(data: mmap.mmap, cells: Cells, head: Head | None, sizes: Sizes) -> Sound | None:
    """What a file is like, where every byte is accounted for.

    Args:
        data: the whole file.
        cells: how it was read.
        head: its header; None where it has none.
        sizes: what the reader made of it.

    Returns:
        None where that proves nothing: carriage returns, line feeds within quotes, a single column, long cells.
    """
    start = head.bytes if head else 0
    if cells.width == 1 or sizes.longest * cells.width > CELL_LIMIT:
        return None
    rare = {mark for block in _blocks(data, start) for mark in (b"\r", b"\0", b'"') if mark in block}
    if not rare <= {b'"'}:
        return None
    end = len(data)
    is_open = end > start and data[end - 1] != _LF
    quotes, line_feeds = _marks(data, start) if rare else (np.zeros(0, dtype=np.int64), sizes.rows - is_open)
    if line_feeds + is_open != sizes.rows or not _are_sound(data, quotes, cells.delimiter):
        return None
    # Of two quotes within a cell, one stays.
    doubled = int(np.count_nonzero(quotes[1:-1:2] + 1 == quotes[2::2]))
    separators = sizes.rows * cells.width
    if sizes.bytes + separators + len(quotes) - doubled != end - start + is_open:
        return None
    before = head.lines if head else 0
    long_rows = np.zeros(int(before > 1), dtype=np.int64)
    return Sound(sizes.rows + bool(head), bool(len(quotes)), False, long_rows, long_rows + before - 1)


def _blocks(data: mmap.mmap, start: int) -> Iterator[bytes]:
    return (data[position : position + BLOCK] for position in range(start, len(data), BLOCK))


def _marks(data: mmap.mmap, start: int) -> tuple[Numbers, int]:
    """Where quotes stand, and how many line feeds there are."""
    quotes, line_feeds = [], 0
    for number, block in enumerate(_blocks(data, start)):
        cells = np.frombuffer(block, dtype=np.uint8)
        quotes.append(np.flatnonzero(cells == _QUOTE) + (start + number * BLOCK))
        line_feeds += int(np.count_nonzero(cells == _LF))
    return np.concatenate(quotes), line_feeds


def _are_sound(data: mmap.mmap, quotes: Numbers, delimiter: str) -> bool:
    if len(quotes) & 1:
        return False
    return not len(quotes) or are_sound_quotes(np.frombuffer(data, dtype=np.uint8), quotes, ord(delimiter))
