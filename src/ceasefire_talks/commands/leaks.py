"""Find source text in what is to be published: files, folders, wheels and other archives.

Reports every run of 8 or more words of the text, and every line or CSV cell that has 60 % of a sentence in its order.
The headline, the first line of the text, is exempt. In a git repository, files that git ignores are left out.
Exit code 0: none; 1: there are places to look at, or files that could not be examined; 2: it could not run.
Example: ceasefire-talks leaks article.txt . dist/*.whl
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.progress import progress
from ceasefire_talks.tracing.documents import read_document
from ceasefire_talks.tracing.leaks import find_leaks


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("text", metavar="TEXT", type=Path, help="the source text, or a folder of .txt files")
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, default=[Path()], help="what is to be published (default: .)"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(args: argparse.Namespace) -> int:
    """Print the report."""
    files = sorted(args.text.glob("*.txt")) if args.text.is_dir() else [args.text]
    if not files:
        raise PackageError(f"there is no .txt file in {args.text}")
    with progress("Searching"):
        report = find_leaks([read_document(file).text for file in files], args.paths)
    print(json.dumps(report.to_dict(), indent=2) if args.json else report)
    return int(not report.ok)
