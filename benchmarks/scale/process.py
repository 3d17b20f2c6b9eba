"""Runs a program as a process of its own and measures it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# Linux counts in KiB, macOS in bytes.
UNIT = 1 if sys.platform == "darwin" else 1024


class FailedError(Exception):
    """The program could not do its work; the message ends with what it said."""


@dataclass(frozen=True)
class Run:
    """One run of a program.

    Attributes:
        seconds: on the wall, from its start to its end.
        processor: seconds that it used on all processors.
        peak: the most bytes that it held at a time; processes that it starts, such as Spark's, are not counted.
        output: what it printed.
    """

    seconds: float
    processor: float
    peak: int
    output: bytes


def measure(command: Sequence[str], folder: Path) -> Run:
    """Run a command in a folder; both 0 and 1 are good exit codes, as of all validators.

    Raises:
        FailedError: it ended with any other.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=errors, env=_environment())
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")
        if process.returncode not in (0, 1) or "Traceback" in said:
            raise FailedError(f"{' '.join(map(str, command))}: exit code {process.returncode}: {said[-600:]}")
        return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * UNIT, output.read())


def _environment() -> dict[str, str]:
    """As a user has it: without warnings, and with the byte code that an installed package has."""
    return {**os.environ, "PYTHONWARNINGS": "ignore", "PYTHONDONTWRITEBYTECODE": ""}
