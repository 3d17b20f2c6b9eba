"""Places on outlines that need no tiles."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.website.cells import TableRow, table_rows

WIDTH = 640
MARGIN = 60
MOST_PLACES = 150
# A label this near to another point, in units of the picture, would run into it.
NEAR = (150, 18)


@dataclass(frozen=True, slots=True)
class Point:
    """A place with coordinates; `events` counts what happened there, `flipped` puts its name at its left."""

    row: TableRow
    x: float
    y: float
    events: int
    flipped: bool


@dataclass(frozen=True, slots=True)
class Map:
    """The picture: outlines as SVG paths with their names, points, the places that have none.

    Attributes:
        provenance: whose outlines they are; empty where none are drawn.
        disputed: what they must not be taken to say.
        left_out: how many places are not shown, those with the fewest events.
    """

    width: int
    height: int
    outlines: list[tuple[str, str]]
    points: list[Point]
    vague: list[tuple[TableRow, int]]
    provenance: str
    disputed: str
    left_out: int


@dataclass(frozen=True, slots=True)
class _Projection:
    """Equirectangular, true to scale at the middle of the picture."""

    west: float
    north: float
    scale: float
    squeeze: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = MARGIN + (longitude - self.west) * self.scale * self.squeeze
        return round(x, 1), round(MARGIN + (self.north - latitude) * self.scale, 1)


def place_map(package: Package) -> Map:
    """The places of a package, with outlines only where those that come with the program cover all of them."""
    events = Counter(row["place_id"] for row in package.records("events") if row["place_id"])
    places = {row["place_id"]: row for row in package.records("places")}
    every = table_rows(package, "places")
    most = {row.id for row in sorted(every, key=lambda row: -events[row.id])[:MOST_PLACES]}
    rows = [row for row in every if row.id in most]
    located = [row for row in rows if places[row.id]["latitude"] is not None]
    vague = [(row, events[row.id]) for row in rows if places[row.id]["latitude"] is None]
    if not located:
        return Map(WIDTH, 0, [], [], vague, "", "", len(every) - len(rows))
    projection, height = _fitted([places[row.id] for row in located])
    spots = {row.id: projection.at(places[row.id]["longitude"], places[row.id]["latitude"]) for row in located}
    points = [Point(row, *spots[row.id], events[row.id], _crowded(row.id, spots)) for row in located]
    known = _outlines([places[row.id] for row in located])
    outlines = [(area["name"], _path(area["rings"], projection)) for area in known["areas"]]
    return Map(WIDTH, height, outlines, points, vague, known["provenance"], known["disputed"], len(every) - len(rows))


def _fitted(places: list[Row]) -> tuple[_Projection, int]:
    longitudes, latitudes = ([place[axis] for place in places] for axis in ("longitude", "latitude"))
    west, east, south, north = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
    squeeze = math.cos(math.radians((south + north) / 2))
    # Two places on one meridian, or one place alone, still need a width; half a degree shows what is around.
    wide, high = max((east - west) * squeeze, 0.5), max(north - south, 0.5)
    scale = min((WIDTH - 2 * MARGIN) / wide, (1.2 * WIDTH - 2 * MARGIN) / high)
    centred = west - ((WIDTH - 2 * MARGIN) / scale - (east - west) * squeeze) / 2 / squeeze
    return _Projection(centred, north, scale, squeeze), round(high * scale) + 2 * MARGIN


def _crowded(place: str, spots: dict[str, tuple[float, float]]) -> bool:
    x, y = spots[place]
    return any(0 < other - x < NEAR[0] and abs(height - y) < NEAR[1] for other, height in spots.values())


def _outlines(places: list[Row]) -> dict[str, Any]:
    known: dict[str, Any] = json.loads(files(__package__).joinpath("outlines.json").read_text("utf-8"))
    west, south, east, north = known["bounds"]
    covered = all(west <= p["longitude"] <= east and south <= p["latitude"] <= north for p in places)
    return known if covered else {"areas": [], "provenance": "", "disputed": ""}


def _path(rings: list[list[tuple[float, float]]], projection: _Projection) -> str:
    corners = [[projection.at(*point) for point in ring] for ring in rings]
    return "".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "Z" for ring in corners)
