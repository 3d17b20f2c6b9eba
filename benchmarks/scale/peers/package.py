"""What every peer reads: the descriptor as plain tables, and how faults are printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class ForeignKey:
    """Columns, and the table and columns that they point to."""

    columns: tuple[str, ...]
    table: str
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table of the package; fields are Table Schema descriptors."""

    name: str
    path: Path
    fields: list[dict[str, Any]]
    primary_key: list[str]
    foreign_keys: list[ForeignKey]


def tables() -> list[Table]:
    """The tables of the package in the folder that the command line names."""
    folder = Path(sys.argv[1])
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return [_table(folder, resource) for resource in descriptor["resources"]]


def _table(folder: Path, resource: dict[str, Any]) -> Table:
    schema, name = resource["schema"], resource["name"]
    keys = [
        ForeignKey(tuple(key["fields"]), key["reference"]["resource"] or name, tuple(key["reference"]["fields"]))
        for key in schema["foreignKeys"]
    ]
    return Table(name, folder / resource["path"], schema["fields"], schema["primaryKey"], keys)


def report(table: Table, found: Iterable[tuple[int, str | None]]) -> None:
    """Print the faults of a table: number of the row from 0, and column."""
    for row, column in found:
        print(json.dumps([table.path.name, row, column]))
