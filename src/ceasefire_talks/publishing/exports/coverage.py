"""Which days and places a package covers."""

from __future__ import annotations

from datetime import date

from ceasefire_talks.package.package import Package, Row

EVENTS, PLACES = "events", "places"


def days(package: Package) -> tuple[date, date] | None:
    """The first and the last day that bounds an event; None where no event is dated."""
    rows = package.records(EVENTS) if EVENTS in package.tables else []
    known = [row[column] for row in rows for column in ("date_min", "date_max") if row[column] is not None]
    return (min(known), max(known)) if known else None


def points(package: Package) -> list[Row]:
    """The places that have coordinates."""
    rows = package.records(PLACES) if PLACES in package.tables else []
    return [row for row in rows if row["latitude"] is not None]
