"""The tables of a package whose files can be mended: plain CSV in UTF-8, each file for one table."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ceasefire_talks.package.paths import path_fault_in
from ceasefire_talks.schema.model import TableSchema
from ceasefire_talks.validation.fixing.mends import Work
from ceasefire_talks.validation.fixing.sheet import taken_apart
from ceasefire_talks.validation.shape import RESOURCE, SCHEMA

MOST_BYTES = 1 << 27

_USUAL: Mapping[str, Any] = {"quoteChar": '"', "doubleQuote": True, "header": True, "headerRows": [1]} | dict.fromkeys(
    ("escapeChar", "nullSequence", "commentRows", "commentChar")
)


@dataclass(frozen=True, slots=True)
class Mendable:
    """A table whose file can be mended.

    Attributes:
        index: its place among the resources.
        descriptor: its resource.
        file: relative to the package.
        schema: its schema.
    """

    index: int
    descriptor: Mapping[str, Any]
    file: str
    schema: TableSchema

    def work(self, root: Path) -> Work | None:
        """Its file, taken apart; None where that cannot be done without loss."""
        data = (root / self.file).read_bytes()
        sheet = taken_apart(data, self.descriptor.get("dialect", {}).get("delimiter", ","))
        if sheet is None or str(sheet).encode("utf-8") != data:
            return None
        return Work(sheet, self.schema.columns, self.schema.primary_key, self.schema.missing_values)


def mendable(root: Path, content: Any) -> Iterator[Mendable]:
    """The tables of a descriptor whose files can be mended; all others stay as they are."""
    resources = content.get("resources") if isinstance(content, dict) else None
    resources = resources if isinstance(resources, list) else []
    tables = [(index, resource) for index, resource in enumerate(resources) if _is_usual(resource)]
    paths = (text for resource in resources for text in _texts(_of(resource, "path")))
    uses = Counter((root / path).resolve() for path in paths if path_fault_in(root, path) is None)
    for index, resource in tables:
        file, schema = resource["path"], _schema(root, resource)
        if schema is not None and _is_sound(root, file) and uses[(root / file).resolve()] == 1:
            yield Mendable(index, resource, file, schema)


def named_files(root: Path, content: Any) -> dict[str, Path]:
    """The regular files of the package whose paths stand anywhere in its descriptor, with where they really are."""
    names = {text for text in _texts(content) if len(text) < _LONGEST and path_fault_in(root, text) is None}
    return {name: (root / name).resolve() for name in names if (root / name).is_file()}


_LONGEST = 255


def _texts(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | dict):
            waiting.extend(value.values() if isinstance(value, dict) else value)


def _is_sound(root: Path, file: str) -> bool:
    path = root / file
    return path_fault_in(root, file) is None and path.is_file() and path.stat().st_size <= MOST_BYTES


def _of(resource: Any, name: str) -> Any:
    return resource.get(name) if isinstance(resource, dict) else None


def _is_usual(resource: Any) -> bool:
    if any(RESOURCE.mismatches(resource, ())) or not isinstance(resource.get("path"), str):
        return False
    dialect = resource.get("dialect", {})
    return (
        isinstance(dialect, dict)
        and all(dialect.get(name, usual) == usual for name, usual in _USUAL.items())
        and not dialect.get("skipInitialSpace", False)
        and _is_delimiter(dialect.get("delimiter", ","))
        and str(resource.get("encoding", "utf-8")).lower() in ("utf-8", "utf8")
        and not resource["path"].endswith((".gz", ".zip"))
        and not {"compression", "data"} & set(resource)
    )


def _is_delimiter(delimiter: object) -> bool:
    return isinstance(delimiter, str) and len(delimiter) == 1 and delimiter not in '"\r\n'


def _schema(root: Path, resource: Mapping[str, Any]) -> TableSchema | None:
    schema = resource.get("schema")
    try:
        if isinstance(schema, str) and path_fault_in(root, schema) is None:
            schema = json.loads((root / schema).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(schema, dict) or any(SCHEMA.mismatches(schema, ())):
        return None
    return TableSchema.from_descriptor(resource["name"], schema)
