"""JSON Schema for cells that hold JSON: run by `jsonschema` where that is installed, with what could hang it replaced.

A schema comes from a descriptor, and a descriptor is untrusted. References are not followed: they may be remote, or
multiply the work without bound. Patterns run on the engine of `patterns`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from ceasefire_talks.schema.patterns import UnsupportedError, matcher

_BEYOND = {
    **dict.fromkeys(("$ref", "$dynamicRef", "$recursiveRef"), "which is not followed"),
    "patternProperties": "whose patterns would run on an engine that can hang",
}


def conforms(schema: Any) -> Callable[[Any], bool]:
    """A function that tells whether a value of JSON conforms to a JSON Schema.

    Raises:
        UnsupportedError: `jsonschema` is not installed, or the schema holds what is not run here.
        PatternError: a pattern of it is no regular expression.
        ValueError: it is no JSON Schema.
    """
    for name, value in _properties(schema):
        if name in _BEYOND:
            raise UnsupportedError(f"it holds {name}, {_BEYOND[name]}")
        if name == "pattern" and isinstance(value, str):
            matcher(_within(value))
    return _validator(schema).is_valid  # type: ignore[no-any-return]


def _validator(schema: Any) -> Any:
    try:
        from jsonschema import SchemaError
        from jsonschema.validators import extend, validator_for
    except ImportError as error:
        raise UnsupportedError("jsonschema is not installed; `pip install jsonschema` adds it") from error
    usual = validator_for(schema) if isinstance(schema, dict) else None
    if usual is None:
        raise ValueError("a JSON Schema is an object")
    try:
        usual.check_schema(schema)
    except SchemaError as error:
        raise ValueError(error.message) from error
    return extend(usual, {"pattern": _pattern, "uniqueItems": _unique})(schema)


def _properties(schema: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(schema, dict):
        yield from schema.items()
    children = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for child in children:
        yield from _properties(child)


def _within(pattern: str) -> str:
    # JSON Schema looks for a pattern anywhere in a text.
    return rf"(?s:.*)(?:{pattern})(?s:.*)"


def _pattern(_validator: Any, pattern: str, value: Any, _schema: Any) -> Iterator[Any]:
    if isinstance(value, str) and not matcher(_within(pattern))(value):
        yield _error("does not match the pattern")


def _unique(_validator: Any, unique: Any, value: Any, _schema: Any) -> Iterator[Any]:
    if unique and isinstance(value, list) and len({json.dumps(item, sort_keys=True) for item in value}) < len(value):
        yield _error("has an item twice")


def _error(message: str) -> Any:
    from jsonschema import ValidationError

    return ValidationError(message)
