"""Show how far two codings of the article agree, recomputed from the codings themselves.

Without folders, the two published codings are compared. A coding is a folder that holds actors.csv, places.csv,
events.csv, participants.csv, positions.csv, figures.csv and evidence.csv, so that any third one can be compared too.
Exit code 0: done, and the published table is right; 1: `--check` found it wrong; 2: it could not run.
Example: ceasefire-talks agreement --second path/to/coding --disagreements
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ceasefire_talks.package.files import write_atomically
from ceasefire_talks.package.package import Package
from ceasefire_talks.package.progress import progress
from ceasefire_talks.reliability.run import (
    AGREEMENT,
    agreement_line,
    agreement_rows,
    csv_text,
    disagreement_rows,
    drift,
)


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("--first", type=Path, metavar="DIR", help="folder of a coding (default: the first published)")
    parser.add_argument("--second", type=Path, metavar="DIR", help="folder of a coding (default: the second published)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the table as CSV instead of printing it")
    wanted = parser.add_mutually_exclusive_group()
    wanted.add_argument("--check", action="store_true", help="exit 1 if the published agreement table has drifted")
    wanted.add_argument("--disagreements", action="store_true", help="print every disagreement, as CSV")


def run(args: argparse.Namespace) -> int:
    """Print, write or compare the agreement."""
    package = Package()
    if args.disagreements:
        with progress("Comparing"):
            rows = disagreement_rows(package, args.first, args.second)
        print(csv_text(rows, ("table", "first_id", "second_id", "column", "first", "second")), end="")
        return 0
    with progress("Comparing"):
        rows = agreement_rows(package, args.first, args.second)
    if args.output:
        write_atomically(args.output, csv_text(rows, package.schema(AGREEMENT).columns).encode())
    elif not args.check:
        print("\n".join(map(agreement_line, rows)))
    return _report_drift(drift(rows, package.records(AGREEMENT))) if args.check else 0


def _report_drift(lines: list[str]) -> int:
    for line in lines:
        print(f"agreement has drifted: {line}", file=sys.stderr)
    return int(bool(lines))
