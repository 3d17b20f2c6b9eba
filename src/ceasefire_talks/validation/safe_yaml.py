"""YAML as untrusted input: plain values only, and no more of them than a descriptor may have."""

from __future__ import annotations

import json
from typing import Any

import yaml  # type: ignore[import-untyped]

from ceasefire_talks.validation.documents import DocumentError
from ceasefire_talks.validation.positions import JsonPath


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """The safe loader, which leaves dates as the texts that they are in JSON."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(text: str, limit: int) -> Any:
    """The value of a YAML document.

    Raises:
        DocumentError: it is not YAML, or not of values that JSON has, or becomes more than `limit` values.
    """
    try:
        if (root := yaml.compose(text, Loader=_Loader)) is None:
            return None
        if _size(root, {}, ()) > limit:
            raise DocumentError(f"YAML of more than {limit} values")
        content = yaml.load(text, Loader=_Loader)  # noqa: S506  a subclass of the safe one
        return json.loads(json.dumps(content, ensure_ascii=False).encode("utf-8"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise DocumentError(f"not YAML: {error.problem}", *place) from error
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise DocumentError(f"not YAML that can be read: {error}") from error


def position(text: str, path: JsonPath) -> tuple[int, int]:
    """Line and character, from 1, at which the value of that path begins, or its nearest ancestor that is there."""
    node = _node(text, path)
    return node.start_mark.line + 1, node.start_mark.column + 1


def item_lines(text: str, path: JsonPath) -> list[int]:
    """The lines, from 1, at which the items of the array of that path begin."""
    node = _node(text, path)
    return [item.start_mark.line + 1 for item in node.value] if isinstance(node, yaml.SequenceNode) else []


def _node(text: str, path: JsonPath) -> Any:
    node = yaml.compose(text, Loader=_Loader)
    for part in path:
        children = {str(key.value): value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
        if isinstance(node, yaml.SequenceNode):
            children = {str(at): value for at, value in enumerate(node.value)}
        if str(part) not in children:
            break
        node = children[str(part)]
    return node


def _size(node: Any, known: dict[int, int], above: tuple[int, ...]) -> int:
    """How many values a node becomes when every alias is written out."""
    if id(node) in above:
        raise DocumentError("YAML that contains itself")
    if id(node) not in known:
        children = [] if isinstance(node, yaml.ScalarNode) else node.value
        flat = [part for child in children for part in (child if isinstance(child, tuple) else (child,))]
        known[id(node)] = 1 + sum(_size(child, known, (*above, id(node))) for child in flat)
    return known[id(node)]
