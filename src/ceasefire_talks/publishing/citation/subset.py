r"""Rows of a release as a whole that can be cited and verified.

The hash of a subset is the SHA-256 of its canonical form, in UTF-8: for each table with rows in the subset, in the
order of the descriptor, a line with the table's name, the header, then the rows in the order of the released file; each
line as the released file has it (RFC 4180, quotes only where needed) and ended by LF. So it can be computed from the
files of a release with any tool:

    (echo events; head -1 data/events.csv; grep -E '^(ev-001|ev-002),' data/events.csv) | sha256sum
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from ceasefire_talks.package.errors import AmbiguousIdError, PackageError, UnknownNameError
from ceasefire_talks.package.package import Package
from ceasefire_talks.package.record import qualified_id, tombstone
from ceasefire_talks.publishing.citation.ids import compressed
from ceasefire_talks.publishing.citation.reference import Reference, of_source
from ceasefire_talks.schema.keys import KEY_SEPARATOR

if TYPE_CHECKING:
    import pandas as pd

# How many ids and ranges of ids a citation names before it gives their number only.
MOST_IDS = 24

Lines = dict[str, list[str]]


@dataclass(frozen=True)
class Subset:
    """Rows of a release.

    Attributes:
        headers: the header of each table with rows in the subset, in the order of the descriptor.
        rows: the cells of those rows as texts, by table and id, in the order of the files.
        ids: the ids as they are unambiguous in the release, in the same order.
    """

    headers: Mapping[str, list[str]]
    rows: Mapping[str, Lines]
    ids: tuple[str, ...]

    @property
    def canonical(self) -> bytes:
        """The canonical form, of which the hash is taken."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        for table, rows in self.rows.items():
            writer.writerows([[table], self.headers[table], *rows.values()])
        return text.getvalue().encode("utf-8")

    @cached_property
    def sha256(self) -> str:
        """The hash of the canonical form, in lower-case hex."""
        return hashlib.sha256(self.canonical).hexdigest()

    def statement(self, version: str) -> str:
        """What a citation says of the subset: version, ids (or their number, where they are many) and hash."""
        ranges = compressed(self.ids)
        count = f"{len(self.ids)} row{'s' if len(self.ids) > 1 else ''}"
        few = len(ranges) <= MOST_IDS
        named = f"{', '.join(ranges)} ({count})" if few else f"{count} of {', '.join(self.rows)}"
        return f"Subset of version {version}: {named}; sha256:{self.sha256}"

    def sources(self, package: Package) -> Iterator[Reference]:
        """The documents that the rows come from, in the order of the sources table."""
        sentences = {row["sentence_id"]: row["source_id"] for row in package.records("sentences")}
        wanted = set()
        for table, rows in self.rows.items():
            for cells in rows.values():
                row = dict(zip(self.headers[table], cells, strict=True))
                wanted.add(row.get("source_id") or sentences.get(row.get("sentence_id", "")))
        return (of_source(row) for row in package.records("sources") if row["source_id"] in wanted)


def select(package: Package, wanted: Iterable[str]) -> Subset:
    """The rows with these ids, written `table/id` where several tables hold an id; a table's name means all its rows.

    Raises:
        UnknownNameError: no table holds an id; the message names the nearest.
        AmbiguousIdError: several tables hold it.
        PackageError: the row was withdrawn, or no id was given.
    """
    headers, rows = _read(package)
    holders: dict[str, list[str]] = {}
    for table, lines in rows.items():
        for record in lines:
            holders.setdefault(record, []).append(table)
    chosen: dict[str, set[str]] = {}
    for record in wanted:
        for table, own_id in _resolve(package, record, rows, holders):
            chosen.setdefault(table, set()).add(own_id)
    if not chosen:
        raise PackageError("no row was named; give ids such as ev-001, or cite the release as a whole")
    kept = {t: {i: cells for i, cells in lines.items() if i in chosen[t]} for t, lines in rows.items() if t in chosen}
    ids = [i if len(holders[i]) == 1 else qualified_id(table, i) for table, lines in kept.items() for i in lines]
    return Subset({table: headers[table] for table in kept}, kept, tuple(ids))


def ids_in(package: Package, rows: pd.DataFrame | str | Iterable[str]) -> Iterable[str]:
    """The ids that a user gave: as a frame that has them, one by itself, or several."""
    if isinstance(rows, str):
        return [rows]
    return ids_of(package, cast("pd.DataFrame", rows)) if hasattr(rows, "columns") else rows


def ids_of(package: Package, frame: pd.DataFrame) -> list[str]:
    """The ids of the rows of a data frame that has the primary key of a table among its columns or index.

    The table is the one whose key leads the columns, as in every frame of `load`; else the only one whose key is there.

    Raises:
        PackageError: no key is there, several are, or an id is missing.
    """
    from ceasefire_talks.package.frames import LABEL_SUFFIX

    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    columns = [column for column in frame.columns if not str(column).endswith(LABEL_SUFFIX)]
    keys = {table: list(package.schema(table).primary_key) for table in package.tables}
    present = {table: key for table, key in keys.items() if key and set(key) <= set(columns)}
    leading = [table for table, key in present.items() if columns[: len(key)] == key]
    found = [max(leading, key=lambda table: len(present[table]))] if leading else list(present)
    if len(found) != 1:
        said = f"the keys of several tables ({', '.join(found)})" if found else "the key of no table"
        raise PackageError(f"the columns of the frame hold {said}; pass a list of ids, such as list(frame['event_id'])")
    cells = frame[present[found[0]]]
    if cells.isna().to_numpy().any():
        raise PackageError(f"a row of the frame has no {', '.join(present[found[0]])}")
    return [qualified_id(found[0], KEY_SEPARATOR.join(map(str, key))) for key in cells.itertuples(index=False)]


def _read(package: Package) -> tuple[Lines, dict[str, Lines]]:
    headers: Lines = {}
    rows: dict[str, Lines] = {}
    for table in package.tables:
        key = package.schema(table).primary_key
        with package.path(table).open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            headers[table] = next(reader)
            places = [headers[table].index(column) for column in key]
            rows[table] = {KEY_SEPARATOR.join(row[place] for place in places): row for row in reader}
    return headers, rows


def _resolve(
    package: Package, record: str, rows: Mapping[str, Lines], holders: Mapping[str, list[str]]
) -> list[tuple[str, str]]:
    table, _, own_id = record.partition(KEY_SEPARATOR)
    if own_id in rows.get(table, ()):
        return [(table, own_id)]
    if record in rows:
        return [(record, row) for row in rows[record]]
    found = holders.get(record, [])
    if len(found) > 1:
        raise AmbiguousIdError(record, found)
    if not found and (stone := tombstone(package, record)):
        raise PackageError(f"{record!r} was withdrawn in {stone['version']}: {stone['reason']}")
    if not found:
        raise UnknownNameError("record", record, holders)
    return [(found[0], record)]
