"""Make a traced package of your own: descriptor, empty tables, vocabulary, README, test and CI file.

The package is valid from the start. DIR must not be there yet, or be empty.
Example: ceasefire-talks new truce --title "Truce talks of 2031"
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.publishing.scaffold import create_package


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="where the package shall lie")
    parser.add_argument("--title", required=True, metavar="TEXT", help="its title, one line")
    parser.add_argument("--name", metavar="NAME", help="its short name (default: made of the folder's name)")
    parser.add_argument(
        "--contributor",
        action="append",
        default=[],
        metavar="TEXT",
        help="who creates it, a person or a body; may be given several times",
    )


def run(args: argparse.Namespace) -> int:
    """Make the package and say where it is."""
    try:
        create_package(args.folder, args.title, datetime.now(UTC).date(), name=args.name, contributors=args.contributor)
    except OSError as error:
        raise PackageError(f"cannot make {args.folder}: {error.strerror}") from error
    print(f"made {args.folder}")
    return 0
