"""The faults that are planted, each with the place and the code that a validator has to name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias
from zlib import crc32

import numpy as np

from scale.fault import Fault
from scale.tables import PRIMARY_KEYS, REFERABLE, Sizes, frame

KINDS = (
    "date",
    "integer",
    "number",
    "boolean",
    "enum",
    "pattern",
    "too long",
    "out of range",
    "required",
    "duplicate key",
    "dangling key",
)
MOST_EACH = 25
ROWS_FOR_ONE = 4_000

Texts: TypeAlias = Callable[[int], str | None]


@dataclass(frozen=True)
class Target:
    """Where faults of one kind are planted, the code of their problem, and the text of the n-th."""

    kind: str
    code: str
    table: str
    column: str
    text: Texts


def _in_turn(*texts: str | None) -> Texts:
    return lambda n: texts[n % len(texts)]


_BAD_DATE = _in_turn("2021-02-30", "yesterday", "2019-13-01", "24/03/2021", "2020-1-5 noon")
_BAD_INTEGER = _in_turn("twelve", "12.5", "1O0", "7 km", "--4")
_BAD_NUMBER = _in_turn("n/a", "3,14", "0.5.1", "half", "1.2m")
_BAD_BOOLEAN = _in_turn("maybe", "yes!", "tru", "2", "wahr")
_UNLISTED = _in_turn("unlisted", "Body", "other?", "vote ", "-")
_EMPTY = _in_turn(None)

# Twelve kinds of place for three columns each, so that a fault lies in every type of column and in every table.
TARGETS = (
    Target("date", "C01", "articles", "published", _BAD_DATE),
    Target("date", "C01", "events", "start", _BAD_DATE),
    Target("date", "C01", "mentions", "seen", _BAD_DATE),
    Target("integer", "C01", "articles", "words", _BAD_INTEGER),
    Target("integer", "C01", "events", "visitors", _BAD_INTEGER),
    Target("integer", "C01", "outlets", "circulation", _BAD_INTEGER),
    Target("number", "C01", "regions", "area", _BAD_NUMBER),
    Target("number", "C01", "events", "latitude", _BAD_NUMBER),
    Target("number", "C01", "mentions", "score", _BAD_NUMBER),
    Target("boolean", "C01", "articles", "paid", _BAD_BOOLEAN),
    Target("boolean", "C01", "events", "certain", _BAD_BOOLEAN),
    Target("boolean", "C01", "mentions", "verified", _BAD_BOOLEAN),
    Target("enum", "C03", "sentences", "kind", _UNLISTED),
    Target("enum", "C03", "events", "type", _UNLISTED),
    Target("enum", "C03", "mentions", "role", _UNLISTED),
    Target("pattern", "C04", "articles", "language", _in_turn("EN", "eng", "e", "ñe", "d1")),
    Target("pattern", "C04", "sentences", "digest", _in_turn("0123456789abcdeg", "beef", "ABCDEF0123456789", "0" * 17)),
    Target("pattern", "C04", "actors", "code", _in_turn("abc12", "AB12", "ABC123", "ABÇ12", "ABC 1")),
    Target("too long", "C05", "articles", "title", lambda n: "title " * 14 + "é" * n),
    Target("too long", "C05", "sentences", "text", lambda n: "sentence, too long " * 11 + "🚋" * n),
    Target("too long", "C05", "actors", "name", lambda n: "n" * (61 + n)),
    Target("out of range", "C06", "articles", "words", _in_turn("0", "-1", "20001", "999999")),
    Target("out of range", "C06", "events", "longitude", _in_turn("180.0001", "-181", "360", "-1000.5")),
    Target("out of range", "C06", "mentions", "seen", _in_turn("1999-12-31", "2027-01-01", "1066-10-14")),
    Target("required", "C02", "sentences", "digest", _EMPTY),
    Target("required", "C02", "events", "start", _EMPTY),
    Target("required", "C02", "mentions", "role", _EMPTY),
    Target("duplicate key", "K02", "sentences", "article_id", _EMPTY),
    Target("duplicate key", "K02", "events", "event_id", _EMPTY),
    Target("duplicate key", "K02", "mentions", "mention_id", _EMPTY),
    Target("dangling key", "K01", "events", "region_id", lambda n: f"rg-9{n:07}"),
    Target("dangling key", "K01", "actors", "region_id", lambda n: f"rg-8{n:07}"),
    Target("dangling key", "K01", "articles", "derived_from", lambda n: f"ar-9{n:07}"),
    Target("dangling key", "K01", "regions", "part_of", lambda n: f"rg-7{n:07}"),
    Target("dangling key", "K01", "mentions", "event_id", lambda n: f"ev-9{n:07}"),
    Target("dangling key", "K01", "mentions", "article_id", _EMPTY),
)


def plan(sizes: Sizes) -> list[Fault]:
    """Where to plant: up to 25 faults a target, no two in one row, keys only in rows that nothing points to."""
    total = sum(sizes.rows.values())
    each = max(1, min(MOST_EACH, total // ROWS_FOR_ONE))
    return [fault for table in sizes.rows for fault in _of_table(table, each, sizes)]


def _of_table(table: str, each: int, sizes: Sizes) -> Iterator[Fault]:
    targets = [target for target in TARGETS if target.table == table]
    keys = [target for target in targets if target.kind == "duplicate key"]
    others = [target for target in targets if target.kind != "duplicate key"]
    last = int(sizes.rows[table] * REFERABLE)
    chance = np.random.default_rng(crc32(table.encode()))
    sources = chance.choice(last // 2, each * len(keys), replace=False)
    tail = last + chance.choice(sizes.rows[table] - last, each * len(keys), replace=False)
    body = last // 2 + chance.choice(last - last // 2, each * len(others), replace=False)
    for index, row in enumerate(tail.tolist()):
        yield _duplicate(keys[index // each], row, int(sources[index]), sizes)
    for index, row in enumerate(body.tolist()):
        yield _damaged(others[index // each], row, index % each)


def _at(target: Target, row: int, cells: dict[str, str | None]) -> Fault:
    return Fault(target.kind, target.code, target.table, row, row + 2, target.column, cells)


def _duplicate(target: Target, row: int, source: int, sizes: Sizes) -> Fault:
    cells = frame(target.table, source, source + 1, sizes).select(PRIMARY_KEYS[target.table]).row(0, named=True)
    return _at(target, row, cells)


def _damaged(target: Target, row: int, n: int) -> Fault:
    if target.kind == "dangling key" and target.column == "article_id":
        # The article is there, and so is the position; only the pair is not.
        return _at(target, row, {"article_id": "ar-00000000", "position": str(9_000 + n)})
    return _at(target, row, {target.column: target.text(n)})


def moved(faults: list[Fault], lines_before: Callable[[str, int], int]) -> list[Fault]:
    """The faults at the lines that they have where cells hold line breaks: so many lines more than rows before."""
    return [replace(fault, line=fault.line + lines_before(fault.table, fault.row)) for fault in faults]
