"""One column as pandas holds it: which dtype a field has, and which of its cells are of the field's type.

The lexical forms of `ceasefire_talks.schema.lexical` decide; every distinct text is read once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from ceasefire_talks.schema import lexical
from ceasefire_talks.schema.model import Field

_DTYPES = {
    "string": "str",
    "any": "str",
    "integer": "Int64",
    "year": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
    "datetime": "datetime64[us]",
}

if TYPE_CHECKING:
    Column: TypeAlias = pd.Series[Any]
    Mask: TypeAlias = pd.Series[bool]


def dtype(field: Field) -> Any:
    """The pandas dtype of a field: the category of its closed list, that of its type, or object where there is none."""
    if field.type == "string" and field.enum is not None:
        return pd.CategoricalDtype(list(field.enum), ordered=field.ordered)
    return _DTYPES.get(field.type, "object")


def read(column: Column, field: Field, missing: Collection[str] = ("",)) -> tuple[Column, Mask]:
    """A column cast to the plain dtype of its field, and which of its cells could be read.

    Args:
        column: texts, or values of any dtype that pandas gave them.
        field: what the column should hold.
        missing: the texts that stand for a missing value.

    Returns:
        The values (str, Int64, float64, boolean, datetime64[s], datetime64[us] or object; coded fields as str), missing
        where the cell is missing or is not of the field's type; and True for every cell that is of the type or missing.
    """
    target = _DTYPES.get(field.type, "object")
    if column.dtype == target and target != "object" and not _has_texts_to_read(field):
        readable = _finite(column, field)
        return _without(column, missing) if target == "str" else column.where(readable), readable
    codes, distinct = _factorised(column)
    values, readable_values = _read_distinct(distinct, field, missing)
    cells = pd.api.extensions.take(_array(values, target), codes, allow_fill=True)
    return pd.Series(cells, index=column.index, name=column.name), _at(readable_values, codes, column)


def holds(column: Column, test: Callable[[Any], bool]) -> Mask:
    """Which cells pass a test that is run once a distinct value; a missing cell passes."""
    codes, distinct = _factorised(column)
    return _at([bool(test(value)) for value in distinct], codes, column)


def _has_texts_to_read(field: Field) -> bool:
    return field.type == "string" and field.format != "default"


def _factorised(column: Column) -> tuple[Any, Any]:
    try:
        return pd.factorize(column)
    except TypeError:  # what JSON holds cannot be hashed
        missing = column.isna().to_numpy()
        return np.where(missing, -1, np.cumsum(~missing) - 1), column[~missing].tolist()


def _read_distinct(distinct: Any, field: Field, missing: Collection[str]) -> tuple[list[Any], list[bool]]:
    of_text, of_value = lexical.reader(field), _NATIVE.get(field.type, _as_it_is)
    values: list[Any] = []
    readable: list[bool] = []
    for value in distinct:
        is_text = isinstance(value, str)
        try:
            values.append(None if is_text and value in missing else (of_text if is_text else of_value)(value))
            readable.append(True)
        except ValueError:
            values.append(None)
            readable.append(False)
    return values, readable


def _as_it_is(value: Any) -> Any:
    return value


def _instant(value: Any) -> datetime:
    if not isinstance(value, datetime):
        return _refuse(value)  # type: ignore[no-any-return]
    return value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)


def _refuse(value: Any) -> Any:
    raise ValueError(f"{value!r} is not of the type")


def _whole(value: Any) -> int:
    is_whole = isinstance(value, Integral) or (isinstance(value, Real) and float(value).is_integer())
    fits = is_whole and not isinstance(value, bool | np.bool_) and lexical.SMALLEST <= int(value) <= lexical.LARGEST
    return int(value) if fits else _refuse(value)


def _number(value: Any) -> float:
    is_number = isinstance(value, Real) and not isinstance(value, bool | np.bool_)
    return float(value) if is_number and math.isfinite(value) else _refuse(value)


def _truth(value: Any) -> bool:
    return bool(value) if isinstance(value, bool | np.bool_) else _refuse(value)


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        is_day = value.tzinfo is None and value == datetime(value.year, value.month, value.day)  # noqa: DTZ001
        return value.date() if is_day else _refuse(value)
    return value if isinstance(value, date) else _refuse(value)


_NATIVE: dict[str, Callable[[Any], Any]] = {
    "string": _refuse,
    "any": str,
    "integer": _whole,
    "year": _whole,
    "number": _number,
    "boolean": _truth,
    "date": _day,
    "datetime": _instant,
}


def _array(values: list[Any], target: str) -> Any:
    if target == "object":
        cells = np.empty(len(values), dtype=object)
        cells[:] = values
        return cells
    if target in ("datetime64[s]", "datetime64[us]", "float64"):
        return np.array(values, dtype=target)
    return pd.Series(values, dtype=target).array


def _without(column: Column, missing: Collection[str]) -> Column:
    found = np.zeros(len(column), dtype=bool)
    for text in missing:
        found |= (column == text).to_numpy(dtype=bool)
    return column.mask(found) if found.any() else column


def _at(answers: list[bool], codes: Any, column: Column) -> Mask:
    return pd.Series(np.array([*answers, True], dtype=bool)[codes], index=column.index, name=column.name)


def _finite(column: Column, field: Field) -> Mask:
    checked = field.strict and column.dtype == "float64"
    infinite = np.isinf(column.to_numpy()) if checked else np.zeros(len(column), dtype=bool)
    return pd.Series(~infinite, index=column.index, name=column.name)
