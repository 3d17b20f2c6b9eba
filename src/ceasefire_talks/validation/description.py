"""What is known of a descriptor while it is checked: its documents, tables, and what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ceasefire_talks.schema.model import TableSchema
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.dialect import DEFAULT, Dialect
from ceasefire_talks.validation.documents import Document
from ceasefire_talks.validation.positions import JsonPath, shown
from ceasefire_talks.validation.problem import Problem
from ceasefire_talks.validation.report import Unchecked


@dataclass(frozen=True)
class Resource:
    """A table that the descriptor announces and whose files are in the package.

    Attributes:
        name: the table's.
        place: its path in the descriptor.
        descriptor: what the descriptor says of it, without what does not fit the standard.
        schema: its Table Schema, from wherever it stands.
        paths: its files; none where its data stand in the descriptor.
        files: the same, relative to the package; else the descriptor.
        dialect: how rows stand in them.
        line_terminator: the one that the descriptor names.
        encoding: Python's name of the encoding.
        is_compressed: whether the files are compressed by gzip.
        data: a text of CSV, or an array of arrays or objects, where they stand in the descriptor.
    """

    name: str
    place: JsonPath
    descriptor: Mapping[str, Any]
    schema: Mapping[str, Any]
    paths: tuple[Path, ...]
    files: tuple[str, ...]
    dialect: Dialect = DEFAULT
    line_terminator: str | None = None
    encoding: str = "utf-8"
    is_compressed: bool = False
    data: Any = None

    @property
    def path(self) -> Path:
        """Its first file."""
        return self.paths[0]

    @property
    def file(self) -> str:
        """Its first file, relative to the package."""
        return self.files[0]

    @property
    def is_usual(self) -> bool:
        """Whether it is one file of CSV in UTF-8, uncompressed, in the default dialect."""
        return (len(self.files), self.dialect, self.encoding, self.is_compressed) == (1, DEFAULT, "utf-8", False)


@dataclass
class Description:
    """A descriptor, what is wrong with it, and the tables of it that can be checked.

    Attributes:
        root: the folder of the package.
        file: the descriptor's name in it.
        document: the descriptor; None where it cannot be read.
        parts: documents that stand in for a property of it, by its path.
        content: the parsed descriptor; empty where it is no object.
        resources: the tables whose files are in the package.
        schemas: their schemas, filled by the next step.
        announced: every resource with its path in the descriptor, without what does not fit the standard.
        files: resources that are no tables, of which only bytes and hash can be checked.
        handed: what only frictionless can check, each with the reason.
        delegated: what frictionless has checked.
        remarks: what an engine left to the reference, with the reason.
    """

    root: Path
    file: str
    document: Document | None = None
    parts: dict[JsonPath, Document] = field(default_factory=dict)
    content: Mapping[str, Any] = field(default_factory=dict)
    resources: list[Resource] = field(default_factory=list)
    schemas: dict[str, TableSchema] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unchecked: list[Unchecked] = field(default_factory=list)
    announced: list[tuple[JsonPath, Mapping[str, Any]]] = field(default_factory=list)
    files: list[Resource] = field(default_factory=list)
    handed: list[Handed] = field(default_factory=list)
    delegated: list[Unchecked] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The package's name, or its folder's where it has none."""
        name = self.content.get("name")
        return name if isinstance(name, str) else self.root.name

    @property
    def size(self) -> int:
        """How many bytes the files of its tables have in all."""
        return sum(path.stat().st_size for resource in self.resources for path in resource.paths)

    def report(self, code: Code, path: JsonPath, message: str, value: Any = None, expected: str = "") -> None:
        """Note a problem with the property of that path, in the document in which it stands."""
        depth = next((n for n in range(len(path), 0, -1) if path[:n] in self.parts), 0)
        document = self.parts[path[:depth]] if depth else self.document
        line, column = document.position(path[depth:]) if document else (1, 1)
        text = value if value is None or isinstance(value, str) else json.dumps(value)
        place: dict[str, Any] = {"file": document.file if document else self.file, "line": line, "field": column}
        record = shown(path) or None
        self.problems.append(code.problem(message, value=text, expected=expected, record=record, **place))

    def note(self, finding: Problem | Unchecked) -> None:
        """Note what a stage found."""
        if isinstance(finding, Unchecked):
            self.unchecked.append(finding)
        else:
            self.problems.append(finding)

    def skip(self, subject: str, reason: str) -> None:
        """Note that something is not checked."""
        self.unchecked.append(Unchecked(subject, reason))

    def hand_on(self, table: str, reason: str, field: Mapping[str, Any] | None = None) -> None:
        """Note that only frictionless can check a table, or what a field of it says."""
        self.handed.append(Handed(table, reason, field))

    def delegate(self, subject: str, reason: str) -> None:
        """Note that frictionless has checked something."""
        self.delegated.append(Unchecked(subject, reason))


@dataclass(frozen=True, slots=True)
class Handed:
    """What only frictionless can check: a table, or where `field` is given just what that says, and why."""

    table: str
    reason: str
    field: Mapping[str, Any] | None = None

    @property
    def column(self) -> str | None:
        """The column, where it is not the whole table."""
        return None if self.field is None else str(self.field["name"])

    @property
    def subject(self) -> str:
        """What it is, in words."""
        return f"table {self.table}" if self.column is None else f"table {self.table}, column {self.column}"
