"""A table as a pandas DataFrame whose dtypes come from its schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ceasefire_talks.schema.model import Field, TableSchema

if TYPE_CHECKING:
    from ceasefire_talks.package.package import Package

LABEL_SUFFIX = "_label"


def dtype(field: Field) -> Any:
    """The pandas dtype of a field: str, Int64, float64, boolean, datetime64[s], or the category of its closed list."""
    if field.type == "string" and field.enum is not None:
        return pd.CategoricalDtype(list(field.enum), ordered=field.ordered)
    return {"integer": "Int64", "number": "float64", "boolean": "boolean", "date": "datetime64[s]"}.get(
        field.type, "str"
    )


def read_strings(path: Path, schema: TableSchema) -> pd.DataFrame:
    """Every cell as its text, missing where the cell is one of the missing values; "NA" is a text like any other."""
    frame = pd.read_csv(path, dtype="str", keep_default_na=False, na_filter=False, encoding="utf-8")
    return frame.mask(frame.isin(list(schema.missing_values)))


def typed(strings: pd.DataFrame, schema: TableSchema) -> pd.DataFrame:
    """A frame of texts in their lexical form, cast to the dtypes of the schema."""
    return pd.DataFrame({f.name: _cast(strings[f.name], f) for f in schema.fields}, columns=list(schema.columns))


def read_frame(path: Path, schema: TableSchema) -> pd.DataFrame:
    """The rows of a CSV file with the dtypes of its schema."""
    return typed(read_strings(path, schema), schema)


def with_labels(frame: pd.DataFrame, schema: TableSchema, package: Package) -> pd.DataFrame:
    """The frame with a column `<name>_label` behind every id and every code that has a readable name."""
    columns: dict[str, pd.Series[Any]] = {}
    for field in schema.fields:
        columns[field.name] = frame[field.name]
        names = readable_names(field, schema, package)
        if names:
            columns[field.name + LABEL_SUFFIX] = frame[field.name].astype("str").map(names).astype("str")
    return pd.DataFrame(columns)


def readable_names(field: Field, schema: TableSchema, package: Package) -> dict[str, str]:
    """What a reader sees for each value of an id or coded field; empty for fields that need no label."""
    key = schema.foreign_key(field.name)
    if key is None:
        return field.labels
    target = package.schema(key.table)
    if target.label_field is None:
        return {}
    return {row[key.target_fields[0]]: row[target.label_field] for row in package.records(key.table)}


def _cast(column: pd.Series[Any], field: Field) -> pd.Series[Any]:
    if field.type == "boolean":
        return column.map({"true": True, "false": False}).astype("boolean")
    if field.type == "integer":
        whole = [pd.NA if pd.isna(value) else int(value) for value in column]
        return pd.Series(pd.array(whole, dtype="Int64"), index=column.index)
    if field.type == "date":
        return pd.to_datetime(column, format="%Y-%m-%d").astype("datetime64[s]")
    return column.astype(dtype(field))
