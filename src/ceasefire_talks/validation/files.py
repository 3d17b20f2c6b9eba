"""Stages 2 and 3: the file of a table as a frame of texts, of which every row knows its file and line."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ceasefire_talks.validation.description import Description, Resource
from ceasefire_talks.validation.inline import reader_of
from ceasefire_talks.validation.reader import TableReader
from ceasefire_talks.validation.rows import Row
from ceasefire_talks.validation.table import Table


def read_table(description: Description, resource: Resource) -> Table | None:
    """Read the files of a table, and note in the description what is wrong with their bytes, lines and header.

    Returns:
        The table with its texts; None where not even a header can be read.
    """
    reader = reader_of(description, resource)
    return _table(reader, resource, list(reader.rows())) if reader.open() else None


def _table(reader: TableReader, resource: Resource, rows: Sequence[Row]) -> Table:
    schema = reader.schema
    columns = {}
    for field in schema.fields:
        at, missing = reader.fields[field.name] - 1, {*schema.missing(field), resource.dialect.null_sequence}
        texts = [None if (cell := row.cells[at]) in missing else cell for row in rows]
        columns[field.name] = pd.array(texts, dtype="str")
    frame = pd.DataFrame(columns, index=range(len(rows)))
    files = [row.file for row in rows] if len(resource.files) > 1 else []
    table = Table(schema, resource.file, [row.line for row in rows], reader.fields, frame, files=files)
    ragged = [number for number, row in enumerate(rows) if row.ragged]
    for name in reader.fields if ragged else ():
        table.mark(name, ragged)
    return table
