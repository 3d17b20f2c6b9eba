"""The tables as metadata for CSV on the Web (W3C), beside the CSV files."""

from __future__ import annotations

import re
from typing import Any

from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.exports.encode import json_bytes
from ceasefire_talks.publishing.exports.tables import resources
from ceasefire_talks.schema.lexical import LARGEST, SMALLEST
from ceasefire_talks.schema.model import Field, TableSchema

BOUNDS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "minExclusive",
    "exclusiveMaximum": "maxExclusive",
    "minLength": "minLength",
    "maxLength": "maxLength",
}
DATATYPES: dict[str, dict[str, Any]] = {
    "integer": {"base": "integer", "minimum": SMALLEST, "maximum": LARGEST},
    "number": {"base": "decimal"},
    "boolean": {"base": "boolean", "format": "true|false"},
    "date": {"base": "date", "format": "yyyy-MM-dd"},
}


def csvw_metadata(package: Package) -> bytes:
    """A table group with types, constraints and keys; addresses are relative to the folder of datapackage.json."""
    d = package.descriptor
    paths = {resource["name"]: resource["path"] for resource in resources(package)}
    group = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": d["title"],
        "dc:description": d["description"],
        "dc:license": [licence.get("path", licence.get("name")) for licence in d["licenses"]],
        "dc:issued": d["created"][:10],
        "schema:version": d["version"],
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True, "trim": False},
        "tables": [_table(resource, package.schema(resource["name"]), paths) for resource in resources(package)],
    }
    return json_bytes(group)


def _table(resource: dict[str, Any], schema: TableSchema, paths: dict[str, str]) -> dict[str, Any]:
    return {
        "url": resource["path"],
        "dc:title": schema.title,
        "dc:description": schema.description,
        "tableSchema": {
            "columns": [_column(field, schema) for field in schema.fields],
            "primaryKey": list(schema.primary_key),
            "foreignKeys": [
                {
                    "columnReference": list(key.fields),
                    "reference": {"resource": paths[key.table], "columnReference": list(key.target_fields)},
                }
                for key in schema.foreign_keys
            ],
        },
    }


def _column(field: Field, schema: TableSchema) -> dict[str, Any]:
    return {
        "name": field.name,
        "titles": [field.name],
        "dc:title": field.title,
        "dc:description": field.description,
        "datatype": _datatype(field),
        "required": field.required,
        "null": list(schema.missing_values),
    }


def _datatype(field: Field) -> dict[str, Any]:
    datatype = dict(DATATYPES.get(field.type, {"base": "string"}))
    datatype |= {BOUNDS[name]: value for name, value in field.constraints.items() if name in BOUNDS}
    if datatype["base"] == "string" and field.enum is not None:
        datatype["format"] = "|".join(re.escape(code) for code in field.enum)
    elif datatype["base"] == "string" and "pattern" in field.constraints:
        datatype["format"] = field.constraints["pattern"]
    return datatype
