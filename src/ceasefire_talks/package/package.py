"""A data package: a folder with datapackage.json, and its tables as rows of typed values."""

from __future__ import annotations

import csv
import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ceasefire_talks.package.errors import PackageError, UnknownNameError
from ceasefire_talks.schema.lexical import cast
from ceasefire_talks.schema.model import TableSchema

if TYPE_CHECKING:
    import pandas as pd

DESCRIPTOR = "datapackage.json"

Row = dict[str, Any]


def bundled_root() -> Path:
    """The folder of the data that came with this installation: in the wheel, or the checkout of an editable install."""
    package = Path(__file__).resolve().parents[1]
    return package if (package / DESCRIPTOR).is_file() else package.parents[1]


class Package:
    """A data package on disk. Trusts its files; `check` is what tells whether they deserve it.

    Args:
        root: the folder that holds datapackage.json; the bundled data without it.

    Raises:
        PackageError: there is no readable descriptor.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = bundled_root() if root is None else root

    @cached_property
    def descriptor(self) -> dict[str, Any]:
        """The parsed datapackage.json."""
        path = self.root / DESCRIPTOR
        try:
            descriptor: dict[str, Any] = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise PackageError(f"cannot read {path}: {error}") from error
        return descriptor

    @cached_property
    def schemas(self) -> dict[str, TableSchema]:
        """The schema of every table, in the descriptor's order."""
        return {
            resource["name"]: TableSchema.from_descriptor(resource["name"], resource["schema"])
            for resource in self.descriptor["resources"]
        }

    @property
    def tables(self) -> list[str]:
        """The names of the tables, in the descriptor's order."""
        return list(self.schemas)

    def schema(self, table: str) -> TableSchema:
        """The schema of a table.

        Raises:
            UnknownNameError: the package has no such table.
        """
        if table not in self.schemas:
            raise UnknownNameError("table", table, self.tables)
        return self.schemas[table]

    def path(self, table: str) -> Path:
        """The CSV file of a table.

        Raises:
            UnknownNameError: the package has no such table.
        """
        name = self.schema(table).name
        resource = next(r for r in self.descriptor["resources"] if r["name"] == name)
        return self.root / str(resource["path"])

    def records(self, table: str) -> list[Row]:
        """The rows of a table as dicts of str, int, float, bool, `datetime.date` and None.

        Raises:
            UnknownNameError: the package has no such table.
            PackageError: a cell is not of its column's type.
        """
        if table not in self._records:
            self._records[table] = self._read_records(self.schema(table))
        return [dict(row) for row in self._records[table]]

    def frame(self, table: str, *, labels: bool = False) -> pd.DataFrame:
        """The rows of a table as a typed data frame; see `ceasefire_talks.load`.

        Raises:
            UnknownNameError: the package has no such table.
            PackageError: a column is missing, or a cell is not of its column's type.
        """
        from ceasefire_talks.package.frames import read_frame, with_labels

        schema = self.schema(table)
        try:
            frame = read_frame(self.path(table), schema)
        except (OSError, ValueError, KeyError) as error:
            raise self._unreadable(table, error) from error
        return with_labels(frame, schema, self) if labels else frame

    @cached_property
    def _records(self) -> dict[str, list[Row]]:
        return {}

    def _read_records(self, schema: TableSchema) -> list[Row]:
        path = self.path(schema.name)
        types = {field.name: field.type for field in schema.fields}
        try:
            with path.open(encoding="utf-8", newline="") as file:
                return [
                    {k: None if v in schema.missing_values else cast(types[k], v) for k, v in _whole(row).items()}
                    for row in csv.DictReader(file, strict=True)
                ]
        except (OSError, ValueError, KeyError, csv.Error) as error:
            raise self._unreadable(schema.name, error) from error

    def _unreadable(self, table: str, error: Exception) -> PackageError:
        return PackageError(f"cannot read {self.path(table)}: {error}; run `ceasefire-talks check` on it")


def _whole(row: dict[str, str]) -> dict[str, str]:
    if None in row or None in row.values():
        raise ValueError("a row has more or fewer cells than the header")
    return row
