"""A table as a pandas DataFrame whose dtypes come from its schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ceasefire_talks.package.corroboration import COUNTED, SUBJECTS, verdict_counts
from ceasefire_talks.schema.columns import dtype, read
from ceasefire_talks.schema.lexical import EXPECTED
from ceasefire_talks.schema.model import Field, TableSchema

if TYPE_CHECKING:
    from ceasefire_talks.package.package import Package

LABEL_SUFFIX = "_label"


def read_strings(path: Path, schema: TableSchema) -> pd.DataFrame:
    """Every cell as its text, missing where the cell is one of the missing values; "NA" is a text like any other."""
    frame = pd.read_csv(path, dtype="str", keep_default_na=False, na_filter=False, encoding="utf-8")
    return frame.mask(frame.isin(list(schema.missing_values)))


def typed(strings: pd.DataFrame, schema: TableSchema) -> pd.DataFrame:
    """A frame of texts in their lexical form, cast to the dtypes of the schema."""
    columns = {f.name: read(strings[f.name], f, schema.missing_values)[0].astype(dtype(f)) for f in schema.fields}
    return pd.DataFrame(columns, columns=list(schema.columns))


def read_frame(path: Path, schema: TableSchema) -> pd.DataFrame:
    """The rows of a CSV file with the dtypes of its schema.

    Raises:
        ValueError: a cell is not of its column's type, or not in its closed list.
        KeyError: a column is missing.
    """
    strings = read_strings(path, schema)
    for field in schema.fields:
        _refuse_foreign(strings[field.name], field)
    return typed(strings, schema)


def with_labels(frame: pd.DataFrame, schema: TableSchema, package: Package) -> pd.DataFrame:
    """The frame with a column `<name>_label` behind every id and every code that has a readable name."""
    columns: dict[str, pd.Series[Any]] = {}
    for field in schema.fields:
        columns[field.name] = frame[field.name]
        names = readable_names(field, schema, package)
        if names is not None:
            columns[field.name + LABEL_SUFFIX] = frame[field.name].astype("str").map(names).astype("str")
    return pd.DataFrame(columns)


def readable_names(field: Field, schema: TableSchema, package: Package) -> dict[str, str] | None:
    """What a reader sees for each value of an id or coded field; None for fields that need no label."""
    key = schema.foreign_key(field.name)
    if key is None:
        return field.labels or None
    target = package.schema(key.table)
    if target.label_field is None:
        return None
    return {row[key.target_fields[0]]: row[target.label_field] for row in package.records(key.table)}


def _refuse_foreign(texts: pd.Series[Any], field: Field) -> None:
    codes = field.enum if field.type == "string" else None
    right = read(texts, field)[1] if codes is None else texts.isna() | texts.isin(list(codes))
    wrong = texts[~right]
    if len(wrong):
        expected = EXPECTED[field.type] if codes is None else "a code of its closed list"
        raise ValueError(f"column {field.name}: {wrong.iloc[0]!r} is not {expected}")


def with_verdict_counts(frame: pd.DataFrame, table: str, package: Package) -> pd.DataFrame:
    """The frame with how many independent reports confirm, qualify and contradict each record, as `Int64`.

    Raises:
        UnknownNameError: verdicts are given on no such table; the message names the nearest.
    """
    counts = verdict_counts(package, table)
    ids = frame[SUBJECTS[table]]
    columns = {column: [counts.get(record, {}).get(column, 0) for record in ids] for column in COUNTED.values()}
    return frame.assign(**{name: pd.array(values, dtype="Int64") for name, values in columns.items()})
