"""The lexical form of every type: which texts are a value, and which value they are.

One table of forms, `FORMS`, from the files of `types/`; the documentation prints it. Stricter than most readers, so
that every reader agrees: ASCII digits only, no white space, dates in full. Columns of the data model are stricter.
A missing value is no value and never reaches these functions.
"""

from __future__ import annotations

import json
from datetime import date, time
from functools import lru_cache
from typing import Any

from ceasefire_talks.schema.model import Field
from ceasefire_talks.schema.types import duration, geographic, numeric, structured, temporal, text
from ceasefire_talks.schema.types.form import Form, Reader
from ceasefire_talks.schema.types.numeric import LARGEST, SMALLEST

__all__ = [
    "EXPECTED",
    "FORMS",
    "LARGEST",
    "SMALLEST",
    "canonical",
    "cast",
    "expected",
    "in_one_form",
    "is_plain",
    "reader",
    "regex",
    "written",
]

FORMS: dict[tuple[str, str], Form] = {
    (form.type, form.format): form
    for family in (text, numeric, temporal, duration, structured, geographic)
    for form in family.FORMS
}
EXPECTED = {type_: form.expected for (type_, format_), form in FORMS.items() if format_ == "default"}


def form(field: Field) -> Form | None:
    """The form of a field; None where its format is not one of the standard's."""
    by_pattern = "%" in field.format and (field.type, "pattern") in FORMS
    return FORMS.get((field.type, "pattern" if by_pattern else field.format))


def reader(field: Field) -> Reader:
    """The function that reads a text of a field as its value, by type, format and options; ValueError where it is none.

    Raises:
        ValueError: the format is not one of the standard's, or an option cannot be applied.
    """
    found = form(field)
    if found is None:
        raise ValueError(f"format {field.format} of type {field.type} is not one of the standard's")
    return found.reader(field)


def expected(field: Field) -> str:
    """What a cell of a field should be, in words."""
    found = form(field)
    return EXPECTED["any"] if found is None else found.expected


def is_plain(field: Field) -> bool:
    """Whether a field has the default form of a type that any engine knows: `regex` and a cast judge its cells."""
    is_usual = field.format == "default" and not numeric.has_options(field)
    return is_usual and (field.type in ("string", "any") or regex(field) is not None)


def regex(field: Field) -> str | None:
    """What a whole text of a field must match; None where that is any text, or where only `reader` can tell.

    Beside it an integer must fit 64 bits, a number that is not `INF` be finite in 64-bit floating point, and a date be
    a day of the calendar.
    """
    if numeric.has_options(field):
        return None
    if field.strict and field.type in numeric.STRICT:
        return numeric.STRICT[field.type]
    found = form(field)
    return None if found is None else found.regex


def canonical(field: Field) -> Reader | None:
    """How to write the texts of a field so that equal values are equal texts; None where they are already.

    Keys compare what it returns. It raises ValueError for a text that is not of the type.
    """
    one_text_a_value = ("string", "any", "year", "yearmonth")
    by_default = ("date", "time")
    is_so = field.type in one_text_a_value or (field.type in by_default and field.format == "default")
    if is_so or (field.strict and field.type in numeric.STRICT and not numeric.has_options(field)):
        return None
    read = reader(field)
    return lambda text: written(read(text))


def in_one_form(rewrite: Reader, text: str) -> str:
    """A text as `canonical` rewrites it; itself, where it is not of its type."""
    try:
        return str(rewrite(text))
    except ValueError:
        return text


def written(value: Any) -> str:
    """A value as text, the same for equal values."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | time):
        return value.isoformat()
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def cast(type_: str, text: str) -> Any:
    """The value that a cell's text is, in the strict form of the data model.

    Raises:
        ValueError: the text is not of the type's lexical form, or names no day of the calendar.
    """
    try:
        return _strict(type_)(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not {EXPECTED[type_]}") from error


@lru_cache(maxsize=len(FORMS))
def _strict(type_: str) -> Reader:
    return reader(Field("", type_, {}))
