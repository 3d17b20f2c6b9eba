"""A table under check: its cells as texts and as values, and where each stands in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ceasefire_talks.schema.model import TableSchema
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.problem import Problem

if TYPE_CHECKING:
    from ceasefire_talks.schema.columns import Mask

KEY_SEPARATOR = "/"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found at one row of one table.

    Attributes:
        table: the table's name.
        row: the row's number in the frame, from 0.
        column: the column at fault; None where it is the row.
        message: what is wrong, with the value.
        expected: what would have been right.
        mend: what to do, where the rule's own advice is too general.
    """

    table: str
    row: int
    column: str | None
    message: str
    expected: str = ""
    mend: str = ""


@dataclass
class Table:
    """A table that could be read.

    Attributes:
        schema: of those of its columns that the file has.
        file: relative to the package.
        lines: the physical line on which each row starts, from 1.
        fields: the position of each column in the file, from 1.
        texts: cells as texts, missing where they are one of the schema's missing values.
        typed: cells cast to the dtypes of the schema, missing also where they could not be; coded columns are str.
        faulty: per column, the cells that were reported or cannot be known, which later rules pass over.
        files: the file of every row, where the table is spread over several.
    """

    schema: TableSchema
    file: str
    lines: Sequence[int]
    fields: dict[str, int]
    texts: pd.DataFrame
    typed: pd.DataFrame = field(default_factory=pd.DataFrame)
    faulty: dict[str, Any] = field(default_factory=dict)
    files: Sequence[str] = ()
    _columns: dict[str, list[Any]] = field(default_factory=dict)
    _text_columns: dict[str, list[str | None]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The table's name."""
        return self.schema.name

    def is_faulty(self, columns: Iterable[str]) -> Any:
        """Which rows have a faulty cell in one of the columns, as an array of bool."""
        masks = [self.faulty[column] for column in columns if column in self.faulty]
        return np.logical_or.reduce([np.zeros(len(self.texts), dtype=bool), *masks])

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

    def has(self, *columns: str) -> bool:
        """Whether the file has all of these columns."""
        return set(columns) <= set(self.texts.columns)

    def is_empty(self, row: int, column: str) -> bool:
        """Whether a cell is known to be empty."""
        return self.text(row, column) is None and not self.is_faulty([column])[row]

    def text(self, row: int, column: str) -> str | None:
        """The text of a cell; None where it is missing."""
        return self.text_column(column)[row]

    def text_column(self, name: str) -> list[str | None]:
        """The texts of a column, None where they are missing."""
        if name not in self._text_columns:
            texts = self.texts[name].astype(object)
            self._text_columns[name] = texts.where(texts.notna(), None).tolist()
        return self._text_columns[name]

    def key(self, row: int, columns: Sequence[str]) -> str:
        """The texts of some cells of a row, joined by `/`."""
        return KEY_SEPARATOR.join(self.text(row, column) or "" for column in columns)

    def record(self, row: int) -> str | None:
        """The primary key of a row, joined by `/`; None where the table has none or the row does not fill it."""
        columns = self.schema.primary_key
        filled = columns and all(self.text(row, column) is not None for column in columns)
        return self.key(row, columns) if filled else None

    def place(self, row: int) -> tuple[str, int]:
        """The file of a row, and the physical line on which it starts."""
        return self.files[row] if self.files else self.file, self.lines[row]

    def problem(self, code: Code, finding: Finding) -> Problem:
        """A finding as a problem at its place in the file."""
        column = finding.column
        file, line = self.place(finding.row)
        return code.problem(
            finding.message,
            mend=finding.mend,
            expected=finding.expected,
            table=self.name,
            file=file,
            line=line,
            column=column,
            field=None if column is None else self.fields[column],
            record=self.record(finding.row),
            value=None if column is None else self.text(finding.row, column),
        )


def rows_where(mask: Mask | Any) -> list[int]:
    """The numbers of the rows for which a mask is true."""
    found: list[int] = np.flatnonzero(np.asarray(mask, dtype=bool)).tolist()
    return found
