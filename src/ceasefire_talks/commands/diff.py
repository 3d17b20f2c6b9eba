"""Compare two packages, row by row and cell by cell: what was added, removed, changed.

Each is a folder, a zip, a wheel, or a revision of the git repository in the current folder, such as v0.1.0.
Exit code 0: no difference; 1: they differ; 2: it could not run.
Example: ceasefire-talks diff v0.1.0 .
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from functools import partial

from ceasefire_talks.publishing.diff.compare import compare
from ceasefire_talks.publishing.diff.data import as_data
from ceasefire_talks.publishing.diff.model import PackageDiff
from ceasefire_talks.publishing.diff.page import as_page
from ceasefire_talks.publishing.diff.text import as_text


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("old", help="the package to compare with")
    parser.add_argument("new", help="the package that is compared")
    parser.add_argument("--format", default="text", choices=("text", "json", "html"), help="default: text")
    parser.add_argument(
        "--limit", type=_count, metavar="N", help="in text and HTML, show N rows of a kind a table (default: all)"
    )


def run(args: argparse.Namespace) -> int:
    """Print the difference."""
    diff = compare(args.old, args.new)
    for line in _forms(args.limit)[args.format](diff):
        print(line)
    return int(bool(diff))


def _forms(limit: int | None) -> dict[str, Callable[[PackageDiff], Iterable[str]]]:
    return {
        "text": partial(as_text, limit=limit),
        "json": lambda diff: [json.dumps(as_data(diff), indent=2, ensure_ascii=False)],
        "html": partial(as_page, limit=limit),
    }


def _count(text: str) -> int:
    count = int(text)
    if count < 0:
        raise ValueError(text)
    return count
