"""How long `ceasefire-talks diff` takes on large tables, and how much memory.

Run: python benchmarks/diff.py [ROWS]
Writes two packages with one table into a temporary folder: ROWS rows (default: 1,000,000) of nine columns, the second
with one row in a thousand changed, one in ten thousand removed and as many added. Prints the size, wall and processor
time of the whole process and its peak memory, for folders and for zip files, with a simple and with a composite key.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

COLUMNS = ("event_id", "actor_id", "summary", "type", "status", "date", "date_min", "date_max", "note")


def cells(n: int, more: str = "") -> list[str]:
    """A row."""
    day = f"20{n % 90 + 10}-{n % 12 + 1:02}-{n % 28 + 1:02}"
    what = (f"What happened, number {n}{more}", "airstrike", "occurred")
    return [f"ev-{n:07}", f"actor-{n % 5000}", *what, day, day, day, f"note {n * 7919 % 100_003}"]


def write(folder: Path, rows: Iterable[list[str]], key: list[str]) -> None:
    """A package."""
    (folder / "data").mkdir(parents=True)
    schema = {"fields": [{"name": name, "type": "string"} for name in COLUMNS], "primaryKey": key}
    resources = [{"name": "events", "path": "data/events.csv", "schema": schema}]
    (folder / "datapackage.json").write_text(json.dumps({"name": "large", "version": "1.0.0", "resources": resources}))
    with (folder / "data" / "events.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def zipped(folder: Path) -> Path:
    """The package as a zip file beside it."""
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*.*")):
            archive.write(file, file.relative_to(folder))
    return path


def measure(label: str, old: Path, new: Path) -> None:
    """Compare two packages and print what it took."""
    start, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "ceasefire_talks", "diff", str(old), str(new), "--format", "json"]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    seconds = time.perf_counter() - start
    assert done.returncode == 1, done.stderr
    table = json.loads(done.stdout)["tables"]["events"]
    found = ", ".join(f"{len(table[kind])} {kind}" for kind in ("added", "removed", "changed"))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    peak = after.ru_maxrss / 1024
    print(f"{label:<22} {seconds:5.1f} s   processor {processor:5.1f} s   peak of all so far {peak:,.0f} MiB   {found}")


def main(count: int) -> None:
    """Write packages of that many rows and compare them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for label, key in (("simple", ["event_id"]), ("composite", ["event_id", "actor_id"])):
            sides = [folder / f"{label}-{side}" for side in ("old", "new")]
            # One row at a time: what this process holds would count as the peak of those it starts.
            write(sides[0], (cells(n) for n in range(count)), key)
            changed = (cells(n, " and more" * (n % 1000 == 1)) for n in range(count + count // 10_000) if n % 10_000)
            write(sides[1], changed, key)
            size = (sides[0] / "data" / "events.csv").stat().st_size / 1e6
            print(f"{label} key: {count:,} rows, {len(COLUMNS)} columns, {size:,.0f} MB each")
            measure(f"  folders, {label} key", *sides)
            measure(f"  zip files, {label} key", *map(zipped, sides))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
