"""Events as bars between their date bounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.website.cells import Cell, TableRow, table_rows
from ceasefire_talks.website.pictures.scale import DayScale


@dataclass(frozen=True, slots=True)
class Bar:
    """An event on the time axis.

    Attributes:
        row: the event.
        actors: those who take part in it.
        shape: `day`, `throughout` a range, `once` on a day of a range, or `undated`.
        left, width: in per cent of the axis.
        opens, closes: whether that side is bounded.
    """

    row: TableRow
    actors: list[Cell]
    shape: str
    left: float = 0
    width: float = 0
    opens: bool = True
    closes: bool = True


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars in the order of their earliest day, undated ones last; and what they can be filtered by."""

    bars: list[Bar]
    ticks: list[tuple[float, str]]
    actors: list[Cell]
    types: list[Cell]


def timeline(package: Package) -> Timeline:
    """The events of a package on one axis."""
    records = {row["event_id"]: row for row in package.records("events")}
    days = [row[c] for row in records.values() for c in ("date_min", "date_max") if row[c] is not None]
    scale = DayScale(min(days, default=date.min), max(days, default=date.min))
    actors = _participants(package)
    rows = sorted(table_rows(package, "events"), key=lambda r: _order(records[r.id]))
    bars = [_bar(row, records[row.id], actors.get(row.id, []), scale) for row in rows]
    return Timeline(
        bars,
        scale.ticks() if days else [],
        _distinct([cell for bar in bars for cell in bar.actors]),
        _distinct([row.cells["type"] for row in rows]),
    )


def _participants(package: Package) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for row in table_rows(package, "participants"):
        actors = found.setdefault(row.cells["event_id"].text, [])
        if row.cells["actor_id"] not in actors:
            actors.append(row.cells["actor_id"])
    return found


def _bar(row: TableRow, event: Row, actors: list[Cell], scale: DayScale) -> Bar:
    low, high = event["date_min"], event["date_max"]
    if low is None and high is None:
        return Bar(row, actors, "undated")
    left, right = scale.at(low or scale.first), scale.at(high or scale.last)
    shape = "day" if low == high else "once" if event["date"].startswith("[") else "throughout"
    return Bar(row, actors, shape, left, round(max(right - left, 0), 2), low is not None, high is not None)


def _order(event: Row) -> tuple[str, str]:
    return str(event["date_min"] or event["date_max"] or "9"), event["event_id"]


def _distinct(cells: list[Cell]) -> list[Cell]:
    return sorted(dict.fromkeys(cells), key=lambda cell: cell.name)
