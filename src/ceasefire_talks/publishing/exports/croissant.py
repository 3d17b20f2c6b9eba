"""The tables as Croissant metadata (MLCommons), beside the CSV files."""

from __future__ import annotations

from typing import Any

from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.citation import cite
from ceasefire_talks.publishing.exports.encode import json_bytes
from ceasefire_talks.publishing.exports.schema_org import described
from ceasefire_talks.publishing.exports.tables import resources
from ceasefire_talks.schema.model import Field, TableSchema

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
TYPES = {"integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date"}
_TERMS = ("citeAs", "column", "extract", "field", "fileObject", "key", "recordSet", "source")
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    **{term: f"cr:{term}" for term in _TERMS},
}


def croissant(package: Package) -> bytes:
    """A record set for every table; addresses are relative to the folder of datapackage.json."""
    dataset = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        **described(package),
        "citeAs": cite(package.descriptor, "bibtex"),
        "distribution": [_file(resource) for resource in resources(package)],
        "recordSet": [_record_set(package.schema(resource["name"]), resource) for resource in resources(package)],
    }
    return json_bytes(dataset)


def _file(resource: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["name"],
        "description": resource["description"],
        "contentUrl": resource["path"],
        "contentSize": f"{resource['bytes']} B",
        "encodingFormat": "text/csv",
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _record_set(schema: TableSchema, resource: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": schema.name,
        "name": schema.name,
        "description": schema.description,
        "key": [{"@id": _id(schema.name, column)} for column in schema.primary_key],
        "field": [_field(field, schema, resource) for field in schema.fields],
    }


def _field(field: Field, schema: TableSchema, resource: dict[str, Any]) -> dict[str, Any]:
    # No `references`: a reader that follows them joins the tables and loses the rows whose key is empty.
    return {
        "@type": "cr:Field",
        "@id": _id(schema.name, field.name),
        "name": field.name,
        "description": field.description,
        "dataType": TYPES.get(field.type, "sc:Text"),
        "source": {"fileObject": {"@id": resource["path"]}, "extract": {"column": field.name}},
    }


def _id(table: str, column: str) -> str:
    return f"{table}/{column}"
