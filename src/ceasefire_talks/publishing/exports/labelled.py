"""Copies of the tables with a readable name behind every id and every code."""

from __future__ import annotations

import csv

from ceasefire_talks.package.frames import LABEL_SUFFIX, readable_names
from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.exports.encode import csv_bytes


def labelled_tables(package: Package) -> dict[str, bytes]:
    """The CSV file of every table that has an id or a code with a readable name, by the name of the table.

    The cells are those of the table as they stand there; a column `<name>_label` stands behind each that has labels.
    """
    found = {table: _labelled(package, table) for table in package.tables}
    return {table: data for table, data in found.items() if data is not None}


def _labelled(package: Package, table: str) -> bytes | None:
    schema = package.schema(table)
    names = {field.name: readable_names(field, schema, package) for field in schema.fields}
    if not any(names.values()):
        return None
    header = [name for column in schema.columns for name in _with_label(column, column + LABEL_SUFFIX, names[column])]
    with package.path(table).open(encoding="utf-8", newline="") as file:
        rows = [
            [
                text
                for column, cell in row.items()
                for text in _with_label(cell, (names[column] or {}).get(cell, ""), names[column])
            ]
            for row in csv.DictReader(file, strict=True)
        ]
    return csv_bytes(header, rows)


def _with_label(cell: str, label: str, names: dict[str, str] | None) -> list[str]:
    return [cell] if names is None else [cell, label]
