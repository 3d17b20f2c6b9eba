"""Print how to cite this release.

Example: ceasefire-talks cite --format bibtex
"""

from __future__ import annotations

import argparse

import ceasefire_talks
from ceasefire_talks.publishing.citation import formats


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("--format", default="apa", choices=formats(), help="citation format (default: apa)")


def run(args: argparse.Namespace) -> int:
    """Print the citation."""
    print(ceasefire_talks.cite(args.format))
    return 0
