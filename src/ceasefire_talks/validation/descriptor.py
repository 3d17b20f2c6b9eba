"""Stage 1: the descriptor. What it says is untrusted: nothing outside the package is opened, nothing is fetched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ceasefire_talks.validation.description import Description, Resource
from ceasefire_talks.validation.documents import DocumentError, parse, read
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.resources import NOT_JSON, PROFILE, References, find_resources
from ceasefire_talks.validation.shape import PACKAGE

__all__ = ["Description", "Resource", "read_descriptor"]


def read_descriptor(
    path: Path, *, allow_remote: bool = False, schemas: Mapping[str, Path] | None = None
) -> Description:
    """Parse a descriptor, hold it against the standard, and find the schemas, dialects and files of its tables.

    Args:
        path: the descriptor, in JSON or, by its name, in YAML.
        allow_remote: fetch schemas and dialects that stand at an address.
        schemas: local copies of such, by their addresses.
    """
    description = Description(path.parent, path.name)
    try:
        description.document = parse(read(path), path.name)
    except DocumentError as error:
        place: dict[str, Any] = {"file": path.name, "line": error.line, "field": error.column}
        description.problems.append(NOT_JSON.problem(str(error), expected="a JSON object", **place))
        return description
    description.content = description.document.content
    _check_shape(description)
    find_resources(description, References(description.root, schemas or {}, allow_remote=allow_remote))
    return description


def _check_shape(description: Description) -> None:
    for path, value, expected in PACKAGE.mismatches(description.content, ()):
        text = json.dumps(value, ensure_ascii=False)
        message = f"lacks {expected}" if value is None else f"{quoted(text)} is not {expected}"
        description.report(PROFILE, path, message, value, expected)
