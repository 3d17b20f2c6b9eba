"""Who speaks for whom, and who belongs to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ceasefire_talks.website.cells import Cell, TableRow

STEP = 34
# A picture of more than these tells nobody anything: the tables have the others.
MOST_PAIRS = 100
MOST_ACTORS = 400
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
    """The picture; `speakers` and `holders` with their heights, and how many pairs are not in it."""

    speakers: dict[Cell, int]
    holders: dict[Cell, int]
    voices: list[Voice]
    height: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Trees:
    """Actors as trees of who belongs to whom, the largest first where not all are shown; and how many are not."""

    members: list[Member]
    left_out: int


def voices(positions: Iterable[TableRow]) -> Voices:
    """Who voiced whose positions, of many the pairs with the most.

    Args:
        positions: rows of the table.
    """
    counted = Counter(
        (row.cells["voiced_by"] if row.cells["voiced_by"].text else ARTICLE, row.cells["actor_id"]) for row in positions
    )
    pairs = counted if len(counted) <= MOST_PAIRS else Counter(dict(counted.most_common(MOST_PAIRS)))
    holders = _heights([holder for _, holder in pairs])
    speakers = _heights(sorted({speaker for speaker, _ in pairs}, key=lambda s: _middle(s, pairs, holders)))
    drawn = [Voice(s, h, count, (speakers[s], holders[h])) for (s, h), count in pairs.items()]
    height = STEP * max(len(speakers), len(holders)) + STEP
    return Voices(speakers, holders, drawn, height, len(counted) - len(pairs))


def affiliations(actors: Sequence[TableRow]) -> Trees:
    """The actors as trees of who belongs to whom.

    Args:
        actors: rows of the table.
    """
    below: dict[str, list[TableRow]] = {}
    for row in actors:
        below.setdefault(row.cells["affiliation"].text, []).append(row)
    trees = _members(below, "")
    if len(actors) <= MOST_ACTORS:
        return Trees(trees, 0)
    shown: list[Member] = []
    left = MOST_ACTORS
    for tree in sorted(trees, key=_size, reverse=True):
        if _size(tree) <= left:
            shown.append(tree)
            left -= _size(tree)
    return Trees(shown, len(actors) - MOST_ACTORS + left)


def _members(below: dict[str, list[TableRow]], actor: str) -> list[Member]:
    return [Member(row, _members(below, row.id)) for row in below.get(actor, [])]


def _size(member: Member) -> int:
    return 1 + sum(map(_size, member.members))


def _heights(cells: list[Cell]) -> dict[Cell, int]:
    return {cell: STEP * (n + 1) for n, cell in enumerate(dict.fromkeys(cells))}


def _middle(speaker: Cell, pairs: Counter[tuple[Cell, Cell]], holders: dict[Cell, int]) -> float:
    # A speaker stands at the height of those whom it speaks for, so that few lines cross.
    heights = [holders[holder] for s, holder in pairs if s == speaker]
    return sum(heights) / len(heights)
