"""The schema of a table as one expression: true for every row that may be at fault.

The constraints from which the pandera checks are made, and the row rules that they run, are compiled to narwhals
expressions over texts. A sieve may let a sound row through, to be judged by itself; it never holds back one at fault.
So a form may be narrower here than in the reference, never wider.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw

from ceasefire_talks.schema import rules
from ceasefire_talks.schema.constraints import BOUNDS, COMPARISONS, FORM, Constraint, constraints
from ceasefire_talks.schema.lexical import LARGEST, SMALLEST, is_plain
from ceasefire_talks.schema.model import Field, RowRule, TableSchema
from ceasefire_talks.schema.types.numeric import STANDARD, TRUE
from ceasefire_talks.validation.engines.portable import portable

_LEAP_YEAR = "[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][48]|[13579][26]|[2468]0)00"
_YEAR = "[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9]"
_DAY_OF_MONTH = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8])"
)

# Numbers that any engine casts without loss, and days that the calendar has; what else is of the type is judged alone.
NARROW_FORMS = {
    "integer": "0|-?[1-9][0-9]{0,17}",
    "number": r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,30})?",
    "boolean": "true|false",
    "date": f"(?:{_YEAR})-(?:{_DAY_OF_MONTH})|(?:{_LEAP_YEAR})-02-29",
    "year": "[1-9][0-9]{3}",
}
# Engines compare with so many values in less time than they look one up.
FEW = 12

# The same, where a column has the forms of the standard.
NARROW_STANDARD = {
    "number": rf"{NARROW_FORMS['number']}(?:[eE][+-]?[0-9]{{1,2}})?",
    "boolean": STANDARD["boolean"],
}

# The types of which equal values have one text in the narrow form.
ONE_TEXT_A_VALUE = ("integer", "date", "year")

_CASTS: dict[str, Callable[[nw.Expr], nw.Expr]] = {
    "integer": lambda text: text.cast(nw.Int64),
    "year": lambda text: text.cast(nw.Int64),
    "number": lambda text: text.cast(nw.Float64),
    "boolean": lambda text: _is_one_of(text, TRUE),
}


@dataclass(frozen=True, slots=True)
class Beyond:
    """A column that the reference judges, once a distinct text, because its schema cannot be compiled."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a schema was compiled to.

    Attributes:
        cells: true where a cell of the row may be at fault; None where no cell can be.
        values: the columns that are compared as numbers or truth values, cast.
        rows: true where a row rule may be broken; None where there is none.
        dated: the columns to which `rules.date_parts` must be joined before `rows` is asked.
        beyond: the columns that are not in `cells`.
        other_rules: the row rules that are not in `rows`; where there are any, the reference judges every row.
    """

    cells: nw.Expr | None
    values: tuple[nw.Expr, ...]
    rows: nw.Expr | None
    dated: tuple[str, ...]
    beyond: tuple[Beyond, ...]
    other_rules: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether all of the schema was compiled."""
        return not (self.beyond or self.other_rules)


def compile_schema(schema: TableSchema, columns: Mapping[str, str], is_runnable: Callable[[str], bool]) -> Sieve:
    """Compile the schema of a table.

    Args:
        schema: of the table.
        columns: the name that each of its columns has on the engine, where it holds texts, missing where the cell is.
        is_runnable: whether the engine runs a portable pattern, in linear time and within its limits.
    """
    reasons = {field.name: _reason(field, is_runnable) for field in schema.fields}
    cast = [field for field in schema.fields if field.type in _CASTS and reasons[field.name] is None]
    names = {**columns, **{field.name: f"{columns[field.name]} value" for field in cast}}
    own_rules = [rules.renamed(rule, names) for rule in schema.row_rules if _is_compiled(rule, reasons)]
    others = tuple(rule.name for rule in schema.row_rules if not _is_compiled(rule, reasons))
    faults = [
        fault
        for field in schema.fields
        for fault in _faults(field, nw.col(columns[field.name]), nw.col(names[field.name]), reasons[field.name] is None)
    ]
    return Sieve(
        cells=any_of(faults),
        values=tuple(_value(field, nw.col(columns[field.name])).alias(names[field.name]) for field in cast),
        rows=any_of([~holds for rule in own_rules for holds in rules.KINDS[rule.kind](rule).values()]),
        dated=tuple(dict.fromkeys(column for rule in own_rules for column in rules.dated(rule))),
        beyond=tuple(Beyond(name, reason) for name, reason in reasons.items() if reason is not None),
        other_rules=others,
    )


def narrow_form(field: Field) -> str:
    """What a text of a field must match for an engine to judge it."""
    forms = NARROW_FORMS if field.strict else {**NARROW_FORMS, **NARROW_STANDARD}
    return forms[field.type]


def any_of(faults: Collection[nw.Expr]) -> nw.Expr | None:
    """True where one of the expressions is; none of them, or nothing but unknown ones, is not."""
    return nw.any_horizontal(*faults, ignore_nulls=True) if faults else None


def _is_compiled(rule: RowRule, reasons: Mapping[str, str | None]) -> bool:
    return all(reasons[name] is None for name in rule.involved)


def _reason(field: Field, is_runnable: Callable[[str], bool]) -> str | None:
    if not (is_plain(field) and field.type in ("string", "any", *NARROW_FORMS)):
        return f"type {field.type}, format {field.descriptor.get('format', 'default')}"
    for constraint in constraints(field, (*FORM, *BOUNDS)):
        if constraint.name not in _TESTS:
            return str(constraint.name)
        if not _fits(constraint):
            return f"{constraint.name} beyond 64 bits"
        if constraint.name == "pattern" and ((form := portable(constraint.value)) is None or not is_runnable(form)):
            return f"pattern {constraint.value}"
    return None


def _faults(field: Field, text: nw.Expr, value: nw.Expr, is_compiled: bool) -> Iterator[nw.Expr]:  # noqa: FBT001
    if field.required:
        yield text.is_null()
    if not is_compiled:
        return
    if field.type in _CASTS:
        yield value.is_null() & ~text.is_null()
    elif field.type in NARROW_FORMS:
        yield ~_matches(text, narrow_form(field))
    for constraint in constraints(field, (*FORM, *BOUNDS)):
        subject = text if constraint.name in _OF_TEXTS else value
        yield ~_TESTS[constraint.name](subject, _operand(field, constraint))


def _value(field: Field, text: nw.Expr) -> nw.Expr:
    """The value of a cell; missing where its text is not of the narrow form."""
    return _CASTS[field.type](nw.when(_matches(text, narrow_form(field))).then(text))


def _matches(text: nw.Expr, form: str) -> nw.Expr:
    return text.str.contains(rf"\A(?:{form})\z")


def _operand(field: Field, constraint: Constraint) -> Any:
    """What a constraint compares values with, as an engine has them."""
    if isinstance(constraint.value, frozenset):
        return [_on_engine(field, value) for value in constraint.value]
    return _on_engine(field, constraint.value) if constraint.name in BOUNDS else constraint.value


def _on_engine(field: Field, value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if field.type == "number" else value


def _fits(constraint: Constraint) -> bool:
    values = constraint.value if isinstance(constraint.value, frozenset) else [constraint.value]
    return all(not isinstance(value, int) or SMALLEST <= value <= LARGEST for value in values)


def _is_one_of(value: nw.Expr, allowed: Sequence[Any]) -> nw.Expr:
    if not 0 < len(allowed) <= FEW:
        return value.is_in(allowed)
    return nw.any_horizontal(*(value == one for one in allowed), ignore_nulls=False)


_OF_TEXTS = ("pattern", "minLength", "maxLength")
_TESTS: dict[str, Callable[[nw.Expr, Any], nw.Expr]] = {
    "enum": _is_one_of,
    "categories": _is_one_of,
    "pattern": lambda text, pattern: text.str.contains(str(portable(pattern))),
    "minLength": lambda text, length: text.str.len_chars() >= length,
    "maxLength": lambda text, length: text.str.len_chars() <= length,
    **COMPARISONS,
}
