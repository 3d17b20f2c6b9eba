"""The few rows of a table that a sieve holds back, judged one by one; no data frame of pandas is needed.

What is asked is what the pandera schemas ask: the readers of the lexical forms, the constraints, and the expressions of
the row rules. A cell is reported for the first of them that it fails.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

import narwhals as nw

from ceasefire_talks.schema import rules
from ceasefire_talks.schema.constraints import BOUNDS, FORM, constraints, test
from ceasefire_talks.schema.lexical import expected, reader
from ceasefire_talks.schema.model import Field, RowRule
from ceasefire_talks.validation.engines.engine import iso_date_parts, small_types
from ceasefire_talks.validation.faults import cell_problem, row_problem
from ceasefire_talks.validation.problem import Problem
from ceasefire_talks.validation.records import Records

# So many texts of a column are remembered: where many rows are suspicious, few texts make them so.
KNOWN = 10_000

# The check that failed, and what a cell should be.
_Failed: TypeAlias = tuple[str, str]
_Judge: TypeAlias = Callable[[str], "tuple[Any, _Failed | None]"]

# Other values are compared as texts in their one form, whose order is theirs.
_TYPES: dict[str, Any] = {
    "integer": nw.Int64(),
    "year": nw.Int64(),
    "number": nw.Float64(),
    "boolean": nw.Boolean(),
}


def judge_records(records: Records) -> Iterator[Problem]:
    """Judge the cells and rows of a table whose schema was compiled in full; fills `records.faulty`."""
    values: dict[str, Sequence[Any]] = {}
    for field in records.schema.fields:
        values[field.name] = yield from _judge_column(records, field)
    for rule in records.schema.row_rules:
        yield from _judge_rule(records, rule, values)


def _judge_column(records: Records, field: Field) -> Generator[Problem, None, list[Any]]:
    """Report the cells of a column at fault; returns its values, None where there is none."""
    judge, values = _judge(field), list[Any]()
    for row, text in enumerate(records.text_column(field.name)):
        value, failed = (None, ("required", "a value") if field.required else None) if text is None else judge(text)
        if not records.has_fault(row, [field.name]) and failed is not None:
            yield cell_problem(records, row, field.name, *failed)
            records.mark(row, field.name)
        values.append(value)
    return values


def _judge(field: Field) -> _Judge:
    read = reader(field)
    tests = [(constraint, test(constraint)) for constraint in constraints(field, (*FORM, *BOUNDS))]

    def judge(text: str) -> tuple[Any, _Failed | None]:
        try:
            value = read(text)
        except ValueError:
            return None, ("type", expected(field))
        # What is not a number is taken for a missing one, as pandas does.
        if value != value:  # noqa: PLR0124
            return None, None
        failures = ((constraint.name, constraint.expected) for constraint, passes in tests if not passes(value))
        return value, next(failures, None)

    return lru_cache(KNOWN)(judge)


def _judge_rule(records: Records, rule: RowRule, values: dict[str, Sequence[Any]]) -> Iterator[Problem]:
    columns = rule.involved
    known = [row for row in range(len(records.numbers)) if not records.has_fault(row, columns)]
    if not known:
        return
    cells = {name: [_comparable(values[name][row]) for row in known] for name in columns}
    types = {name: _TYPES.get(records.schema.field(name).type, nw.String()) for name in columns}
    for column in rules.dated(rule):
        parts = _parts_of(column, cells[column])
        cells |= parts
        types |= small_types(parts, whole=(f"{column} readable", f"{column} qualified"))
    frame = nw.from_dict(cells, schema=types, backend="polars")
    for column in rules.dated(rule):
        frame = rules.with_flags(frame, column)
    holds = {name: holds.alias(name) for name, holds in rules.KINDS[rule.kind](rule).items()}
    answers = frame.select(*holds.values()).to_dict(as_series=False)
    for column, right in answers.items():
        for row in (row for row, is_right in zip(known, right, strict=True) if not is_right):
            yield row_problem(records, row, column, rule)


def _comparable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _parts_of(column: str, texts: Sequence[str | None]) -> dict[str, list[Any]]:
    """The parts of dates in EDTF, for every cell of a column."""
    parts = iso_date_parts(column, {text for text in texts if text is not None})
    places = {text: place for place, text in enumerate(parts.pop(column))}
    return {name: [None if text is None else cells[places[text]] for text in texts] for name, cells in parts.items()}
