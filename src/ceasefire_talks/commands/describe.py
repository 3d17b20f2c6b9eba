"""Write datapackage.json from the schema files, the vocabulary and the tables.

Run it in the package's folder after every change to data/. The name, title, version and contributors of a package of
your own stay as its datapackage.json has them.
Example: ceasefire-talks describe --check
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ceasefire_talks.package.describing import described
from ceasefire_talks.package.files import write_atomically
from ceasefire_talks.package.package import DESCRIPTOR


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("root", nargs="?", type=Path, default=Path(), help="the package's folder (default: this one)")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if datapackage.json has drifted")


def run(args: argparse.Namespace) -> int:
    """Write or compare the descriptor."""
    path: Path = args.root / DESCRIPTOR
    built = described(args.root)
    drifted = not path.is_file() or path.read_bytes() != built
    if args.check:
        if drifted:
            print(f"{path} has drifted from its sources; run `ceasefire-talks describe`", file=sys.stderr)
        return int(drifted)
    if drifted:
        write_atomically(path, built)
        print(f"wrote {path}")
    return 0
