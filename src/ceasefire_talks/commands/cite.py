"""Print how to cite this release, or rows of it; or check a citation of rows.

With ids, the citation states the version, the rows and a hash of them, and names the texts that they come from.
Exit code with --verify: 0: this release holds the cited rows; 1: it does not; 2: the text cannot be checked.
Example: ceasefire-talks cite ev-001 fi-018 --format bibtex
"""

from __future__ import annotations

import argparse
import sys

import ceasefire_talks
from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.citation import formats
from ceasefire_talks.publishing.citation.verify import verify


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "ids", nargs="*", metavar="ID", help="such as ev-001 or events/ev-001; a table for all its rows"
    )
    parser.add_argument("--format", default="apa", choices=formats(), help="default: apa")
    parser.add_argument("--verify", metavar="TEXT", help="a citation of rows, or - to read it from standard input")


def run(args: argparse.Namespace) -> int:
    """Print the citation, or whether it holds."""
    if args.verify is None:
        print(ceasefire_talks.cite(args.ids or None, args.format))
        return 0
    verdict = verify(Package(), sys.stdin.read() if args.verify == "-" else args.verify, args.ids)
    print(verdict.message)
    return int(not verdict.ok)
