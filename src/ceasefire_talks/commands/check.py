"""Check a data package: descriptor, bytes, cells, rows, keys, and the rules of the data model.

Of like problems it prints the first few and a count. Exit code 0: valid; 1: there are problems; 2: it could not run.
Example: ceasefire-talks check path/to/package --limit 20
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import ceasefire_talks
from ceasefire_talks.package.errors import needs_tools
from ceasefire_talks.validation.choice import ENGINES
from ceasefire_talks.validation.render.data import as_json
from ceasefire_talks.validation.render.text import MOST, as_text

if TYPE_CHECKING:
    from ceasefire_talks.validation.report import Report

FORMATS = ("text", "json", "github")


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("package", nargs="?", type=Path, help="a folder or descriptor (default: bundled data)")
    parser.add_argument(
        "--format", choices=FORMATS, default="text", metavar="FORM", help=f"{', '.join(FORMATS)} (default: text)"
    )
    parser.add_argument("--json", action="store_const", dest="format", const="json", help=argparse.SUPPRESS)
    parser.add_argument("--limit", type=_count, metavar="N", help=f"show at most N problems (text: {MOST})")
    parser.add_argument("--all", action="store_true", help="show every problem, of each kind too")
    parser.add_argument("--quiet", action="store_true", help="leave out the tables, show what is wrong")
    parser.add_argument("--fix", action="store_true", help="mend order, line ends, blanks, sizes; show, ask")
    parser.add_argument("--yes", action="store_true", help="with --fix, write without asking")
    parser.add_argument("--engine", choices=ENGINES, default="auto", metavar="NAME", help=f"{', '.join(ENGINES)}")
    parser.add_argument("--master", metavar="URL", help="where Spark runs (default: on this machine)")
    parser.add_argument(
        "--allow-remote", action="store_true", help="fetch schemas that the descriptor names by address"
    )
    parser.add_argument(
        "--schema",
        type=_copy,
        action="append",
        default=[],
        metavar="URL=PATH",
        help="take the schema at URL from this file; repeatable",
    )
    parser.add_argument("--explain", metavar="CODE", help="tell what a code means, and check nothing")


def run(args: argparse.Namespace) -> int:
    """Print the report."""
    if args.explain is not None:
        from ceasefire_talks.validation.explanation import explained

        _print(explained(args.explain))
        return 0
    check = partial(
        ceasefire_talks.check,
        engine=args.engine,
        master=args.master,
        allow_remote=args.allow_remote,
        schemas=dict(args.schema),
    )
    lines = _renderer(args)
    if args.fix:
        with needs_tools("`check --fix`"):
            from ceasefire_talks.commands._fix import fix

        fix(args, check)
    report = check(args.package)
    _print(lines(report))
    return int(not report.ok)


def _renderer(args: argparse.Namespace) -> Callable[[Report], Iterable[str]]:
    if args.format == "json":
        return partial(as_json, limit=None if args.all else args.limit)
    if args.format == "github":
        with needs_tools("`check --format github`"):
            from ceasefire_talks.validation.render.annotations import as_annotations, folder_of

        return partial(as_annotations, folder=folder_of(args.package), limit=args.limit)
    return partial(as_text, limit=MOST if args.limit is None else args.limit, every=args.all, quiet=args.quiet)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _count(text: str) -> int:
    count = int(text)
    if count < 0:
        raise ValueError(text)
    return count


def _copy(text: str) -> tuple[str, Path]:
    # An address may hold an equals sign, in its query.
    address, _, path = text.rpartition("=")
    if not address.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"{text!r} is not URL=PATH, with an address that begins with http")
    if not Path(path).is_file():
        raise argparse.ArgumentTypeError(f"there is no file {path!r} to stand for {address}")
    return address, Path(path)
