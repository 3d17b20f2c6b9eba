"""A table under check: its cells as texts and as values, and where each stands in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ceasefire_talks.validation.placed import Placed

if TYPE_CHECKING:
    from ceasefire_talks.schema.columns import Mask


@dataclass
class Table(Placed):
    """A table that could be read.

    Attributes:
        texts: cells as texts, missing where they are one of the schema's missing values.
        typed: cells cast to the dtypes of the schema, missing also where they could not be; coded columns are str.
        faulty: per column, the cells that were reported or cannot be known, which later rules pass over.
    """

    texts: pd.DataFrame
    typed: pd.DataFrame = field(default_factory=pd.DataFrame)
    faulty: dict[str, Any] = field(default_factory=dict)
    _columns: dict[str, list[Any]] = field(default_factory=dict)
    _text_columns: dict[str, list[str | None]] = field(default_factory=dict)

    def is_faulty(self, columns: Iterable[str]) -> Any:
        """Which rows have a faulty cell in one of the columns, as an array of bool."""
        masks = [self.faulty[column] for column in columns if column in self.faulty]
        return np.logical_or.reduce([np.zeros(len(self.texts), dtype=bool), *masks])

    def has_fault(self, row: int, columns: Iterable[str]) -> bool:
        """See `Placed.has_fault`."""
        return any(self.faulty[column][row] for column in columns if column in self.faulty)

    def mark(self, column: str, rows: Any) -> None:
        """Mark cells of a column as faulty."""
        self.faulty.setdefault(column, np.zeros(len(self.texts), dtype=bool))[rows] = True

    def column(self, name: str) -> list[Any]:
        """The values of a column in the types of plain Python, None where they are missing."""
        if name not in self._columns:
            values = self.typed[name].astype(object)
            self._columns[name] = values.where(values.notna(), None).tolist()
        return self._columns[name]

    def each(self, *columns: str) -> Iterator[tuple[Any, ...]]:
        """For every row that fills all of these columns its number and their values, in the types of plain Python."""
        for row, *values in zip(range(len(self.texts)), *map(self.column, columns), strict=True):
            if None not in values:
                yield row, *values

    def is_empty(self, row: int, column: str) -> bool:
        """Whether a cell is known to be empty."""
        return self.text(row, column) is None and not self.has_fault(row, [column])

    def text_column(self, name: str) -> list[str | None]:
        """See `Placed.text_column`."""
        if name not in self._text_columns:
            texts = self.texts[name].astype(object)
            self._text_columns[name] = texts.where(texts.notna(), None).tolist()
        return self._text_columns[name]


def rows_where(mask: Mask | Any) -> list[int]:
    """The numbers of the rows for which a mask is true."""
    found: list[int] = np.flatnonzero(np.asarray(mask, dtype=bool)).tolist()
    return found
