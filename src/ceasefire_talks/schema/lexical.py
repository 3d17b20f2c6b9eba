"""The lexical form of every type: which texts are a value, and which value they are.

Stricter than most readers, so that every reader agrees: ASCII digits only, no white space, no thousands separators, no
`inf` or `NaN`, no exponent, dates in full. The empty cell is no value and never reaches these functions.

| type | form | value |
|---|---|---|
| string | any text | the text |
| integer | `-?(0|[1-9][0-9]*)`, within 64 bits | int |
| number | an integer, or one with a fraction `.[0-9]+` | float |
| boolean | `true` or `false` | bool |
| date | `YYYY-MM-DD`, a day of the calendar | date |
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

INTEGER = r"-?(?:0|[1-9][0-9]{0,18})"
NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
BOOLEAN = r"true|false"
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

FORMS = {"integer": INTEGER, "number": NUMBER, "boolean": BOOLEAN, "date": DATE}
EXPECTED = {
    "integer": "a whole number such as 42",
    "number": "a number such as 42 or 8.5",
    "boolean": "true or false",
    "date": "a day of the calendar as YYYY-MM-DD",
}

SMALLEST, LARGEST = -(2**63), 2**63 - 1


def _integer(text: str) -> int:
    value = int(text)
    if not SMALLEST <= value <= LARGEST:
        raise ValueError(f"{text} does not fit 64 bits")
    return value


_CASTS: dict[str, Callable[[str], Any]] = {
    "integer": _integer,
    "number": float,
    "boolean": lambda text: text == "true",
    "date": date.fromisoformat,
}


def cast(type_: str, text: str) -> Any:
    """The value that a cell's text is, for a type of the table above; a string for any other type.

    Raises:
        ValueError: the text is not of the type's lexical form, or names no day of the calendar.
    """
    form = FORMS.get(type_)
    if form is None:
        return text
    if re.fullmatch(form, text) is None:
        raise ValueError(f"{text!r} is not {EXPECTED[type_]}")
    return _CASTS[type_](text)
