"""Show one record: its cells with labels, its evidence, what other reports say, its changes.

With --text, the sentences of your own copy of the source stand beside the evidence, the words of each span in [ ].
Example: ceasefire-talks show ev-001 --text article.txt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import ceasefire_talks


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("id", help="an id such as ev-001, or table/id such as events/ev-001")
    parser.add_argument("--text", type=Path, metavar="FILE", help="your copy of the source; it stays with you")


def run(args: argparse.Namespace) -> int:
    """Print the record."""
    print(ceasefire_talks.show(args.id, text=args.text))
    return 0
