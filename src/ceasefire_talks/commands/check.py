"""Check a data package: descriptor, bytes, cells, rows, keys, and the rules of the data model.

Prints the tables with their rows, the share of sentences that are accounted for, every problem, and the verdict.
Exit code 0: valid; 1: there are problems; 2: it could not run.
Example: ceasefire-talks check path/to/package --json
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import ceasefire_talks


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("package", nargs="?", type=Path, help="a folder or descriptor file (default: the bundled data)")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(args: argparse.Namespace) -> int:
    """Print the report."""
    report = ceasefire_talks.check(args.package)
    print(json.dumps(report.to_dict(), indent=2) if args.json else report)
    return int(not report.ok)
