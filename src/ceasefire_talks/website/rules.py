"""The rules that `check` applies, each with lines that break it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ceasefire_talks.validation.codes import FAMILIES, Code, registry

LONGEST = 240


@dataclass(frozen=True, slots=True)
class Example:
    """A place that breaks a rule, in a package made to break it.

    Attributes:
        place: what `check` reports: file, line, column and record, as far as there are any.
        text: that line of the file, shortened; empty where no line is reported.
    """

    place: dict[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class Family:
    """The rules about one part of a package."""

    title: str
    rules: list[tuple[Code, list[Example]]]


def families(broken: Path) -> list[Family]:
    """The rules by what they are about.

    Args:
        broken: the folder with a broken package for each rule, named by its code and slug; it may be absent.
    """
    rules = [(code, list(_examples(broken / f"{code.code}-{code.slug}"))) for code in registry().values()]
    return [Family(title, [rule for rule in rules if rule[0].code[0] == letter]) for letter, title in FAMILIES.items()]


def _examples(folder: Path) -> Iterator[Example]:
    expected = folder / "expected.json"
    for problem in json.loads(expected.read_text("utf-8"))["problems"] if expected.is_file() else []:
        place = {name: problem[name] for name in ("file", "line", "column", "record") if problem.get(name)}
        yield Example(place, _line(folder / str(place.get("file", "")), place.get("line")))


def _line(path: Path, number: int | None) -> str:
    if number is None or not path.is_file():
        return ""
    lines = path.read_text("utf-8", errors="backslashreplace").split("\n")
    text = lines[number - 1] if number <= len(lines) else ""
    text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"
