"""Compare two packages: their definitions, and their rows cell by cell, paired by primary key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.progress import Bar, progress
from ceasefire_talks.publishing.diff.model import Kind, PackageDiff, Redefinition, Row, RowChange, TableDiff
from ceasefire_talks.publishing.diff.source import open_source
from ceasefire_talks.publishing.diff.tables import Cells, Rows, Side, read_side

# What differs with every release, and what is compared table by table.
_EXPECTED = {"version", "created", "resources", "$schema"}
# Follows from the rows, or is compared by itself.
_OF_FILE = {"bytes", "hash", "rows", "schema", "$schema"}
# Who reads by path, type, position or key gets other data, or none.
_READ_BY = {"path", "encoding", "dialect", "type", "format", "fields", "primaryKey", "missingValues"}
_MEANING = {"constraints", "unit", "foreignKeys", "uniqueKeys", "rowRules", "licenses", "id", "doi", "name"}

Select = Callable[[Cells], Cells]
Keyed = tuple[Cells, Cells]
Waiting = dict[Cells, Cells]
Rowwise = tuple[tuple[Row, ...], tuple[Row, ...], tuple[RowChange, ...]]


def compare(old: str, new: str, folder: Path | None = None) -> PackageDiff:
    """What differs between two packages, each a folder, zip, wheel, or revision of the folder's git repository.

    Args:
        old: where the old package is.
        new: where the new one is.
        folder: the folder whose repository is meant; the current one without it.

    Raises:
        PackageError: one of them cannot be read.
    """
    with open_source(old, folder) as old_source, open_source(new, folder) as new_source:
        return compare_sides(read_side(old_source), read_side(new_source))


def compare_sides(old: Side, new: Side) -> PackageDiff:
    """What differs between two packages that have been opened.

    Raises:
        PackageError: a table of one of them cannot be read.
    """
    names = [*new.resources, *(name for name in old.resources if name not in new.resources)]
    with progress("Comparing", sum(side.size(name) for side in (old, new) for name in side.resources)) as bar:
        diffs = [_compare_table(name, old, new, bar) for name in names]
    return PackageDiff(
        old.source.name,
        new.source.name,
        (old.version, new.version),
        tuple(_properties(old.descriptor, new.descriptor, _EXPECTED)),
        tuple(diff for diff in diffs if diff),
        tuple(dict.fromkeys((*old.others, *new.others))),
    )


def _compare_table(name: str, old: Side, new: Side, bar: Bar) -> TableDiff:
    if name not in new.resources:
        return _whole(name, old, Kind.REMOVED, bar)
    if name not in old.resources:
        return _whole(name, new, Kind.ADDED, bar)
    definitions = tuple(_definitions(old.resources[name], new.resources[name]))
    with old.rows(name, bar) as before, new.rows(name, bar) as after:
        key = new.schema(name).primary_key
        if not set(key) <= {*before.header} & {*after.header}:
            key = ()
        pair = _keyed if key else _unkeyed
        return TableDiff(name, key, definitions, *pair(before, after, key, name))


def _whole(name: str, side: Side, kind: Kind, bar: Bar) -> TableDiff:
    key = side.schema(name).primary_key
    with side.rows(name, bar) as rows:
        select = _selector(rows.header, key if set(key) <= set(rows.header) else ())
        found = tuple(Row(select(cells), _filled(rows.header, cells)) for cells in rows.rows)
    added, removed = ((), found) if kind is Kind.REMOVED else (found, ())
    return TableDiff(name, key, (Redefinition(kind),), added, removed, ())


def _keyed(old: Rows, new: Rows, key: Cells, name: str) -> Rowwise:
    shared = tuple(column for column in old.header if column in new.header)
    old_cells, new_cells = _selector(old.header, shared), _selector(new.header, shared)
    gone: Waiting = {}
    come: Waiting = {}
    changed = tuple(
        RowChange(row_key, _changes(shared, was, now))
        for row_key, before, after in _paired(_by_key(old, key, name), _by_key(new, key, name), gone, come)
        if (was := old_cells(before)) != (now := new_cells(after))
    )
    added = tuple(Row(row_key, _filled(new.header, row)) for row_key, row in come.items())
    removed = tuple(Row(row_key, _filled(old.header, row)) for row_key, row in gone.items())
    return added, removed, changed


def _paired(
    old: Iterator[Keyed], new: Iterator[Keyed], old_alone: Waiting, new_alone: Waiting
) -> Iterator[tuple[Cells, Cells, Cells]]:
    """Keys that both sides have, with their old and new rows; rows without a partner are left to the last arguments.

    Where the keys differ, the side with the lesser one goes on, so that rows that are in order wait for nothing.
    """
    before, after = next(old, None), next(new, None)
    while before or after:
        if before and after and before[0] == after[0]:
            yield *before, after[1]
            before, after = next(old, None), next(new, None)
        elif before and not (after and after[0] < before[0]):
            if before[0] in new_alone:
                yield *before, new_alone.pop(before[0])
            else:
                old_alone[before[0]] = before[1]
            before = next(old, None)
        elif after:
            if after[0] in old_alone:
                yield after[0], old_alone.pop(after[0]), after[1]
            else:
                new_alone[after[0]] = after[1]
            after = next(new, None)


def _unkeyed(old: Rows, new: Rows, _key: Cells, _name: str) -> Rowwise:
    shared = tuple(column for column in old.header if column in new.header)
    before, after = (Counter(map(_selector(rows.header, shared), rows.rows)) for rows in (old, new))
    added = tuple(Row((), _filled(shared, row)) for row in (after - before).elements())
    removed = tuple(Row((), _filled(shared, row)) for row in (before - after).elements())
    return added, removed, ()


def _by_key(rows: Rows, key: Cells, name: str) -> Iterator[Keyed]:
    key_of, seen = _selector(rows.header, key), set[Cells]()
    for row in rows.rows:
        row_key = key_of(row)
        if row_key in seen:
            raise _repeated(name, row_key)
        seen.add(row_key)
        yield row_key, row


def _repeated(name: str, key: Cells) -> PackageError:
    return PackageError(f"{name}: the key {'/'.join(key)!r} stands twice, so its rows cannot be compared; run `check`")


def _selector(header: Cells, columns: Cells) -> Select:
    if columns == header:
        return lambda row: row
    places = [header.index(column) for column in columns]
    if not places:
        return lambda _: ()
    # Of one column a slice, so that this is a tuple too.
    select: Select = itemgetter(*places) if len(places) > 1 else itemgetter(slice(places[0], places[0] + 1))
    return select


def _changes(columns: Cells, old: Cells, new: Cells) -> dict[str, tuple[str, str]]:
    return {column: (was, now) for column, was, now in zip(columns, old, new, strict=True) if was != now}


def _filled(header: Cells, row: Cells) -> dict[str, str]:
    return {column: cell for column, cell in zip(header, row, strict=True) if cell}


def _definitions(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Redefinition]:
    yield from _properties(old, new, _OF_FILE)
    yield from _properties(old["schema"], new["schema"], {"fields", "$schema"})
    before, after = ({field["name"]: field for field in side["schema"]["fields"]} for side in (old, new))
    for column in before.keys() - after.keys():
        yield Redefinition(Kind.REMOVED, column)
    for column, field in after.items():
        if column in before:
            yield from _properties(before[column], field, {"name"}, column)
        else:
            yield Redefinition(Kind.ADDED, column)
    orders = [[name for name in side if name in before and name in after] for side in (before, after)]
    if orders[0] != orders[1]:
        yield Redefinition(Kind.RETYPED, "", "fields", *orders)


def _properties(
    old: Mapping[str, Any], new: Mapping[str, Any], but: Collection[str], column: str = ""
) -> Iterator[Redefinition]:
    for name in dict.fromkeys((*old, *new)):
        if name not in but and old.get(name) != new.get(name):
            yield Redefinition(_kind(name), column, name, old.get(name), new.get(name))


def _kind(name: str) -> Kind:
    if name in _READ_BY:
        return Kind.RETYPED
    return Kind.REDEFINED if name in _MEANING else Kind.REWORDED
