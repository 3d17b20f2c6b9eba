"""Which engine checks a package."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ceasefire_talks.validation.descriptor import Description

ENGINES = ("auto", "pandas", "polars", "spark")

# Below it the reference itself takes a second or two; `benchmarks/validate.py --engines` prints the times of both.
LARGE = 1 << 20


def chosen(description: Description, engine: str) -> str:
    """The engine that was asked for; for `auto` polars for large packages, where it is installed, else pandas."""
    if engine != "auto":
        return engine
    return "polars" if description.size > LARGE and find_spec("polars") else "pandas"
