"""The vocabulary: every scheme belongs to a column, every code in use is defined, ordered schemes are ranked."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import pandas as pd

from ceasefire_talks.schema.definition import TABLES, table_schema
from ceasefire_talks.schema.model import Field
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.rules.rule import Tables, cells, rule
from ceasefire_talks.validation.table import Finding


@rule(
    Code(
        "M28",
        "vocabulary-scheme",
        "A scheme of the vocabulary is no coded column.",
        "The codes are defined for nothing.",
        "Name the scheme `table.column`, after a column that is coded.",
    ),
    {"vocabulary": ("scheme",)},
)
def vocabulary_scheme(tables: Tables) -> Iterator[Finding]:
    """Every scheme names a table and a coded column of it."""
    known = _coded(tables)
    rows = cells(tables["vocabulary"], "scheme")
    for row, scheme in zip(rows["row"], rows["scheme"], strict=True):
        if scheme not in known:
            near = get_close_matches(scheme, list(known), n=1)
            hint = f"; nearest is {quoted(near[0])}" if near else ""
            yield Finding("vocabulary", row, "scheme", f"{quoted(scheme)} is no coded column{hint}", "table.column")


@rule(
    Code(
        "M29",
        "undefined-code",
        "A code is in use that the vocabulary does not define.",
        "Nobody says what it means, and no second coder could use it.",
        "Define the code in vocabulary.csv, or use another.",
    ),
    {"vocabulary": ("scheme", "code")},
)
def undefined_code(tables: Tables) -> Iterator[Finding]:
    """Every code in a coded column is defined under the column's scheme, or is a standard's own."""
    rows = tables["vocabulary"].typed[["scheme", "code"]].dropna()
    defined = set(zip(rows["scheme"], rows["code"], strict=True))
    for scheme, (table, field) in _coded(tables).items():
        standard = _standard_codes(table, field.name)
        used = cells(tables[table], field.name)
        for row, code in zip(used["row"], used[field.name], strict=True):
            if (scheme, code) not in defined and code not in standard:
                yield Finding(table, row, field.name, f"{quoted(code)} is not defined under {scheme}", "a defined code")


@rule(
    Code(
        "M30",
        "rank",
        "The codes of an ordered scheme are not ranked 1, 2, 3 ..., or those of an unordered one are.",
        "Which code is the lesser one is open.",
        "Rank the codes of an ordered scheme from 1, lowest first; leave `rank` empty elsewhere.",
    ),
    {"vocabulary": ("scheme", "code", "rank")},
)
def rank(tables: Tables) -> Iterator[Finding]:
    """Ordered schemes are ranked without gap or tie, others not at all."""
    vocabulary = tables["vocabulary"]
    known = _coded(tables)
    for name, rows in cells(vocabulary, "scheme").groupby("scheme"):
        scheme = str(name)
        ranks = vocabulary.typed["rank"].loc[rows.index].astype(object)
        if scheme not in known:
            continue
        if not known[scheme][1].ordered:
            for row in rows["row"][ranks.notna()]:
                yield Finding(
                    "vocabulary", row, "rank", f"rank {ranks.loc[row]}, but {scheme} is not ordered", "an empty cell"
                )
        else:
            seen: set[int] = set()
            for row, found in zip(rows["row"], ranks, strict=True):
                fault = _fault(None if pd.isna(found) else int(found), seen, len(rows))
                if fault and not vocabulary.is_faulty(["rank"])[row]:
                    yield Finding(
                        "vocabulary", row, "rank", f"{fault} in the ordered scheme {scheme}", f"1 to {len(rows)}"
                    )


def _fault(found: int | None, seen: set[int], most: int) -> str | None:
    if found is None:
        return "no rank"
    if found in seen:
        return f"rank {found} for the second time"
    seen.add(found)
    return None if found <= most else f"rank {found} of {most} codes"


def _coded(tables: Tables) -> dict[str, tuple[str, Field]]:
    return {
        f"{name}.{field.name}": (name, field)
        for name, table in tables.items()
        for field in table.schema.fields
        if field.descriptor.get("vocabulary")
    }


def _standard_codes(table: str, column: str) -> tuple[str, ...]:
    if table not in TABLES:
        return ()
    fields = {field["name"]: field for field in table_schema(table, [])["fields"]}
    return tuple(fields.get(column, {}).get("constraints", {}).get("enum", ()))


RULES = (vocabulary_scheme, undefined_code, rank)
