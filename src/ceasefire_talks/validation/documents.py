"""A descriptor, schema or dialect as a document: JSON or YAML, parsed with limits, whose values know their place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ceasefire_talks.schema.types.structured import DEEPEST, is_deeper
from ceasefire_talks.validation.positions import JsonPath, item_lines, line_and_column

LIMIT = 1 << 26
YAML_LIMIT = 1 << 22
YAML_VALUES = 200_000


class DocumentError(Exception):
    """A document that cannot be read; it knows the line and the character, from 1, as far as they are known."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


@dataclass(frozen=True)
class Document:
    """A parsed document.

    Attributes:
        file: relative to the package, or an address.
        text: its text.
        content: what it holds.
        is_yaml: whether it is YAML.
    """

    file: str
    text: str
    content: Mapping[str, Any]
    is_yaml: bool = False

    def position(self, path: JsonPath) -> tuple[int, int]:
        """Line and character, from 1, at which the value of that path begins, or its nearest ancestor that is there."""
        if not self.is_yaml:
            return line_and_column(self.text, path)
        from ceasefire_talks.validation.safe_yaml import position

        return position(self.text, path)

    def lines(self, path: JsonPath) -> list[int]:
        """The lines, from 1, at which the items of the array of that path begin."""
        if not self.is_yaml:
            return item_lines(self.text, path)
        from ceasefire_talks.validation.safe_yaml import item_lines as lines_in_yaml

        return lines_in_yaml(self.text, path)


def read(path: Path) -> bytes:
    """The bytes of a document; of one that is too large no more than shows it."""
    with path.open("rb") as file:
        return file.read(LIMIT + 1)


def parse(data: bytes, file: str) -> Document:
    """Parse a document.

    Raises:
        DocumentError: it is not a filled object of JSON or, by its name, of YAML.
    """
    if len(data) > LIMIT:
        raise DocumentError(f"larger than {LIMIT} bytes")
    text = _decoded(data)
    is_yaml = file.lower().endswith((".yaml", ".yml"))
    content = _from_yaml(text) if is_yaml else _from_json(text)
    if not isinstance(content, dict) or not content:
        raise DocumentError("not a filled object" if is_yaml else "not a filled JSON object")
    if is_deeper(content, DEEPEST):
        raise DocumentError(f"nested deeper than {DEEPEST} levels")
    return Document(file, text, content, is_yaml)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        raise DocumentError("not UTF-8", before.count(b"\n") + 1, error.start - before.rfind(b"\n")) from error


def _from_json(text: str) -> Any:
    try:
        content = json.loads(text)
        json.dumps(content, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise DocumentError(f"not JSON: {error.msg}", error.lineno, error.colno) from error
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"not JSON that can be read: {error}") from error
    return content


def _from_yaml(text: str) -> Any:
    if len(text) > YAML_LIMIT:
        raise DocumentError(f"YAML of more than {YAML_LIMIT} characters")
    try:
        from ceasefire_talks.validation import safe_yaml
    except ImportError as error:
        raise DocumentError("YAML; `pip install pyyaml` lets it be read") from error
    return safe_yaml.load(text, YAML_VALUES)
