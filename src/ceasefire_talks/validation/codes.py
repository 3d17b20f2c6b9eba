"""The codes of problems: stable, each with its name, what it means, why it matters, and how to mend it.

A code is defined beside the function that finds the problem; `registry` collects them all.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from ceasefire_talks.validation.problem import Problem

FAMILIES = {
    "D": "Descriptor",
    "F": "Files",
    "C": "Cells",
    "R": "Rows",
    "K": "Keys",
    "M": "Data model",
    "X": "Other validators",
}


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem.

    Attributes:
        code: a letter of `FAMILIES` and two digits; never changed and never used again.
        slug: its name.
        title: what is wrong, as a sentence.
        why: what goes wrong for a reader of the data if it stays.
        mend: what to do, in the imperative.
    """

    code: str
    slug: str
    title: str
    why: str
    mend: str

    def problem(self, message: str, *, mend: str = "", **place: Any) -> Problem:
        """A problem of this kind; `place` gives the other attributes of `Problem`."""
        return Problem(code=self.code, rule=self.slug, message=message, mend=mend or self.mend, **place)


def registry() -> dict[str, Code]:
    """Every code there is, in order."""
    found = {code.code: code for module in _modules("ceasefire_talks.validation") for code in _codes(module)}
    return dict(sorted(found.items()))


def _modules(package: str) -> list[ModuleType]:
    module = importlib.import_module(package)
    names = [info.name for info in pkgutil.walk_packages(module.__path__, f"{package}.")]
    # Engines have no codes of their own, and need libraries that may not be there.
    return [importlib.import_module(name) for name in names if not name.startswith(f"{package}.engines")]


def _codes(module: ModuleType) -> list[Code]:
    values = (value if isinstance(value, Code) else getattr(value, "code", None) for value in vars(module).values())
    return [value for value in values if isinstance(value, Code)]
