import json
from importlib.resources import files

import jsonschema
import pytest
from geojson_pydantic import FeatureCollection

from ceasefire_talks.package.package import Package
from ceasefire_talks.package.record import evidence_of
from ceasefire_talks.publishing.exports.annotations import web_annotations
from ceasefire_talks.publishing.exports.datacite import datacite
from ceasefire_talks.publishing.exports.geojson import events_geojson, places_geojson
from ceasefire_talks.publishing.exports.schema_org import schema_org


@pytest.fixture
def identified(released):
    package = Package(released.root)
    package.descriptor.update(id="https://doi.org/10.1234/example", homepage="https://example.org/")
    return package


def test_datacite_accepts_the_record(bundled, released, identified):
    schema = json.loads((files("datacite") / "schemas" / "datacite-v4.5.json").read_text("utf-8"))
    for package in (bundled, released, identified):
        jsonschema.Draft201909Validator(schema).validate(json.loads(datacite(package)))


def test_a_doi_and_an_address_stand_where_the_descriptor_has_them_and_nowhere_else(released, identified):
    record = json.loads(datacite(identified))
    assert (record["doi"], record["url"]) == ("10.1234/example", "https://example.org/")
    assert not {"doi", "url", "identifiers"} & set(json.loads(datacite(released)))
    dataset = json.loads(schema_org(identified, []))
    assert (dataset["identifier"], dataset["url"]) == ("https://doi.org/10.1234/example", "https://example.org/")
    assert not {"identifier", "url"} & set(json.loads(schema_org(released, [])))


def test_schema_org_says_what_the_descriptor_says(released):
    dataset = json.loads(schema_org(released, [(".x", "text/x", "An X")]))
    d = released.descriptor
    assert dataset["@type"] == "Dataset"
    assert [dataset[k] for k in ("name", "version", "description")] == [
        d[k] for k in ("title", "version", "description")
    ]
    assert dataset["datePublished"] == d["created"][:10]
    assert dataset["distribution"][0]["name"] == f"{d['name']}-{d['version']}.x"
    measured = {variable["name"] for variable in dataset["variableMeasured"]}
    assert measured == {f"{t}.{column}" for t in released.tables for column in released.schema(t).columns}


@pytest.mark.parametrize(("export", "table"), [(places_geojson, "places"), (events_geojson, "events")])
def test_geojson_is_valid_and_has_every_record(export, table, released, bundled):
    for package in (released, bundled):
        collection = FeatureCollection.model_validate_json(export(package))
        key = package.schema(table).primary_key[0]
        assert [feature.id for feature in collection.features] == [row[key] for row in package.records(table)]


def test_points_are_longitude_and_latitude_and_absent_where_unknown(bundled):
    for feature, row in zip(json.loads(places_geojson(bundled))["features"], bundled.records("places"), strict=True):
        point = feature["geometry"] and feature["geometry"]["coordinates"]
        assert point == ([row["longitude"], row["latitude"]] if row["latitude"] is not None else None)


def test_an_event_lies_where_its_place_lies_and_says_what_kind_of_place_that_is(bundled):
    places = {f["id"]: f for f in json.loads(places_geojson(bundled))["features"]}
    for feature in json.loads(events_geojson(bundled))["features"]:
        place = places.get(feature["properties"]["place_id"])
        assert feature["geometry"] == (place and place["geometry"])
        assert feature["properties"].get("place_kind") == (place and place["properties"]["kind"])


def test_annotations_follow_the_model_and_point_at_the_same_words(released):
    collection = json.loads(web_annotations(released))
    assert (collection["@context"], collection["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection")
    items = collection["first"]["items"]
    rows = released.records("evidence")
    assert collection["total"] == len(items) == len(rows)
    for item, row in zip(items, rows, strict=True):
        (placed,) = evidence_of(released, "evidence", row["evidence_id"])
        assert item["type"] == "Annotation"
        assert item["id"] == f"#{row['evidence_id']}"
        assert item["target"]["selector"] == {
            "type": "TextPositionSelector",
            "start": placed["document_start"],
            "end": placed["document_end"],
        }
        table, _, record = item["body"][0]["value"].partition("/")
        assert any(record in r.values() for r in released.records(table))


def test_annotations_quote_nothing(released):
    text = web_annotations(released).decode("utf-8")
    assert "TextQuoteSelector" not in text
    assert '"exact"' not in text
