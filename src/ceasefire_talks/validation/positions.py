"""Where in the text of a JSON document a value stands, and other values in its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

JsonPath = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t\n\r]*")
_value = json.JSONDecoder().raw_decode


def line_and_column(text: str, path: JsonPath) -> tuple[int, int]:
    """Line and character, from 1, at which the value of that path begins, or its nearest ancestor that is there."""
    offset, _ = _found(text, path)
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def item_lines(text: str, path: JsonPath) -> list[int]:
    """The lines, from 1, at which the items of the array of that path begin; none where there is no such array."""
    offset, depth = _found(text, path)
    lines: list[int] = []
    line, before = 1, 0
    for _, at in _parts(text, offset) if depth == len(path) else ():
        line, before = line + text.count("\n", before, at), at
        lines.append(line)
    return lines


def with_values(text: str, values: Mapping[JsonPath, int | str]) -> str:
    """The text with other numbers and texts at some paths; where one of them is missing, nothing is put in."""
    places = ((*_found(text, path), path) for path in values)
    for offset, _, path in sorted((place for place in places if place[1] == len(place[2])), reverse=True):
        _, end = _value(text, offset)
        text = f"{text[:offset]}{json.dumps(values[path], ensure_ascii=False)}{text[end:]}"
    return text


def _found(text: str, path: JsonPath) -> tuple[int, int]:
    """Where the value of a path begins, or its nearest ancestor that is there; and how much of the path is there."""
    offset = _behind_space(text, 0)
    for depth, name in enumerate(path):
        # Of several properties of one name the last counts.
        places = [at for part, at in _parts(text, offset) if part == name]
        if not places:
            return offset, depth
        offset = places[-1]
    return offset, len(path)


def _parts(text: str, at: int) -> Iterator[tuple[str | int, int]]:
    """The name or number of every part of the object or array that begins there, and where its value begins."""
    is_object, number = text[at] == "{", 0
    if text[at] not in "{[":
        return
    at = _behind_space(text, at + 1)
    while text[at] not in "}]":
        name: str | int = number
        if is_object:
            name, at = _value(text, at)
            at = _behind_space(text, _behind_space(text, at) + 1)
        yield name, at
        at = _behind_space(text, _value(text, at)[1])
        at = _behind_space(text, at + 1) if text[at] == "," else at
        number += 1


def _behind_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def shown(path: JsonPath) -> str:
    """A path as readers write it: `resources[3].schema.fields[2].type`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
