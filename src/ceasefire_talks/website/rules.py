"""The rules that `check` applies, each with a line that breaks it."""

from __future__ import annotations

from dataclasses import dataclass

from ceasefire_talks.validation.codes import FAMILIES, Code, registry
from ceasefire_talks.validation.explanation import examples


@dataclass(frozen=True, slots=True)
class Example:
    """A place that breaks a rule, in a package made to break it.

    Attributes:
        problem: the line that `check` prints.
        text: the line of the file that it names, shortened; empty where no line is reported.
    """

    problem: str
    text: str


@dataclass(frozen=True, slots=True)
class Family:
    """The rules about one part of a package."""

    title: str
    rules: list[tuple[Code, Example | None]]


def families() -> list[Family]:
    """The rules by what they are about."""
    known = {name: Example(**example) for name, example in examples().items()}
    rules = [(code, known.get(code.code)) for code in registry().values()]
    return [Family(title, [rule for rule in rules if rule[0].code[0] == letter]) for letter, title in FAMILIES.items()]
