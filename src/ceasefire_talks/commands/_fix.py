"""The dialogue of `check --fix`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ceasefire_talks.package.errors import PackageError, needs_extra

if TYPE_CHECKING:
    from ceasefire_talks.validation.report import Report


def fix(args: argparse.Namespace, check: Callable[[Path], Report]) -> None:
    """Show what can be mended, ask, and write it.

    Args:
        args: those of `check`.
        check: checks a package as these say.

    Raises:
        PackageError: no folder is named, or it cannot be read or written.
        MissingExtraError: the `check` extra is not installed.
    """
    if args.package is None:
        raise PackageError("--fix writes into a package: name its folder")
    with needs_extra("check"):
        from ceasefire_talks.validation.fixing.diff import diff_lines
        from ceasefire_talks.validation.fixing.plan import plan
        from ceasefire_talks.validation.fixing.write import write_all
    edits = plan(args.package, check)
    # Where programs read the report, people read this beside it.
    out = sys.stdout if args.format == "text" else sys.stderr
    for line in diff_lines(edits):
        print(line, file=out)
    if not edits:
        print("nothing that could be mended safely", file=out)
    elif args.yes or _agreed(len(edits)):
        write_all(edits)
        print(f"files written: {len(edits)}", file=out)
    else:
        print("nothing was written; --yes writes it", file=out)


def _agreed(files: int) -> bool:
    if not sys.stdin.isatty():
        return False
    print(f"Files to write: {files}. Write? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
