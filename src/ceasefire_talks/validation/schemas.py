"""Stage 1, continued: the Table Schemas of the descriptor.

A constraint that cannot be applied is reported and left out, so that the rest of its table is checked.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from ceasefire_talks.schema import rules
from ceasefire_talks.schema.constraints import BOUNDS, FORM, constraints
from ceasefire_talks.schema.definition import TABLES, table_schema
from ceasefire_talks.schema.lexical import form, reader
from ceasefire_talks.schema.model import Field, ForeignKey, RowRule, TableSchema
from ceasefire_talks.schema.patterns import PatternError, UnsupportedError, UnsupportedPatternError
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.description import Description, Resource
from ceasefire_talks.validation.header import told_apart
from ceasefire_talks.validation.inline import cells_of
from ceasefire_talks.validation.positions import JsonPath, shown
from ceasefire_talks.validation.problem import quoted

DATA_MODEL = "ceasefire-talks/1"
VERSION_2 = 2
_PROFILE = re.compile(r"https?://(?:www\.)?datapackage\.org/profiles/([0-9]{1,3})\.")

Announced = Mapping[str, tuple[str, ...]]  # the columns of every table that the descriptor speaks of

UNKNOWN_REFERENCE = Code(
    "D06",
    "schema-reference",
    "A key or rule of a schema names a column or table that there is not.",
    "The key or rule cannot be applied, and readers that rely on it fail.",
    "Correct the name, or take the key or rule out.",
)
BAD_PATTERN = Code(
    "D07",
    "schema-pattern",
    "The pattern of a column is no regular expression.",
    "The column cannot be checked.",
    "Correct the pattern.",
)
BAD_CONSTRAINT = Code(
    "D08",
    "schema-constraint",
    "A constraint or row rule of a schema cannot be applied to its columns.",
    "The constraint says nothing.",
    "Give values of the column's type, and the parameters that the rule's kind needs.",
)
NOT_THE_MODEL = Code(
    "D09",
    "data-model",
    "The descriptor promises the data model, but a table, column, type or primary key of it is missing or different.",
    "Programs written for the data model fail on the package.",
    "Restore the table or column by `ceasefire-talks describe`, or take `dataModel` out of the descriptor.",
)
REPEATED_FIELD = Code(
    "D10",
    "repeated-field",
    "Two columns of a schema have the same name, which version 2 of the standard forbids.",
    "Programs that look for a column by its name get one of them, and never the other.",
    "Rename one of them, in the schema and in the file.",
)


def read_schemas(description: Description) -> None:
    """Fill `description.schemas` with what can be applied, and report the rest."""
    announced = _announced(description)
    is_model = description.content.get("dataModel") == DATA_MODEL
    for resource in description.resources:
        whole = TableSchema.from_descriptor(resource.name, resource.schema, strict=is_model)
        place = (*resource.place, "schema")
        schema = _with_fields(description, whole, place, may_repeat=_version(description, resource) < VERSION_2)
        schema = _without_arrays(description, schema, resource)
        schema = _with_keys(description, schema, place, announced)
        description.schemas[resource.name] = _with_rules(description, schema, place)
    if is_model:
        _compare_with_model(description, announced)


def _announced(description: Description) -> Announced:
    found: dict[str, tuple[str, ...]] = {}
    resources = description.content.get("resources")
    for resource in resources if isinstance(resources, list) else []:
        with contextlib.suppress(KeyError, TypeError, AttributeError):
            names = (field["name"] for field in resource["schema"]["fields"])
            found[resource["name"]] = tuple(name for name in names if isinstance(name, str))
    of_files = {r.name: tuple(field["name"] for field in r.schema["fields"]) for r in description.resources}
    return found | of_files


def _version(description: Description, resource: Resource) -> int:
    """The version of the standard that a schema follows: what it says itself, its resource or package; the first."""
    said = (str(part.get("$schema", "")) for part in (resource.schema, resource.descriptor, description.content))
    return next((int(found[1]) for profile in said if (found := _PROFILE.match(profile))), 1)


def _with_fields(description: Description, schema: TableSchema, place: JsonPath, *, may_repeat: bool) -> TableSchema:
    fields: list[Field] = []
    for index, (field, name) in enumerate(zip(schema.fields, told_apart(schema.columns), strict=True)):
        at = (*place, "fields", index)
        if field.name != name and not may_repeat:
            message = f"{quoted(field.name)} is the name of another column"
            description.report(REPEATED_FIELD, (*at, "name"), message, field.name, "a name that no other column has")
        fields.append(_sound_field(description, schema.name, replace(field, name=name), at))
    return replace(schema, fields=tuple(fields))


def _without_arrays(description: Description, schema: TableSchema, resource: Resource) -> TableSchema:
    """A schema without its columns of lists, where lists stand as arrays in the descriptor: they have no one text."""
    if not any(isinstance(cell, list) for cell in cells_of(resource.data)):
        return schema
    for field in (field for field in schema.fields if field.type == "list"):
        description.hand_on(schema.name, "its lists stand as arrays in the descriptor", field.descriptor)
    return replace(schema, fields=tuple(_anything(f) if f.type == "list" else f for f in schema.fields))


def _anything(field: Field) -> Field:
    """A field whose cells somebody else judges."""
    return replace(field, type="any", descriptor=_without(field.descriptor, "format", "constraints", "categories"))


def _sound_field(description: Description, table: str, field: Field, place: JsonPath) -> Field:
    if form(field) is None:
        description.hand_on(table, f"format {field.format} of type {field.type}", field.descriptor)
        return _anything(field)
    try:
        reader(field)
    except (ValueError, TypeError) as error:
        message = f"{quoted(field.name)} cannot be read: {error}"
        description.report(BAD_CONSTRAINT, place, message, field.name, f"the options of type {field.type}")
        return replace(field, type="any", descriptor=_without(field.descriptor, "constraints", "categories"))
    faulty = [name for name in (*FORM, *BOUNDS) if not _is_sound(description, table, field, name, place)]
    limited = {**field.descriptor, "constraints": _without(field.constraints, *faulty)}
    return replace(field, descriptor=_without(limited, "categories") if "categories" in faulty else limited)


def _without(descriptor: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in descriptor.items() if name not in names}


def _is_sound(description: Description, table: str, field: Field, name: str, place: JsonPath) -> bool:
    where = (*place, name) if name == "categories" else (*place, "constraints", name)
    given = field.categories if name == "categories" else field.constraints.get(name)
    try:
        list(constraints(field, (name,)))
    except UnsupportedPatternError as error:
        only = {"name": field.name, "type": "string", "constraints": {"pattern": given}}
        description.hand_on(table, f"its pattern: {error}", only)
    except UnsupportedError as error:
        description.skip(f"{name} of {shown(place)}", str(error))
    except PatternError as error:
        message = f"{quoted(given)} is no regular expression: {error}"
        description.report(BAD_PATTERN, where, message, given, "a regular expression")
    except (ValueError, TypeError) as error:
        message = f"{quoted(given)} cannot be applied to type {field.type}: {error}"
        description.report(BAD_CONSTRAINT, where, message, given, f"of type {field.type}")
    else:
        return True
    return False


def _with_keys(description: Description, schema: TableSchema, place: JsonPath, known: Announced) -> TableSchema:
    def sound(names: Sequence[str], *path: str | int) -> bool:
        return _known(description, names, schema.columns, (*place, *path), f"table {schema.name}")

    return replace(
        schema,
        primary_key=schema.primary_key if sound(schema.primary_key, "primaryKey") else (),
        unique_keys=tuple(key for i, key in enumerate(schema.unique_keys) if sound(key, "uniqueKeys", i)),
        foreign_keys=tuple(
            key
            for i, key in enumerate(schema.foreign_keys)
            if sound(key.fields, "foreignKeys", i, "fields")
            and _sound_target(description, key, (*place, "foreignKeys", i, "reference"), known)
        ),
    )


def _sound_target(description: Description, key: ForeignKey, place: JsonPath, known: Announced) -> bool:
    if key.table not in known:
        message = f"{quoted(key.table)} is no table of the package"
        description.report(UNKNOWN_REFERENCE, (*place, "resource"), message, key.table, "the name of a table")
        return False
    if len(key.fields) != len(key.target_fields):
        message = f"{len(key.fields)} columns cannot point to {len(key.target_fields)}"
        description.report(UNKNOWN_REFERENCE, (*place, "fields"), message, None, "as many columns on both sides")
        return False
    return _known(description, key.target_fields, known[key.table], (*place, "fields"), f"table {key.table}")


def _known(description: Description, names: Sequence[str], columns: Sequence[str], place: JsonPath, where: str) -> bool:
    unknown = [name for name in names if name not in columns]
    for name in unknown:
        near = get_close_matches(name, columns, n=1)
        hint = f"; nearest is {quoted(near[0])}" if near else ""
        description.report(
            UNKNOWN_REFERENCE, place, f"{quoted(name)} is no column of {where}{hint}", name, "the name of a column"
        )
    return not unknown


def _with_rules(description: Description, schema: TableSchema, place: JsonPath) -> TableSchema:
    sound = tuple(
        r for i, r in enumerate(schema.row_rules) if _sound_rule(description, r, schema, (*place, "rowRules", i))
    )
    return replace(schema, row_rules=sound)


def _sound_rule(description: Description, rule: RowRule, schema: TableSchema, place: JsonPath) -> bool:
    if rule.kind not in rules.KINDS:
        message = f"{quoted(rule.kind)} is no kind of row rule"
        description.report(BAD_CONSTRAINT, (*place, "rule"), message, rule.kind, f"one of: {', '.join(rules.KINDS)}")
        return False
    if not _known(description, rule.involved, schema.columns, place, f"table {schema.name}"):
        return False
    try:
        rules.KINDS[rule.kind](rule)
        if (reason := rules.mismatch(rule, {field.name: field.type for field in schema.fields})) is not None:
            raise ValueError(reason)  # noqa: TRY301
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        message = f"{quoted(rule.name)} cannot be applied as a rule of kind {rule.kind}: {error}"
        description.report(BAD_CONSTRAINT, place, message, rule.name, "the parameters of its kind")
        return False
    return True


def _compare_with_model(description: Description, announced: Announced) -> None:
    for table in TABLES:
        if table not in announced:
            message = f"table {quoted(table)} is missing"
            description.report(NOT_THE_MODEL, ("resources",), message, None, f"the table {table}")
        elif table in description.schemas:
            _compare_table(description, TableSchema.from_descriptor(table, table_schema(table, [])))


def _compare_table(description: Description, model: TableSchema) -> None:
    schema = description.schemas[model.name]
    place = next((*r.place, "schema") for r in description.resources if r.name == model.name)
    types = {field.name: field.type for field in schema.fields}
    for field in model.fields:
        if types.get(field.name) != field.type:
            found = f"is of type {types[field.name]}" if field.name in types else "is missing"
            message = f"column {quoted(field.name)} of {model.name} {found}"
            description.report(NOT_THE_MODEL, (*place, "fields"), message, None, f"a column of type {field.type}")
    if schema.primary_key != model.primary_key:
        message = f"the primary key of {model.name} is {', '.join(schema.primary_key) or 'missing'}"
        description.report(NOT_THE_MODEL, (*place, "primaryKey"), message, None, ", ".join(model.primary_key))
