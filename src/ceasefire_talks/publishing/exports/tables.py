"""What all exports ask of a package: its tables, their rows, and the labels of their codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ceasefire_talks.package.package import Package
from ceasefire_talks.schema.model import Field, TableSchema


def resources(package: Package) -> list[dict[str, Any]]:
    """The descriptor's resources: the tables, then those of the codings that are kept beside them."""
    return list(package.descriptor["resources"])


def schemas(package: Package) -> Iterator[TableSchema]:
    """The schema of every resource, in the descriptor's order."""
    return (package.schema(resource["name"]) for resource in resources(package))


def labelled_fields(schema: TableSchema) -> Iterator[Field]:
    """The fields whose values are codes with readable labels."""
    return (field for field in schema.fields if field.labels)


def file_stem(package: Package) -> str:
    """How the names of all files of a release begin: `ceasefire-talks-0.1.0`."""
    return f"{package.descriptor['name']}-{package.descriptor['version']}"
