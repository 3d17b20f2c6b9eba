"""Show one record: its cells with labels, its evidence, what other reports say, its changes.

Example: ceasefire-talks show ev-001
"""

from __future__ import annotations

import argparse

import ceasefire_talks


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("id", help="an id such as ev-001, or table/id such as places/israel")


def run(args: argparse.Namespace) -> int:
    """Print the record."""
    print(ceasefire_talks.show(args.id))
    return 0
