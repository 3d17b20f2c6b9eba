"""CSV files as rows of texts, for programs that add to a package: what they do not change stays as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.schema.definition import table_schema

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Texts:
    """A CSV file: its header, and its rows as cells by column."""

    columns: tuple[str, ...]
    rows: tuple[Cells, ...]

    def with_rows(self, rows: Iterable[Mapping[str, str]]) -> Texts:
        """With more rows behind; a column that they lack is empty, one that the file lacks is left out."""
        added = ({column: row.get(column, "") for column in self.columns} for row in rows)
        return Texts(self.columns, (*self.rows, *added))

    def sorted_by(self, key: Sequence[str]) -> Texts:
        """In the code-point order of a key, column by column."""
        return Texts(self.columns, tuple(sorted(self.rows, key=lambda row: tuple(row[column] for column in key))))

    def to_bytes(self) -> bytes:
        """The file: UTF-8, LF, cells quoted only where they must be."""
        file = io.StringIO(newline="")
        writer = csv.DictWriter(file, self.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return file.getvalue().encode("utf-8")


def read_texts(path: Path, needed: Sequence[str] = ()) -> Texts:
    """The header and the rows of a CSV file.

    Args:
        path: the file.
        needed: columns that it must have.

    Raises:
        PackageError: it cannot be opened, is not UTF-8, has a ragged row or broken quoting, or lacks a column.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = [line for line in csv.reader(file, strict=True) if line]
        header = lines[0] if lines else []
        rows = tuple(dict(zip(header, line, strict=True)) for line in lines[1:])
    except (OSError, ValueError, csv.Error) as error:
        raise PackageError(f"cannot read {path}: {error}; run `ceasefire-talks check` on the package") from error
    if missing := [column for column in needed if column not in header]:
        raise PackageError(f"{path} lacks the columns {', '.join(missing)}")
    return Texts(tuple(header), rows)


def read_table(root: Path, table: str) -> Texts:
    """A table of the data model in a package's `data/`.

    Raises:
        PackageError: its file cannot be read, or lacks a column of the data model.
    """
    columns = [field["name"] for field in table_schema(table, [])["fields"]]
    return read_texts(root / "data" / f"{table}.csv", columns)
