"""One table on an engine: which of its rows may be at fault, and what is wrong with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any

import narwhals as nw

from ceasefire_talks.package.errors import needs_extra
from ceasefire_talks.schema import rules
from ceasefire_talks.schema.keys import candidate_keys
from ceasefire_talks.schema.model import TableSchema
from ceasefire_talks.validation.engines.engine import Engine, Frame, collect, iso_date_parts
from ceasefire_talks.validation.engines.reading import ROW
from ceasefire_talks.validation.engines.sieve import ONE_TEXT_A_VALUE, Sieve, any_of, compile_schema
from ceasefire_talks.validation.engines.sources import Source
from ceasefire_talks.validation.engines.suspects import judge_records
from ceasefire_talks.validation.problem import Problem
from ceasefire_talks.validation.records import Records
from ceasefire_talks.validation.report import Unchecked

if TYPE_CHECKING:
    from ceasefire_talks.validation.table import Table


@dataclass
class Sifted:
    """A table on an engine.

    Attributes:
        source: where its rows come from; its `schema` has just the columns that the file has.
        frame: `ROW` and a text in each column, missing where the cell is.
        keys: `ROW` and the columns of keys; those of other tables that point to this one are among them.
        faulty: per column, the rows whose cell was reported or cannot be known.
        remarks: what was judged in another way than by expressions, with the reason.
        doubtful: per column of keys whose values have one text each in the narrow form, the texts of the rows that the
            sieve held back; all others are in that form.
    """

    engine: Engine
    source: Source
    frame: Frame
    keys: Frame
    faulty: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    remarks: list[str] = field(default_factory=list)
    doubtful: dict[str, set[str]] = field(default_factory=dict)

    @property
    def schema(self) -> TableSchema:
        """The schema of those of its columns that the file has."""
        return self.source.schema

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return self.source.rows * len(self.source.columns)

    def column(self, name: str) -> nw.Expr:
        """A column by its name in the file."""
        return nw.col(self.source.columns[name])


def sifted(engine: Engine, source: Source, pointed_to: Collection[str]) -> Sifted:
    """A table as a frame on an engine; keys of other tables point to some of its columns."""
    missing = {name: _presence(nw.col(column), source, name) for name, column in source.columns.items()}
    filled = [expression.alias(source.columns[name]) for name, expression in missing.items() if expression is not None]
    frame = source.frame.with_columns(*filled) if filled else source.frame
    columns = [column for name, column in source.columns.items() if name in {*pointed_to, *_in_keys(source.schema)}]
    table = Sifted(engine, source, frame, engine.kept(frame.select(ROW, *columns)))
    for name in source.columns if source.ragged else ():
        table.faulty[name].update(source.ragged)
    return table


def _in_keys(schema: TableSchema) -> set[str]:
    own = (schema.primary_key, *candidate_keys(schema))
    return {name for key in (*own, *(key.fields for key in schema.foreign_keys)) for name in key}


def _presence(text: nw.Expr, source: Source, name: str) -> nw.Expr | None:
    """The text of a cell, missing where it stands for a missing value; None where it already is so."""
    missing = source.missing(name)
    others = [value for value in missing if value or source.has_empty_texts]
    if "" not in missing:
        text = text.fill_null("")
    elif not others:
        return None
    return nw.when(~text.is_in(others)).then(text) if others else text


def judge_cells(table: Sifted) -> Iterator[Problem | Unchecked]:
    """What is wrong with the cells and rows that may be at fault, as the reference finds it; fills `table.faulty`."""
    sieve = compile_schema(table.schema, table.source.columns, table.engine.runs)
    beyond = dict(_beyond(table, sieve))
    table.remarks.extend(f"row rule {name} judged by pandera, on every row" for name in sieve.other_rules)
    table.doubtful = {name: set() for name in _in_one_text(table) if name not in beyond}
    for cells in _suspicious(table, sieve, beyond):
        records = table.source.records(cells, table.faulty)
        for name, texts in table.doubtful.items():
            texts.update(text for text in records.text_column(name) if text is not None)
        if sieve.is_complete:
            yield from judge_records(records)
        else:
            yield from _judge_by_pandera(table, records)


def _in_one_text(table: Sifted) -> Iterator[str]:
    """The columns of keys whose equal values have one text in the narrow form."""
    there = set(table.keys.columns)
    for name, column in table.source.columns.items():
        if column in there and table.schema.field(name).type in ONE_TEXT_A_VALUE:
            yield name


def _judge_by_pandera(table: Sifted, records: Records) -> Iterator[Problem | Unchecked]:
    part = table.source.table(records)
    yield from _by_pandera(part)
    for name, mask in part.faulty.items():
        table.faulty[name].update(n for n, is_faulty in zip(records.numbers, mask, strict=True) if is_faulty)


def _by_pandera(part: Table) -> Iterator[Problem | Unchecked]:
    # Not above, for pandera takes as long to import as a million sound rows to check.
    with needs_extra("check"):
        from ceasefire_talks.validation.cells import check_cells
    return check_cells(part)


def _beyond(table: Sifted, sieve: Sieve) -> Iterator[tuple[str, list[str]]]:
    """For every column that could not be compiled, the texts that the reference finds at fault."""
    for column, reason in ((beyond.column, beyond.reason) for beyond in sieve.beyond):
        table.remarks.append(f"column {column} judged by pandera, once a distinct text: {reason}")
        texts = table.frame.filter(~table.column(column).is_null()).select(table.column(column)).unique()
        bad: list[str] = []
        for batch in table.engine.batches(texts):
            part = table.source.column_of(column, batch[table.source.columns[column]])
            for _ in _by_pandera(part):
                pass
            bad.extend(part.texts[column][part.is_faulty([column])])
        yield column, bad


def _suspicious(table: Sifted, sieve: Sieve, beyond: Mapping[str, Sequence[str]]) -> Iterator[dict[str, list[Any]]]:
    frame = table.frame.with_columns(*sieve.values) if sieve.values else table.frame
    frame = reduce(lambda found, column: _with_dates(table, found, column), sieve.dated, frame)
    bad = [table.column(column).is_in(texts) for column, texts in beyond.items() if texts]
    every = ~nw.col(ROW).is_null() if sieve.other_rules else None
    fault = any_of([expression for expression in (sieve.cells, sieve.rows, every, *bad) if expression is not None])
    if fault is not None:
        yield from table.engine.batches(frame.filter(fault).select(ROW, *table.source.columns.values()))


def _with_dates(table: Sifted, frame: Frame, column: str) -> Frame:
    distinct = table.frame.filter(~nw.col(column).is_null()).select(column).unique()
    parts = iso_date_parts(column, collect(table.engine, distinct, [column])[column])
    dates = table.engine.small(parts, whole=(f"{column} readable", f"{column} qualified"))
    return rules.with_flags(frame.join(dates, on=column, how="left"), column)
