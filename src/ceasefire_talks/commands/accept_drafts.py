"""Turn the drafts that you accepted into figures, events and evidence.

Delete from drafts.csv what is no figure or date of the talks. Accept the others by saying what a program cannot:
for a figure its `subject`, and its `measure` and `unit` where they are empty; for a date the `summary`, `type` and
`status` of its event. Give `attribution` and `attributed_to` where it is not the narrator who says so. Columns of
figures or events that you add are taken over. Accepted drafts leave the file, the rest stays. If a row would break a
rule, nothing is changed.
Example: ceasefire-talks accept-drafts path/to/package
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.progress import progress
from ceasefire_talks.tracing.accept import accept_drafts


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("package", nargs="?", type=Path, default=Path(), help="its folder (default: this one)")


def run(args: argparse.Namespace) -> int:
    """Accept the drafts and name the new rows."""
    try:
        with progress("Accepting"):
            accepted = accept_drafts(args.package)
    except OSError as error:
        raise PackageError(f"{error.filename}: {error.strerror}") from error
    print("accepted " + ", ".join(accepted) if accepted else "no draft has a subject or a summary; nothing to accept")
    return 0
