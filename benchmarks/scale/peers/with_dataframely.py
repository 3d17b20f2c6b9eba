"""dataframely: one schema a table, cells cast leniently by it; keys are custom checks.

Dates are cast before, since polars 2 no longer casts texts to dates where dataframely asks it to; a column beside them
tells whether that lost something.
"""

import datetime as dt

import dataframely as dy
import polars as pl

from scale.peers.package import ForeignKey, Table, report, tables

ROW = "row"
CAST = "_is_a_date"


def _prepared(table: Table) -> pl.DataFrame:
    dates = [field["name"] for field in table.fields if field["type"] == "date"]
    texts = pl.read_csv(table.path, infer_schema=False).with_row_index(ROW)
    cast = [pl.col(name).str.to_date("%Y-%m-%d", strict=False) for name in dates]
    lost = [
        (day.is_not_null() | pl.col(name).is_null()).alias(name + CAST) for name, day in zip(dates, cast, strict=True)
    ]
    return texts.with_columns(*cast, *lost)


def _column(field: dict, keys: dict[str, pl.Series], primary_key: list[str]) -> dy.Column:
    limits = field.get("constraints", {})
    name = field["name"]
    common = {"nullable": not limits.get("required", False), "primary_key": name in primary_key}
    if name in keys:
        there = keys[name].implode()
        common["check"] = lambda values: values.is_in(there)
    if field["type"] == "integer":
        return dy.Int64(min=limits.get("minimum"), max=limits.get("maximum"), **common)
    if field["type"] == "number":
        return dy.Float64(min=limits.get("minimum"), max=limits.get("maximum"), **common)
    if field["type"] == "date":
        days = {
            side: dt.date.fromisoformat(limits[f"{side}imum"]) for side in ("min", "max") if f"{side}imum" in limits
        }
        return dy.Date(**days, **common)
    if field["type"] == "boolean":
        # Texts cannot be cast to its Bool.
        return dy.String(regex="^(?:true|false)$", **common)
    if "enum" in limits:
        return dy.String(check=lambda values: values.is_in(limits["enum"]), **common)
    pattern = f"^(?:{limits['pattern']})$" if "pattern" in limits else None
    if "maxLength" in limits:
        # Its max_length counts bytes.
        common["check"] = lambda values: values.str.len_chars() <= limits["maxLength"]
    return dy.String(regex=pattern, **common)


def _rule(key: ForeignKey, there: pl.Series) -> dy.rule:
    pairs = zip(key.columns, key.targets, strict=True)
    value = pl.struct(*(pl.col(column).cast(pl.String).alias(target) for column, target in pairs))
    return dy.rule()(lambda _: value.is_in(there.implode()))


def _schema(table: Table, frames: dict[str, pl.DataFrame]) -> type[dy.Schema]:
    single = {key.columns[0]: frames[key.table][key.targets[0]] for key in table.foreign_keys if len(key.columns) == 1}
    columns = {field["name"]: _column(field, single, table.primary_key) for field in table.fields}
    composite = {
        f"exists_{key.columns[0]}": _rule(key, frames[key.table].select(key.targets).unique().to_struct())
        for key in table.foreign_keys
        if len(key.columns) > 1
    }
    dates = [field["name"] + CAST for field in table.fields if field["type"] == "date"]
    more = {ROW: dy.Int64(nullable=False)} | {
        name: dy.Bool(nullable=False, check=lambda right: right) for name in dates
    }
    return type(f"{table.name}_schema", (dy.Schema,), {**columns, **composite, **more})


def _found(table: Table, frames: dict[str, pl.DataFrame]) -> set[tuple[int, str | None]]:
    _, failure = _schema(table, frames).filter(frames[table.name], cast=True)
    if not len(failure):
        return set()
    details = failure.details()
    rules = [name for name in details.columns if details.schema[name] == pl.Enum(["valid", "invalid", "unknown"])]
    cases = details.unpivot(rules, index=ROW, variable_name="rule", value_name="state").filter(
        pl.col("state") == "invalid"
    )
    return {(int(row), _about(table, name)) for row, name in cases.select(ROW, "rule").iter_rows()}


def _about(table: Table, name: str) -> str | None:
    if name == "primary_key":
        return table.primary_key[0]
    return name.partition("|")[0].removeprefix("exists_").removesuffix(CAST)


package = tables()
frames = {table.name: _prepared(table) for table in package}
for table in package:
    report(table, _found(table, frames))
