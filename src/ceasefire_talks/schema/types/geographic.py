"""geojson: objects of RFC 7946, and topologies of TopoJSON, by their structure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ceasefire_talks.schema.types.form import Form, Reader, refuse
from ceasefire_talks.schema.types.structured import is_number, parse_json

Test = Callable[[Any], bool]


def _position(value: Any) -> bool:
    return isinstance(value, list) and len(value) >= 2 and all(map(is_number, value))  # noqa: PLR2004


def _several(item: Test, least: int = 0) -> Test:
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(item, value))


def _ring(value: Any) -> bool:
    return _several(_position, 4)(value) and value[0] == value[-1]


_LINE = _several(_position, 2)
_POLYGON = _several(_ring)
_COORDINATES: Mapping[str, Test] = {
    "Point": _position,
    "MultiPoint": _several(_position),
    "LineString": _LINE,
    "MultiLineString": _several(_LINE),
    "Polygon": _POLYGON,
    "MultiPolygon": _several(_POLYGON),
}


def _geometry(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if value.get("type") == "GeometryCollection":
        return _several(_geometry)(value.get("geometries"))
    kind = value.get("type")
    return isinstance(kind, str) and kind in _COORDINATES and _COORDINATES[kind](value.get("coordinates"))


def _feature(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.get("type") == "Feature"
        and {"geometry", "properties"} <= set(value)
        and (value["geometry"] is None or _geometry(value["geometry"]))
        and isinstance(value["properties"], dict | None)
    )


def _geojson(value: Any) -> bool:
    if isinstance(value, dict) and value.get("type") == "FeatureCollection":
        return _several(_feature)(value.get("features"))
    return _feature(value) or _geometry(value)


def _shape(value: Any) -> bool:
    kind = value.get("type", "") if isinstance(value, dict) else ""
    if kind is None or not isinstance(kind, str):
        return kind is None
    if kind == "GeometryCollection":
        return _several(_shape)(value.get("geometries"))
    part = "coordinates" if kind in ("Point", "MultiPoint") else "arcs"
    return kind in _COORDINATES and isinstance(value.get(part), list)


def _topology(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.get("type") == "Topology"
        and isinstance(value.get("objects"), dict)
        and all(map(_shape, value["objects"].values()))
        and _several(_LINE)(value.get("arcs"))
    )


def _json(test: Test) -> Reader:
    def read(text: str) -> Any:
        try:
            value = parse_json(text)
            return value if test(value) else refuse(text)
        except RecursionError as error:
            raise ValueError("nested too deep") from error

    return read


FORMS = (
    Form(
        "geojson",
        "default",
        "a JSON object that is a geometry, feature or feature collection of RFC 7946: positions of two numbers or "
        "more, lines of two positions or more, rings of four or more that are closed",
        "dict",
        "a GeoJSON object",
        lambda _: _json(_geojson),
    ),
    Form(
        "geojson",
        "topojson",
        "a JSON object that is a topology: `objects` by name, each a geometry, and `arcs` of two positions or more",
        "dict",
        "a TopoJSON object",
        lambda _: _json(_topology),
    ),
)
