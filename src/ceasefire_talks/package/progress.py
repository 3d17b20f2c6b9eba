"""How far a long piece of work is: the work tells, the command line shows it on a terminal, all else is silent.

    with progress("Checking", total=len(tables)) as bar:
        for table in tables:
            ...
            bar.advance()

Work within such work stands behind it on the same line.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TextIO

AFTER_SECONDS = 2.0
_EVERY_SECONDS = 0.2
_BAR = 20
_USUAL_COLUMNS = 80


@dataclass(slots=True)
class Bar:
    """One piece of work: its name, how many steps it has (None: nobody knows), and how many of them are done."""

    label: str
    total: int | None = None
    done: int = 0

    def advance(self, steps: int = 1) -> None:
        """Say that so many more steps are done."""
        self.done += steps

    def __str__(self) -> str:
        if self.total is None:
            return self.label
        share = min(self.done / self.total, 1) if self.total else 1
        full = int(share * _BAR)
        return f"{self.label} [{'#' * full}{'.' * (_BAR - full)}] {share:4.0%}"


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Bar]:
    """A piece of work that may take long. It is shown while `shown` is in force, and nowhere else.

    Args:
        label: what is done, such as "Checking".
        total: of how many steps it is.
    """
    bar = Bar(label, total)
    _line.bars.append(bar)
    try:
        yield bar
    finally:
        _line.end(bar)


@contextmanager
def shown(stream: TextIO | None = None) -> Iterator[None]:
    """Show what is under way, from two seconds on, in one line that is gone in the end; if the stream is a terminal.

    Args:
        stream: where; standard error without it. Plain text and carriage returns are written, no colours.
    """
    stream = stream or sys.stderr
    if _line.stream or not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    over = Event()
    # Of its own, so that the work need not look at a clock, and is shown while one step takes long.
    thread = Thread(target=_line.draw_until, args=(over,), daemon=True)
    _line.stream = stream
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        _line.clear()
        _line.stream = None


@dataclass(slots=True)
class _Line:
    """The line of a terminal that shows what is under way."""

    bars: list[Bar] = field(default_factory=list)
    stream: TextIO | None = None
    written: int = 0
    lock: Lock = field(default_factory=Lock)

    def draw_until(self, over: Event) -> None:
        """Draw the bars again and again."""
        began, wait = time.monotonic(), AFTER_SECONDS
        while not over.wait(wait):
            wait = _EVERY_SECONDS
            with self.lock:
                if self.bars:
                    self._write("  ".join([*map(str, self.bars), f"{time.monotonic() - began:.0f} s"]))

    def end(self, bar: Bar) -> None:
        """Take a bar away, and with the last of them what was written."""
        with self.lock:
            self.bars.remove(bar)
            if not self.bars:
                self.clear()

    def clear(self) -> None:
        """Leave an empty line, if anything was written."""
        if self.written:
            self._write("")
            self._write("")

    def _write(self, text: str) -> None:
        if self.stream is None:
            return
        text = "".join(letter if letter.isprintable() else "?" for letter in text)
        # The terminal may be gone before the work is.
        with suppress(OSError, ValueError):
            text = text[: _columns(self.stream) - 1]
            print(f"\r{text:<{self.written}}", end="", file=self.stream, flush=True)
        self.written = len(text)


def _columns(stream: TextIO) -> int:
    # Some terminals have no size, or say that it is 0.
    with suppress(OSError):
        return os.get_terminal_size(stream.fileno()).columns or _USUAL_COLUMNS
    return _USUAL_COLUMNS


_line = _Line()
