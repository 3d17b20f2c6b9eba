"""Where the rows of a table stand: the file of each, and the physical line on which it starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ceasefire_talks.validation.engines.structure import Sound

if TYPE_CHECKING:
    from array import array

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one file; `lines` tells where some of them start, by their numbers in the table, from `first` on."""

    file: str
    first: int
    lines: Callable[[Numbers], Numbers]


@dataclass(frozen=True, slots=True)
class Places:
    """The files of a table, in its order."""

    parts: tuple[Part, ...]

    def of(self, rows: Numbers) -> tuple[list[str], list[int]]:
        """The files and lines of some rows, ascending; no files where the table has but one."""
        bounds = np.searchsorted(rows, [part.first for part in self.parts[1:]])
        pieces = np.split(rows, bounds)
        lines = np.concatenate([part.lines(piece) for part, piece in zip(self.parts, pieces, strict=True)]).tolist()
        if len(self.parts) == 1:
            return [], lines
        return [part.file for part, piece in zip(self.parts, pieces, strict=True) for _ in piece], lines


def counted(file: str, sound: Sound, headers: int, first: int) -> Part:
    """A file whose rows start where its bytes say."""
    return Part(file, first, lambda rows: sound.lines_of(rows - first + headers))


def listed(starts: Mapping[str, int], lines: array[int]) -> Places:
    """Files by the number of their first row, and the line of every row of the table."""
    known = np.asarray(lines, dtype=np.int64)
    return Places(tuple(Part(file, first, known.__getitem__) for file, first in starts.items()))
