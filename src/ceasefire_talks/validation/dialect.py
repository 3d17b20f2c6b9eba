"""How the rows of a table stand in its file: the table dialect, as the reader needs it."""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LINE_ENDS = ("\n", "\r\n", "\r")
DELIMITED = (
    *("$schema", "csvddfVersion", "title", "name", "description", "caseSensitiveHeader", "type"),
    *("delimiter", "lineTerminator", "quoteChar", "doubleQuote", "escapeChar", "nullSequence", "skipInitialSpace"),
    *("header", "headerRows", "headerJoin", "commentRows", "commentChar"),
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """A table dialect of delimited text, with the properties and defaults of the standard.

    `line_terminator` is None for any of the usual line ends; `header_rows` is empty where there is no header.
    """

    delimiter: str = ","
    line_terminator: str | None = None
    quote_char: str | None = '"'
    double_quote: bool = True
    escape_char: str | None = None
    null_sequence: str | None = None
    skip_initial_space: bool = False
    header_rows: tuple[int, ...] = (1,)
    header_join: str = " "
    comment_rows: frozenset[int] = frozenset()
    comment_char: str | None = None
    case_sensitive_header: bool = True

    @classmethod
    def from_descriptor(cls, descriptor: Mapping[str, Any]) -> Dialect:
        """Build it from its descriptor.

        Raises:
            ValueError: it is none that this reader reads; the message says why.
        """
        terminator = descriptor.get("lineTerminator")
        has_header = descriptor.get("header", True)
        found = cls(
            delimiter=descriptor.get("delimiter", ","),
            line_terminator=None if terminator in LINE_ENDS else terminator,
            quote_char=descriptor.get("quoteChar", '"') or None,
            double_quote=descriptor.get("doubleQuote", True),
            escape_char=descriptor.get("escapeChar") or None,
            null_sequence=descriptor.get("nullSequence"),
            skip_initial_space=descriptor.get("skipInitialSpace", False),
            header_rows=tuple(map(_countable, descriptor.get("headerRows", (1,)))) if has_header else (),
            header_join=descriptor.get("headerJoin", " "),
            comment_rows=frozenset(descriptor.get("commentRows") or ()),
            comment_char=descriptor.get("commentChar") or None,
            case_sensitive_header=descriptor.get("caseSensitiveHeader", True),
        )
        found._refuse_others(descriptor)
        return found

    def _refuse_others(self, descriptor: Mapping[str, Any]) -> None:
        if beyond := [name for name in descriptor if name not in DELIMITED]:
            raise ValueError(f"its dialect has {', '.join(beyond)}")
        if self.line_terminator is not None and len(self.line_terminator) != 1:
            raise ValueError("its lineTerminator is of several characters")
        try:
            csv.reader((), **self.csv_options)
        except (TypeError, ValueError) as error:
            raise ValueError(f"its dialect cannot be read: {error}") from error

    @property
    def csv_options(self) -> dict[str, Any]:
        """The options of Python's csv module."""
        return {
            "delimiter": self.delimiter,
            "quotechar": self.quote_char,
            "quoting": csv.QUOTE_MINIMAL if self.quote_char else csv.QUOTE_NONE,
            "doublequote": self.double_quote,
            "escapechar": self.escape_char,
            "skipinitialspace": self.skip_initial_space,
            "strict": True,
        }


def _countable(row: int) -> int:
    """The number of a row, or where no file has as many, the greatest that a program counts to."""
    return min(row, sys.maxsize)


DEFAULT = Dialect()
