"""Stage 1, continued: the tables of a descriptor, with the files, schemas and dialects that it names.

Nothing outside the package is opened, nothing is fetched unless that is allowed. What this check cannot read is handed
on, with the reason.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from pathlib import Path, PurePosixPath
from typing import Any

from ceasefire_talks.package.paths import path_fault_in
from ceasefire_talks.validation.bytestreams import codec
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.description import Description, Resource
from ceasefire_talks.validation.dialect import Dialect
from ceasefire_talks.validation.documents import LIMIT, Document, DocumentError, parse, read
from ceasefire_talks.validation.inline import is_tabular
from ceasefire_talks.validation.positions import JsonPath
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.shape import DIALECT, RESOURCE, SCHEMA, Shape

NOT_JSON = Code(
    "D01",
    "descriptor-json",
    "The descriptor, or a schema or dialect that it names, is not a JSON object in UTF-8, or one in YAML.",
    "No program can tell which tables the package has.",
    "Correct the file at that place; `ceasefire-talks describe` writes a descriptor of this data model anew.",
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

_DELIMITED = ("csv", "tsv", "tab", "txt")
_FORMATS = {"text/csv": "csv", "text/tab-separated-values": "tsv"}
_MEDIA_TYPES = dict.fromkeys(
    (
        *("", "text/plain", "application/json", "application/schema+json"),
        *("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"),
    )
)
_ANY: Mapping[str, Any] = {"fields": [], "fieldsMatch": "subset"}


class _NotFoundError(Exception):
    """What a resource names is not there; it was reported, or is said to be unchecked."""


@dataclass(frozen=True)
class References:
    """Where schemas and dialects of their own files come from."""

    root: Path
    copies: Mapping[str, Path]
    allow_remote: bool

    def remote(self, url: str) -> bytes | None:
        """What stands at an address: a local copy, or fetched; None where neither is allowed.

        Raises:
            OSError: the copy cannot be read.
            PackageError: the address cannot be fetched.
        """
        if url in self.copies:
            return read(self.copies[url])
        if not self.allow_remote:
            return None
        from ceasefire_talks.tracing.fetch import fetch

        return fetch(url, max_bytes=LIMIT, kinds=_MEDIA_TYPES).data


def find_resources(description: Description, references: References) -> None:
    """Fill `description.resources` with the tables that can be read, and report or hand on the others."""
    resources = description.content.get("resources")
    names: set[str] = set()
    for index, announced in enumerate(resources if isinstance(resources, list) else []):
        place = ("resources", index)
        resource = pruned(_named(announced, index), RESOURCE)
        if resource is None:
            continue
        if (name := resource["name"]) in names:
            description.report(REPEATED_TABLE, (*place, "name"), f"{quoted(name)} is the name of another table", name)
            continue
        names.add(name)
        description.announced.append((place, resource))
        try:
            _find(description, place, resource, references)
        except _NotFoundError:
            continue


def _named(resource: Any, index: int) -> Any:
    """The resource, with a name made of its path where it has none: early versions of the standard asked for none."""
    if not isinstance(resource, dict) or isinstance(resource.get("name"), str):
        return resource
    path = resource.get("path")
    stem = PurePosixPath(path).stem if isinstance(path, str) else ""
    return {**resource, "name": stem or f"resource {index + 1}"}


def pruned(announced: Any, shape: Shape) -> dict[str, Any] | None:
    """A descriptor without what does not fit the standard; None where nothing remains."""
    sound = deepcopy(announced)
    while faults := {path for path, _, _ in shape.mismatches(sound, ())}:
        if () in faults:
            return None
        for path in sorted(faults, reverse=True):
            *parents, last = path
            del reduce(operator.getitem, parents, sound)[last]
    found: dict[str, Any] = sound
    return found


def _find(description: Description, place: JsonPath, resource: Mapping[str, Any], references: References) -> None:
    name = resource["name"]
    named = resource.get("path", [])
    files = [named] if isinstance(named, str) else list(named)
    safe = [_is_safe(description, (*place, "path"), file) for file in files]
    if not all(safe):
        return
    is_inline = "data" in resource
    is_plain = "schema" not in resource and not is_inline and not _is_delimited(resource)
    if not is_plain and (reason := _beyond_inline(resource) if is_inline else _beyond(resource)):
        description.hand_on(name, reason)
        return
    paths = [_existing(description, (*place, "path"), file) for file in files]
    if is_plain:
        description.files.append(Resource(name, place, resource, {}, tuple(paths), tuple(files)))
        return
    if "schema" not in resource:
        description.skip(f"cells of table {name}", "it has no schema")
    schema = _part(description, (*place, "schema"), resource.get("schema", _ANY), SCHEMA, references)
    dialect = _part(description, (*place, "dialect"), resource.get("dialect", {}), DIALECT, references)
    try:
        found = Dialect.from_descriptor(_with_format(dialect, resource))
    except ValueError as error:
        description.hand_on(name, str(error))
        return
    description.resources.append(
        Resource(
            name=name,
            place=place,
            descriptor=resource,
            schema=schema,
            paths=tuple(paths),
            files=(description.file,) if is_inline else tuple(files),
            dialect=found,
            line_terminator=dialect.get("lineTerminator"),
            # A text in the descriptor has the descriptor's encoding.
            encoding="utf-8" if is_inline else codec(resource.get("encoding", "utf-8")) or "utf-8",
            is_compressed=_compression(resource) == "gz",
            data=resource.get("data"),
        )
    )


def _beyond(resource: Mapping[str, Any]) -> str | None:
    """Why a resource cannot be read here; None where it can."""
    format_ = _format(resource)
    compression = _compression(resource)
    reasons = {
        f"it is compressed by {compression}": compression not in (None, "gz"),
        f"its encoding is {resource.get('encoding')}": codec(resource.get("encoding", "utf-8")) is None,
        f"its format is {format_}": not _is_delimited(resource),
    }
    return next((reason for reason, applies in reasons.items() if applies), None)


def _beyond_inline(resource: Mapping[str, Any]) -> str | None:
    """Why data that stand in the descriptor cannot be read here; None where they can."""
    data = resource["data"]
    if "path" in resource:
        return "it has both a path and data in the descriptor"
    if isinstance(data, str):
        is_text = _is_delimited(resource) and _compression(resource) is None
        return None if is_text else "its data stand in the descriptor, and are not said to be delimited text"
    if "schema" not in resource or not is_tabular(data):
        return "its data stand in the descriptor, and are no table with a schema"
    return None


def _is_delimited(resource: Mapping[str, Any]) -> bool:
    return _format(resource) in _DELIMITED and _compression(resource) in (None, "gz")


def _first(resource: Mapping[str, Any]) -> PurePosixPath:
    path = resource.get("path", "")
    return PurePosixPath((path if isinstance(path, str) else path[0]).lower())


def _compression(resource: Mapping[str, Any]) -> str | None:
    suffix = _first(resource).suffix
    named = resource.get("compression")
    return str(named) if named else {".gz": "gz", ".zip": "zip"}.get(suffix)


def _format(resource: Mapping[str, Any]) -> str:
    if "format" in resource:
        return str(resource["format"]).lower()
    if "path" not in resource:
        return _FORMATS.get(str(resource.get("mediatype")).lower(), "")
    path = _first(resource)
    return (path.with_suffix("") if path.suffix in (".gz", ".zip") else path).suffix.removeprefix(".") or "csv"


def _with_format(dialect: Mapping[str, Any], resource: Mapping[str, Any]) -> Mapping[str, Any]:
    is_tabbed = _format(resource) in ("tsv", "tab") and "delimiter" not in dialect
    return {**dialect, "delimiter": "\t"} if is_tabbed else dialect


def _is_safe(description: Description, place: JsonPath, file: str) -> bool:
    if (fault := path_fault_in(description.root, file)) is not None:
        description.report(UNSAFE_PATH, place, f"{quoted(file)} {fault}", file, "a path within the package")
    return fault is None


def _existing(description: Description, place: JsonPath, file: str) -> Path:
    path = description.root / file
    if path.is_file():
        return path
    near = get_close_matches(file, _files(description.root), n=1)
    hint = f"; nearest is {quoted(near[0])}" if near else ""
    description.report(MISSING_FILE, place, f"{quoted(file)} is not in the package{hint}", file, "a file")
    raise _NotFoundError


def _files(root: Path) -> Iterator[str]:
    return (path.relative_to(root).as_posix() for folder in (root, root / "data") for path in folder.glob("*.csv"))


def _part(
    description: Description, place: JsonPath, given: Any, shape: Shape, references: References
) -> Mapping[str, Any]:
    """A schema or dialect: the object itself, or what stands in the file that is named."""
    if not isinstance(given, str):
        found: Mapping[str, Any] = given
        return found
    document = _document(description, place, given, references)
    description.parts[place] = document
    for path, value, expected in shape.mismatches(document.content, ()):
        description.report(PROFILE, (*place, *path), f"lacks or is not {expected}", value, expected)
    sound = pruned(document.content, shape)
    if sound is None:
        raise _NotFoundError
    return sound


def _document(description: Description, place: JsonPath, name: str, references: References) -> Document:
    is_remote = name.startswith(("http://", "https://"))
    data = _remote(description, place, name, references) if is_remote else None
    if data is None:
        if not _is_safe(description, place, name):
            raise _NotFoundError
        data = read(_existing(description, place, name))
    try:
        return parse(data, name)
    except DocumentError as error:
        where: dict[str, Any] = {"file": name, "line": error.line, "field": error.column}
        description.problems.append(NOT_JSON.problem(str(error), expected="a JSON object", **where))
        raise _NotFoundError from error


def _remote(description: Description, place: JsonPath, url: str, references: References) -> bytes:
    from ceasefire_talks.package.errors import PackageError

    try:
        data = references.remote(url)
    except PackageError as error:
        data, reason = None, str(error)
    else:
        reason = "nothing is fetched unless that is allowed"
    if data is None:
        table = description.content["resources"][place[1]].get("name")
        description.skip(f"table {table}", f"its {place[2]} stands at {url}; {reason}")
        raise _NotFoundError
    return data
