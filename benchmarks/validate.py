"""How fast `ceasefire-talks check` is on large packages, beside other validators, and what each of them finds.

    python benchmarks/validate.py [--rows N] [--repeats N] [--without NAME] [--engines] [--growth] [--spark] [--quick]

Writes a package of seven tables with keys into a temporary folder, once valid and once with 900 planted faults whose
places are known, and runs every program on both, each as a process of its own, all once before any twice. Prints
medians of whole-process seconds, the most memory, the ratios that are aimed at, and how many faults each program finds
and locates. Programs that are not installed are named and left out; `pip install -e '.[benchmark]'` brings them.

`--engines` adds our engines on small packages; `--growth` adds polars at 100,000, a million and ten million rows;
`--spark` compares Spark on this machine with polars at ten million. `--quick` takes 20,000 rows once, and says nothing
of time. The exit code is 1 where a fault was missed or a target was not reached.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from scale.fault import Fault, read_faults
from scale.process import measure
from scale.programs import FLOOR, FRICTIONLESS, Program, ours, programs, spark
from scale.session import Case, in_turn, score, table

ROOT = Path(__file__).resolve().parents[1]
QUICK = 20_000
LARGEST = 10_000_000
SMALL = (100, 1_000, 10_000, 50_000, 200_000)
GROWTH = (100_000, 1_000_000, LARGEST)
LINEAR = 0.15
GIB = 1 << 30
VALID, PLANTED = "valid", "planted"
LIBRARIES = ("frictionless", "pandas", "polars", "pandera", "dataframely", "pointblank", "pyspark")

Cases = Mapping[tuple[str, str], Case]


@dataclass(frozen=True)
class Target:
    """Something to reach: at least, and better still; `more` tells whether more is better."""

    what: str
    found: float
    enough: float
    aim: float
    more: bool
    unit: str = "×"

    @property
    def reached(self) -> bool:
        """Whether it is at least enough."""
        return self.found >= self.enough if self.more else self.found <= self.enough

    def cells(self) -> list[str]:
        """A line of the table of targets."""
        sign = "≥" if self.more else "≤"
        limits = [f"{sign} {limit:g} {self.unit}" for limit in (self.enough, self.aim)]
        at_aim = self.found >= self.aim if self.more else self.found <= self.aim
        verdict = "aim reached" if at_aim else "reached" if self.reached else "**missed**"
        return [self.what, f"{self.found:.2f} {self.unit}", *limits, verdict]


def package(folder: Path, rows: int, kind: str) -> tuple[Path, list[Fault]]:
    """Write a package, in another process: what this one holds would count as held by those that it starts."""
    path = folder / f"{rows}-{kind}"
    command = [sys.executable, "-m", "scale.package", str(path), str(rows), kind]
    subprocess.run(command, check=True, cwd=Path(__file__).parent)
    return path, read_faults(Path(f"{path}.json"))


def machine() -> str:
    """Where and with what this was measured."""
    found = []
    for library in LIBRARIES:
        try:
            found.append(f"{library} {version(library)}")
        except PackageNotFoundError:
            found.append(f"no {library}")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    cores = f"{os.cpu_count()} processors, Python {platform.python_version()}"
    return f"{cores}, {', '.join(found)}; load of the machine in the last 1, 5 and 15 minutes: {load}."


def compared(cases: Cases, names: list[str], planted: list[Fault]) -> str:
    """What every program took and found."""
    heads = [
        *("Program", "Valid, s", "With faults, s", "Processor, s", "Runs", "Slowest − fastest", "Peak, MB"),
        *("× frictionless", "× floor", f"Located, of {len(planted)}", "Rows", "Others"),
    ]
    return table(heads, (_line(cases, name, planted) for name in names))


def _line(cases: Cases, name: str, planted: list[Fault]) -> list[str]:
    valid, faulty = cases[name, VALID], cases[name, PLANTED]
    if valid.failed or faulty.failed:
        return [name, *["failed"] * 2, *[""] * 9]
    found = score(faulty.found, planted)
    return [
        name,
        f"{valid.seconds:.2f}",
        f"{faulty.seconds:.2f}",
        f"{valid.processor:.1f} and {faulty.processor:.1f}",
        str(min(len(valid.runs), len(faulty.runs))),
        f"{max(valid.spread, faulty.spread):.0%}",
        f"{max(valid.peak, faulty.peak) / 1e6:,.0f}",
        _ratio(cases, FRICTIONLESS, name),
        _ratio(cases, name, FLOOR),
        *(("", "", "") if name == FLOOR else (str(found.located), str(found.rows), str(found.others))),
    ]


def _ratio(cases: Cases, over: str, under: str, kind: str = VALID) -> str:
    value = _times(cases, over, under, kind)
    return "" if value is None else f"{value:.2f}"


def _times(cases: Cases, over: str, under: str, kind: str) -> float | None:
    found = [cases.get((name, kind)) for name in (over, under)]
    if any(case is None or not case.runs for case in found):
        return None
    above, below = (case.seconds for case in found if case is not None)
    return above / below


def speed_targets(cases: Cases, engine: str) -> Iterator[Target]:
    """What is aimed at on one package."""
    wanted = (
        ("as fast as frictionless, valid", FRICTIONLESS, engine, VALID, 50, 70, True),
        ("as fast as frictionless, with faults", FRICTIONLESS, engine, PLANTED, 50, 70, True),
        ("the time of reading the texts, valid", engine, FLOOR, VALID, 2.0, 1.6, False),
    )
    for what, over, under, kind, enough, aim, more in wanted:
        found = _times(cases, over, under, kind)
        if found is not None:
            yield Target(what, found, enough, aim, more)


def bundled(repeats: int) -> Target:
    """The bundled package against frictionless on the same descriptor, whole processes, in turn."""
    check = [sys.executable, "-m", "ceasefire_talks", "check"]
    stock = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    own, other = Case(), Case()
    for _ in range(repeats):
        own.runs.append(measure(check, ROOT))
        other.runs.append(measure(stock, ROOT))
    what = f"the time of frictionless, bundled package ({own.seconds:.2f} s and {other.seconds:.2f} s)"
    return Target(what, own.seconds / other.seconds, 1.5, 1.0, more=False)


def growth(folder: Path, engine: Program, repeats: int, patience: float) -> tuple[str, list[Target]]:
    """One engine at growing sizes, with faults; and whether each step takes as much a row as the one before."""
    cases, lines = {}, []
    for rows in GROWTH:
        path, planted = package(folder, rows, PLANTED)
        case = cases[rows] = in_turn([engine], {PLANTED: path}, repeats, patience)[engine.name, PLANTED]
        taken = (f"{case.seconds:.2f}", f"{case.processor:.2f}", f"{case.peak / 1e6:,.0f}")
        lines.append([f"{rows:,}", *taken, _found(case, planted)])
    shown = table(["Rows", "Seconds", "Processor, s", "Peak, MB", "Located"], lines)
    off, further = _bent({rows: case.seconds for rows, case in cases.items()})
    shown += f"\n\nA further row takes {further:.2f} times as long beyond a million as below."
    return shown, [
        Target("off a straight line from 100k to 10M rows, at 1M", off, LINEAR, LINEAR, more=False, unit="of it"),
        Target(f"peak memory at {LARGEST:,} rows", cases[LARGEST].peak / GIB, 4, 2, more=False, unit="GiB"),
    ]


def _bent(seconds: Mapping[int, float]) -> tuple[float, float]:
    """How far off the line from the first size to the last the middle one is; how much steeper the end is."""
    (few, first), (some, middle), (many, last) = sorted(seconds.items())
    slope = (last - first) / (many - few)
    expected = first + slope * (some - few)
    return abs(middle - expected) / expected, ((last - middle) / (many - some)) / ((middle - first) / (some - few))


def _found(case: Case, planted: list[Fault]) -> str:
    result = score(case.found, planted)
    return f"{result.located} of {len(planted)}, {result.others} others"


def on_spark(folder: Path, polars: Program, patience: float) -> tuple[str, bool]:
    """Ten million rows on Spark and on polars: the times, and whether both find the same."""
    path, planted = package(folder, LARGEST, PLANTED)
    cases = in_turn([polars, spark()], {PLANTED: path}, 1, patience)
    found = {name: case for (name, _), case in cases.items()}
    same = len({frozenset(case.found) for case in found.values()}) == 1 and all(case.runs for case in found.values())
    lines = [
        [name, f"{case.seconds:.1f}", f"{case.peak / 1e6:,.0f}", _found(case, planted)]
        for name, case in found.items()
        if case.runs
    ]
    shown = table(["Engine", "Seconds", "Peak without Java, MB", "Located"], lines)
    return f"{shown}\n\nSpark and polars {'find the same' if same else 'DIFFER'}.", same


def by_size(folder: Path, engines: list[Program], repeats: int, patience: float) -> str:
    """Small packages on each engine, valid: from which size on another than pandas is faster."""
    lines = []
    for rows in SMALL:
        path, _ = package(folder, rows, VALID)
        size = sum(file.stat().st_size for file in path.iterdir()) / 1e6
        cases = in_turn(engines, {VALID: path}, repeats, patience)
        lines.append([f"{rows:,}", f"{size:.1f}", *(f"{cases[engine.name, VALID].seconds:.2f}" for engine in engines)])
    return table(["Rows", "MB", *(f"{engine.name}, s" for engine in engines)], lines)


def runnable(chosen: list[str] | None, others: list[str]) -> list[Program]:
    """The programs that are asked for and can run here; the others are named."""
    found = []
    for program in programs():
        if chosen and not any(part in program.name for part in chosen):
            continue
        if any(part in program.name for part in others):
            print(f"Left out: {program.name}, as asked for.")
        elif program.missing:
            print(f"Left out: {program.name}, {program.missing}.")
        else:
            found.append(program)
    return found


def main() -> int:
    """Measure, print, and say whether the targets are reached."""
    parser = argparse.ArgumentParser(description="Measure how fast large packages are checked.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--patience", type=float, default=150, help="run no program again that took more seconds")
    parser.add_argument("--only", nargs="+", metavar="PART", help="programs whose names hold one of these")
    parser.add_argument("--without", nargs="+", default=[], metavar="PART", help="programs to leave out, likewise")
    parser.add_argument("--engines", action="store_true", help="compare our engines on small packages too")
    parser.add_argument("--growth", action="store_true", help="measure polars up to ten million rows too")
    parser.add_argument("--spark", action="store_true", help="compare Spark with polars at ten million rows")
    parser.add_argument("--quick", action="store_true", help="see that all runs, on a small package")
    arguments = parser.parse_args()
    if arguments.quick:
        arguments.rows, arguments.repeats = QUICK, 1
    with tempfile.TemporaryDirectory() as folder:
        return report(arguments, Path(folder))


def report(arguments: argparse.Namespace, folder: Path) -> int:
    """Measure in that folder and print."""
    print(f"{machine()}\n")
    chosen = runnable(arguments.only, arguments.without)
    valid, _ = package(folder, arguments.rows, VALID)
    damaged, planted = package(folder, arguments.rows, PLANTED)
    packages = {VALID: valid, PLANTED: damaged}
    size = sum(file.stat().st_size for file in valid.iterdir()) / 1e6
    cases = in_turn(chosen, packages, arguments.repeats, arguments.patience)
    print(f"{arguments.rows:,} rows, {size:,.0f} MB, medians:\n")
    print(compared(cases, [program.name for program in chosen], planted))
    polars = next((program for program in chosen if program.name == ours("polars")), None)
    targets = [] if arguments.quick or polars is None else list(speed_targets(cases, polars.name))
    engines = [program.name for program in chosen if program.name.startswith(ours(""))]
    good = all(_exact(cases, name, planted) for name in engines)
    if not arguments.quick and not arguments.only:
        targets.append(bundled(arguments.repeats))
    if arguments.engines:
        own = [program for program in chosen if program.name in engines]
        print(f"\n{by_size(folder, own, arguments.repeats, arguments.patience)}")
    if arguments.growth and polars:
        shown, more = growth(folder, polars, arguments.repeats, arguments.patience)
        targets += more
        print(f"\n{polars.name}, with faults:\n\n{shown}")
    if arguments.spark and polars:
        shown, same = on_spark(folder, polars, arguments.patience)
        good &= same
        print(f"\n{shown}")
    if targets:
        print(f"\n{table(['Target', 'Found', 'At least', 'Aim', ''], (target.cells() for target in targets))}")
    if engines:
        print(f"\nOur engines locate every planted fault and nothing else: {'yes' if good else 'NO'}.")
    return 0 if good and all(target.reached for target in targets) else 1


def _exact(cases: Cases, name: str, planted: list[Fault]) -> bool:
    valid, faulty = cases[name, VALID], cases[name, PLANTED]
    exact = faulty.found == {(fault.file, fault.row, fault.column) for fault in planted}
    return exact and not (valid.failed or faulty.failed or valid.found)


if __name__ == "__main__":
    sys.exit(main())
