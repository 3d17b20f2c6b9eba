"""The vocabulary: every scheme belongs to a column, every code in use is defined, ordered schemes are ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from ceasefire_talks.schema.definition import TABLES, table_schema
from ceasefire_talks.schema.model import Field
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.placed import Finding
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.rules.rule import Tables, rule


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
    for row, scheme in tables["vocabulary"].each("scheme"):
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
    defined = {(scheme, code) for _, scheme, code in tables["vocabulary"].each("scheme", "code")}
    for scheme, (table, field) in _coded(tables).items():
        standard = _standard_codes(table, field.name)
        for row, code in tables[table].each(field.name):
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
    vocabulary, known = tables["vocabulary"], _coded(tables)
    ranks, unknowable = vocabulary.column("rank"), vocabulary.is_faulty(["rank"])
    sizes = Counter(scheme for _, scheme in vocabulary.each("scheme"))
    seen: set[tuple[str, int]] = set()
    for row, scheme in vocabulary.each("scheme"):
        if scheme not in known or unknowable[row]:
            continue
        size = sizes[scheme] if known[scheme][1].ordered else 0
        if (fault := _fault(scheme, ranks[row], size, seen)) is not None:
            expected = f"1 to {size}" if size else "an empty cell"
            yield Finding("vocabulary", row, "rank", f"{fault} of {scheme}", expected)


def _fault(scheme: str, rank: int | None, size: int, seen: set[tuple[str, int]]) -> str | None:
    if size == 0:
        return None if rank is None else f"rank {rank} in the unordered scheme"
    if rank is None:
        return "no rank in the ordered scheme"
    if (scheme, rank) in seen or rank > size:
        return f"rank {rank} for the second time or beyond the {size} codes"
    seen.add((scheme, rank))
    return None


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
