"""The constraints of one field as named pandera checks; the name is the Table Schema property that the check enforces.

Each check carries what it needs in its `statistics`, so that it can be listed, explained and compiled.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd
import pandera.pandas as pa

from ceasefire_talks.schema.columns import holds, read
from ceasefire_talks.schema.lexical import EXPECTED, cast
from ceasefire_talks.schema.model import Field
from ceasefire_talks.schema.patterns import matcher

TYPES = ("string", "integer", "number", "boolean", "date")
FORM = ("enum", "pattern", "minLength", "maxLength")
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")

if TYPE_CHECKING:
    from ceasefire_talks.schema.columns import Column, Mask

    _Test: TypeAlias = Callable[[Column], Mask]


def type_check(field: Field) -> pa.Check:
    """Every cell is of the field's type: a text in the lexical form, or a value that pandas already made of it."""
    expected = EXPECTED.get(field.type, "a text")
    return pa.Check(
        lambda column: read(column, field)[1],
        name="type",
        error=f"not {expected}",
        statistics={"type": field.type, "expected": expected},
    )


def checks(field: Field, names: tuple[str, ...]) -> Iterator[pa.Check]:
    """The checks for those of the named constraints that the field has; a cell that is not of the type passes them."""
    for name in names:
        if name in field.constraints:
            test, expected = _TESTS[name](field, field.constraints[name])
            yield pa.Check(
                _typed(field, test),
                name=name,
                error=f"expected {expected}",
                statistics={name: field.constraints[name], "expected": expected},
            )


def unchecked(field: Field) -> str | None:
    """Why a field is not checked in full; None where it is."""
    if field.type not in TYPES:
        return f"type {field.type}"
    if field.descriptor.get("format", "default") != "default":
        return f"format {field.descriptor['format']}"
    options = [name for name in _OPTIONS if name in field.descriptor]
    return ", ".join(options) if options else None


_OPTIONS = ("missingValues", "decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues")


def _typed(field: Field, test: _Test) -> _Test:
    def passes(column: Column) -> Mask:
        values, readable = read(column, field)
        return test(values).astype(bool) | values.isna() | ~readable

    return passes


def _value(field: Field, bound: Any) -> Any:
    value = cast(field.type, bound) if isinstance(bound, str) else bound
    return pd.Timestamp(value) if field.type == "date" else value


def _only(field: Field, *types: str) -> None:
    if field.type not in types:
        raise ValueError(f"it is for {' and '.join(types)} columns")


def _enum(field: Field, allowed: Any) -> tuple[_Test, str]:
    values = {_value(field, value) for value in allowed}
    listed = ", ".join(str(value) for value in allowed)
    return lambda column: holds(column, lambda value: value in values), f"one of: {listed}"


def _pattern(field: Field, pattern: Any) -> tuple[_Test, str]:
    _only(field, "string")
    matches = matcher(pattern)
    return lambda column: holds(column, matches), f"a text like {pattern}"


def _shortest(field: Field, length: Any) -> tuple[_Test, str]:
    _only(field, "string")
    return lambda column: holds(column, lambda value: len(value) >= length), f"at least {length} characters"


def _longest(field: Field, length: Any) -> tuple[_Test, str]:
    _only(field, "string")
    return lambda column: holds(column, lambda value: len(value) <= length), f"at most {length} characters"


def _bound(words: str, compare: Callable[[Any, Any], Any]) -> Callable[[Field, Any], tuple[_Test, str]]:
    def test(field: Field, bound: Any) -> tuple[_Test, str]:
        _only(field, "integer", "number", "date")
        limit = _value(field, bound)
        if field.type != "date" and (isinstance(limit, bool) or not isinstance(limit, int | float)):
            raise ValueError(f"it is no {field.type}")
        return lambda column: compare(column, limit), words.format(bound)

    return test


_TESTS: dict[str, Callable[[Field, Any], tuple[_Test, str]]] = {
    "enum": _enum,
    "pattern": _pattern,
    "minLength": _shortest,
    "maxLength": _longest,
    "minimum": _bound("{} or more", operator.ge),
    "maximum": _bound("{} or less", operator.le),
    "exclusiveMinimum": _bound("more than {}", operator.gt),
    "exclusiveMaximum": _bound("less than {}", operator.lt),
}
