"""A Table Schema as typed objects. Reads ours and anybody else's; standard library only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table, by its Table Schema descriptor.

    `strict` tells whether its cells have the data model's own forms, which are narrower than those of the standard.
    """

    name: str
    type: str
    descriptor: Mapping[str, Any]
    strict: bool = True

    @property
    def format(self) -> str:
        """The format of its type; early versions of the standard wrote `fmt:` before it."""
        return str(self.descriptor.get("format") or "default").removeprefix("fmt:")

    @property
    def missing_values(self) -> tuple[str, ...] | None:
        """The texts that stand for a missing value in this field; None where it has those of its table."""
        own = self.descriptor.get("missingValues")
        return None if own is None else _missing_values(own)

    @property
    def title(self) -> str:
        """What a reader sees instead of the name."""
        return str(self.descriptor.get("title", self.name))

    @property
    def description(self) -> str:
        """What the field holds."""
        return str(self.descriptor.get("description", ""))

    @property
    def constraints(self) -> Mapping[str, Any]:
        """The field's constraints, empty where it has none."""
        constraints: Mapping[str, Any] = self.descriptor.get("constraints", {})
        return constraints

    @property
    def required(self) -> bool:
        """Whether every row must fill it."""
        return bool(self.constraints.get("required", False))

    @property
    def enum(self) -> tuple[Any, ...] | None:
        """The closed list of values, in the definition's order; None where any value may stand."""
        values = self.constraints.get("enum")
        return None if values is None else tuple(values)

    @property
    def categories(self) -> tuple[Any, ...] | None:
        """The values of its categories, labelled or not; None where it has none."""
        listed = self.descriptor.get("categories")
        return None if listed is None else tuple(c["value"] if isinstance(c, Mapping) else c for c in listed)

    @property
    def ordered(self) -> bool:
        """Whether the values of the closed list are ordered, lowest first."""
        return bool(self.descriptor.get("categoriesOrdered", False))

    @property
    def labels(self) -> dict[str, str]:
        """A readable label for each value of the closed list that has one."""
        categories = self.descriptor.get("categories", [])
        return {c["value"]: c["label"] for c in categories if isinstance(c, Mapping) and "label" in c}


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns whose values must stand in a row of another table, or of the same one."""

    fields: tuple[str, ...]
    table: str
    target_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule across the columns of one row; `kind` names the function that checks it, `descriptor` its parameters."""

    name: str
    kind: str
    fields: tuple[str, ...]
    descriptor: Mapping[str, Any]

    @property
    def involved(self) -> tuple[str, ...]:
        """Every column that the rule looks at: its fields, and those that its condition names."""
        return tuple(dict.fromkeys((*self.fields, *self.descriptor.get("when", {}))))


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table's schema: its fields, keys and row rules."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]
    row_rules: tuple[RowRule, ...]
    missing_values: tuple[str, ...]
    label_field: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The field of that name.

        Raises:
            KeyError: there is none.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def missing(self, field: Field) -> tuple[str, ...]:
        """The texts that stand for a missing value in a field: its own, else the table's."""
        return self.missing_values if field.missing_values is None else field.missing_values

    def foreign_key(self, column: str) -> ForeignKey | None:
        """The foreign key that consists of just this column, if there is one."""
        return next((key for key in self.foreign_keys if key.fields == (column,)), None)

    @classmethod
    def from_descriptor(cls, name: str, schema: Mapping[str, Any], *, strict: bool = True) -> TableSchema:
        """Build it from a Table Schema; `name` is the resource's, to which self-references point."""
        return cls(
            name=name,
            title=str(schema.get("title", name)),
            description=str(schema.get("description", "")),
            fields=tuple(Field(f["name"], f.get("type", "string"), f, strict) for f in schema["fields"]),
            primary_key=_names(schema.get("primaryKey", ())),
            unique_keys=tuple(_names(key) for key in schema.get("uniqueKeys", ())),
            foreign_keys=tuple(_foreign_key(name, key) for key in schema.get("foreignKeys", ())),
            row_rules=tuple(RowRule(r["name"], r["rule"], _names(r["fields"]), r) for r in schema.get("rowRules", ())),
            missing_values=_missing_values(schema.get("missingValues", ("",))),
            label_field=schema.get("labelField"),
        )


def _names(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _missing_values(values: Iterable[str | Mapping[str, str]]) -> tuple[str, ...]:
    return tuple(v if isinstance(v, str) else v["value"] for v in values)


def _foreign_key(table: str, key: Mapping[str, Any]) -> ForeignKey:
    reference = key["reference"]
    return ForeignKey(_names(key["fields"]), reference.get("resource") or table, _names(reference["fields"]))
