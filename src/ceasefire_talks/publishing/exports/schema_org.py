"""What the release is, in the terms of schema.org, for search engines and catalogues."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.exports.coverage import days, points
from ceasefire_talks.publishing.exports.encode import json_bytes
from ceasefire_talks.publishing.exports.tables import file_stem, schemas


def schema_org(package: Package, files: Sequence[tuple[str, str, str]]) -> bytes:
    """The release as a schema.org Dataset in JSON-LD.

    Args:
        package: what is described.
        files: of each file of the release, what its name has behind the stem, its media type and its title.
    """
    dataset = {
        "@context": {"@vocab": "https://schema.org/"},
        "@type": "Dataset",
        **described(package),
        **_covered(package),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": f"{schema.name}.{field.name}", "description": field.description}
            for schema in schemas(package)
            for field in schema.fields
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file_stem(package) + suffix,
                "encodingFormat": media_type,
                "description": title,
            }
            for suffix, media_type, title in files
        ],
    }
    return json_bytes(dataset)


def described(package: Package) -> dict[str, Any]:
    """The properties of a schema.org Dataset that the descriptor states; an address or a DOI only if it has one."""
    d = package.descriptor
    stated = {
        "name": d["title"],
        "alternateName": d["name"],
        "description": d.get("description"),
        "url": d.get("homepage"),
        "identifier": d.get("id"),
        "version": d["version"],
        "datePublished": d["created"][:10],
        "license": _one([licence.get("path", licence.get("name")) for licence in d.get("licenses", [])]),
        "creator": _one([{"@type": "Organization", "name": name} for name in creators(package)]),
        "keywords": d.get("keywords"),
        "isAccessibleForFree": True,
        "isBasedOn": [
            {"@type": "CreativeWork", "name": source["title"], "url": source["path"]} for source in d.get("sources", [])
        ],
    }
    return {name: value for name, value in stated.items() if value}


def creators(package: Package) -> list[str]:
    """The names of those who made the data."""
    return [c["title"] for c in package.descriptor.get("contributors", []) if "creator" in c.get("roles", ())]


def _covered(package: Package) -> dict[str, Any]:
    span = days(package)
    places = [
        {
            "@type": "Place",
            "name": place["name"],
            "geo": {"@type": "GeoCoordinates", "latitude": place["latitude"], "longitude": place["longitude"]},
        }
        for place in points(package)
    ]
    covered = {"temporalCoverage": f"{span[0]}/{span[1]}" if span else None, "spatialCoverage": places}
    return {name: value for name, value in covered.items() if value}


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
