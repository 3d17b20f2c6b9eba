"""Cells that a spreadsheet or a careless reader would turn into something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from ceasefire_talks.schema.model import Field
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.placed import Finding
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.rules.rule import Tables, rule

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LINE_BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

# What pandas, R and their like read as missing unless they are told otherwise.
MISSING_LIKE = frozenset({"NA", "N/A", "n/a", "#N/A", "#NA", "<NA>", "NULL", "null", "NaN", "nan", "None"})

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_NUMBER = r"[(]?[+-]?[$€£]?[0-9][0-9.,' ]*(?:e[+-]?[0-9]+)?[%€)]?|[0-9]+ [0-9]+/[0-9]+"
_DATE = rf"[0-9]{{1,4}}[-/.][0-9]{{1,2}}(?:[-/.][0-9]{{1,4}})?|[0-9]{{1,2}}[- ]?{_MONTH}(?:[-, ]+[0-9]{{2,4}})?"
_MONTH_FIRST = rf"{_MONTH}[- ]?[0-9]{{1,4}}(?:(?:st|nd|rd|th)?,? +[0-9]{{4}})?"
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]m)?"
NUMBER_OR_DATE = re.compile(rf"\s*(?:{_NUMBER}|{_DATE}|{_MONTH_FIRST}|{_TIME})\s*", re.IGNORECASE)


@rule(
    Code(
        "M20",
        "formula",
        "A text begins with a character that makes a spreadsheet run it as a formula.",
        "Whoever opens the file may run a command that somebody else wrote.",
        "Begin the text with another character.",
    )
)
def formula(tables: Tables) -> Iterator[Finding]:
    """No text begins with `=`, `+`, `-`, `@` or a tab."""
    yield from _texts(tables, lambda text: text.startswith(FORMULA_STARTS), "begins like a formula", "a text")


@rule(
    Code(
        "M21",
        "line-break",
        "A cell holds a line break.",
        "Tools that work by lines take the rest of the cell for another row.",
        "Put the text on one line.",
    )
)
def line_break(tables: Tables) -> Iterator[Finding]:
    """No text holds a line break of any kind."""
    found = LINE_BREAKS.search
    yield from _texts(tables, lambda text: found(text) is not None, "holds a line break", "one line")


@rule(
    Code(
        "M22",
        "number-like",
        "A text is one that a spreadsheet reads as a number or a date.",
        "Saved once from a spreadsheet it is something else: `3-4` becomes a day, `1E5` a hundred thousand.",
        "Word it so that it cannot be mistaken.",
    )
)
def number_like(tables: Tables) -> Iterator[Finding]:
    """No text looks like a number or a date, unless its field has a notation or a closed list."""
    matches = NUMBER_OR_DATE.fullmatch
    yield from _texts(
        tables,
        lambda text: matches(text) is not None,
        "reads as a number or a date",
        "a text with words",
        _is_free_text,
    )


@rule(
    Code(
        "M23",
        "missing-like",
        "A text is one that many readers take for a missing value.",
        "In pandas and R the cell is empty.",
        "Word it otherwise, or leave the cell empty if that is what it means.",
    )
)
def missing_like(tables: Tables) -> Iterator[Finding]:
    """No text is `NA`, `null`, `None` or the like."""
    yield from _texts(tables, MISSING_LIKE.__contains__, "reads as a missing value", "another word")


@rule(
    Code(
        "M24",
        "sorted",
        "The rows are not sorted by the primary key.",
        "Differences between versions show moved rows instead of changed ones.",
        "Sort the rows by the columns of the key, in code-point order.",
    )
)
def sorted_rows(tables: Tables) -> Iterator[Finding]:
    """Each row comes behind the one before, by the code points of its key, column by column."""
    for table in tables.values():
        key = list(table.schema.primary_key)
        columns = ([text or "" for text in table.text_column(column)] for column in key)
        keys = list(zip(*columns, strict=True))
        for row, (before, after) in enumerate(pairwise(keys), 1):
            if after < before:
                message = f"{quoted('/'.join(after))} stands behind {quoted('/'.join(before))}"
                yield Finding(table.name, row, key[0], message, "rows in the order of the key")


def _is_free_text(field: Field) -> bool:
    return field.enum is None and not {"notation", "vocabulary"} & set(field.descriptor)


def _texts(
    tables: Tables,
    is_wrong: Callable[[str], bool],
    fault: str,
    expected: str,
    is_meant: Callable[[Field], bool] = lambda _: True,
) -> Iterator[Finding]:
    for table in tables.values():
        for field in table.schema.fields:
            if field.type == "string" and is_meant(field):
                for row, text in table.each(field.name):
                    if is_wrong(text):
                        yield Finding(table.name, row, field.name, f"{quoted(text)} {fault}", expected)


RULES = (formula, line_break, number_like, missing_like, sorted_rows)
