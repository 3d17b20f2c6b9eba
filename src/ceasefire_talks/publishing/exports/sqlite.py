"""The tables as an SQLite database: strict types, all keys, checks, views with labels, full-text search."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

from ceasefire_talks.package.package import Package
from ceasefire_talks.package.record import record_key
from ceasefire_talks.publishing.citation import cite
from ceasefire_talks.publishing.exports import sql
from ceasefire_talks.publishing.exports.tables import schemas
from ceasefire_talks.schema.model import Field

SEARCHED = ("summary", "topic", "subject", "title", "name", "definition")

# Neither escapes nor negated sets: their meaning differs between regular expressions and GLOB.
_ATOM = re.compile(r"(?P<set>\[(?!\^)[^\]\\\[]+\])|(?P<literal>[A-Za-z0-9_:/@ -])")
_QUANTITY = re.compile(r"\{(?P<min>[0-9]{1,3})(?P<open>,)?\}|(?P<plus>\+)|(?P<star>\*)")


def sqlite_database(package: Package) -> bytes:
    """The whole package as the bytes of an SQLite file; the same bytes from the same version of SQLite."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(sqlite_ddl(package))
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        connection.execute("PRAGMA defer_foreign_keys = ON")
        _fill(connection, package)
        connection.commit()
        connection.executescript("INSERT INTO search (search) VALUES ('optimize'); VACUUM;")
        return connection.serialize()
    finally:
        connection.close()


def sqlite_ddl(package: Package) -> str:
    """The statements that make the tables, the views and the index for full-text search."""
    return "\n".join(
        [
            "-- Foreign keys are enforced by a connection that runs: PRAGMA foreign_keys = ON;",
            *(sql.create_table(schema, SQLITE, foreign_keys=True) for schema in schemas(package)),
            sql.create_labels(),
            'CREATE TABLE "release" (\n  "property" TEXT PRIMARY KEY NOT NULL,\n  "value" TEXT NOT NULL\n) STRICT;\n',
            *sql.create_views(package),
            _SEARCH,
        ]
    )


_SEARCH = """CREATE VIRTUAL TABLE search USING fts5 (
  "table" UNINDEXED, "record" UNINDEXED, "column" UNINDEXED, "text",
  tokenize = 'unicode61 remove_diacritics 2'
);
"""


def _fill(connection: sqlite3.Connection, package: Package) -> None:
    for schema in schemas(package):
        rows = ([_cell(value) for value in row.values()] for row in package.records(schema.name))
        _insert(connection, sql.table_name(schema.name), len(schema.fields), rows)
    _insert(connection, sql.LABELS, len(sql.LABELS_COLUMNS), sql.label_rows(package))
    _insert(connection, "release", 2, _release(package))
    _insert(connection, "search", 4, _searched(package))


def _insert(connection: sqlite3.Connection, table: str, width: int, rows: Any) -> None:
    places = ", ".join("?" * width)
    connection.executemany(f"INSERT INTO {sql.identifier(table)} VALUES ({places})", rows)  # noqa: S608


def _cell(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _release(package: Package) -> Iterator[tuple[str, str]]:
    for name in ("title", "description", "version", "created"):
        yield name, package.descriptor[name]
    yield "licence", ", ".join(licence["name"] for licence in package.descriptor["licenses"])
    yield "citation", cite(package.descriptor, "apa")


def _searched(package: Package) -> Iterator[tuple[str, str, str, str]]:
    for table, schema in package.schemas.items():
        for column in (column for column in schema.columns if column in SEARCHED):
            for row in package.records(table):
                if row[column] is not None:
                    yield sql.table_name(table), record_key(package, table, row), column, row[column]


def _of_type(column: str, field: Field) -> str | None:
    if field.type == "boolean":
        return f"{column} IN (0, 1)"
    # A modifier makes date() move an impossible day to a possible one; only a day of the calendar stays as it is.
    return f"date({column}, '+0 days') IS {column}" if field.type == "date" else None


def glob_condition(column: str, pattern: str) -> str | None:
    """A condition with GLOB that holds for exactly the texts that match the pattern; None where GLOB cannot say it.

    It can where every part of the pattern is a set or a character that stands a fixed number of times, but for the
    last, which may have no upper bound.
    """
    atoms = _atoms(pattern)
    if atoms is None or any(unbounded for _, _, unbounded in atoms[:-1]):
        return None
    fixed = "".join(atom * count for atom, count, _ in atoms)
    last, _, unbounded = atoms[-1]
    if not unbounded:
        return f"{column} GLOB {sql.literal(fixed)}"
    others = last.strip("[]")
    begin = sum(count for _, count, _ in atoms) + 1
    rest = f"substr({column}, {begin}) NOT GLOB {sql.literal(f'*[^{others}]*')}"
    return f"{column} GLOB {sql.literal(fixed + '*')} AND {rest}"


def _atoms(pattern: str) -> list[tuple[str, int, bool]] | None:
    text = pattern.removeprefix("^").removesuffix("$")
    atoms: list[tuple[str, int, bool]] = []
    while text:
        atom = _ATOM.match(text)
        if atom is None:
            return None
        quantity = _QUANTITY.match(text, atom.end())
        atoms.append((atom[0], *_times(quantity)))
        text = text[quantity.end() if quantity else atom.end() :]
    return atoms or None


def _times(quantity: re.Match[str] | None) -> tuple[int, bool]:
    if quantity is None:
        return 1, False
    return int(quantity["min"] or bool(quantity["plus"])), bool(
        quantity["open"] or quantity["plus"] or quantity["star"]
    )


SQLITE = sql.Dialect(
    types={"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"},
    table_options=" STRICT",
    length="length",
    of_type=_of_type,
    matches=glob_condition,
)
