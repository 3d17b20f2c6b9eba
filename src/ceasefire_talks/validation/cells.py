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
from ceasefire_talks.validation.faults import cell_problem, row_problem
from ceasefire_talks.validation.problem import Problem
from ceasefire_talks.validation.report import Unchecked
from ceasefire_talks.validation.table import Table, rows_where


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
    name, expected = ("required", "a value") if check is None else (str(check.name), failure.statistics["expected"])
    known = table.is_faulty([column])
    fresh = [row for row in rows if not known[row]]
    for row in fresh:
        yield cell_problem(table, row, column, name, expected)
    table.mark(column, fresh)


def _row_problems(table: Table, failure: _Failure) -> Iterator[Problem | Unchecked]:
    rule: RowRule = failure.statistics["rule"]
    if isinstance(failure.output, Exception):
        yield Unchecked(f"table {table.name}, row rule {rule.name}", f"it could not be run: {failure.output}")
        return
    failing = rows_where(~failure.output.to_numpy() & ~table.is_faulty(rule.involved))
    answers = rules.holds(rule, table.typed.iloc[failing])
    for column, right in answers.items():
        for row in np.asarray(failing)[~right.to_numpy()].tolist():
            yield row_problem(table, row, column, rule)
