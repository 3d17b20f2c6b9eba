"""Rows of a table as texts, and where each stands: all that it takes to word a problem, whatever holds the cells."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ceasefire_talks.schema.keys import KEY_SEPARATOR
from ceasefire_talks.schema.model import TableSchema
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.problem import Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found at one row of one table.

    Attributes:
        table: the table's name.
        row: the row's number, from 0.
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
class Placed(ABC):
    """Some rows of a table; they are numbered from 0.

    Attributes:
        schema: of those of its columns that the file has.
        file: relative to the package.
        lines: the physical line on which each row starts, from 1.
        fields: the position of each column in the file, from 1.
        files: the file of every row, where the table is spread over several.
    """

    schema: TableSchema
    file: str
    lines: Sequence[int]
    fields: Mapping[str, int]
    files: Sequence[str] = field(default=(), kw_only=True)

    @abstractmethod
    def text_column(self, name: str) -> Sequence[str | None]:
        """The texts of a column, None where they are missing."""

    @abstractmethod
    def has_fault(self, row: int, columns: Iterable[str]) -> bool:
        """Whether a cell of the row, in one of the columns, was reported or cannot be known."""

    @property
    def name(self) -> str:
        """The table's name."""
        return self.schema.name

    def has(self, *columns: str) -> bool:
        """Whether the file has all of these columns."""
        return set(columns) <= set(self.schema.columns)

    def text(self, row: int, column: str) -> str | None:
        """The text of a cell; None where it is missing."""
        return self.text_column(column)[row]

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
