"""What a reader of a package may have got wrong, each with the nearest right answer."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class PackageError(Exception):
    """The package cannot be read; the message says what to do."""


class UnknownNameError(PackageError, KeyError):
    """A table, column or record of that name is not in the package."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        nearest = get_close_matches(name, list(known), n=1, cutoff=0.3)
        self.message = f"no {kind} {name!r}" + (f"; nearest is {nearest[0]!r}" if nearest else "")
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message


class AmbiguousIdError(PackageError):
    """Several tables hold a record of that id; name the table too."""

    def __init__(self, record_id: str, tables: Iterable[str]) -> None:
        choices = " or ".join(repr(f"{table}/{record_id}") for table in tables)
        super().__init__(f"{record_id!r} is in several tables; ask for {choices}")
