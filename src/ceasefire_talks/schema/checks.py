"""The constraints of one field as named pandera checks; the name is the Table Schema property that the check enforces.

Each check carries its `Constraint` and the property in its `statistics`, so that it can be listed and explained.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd
import pandera.pandas as pa

from ceasefire_talks.schema.columns import holds, read
from ceasefire_talks.schema.constraints import COMPARISONS, Constraint, constraints, test
from ceasefire_talks.schema.lexical import expected
from ceasefire_talks.schema.model import Field

if TYPE_CHECKING:
    from ceasefire_talks.schema.columns import Column, Mask

    _Test: TypeAlias = Callable[[Column], Mask]

_VECTORISED = ("integer", "year", "number", "date", "datetime")
# What a value of a pandas column is in plain Python, as constraints have it.
_PLAIN: dict[str, Callable[[Any], Any]] = {
    "date": lambda value: pd.Timestamp(value).date(),
    "datetime": lambda value: pd.Timestamp(value).to_pydatetime(),
}


def type_check(field: Field, missing: Collection[str] = ()) -> pa.Check:
    """Every cell is of the field's type: a text in the lexical form, or a value that pandas already made of it.

    `missing` are the texts that stand for a missing value, where they may still be in the column.
    """
    return pa.Check(
        lambda column: read(column, field, missing)[1],
        name="type",
        error=f"not {expected(field)}",
        statistics={"type": field.type, "expected": expected(field)},
    )


def checks(field: Field, names: tuple[str, ...], missing: Collection[str] = ()) -> Iterator[pa.Check]:
    """The checks for those of the named constraints that the field has; a cell that is not of the type passes them.

    Raises:
        ValueError: as `constraints` does.
        TypeError: as `constraints` does.
    """
    for constraint in constraints(field, names):
        yield pa.Check(
            _typed(field, _column_test(field, constraint), missing),
            name=constraint.name,
            error=f"expected {constraint.expected}",
            statistics={
                constraint.name: field.constraints.get(constraint.name),
                "expected": constraint.expected,
                "constraint": constraint,
            },
        )


def _column_test(field: Field, constraint: Constraint) -> _Test:
    if constraint.name in COMPARISONS and field.type in _VECTORISED:
        compare = COMPARISONS[constraint.name]
        limit = pd.Timestamp(constraint.value) if field.type in ("date", "datetime") else constraint.value
        return lambda column: compare(column, limit)
    passes, plain = test(constraint), _PLAIN.get(field.type, lambda value: value)
    return lambda column: holds(column, lambda value: passes(plain(value)))


def _typed(field: Field, test: _Test, missing: Collection[str]) -> _Test:
    def passes(column: Column) -> Mask:
        values, readable = read(column, field, missing)
        return test(values).fillna(value=True).astype(bool) | values.isna() | ~readable

    return passes
