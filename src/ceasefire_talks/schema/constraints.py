"""The constraints of one field, cast and ready to be tested, whatever the engine: no data frame is needed here."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ceasefire_talks.schema.json_schema import conforms
from ceasefire_talks.schema.lexical import reader, written
from ceasefire_talks.schema.model import Field
from ceasefire_talks.schema.patterns import matcher

FORM = ("enum", "categories", "pattern", "minLength", "maxLength", "jsonSchema")
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")

ORDERED = ("integer", "number", "date", "datetime", "time", "year", "yearmonth", "duration")
SIZED = ("string", "array", "object", "list")

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "minimum": operator.ge,
    "maximum": operator.le,
    "exclusiveMinimum": operator.gt,
    "exclusiveMaximum": operator.lt,
}


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint of a field.

    Attributes:
        name: the property of Table Schema.
        value: cast to the field's type: of `enum` and `categories` a frozenset of what `comparable` makes of values, of
            bounds a value, else a pattern, a length or a JSON Schema.
        expected: what a cell should be, in words.
    """

    name: str
    value: Any
    expected: str


def constraints(field: Field, names: tuple[str, ...]) -> Iterator[Constraint]:
    """Those of the named constraints that the field has.

    Raises:
        PatternError: a pattern is no regular expression.
        UnsupportedError: a constraint cannot be tested here.
        ValueError: it cannot be applied to the field's type.
        TypeError: its value is of no use.
    """
    given = dict(field.constraints)
    if field.categories is not None and "enum" not in given:
        given["categories"] = field.categories
    for name in names:
        if name in given:
            value, expected = _MAKERS[name](field, given[name])
            yield Constraint(name, value, expected)


def test(constraint: Constraint) -> Callable[[Any], bool]:
    """A function that tells whether a value of the field's type, as `lexical.reader` returns it, satisfies it."""
    if constraint.name in COMPARISONS:
        compare = COMPARISONS[constraint.name]
        # What is not a number has no order, so that no bound applies to it.
        return lambda value: bool(value != value or compare(value, constraint.value))  # noqa: PLR0124
    return _TESTS[constraint.name](constraint.value)


def comparable(value: Any) -> Any:
    """What stands for a value where values are compared: itself, or its canonical text where it cannot be hashed."""
    return written(value) if isinstance(value, dict | list) else value


def _value(field: Field, given: Any) -> Any:
    if isinstance(given, str):
        return reader(field)(given)
    natural = isinstance(given, _NATURAL.get(field.type, ()))
    if not natural or (isinstance(given, bool) and field.type not in ("boolean", "any")):
        raise ValueError(f"{given!r} is no value of a {field.type} column")
    if field.type == "any":
        return written(given)
    return tuple(given) if isinstance(given, list) and field.type == "list" else given


_NATURAL: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "year": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "geojson": (dict,),
    "array": (list,),
    "list": (list,),
    "any": (bool, int, float),
}


def _only(field: Field, *types: str) -> None:
    if field.type not in types:
        raise ValueError(f"it is for columns of type {', '.join(types)}")


def _enum(field: Field, allowed: Any) -> tuple[Any, str]:
    values = frozenset(comparable(_value(field, value)) for value in allowed)
    return values, f"one of: {', '.join(str(value) for value in allowed)}"


def _categories(field: Field, allowed: Any) -> tuple[Any, str]:
    _only(field, "string", "integer")
    return _enum(field, allowed)


def _pattern(field: Field, pattern: Any) -> tuple[Any, str]:
    _only(field, "string")
    matcher(pattern)
    return pattern, f"a text like {pattern}"


def _length(words: str) -> Callable[[Field, Any], tuple[Any, str]]:
    def make(field: Field, length: Any) -> tuple[Any, str]:
        _only(field, *SIZED)
        unit = "characters" if field.type == "string" else "items"
        return operator.index(length), f"{words} {length} {unit}"

    return make


def _json_schema(field: Field, schema: Any) -> tuple[Any, str]:
    _only(field, "object", "array", "geojson")
    conforms(schema)
    return schema, "JSON that conforms to the JSON Schema of its column"


def _bound(words: str) -> Callable[[Field, Any], tuple[Any, str]]:
    def make(field: Field, bound: Any) -> tuple[Any, str]:
        _only(field, *ORDERED)
        return _value(field, bound), words.format(bound)

    return make


_MAKERS: dict[str, Callable[[Field, Any], tuple[Any, str]]] = {
    "enum": _enum,
    "categories": _categories,
    "pattern": _pattern,
    "minLength": _length("at least"),
    "maxLength": _length("at most"),
    "jsonSchema": _json_schema,
    "minimum": _bound("{} or more"),
    "maximum": _bound("{} or less"),
    "exclusiveMinimum": _bound("more than {}"),
    "exclusiveMaximum": _bound("less than {}"),
}
_TESTS: dict[str, Callable[[Any], Callable[[Any], bool]]] = {
    "enum": lambda allowed: lambda value: comparable(value) in allowed,
    "categories": lambda allowed: lambda value: comparable(value) in allowed,
    "pattern": matcher,
    "minLength": lambda length: lambda value: len(value) >= length,
    "maxLength": lambda length: lambda value: len(value) <= length,
    "jsonSchema": conforms,
}
