"""A table on an engine as the rules of the data model see tables: a column is fetched when a rule asks for it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ceasefire_talks.schema.columns import read
from ceasefire_talks.validation.engines.engine import collect
from ceasefire_talks.validation.engines.reading import ROW
from ceasefire_talks.validation.engines.sifting import Sifted
from ceasefire_talks.validation.table import Table


class EngineTable(Table):
    """As `Table`; of its cells only the columns that were asked for are held."""

    def __init__(self, sifted: Sifted) -> None:
        source = sifted.source
        rows = np.arange(source.rows)
        files, lines = source.places.of(rows)
        super().__init__(source.schema, source.file, lines, source.reader.fields, pd.DataFrame(index=rows), files=files)
        self._sifted = sifted
        for name, numbers in sifted.faulty.items():
            if numbers:
                self.mark(name, sorted(numbers))

    def column(self, name: str) -> list[Any]:
        """See `Table.column`."""
        if name not in self._columns:
            values, _ = read(pd.Series(self.text_column(name), dtype="str"), self.schema.field(name), ())
            values = values.mask(self.is_faulty([name])).astype(object)
            self._columns[name] = values.where(values.notna(), None).tolist()
        return self._columns[name]

    def has(self, *columns: str) -> bool:
        """See `Table.has`."""
        return set(columns) <= set(self._sifted.source.columns)

    def text_column(self, name: str) -> list[str | None]:
        """See `Table.text_column`."""
        if name not in self._text_columns:
            column = self._sifted.source.columns[name]
            cells = collect(self._sifted.engine, self._sifted.frame, [ROW, column])
            texts: list[str | None] = [None] * len(cells[ROW])
            for row, text in zip(cells[ROW], cells[column], strict=True):
                texts[row] = text
            self._text_columns[name] = texts
        return self._text_columns[name]
