"""What the home page shows besides its own words."""

from __future__ import annotations

import json
from typing import Any

from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.exports.schema_org import schema_org
from ceasefire_talks.website.cells import table_rows
from ceasefire_talks.website.pictures.stances import STANCES_A_CELL, matrices
from ceasefire_talks.website.templating import render

PICTURE = "<!-- who stands where -->"
COUNTS = "<!-- how much there is -->"
# More places than these say no better what the data cover, and weigh on the page.
MOST_PLACES = 100
# The tables that tell at a glance what the data are about.
_COUNTED = ("events", "positions", "figures", "actors", "evidence", "corroborations")


def with_picture(markdown: str, package: Package) -> str:
    """The text of the home page with the picture of who stands where, and how many rows there are, at their marks."""
    counted = [r for r in package.descriptor["resources"] if r["name"] in _COUNTED]
    counts = render("counts.html", resources=sorted(counted, key=lambda r: _COUNTED.index(r["name"])))
    first = matrices(package, table_rows(package, "positions"))[0]
    picture = render("stances.html", matrix=first, base="", most=STANCES_A_CELL)
    return markdown.replace(COUNTS, counts).replace(PICTURE, picture)


def json_ld(package: Package, site_url: str) -> str:
    """The data set in the terms of schema.org, as an element for the head of a page.

    Args:
        package: whose site it is.
        site_url: its address, ended by `/`; empty where it is not known, then addresses are relative.
    """
    dataset: dict[str, Any] = json.loads(schema_org(package, []))
    dataset["distribution"] = [
        {
            "@type": "DataDownload",
            "name": resource["title"],
            "encodingFormat": resource["mediatype"],
            "contentUrl": site_url + resource["path"],
        }
        for resource in package.descriptor["resources"]
    ]
    if len(dataset.get("spatialCoverage", [])) > MOST_PLACES:
        del dataset["spatialCoverage"]
    if site_url:
        dataset.setdefault("url", site_url)
    # Inside a script element `<` could end it, or begin what swallows its end; in JSON both forms are the same text.
    text = json.dumps(dataset, ensure_ascii=False).replace("<", r"\u003c")
    return f'<script type="application/ld+json">{text}</script>'
