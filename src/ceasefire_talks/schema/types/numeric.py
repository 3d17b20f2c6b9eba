"""integer, number and boolean: the data model's strict forms, and those of the standard, with its options."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from ceasefire_talks.schema.model import Field
from ceasefire_talks.schema.types.form import Form, Reader, refuse

SMALLEST, LARGEST = -(2**63), 2**63 - 1

STRICT = {
    "integer": r"-?(?:0|[1-9][0-9]{0,18})",
    "number": r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?",
    "boolean": r"true|false",
}
STANDARD = {
    "integer": r"[+-]?[0-9]+",
    "number": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[nN][aA][nN]|-?[iI][nN][fF]",
    "boolean": r"true|True|TRUE|1|false|False|FALSE|0",
}
TRUE = ("true", "True", "TRUE", "1")
FALSE = ("false", "False", "FALSE", "0")
OPTIONS = ("decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues")

_EXPONENT = r"(?:[eE][+-]?[0-9]+)?"
_SPECIAL = ("nan", "inf", "-inf")


def whole(text: str) -> int:
    """The integer that some digits are.

    Raises:
        ValueError: it does not fit 64 bits.
    """
    value = int(text)
    return value if SMALLEST <= value <= LARGEST else refuse(text)


def real(text: str) -> float:
    """The number that a text is.

    Raises:
        ValueError: it is finite, but beyond the range of a 64-bit floating-point number.
    """
    value = float(text)
    return refuse(text) if math.isinf(value) and text.lower() not in _SPECIAL else value


def _integer(field: Field) -> Reader:
    return _numeric(field, whole, _digits(field))


def _number(field: Field) -> Reader:
    digits, point = _digits(field), re.escape(_decimal(field))
    return _numeric(field, real, rf"(?:{digits}(?:{point}[0-9]*)?|{point}[0-9]+){_EXPONENT}")


def _numeric(field: Field, cast: Callable[[str], Any], form: str) -> Reader:
    if not has_options(field):
        plain = re.compile((STRICT if field.strict else STANDARD)[field.type])
        return lambda text: cast(text) if plain.fullmatch(text) else refuse(text)
    # A sign that is not at the digits is not stripped: nobody knows what it meant.
    before, behind = ("", "") if field.descriptor.get("bareNumber", True) else ("[^0-9+-]*?", "[^0-9+-]*")
    matches = re.compile(f"{before}([+-]?{form}){behind}").fullmatch
    group, point = _group(field), _decimal(field)

    def read(text: str) -> Any:
        if field.type == "number" and text.lower() in _SPECIAL:
            return float(text)
        found = matches(text)
        if found is None:
            refuse(text)
        digits = found[1].replace(group, "") if group else found[1]
        return cast(digits.replace(point, "."))

    return read


def _digits(field: Field) -> str:
    group = _group(field)
    return rf"[0-9]+(?:{re.escape(group)}[0-9]+)*" if group else "[0-9]+"


def _group(field: Field) -> str:
    return _separator(field, "groupChar", "")


def _decimal(field: Field) -> str:
    point = _separator(field, "decimalChar", ".") if field.type == "number" else "."
    if not point or point == _group(field):
        raise ValueError("decimalChar must be something, and another than groupChar")
    return point


def _separator(field: Field, name: str, usual: str) -> str:
    separator = field.descriptor.get(name, usual)
    if not isinstance(separator, str) or re.search(r"[0-9eE+-]", separator):
        raise ValueError(f"{name} must be a text without digits, signs and the letter E")
    return separator


def _boolean(field: Field) -> Reader:
    true, false = ("true",), ("false",)
    if not field.strict or has_options(field):
        true, false = (
            tuple(field.descriptor.get(n, usual)) for n, usual in (("trueValues", TRUE), ("falseValues", FALSE))
        )
    if set(true) & set(false) or not all(isinstance(text, str) for text in (*true, *false)):
        raise ValueError("trueValues and falseValues must be texts, and none of them both")
    values = {**dict.fromkeys(true, True), **dict.fromkeys(false, False)}
    return lambda text: values[text] if text in values else refuse(text)


def has_options(field: Field) -> bool:
    """Whether a field changes the lexical form of its type."""
    return any(name in field.descriptor for name in OPTIONS)


FORMS = (
    Form(
        "integer",
        "default",
        "optional sign and digits, within 64 bits; `groupChar` may stand between digits, and with `bareNumber: false` "
        "anything but digits and signs around them. Data model: no `+`, no leading zero",
        "int",
        "a whole number such as 42",
        _integer,
        STANDARD["integer"],
    ),
    Form(
        "number",
        "default",
        "optional sign, digits, optional fraction, optional exponent (`1`, `-.5`, `5.`, `+1.2E-7`), within 64-bit "
        "floating point, or `NaN`, `INF`, `-INF` in any case; `decimalChar`, `groupChar` and `bareNumber` change it. "
        "Data model: no `+`, no leading zero, digits on both sides of the point, no exponent, no `NaN` or `INF`",
        "float",
        "a number such as 42 or 8.5",
        _number,
        STANDARD["number"],
    ),
    Form(
        "boolean",
        "default",
        "one of `trueValues` (`true`, `True`, `TRUE`, `1`) or `falseValues` (`false`, `False`, `FALSE`, `0`). "
        "Data model: `true` or `false`",
        "bool",
        "true or false",
        _boolean,
        STANDARD["boolean"],
    ),
)
