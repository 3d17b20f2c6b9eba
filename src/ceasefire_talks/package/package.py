"""A data package: a folder with datapackage.json, and its tables as rows of typed values.

Imports what it needs for a table when a table is asked for: everybody who imports the package imports this module.
"""

from __future__ import annotations

import csv
import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ceasefire_talks.package.errors import PackageError, UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

    from ceasefire_talks.schema.model import TableSchema

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
        """The schema of every table, in the descriptor's order, without those of codings kept beside them."""
        main = {resource["name"] for resource in self.descriptor["resources"] if "coding" not in resource}
        return {name: schema for name, schema in self._all_schemas.items() if name in main}

    @property
    def tables(self) -> list[str]:
        """The names of the tables, in the descriptor's order."""
        return list(self.schemas)

    def schema(self, table: str) -> TableSchema:
        """The schema of a table.

        Raises:
            UnknownNameError: the package has no such table.
        """
        if table not in self._all_schemas:
            raise UnknownNameError("table", table, self.tables)
        return self._all_schemas[table]

    def in_coding(self, table: str, coding: str | None) -> str:
        """The name under which `schema`, `path`, `records` and `frame` know a table of a coding.

        Args:
            table: one of `tables`.
            coding: the name of a coding that is kept beside the tables; None for the tables themselves.

        Raises:
            UnknownNameError: the package has no such coding, or the coding no such table.
            PackageError: the package has no codings, as an installed wheel.
        """
        if coding is None:
            return self.schema(table).name
        codings: dict[str, dict[str, str]] = {}
        for resource in self.descriptor["resources"]:
            if "coding" in resource:
                codings.setdefault(resource["coding"], {})[resource["table"]] = resource["name"]
        if not codings:
            raise PackageError(
                "no codings are kept beside these tables; a wheel has none, but the repository and the CSV bundle of a "
                "release have those of Ceasefire Talks"
            )
        if coding not in codings:
            raise UnknownNameError("coding", coding, codings)
        if table not in codings[coding]:
            raise UnknownNameError(f"table of the coding {coding!r}", table, codings[coding])
        return codings[coding][table]

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
    def _all_schemas(self) -> dict[str, TableSchema]:
        from ceasefire_talks.schema.model import TableSchema

        return {
            resource["name"]: TableSchema.from_descriptor(resource["name"], resource["schema"])
            for resource in self.descriptor["resources"]
        }

    @cached_property
    def _records(self) -> dict[str, list[Row]]:
        return {}

    def _read_records(self, schema: TableSchema) -> list[Row]:
        try:
            return read_rows(self.path(schema.name), schema)
        except (OSError, ValueError, KeyError, csv.Error) as error:
            raise self._unreadable(schema.name, error) from error

    def _unreadable(self, table: str, error: Exception) -> PackageError:
        return PackageError(f"cannot read {self.path(table)}: {error}; run `ceasefire-talks check` on it")


def read_rows(path: Path, schema: TableSchema) -> list[Row]:
    """The rows of a CSV file as dicts of str, int, float, bool, `datetime.date` and None.

    Raises:
        OSError: the file cannot be opened.
        ValueError: it is not UTF-8, a row is too short or too long, or a cell is not of its column's type.
        KeyError: the schema does not know a column.
        csv.Error: its quoting is broken.
    """
    from ceasefire_talks.schema.lexical import cast

    types = {field.name: field.type for field in schema.fields}
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {k: None if v in schema.missing_values else cast(types[k], v) for k, v in _whole(row).items()}
            for row in csv.DictReader(file, strict=True)
        ]


def _whole(row: dict[str, str]) -> dict[str, str]:
    if None in row or None in row.values():
        raise ValueError("a row has more or fewer cells than the header")
    return row
