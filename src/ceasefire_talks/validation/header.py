"""The header of a file against the fields of its schema, as `fieldsMatch` asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import zip_longest
from typing import Any

from ceasefire_talks.schema.model import TableSchema
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.problem import quoted

MISSING_COLUMN = Code(
    "F09",
    "missing-column",
    "The header lacks a column of the schema.",
    "Readers that ask for the column fail.",
    "Add the column to the file, or take it out of the schema.",
)
UNKNOWN_COLUMN = Code(
    "F10",
    "unknown-column",
    "The header has a column that the schema does not know.",
    "Nobody says what it means, and nothing checks it.",
    "Describe the column in the schema, or remove it from the file.",
)
REPEATED_COLUMN = Code(
    "F11",
    "repeated-column",
    "The header has a column twice.",
    "Which of the two a reader gets is chance.",
    "Remove or rename one of them.",
)
COLUMN_ORDER = Code(
    "F12",
    "column-order",
    "The columns stand in another order than in the schema.",
    "Readers that go by position mix the columns up.",
    "Put the columns into the order of the schema.",
)

# Per value of fieldsMatch: whether the file may have columns more, may have columns less, and in any order.
_MATCHES = {
    "exact": (False, False, False),
    "equal": (False, False, True),
    "subset": (True, False, True),
    "superset": (False, True, True),
    "partial": (True, True, True),
}

Fault = tuple[Code, str, str]  # of which kind, at which column, in words


def fields_match(schema: Mapping[str, Any]) -> str:
    """The value of `fieldsMatch`, which some versions of the standard write as an array of one text."""
    given = schema.get("fieldsMatch", "exact")
    return str(given[0] if isinstance(given, list) and given else given)


def header_faults(names: Sequence[str], columns: Sequence[str], match: str) -> Iterator[Fault]:
    """What is wrong with the names in a header, against the columns of a schema."""
    may_have_more, may_have_less, in_any_order = _MATCHES[match]
    for name, count in Counter(names).items():
        if count > 1:
            yield REPEATED_COLUMN, name, f"stands {count} times"
    if not may_have_more:
        yield from _unknown(names, columns)
    if not may_have_less:
        yield from ((MISSING_COLUMN, name, "is not in the header") for name in columns if name not in names)
    if may_have_less and not set(names) & set(columns):
        yield MISSING_COLUMN, columns[0], "is not in the header, nor is any other column of the schema"
    if not in_any_order:
        yield from _out_of_order(names, columns)


def positions(names: Sequence[str], columns: Sequence[str]) -> dict[str, int]:
    """Where each column of a schema stands in the file, from 1; without those that do not."""
    return {name: names.index(name) + 1 for name in columns if name in names}


def restricted(schema: TableSchema, columns: Mapping[str, int]) -> TableSchema:
    """A schema with only the fields, keys and rules of the columns that a file has."""

    def there(names: Sequence[str]) -> bool:
        return set(names) <= set(columns)

    return replace(
        schema,
        fields=tuple(field for field in schema.fields if field.name in columns),
        primary_key=schema.primary_key if there(schema.primary_key) else (),
        unique_keys=tuple(filter(there, schema.unique_keys)),
        foreign_keys=tuple(key for key in schema.foreign_keys if there(key.fields)),
        row_rules=tuple(rule for rule in schema.row_rules if there(rule.involved)),
    )


def lost_keys(whole: TableSchema, rest: TableSchema) -> str:
    """The columns of the keys that a restricted schema has lost, as a message names them."""
    pairs = [((whole.primary_key,), (rest.primary_key,)), (whole.unique_keys, rest.unique_keys)]
    pairs.append((tuple(k.fields for k in whole.foreign_keys), tuple(k.fields for k in rest.foreign_keys)))
    return "; ".join(", ".join(key) for before, after in pairs for key in before if key not in after)


def may_lack_columns(match: str) -> bool:
    """Whether a file may lack columns of its schema."""
    return _MATCHES[match][1]


def joined(rows: Sequence[Sequence[str]], join: str) -> list[str]:
    """Header rows as one: the texts of a column joined, without one that repeats the one above."""
    names: list[str] = []
    for column in zip_longest(*rows):
        texts = [text for text in column if text is not None]
        names.append(join.join(text for at, text in enumerate(texts) if not at or text != texts[at - 1]))
    return names


def told_apart(names: Sequence[str]) -> list[str]:
    """The names, with a number behind each that stood before: `name`, `name (2)`.

    Version 1 of the standard allows columns of one name, which then are told apart by their order.
    """
    told: list[str] = []
    taken, seen = set(names), Counter[str]()
    for name in names:
        seen[name] += 1
        while seen[name] > 1 and f"{name} ({seen[name]})" in taken:
            seen[name] += 1
        told.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
        taken.add(told[-1])
    return told


def in_schema_case(names: Sequence[str], columns: Sequence[str]) -> list[str]:
    """The names of a header, written as in the schema where they differ only in case."""
    usual = {name.casefold(): name for name in columns}
    return [usual.get(name.casefold(), name) for name in names]


def _unknown(names: Sequence[str], columns: Sequence[str]) -> Iterator[Fault]:
    for name in dict.fromkeys(names):
        if name not in columns:
            near = get_close_matches(name, [c for c in columns if c not in names], n=1)
            hint = f"; nearest is {quoted(near[0])}" if near else ""
            yield UNKNOWN_COLUMN, name, f"is not in the schema{hint}"


def _out_of_order(names: Sequence[str], columns: Sequence[str]) -> Iterator[Fault]:
    found = [name for name in dict.fromkeys(names) if name in columns]
    expected = [name for name in dict.fromkeys(columns) if name in found]
    misplaced = ((name, wanted) for name, wanted in zip(found, expected, strict=True) if name != wanted)
    for name, wanted in misplaced:
        yield COLUMN_ORDER, name, f"stands where {quoted(wanted)} belongs"
        return
