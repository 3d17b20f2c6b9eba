"""The release in the metadata schema of DataCite, version 4.5, as its REST interface takes it."""

from __future__ import annotations

from typing import Any

from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.exports.coverage import days, points
from ceasefire_talks.publishing.exports.encode import json_bytes
from ceasefire_talks.publishing.exports.schema_org import creators

DOI = "https://doi.org/"


def datacite(package: Package) -> bytes:
    """The attributes of a DataCite record. The DOI is that of the descriptor's `id`, and absent without one."""
    d = package.descriptor
    record = {
        "doi": _doi(d.get("id", "")),
        "url": d.get("homepage"),
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Data package"},
        "creators": [{"name": name, "nameType": "Organizational"} for name in creators(package)],
        "titles": [{"title": d["title"]}],
        "publisher": {"name": ", ".join(creators(package))},
        "publicationYear": d["created"][:4],
        "subjects": [{"subject": keyword} for keyword in d.get("keywords", ())],
        "dates": _dates(package),
        "language": "en",
        "version": d["version"],
        "rightsList": [_rights(licence) for licence in d["licenses"]],
        "descriptions": [{"description": d["description"], "descriptionType": "Abstract"}],
        "relatedItems": [_source(source) for source in d["sources"]],
        "formats": ["text/csv"],
        "geoLocations": [_location(place) for place in points(package)],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    return json_bytes({name: value for name, value in record.items() if value})


def _doi(identifier: str) -> str | None:
    return identifier.removeprefix(DOI) if identifier.startswith(DOI) else None


def _dates(package: Package) -> list[dict[str, str]]:
    span = days(package)
    covered = {"dateType": "Other", "dateInformation": "days that the events cover"}
    coverage = [{"date": f"{span[0]}/{span[1]}", **covered}] if span else []
    return [{"date": package.descriptor["created"][:10], "dateType": "Issued"}, *coverage]


def _rights(licence: dict[str, str]) -> dict[str, str]:
    stated = {
        "rights": licence.get("title"),
        "rightsUri": licence.get("path"),
        "rightsIdentifier": licence.get("name"),
        "rightsIdentifierScheme": "SPDX" if "name" in licence else None,
    }
    return {name: value for name, value in stated.items() if value}


def _source(source: dict[str, str]) -> dict[str, Any]:
    return {
        "relatedItemType": "Text",
        "relationType": "IsDerivedFrom",
        "relatedItemIdentifier": {"relatedItemIdentifier": source["path"], "relatedItemIdentifierType": "URL"},
        "titles": [{"title": source["title"]}],
    }


def _location(place: dict[str, Any]) -> dict[str, Any]:
    point = {"pointLongitude": place["longitude"], "pointLatitude": place["latitude"]}
    return {"geoLocationPlace": place["name"], "geoLocationPoint": point}
