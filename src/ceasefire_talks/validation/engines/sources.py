"""The files of a table as an engine gets them, and any of its rows as the reference gets them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ceasefire_talks.schema.model import TableSchema
from ceasefire_talks.validation.engines.engine import Frame
from ceasefire_talks.validation.engines.places import Places
from ceasefire_talks.validation.engines.reading import ROW, position
from ceasefire_talks.validation.reader import TableReader
from ceasefire_talks.validation.records import Records

if TYPE_CHECKING:
    from ceasefire_talks.validation.table import Table


@dataclass
class Source:
    """Where the rows of a table come from.

    Attributes:
        reader: which knows the header.
        frame: the rows on an engine: `ROW` and the texts of all its columns, missing where they are empty.
        rows: how many.
        places: where the rows stand.
        has_empty_texts: whether texts without a character may stand beside missing cells.
        ragged: the rows that have more or fewer cells than the header.
    """

    reader: TableReader
    frame: Frame
    rows: int
    places: Places
    has_empty_texts: bool
    ragged: Sequence[int] = ()

    @property
    def schema(self) -> TableSchema:
        """The schema of those of its columns that the file has."""
        return self.reader.schema

    @property
    def file(self) -> str:
        """The first file, relative to the package."""
        return self.reader.resource.file

    @property
    def columns(self) -> dict[str, str]:
        """The name that each column has on an engine."""
        return {name: position(at - 1) for name, at in self.reader.fields.items()}

    def missing(self, name: str) -> frozenset[str]:
        """The texts that stand for a missing value in a column."""
        null = self.reader.resource.dialect.null_sequence
        return frozenset((*self.schema.missing(self.schema.field(name)), *([] if null is None else [null])))

    def records(self, cells: Mapping[str, Sequence[Any]], faulty: defaultdict[str, set[int]]) -> Records:
        """Some rows in plain Python, in their order in the file.

        Args:
            cells: `ROW` and the texts of every column, by their names on an engine.
            faulty: per column, the rows whose cell is faulty.
        """
        order = sorted(range(len(cells[ROW])), key=cells[ROW].__getitem__)
        numbers = [cells[ROW][at] for at in order]
        texts = {name: [cells[column][at] for at in order] for name, column in self.columns.items()}
        files, lines = self.places.of(np.array(numbers, dtype=np.int64))
        return Records(self.schema, self.file, lines, self.reader.fields, numbers, texts, faulty, files=files)

    def table(self, records: Records) -> Table:
        """The same rows as the reference has them."""
        import pandas as pd

        from ceasefire_talks.validation.table import Table

        texts = {name: pd.array(list(cells), dtype="str") for name, cells in records.texts.items()}
        frame = pd.DataFrame(texts, index=range(len(records.numbers)))
        table = Table(self.schema, self.file, records.lines, self.reader.fields, frame, files=records.files)
        for name, numbers in records.faulty.items():
            table.mark(name, [row for row, number in enumerate(records.numbers) if number in numbers])
        return table

    def column_of(self, name: str, texts: Sequence[str]) -> Table:
        """Some texts of a column as the reference has them, with nothing to check but the column."""
        import pandas as pd

        from ceasefire_talks.validation.table import Table

        fields = (self.schema.field(name),)
        schema = replace(self.schema, fields=fields, primary_key=(), unique_keys=(), foreign_keys=(), row_rules=())
        frame = pd.DataFrame({name: pd.array(list(texts), dtype="str")})
        return Table(schema, self.file, [0] * len(texts), self.reader.fields, frame)
