"""Events as bars between their date bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.website.cells import Cell, TableRow
from ceasefire_talks.website.page import Part, parts
from ceasefire_talks.website.pictures.scale import DayScale

EVENTS_A_PAGE = 200
TEXT_A_PAGE = 60_000


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
    """A page of events on an axis of its own.

    Attributes:
        part: its bars.
        ticks: days worth a line, with their positions.
        first, last: the days at which the axis begins and ends, empty where nothing is dated.
        actors, types: what its bars can be filtered by.
    """

    part: Part[Bar]
    ticks: list[tuple[float, str]]
    first: str
    last: str
    actors: list[Cell]
    types: list[Cell]


def timelines(package: Package, rows: Iterable[TableRow], participants: Iterable[TableRow]) -> Iterator[Timeline]:
    """The events of a package, in the order of their earliest day, undated ones last.

    Args:
        package: whose events they are.
        rows: of the table of events.
        participants: of the table of participants.
    """
    records = {row["event_id"]: row for row in package.records("events")}
    actors = _actors(participants)
    in_order = sorted(rows, key=lambda row: _order(records[row.id]))
    for share in parts(in_order, EVENTS_A_PAGE, lambda row: len(row.cells["summary"].text), TEXT_A_PAGE):
        yield _timeline(share, records, actors)


def _timeline(share: Part[TableRow], records: dict[str, Row], actors: dict[str, list[Cell]]) -> Timeline:
    events = [records[row.id] for row in share.items]
    days = [event[side] for event in events for side in ("date_min", "date_max") if event[side] is not None]
    first, last = min(days, default=date.min), max(days, default=date.min)
    scale = DayScale(first, last)
    bars = [_bar(row, records[row.id], actors.get(row.id, []), scale) for row in share.items]
    return Timeline(
        Part(bars, share.number, share.count),
        scale.ticks() if days else [],
        first.isoformat() if days else "",
        last.isoformat() if days else "",
        _distinct([cell for bar in bars for cell in bar.actors]),
        _distinct([row.cells["type"] for row in share.items]),
    )


def _actors(participants: Iterable[TableRow]) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for row in participants:
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
