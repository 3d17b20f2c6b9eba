"""pandera schemas, built from the Table Schemas: for texts, for values, and for users' own frames.

Never with pandera's `coerce`: it takes `false` for True, `2024-1-5` for a date, and a whole column's time for one bad
cell. Texts are cast in our own lexical forms; what cannot be cast stays as it is, for the check to report.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd
import pandera.pandas as pa

from ceasefire_talks.schema import rules
from ceasefire_talks.schema.checks import checks, type_check
from ceasefire_talks.schema.columns import dtype, read
from ceasefire_talks.schema.constraints import BOUNDS, FORM
from ceasefire_talks.schema.keys import candidate_keys, repeats
from ceasefire_talks.schema.model import Field, RowRule, TableSchema

if TYPE_CHECKING:
    from ceasefire_talks.schema.columns import Mask

    _Prepared: TypeAlias = tuple[pd.DataFrame, Mask]


def frame_schemas(schemas: Mapping[str, TableSchema]) -> Mapping[str, pa.DataFrameSchema]:
    """A pandera schema for the frames of every table, each built when it is first asked for."""
    return _FrameSchemas(schemas)


def frame_schema(schema: TableSchema) -> pa.DataFrameSchema:
    """A schema for a user's own frame, from `ceasefire_talks.load` or straight from `pandas.read_csv`.

    Its parser casts texts and what pandas made of them to the dtypes of `load`; a column with a cell that is not of
    its type is left as it is and reported. Checks types, constraints, row rules and the keys within the table; keys
    into other tables need those tables, and are what `ceasefire-talks check` adds. Other columns may stand beside.
    """
    return pa.DataFrameSchema(
        {f.name: _column(f, _tests(f, *FORM, *BOUNDS, of_type=True, missing=schema.missing(f))) for f in schema.fields},
        checks=[*_row_checks(schema, _reader(schema)), *_key_checks(schema)],
        parsers=pa.Parser(lambda frame: _parsed(frame, schema), name="cast"),
        name=schema.name,
        title=schema.title,
        description=schema.description,
    )


def text_schema(schema: TableSchema) -> pa.DataFrameSchema:
    """A schema for cells as texts: lexical form, required, closed lists, patterns and lengths."""
    # Any text is a string, so that only other types have a form to check.
    tests = [(field, _tests(field, *FORM, of_type=not _is_any_text(field))) for field in schema.fields]
    columns = {field.name: _column(field, found) for field, found in tests if found or field.required}
    return pa.DataFrameSchema(columns, name=schema.name)


def value_schema(schema: TableSchema) -> pa.DataFrameSchema:
    """A schema for cells that were cast: bounds and row rules."""
    tests = {field.name: _tests(field, *BOUNDS, of_type=False) for field in schema.fields}
    columns = {name: pa.Column(None, found, nullable=True) for name, found in tests.items() if found}
    return pa.DataFrameSchema(columns, checks=list(_row_checks(schema, _as_they_are)), name=schema.name)


class _FrameSchemas(Mapping[str, pa.DataFrameSchema]):
    def __init__(self, schemas: Mapping[str, TableSchema]) -> None:
        self._schemas = schemas

    @cached_property
    def _built(self) -> dict[str, pa.DataFrameSchema]:
        return {}

    def __getitem__(self, table: str) -> pa.DataFrameSchema:
        if table not in self._built:
            self._built[table] = frame_schema(self._schemas[table])
        return self._built[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._schemas)

    def __len__(self) -> int:
        return len(self._schemas)


def _column(field: Field, found: list[pa.Check]) -> pa.Column:
    return pa.Column(None, found, nullable=not field.required, title=field.title, description=field.description)


def _is_any_text(field: Field) -> bool:
    return field.type in ("string", "any") and field.format == "default"


def _tests(field: Field, *names: str, of_type: bool, missing: Collection[str] = ()) -> list[pa.Check]:
    return [*([type_check(field, missing)] if of_type else []), *checks(field, names, missing)]


def _row_checks(schema: TableSchema, prepare: Callable[[pd.DataFrame, RowRule], _Prepared]) -> Iterator[pa.Check]:
    for rule in schema.row_rules:
        yield pa.Check(
            _row_test(rule, prepare),
            name=rule.name,
            error=str(rule.descriptor.get("title", rule.name)),
            statistics={"rule": rule},
            ignore_na=False,
        )


def _row_test(rule: RowRule, prepare: Callable[[pd.DataFrame, RowRule], _Prepared]) -> Callable[[pd.DataFrame], Mask]:
    def passes(frame: pd.DataFrame) -> Mask:
        if not set(rule.involved) <= set(frame.columns):
            return pd.Series(data=True, index=frame.index)
        values, readable = prepare(frame, rule)
        answers = rules.holds(rule, values)
        return pd.DataFrame(answers).all(axis="columns") | ~readable

    return passes


def _as_they_are(frame: pd.DataFrame, _rule: RowRule) -> _Prepared:
    return frame, pd.Series(data=True, index=frame.index)


def _reader(schema: TableSchema) -> Callable[[pd.DataFrame, RowRule], _Prepared]:
    def prepare(frame: pd.DataFrame, rule: RowRule) -> _Prepared:
        names = rule.involved
        cells = {name: read(frame[name], schema.field(name), schema.missing(schema.field(name))) for name in names}
        readable = pd.DataFrame({name: found for name, (_, found) in cells.items()}).all(axis="columns")
        return pd.DataFrame({name: values for name, (values, _) in cells.items()}), readable

    return prepare


def _key_checks(schema: TableSchema) -> Iterator[pa.Check]:
    keys = [("primaryKey", schema.primary_key), *(("uniqueKey", key) for key in candidate_keys(schema))]
    for name, key in keys:
        if key:
            yield pa.Check(
                _key_test(key),
                name=name,
                error=f"{', '.join(key)}: another row has the same",
                statistics={"key": key},
                ignore_na=False,
            )


def _key_test(key: tuple[str, ...]) -> Callable[[pd.DataFrame], Mask]:
    return lambda frame: ~repeats(frame, key) if set(key) <= set(frame.columns) else pd.Series(True, frame.index)


def _parsed(frame: pd.DataFrame, schema: TableSchema) -> pd.DataFrame:
    columns: dict[str, Any] = {}
    for field in schema.fields:
        if field.name in frame.columns:
            values, readable = read(frame[field.name], field, schema.missing(field))
            if readable.all():
                columns[field.name] = _closed(values, field)
    return frame.assign(**columns)


def _closed(values: pd.Series[Any], field: Field) -> pd.Series[Any]:
    allowed = field.enum is None or set(values.dropna().unique()) <= set(field.enum)
    return values.astype(dtype(field)) if allowed else values
