"""What readers of files are handed and hand on. Nothing heavy is imported here: files are read while the rest is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

ROW = "row"


def position(index: int) -> str:
    """The name of a column on an engine. A file's own names are untrusted: engines fold, split and forbid some."""
    return f"c{index}"


@dataclass(frozen=True, slots=True)
class Cells:
    """A CSV file that every reader reads alike: proven sound, about to be so, or written by ourselves.

    Attributes:
        path: of the file.
        skip_lines: how many lines stand before the first row.
        width: how many cells every row has.
        delimiter: what separates cells.
    """

    path: Path
    skip_lines: int
    width: int
    delimiter: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much a reader made of a file: rows, and the bytes of all texts together, of the shortest and of the longest.

    A text without a character is one that was quoted; where nothing stands, there is none.
    """

    rows: int
    bytes: int
    shortest: int
    longest: int


@dataclass(frozen=True, slots=True)
class Read:
    """The rows of some files, in the engine's own kind of frame, and where they are in memory the sizes of each file.

    The frame has `ROW`, from 0, and a text in each column `c0`, `c1`, …; empty cells are missing.
    """

    frame: Any
    sizes: Sequence[Sizes] | None = None


class UnreadableError(Exception):
    """A file is not in UTF-8, or not what it was taken for."""


class Reader(Protocol):
    """Reads files for an engine."""

    @property
    def is_eager(self) -> bool:
        """Whether it reads files into memory, so that it tells their sizes and notices what is not UTF-8."""

    def read(self, files: Sequence[Cells]) -> Read:
        """The rows of some files.

        Raises:
            UnreadableError: a file is not in UTF-8, or has more cells in a row; only where `is_eager` is true.
        """


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why the exact reader has to take a file over."""

    reason: str
