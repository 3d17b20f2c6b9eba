"""The tables of a package that may lie anywhere and may be anybody's: its descriptor, and rows as texts."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.package import DESCRIPTOR
from ceasefire_talks.package.progress import Bar
from ceasefire_talks.publishing.diff.source import DAMAGED, Source
from ceasefire_talks.schema.model import TableSchema

LARGEST_DESCRIPTOR = 2**26
CHUNK = 2**18

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The header of a table's file, and its rows, which can be read once; a missing value is the empty text."""

    header: Cells
    rows: Iterator[Cells]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two packages that are compared.

    Attributes:
        source: where it lies.
        descriptor: its parsed descriptor.
        resources: the descriptors of its tables by name.
        others: names of its resources that are no tables with a schema.
    """

    source: Source
    descriptor: dict[str, Any]
    resources: dict[str, dict[str, Any]]
    others: tuple[str, ...]

    @property
    def version(self) -> str:
        """The version that the package gives itself; empty where it gives none."""
        return str(self.descriptor.get("version", ""))

    def schema(self, table: str) -> TableSchema:
        """The schema of a table."""
        return TableSchema.from_descriptor(table, self.resources[table]["schema"])

    def size(self, table: str) -> int:
        """The bytes of a table's file.

        Raises:
            PackageError: it is missing.
        """
        return self.source.size(self.resources[table]["path"])

    @contextmanager
    def rows(self, table: str, bar: Bar | None = None) -> Iterator[Rows]:
        """The rows of a table.

        Args:
            table: its name.
            bar: advances by the bytes that are read.

        Raises:
            PackageError: its file is missing or damaged.
        """
        path = self.resources[table]["path"]
        try:
            with self.source.open(path) as file, _text(file, bar) as text:
                reader = csv.reader(text, strict=True)
                header = tuple(next(reader, ()))
                _refuse_foreign(header, self.schema(table).columns)
                rows = _whole(reader, len(header))
                yield Rows(header, _blanked(rows, set(self.schema(table).missing_values) - {""}))
        except (*DAMAGED, csv.Error) as error:
            raise PackageError(f"{self.source.name}: cannot read {path}: {error}; `check` tells more") from error


class _Told(io.RawIOBase):
    """A file that tells a bar how much of it was read."""

    def __init__(self, file: BinaryIO, bar: Bar) -> None:
        self._file, self._bar = file, bar

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._bar.advance(len(data))
        return len(data)


def read_side(source: Source) -> Side:
    """The package at that place.

    Raises:
        PackageError: its descriptor is missing, damaged, or describes no tables.
    """
    try:
        descriptor = json.loads(_descriptor(source).decode("utf-8-sig"))
        resources = _by_name(descriptor["resources"])
        tables = {name: resource for name, resource in resources.items() if _is_table(name, resource)}
        _refuse_repeats([resource["path"] for resource in tables.values()], "file")
    except (*DAMAGED, KeyError, TypeError, AttributeError) as error:
        message = f"{source.name}: {DESCRIPTOR} describes no package: {error or type(error).__name__}"
        raise PackageError(message) from error
    return Side(source, descriptor, tables, tuple(name for name in resources if name not in tables))


def _by_name(resources: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    names = [_name(resource["name"]) for resource in resources]
    _refuse_repeats(names, "table")
    return dict(zip(names, resources, strict=True))


def _refuse_repeats(names: list[str], what: str) -> None:
    # Two tables of one name would hide each other; two of one file would have it read as often as the descriptor likes.
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise ValueError(f"it names the {what} {repeated[0]} twice")


def _name(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no name")
    return value


def _descriptor(source: Source) -> bytes:
    with source.open(DESCRIPTOR) as file:
        data = file.read(LARGEST_DESCRIPTOR + 1)
    if len(data) > LARGEST_DESCRIPTOR:
        raise PackageError(f"{source.name}: {DESCRIPTOR} has more than {LARGEST_DESCRIPTOR:,} bytes")
    return data


def _is_table(name: str, resource: dict[str, Any]) -> bool:
    if not isinstance(resource.get("path"), str) or not isinstance(resource.get("schema"), dict):
        return False
    schema = TableSchema.from_descriptor(name, resource["schema"])
    for text in (*schema.columns, *schema.primary_key, *schema.missing_values):
        _name(text)
    return bool(schema.fields)


def _text(file: BinaryIO, bar: Bar | None) -> io.TextIOWrapper:
    read = file if bar is None else io.BufferedReader(_Told(file, bar), CHUNK)
    return io.TextIOWrapper(read, "utf-8-sig", newline="")


def _refuse_foreign(header: Cells, columns: Cells) -> None:
    # A column that the schema does not know, or that stands twice, has no meaning that could be compared.
    if sorted(header) != sorted(columns):
        differing = sorted({*header} ^ {*columns}) or ["a repeated column"]
        raise ValueError(f"header and schema differ in {', '.join(differing)}")


def _whole(reader: Any, width: int) -> Iterator[Cells]:
    for row in reader:
        if len(row) != width:
            if not row:
                continue
            raise ValueError(f"line {reader.line_num} has {len(row)} cells, the header has {width}")
        yield tuple(row)


def _blanked(rows: Iterator[Cells], missing: set[str]) -> Iterator[Cells]:
    if not missing:
        return rows
    return (tuple("" if cell in missing else cell for cell in row) for row in rows)
