"""Who speaks for whom, and who belongs to whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ceasefire_talks.package.package import Package
from ceasefire_talks.website.cells import Cell, TableRow, table_rows

STEP = 34
ARTICLE = Cell("", "the article itself")


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker, a holder, and how many positions of the holder the speaker voiced; `y` are their heights."""

    speaker: Cell
    holder: Cell
    count: int
    y: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Member:
    """An actor and those who belong to it."""

    row: TableRow
    members: list[Member]


@dataclass(frozen=True, slots=True)
class Voices:
    """The picture; `speakers` and `holders` with their heights."""

    speakers: dict[Cell, int]
    holders: dict[Cell, int]
    voices: list[Voice]
    height: int


def voices(package: Package) -> Voices:
    """Who voiced whose positions."""
    pairs = Counter(
        (row.cells["voiced_by"] if row.cells["voiced_by"].text else ARTICLE, row.cells["actor_id"])
        for row in table_rows(package, "positions")
    )
    holders = _heights([holder for _, holder in pairs])
    speakers = _heights(sorted({speaker for speaker, _ in pairs}, key=lambda s: _middle(s, pairs, holders)))
    drawn = [Voice(s, h, count, (speakers[s], holders[h])) for (s, h), count in pairs.items()]
    return Voices(speakers, holders, drawn, STEP * max(len(speakers), len(holders)) + STEP)


def affiliations(package: Package) -> list[Member]:
    """The actors as trees of who belongs to whom."""
    rows = table_rows(package, "actors")
    below: dict[str, list[TableRow]] = {}
    for row in rows:
        below.setdefault(row.cells["affiliation"].text, []).append(row)
    return _members(below, "")


def _members(below: dict[str, list[TableRow]], actor: str) -> list[Member]:
    return [Member(row, _members(below, row.id)) for row in below.get(actor, [])]


def _heights(cells: list[Cell]) -> dict[Cell, int]:
    return {cell: STEP * (n + 1) for n, cell in enumerate(dict.fromkeys(cells))}


def _middle(speaker: Cell, pairs: Counter[tuple[Cell, Cell]], holders: dict[Cell, int]) -> float:
    # A speaker stands at the height of those whom it speaks for, so that few lines cross.
    heights = [holders[holder] for s, holder in pairs if s == speaker]
    return sum(heights) / len(heights)
