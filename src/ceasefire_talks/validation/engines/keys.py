"""Keys on an engine: which keys repeat and which point to nothing; the reference words what is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial, reduce

import narwhals as nw

from ceasefire_talks.schema.keys import candidate_keys
from ceasefire_talks.schema.lexical import canonical, in_one_form
from ceasefire_talks.schema.model import Field, ForeignKey
from ceasefire_talks.validation.engines.engine import Frame, collect
from ceasefire_talks.validation.engines.reading import ROW
from ceasefire_talks.validation.engines.sifting import Sifted
from ceasefire_talks.validation.judging import Step
from ceasefire_talks.validation.keys import MOST_CANDIDATES, Key, check_foreign_key, check_own_keys
from ceasefire_talks.validation.problem import Problem
from ceasefire_talks.validation.records import Records

# Rows to look at beyond so many candidates, for some may have the same key.
SPARE = 100


def judge_keys(table: Sifted, tables: Mapping[str, Sifted]) -> Iterator[Step]:
    """What is to be judged of the keys of a table, each by itself; `table.faulty` must be filled by then."""
    if table.schema.primary_key or any(candidate_keys(table.schema)):
        yield Step(table.source.rows, partial(_own_keys, table))
    for key in table.schema.foreign_keys:
        target = tables.get(key.table)
        if target is not None and set(key.target_fields) <= set(target.source.columns):
            # A join takes several times as long as a look at the order.
            yield Step(4 * table.source.rows * len(key.fields), partial(_foreign_key, table, key, target))


def _own_keys(table: Sifted) -> Iterator[Problem]:
    schema = table.schema
    keys = [key for key in (schema.primary_key, *candidate_keys(schema)) if key]
    doubtful = set(_empty_parts(table, schema.primary_key)).union(*(_repeated(table, key) for key in keys))
    if doubtful:
        yield from check_own_keys(_part(table, doubtful))


def _empty_parts(table: Sifted, key: Sequence[str]) -> Sequence[int]:
    """The rows that leave a part of the key empty."""
    optional = [table.column(name).is_null() for name in key if not table.schema.field(name).required]
    return _rows(table, table.keys.filter(nw.any_horizontal(*optional, ignore_nulls=True))) if optional else ()


def _repeated(table: Sifted, key: Sequence[str]) -> Sequence[int]:
    """The rows whose key another row has too."""
    frame, names = _keyed(table, key)
    frame = _known(table, frame, key, names)
    few = table.engine.out_of_order(frame, names)
    if few is None:
        counts = frame.group_by(*names).agg(nw.len().alias("count"))
        few = collect(table.engine, counts.filter(nw.col("count") > 1), names)
    elif few[names[0]]:
        # The parts by themselves first, which is quicker, and leaves few rows to join.
        frame = frame.filter(*(nw.col(name).is_in(set(texts)) for name, texts in few.items()))
    if not few[names[0]]:
        return ()
    found = collect(table.engine, frame.join(table.engine.small(few).unique(), on=names, how="semi"), [ROW, *names])
    rows = found.pop(ROW)
    keys = list(zip(*found.values(), strict=True))
    counted = Counter(keys)
    return [row for row, key in zip(rows, keys, strict=True) if counted[key] > 1]


def _foreign_key(table: Sifted, key: ForeignKey, target: Sifted) -> Iterator[Problem]:
    frame, names = _keyed(table, key.fields)
    there, _ = _keyed(target, key.target_fields)
    frame = _known(table, frame, key.fields, names)
    there = _filled(there.select(*names), names)
    dangling = collect(table.engine, frame.join(there, how="anti", on=names), [ROW, *names])
    if rows := dangling.pop(ROW):
        yield from check_foreign_key(_part(table, rows), key, target.source.file, _keys(dangling), _near(table, there))


def _near(table: Sifted, there: Frame) -> Collection[Key]:
    """The keys to look for the nearest in; none where they are too many."""
    names = there.columns
    # A look at some of the rows is enough where each has a key of its own.
    for frame in (there.head(MOST_CANDIDATES + SPARE), there):
        counted = collect(table.engine, frame.unique().select(nw.len().alias("count")), ["count"])
        if counted["count"][0] > MOST_CANDIDATES:
            return ()
    return _keys(collect(table.engine, there.unique(), names))


def _keys(cells: Mapping[str, Sequence[str]]) -> Collection[Key]:
    return set(zip(*cells.values(), strict=True))


def _rows(table: Sifted, frame: Frame) -> Sequence[int]:
    return collect(table.engine, frame, [ROW])[ROW]


def _part(table: Sifted, rows: Collection[int]) -> Records:
    columns = [ROW, *table.source.columns.values()]
    return table.source.records(collect(table.engine, table.engine.only(table.frame, rows), columns), table.faulty)


def _known(table: Sifted, frame: Frame, key: Sequence[str], names: Sequence[str]) -> Frame:
    """The rows that fill all of the key, without those in which a cell of it is faulty."""
    faulty = set().union(*(table.faulty[name] for name in key if name in table.faulty))
    frame = _filled(frame, names)
    return table.engine.without(frame, faulty) if faulty else frame


def _filled(frame: Frame, columns: Sequence[str]) -> Frame:
    return frame.filter(*(~nw.col(column).is_null() for column in columns))


def _keyed(table: Sifted, key: Sequence[str]) -> tuple[Frame, list[str]]:
    """The table's rows with the parts of a key, whose texts are equal where the values are, and the parts' names.

    Parts are named by their place in the key, so that both sides of one have the same names; a column may be two parts.
    """
    columns = list(dict.fromkeys(key))
    frame = table.keys.select(ROW, *(table.column(name) for name in columns))
    frame = reduce(lambda found, name: _canonical(table, found, table.schema.field(name)), columns, frame)
    parts = {f"part{index}": table.column(name) for index, name in enumerate(key)}
    return frame.select(ROW, *(column.alias(part) for part, column in parts.items())), list(parts)


def _canonical(table: Sifted, frame: Frame, field: Field) -> Frame:
    rewrite = canonical(field)
    if rewrite is None:
        return frame
    column = table.source.columns[field.name]
    if field.name in table.doubtful:
        texts: Collection[str] = table.doubtful[field.name]
    else:
        texts = collect(table.engine, _filled(frame, [column]).select(column).unique(), [column])[column]
    known = {text: value for text in texts if (value := in_one_form(rewrite, text)) != text}
    if not known:
        return frame
    other = f"{column} canonical"
    values = table.engine.small({column: list(known), other: list(known.values())})
    return frame.join(values, on=column, how="left").with_columns(nw.coalesce(other, column).alias(column)).drop(other)
