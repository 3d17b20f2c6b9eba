"""Stage 4: cells and rows, judged by pandera: texts first, then what could be cast, so that no fault hides another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from ceasefire_talks.schema import rules
from ceasefire_talks.schema.columns import read
from ceasefire_talks.schema.frames import text_schema, value_schema
from ceasefire_talks.schema.model import RowRule
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.problem import Problem, quoted
from ceasefire_talks.validation.report import Unchecked
from ceasefire_talks.validation.table import Finding, Table, rows_where

TYPE = Code(
    "C01",
    "type",
    "A cell is not in the lexical form of its column's type.",
    "Readers guess: one makes a text of the column, another drops the cell.",
    "Write the value in the form of its type, or empty the cell.",
)
REQUIRED = Code(
    "C02",
    "required",
    "A cell is empty that every row must fill.",
    "The row says nothing without it.",
    "Fill the cell, or remove the row.",
)
ENUM = Code(
    "C03",
    "enum",
    "A cell holds a code that is not in the closed list of its column.",
    "Nobody says what the code means, and who counts by code misses the row.",
    "Use one of the codes, or define this one in the vocabulary.",
)
PATTERN = Code(
    "C04",
    "pattern",
    "A cell does not match the pattern of its column.",
    "Programs that take it apart fail on it.",
    "Write the value in the form that the column's description gives.",
)
LENGTH = Code(
    "C05",
    "length",
    "A cell is shorter or longer than its column allows.",
    "Readers with fixed sizes cut it off.",
    "Shorten or complete the text.",
)
RANGE = Code(
    "C06",
    "range",
    "A value is less or greater than its column allows.",
    "It cannot be true, or has another unit than its column.",
    "Correct the value.",
)
JSON_SCHEMA = Code(
    "C07",
    "json-schema",
    "A cell holds JSON that does not conform to the JSON Schema of its column.",
    "Programs that take it apart fail on it.",
    "Correct the JSON; the column's `jsonSchema` says what it must hold.",
)

EXACTLY_ONE = Code(
    "R01",
    "exactly-one",
    "Of several columns not exactly one is filled.",
    "What the row is about is open.",
    "Fill one of them and empty the others.",
)
BOTH_OR_NEITHER = Code(
    "R02",
    "both-or-neither",
    "Of two columns that belong together only one is filled.",
    "Half of the statement is missing.",
    "Fill the other one, or empty both.",
)
ORDERED = Code(
    "R03",
    "ordered",
    "A lower bound is not below its upper bound.",
    "The range holds nothing.",
    "Swap or correct the two values.",
)
REQUIRED_WHEN = Code(
    "R04",
    "required-when",
    "A cell is empty that the row must fill because of another of its cells.",
    "The other cell promises what is not there.",
    "Fill the cell, or correct the other.",
)
REQUIRED_UNLESS = Code(
    "R05",
    "required-unless",
    "A cell is empty that the row must fill unless another of its cells excuses it.",
    "What a reader needs to understand the row is missing.",
    "Fill the cell, or correct the other.",
)
EMPTY_WHEN = Code(
    "R06",
    "empty-when",
    "A cell is filled that must be empty because of another of its cells.",
    "The two cells contradict each other.",
    "Empty the cell, or correct the other.",
)
EQUAL_WHEN = Code(
    "R07",
    "equal-when",
    "Two cells differ that must be equal because of a third.",
    "The cells contradict each other.",
    "Make them equal, or correct the third.",
)
COMPOSED = Code(
    "R08",
    "composed",
    "An id is not composed of the cells that it is made of.",
    "Who takes the id apart gets to another row.",
    "Compose it anew.",
)
EDTF = Code(
    "R09",
    "edtf",
    "A date in EDTF names no day of the calendar, or ends before it begins.",
    "It cannot be put on a time line.",
    "Write a date whose days exist and whose end is not before its beginning.",
)
EDTF_BOUNDS = Code(
    "R10",
    "edtf-bounds",
    "A date, its bounds, its precision and its basis do not agree.",
    "Who filters by the bounds gets other rows than who reads the date.",
    "Derive the bounds and the precision from the date.",
)

_CELL_CODES = {
    "type": TYPE,
    "enum": ENUM,
    "categories": ENUM,
    "pattern": PATTERN,
    "jsonSchema": JSON_SCHEMA,
    "minLength": LENGTH,
    "maxLength": LENGTH,
    "minimum": RANGE,
    "maximum": RANGE,
    "exclusiveMinimum": RANGE,
    "exclusiveMaximum": RANGE,
}
ROW_CODES = {
    code.slug: code
    for code in (
        EXACTLY_ONE,
        BOTH_OR_NEITHER,
        ORDERED,
        REQUIRED_WHEN,
        REQUIRED_UNLESS,
        EMPTY_WHEN,
        EQUAL_WHEN,
        COMPOSED,
        EDTF,
        EDTF_BOUNDS,
    )
}


@dataclass(frozen=True)
class _Failure:
    """A check of a pandera schema that some cells fail; without a check, a column that may not be empty."""

    column: str | None
    check: pa.Check | None
    output: pd.Series[bool] | Exception

    @property
    def statistics(self) -> Mapping[str, Any]:
        return (self.check and self.check.statistics) or {}


def check_cells(table: Table) -> Iterator[Problem | Unchecked]:
    """Check texts, cast those that pass, and check the values; fills `table.typed` and `table.faulty`."""
    for failure in _failures(text_schema(table.schema), table.texts):
        yield from _cell_problems(table, failure)
    table.typed = _cast(table)
    for failure in _failures(value_schema(table.schema), table.typed):
        yield from _row_problems(table, failure) if failure.column is None else _cell_problems(table, failure)


def _failures(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> Iterator[_Failure]:
    # `schema.validate` runs the same checks in the same order, and then spends 50 ms a table on tables of its own that
    # list the failing cells without their lines; on small packages that is most of the time.
    for name, column in schema.columns.items():
        if not column.nullable and not (filled := frame[name].notna()).all():
            yield _Failure(name, None, filled)
        yield from (failure for check in column.checks for failure in _failure(name, check, frame[name]))
    yield from (failure for check in schema.checks for failure in _failure(None, check, frame))


def _failure(column: str | None, check: pa.Check, cells: pd.Series[Any] | pd.DataFrame) -> Iterator[_Failure]:
    try:
        output = check(cells).check_output
    except Exception as error:  # noqa: BLE001 - a check that breaks off has not passed, and must stop no other
        yield _Failure(column, check, error)
        return
    if not output.all():
        yield _Failure(column, check, output)


def _cast(table: Table) -> pd.DataFrame:
    columns: dict[str, pd.Series[Any]] = {}
    for field in table.schema.fields:
        texts = table.texts[field.name]
        values = read(texts, field, ())[0]
        known = field.name not in table.faulty
        columns[field.name] = values if known else values.mask(table.is_faulty([field.name]))
    return pd.DataFrame(columns, index=table.texts.index)


def _cell_problems(table: Table, failure: _Failure) -> Iterator[Problem | Unchecked]:
    column, check, output = str(failure.column), failure.check, failure.output
    if isinstance(output, Exception):
        yield Unchecked(f"table {table.name}, column {column}", f"a check could not be run: {output}")
        return
    rows = output.index[~output].tolist()
    code = REQUIRED if check is None else _CELL_CODES[str(check.name)]
    expected = failure.statistics.get("expected", "a value")
    known = table.is_faulty([column])
    fresh = [row for row in rows if not known[row]]
    for row in fresh:
        message = "the cell is empty" if code is REQUIRED else f"{quoted(table.text(row, column))} is not {expected}"
        yield table.problem(code, Finding(table.name, row, column, message, expected))
    table.mark(column, fresh)


def _row_problems(table: Table, failure: _Failure) -> Iterator[Problem | Unchecked]:
    rule: RowRule = failure.statistics["rule"]
    if isinstance(failure.output, Exception):
        yield Unchecked(f"table {table.name}, row rule {rule.name}", f"it could not be run: {failure.output}")
        return
    failing = rows_where(~failure.output.to_numpy() & ~table.is_faulty(rules.involved(rule)))
    answers = rules.holds(rule, table.typed.iloc[failing])
    for column, right in answers.items():
        for row in np.asarray(failing)[~right.to_numpy()].tolist():
            yield table.problem(ROW_CODES[rule.kind], _broken(table, rule, row, column))


def _broken(table: Table, rule: RowRule, row: int, column: str) -> Finding:
    title = str(rule.descriptor.get("title", rule.name)).rstrip(".")
    cells = ((name, table.text(row, name)) for name in rules.involved(rule))
    found = ", ".join(f"{name} {'empty' if cell is None else quoted(cell)}" for name, cell in cells)
    return Finding(
        table.name, row, column, f"{found}: {title} ({rule.name})", title, str(rule.descriptor.get("mend", ""))
    )
