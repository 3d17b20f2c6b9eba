"""The tables as Parquet files: typed columns, with titles, descriptions, units, keys and licence as metadata."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from ceasefire_talks.package.errors import needs_extra
from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.citation import cite
from ceasefire_talks.publishing.exports.tables import schemas
from ceasefire_talks.schema.model import Field, TableSchema

if TYPE_CHECKING:
    import pyarrow as pa

TYPES = {"integer": "int64", "number": "float64", "boolean": "bool", "date": "date32"}


def parquet_tables(package: Package) -> dict[str, bytes]:
    """A Parquet file of every table, by its name; the same bytes from the same version of Arrow.

    Raises:
        MissingExtraError: the `release` extra is not installed.
    """
    with needs_extra("release"):
        import pyarrow as pa
        import pyarrow.parquet as pq
    files: dict[str, bytes] = {}
    for schema in schemas(package):
        table = pa.Table.from_pylist(package.records(schema.name), schema=_arrow_schema(schema, package))
        file = io.BytesIO()
        pq.write_table(table, file)
        files[schema.name] = file.getvalue()
    return files


def _arrow_schema(schema: TableSchema, package: Package) -> pa.Schema:
    import pyarrow as pa

    return pa.schema([_arrow_field(field) for field in schema.fields], metadata=_metadata(schema, package.descriptor))


def _arrow_field(field: Field) -> pa.Field[Any]:
    import pyarrow as pa

    type_ = pa.type_for_alias(TYPES.get(field.type, "string"))
    told = {"title": field.title, "description": field.description, "unit": field.descriptor.get("unit")}
    return pa.field(field.name, type_, nullable=not field.required, metadata={k: v for k, v in told.items() if v})


def _metadata(schema: TableSchema, descriptor: dict[str, Any]) -> dict[str, str]:
    keys = [{"fields": k.fields, "table": k.table, "target": k.target_fields} for k in schema.foreign_keys]
    return {
        "title": schema.title,
        "description": schema.description,
        "primaryKey": json.dumps(schema.primary_key),
        "foreignKeys": json.dumps(keys),
        "version": descriptor["version"],
        "licence": ", ".join(licence["name"] for licence in descriptor["licenses"]),
        "citation": cite(descriptor, "apa"),
    }
