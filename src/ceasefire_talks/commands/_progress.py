"""A line that tells how far a command is, where somebody looks: on a terminal, and gone when the command ends."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ceasefire_talks.validation.problem import neutral

_WIDTH = 79


@contextmanager
def status_line() -> Iterator[Callable[[str], None]]:
    """A function that shows a text in place of the last one; it does nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    try:
        yield _show
    finally:
        _show("")
        print(end="\r", file=sys.stderr, flush=True)


def _show(text: str) -> None:
    print(f"\r{neutral(text)[:_WIDTH]:<{_WIDTH}}", end="", file=sys.stderr, flush=True)
