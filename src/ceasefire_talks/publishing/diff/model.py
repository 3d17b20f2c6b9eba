"""A difference as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ceasefire_talks.schema.keys import KEY_SEPARATOR


class Kind(StrEnum):
    """What happened to a definition, by what it means to who reads the data."""

    REMOVED = "removed"
    RETYPED = "re-typed"
    ADDED = "added"
    REDEFINED = "redefined"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Redefinition:
    """A table, column or property of one that differs.

    Attributes:
        kind: what happened to it.
        column: the column; empty where it is the table's.
        property: the property of the column or table, such as `type`; empty where it is there on one side only.
        old: its old value as plain JSON data; None where it was not there.
        new: its new value.
    """

    kind: Kind
    column: str = ""
    property: str = ""
    old: Any = None
    new: Any = None


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of both packages, with its old and new cells by column."""

    key: tuple[str, ...]
    cells: Mapping[str, tuple[str, str]]

    @property
    def record(self) -> str:
        """The primary key, joined by `/` where it is composite."""
        return KEY_SEPARATOR.join(self.key)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of one of the packages: its primary key, and its filled cells by column."""

    key: tuple[str, ...]
    cells: Mapping[str, str]

    @property
    def record(self) -> str:
        """The primary key, joined by `/` where it is composite."""
        return KEY_SEPARATOR.join(self.key)


@dataclass(frozen=True, slots=True)
class TableDiff:
    """What differs in one table.

    Attributes:
        table: its name.
        key: the columns by which rows are paired; empty where nothing but equality pairs them.
        definitions: what differs in its schema; one with neither column nor property where the table as a whole was
            added or removed.
        added: rows of the new package alone.
        removed: rows of the old package alone.
        changed: rows of both, with the cells that differ.
    """

    table: str
    key: tuple[str, ...]
    definitions: tuple[Redefinition, ...]
    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    changed: tuple[RowChange, ...]

    @property
    def whole(self) -> Kind | None:
        """Whether the table as a whole was added or removed."""
        return next((d.kind for d in self.definitions if not d.column and not d.property), None)

    def __bool__(self) -> bool:
        return any((self.definitions, self.added, self.removed, self.changed))


@dataclass(frozen=True, slots=True)
class PackageDiff:
    """What differs between two packages.

    Attributes:
        old: what the reader called the old one.
        new: what the reader called the new one.
        versions: the versions that they give themselves.
        metadata: properties of the descriptor as a whole that differ, version and date apart.
        tables: the tables that differ, in the order of the new descriptor, those that are gone last.
        uncompared: resources that are no tables and were not looked into.
    """

    old: str
    new: str
    versions: tuple[str, str]
    metadata: tuple[Redefinition, ...]
    tables: tuple[TableDiff, ...]
    uncompared: tuple[str, ...]

    def __bool__(self) -> bool:
        return any((self.metadata, self.tables))

    def definitions(self) -> Iterator[Redefinition]:
        """Every definition that differs."""
        yield from self.metadata
        for table in self.tables:
            yield from table.definitions
