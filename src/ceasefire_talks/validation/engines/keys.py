"""Keys on an engine: which keys repeat and which point to nothing; the reference words what is found."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import reduce

import narwhals as nw

from ceasefire_talks.schema.keys import candidate_keys
from ceasefire_talks.schema.lexical import canonical, in_one_form
from ceasefire_talks.schema.model import Field, ForeignKey
from ceasefire_talks.validation.engines.cells import ROW
from ceasefire_talks.validation.engines.engine import Frame, collect
from ceasefire_talks.validation.engines.sieve import NARROW_FORMS
from ceasefire_talks.validation.engines.sifting import Sifted
from ceasefire_talks.validation.keys import MOST_CANDIDATES, check_foreign_key, check_own_keys
from ceasefire_talks.validation.problem import Problem
from ceasefire_talks.validation.records import Records

Key = tuple[str, ...]


def judge_keys(table: Sifted, tables: Mapping[str, Sifted]) -> Iterator[Problem]:
    """What the reference finds in the keys of a table."""
    yield from _own_keys(table)
    for key in table.schema.foreign_keys:
        target = tables.get(key.table)
        if target is not None and set(key.target_fields) <= set(target.source.columns):
            yield from _foreign_key(table, key, target)


def _own_keys(table: Sifted) -> Iterator[Problem]:
    schema = table.schema
    keys = [key for key in (schema.primary_key, *candidate_keys(schema)) if key]
    doubtful = [_repeated(table, key) for key in keys]
    doubtful.append(_empty_parts(table, schema.primary_key))
    frames = [frame for frame in doubtful if frame is not None]
    if frames:
        rows = collect(table.engine, nw.concat([frame.select(ROW) for frame in frames]).unique(), [ROW])[ROW]
        yield from check_own_keys(_part(table, rows))


def _empty_parts(table: Sifted, key: Sequence[str]) -> Frame | None:
    optional = [table.column(name).is_null() for name in key if not table.schema.field(name).required]
    if not optional:
        return None
    empty = table.keys.filter(nw.any_horizontal(*optional, ignore_nulls=True))
    return empty if _has_rows(table, empty) else None


def _repeated(table: Sifted, key: Sequence[str]) -> Frame | None:
    """The rows whose key another row has too; None where there are none."""
    frame, names = _keyed(table, key)
    frame = _known(table, frame, key, names)
    if table.engine.is_ascending(frame, names):
        return None
    counts = frame.group_by(*names).agg(nw.len().alias("count"))
    repeated = collect(table.engine, counts.filter(nw.col("count") > 1), names)
    return frame.join(table.engine.small(repeated), on=names, how="semi") if repeated[names[0]] else None


def _foreign_key(table: Sifted, key: ForeignKey, target: Sifted) -> Iterator[Problem]:
    frame, names = _keyed(table, key.fields)
    there, _ = _keyed(target, key.target_fields)
    frame = _known(table, frame, key.fields, names)
    there = _filled(there.select(*names), names)
    dangling = frame.select(*names).join(there, how="anti", on=names)
    missing = collect(table.engine, dangling.unique(), names)
    if missing[names[0]]:
        rows = collect(table.engine, frame.join(table.engine.small(missing), on=names, how="semi"), [ROW])[ROW]
        near = collect(table.engine, there.unique().head(MOST_CANDIDATES + 1), names)
        yield from check_foreign_key(_part(table, rows), key, target.source.file, _keys(missing), _keys(near))


def _keys(cells: Mapping[str, Sequence[str]]) -> Collection[Key]:
    return set(zip(*cells.values(), strict=True))


def _part(table: Sifted, rows: Sequence[int]) -> Records:
    frame = table.frame.join(table.engine.small({ROW: sorted(rows)}, whole=(ROW,)), on=ROW, how="semi")
    columns = [ROW, *table.source.columns.values()]
    return table.source.records(collect(table.engine, frame, columns), table.faulty)


def _has_rows(table: Sifted, frame: Frame) -> bool:
    return bool(collect(table.engine, frame.head(1), [ROW])[ROW])


def _known(table: Sifted, frame: Frame, key: Sequence[str], names: Sequence[str]) -> Frame:
    """The rows that fill all of the key, without those in which a cell of it is faulty."""
    faulty = set().union(*(table.faulty[name] for name in key if name in table.faulty))
    frame = _filled(frame, names)
    return frame.join(table.engine.small({ROW: sorted(faulty)}, whole=(ROW,)), on=ROW, how="anti") if faulty else frame


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
    filled = _filled(frame, [column])
    if field.type == "integer":
        filled = filled.filter(~nw.col(column).str.contains(rf"\A(?:{NARROW_FORMS['integer']})\z"))
    texts = collect(table.engine, filled.select(column).unique(), [column])[column]
    known = {text: value for text in texts if (value := in_one_form(rewrite, text)) != text}
    if not known:
        return frame
    other = f"{column} canonical"
    values = table.engine.small({column: list(known), other: list(known.values())})
    return frame.join(values, on=column, how="left").with_columns(nw.coalesce(other, column).alias(column)).drop(other)
