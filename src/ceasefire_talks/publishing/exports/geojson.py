"""Places and events as GeoJSON (RFC 7946)."""

from __future__ import annotations

from datetime import date
from typing import Any

from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.publishing.exports.coverage import EVENTS, PLACES
from ceasefire_talks.publishing.exports.encode import json_bytes

COORDINATES = ("longitude", "latitude")


def places_geojson(package: Package) -> bytes:
    """Every place as a feature; the geometry is null where a place has no coordinates."""
    return _collection([_feature(row["place_id"], row, row) for row in package.records(PLACES)])


def events_geojson(package: Package) -> bytes:
    """Every event as a feature at its place; the geometry is null where the place is unknown or has no coordinates.

    `place_name` and `place_kind` stand among the properties: the point of a country or a region only stands for it.
    """
    places = {row["place_id"]: row for row in package.records(PLACES)}
    return _collection([_event(row, places.get(row["place_id"])) for row in package.records(EVENTS)])


def _event(event: Row, place: Row | None) -> dict[str, Any]:
    at = {"place_name": place["name"], "place_kind": place["kind"]} if place else {}
    return _feature(event["event_id"], {**event, **at}, place)


def _feature(id_: str, properties: Row, place: Row | None) -> dict[str, Any]:
    located = place is not None and place["latitude"] is not None
    shown = {name: _plain(value) for name, value in properties.items() if name not in COORDINATES}
    point = {"type": "Point", "coordinates": [place[axis] for axis in COORDINATES]} if place and located else None
    return {"type": "Feature", "id": id_, "geometry": point, "properties": shown}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _collection(features: list[dict[str, Any]]) -> bytes:
    return json_bytes({"type": "FeatureCollection", "features": features})
