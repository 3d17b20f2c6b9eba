"""SQL of the tables, from their schemas: types, keys, checks, and views that join labels.

Two dialects differ in their types and in what their patterns can say. What a dialect cannot check exactly it does not
check at all, and a comment says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ceasefire_talks.package.frames import LABEL_SUFFIX
from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.exports.tables import labelled_fields, schemas
from ceasefire_talks.schema.keys import candidate_keys
from ceasefire_talks.schema.model import Field, ForeignKey, RowRule, TableSchema

LABELS = "code_labels"
LABELS_COLUMNS = ("table_name", "column_name", "code", "label")
BOUNDS = {"minimum": ">=", "maximum": "<=", "exclusiveMinimum": ">", "exclusiveMaximum": "<"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """What differs between databases.

    Attributes:
        types: the column type of each Table Schema type.
        table_options: what stands behind the closing parenthesis of a table.
        length: the function that counts the characters of a text.
        of_type: a condition that a cell is of its type, where the column type does not see to that; None if it does.
        matches: a condition that a column matches a pattern as a whole; None where the dialect cannot say it exactly.
    """

    types: Mapping[str, str]
    table_options: str
    length: str
    of_type: Callable[[str, Field], str | None]
    matches: Callable[[str, str], str | None]


def identifier(name: str) -> str:
    """A name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def table_name(resource: str) -> str:
    """The table of a resource; SQL users should not have to quote hyphens."""
    return resource.replace("-", "_")


def literal(value: Any) -> str:
    """A value as an SQL literal."""
    if isinstance(value, bool) or value is None:
        return str(value).upper() if value is not None else "NULL"
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"


def create_table(schema: TableSchema, dialect: Dialect, *, foreign_keys: bool) -> str:
    """The `CREATE TABLE` of a table, with a comment for each pattern that its checks leave out."""
    lines = [
        *(_column(field, dialect) for field in schema.fields),
        *([f"PRIMARY KEY ({_list(schema.primary_key)})"] if schema.primary_key else []),
        *(f"UNIQUE ({_list(key)})" for key in candidate_keys(schema)),
        *(check for rule in schema.row_rules for check in _row_checks(rule)),
        *(foreign_key(key) for key in schema.foreign_keys if foreign_keys),
    ]
    body = ",\n".join(f"  {line}" for line in lines)
    left_out = "".join(f"-- Not checked here: {gap}\n" for gap in gaps(schema, dialect))
    return f"{left_out}CREATE TABLE {identifier(table_name(schema.name))} (\n{body}\n){dialect.table_options};\n"


def foreign_key(key: ForeignKey) -> str:
    """A foreign key as a constraint of the table that has it."""
    target = identifier(table_name(key.table))
    return f"FOREIGN KEY ({_list(key.fields)}) REFERENCES {target} ({_list(key.target_fields)})"


def gaps(schema: TableSchema, dialect: Dialect) -> Iterator[str]:
    """What the definition demands of one row and the SQL does not check."""
    for field in schema.fields:
        pattern = field.constraints.get("pattern")
        if pattern is not None and dialect.matches(identifier(field.name), pattern) is None:
            yield f"the pattern of {field.name}"
    for rule in schema.row_rules:
        if rule.kind not in _ROW_CHECKS:
            yield f"the rule {rule.name}"


def create_labels() -> str:
    """The table of the labels of all codes, as the views join them."""
    columns = ",\n".join(f"  {identifier(name)} TEXT NOT NULL" for name in LABELS_COLUMNS)
    return f"CREATE TABLE {LABELS} (\n{columns},\n  PRIMARY KEY ({_list(LABELS_COLUMNS[:3])})\n);\n"


def label_rows(package: Package) -> list[tuple[str, str, str, str]]:
    """The rows of that table."""
    return [
        (table_name(schema.name), field.name, code, label)
        for schema in schemas(package)
        for field in labelled_fields(schema)
        for code, label in field.labels.items()
    ]


def create_views(package: Package) -> Iterator[str]:
    """A view `<table>_labelled` of every table that has an id or a code with a readable name."""
    for schema in schemas(package):
        columns, joins = _labelled_columns(schema, package)
        if joins:
            table = table_name(schema.name)
            yield (
                f"CREATE VIEW {identifier(f'{table}_labelled')} AS\nSELECT\n  "
                + ",\n  ".join(columns)
                + f"\nFROM {identifier(table)} AS t\n"
                + "\n".join(joins)
                + ";\n"
            )


def _labelled_columns(schema: TableSchema, package: Package) -> tuple[list[str], list[str]]:
    columns: list[str] = []
    joins: list[str] = []
    for field in schema.fields:
        own = f"t.{identifier(field.name)}"
        columns.append(own)
        source = _label_source(field, schema, package)
        if source is not None:
            alias = identifier(f"of_{field.name}")
            table, label, conditions = source
            columns.append(f"{alias}.{identifier(label)} AS {identifier(field.name + LABEL_SUFFIX)}")
            matched = " AND ".join(f"{alias}.{identifier(c)} = {v or own}" for c, v in conditions.items())
            joins.append(f"LEFT JOIN {identifier(table)} AS {alias} ON {matched}")
    return columns, joins


def _label_source(field: Field, schema: TableSchema, package: Package) -> tuple[str, str, dict[str, str]] | None:
    # The table and the column of a field's labels, and what that table's columns must equal: a literal, or the field.
    key = schema.foreign_key(field.name)
    if key is not None:
        label = package.schema(key.table).label_field
        return (table_name(key.table), label, {key.target_fields[0]: ""}) if label else None
    if not field.labels:
        return None
    where = {"table_name": literal(table_name(schema.name)), "column_name": literal(field.name), "code": ""}
    return LABELS, "label", where


def _column(field: Field, dialect: Dialect) -> str:
    parts = [identifier(field.name), dialect.types.get(field.type, dialect.types["string"])]
    if field.required:
        parts.append("NOT NULL")
    return " ".join([*parts, *(f"CHECK ({condition})" for condition in _conditions(field, dialect))])


def _conditions(field: Field, dialect: Dialect) -> Iterator[str]:
    column, constraints = identifier(field.name), field.constraints
    if of_type := dialect.of_type(column, field):
        yield of_type
    if field.enum is not None:
        yield f"{column} IN ({', '.join(literal(code) for code in field.enum)})"
    yield from (f"{column} {sign} {literal(constraints[name])}" for name, sign in BOUNDS.items() if name in constraints)
    for name, sign in (("minLength", ">="), ("maxLength", "<=")):
        if name in constraints:
            yield f"{dialect.length}({column}) {sign} {literal(constraints[name])}"
    if "pattern" in constraints and (matches := dialect.matches(column, constraints["pattern"])):
        yield matches


def _row_checks(rule: RowRule) -> Iterator[str]:
    if rule.kind in _ROW_CHECKS:
        for condition in _ROW_CHECKS[rule.kind](rule):
            yield f"CONSTRAINT {identifier(rule.name)} CHECK ({condition})"


def _exactly_one(rule: RowRule) -> list[str]:
    filled = " + ".join(f"CASE WHEN {identifier(c)} IS NULL THEN 0 ELSE 1 END" for c in rule.fields)
    return [f"{filled} = 1"]


def _both_or_neither(rule: RowRule) -> list[str]:
    one, other = (identifier(column) for column in rule.fields)
    return [f"({one} IS NULL) = ({other} IS NULL)"]


def _ordered(rule: RowRule) -> list[str]:
    low, high = (identifier(column) for column in rule.fields)
    return [f"{low} {'<' if rule.descriptor.get('strict') else '<='} {high}"]


def _applies(rule: RowRule) -> str:
    return " AND ".join(
        f"COALESCE({identifier(column)} IN ({', '.join(literal(v) for v in values)}), FALSE)"
        for column, values in rule.descriptor["when"].items()
    )


def _all(rule: RowRule, state: str) -> str:
    return " AND ".join(f"{identifier(column)} IS {state}" for column in rule.fields)


def _required_when(rule: RowRule) -> list[str]:
    return [f"NOT ({_applies(rule)}) OR ({_all(rule, 'NOT NULL')})"]


def _required_unless(rule: RowRule) -> list[str]:
    unknown = " OR ".join(f"{identifier(column)} IS NULL" for column in rule.descriptor["when"])
    return [f"({_applies(rule)}) OR {unknown} OR ({_all(rule, 'NOT NULL')})"]


def _empty_when(rule: RowRule) -> list[str]:
    return [f"NOT ({_applies(rule)}) OR ({_all(rule, 'NULL')})"]


def _equal_when(rule: RowRule) -> list[str]:
    one, other = (identifier(column) for column in rule.fields)
    return [f"NOT ({_applies(rule)}) OR COALESCE({one} = {other}, {one} IS NULL AND {other} IS NULL)"]


_ROW_CHECKS: dict[str, Callable[[RowRule], list[str]]] = {
    "exactly-one": _exactly_one,
    "both-or-neither": _both_or_neither,
    "ordered": _ordered,
    "required-when": _required_when,
    "required-unless": _required_unless,
    "empty-when": _empty_when,
    "equal-when": _equal_when,
}


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(identifier(name) for name in names)
