"""The shape of a descriptor: what the Data Package v2 profile asks of the properties that a check relies on.

The published profiles say more; tests hold this against them. It is written here so that a descriptor is judged
without fetching anything, and so that a mismatch is reported at the innermost property with what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ceasefire_talks.validation.positions import JsonPath

Mismatch = tuple[JsonPath, Any, str]


@dataclass(frozen=True)
class Scalar:
    """A single value of a Python type, which passes a test."""

    expected: str
    type: type
    test: Callable[[Any], Any] = lambda _: True

    def mismatches(self, value: Any, path: JsonPath) -> Iterator[Mismatch]:
        """Yields the value itself if it does not fit."""
        is_of_type = isinstance(value, self.type) and not (isinstance(value, bool) and self.type is int)
        if not (is_of_type and self.test(value)):
            yield path, value, self.expected


@dataclass(frozen=True)
class Items:
    """An array of values of one shape, with at least so many items."""

    item: Shape
    least: int = 1

    def mismatches(self, value: Any, path: JsonPath) -> Iterator[Mismatch]:
        """Yields the value if it is no array or too short, else what its items yield."""
        if not isinstance(value, list) or len(value) < self.least:
            yield path, value, "an array with at least one item" if self.least else "an array"
            return
        for index, item in enumerate(value):
            yield from self.item.mismatches(item, (*path, index))


@dataclass(frozen=True)
class Object:
    """An object; of each group in `one_of` it has at least one property. Unknown properties are allowed."""

    properties: Mapping[str, Shape] = field(default_factory=dict)
    one_of: tuple[tuple[str, ...], ...] = ()

    def mismatches(self, value: Any, path: JsonPath) -> Iterator[Mismatch]:
        """Yields the value if it is no object or lacks a property, else what its properties yield."""
        if not isinstance(value, dict):
            yield path, value, "an object"
            return
        for group in self.one_of:
            if not any(name in value for name in group):
                yield path, None, f"the property {' or '.join(group)}"
        for name, shape in self.properties.items():
            if name in value:
                yield from shape.mismatches(value[name], (*path, name))


@dataclass(frozen=True)
class Either:
    """A value of one of two shapes, told apart by what the first accepts at its top."""

    simple: Scalar
    other: Shape

    def mismatches(self, value: Any, path: JsonPath) -> Iterator[Mismatch]:
        """Yields nothing for a simple value, else what the other shape yields."""
        if any(self.simple.mismatches(value, path)):
            yield from self.other.mismatches(value, path)


Shape = Scalar | Items | Object | Either

TEXT = Scalar("a text", str)
FLAG = Scalar("true or false", bool)
COUNT = Scalar("a whole number, 0 or more", int, lambda number: number >= 0)
HASH = Scalar("a hash, as `sha256:` and hexadecimal digits", str, re.compile("([^:]+:)?[0-9a-fA-F]+").fullmatch)
MEDIA_TYPE = Scalar("a media type such as text/csv", str, re.compile("[^/]+/.+").fullmatch)
NAMES = Either(TEXT, Items(TEXT))
FIELD_TYPES = (
    *("string", "number", "integer", "boolean", "object", "array", "list", "datetime", "date", "time", "year"),
    *("yearmonth", "duration", "geopoint", "geojson", "any"),
)
FIELDS_MATCH = ("exact", "equal", "subset", "superset", "partial")

_SINGLE = Scalar("a single value", object, lambda value: not isinstance(value, list | dict))
_TITLED = {"title": TEXT, "description": TEXT}
_MISSING_VALUE = Either(TEXT, Object({"value": TEXT, "label": TEXT}, one_of=(("value",),)))
_CONSTRAINTS = Object(
    {
        **dict.fromkeys(("required", "unique"), FLAG),
        **dict.fromkeys(("minLength", "maxLength"), COUNT),
        "pattern": TEXT,
        "enum": Items(_SINGLE),
    }
)
_FIELD = Object(
    {
        "name": TEXT,
        "type": Scalar(f"one of: {', '.join(FIELD_TYPES)}", str, FIELD_TYPES.__contains__),
        "format": TEXT,
        "missingValues": Items(_MISSING_VALUE, least=0),
        "categories": Items(Either(_SINGLE, Object({"label": TEXT, "value": _SINGLE}, one_of=(("value",),))), least=0),
        "categoriesOrdered": FLAG,
        "constraints": _CONSTRAINTS,
        **_TITLED,
    },
    one_of=(("name",),),
)
_FOREIGN_KEY = Object(
    {"fields": NAMES, "reference": Object({"resource": TEXT, "fields": NAMES}, one_of=(("fields",),))},
    one_of=(("fields",), ("reference",)),
)
_FIELDS_MATCH = Scalar("one of: exact, equal, subset, superset, partial", str, FIELDS_MATCH.__contains__)
_ROW_NUMBER = Scalar("the number of a row, 1 or more", int, lambda number: number >= 1)
_ROW_RULE = Object(
    {"name": TEXT, "rule": TEXT, "fields": NAMES, "when": Object()}, one_of=(("name",), ("rule",), ("fields",))
)
SCHEMA = Object(
    {
        "fields": Items(_FIELD),
        "primaryKey": NAMES,
        "uniqueKeys": Items(NAMES),
        "foreignKeys": Items(_FOREIGN_KEY),
        "fieldsMatch": Either(_FIELDS_MATCH, Items(_FIELDS_MATCH)),
        "$schema": TEXT,
        "missingValues": Items(_MISSING_VALUE, least=0),
        "rowRules": Items(_ROW_RULE, least=0),
        **_TITLED,
    },
    one_of=(("fields",),),
)
DIALECT = Object(
    {
        "$schema": TEXT,
        **dict.fromkeys(
            ("delimiter", "lineTerminator", "quoteChar", "escapeChar", "nullSequence", "commentChar"), TEXT
        ),
        **dict.fromkeys(("doubleQuote", "header", "skipInitialSpace", "caseSensitiveHeader"), FLAG),
        **dict.fromkeys(("headerRows", "commentRows"), Items(_ROW_NUMBER)),
        "headerJoin": TEXT,
    }
)
_AGENT = {"title": TEXT, "path": TEXT, "email": TEXT}
RESOURCE = Object(
    {
        "name": TEXT,
        "path": NAMES,
        "schema": Either(TEXT, SCHEMA),
        "dialect": Either(TEXT, DIALECT),
        "bytes": COUNT,
        "rows": COUNT,
        "hash": HASH,
        "mediatype": MEDIA_TYPE,
        **dict.fromkeys(("$schema", "encoding", "format"), TEXT),
        **_TITLED,
    },
    one_of=(("name",), ("path", "data")),
)
PACKAGE = Object(
    {
        "resources": Items(RESOURCE),
        **dict.fromkeys(("$schema", "name", "id", "homepage", "version", "created", "image", "dataModel"), TEXT),
        "keywords": Items(TEXT),
        "licenses": Items(Object({"name": TEXT, "path": TEXT, "title": TEXT}, one_of=(("name", "path"),))),
        "sources": Items(Object(_AGENT, one_of=(tuple(_AGENT),)), least=0),
        "contributors": Items(Object({**_AGENT, "roles": Items(TEXT)}, one_of=((*_AGENT, "organization"),))),
        **_TITLED,
    },
    one_of=(("resources",),),
)
