"""Who stands where on which issue: a matrix of actors and issues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ceasefire_talks.package.package import Package
from ceasefire_talks.website.cells import Cell, TableRow, table_rows

# The stances by what they say about an issue; a picture gives each group a colour, and each stance its word.
GROUPS = {
    "for": ("supports", "accepts"),
    "partly": ("accepts-with-changes", "no-objection", "optimistic"),
    "asks": ("demands", "proposes", "intends"),
    "against": ("opposes", "rejects"),
}
_GROUP_OF = {stance: group for group, stances in GROUPS.items() for stance in stances}
_ORDER = ("former", "unstated", "current")


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
    """The stances by issue, then by actor, former before current.

    Attributes:
        issues: those with the most positions first.
        sides: the actors, those that belong to one another side by side; the most positions first, within and without.
        stances: by issue and actor.
    """

    issues: list[Cell]
    sides: list[list[Cell]]
    stances: dict[tuple[str, str], list[Stance]]


def matrix(package: Package) -> Matrix:
    """The positions of a package as a matrix."""
    rows = table_rows(package, "positions")
    stances: dict[tuple[str, str], list[Stance]] = {}
    for row in sorted(rows, key=lambda r: _ORDER.index(r.cells["currency"].text)):
        stances.setdefault((row.cells["issue"].text, row.cells["actor_id"].text), []).append(_stance(row))
    actors = _by_count(r.cells["actor_id"] for r in rows)
    return Matrix(_by_count(r.cells["issue"] for r in rows), _sides(package, actors, rows), stances)


def _sides(package: Package, actors: list[Cell], rows: list[TableRow]) -> list[list[Cell]]:
    above = {row["actor_id"]: row["affiliation"] for row in package.records("actors")}
    side_of = {actor: _root(actor.text, above) for actor in actors}
    weight = Counter(side_of[row.cells["actor_id"]] for row in rows)
    return [[actor for actor in actors if side_of[actor] == side] for side, _ in weight.most_common()]


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
