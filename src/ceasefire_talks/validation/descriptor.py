"""Stage 1: the descriptor. What it says is untrusted: nothing outside the package is opened, nothing is fetched."""

from __future__ import annotations

import json
import operator
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import reduce
from pathlib import Path
from typing import Any

from ceasefire_talks.package.paths import path_fault_in
from ceasefire_talks.schema.model import TableSchema
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.positions import JsonPath, line_and_column, shown
from ceasefire_talks.validation.problem import Problem, quoted
from ceasefire_talks.validation.report import Unchecked
from ceasefire_talks.validation.shape import PACKAGE, RESOURCE

NOT_JSON = Code(
    "D01",
    "descriptor-json",
    "The descriptor is not a JSON object in UTF-8.",
    "No program can tell which tables the package has.",
    "Correct the JSON at that place; `ceasefire-talks describe` writes a descriptor of this data model anew.",
)
PROFILE = Code(
    "D02",
    "descriptor-profile",
    "A property of the descriptor is missing or is not what the Data Package standard asks for.",
    "Programs that rely on the standard stop there, or skip the table.",
    "Correct the property; datapackage.org describes each.",
)
UNSAFE_PATH = Code(
    "D03",
    "unsafe-path",
    "The path of a table is absolute, remote, or leaves the package.",
    "A descriptor from elsewhere could have any file of the reader's computer opened, or any address fetched.",
    "Put the file into the package and give its path relative to the descriptor.",
)
MISSING_FILE = Code(
    "D04",
    "missing-file",
    "The file of a table is not in the package.",
    "The table cannot be read.",
    "Add the file, or take the table out of the descriptor.",
)
REPEATED_TABLE = Code(
    "D05",
    "repeated-table",
    "Two tables of the descriptor have the same name.",
    "Keys that point to the name are ambiguous.",
    "Rename one of them.",
)


@dataclass(frozen=True)
class Resource:
    """A table that the descriptor announces and that can be looked for; `place` is its path in the descriptor."""

    name: str
    place: JsonPath
    descriptor: Mapping[str, Any]
    path: Path
    file: str


@dataclass
class Description:
    """A descriptor, what is wrong with it, and the tables of it that can be checked.

    Attributes:
        root: the folder of the package.
        file: the descriptor's name in it.
        text: the descriptor's text, to find the lines of problems in.
        content: the parsed descriptor; empty where it is no JSON object.
        resources: the tables whose file is in the package.
        schemas: their schemas, filled by the next step.
    """

    root: Path
    file: str
    text: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)
    resources: list[Resource] = field(default_factory=list)
    schemas: dict[str, TableSchema] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unchecked: list[Unchecked] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The package's name, or its folder's where it has none."""
        name = self.content.get("name")
        return name if isinstance(name, str) else self.root.name

    def report(self, code: Code, path: JsonPath, message: str, value: Any = None, expected: str = "") -> None:
        """Note a problem with the property of that path."""
        line, column = line_and_column(self.text, path)
        text = value if value is None or isinstance(value, str) else json.dumps(value)
        place: dict[str, Any] = {"file": self.file, "line": line, "field": column, "record": shown(path) or None}
        self.problems.append(code.problem(message, value=text, expected=expected, **place))

    def report_unreadable(self, message: str, line: int = 1, column: int = 1) -> None:
        """Note that the descriptor cannot be read from that place on."""
        self.problems.append(
            NOT_JSON.problem(message, file=self.file, line=line, field=column, expected="a JSON object")
        )

    def skip(self, subject: str, reason: str) -> None:
        """Note that something is not checked."""
        self.unchecked.append(Unchecked(subject, reason))


def read_descriptor(path: Path) -> Description:
    """Parse a descriptor, hold it against the standard, and find the files of its tables."""
    description = Description(path.parent, path.name)
    _parse(description, path.read_bytes())
    if description.content:
        _check_shape(description)
        _find_resources(description)
    return description


def _parse(description: Description, data: bytes) -> None:
    try:
        description.text = data.decode("utf-8")
        content = json.loads(description.text)
        json.dumps(content, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        description.report_unreadable(f"not JSON: {error.msg}", error.lineno, error.colno)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = error.start - before.rfind(b"\n")
        description.report_unreadable("not UTF-8", before.count(b"\n") + 1, column)
    except (ValueError, RecursionError) as error:
        description.report_unreadable(f"not JSON that can be read: {error}")
    else:
        if isinstance(content, dict) and content:
            description.content = content
        else:
            description.report_unreadable("not a filled JSON object")


def _check_shape(description: Description) -> None:
    for path, value, expected in PACKAGE.mismatches(description.content, ()):
        message = (
            f"lacks {expected}"
            if value is None
            else f"{quoted(json.dumps(value, ensure_ascii=False))} is not {expected}"
        )
        description.report(PROFILE, path, message, value, expected)


def _find_resources(description: Description) -> None:
    resources = description.content.get("resources")
    names: set[str] = set()
    for index, announced in enumerate(resources if isinstance(resources, list) else []):
        place = ("resources", index)
        resource = _pruned(announced)
        if resource is None:
            continue
        name = resource["name"]
        if name in names:
            description.report(REPEATED_TABLE, (*place, "name"), f"{quoted(name)} is the name of another table", name)
            continue
        names.add(name)
        if (reason := _beyond(resource)) is not None:
            description.skip(f"table {name}", reason)
        else:
            _find_file(description, place, resource)


def _pruned(resource: Any) -> Mapping[str, Any] | None:
    """The resource without what does not fit the standard; None where what remains is no table."""
    sound = deepcopy(resource)
    while faults := {path for path, _, _ in RESOURCE.mismatches(sound, ())}:
        if () in faults:
            return None
        for path in sorted(faults, reverse=True):
            *parents, last = path
            del reduce(operator.getitem, parents, sound)[last]
    found: Mapping[str, Any] = sound
    return found


def _beyond(resource: Mapping[str, Any]) -> str | None:
    """Why a table cannot be checked; None where it can."""
    schema = resource.get("schema")
    reasons = {
        "its data stand in the descriptor": "data" in resource,
        "it is spread over several files": not isinstance(resource.get("path", ""), str),
        "it has no schema": schema is None,
        "its schema is not in the descriptor": isinstance(schema, str),
        "it is compressed": "compression" in resource or str(resource.get("path")).endswith((".gz", ".zip")),
        "its encoding is not UTF-8": resource.get("encoding", "utf-8").lower() not in ("utf-8", "utf8"),
        "its fieldsMatch is not exact": isinstance(schema, dict) and schema.get("fieldsMatch", "exact") != "exact",
        "its dialect is not the default one": not _is_default(resource.get("dialect", {})),
    }
    return next((reason for reason, applies in reasons.items() if applies), None)


def _is_default(dialect: Any) -> bool:
    return isinstance(dialect, dict) and all(dialect.get(name, usual) == usual for name, usual in _DIALECT.items())


_DIALECT: Mapping[str, Any] = {
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "escapeChar": None,
    "nullSequence": None,
    "skipInitialSpace": False,
    "header": True,
    "headerRows": [1],
    "headerJoin": " ",
    "commentRows": None,
    "commentChar": None,
}


def _find_file(description: Description, place: tuple[str, int], resource: Mapping[str, Any]) -> None:
    name: str = resource["path"]
    where = (*place, "path")
    if (fault := path_fault_in(description.root, name)) is not None:
        description.report(UNSAFE_PATH, where, f"{quoted(name)} {fault}", name, "a path within the package")
        return
    path = description.root / name
    if not path.is_file():
        near = get_close_matches(name, _files(description.root), n=1)
        hint = f"; nearest is {quoted(near[0])}" if near else ""
        description.report(MISSING_FILE, where, f"{quoted(name)} is not in the package{hint}", name, "a file")
        return
    description.resources.append(Resource(resource["name"], place, resource, path, name))


def _files(root: Path) -> Iterator[str]:
    return (path.relative_to(root).as_posix() for folder in (root, root / "data") for path in folder.glob("*.csv"))
