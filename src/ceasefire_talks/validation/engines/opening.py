"""The files of a table for an engine: as they are where they are proven sound, else as the exact reader reads them."""

from __future__ import annotations

import csv
from array import array
from pathlib import Path

from ceasefire_talks.validation.descriptor import Description, Resource
from ceasefire_talks.validation.engines.engine import Engine
from ceasefire_talks.validation.engines.places import Places, counted, listed
from ceasefire_talks.validation.engines.proving import Proof
from ceasefire_talks.validation.engines.reading import Cells, Doubt
from ceasefire_talks.validation.engines.sources import Source
from ceasefire_talks.validation.inline import reader_of
from ceasefire_talks.validation.reader import TableReader


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
        return _direct(reader, resource, proof, engine)
    description.remarks.append(f"table {resource.name} read row by row: {proof.reason}")
    return _spooled(reader, resource, scratch, engine)


def _direct(reader: TableReader, resource: Resource, proof: Proof, engine: Engine) -> Source:
    parts, rows = [], 0
    for (sound, headers), name in zip(proof.files, resource.files, strict=True):
        parts.append(counted(name, sound, headers, rows))
        rows += sound.rows - headers
    has_header = bool(resource.dialect.header_rows)
    reader.use_header(proof.header if has_header else list(reader.schema.columns), 1)
    reader.compare_files(rows)
    # A text without a character differs from a missing one only where one is quoted.
    sizes = proof.read.sizes
    has_empty = any(size.shortest == 0 for size in sizes) if sizes else any(sound.quoted for sound, _ in proof.files)
    return Source(reader, engine.frame(proof.read), rows, Places(tuple(parts)), has_empty_texts=has_empty)


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
    frame = engine.frame(engine.reader.read([Cells(path, 0, reader.width, ",")]))
    places = listed(starts or {resource.file: 0}, lines)
    return Source(reader, frame, len(lines), places, has_empty_texts=True, ragged=ragged)
