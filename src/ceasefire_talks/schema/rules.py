"""The rules across the columns of one row, as narwhals expressions: one function a kind.

A kind turns a rule into, for each column that may be at fault, an expression that is true where the row is in order.
The expressions run on every engine that narwhals runs on: on pandas for the reference check, on polars and Spark for
large packages. Dates in EDTF are parsed once a distinct value and joined to the frame; what remains are comparisons.

An empty cell makes a rule not applicable, unless the rule is about what is filled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from string import Formatter
from typing import TYPE_CHECKING, Any, TypeVar

import narwhals as nw

from ceasefire_talks.schema.model import RowRule
from ceasefire_talks.text.edtf import Edtf, EdtfError, parse

if TYPE_CHECKING:
    import pandas as pd

    from ceasefire_talks.schema.columns import Mask

Holds = Mapping[str, nw.Expr]
Joined = TypeVar("Joined", nw.DataFrame[Any], nw.LazyFrame[Any])


def holds(rule: RowRule, frame: pd.DataFrame) -> dict[str, Mask]:
    """For each column that the rule may blame, which rows are in order.

    Args:
        rule: its kind is one of `KINDS`.
        frame: has the rule's columns, in the plain dtypes of `ceasefire_talks.schema.columns`.
    """
    import pandas as pd

    prepared = nw.from_native(frame, eager_only=True)
    for column in dated(rule):
        prepared = with_flags(prepared.join(_dates(prepared, column), on=column, how="left"), column)
    columns = {column: expression.alias(column) for column, expression in KINDS[rule.kind](rule).items()}
    answers = prepared.select(*columns.values()).to_native()
    return {column: pd.Series(answers[column].astype(bool).to_numpy(), index=frame.index) for column in columns}


def dated(rule: RowRule) -> tuple[str, ...]:
    """The columns in EDTF of whose dates the rule's expressions name the parts, `<column> <part>`."""
    return {"edtf": rule.fields, "edtf-bounds": rule.fields[:1]}.get(rule.kind, ())


def date_parts(column: str, texts: Iterable[str]) -> dict[str, list[Any]]:
    """The parts of dates in EDTF, by the names that expressions use: two flags, 0 or 1, the precision and two days."""
    known = list(texts)
    dates = [_parsed(text) for text in known]
    return {
        column: known,
        f"{column} readable": [int(found is not None) for found in dates],
        f"{column} qualified": [int(found is not None and found.qualified) for found in dates],
        f"{column} precision": [found.precision if found else None for found in dates],
        f"{column} earliest": [found.earliest if found else None for found in dates],
        f"{column} latest": [found.latest if found else None for found in dates],
    }


def with_flags(frame: Joined, column: str) -> Joined:
    """A frame to which `date_parts` were joined, with flags that are true or false; an empty cell has neither."""
    flags = [f"{column} readable", f"{column} qualified"]
    return frame.with_columns(*((nw.col(flag) == 1).fill_null(value=False) for flag in flags))


def _exactly_one(rule: RowRule) -> Holds:
    filled = nw.sum_horizontal(*((~nw.col(column).is_null()).cast(nw.Int64) for column in rule.fields))
    return {rule.fields[0]: filled == 1}


def _both_or_neither(rule: RowRule) -> Holds:
    one, other = rule.fields
    return {
        one: ~nw.col(one).is_null() | nw.col(other).is_null(),
        other: ~nw.col(other).is_null() | nw.col(one).is_null(),
    }


def _ordered(rule: RowRule) -> Holds:
    low, high = (nw.col(column) for column in rule.fields)
    in_order = low < high if rule.descriptor.get("strict") else low <= high
    return {rule.fields[0]: in_order | low.is_null() | high.is_null()}


def _required_when(rule: RowRule) -> Holds:
    return {column: ~_applies(rule) | ~nw.col(column).is_null() for column in rule.fields}


def _required_unless(rule: RowRule) -> Holds:
    exempt = _applies(rule) | _any_null(rule.descriptor["when"])
    return {column: exempt | ~nw.col(column).is_null() for column in rule.fields}


def _empty_when(rule: RowRule) -> Holds:
    return {column: ~_applies(rule) | nw.col(column).is_null() for column in rule.fields}


def _equal_when(rule: RowRule) -> Holds:
    return {rule.fields[0]: ~_applies(rule) | _same(*(nw.col(column) for column in rule.fields))}


def _composed(rule: RowRule) -> Holds:
    whole, *parts = rule.fields
    composed = nw.concat_str(*_template(rule.descriptor["template"]))
    return {whole: (nw.col(whole) == composed) | _any_null([whole, *parts])}


def _edtf(rule: RowRule) -> Holds:
    return {column: nw.col(column).is_null() | nw.col(f"{column} readable") for column in rule.fields}


def _edtf_bounds(rule: RowRule) -> Holds:
    column, first, last, precision, basis = rule.fields
    undated = nw.col(column).is_null()
    readable = nw.col(f"{column} readable")
    return {
        column: undated | readable,
        first: _bound(column, first, "earliest", lambda own, edge: own <= edge),
        last: _bound(column, last, "latest", lambda own, edge: own >= edge),
        precision: nw.col(precision).is_null()
        | (undated & (nw.col(precision) == "unknown"))
        | (~undated & (~readable | (nw.col(precision) == nw.col(f"{column} precision")))),
        basis: nw.col(basis).is_null() | ((nw.col(basis) == "none") == undated),
    }


def _bound(column: str, bound: str, side: str, wider: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> nw.Expr:
    own, edge = nw.col(bound), nw.col(f"{column} {side}")
    may_be_wider = nw.col(f"{column} qualified") & ~edge.is_null() & (own.is_null() | wider(own, edge))
    undated = nw.col(column).is_null()
    return (undated & own.is_null()) | (~undated & (~nw.col(f"{column} readable") | _same(own, edge) | may_be_wider))


KINDS: dict[str, Callable[[RowRule], Holds]] = {
    "exactly-one": _exactly_one,
    "both-or-neither": _both_or_neither,
    "ordered": _ordered,
    "required-when": _required_when,
    "required-unless": _required_unless,
    "empty-when": _empty_when,
    "equal-when": _equal_when,
    "composed": _composed,
    "edtf": _edtf,
    "edtf-bounds": _edtf_bounds,
}


def mismatch(rule: RowRule, types: Mapping[str, str]) -> str | None:
    """Why a rule cannot compare its columns, whose types are given by name; None where it can."""
    for column, values in rule.descriptor.get("when", {}).items():
        kind = _KINDS_OF_VALUES.get(types[column], str)
        if any(not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool) for value in values):
            return f"column {column} is of type {types[column]}, and is compared with {values}"
    compared = [_kind(types[column]) for column in rule.fields] if rule.kind in ("ordered", "equal-when") else []
    return f"it compares columns of the types {' and '.join(compared)}" if len(set(compared)) > 1 else None


_NUMBERS = ("integer", "number", "year")
_KINDS_OF_VALUES: dict[str, Any] = {**dict.fromkeys(_NUMBERS, (int, float)), "boolean": bool}


def _kind(type_: str) -> str:
    return "number" if type_ in _NUMBERS else type_


def renamed(rule: RowRule, names: Mapping[str, str]) -> RowRule:
    """The rule on columns of other names."""
    descriptor = dict(rule.descriptor)
    if "when" in descriptor:
        descriptor["when"] = {names[column]: values for column, values in descriptor["when"].items()}
    if "template" in descriptor:
        descriptor["template"] = "".join(_renamed_parts(descriptor["template"], names))
    return replace(rule, fields=tuple(names[column] for column in rule.fields), descriptor=descriptor)


def _renamed_parts(template: str, names: Mapping[str, str]) -> Iterator[str]:
    for literal, column, width, _ in Formatter().parse(template):
        yield literal.replace("{", "{{").replace("}", "}}")
        if column:
            yield f"{{{names[column]}{':' if width else ''}{width or ''}}}"


def _applies(rule: RowRule) -> nw.Expr:
    conditions = (
        nw.any_horizontal(*(nw.col(column) == value for value in values), ignore_nulls=True) & ~nw.col(column).is_null()
        for column, values in rule.descriptor["when"].items()
    )
    return nw.all_horizontal(*conditions, ignore_nulls=True)


def _any_null(columns: Any) -> nw.Expr:
    return nw.any_horizontal(*(nw.col(column).is_null() for column in columns), ignore_nulls=True)


def _same(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    both_filled = ~one.is_null() & ~other.is_null()
    return ((one == other) & both_filled) | (one.is_null() & other.is_null())


def _template(template: str) -> Iterator[nw.Expr]:
    # Parsed, never formatted: str.format on a descriptor's template would reach into attributes.
    for literal, column, width, _ in Formatter().parse(template):
        if literal:
            yield nw.lit(literal)
        if column:
            text = nw.col(column).cast(nw.String)
            padded = re.fullmatch(r"0([1-9])d", width or "")
            yield text.str.zfill(int(padded[1])) if padded else text


def _dates(frame: nw.DataFrame[Any], column: str) -> nw.DataFrame[Any]:
    cells = date_parts(column, frame.get_column(column).drop_nulls().unique().to_list())
    for side in ("earliest", "latest"):
        cells[f"{column} {side}"] = [_midnight(day) for day in cells[f"{column} {side}"]]
    types = [nw.String(), nw.Int64(), nw.Int64(), nw.String(), nw.Datetime("us"), nw.Datetime("us")]
    return nw.from_dict(cells, schema=dict(zip(cells, types, strict=True)), backend=frame.implementation)


def _parsed(text: str) -> Edtf | None:
    try:
        return parse(text)
    except EdtfError:
        return None


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min) if day else None
