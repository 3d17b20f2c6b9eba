"""The tables as a script for PostgreSQL's psql: create, load from the CSV files, then enforce all keys."""

from __future__ import annotations

from collections.abc import Iterator

from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.exports import sql
from ceasefire_talks.publishing.exports.tables import resources, schemas
from ceasefire_talks.schema.model import Field


def postgresql_script(package: Package) -> bytes:
    """Statements that load the package whole or not at all; psql runs them in the folder of datapackage.json.

    Keys into other tables come last, so that the order of the tables does not matter.
    """
    return "\n".join(
        [
            "-- In the folder that holds datapackage.json:",
            "-- psql --set ON_ERROR_STOP=1 --file sql/postgresql.sql DATABASE",
            "SET client_encoding = 'UTF8';",
            "BEGIN;\n",
            *(sql.create_table(schema, POSTGRESQL, foreign_keys=False) for schema in schemas(package)),
            sql.create_labels(),
            *_copies(package),
            *_labels(package),
            "",
            *_foreign_keys(package),
            "",
            *sql.create_views(package),
            "COMMIT;\n",
        ]
    ).encode("utf-8")


def _copies(package: Package) -> Iterator[str]:
    for resource in resources(package):
        table = sql.identifier(sql.table_name(resource["name"]))
        yield f"\\copy {table} from {sql.literal(resource['path'])} with (format csv, header true, encoding 'UTF8')"


def _labels(package: Package) -> Iterator[str]:
    rows = ",\n".join(f"  ({', '.join(map(sql.literal, row))})" for row in sql.label_rows(package))
    if rows:
        yield f"INSERT INTO {sql.LABELS} VALUES\n{rows};"


def _foreign_keys(package: Package) -> Iterator[str]:
    for schema in schemas(package):
        for key in schema.foreign_keys:
            yield f"ALTER TABLE {sql.identifier(sql.table_name(schema.name))} ADD {sql.foreign_key(key)};"


def _of_type(_column: str, _field: Field) -> None:
    return None


def _matches(column: str, pattern: str) -> str:
    # In the collation C a range of characters is a range of code points, as it is in the definition.
    return f'{column} COLLATE "C" ~ {sql.literal(f"^(?:{pattern})$")}'


POSTGRESQL = sql.Dialect(
    types={"string": "text", "integer": "bigint", "number": "double precision", "boolean": "boolean", "date": "date"},
    table_options="",
    length="char_length",
    of_type=_of_type,
    matches=_matches,
)
