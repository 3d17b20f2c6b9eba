"""Where in the text of a JSON file a value stands, and other values in its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

JsonPath = tuple[str | int, ...]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


def line_and_column(text: str, path: JsonPath) -> tuple[int, int]:
    """Line and character, from 1, at which the value of that path begins, or its nearest ancestor that is there."""
    found = {place: offset for place, offset in _values(text) if place == path[: len(place)]}
    offset = found[max(found, key=len)] if found else 0
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def item_lines(text: str, path: JsonPath) -> list[int]:
    """The lines, from 1, at which the items of the array of that path begin."""
    lines: list[int] = []
    line, before = 1, 0
    for place, offset in _values(text):
        if place == path:  # of two properties of one name the last counts
            lines.clear()
        elif place[:-1] == path:
            line, before = line + text.count("\n", before, offset), offset
            lines.append(line)
    return lines


def with_values(text: str, values: Mapping[JsonPath, int | str]) -> str:
    """The text with other numbers and texts at some paths; where one of them is missing, nothing is put in."""
    for offset, path in sorted(((at, place) for place, at in _values(text) if place in values), reverse=True):
        token = _TOKEN.match(text, offset)
        end = token.end() if token else offset
        text = f"{text[:offset]}{json.dumps(values[path], ensure_ascii=False)}{text[end:]}"
    return text


def _values(text: str) -> Iterator[tuple[JsonPath, int]]:
    path: list[str | int] = []
    for token, is_name in _tokens(text):
        mark = token[0]
        if is_name:
            path[-1] = json.loads(mark)
        elif mark in "}]":
            path.pop()
        elif mark == ",":
            path[-1] = path[-1] + 1 if isinstance(path[-1], int) else path[-1]
        elif mark != ":":
            yield tuple(path), token.start()
            if mark in "{[":
                path.append("" if mark == "{" else 0)


def _tokens(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Every token, and whether it is the name of a property."""
    found = _TOKEN.finditer(text)
    token = next(found, None)
    while token is not None:
        following = next(found, None)
        yield token, following is not None and following[0] == ":"
        token = following


def shown(path: JsonPath) -> str:
    """A path as readers write it: `resources[3].schema.fields[2].type`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
