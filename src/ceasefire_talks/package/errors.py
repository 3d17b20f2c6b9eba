"""What a reader of a package may have got wrong, each with the nearest right answer."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


class PackageError(Exception):
    """The package cannot be read; the message says what to do."""


class UnknownNameError(PackageError, KeyError):
    """A table, column or record of that name is not in the package."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        from difflib import get_close_matches

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


class MissingExtraError(PackageError):
    """A part of the package was asked for whose libraries are not installed; the message says how to install them."""

    def __init__(self, extra: str, library: str) -> None:
        super().__init__(f"this needs {library}, which is not installed; run: pip install 'ceasefire-talks[{extra}]'")


class MissingToolsError(PackageError):
    """What makers of packages need was asked for and is not installed; the message says how to install it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} comes with the tools for makers of packages; run: pip install ceasefire-talks-tools")


@contextmanager
def needs_tools(what: str) -> Iterator[None]:
    """Around imports of what comes with the tools for makers of packages.

    Raises:
        MissingToolsError: they are not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("ceasefire_talks."):
            raise MissingToolsError(what) from error
        raise


@contextmanager
def needs_extra(extra: str) -> Iterator[None]:
    """Around the imports of libraries that come with an extra.

    Raises:
        MissingExtraError: one of them is not installed.
    """
    try:
        # For good: pandera tries to import pyspark both when it is imported and when it validates, and pyspark then
        # warns of pandas 3, which it never gets to see.
        warnings.filterwarnings("ignore", "PySpark does not yet", FutureWarning)
        yield
    except ModuleNotFoundError as error:
        library = (error.name or "a library").partition(".")[0]
        if library == "ceasefire_talks":
            raise
        raise MissingExtraError(extra, library) from error
