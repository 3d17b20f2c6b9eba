"""Stage 5: keys, within a table and between tables. References are merged, never looked up row by row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import PurePosixPath

import pandas as pd

from ceasefire_talks.schema.keys import candidate_keys, repeats
from ceasefire_talks.schema.lexical import canonical, in_one_form
from ceasefire_talks.schema.model import ForeignKey
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.nearest import Nearest
from ceasefire_talks.validation.problem import Problem, quoted
from ceasefire_talks.validation.table import KEY_SEPARATOR, Finding, Table, rows_where

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


def check_keys(table: Table, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Check the primary, unique and foreign keys of a table; keys into a table that was not read are passed over."""
    yield from check_own_keys(table)
    for key in table.schema.foreign_keys:
        target = tables.get(key.table)
        if target is not None and target.has(*key.target_fields):
            there = _distinct(target, key.target_fields)
            if missing := _distinct(table, key.fields) - there:
                yield from check_foreign_key(table, key, target.file, missing, there)


def check_own_keys(table: Table) -> Iterator[Problem]:
    """Check the primary key and the unique keys of a table."""
    yield from _primary_key(table)
    for key in candidate_keys(table.schema):
        yield from _repeated(table, key, REPEATED_KEY)


def _primary_key(table: Table) -> Iterator[Problem]:
    for column in table.schema.primary_key:
        required = table.schema.field(column).required
        for row in rows_where(table.texts[column].isna() & ~table.is_faulty([column])) if not required else ():
            yield table.problem(
                EMPTY_PRIMARY_KEY, Finding(table.name, row, column, "a part of the key is empty", "a value")
            )
    if table.schema.primary_key:
        yield from _repeated(table, table.schema.primary_key, REPEATED_PRIMARY_KEY)


def _repeated(table: Table, key: tuple[str, ...], code: Code) -> Iterator[Problem]:
    known = _compared(table, key)[~table.is_faulty(key)]
    rows = known.index[repeats(known, key)].tolist()
    if rows:
        numbers = pd.Series(known.index, index=known.index)
        first = numbers.groupby([known[column] for column in key]).transform("min")
        for row in rows:
            line = table.lines[int(first.loc[row])]
            message = f"{quoted(table.key(row, key))} is already the {', '.join(key)} of line {line}"
            yield table.problem(code, Finding(table.name, row, key[0], message, "a value that no other row has"))


def check_foreign_key(
    table: Table, key: ForeignKey, file: str, missing: Collection[Key], there: Collection[Key]
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
    unknowable = table.is_faulty(key.fields)
    texts = _compared(table, key.fields)
    cells = zip(*(texts[column] for column in key.fields), strict=True)
    for row in (row for row, cell in enumerate(cells) if cell in missing and not unknowable[row]):
        value = table.key(row, key.fields)
        near = nearest(value)
        hint = f"; nearest is {quoted(near)}" if near else ""
        message = f"{quoted(value)} is in no row of {PurePosixPath(file).name}{hint}"
        yield table.problem(
            FOREIGN_KEY, Finding(table.name, row, key.fields[0], message, near or f"an id of {key.table}")
        )


def _distinct(table: Table, columns: tuple[str, ...]) -> set[Key]:
    # A merge by hand, of distinct keys only: pandas' merge costs milliseconds a key even where tables are small.
    texts = _compared(table, columns)
    if len(columns) == 1:
        return {(text,) for text in texts[columns[0]].unique() if isinstance(text, str)}
    # By place in the key, for a column may be two parts of it.
    filled = pd.DataFrame({part: texts[column] for part, column in enumerate(columns)}).dropna().drop_duplicates()
    return set(filled.itertuples(index=False, name=None))


def _compared(table: Table, columns: tuple[str, ...]) -> pd.DataFrame:
    """The texts of some columns, written so that equal values are equal texts."""
    rewrites = {name: rewrite for name in columns if (rewrite := canonical(table.schema.field(name))) is not None}
    if not rewrites:
        return table.texts
    return table.texts.assign(**{name: _rewritten(table.texts[name], rewrite) for name, rewrite in rewrites.items()})


def _rewritten(texts: pd.Series[str], rewrite: Callable[[str], str]) -> pd.Series[str]:
    known = {text: in_one_form(rewrite, text) for text in texts.dropna().unique()}
    return texts.map(known).astype("str")
