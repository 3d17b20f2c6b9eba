"""Compare two packages: their definitions, and their rows cell by cell, paired by primary key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any

from ceasefire_talks.package.errors import PackageError
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
Progress = Callable[[str, int, int], None]
Rowwise = tuple[tuple[Row, ...], tuple[Row, ...], tuple[RowChange, ...]]


def _silent(_table: str, _done: int, _tables: int) -> None:
    pass


def compare(old: str, new: str, folder: Path | None = None, progress: Progress = _silent) -> PackageDiff:
    """What differs between two packages, each a folder, zip, wheel, or revision of the folder's git repository.

    Args:
        old: where the old package is.
        new: where the new one is.
        folder: the folder whose repository is meant; the current one without it.
        progress: is told each table before it is compared, the number of those done, and of all.

    Raises:
        PackageError: one of them cannot be read.
    """
    with open_source(old, folder) as old_source, open_source(new, folder) as new_source:
        return compare_sides(read_side(old_source), read_side(new_source), progress)


def compare_sides(old: Side, new: Side, progress: Progress = _silent) -> PackageDiff:
    """What differs between two packages that have been opened.

    Raises:
        PackageError: a table of one of them cannot be read.
    """
    names = [*new.resources, *(name for name in old.resources if name not in new.resources)]
    diffs = []
    for done, name in enumerate(names):
        progress(name, done, len(names))
        diffs.append(_compare_table(name, old, new))
    return PackageDiff(
        old.source.name,
        new.source.name,
        (old.version, new.version),
        tuple(_properties(old.descriptor, new.descriptor, _EXPECTED)),
        tuple(diff for diff in diffs if diff),
        tuple(dict.fromkeys((*old.others, *new.others))),
    )


def _compare_table(name: str, old: Side, new: Side) -> TableDiff:
    if name not in new.resources:
        return _whole(name, old, Kind.REMOVED)
    if name not in old.resources:
        return _whole(name, new, Kind.ADDED)
    definitions = tuple(_definitions(old.resources[name], new.resources[name]))
    with old.rows(name) as before, new.rows(name) as after:
        key = new.schema(name).primary_key
        if not set(key) <= {*before.header} & {*after.header}:
            key = ()
        pair = _keyed if key else _unkeyed
        return TableDiff(name, key, definitions, *pair(before, after, key, name))


def _whole(name: str, side: Side, kind: Kind) -> TableDiff:
    key = side.schema(name).primary_key
    with side.rows(name) as rows:
        select = _selector(rows.header, key if set(key) <= set(rows.header) else ())
        found = tuple(Row(select(cells), _filled(rows.header, cells)) for cells in rows.rows)
    added, removed = ((), found) if kind is Kind.REMOVED else (found, ())
    return TableDiff(name, key, (Redefinition(kind),), added, removed, ())


def _keyed(old: Rows, new: Rows, key: Cells, name: str) -> Rowwise:
    old_key, new_key = _selector(old.header, key), _selector(new.header, key)
    shared = tuple(column for column in old.header if column in new.header)
    old_cells, new_cells = _selector(old.header, shared), _selector(new.header, shared)
    # A row that has been paired, or is new, leaves None behind: its key may not come again.
    waiting: dict[Cells, Cells | None] = dict(_by_key(old, old_key, name))
    added, changed = [], []
    for row in new.rows:
        row_key = new_key(row)
        if row_key not in waiting:
            added.append(Row(row_key, _filled(new.header, row)))
        elif (before := waiting[row_key]) is None:
            raise _repeated(name, row_key)
        elif (was := old_cells(before)) != (now := new_cells(row)):
            changed.append(RowChange(row_key, _changes(shared, was, now)))
        waiting[row_key] = None
    removed = (Row(row_key, _filled(old.header, row)) for row_key, row in waiting.items() if row is not None)
    return tuple(added), tuple(removed), tuple(changed)


def _unkeyed(old: Rows, new: Rows, _key: Cells, _name: str) -> Rowwise:
    shared = tuple(column for column in old.header if column in new.header)
    before, after = (Counter(map(_selector(rows.header, shared), rows.rows)) for rows in (old, new))
    added = tuple(Row((), _filled(shared, row)) for row in (after - before).elements())
    removed = tuple(Row((), _filled(shared, row)) for row in (before - after).elements())
    return added, removed, ()


def _by_key(rows: Rows, key_of: Select, name: str) -> dict[Cells, Cells]:
    found: dict[Cells, Cells] = {}
    for row in rows.rows:
        key = key_of(row)
        if key in found:
            raise _repeated(name, key)
        found[key] = row
    return found


def _repeated(name: str, key: Cells) -> PackageError:
    return PackageError(f"{name}: the key {'/'.join(key)!r} stands twice, so its rows cannot be compared; run `check`")


def _selector(header: Cells, columns: Cells) -> Select:
    if columns == header:
        return lambda row: row
    places = [header.index(column) for column in columns]
    if not places:
        return lambda _: ()
    if len(places) == 1:
        place = places[0]
        return lambda row: (row[place],)
    select: Select = itemgetter(*places)
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
