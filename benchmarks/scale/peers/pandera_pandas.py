"""pandera on pandas: cells are read as texts and cast by the schema; keys are lists of allowed values."""

import pandas as pd
import pandera.pandas as pa

from scale.peers.package import Table, report, tables

DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "str", "date": "datetime64[s]"}


def _column(field: dict) -> pa.Column:
    limits = field.get("constraints", {})
    dated = field["type"] == "date"
    bound = pd.Timestamp if dated else float
    checks = []
    if "enum" in limits:
        checks.append(pa.Check.isin(limits["enum"]))
    if "pattern" in limits:
        checks.append(pa.Check.str_matches(rf"^(?:{limits['pattern']})\Z"))
    if "maxLength" in limits:
        checks.append(pa.Check.str_length(max_value=limits["maxLength"]))
    if "minimum" in limits:
        checks.append(pa.Check.ge(bound(limits["minimum"])))
    if "maximum" in limits:
        checks.append(pa.Check.le(bound(limits["maximum"])))
    if field["type"] == "boolean":
        # pandera's own boolean refuses the text "true", and Python's takes "false" for True.
        checks.append(pa.Check.isin(["true", "false"]))
    coerce = field["type"] in ("integer", "number", "date")
    return pa.Column(DTYPES[field["type"]], checks, nullable=not limits.get("required", False), coerce=coerce)


def _keys(table: Table, frames: dict[str, pd.DataFrame]) -> tuple[dict[str, list[pa.Check]], list[pa.Check]]:
    """Checks of the foreign keys of one column, by column, and of those of several."""
    single, composite = {}, []
    for key in table.foreign_keys:
        target = frames[key.table][list(key.targets)].dropna()
        if len(key.columns) == 1:
            single[key.columns[0]] = [pa.Check.isin(target[key.targets[0]])]
        else:
            there = pd.MultiIndex.from_frame(target)
            columns = list(key.columns)
            # Of the frame as cast, where the position is a number.
            composite.append(
                pa.Check(
                    lambda frame, columns=columns, there=there: pd.Series(
                        pd.MultiIndex.from_frame(frame[columns].astype(str)).isin(there), frame.index
                    ),
                    name=columns[0],
                )
            )
    return single, composite


def _found(table: Table, frame: pd.DataFrame, frames: dict[str, pd.DataFrame]) -> set[tuple[int, str | None]]:
    single, composite = _keys(table, frames)
    columns = {field["name"]: _column(field) for field in table.fields}
    for name, checks in single.items():
        columns[name] = columns[name].set_checks([*columns[name].checks, *checks])
    schema = pa.DataFrameSchema(columns, checks=composite, unique=table.primary_key, report_duplicates="exclude_first")
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        cases = cases[cases["index"].notna()]
        names = set(columns)
        # A check of the frame fails once a column of the row; the check's name says which key it was.
        of_frame = cases["schema_context"] == "DataFrameSchema"
        named = cases["column"].where(~of_frame | ~cases["check"].isin(names), cases["check"])
        return {(int(row), name if name in names else None) for row, name in zip(cases["index"], named, strict=True)}
    return set()


package = tables()
frames = {table.name: pd.read_csv(table.path, dtype="str", keep_default_na=False, na_values=[""]) for table in package}
for table in package:
    report(table, _found(table, frames[table.name], frames))
