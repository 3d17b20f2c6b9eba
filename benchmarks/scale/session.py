"""Runs programs in turn, as often as asked, and keeps what they took and found."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from scale.fault import Fault
from scale.process import FailedError, Run, measure
from scale.programs import Place, Program


@dataclass
class Case:
    """One program on one package: its runs, and what the last of them found."""

    runs: list[Run] = field(default_factory=list)
    found: set[Place] = field(default_factory=set)
    failed: str = ""

    @property
    def seconds(self) -> float:
        """The median on the wall."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def processor(self) -> float:
        """The median of the seconds on all processors, which a busy machine lengthens less."""
        return statistics.median(run.processor for run in self.runs)

    @property
    def spread(self) -> float:
        """How far the slowest is from the fastest, as a share of the median."""
        times = [run.seconds for run in self.runs]
        return (max(times) - min(times)) / self.seconds

    @property
    def peak(self) -> int:
        """The most bytes of any run."""
        return max(run.peak for run in self.runs)


@dataclass(frozen=True)
class Score:
    """How the findings compare with what was planted.

    Attributes:
        located: planted faults that were reported with file, row and column.
        rows: planted faults whose row at least was reported.
        others: reports of places where nothing was planted.
    """

    located: int
    rows: int
    others: int


def score(found: Iterable[Place], planted: Iterable[Fault]) -> Score:
    """Compare findings with what was planted."""
    places, faults = set(found), list(planted)
    rows = {place[:2] for place in places}
    wanted = {(fault.file, fault.row) for fault in faults}
    located = sum((fault.file, fault.row, fault.column) in places for fault in faults)
    return Score(located, len(wanted & rows), len(rows - wanted))


def in_turn(
    programs: Iterable[Program], packages: dict[str, Path], repeats: int, patience: float
) -> dict[tuple[str, str], Case]:
    """Run every program on every package, all once before any twice, so that what else the machine does hits all alike.

    A program that took longer on a package than the patience, in seconds, is not run on it again.
    """
    cases = {(program.name, package): Case() for program in programs for package in packages}
    readers = {program.name: program for program in programs}
    for turn in range(repeats):
        for (name, package), case in cases.items():
            if not case.failed and all(run.seconds < patience for run in case.runs):
                _say(f"{turn + 1} of {repeats}: {name}, {package}")
                _run(case, readers[name], packages[package])
    _say("")
    return cases


def _run(case: Case, program: Program, package: Path) -> None:
    folder = Path(__file__).resolve().parents[1]
    _warm(package)
    try:
        run = measure(program.command(package), folder)
    except FailedError as error:
        case.failed = str(error)
        print(f"\n{error}", file=sys.stderr)
        return
    if not case.runs:
        case.found = set(program.read(run.output))
    case.runs.append(run)


def _say(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def table(heads: Iterable[str], rows: Iterable[Iterable[object]], right: Callable[[int], bool] = bool) -> str:
    """A Markdown table; columns are set to the right where `right` says so, all but the first without it."""
    heads = list(heads)
    lines = [heads, ["--:" if right(n) else "---" for n in range(len(heads))], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _warm(package: Path) -> None:
    """Read the files once: the system may have put them out of memory, and who comes next would pay."""
    for path in package.iterdir():
        with path.open("rb") as file:
            while file.read(1 << 20):
                pass
