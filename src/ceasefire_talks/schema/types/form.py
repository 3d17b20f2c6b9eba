"""A lexical form: one type in one format, in words for readers and as a function for programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from ceasefire_talks.schema.model import Field

Reader = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Form:
    """One type in one format.

    Attributes:
        type: the Table Schema type.
        format: the format; `pattern` for any with a `%`.
        texts: which texts are of the type, in words; backticks around code.
        value: which value such a text is.
        expected: what a message says that a cell should have been.
        reader: makes the function that reads a text for a field; it raises ValueError for any other text.
        regex: what a whole text must match, where that and a plain cast say everything.
    """

    type: str
    format: str
    texts: str
    value: str
    expected: str
    reader: Callable[[Field], Reader]
    regex: str | None = None


def refuse(text: str) -> NoReturn:
    """Raise the ValueError that says that a text is not of its type."""
    raise ValueError(f"{text!r} is not of the type")
