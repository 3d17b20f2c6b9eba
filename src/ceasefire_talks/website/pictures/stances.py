"""Who stands where on which issue: a matrix of actors and issues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from ceasefire_talks.package.package import Package
from ceasefire_talks.website.cells import Cell, TableRow
from ceasefire_talks.website.page import Part, parts

# The stances by what they say about an issue; a picture gives each group a colour, and each stance its word.
GROUPS = {
    "for": ("supports", "accepts"),
    "partly": ("accepts-with-changes", "no-objection", "optimistic"),
    "asks": ("demands", "proposes", "intends"),
    "against": ("opposes", "rejects"),
}
_GROUP_OF = {stance: group for group, stances in GROUPS.items() for stance in stances}
_ORDER = ("former", "unstated", "current")
# What one page shows; of a cell with more, the table has the others.
ACTORS_A_PAGE = 16
POSITIONS_A_PAGE = 150
STANCES_A_CELL = 12


@dataclass(frozen=True, slots=True)
class Stance:
    """A position as the matrix shows it; `group` is its colour, `voice` who said it where that was somebody else."""

    row: TableRow
    word: str
    group: str
    currency: str
    voice: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """The stances of some actors by issue, former before current.

    Attributes:
        part: the actors of this page, each with the number of its side.
        issues: those with the most positions first.
        stances: by issue and actor.
    """

    part: Part[tuple[int, Cell]]
    issues: list[Cell]
    stances: dict[tuple[str, str], list[Stance]]

    @property
    def sides(self) -> list[list[Cell]]:
        """The actors, those that belong to one another side by side."""
        return [[actor for _, actor in side] for _, side in groupby(self.part.items, key=lambda item: item[0])]

    @property
    def rows(self) -> list[TableRow]:
        """The positions that it shows."""
        return sorted(
            (s.row for found in self.stances.values() for s in found[:STANCES_A_CELL]), key=lambda row: row.id
        )


def matrices(package: Package, rows: Sequence[TableRow]) -> list[Matrix]:
    """The positions of a package as a matrix, in pages of some actors each; those with the most positions come first.

    Args:
        package: whose positions they are.
        rows: of the table of positions.
    """
    by_actor: dict[Cell, list[TableRow]] = {}
    for row in sorted(rows, key=lambda r: _ORDER.index(r.cells["currency"].text)):
        by_actor.setdefault(row.cells["actor_id"], []).append(row)
    sides = _sides(package, _by_count(r.cells["actor_id"] for r in rows), rows)
    actors = [(number, actor) for number, side in enumerate(sides) for actor in side]
    shares = parts(actors, ACTORS_A_PAGE, lambda item: len(by_actor[item[1]]), POSITIONS_A_PAGE)
    return [_matrix(share, [row for _, actor in share.items for row in by_actor[actor]]) for share in shares]


def _matrix(share: Part[tuple[int, Cell]], rows: list[TableRow]) -> Matrix:
    stances: dict[tuple[str, str], list[Stance]] = {}
    for row in rows:
        stances.setdefault((row.cells["issue"].text, row.cells["actor_id"].text), []).append(_stance(row))
    return Matrix(share, _by_count(r.cells["issue"] for r in rows), stances)


def _sides(package: Package, actors: list[Cell], rows: Iterable[TableRow]) -> list[list[Cell]]:
    above = {row["actor_id"]: row["affiliation"] for row in package.records("actors")}
    side_of = {actor: _root(actor.text, above) for actor in actors}
    weight = Counter(side_of[row.cells["actor_id"]] for row in rows)
    sides: dict[str, list[Cell]] = {side: [] for side, _ in weight.most_common()}
    for actor in actors:
        sides[side_of[actor]].append(actor)
    return list(sides.values())


def _root(actor: str, above: dict[str, str | None]) -> str:
    """The actor to which this one belongs at last; the check refuses circles, a picture must not hang in one."""
    seen = {actor}
    while (higher := above.get(actor)) is not None and higher not in seen:
        actor = higher
        seen.add(actor)
    return actor


def _stance(row: TableRow) -> Stance:
    cell, voice, holder = row.cells["stance"], row.cells["voiced_by"], row.cells["actor_id"]
    other = voice.name if voice.text not in ("", holder.text) else ""
    word = cell.name.lower()
    return Stance(row, word, _GROUP_OF.get(cell.text, "neither"), row.cells["currency"].text, other)


def _by_count(cells: Iterable[Cell]) -> list[Cell]:
    return [cell for cell, _ in Counter(cells).most_common()]
