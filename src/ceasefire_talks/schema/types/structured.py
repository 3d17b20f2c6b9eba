"""object, array, list and geopoint."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from ceasefire_talks.schema.model import Field
from ceasefire_talks.schema.types.form import Form, Reader, refuse
from ceasefire_talks.schema.types.numeric import STANDARD

DEEPEST = 50
ITEM_TYPES = ("string", "integer", "boolean", "number", "datetime", "date", "time")
_POINT = re.compile(r"\s*([^,\s]+)\s*,\s*([^,\s]+)\s*")
_NUMBER = re.compile(STANDARD["number"])


def parse_json(text: str) -> Any:
    """The value of a JSON text.

    Raises:
        ValueError: it is not JSON, which knows no `NaN` and `Infinity`, or is nested more than `DEEPEST` levels.
    """
    try:
        value = json.loads(text, parse_constant=refuse)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return refuse(text) if is_deeper(value, DEEPEST) else value


def is_deeper(value: Any, levels: int) -> bool:
    """Whether a value of JSON is nested deeper than that; whatever walks through it would fail there."""
    level = [value]
    for _ in range(levels + 1):
        nested = [inner for inner in level if isinstance(inner, dict | list)]
        level = [part for inner in nested for part in (inner.values() if isinstance(inner, dict) else inner)]
        if not level:
            return False
    return True


def _json(type_: type) -> Reader:
    def read(text: str) -> Any:
        value = parse_json(text)
        return value if isinstance(value, type_) else refuse(text)

    return read


def _list(field: Field) -> Reader:
    from ceasefire_talks.schema.lexical import reader

    delimiter, type_ = field.descriptor.get("delimiter", ","), field.descriptor.get("itemType", "string")
    if not isinstance(delimiter, str) or not delimiter:
        raise ValueError("delimiter must be a text")
    if type_ not in ITEM_TYPES:
        raise ValueError(f"itemType must be one of: {', '.join(ITEM_TYPES)}")
    item = reader(Field(field.name, type_, {}, strict=field.strict))
    return lambda text: tuple(map(item, text.split(delimiter)))


def _point(longitude: float, latitude: float) -> tuple[float, float]:
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):  # noqa: PLR2004
        raise ValueError("the longitude is beyond 180 degrees, or the latitude beyond 90")
    return longitude, latitude


def _lon_lat(text: str) -> tuple[float, float]:
    found = _POINT.fullmatch(text)
    if found is None or not all(map(_NUMBER.fullmatch, found.groups())):
        refuse(text)
    return _point(float(found[1]), float(found[2]))


def _pair(text: str) -> tuple[float, float]:
    value = parse_json(text)
    if not isinstance(value, list) or len(value) != 2 or not all(map(is_number, value)):  # noqa: PLR2004
        refuse(text)
    return _point(*value)


def _named_pair(text: str) -> tuple[float, float]:
    value = parse_json(text)
    if not isinstance(value, dict) or set(value) != {"lon", "lat"} or not all(map(is_number, value.values())):
        refuse(text)
    return _point(value["lon"], value["lat"])


def is_number(value: Any) -> bool:
    """Whether a value of JSON is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


_DEGREES = "longitude within ±180, latitude within ±90"

FORMS = (
    Form(
        "object",
        "default",
        "a JSON object, nested no deeper than 50 levels",
        "dict",
        "a JSON object",
        lambda _: _json(dict),
    ),
    Form(
        "array",
        "default",
        "a JSON array, nested no deeper than 50 levels",
        "list",
        "a JSON array",
        lambda _: _json(list),
    ),
    Form(
        "list",
        "default",
        "items separated by `delimiter` (`,`), each in the default form of `itemType` (`string`); nothing is trimmed",
        "tuple",
        "a list of items of its column's type",
        _list,
    ),
    Form(
        "geopoint",
        "default",
        f"two numbers `lon, lat`, white space around them optional; {_DEGREES}",
        "pair of floats",
        "a point such as 90.50, 45.50",
        lambda _: _lon_lat,
    ),
    Form(
        "geopoint",
        "array",
        f"a JSON array of two numbers, longitude first; {_DEGREES}",
        "pair of floats",
        "a point such as [90.50, 45.50]",
        lambda _: _pair,
    ),
    Form(
        "geopoint",
        "object",
        f"a JSON object with just `lon` and `lat`, both numbers; {_DEGREES}",
        "pair of floats",
        'a point such as {"lon": 90.50, "lat": 45.50}',
        lambda _: _named_pair,
    ),
)
