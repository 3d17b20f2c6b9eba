"""pandera on polars: frames are cast before, leniently, since pandera's coercion of dates fails on polars 2."""

import pandera.polars as pa
import polars as pl

from scale.peers.package import Table, report, tables

DTYPES = {"string": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date}
CAST = " cast"


def _cast(field: dict) -> pl.Expr:
    text = pl.col(field["name"])
    if field["type"] == "date":
        return text.str.to_date("%Y-%m-%d", strict=False)
    if field["type"] == "boolean":
        return text.replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean)
    return text.cast(DTYPES[field["type"]], strict=False)


def _prepared(table: Table) -> pl.DataFrame:
    """Cells cast, and beside each whether that lost something."""
    texts = pl.read_csv(table.path, infer_schema=False)
    typed = [field for field in table.fields if field["type"] != "string"]
    lost = [(_cast(f).is_not_null() | pl.col(f["name"]).is_null()).alias(f["name"] + CAST) for f in typed]
    return texts.with_columns(*(_cast(field) for field in typed), *lost)


def _column(field: dict, keys: dict[str, pl.Series]) -> pa.Column:
    limits = field.get("constraints", {})
    checks = []
    if "enum" in limits:
        checks.append(pa.Check.isin(limits["enum"]))
    if "pattern" in limits:
        checks.append(pa.Check.str_matches(rf"^(?:{limits['pattern']})$"))
    if "maxLength" in limits:
        checks.append(pa.Check.str_length(max_value=limits["maxLength"]))
    bound = (lambda text: pl.Series([text]).str.to_date()[0]) if field["type"] == "date" else (lambda number: number)
    if "minimum" in limits:
        checks.append(pa.Check.ge(bound(limits["minimum"])))
    if "maximum" in limits:
        checks.append(pa.Check.le(bound(limits["maximum"])))
    if field["name"] in keys:
        there = keys[field["name"]].implode()
        checks.append(
            pa.Check(lambda data: data.lazyframe.select(pl.col(data.key).is_in(there) | pl.col(data.key).is_null()))
        )
    return pa.Column(DTYPES[field["type"]], checks, nullable=not limits.get("required", False))


def _found(table: Table, frame: pl.DataFrame, frames: dict[str, pl.DataFrame]) -> set[tuple[int, str | None]]:
    single = {key.columns[0]: frames[key.table][key.targets[0]] for key in table.foreign_keys if len(key.columns) == 1}
    columns = {field["name"]: _column(field, single) for field in table.fields}
    for name in (name for name in frame.columns if name.endswith(CAST)):
        columns[name] = pa.Column(pl.Boolean, pa.Check.eq(True))
    for key in table.foreign_keys:
        if len(key.columns) > 1:
            there = frames[key.table].select(*key.targets, pl.lit(value=True).alias("there"))
            joined = frame.join(
                there.unique(), left_on=key.columns, right_on=key.targets, how="left", maintain_order="left"
            )
            frame = frame.with_columns((joined["there"].is_not_null()).alias(key.columns[0] + CAST))
            columns[key.columns[0] + CAST] = pa.Column(pl.Boolean, pa.Check.eq(True))
    first = frame.select(pl.struct(table.primary_key).is_first_distinct()).to_series()
    frame = frame.with_columns(first.alias(table.primary_key[0] + " first"))
    columns[table.primary_key[0] + " first"] = pa.Column(pl.Boolean, pa.Check.eq(True))
    try:
        pa.DataFrameSchema(columns).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases.drop_nulls("index")
        return {(row, name.split(" ")[0]) for row, name in cases.select("index", "column").iter_rows()}
    return set()


package = tables()
frames = {table.name: _prepared(table) for table in package}
for table in package:
    report(table, _found(table, frames[table.name], frames))
