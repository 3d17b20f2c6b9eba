"""pointblank on polars: steps on texts for the forms, on cast columns beside them for bounds."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, TypeAlias

import pointblank as pb
import polars as pl

from scale.peers.package import Table, report, tables

FORMS = {
    "integer": "^-?[0-9]+$",
    "number": r"^-?[0-9]+(\.[0-9]+)?$",
    "boolean": "^(true|false)$",
    "date": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
}
VALUE = " value"
NULLS = {"na_pass": True}
MOST = 1_000_000

# The column that it is about, the method that adds it, and its arguments.
Step: TypeAlias = tuple[str, str, tuple[Any, ...], dict[str, Any]]


def _value(field: dict) -> pl.Expr:
    text = pl.col(field["name"])
    cast = (
        text.str.to_date("%Y-%m-%d", strict=False) if field["type"] == "date" else text.cast(pl.Float64, strict=False)
    )
    return cast.alias(field["name"] + VALUE)


def _steps(table: Table, frames: dict[str, pl.DataFrame]) -> Iterator[Step]:
    for field in table.fields:
        yield from _of_field(field["name"], field["type"], field.get("constraints", {}))
        yield from _bounds(field["name"], field["type"], field.get("constraints", {}))
    yield table.primary_key[0], "rows_distinct", (table.primary_key,), {}
    for key in table.foreign_keys:
        columns, targets = list(key.columns), list(key.targets)
        # It takes one name for one column.
        names = (columns, frames[key.table], targets) if columns[1:] else (columns[0], frames[key.table], targets[0])
        yield columns[0], "col_vals_in_table", names, NULLS


def _of_field(name: str, type_: str, limits: dict) -> Iterator[Step]:
    if limits.get("required"):
        yield name, "col_vals_not_null", (name,), {}
    if type_ in FORMS:
        yield name, "col_vals_regex", (name, FORMS[type_]), NULLS
    if type_ == "date":
        yield name, "col_vals_expr", (pl.col(name).is_null() | pl.col(name + VALUE).is_not_null(),), {}
    if "enum" in limits:
        yield name, "col_vals_in_set", (name, [*limits["enum"], None]), {}
    if "pattern" in limits:
        yield name, "col_vals_regex", (name, f"^(?:{limits['pattern']})$"), NULLS
    if "maxLength" in limits:
        yield name, "col_vals_str_len", (name,), {"max_val": limits["maxLength"], **NULLS}


def _bounds(name: str, type_: str, limits: dict) -> Iterator[Step]:
    for side, method in (("minimum", "col_vals_ge"), ("maximum", "col_vals_le")):
        if side in limits:
            bound = dt.date.fromisoformat(limits[side]) if type_ == "date" else limits[side]
            yield name, method, (name + VALUE, bound), NULLS


def _found(table: Table, frames: dict[str, pl.DataFrame]) -> set[tuple[int, str | None]]:
    values = [_value(field) for field in table.fields if field["type"] in ("integer", "number", "date")]
    plan, steps = pb.Validate(frames[table.name].with_columns(*values)), list(_steps(table, frames))
    for _, method, arguments, options in steps:
        plan = getattr(plan, method)(*arguments, **options)
    extracts = plan.interrogate(extract_limit=MOST).get_data_extracts()
    return {
        (row - 1, steps[number - 1][0])
        for number, rows in extracts.items()
        if rows is not None and len(rows)
        for row in rows["_row_num_"].to_list()
    }


package = tables()
frames = {table.name: pl.read_csv(table.path, infer_schema=False) for table in package}
for table in package:
    report(table, _found(table, frames))
