"""Stage 5: keys, within a table and between tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import PurePosixPath

from ceasefire_talks.schema.keys import KEY_SEPARATOR, candidate_keys
from ceasefire_talks.schema.lexical import canonical, in_one_form
from ceasefire_talks.schema.model import ForeignKey
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.nearest import Nearest
from ceasefire_talks.validation.placed import Finding, Placed
from ceasefire_talks.validation.problem import Problem, quoted

FOREIGN_KEY = Code(
    "K01",
    "foreign-key",
    "A cell points to a row that there is not.",
    "Joins lose the row, or leave half of it empty.",
    "Correct the id, or add the row that it points to.",
)
REPEATED_PRIMARY_KEY = Code(
    "K02",
    "primary-key",
    "Two rows have the same primary key.",
    "Which of them an id means is open, and joins double rows.",
    "Give one of them an id of its own, or remove it if it is the same record.",
)
EMPTY_PRIMARY_KEY = Code(
    "K03",
    "empty-primary-key",
    "A part of a primary key is empty.",
    "The row cannot be cited or pointed to.",
    "Fill it.",
)
REPEATED_KEY = Code(
    "K04",
    "unique",
    "Two rows have the same value where it must be unique.",
    "One of them is a duplicate, or is wrong.",
    "Correct or remove one of them.",
)

Key = tuple[str, ...]

# Keys are collected to look for the nearest in only where they are not more.
MOST_CANDIDATES = 20_000


def check_keys(table: Placed, tables: Mapping[str, Placed]) -> Iterator[Problem]:
    """Check the primary, unique and foreign keys of a table; keys into a table that was not read are passed over."""
    yield from check_own_keys(table)
    for key in table.schema.foreign_keys:
        target = tables.get(key.table)
        if target is not None and target.has(*key.target_fields):
            there = {own for _, own in _keys(target, key.target_fields)}
            if missing := {own for _, own in _keys(table, key.fields)} - there:
                yield from check_foreign_key(table, key, target.file, missing, there)


def check_own_keys(table: Placed) -> Iterator[Problem]:
    """Check the primary key and the unique keys of a table."""
    yield from _empty_parts(table)
    if table.schema.primary_key:
        yield from _repeated(table, table.schema.primary_key, REPEATED_PRIMARY_KEY)
    for key in candidate_keys(table.schema):
        yield from _repeated(table, key, REPEATED_KEY)


def _empty_parts(table: Placed) -> Iterator[Problem]:
    for column in table.schema.primary_key:
        if not table.schema.field(column).required:
            for row, text in enumerate(table.text_column(column)):
                if text is None and not table.has_fault(row, [column]):
                    finding = Finding(table.name, row, column, "a part of the key is empty", "a value")
                    yield table.problem(EMPTY_PRIMARY_KEY, finding)


def _repeated(table: Placed, key: tuple[str, ...], code: Code) -> Iterator[Problem]:
    first: dict[Key, int] = {}
    for row, own in _known_keys(table, key):
        earlier = first.setdefault(own, row)
        if earlier != row:
            message = f"{quoted(table.key(row, key))} is already the {', '.join(key)} of line {table.lines[earlier]}"
            yield table.problem(code, Finding(table.name, row, key[0], message, "a value that no other row has"))


def check_foreign_key(
    table: Placed, key: ForeignKey, file: str, missing: Collection[Key], there: Collection[Key]
) -> Iterator[Problem]:
    """Report the rows whose foreign key is one of those that are missing in the file of the table it points to.

    Args:
        table: the rows.
        key: the foreign key.
        file: of the table that it points to.
        missing: keys that are in no row of it.
        there: the keys that are, to look for the nearest in; none, where they are too many to be looked through.
    """
    few = len(there) <= MOST_CANDIDATES
    nearest = Nearest([KEY_SEPARATOR.join(candidate) for candidate in there] if few else [])
    for row in (row for row, own in _known_keys(table, key.fields) if own in missing):
        value = table.key(row, key.fields)
        near = nearest(value)
        hint = f"; nearest is {quoted(near)}" if near else ""
        message = f"{quoted(value)} is in no row of {PurePosixPath(file).name}{hint}"
        yield table.problem(
            FOREIGN_KEY, Finding(table.name, row, key.fields[0], message, near or f"an id of {key.table}")
        )


def _known_keys(table: Placed, columns: Sequence[str]) -> Iterator[tuple[int, Key]]:
    """As `_keys`, without the rows in which a cell of the key is faulty."""
    return ((row, own) for row, own in _keys(table, columns) if not table.has_fault(row, columns))


def _keys(table: Placed, columns: Sequence[str]) -> Iterator[tuple[int, Key]]:
    """The rows that fill all of a key, and their key, written so that equal values are equal texts."""
    texts = (_compared(table, column) for column in columns)
    return ((row, own) for row, own in enumerate(zip(*texts, strict=True)) if None not in own)


def _compared(table: Placed, column: str) -> Sequence[str | None]:
    texts = table.text_column(column)
    rewrite = canonical(table.schema.field(column))
    if rewrite is None:
        return texts
    once = cache(lambda text: in_one_form(rewrite, text))
    return [None if text is None else once(text) for text in texts]
