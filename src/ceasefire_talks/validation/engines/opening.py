"""The files of a table for an engine: as they are where they are proven sound, else as the exact reader reads them."""

from __future__ import annotations

import csv
import mmap
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ceasefire_talks.validation.descriptor import Description, Resource
from ceasefire_talks.validation.dialect import DEFAULT
from ceasefire_talks.validation.engines.engine import Cells, EncodingError, Engine, Frame
from ceasefire_talks.validation.engines.places import Places, counted, listed
from ceasefire_talks.validation.engines.sources import Source
from ceasefire_talks.validation.engines.structure import Doubt, Sound, scan
from ceasefire_talks.validation.inline import reader_of
from ceasefire_talks.validation.reader import TableReader
from ceasefire_talks.validation.rows import Row, read_rows

MARK = b"\xef\xbb\xbf"
_REPLACEMENT = "\ufffd"


Proven = tuple[Sound, list[str]]


@dataclass(frozen=True, slots=True)
class Proof:
    """What the files of a table are like that are proven sound, with their first rows, and their rows on an engine."""

    files: Sequence[Proven]
    frame: Frame


def prove(resource: Resource, engine: Engine) -> Proof | Doubt:
    """Prove that an engine may read the files of a table as they are, and read them; or say what is in doubt."""
    if resource.data is not None:
        return Doubt("its data stand in the descriptor")
    proven = (
        _proven(resource, engine) if _is_plain(resource) else Doubt("its dialect, encoding or compression is unusual")
    )
    if isinstance(proven, Doubt):
        return proven
    headers = [_header_rows(resource, proven, first) for _, first in proven]
    files = [
        Cells(path, int(sound.lines_of(np.array([rows]))[0]) - 1, len(proven[0][1]), resource.dialect.delimiter)
        for (sound, _), path, rows in zip(proven, resource.paths, headers, strict=True)
    ]
    try:
        return Proof(proven, engine.read(files))
    except EncodingError:
        return Doubt("it is not UTF-8")


def open_source(
    description: Description, resource: Resource, proof: Proof | Doubt, scratch: Path, engine: Engine
) -> Source | None:
    """The files of a table, ready for an engine; what is wrong with them is noted in the description.

    Args:
        description: of the package.
        resource: the table.
        proof: of its files; where there is none, they are read row by row, and the description says why.
        scratch: a folder for a copy, where the files cannot be read as they are.
        engine: which reads them.

    Returns:
        None where not even a header can be read.
    """
    reader = reader_of(description, resource)
    if isinstance(proof, Proof):
        return _direct(reader, resource, proof)
    description.remarks.append(f"table {resource.name} read row by row: {proof.reason}")
    return _spooled(reader, resource, scratch, engine)


def _is_plain(resource: Resource) -> bool:
    """Whether the descriptor promises files that any reader of CSV reads alike."""
    dialect = resource.dialect
    usual = replace(DEFAULT, delimiter=dialect.delimiter, null_sequence=dialect.null_sequence)
    is_usual = replace(dialect, header_rows=DEFAULT.header_rows, case_sensitive_header=True) == usual
    has_a_header_row = dialect.header_rows in ((), DEFAULT.header_rows)
    is_text = resource.encoding == "utf-8" and not resource.is_compressed
    return is_usual and has_a_header_row and is_text and dialect.delimiter.isascii()


def _proven(resource: Resource, engine: Engine) -> list[Proven] | Doubt:
    """For every file what it is like and its first row; or the first doubt about one of them."""
    proven: list[Proven] = []
    is_utf8 = engine.proves_encoding
    width = None if resource.dialect.header_rows else len(resource.schema["fields"])
    for path in resource.paths:
        found = _of_file(path, resource, len(proven[0][1]) if proven else width, is_utf8=is_utf8)
        if isinstance(found, Doubt):
            return found
        proven.append(found)
    return proven


def _of_file(path: Path, resource: Resource, width: int | None, *, is_utf8: bool) -> Proven | Doubt:
    if not path.stat().st_size:
        return Doubt("a file is empty")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        first = _first_row(data, resource)
        if not first:
            return Doubt("its first row may be no header")
        found = scan(data, resource.dialect.delimiter, width or len(first), is_utf8=is_utf8)
    if isinstance(found, Sound) and found.carriage_returns and resource.line_terminator == "\n":
        return Doubt("its lines end otherwise than the descriptor says")
    return (found, first) if isinstance(found, Sound) else found


def _first_row(data: mmap.mmap, resource: Resource) -> list[str]:
    """The cells of the first row; none where it cannot be read, or may be no header."""
    if data[: len(MARK)] == MARK:
        return []
    lines = (line.decode("utf-8", "replace").replace("\r\n", "\n") for line in iter(data.readline, b""))
    row = next(read_rows(lines, resource.dialect), None)
    # An engine that proves the encoding of what it reads does not read the header.
    is_sound = isinstance(row, Row) and any(map(str.strip, row.cells)) and _REPLACEMENT not in "".join(row.cells)
    return row.cells if isinstance(row, Row) and is_sound else []


def _header_rows(resource: Resource, proven: Sequence[Proven], first: list[str]) -> int:
    """How many header rows a file has whose first row is that; later files may have none."""
    return int(bool(resource.dialect.header_rows) and first == proven[0][1])


def _direct(reader: TableReader, resource: Resource, proof: Proof) -> Source:
    parts, rows = [], 0
    for (sound, first), name in zip(proof.files, resource.files, strict=True):
        headers = _header_rows(resource, proof.files, first)
        parts.append(counted(name, sound, headers, rows))
        rows += sound.rows - headers
    has_header = bool(resource.dialect.header_rows)
    reader.use_header(proof.files[0][1] if has_header else list(reader.schema.columns), 1)
    reader.compare_files(rows)
    is_quoted = any(sound.quoted for sound, _ in proof.files)
    return Source(reader, proof.frame, rows, Places(tuple(parts)), is_quoted=is_quoted)


def _spooled(reader: TableReader, resource: Resource, scratch: Path, engine: Engine) -> Source | None:
    if not reader.open():
        return None
    path = scratch / f"table{sum(1 for _ in scratch.iterdir())}.csv"
    lines, ragged, starts = array("q"), array("q"), dict[str, int]()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for row in reader.rows():
            starts.setdefault(row.file, len(lines))
            if row.ragged:
                ragged.append(len(lines))
            lines.append(row.line)
            writer.writerow(row.cells)
    frame = engine.read([Cells(path, 0, reader.width, ",")])
    places = listed(starts or {resource.file: 0}, lines)
    return Source(reader, frame, len(lines), places, is_quoted=True, ragged=ragged)
