"""How the site grows with its package: time, memory and weight, each size in a process of its own.

The packages repeat the bundled one: its sources, sentences, actors, places, events and all that hangs on them, with ids
of their own. Run: python benchmarks/site_growth.py 45 1000 10000
"""

from __future__ import annotations

import argparse
import csv
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ceasefire_talks import commands
from ceasefire_talks.package.describing import described
from ceasefire_talks.package.package import DESCRIPTOR, Package
from ceasefire_talks.schema.definition import TABLES
from ceasefire_talks.schema.model import TableSchema
from ceasefire_talks.website.build import build_site

HEAVY = 350_000
ALONE = ("vocabulary", "changes")
NUMBERED = re.compile(r"([a-z]{2})-(\d+)")
SOURCE = re.compile(r"([a-z0-9-]+?-(?:\d{8}|nd))(?:-(\d+))?")
SENTENCE = re.compile(r"(.*)(-p\d+-s\d+)")
METADATA = {"name": "many-talks", "title": "Many talks", "version": "0.1.0", "created": "2026-01-01T00:00:00Z"}


def main() -> None:
    """Print a line for each size."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("events", nargs="*", type=int, default=[45, 1000, 10000])
    arguments.add_argument("--build", nargs=2, type=Path, help=argparse.SUPPRESS)
    args = arguments.parse_args()
    if args.build:
        build_site(args.build[1], Package(args.build[0]), commands.parser())
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return
    print(" events     rows   files  seconds  CPU s  memory MB  site MB  >350 KB  largest page KB")
    for events in args.events:
        with tempfile.TemporaryDirectory() as scratch:
            print(measured(events, Path(scratch)), flush=True)


def measured(events: int, scratch: Path) -> str:
    """What a site of that many events costs and weighs."""
    package = repeated(events, scratch / "package")
    rows = sum(len(package.records(table)) for table in package.tables)
    command = [sys.executable, __file__, "--build", str(package.root), str(scratch / "site")]
    began, used = time.monotonic(), processor_time()
    memory = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
    seconds, used = time.monotonic() - began, processor_time() - used
    sizes = {path: path.stat().st_size for path in (scratch / "site").rglob("*") if path.is_file()}
    largest = max((path for path in sizes if path.suffix == ".html"), key=sizes.__getitem__)
    total = sum(sizes.values()) // 10**6
    heavy = sum(size > HEAVY for path, size in sizes.items() if path.suffix == ".html")
    name = largest.relative_to(scratch / "site")
    there = len(package.records("events"))
    cost = f"{there:7} {rows:8} {len(sizes):7} {seconds:8.1f} {used:6.1f} {memory:>10} {total:8}"
    return f"{cost} {heavy:8} {sizes[largest] // 1000:6} {name}"


def processor_time() -> float:
    """What all processes that have ended took; unlike the clock, it does not count what other programs do."""
    times = resource.getrusage(resource.RUSAGE_CHILDREN)
    return times.ru_utime + times.ru_stime


def repeated(events: int, folder: Path) -> Package:
    """The bundled package, as often as it takes to have that many events."""
    bundled = Package()
    copies = max(round(events / len(bundled.records("events"))), 1)
    (folder / "data").mkdir(parents=True)
    for table in TABLES:
        schema = bundled.schema(table)
        with bundled.path(table).open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row.get("scheme", "x").partition(".")[0] in (*TABLES, "x")]
        made = [copy(schema, row, k) for k in range(1 if table in ALONE else copies) for row in rows]
        made.sort(key=lambda row: [row[column] for column in schema.primary_key])
        with (folder / "data" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, schema.columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(made)
    (folder / DESCRIPTOR).write_bytes(described(folder, METADATA | {"dataModel": bundled.descriptor["dataModel"]}))
    return Package(folder)


def copy(schema: TableSchema, row: dict[str, str], k: int) -> dict[str, str]:
    """A row with ids of the copy that it is for."""
    keys = {*schema.primary_key, *(column for key in schema.foreign_keys for column in key.fields)}
    keys -= {"role"}
    return {column: renamed(value, k) if column in keys and value else value for column, value in row.items()}


def renamed(value: str, k: int) -> str:
    """An id as the copy has it."""
    if k == 0:
        return value
    if match := NUMBERED.fullmatch(value):
        return f"{match[1]}-{int(match[2]) + k * 10000:0{len(match[2])}d}"
    if match := SENTENCE.fullmatch(value):
        return renamed(match[1], k) + match[2]
    if match := SOURCE.fullmatch(value):
        return f"{match[1]}-{int(match[2] or 1) + k * 100}"
    return f"{value}-{k}"


if __name__ == "__main__":
    main()
