"""Which engine checks a package."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ceasefire_talks.validation.descriptor import Description

ENGINES = ("auto", "pandas", "polars", "spark")

# Below it the reference itself takes a second or two; `benchmarks/validate.py --engines` prints the times of both.
LARGE = 1 << 20


def chosen(description: Description) -> str:
    """The engine for `auto`: polars for large packages, where it is installed, else pandas."""
    size = sum(path.stat().st_size for resource in description.resources for path in resource.paths)
    return "polars" if size > LARGE and find_spec("polars") else "pandas"
