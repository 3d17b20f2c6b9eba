"""A problem as data, and the one line that a reader sees of it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong at one place. `str()` of it is what `ceasefire-talks check` prints.

    Attributes:
        code: stable code of the rule, such as `K01`.
        rule: its name, such as `foreign-key`.
        table: the table; None where the problem is the package's.
        file: the file, relative to the package.
        line: the physical line, from 1, on which the row starts; None where the file cannot be read at all.
        column: the name of the column.
        field: the position of the cell in its row, from 1; in the descriptor, but for tables that stand in it, of the
            character in its line.
        record: the primary key of the row, joined by `/`; in the descriptor, the path of the property.
        value: the text that is wrong.
        message: what is wrong, with the value.
        expected: what would have been right.
        mend: what to do.
    """

    code: str
    rule: str
    table: str | None = None
    file: str
    line: int | None = None
    column: str | None = None
    field: int | None = None
    record: str | None = None
    value: str | None = None
    message: str
    expected: str = ""
    mend: str

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.field) if part is not None)
        subject = ".".join(part for part in (self.record, self.column) if part)
        return neutral(f"{place} {self.code} {self.rule}{' ' if subject else ''}{subject}: {self.message}")

    def to_dict(self) -> dict[str, Any]:
        """The problem as plain values, for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def quoted(value: object) -> str:
    """A value in double quotes, shortened where it is long."""
    text = str(value)
    return f'"{text}"' if len(text) <= LONGEST_QUOTE else f'"{text[:LONGEST_QUOTE]}…"'


def neutral(text: str) -> str:
    r"""A text that a terminal only prints: control, format and line-breaking characters are shown as `\x1b`.

    A log of GitHub obeys what begins with `::`, or holds `##[`; here it does not.
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(_escaped(c) if unicodedata.category(c) in _HIDDEN else c for c in text)
    if text.lstrip().startswith("::"):
        text = text.replace("::", "\\x3a:", 1)
    return text.replace("##[", "#\\x23[")


_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def _escaped(character: str) -> str:
    escape = character.encode("unicode_escape", "surrogatepass").decode()
    return f"\\x{ord(character):02x}" if len(escape) == len("\\n") else escape
