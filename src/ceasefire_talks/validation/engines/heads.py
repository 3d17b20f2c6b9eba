"""What the descriptor and the first row of a file promise of it, before the rest is read."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ceasefire_talks.validation.description import Resource
from ceasefire_talks.validation.dialect import DEFAULT
from ceasefire_talks.validation.engines.reading import Doubt
from ceasefire_talks.validation.rows import Row, read_rows

MARK = b"\xef\xbb\xbf"
_REPLACEMENT = "\ufffd"
_NO_HEADER = Doubt("its first row may be no header")


@dataclass(frozen=True, slots=True)
class Head:
    """The first row of a file: its cells, and how many lines and bytes it takes."""

    cells: list[str]
    lines: int
    bytes: int


def doubt_of(resource: Resource) -> Doubt | None:
    """Why the files of a table may not be such as any reader of CSV reads alike, by what the descriptor says."""
    if resource.data is not None:
        return Doubt("its data stand in the descriptor")
    dialect = resource.dialect
    usual = replace(DEFAULT, delimiter=dialect.delimiter, null_sequence=dialect.null_sequence)
    is_usual = replace(dialect, header_rows=DEFAULT.header_rows, case_sensitive_header=True) == usual
    has_a_header_row = dialect.header_rows in ((), DEFAULT.header_rows)
    is_text = resource.encoding == "utf-8" and not resource.is_compressed
    is_plain = is_usual and has_a_header_row and is_text and dialect.delimiter.isascii()
    return None if is_plain else Doubt("its dialect, encoding or compression is unusual")


def head(path: Path, resource: Resource) -> Head | Doubt:
    """The first row of a file; or why it cannot be read, or may be no header."""
    if not path.stat().st_size:
        return Doubt("a file is empty")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data[: len(MARK)] == MARK:
            return _NO_HEADER
        lines = _Lines(data)
        row = next(read_rows(lines, resource.dialect), None)
        # A reader that proves the encoding of what it reads does not read the header.
        is_sound = isinstance(row, Row) and any(map(str.strip, row.cells)) and _REPLACEMENT not in "".join(row.cells)
        return Head(row.cells, lines.count, data.tell()) if isinstance(row, Row) and is_sound else _NO_HEADER


class _Lines(Iterator[str]):
    """The lines of a file, counted as they are read."""

    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        self.count = 0

    def __next__(self) -> str:
        if not (line := self._data.readline()):
            raise StopIteration
        self.count += 1
        return line.decode("utf-8", "replace").replace("\r\n", "\n")
