"""Check that a release may be made, build its files, or verify files that were downloaded.

`check` compares with the last release; `build` writes the files with their sums into dist/; `verify` needs no network.
Example: ceasefire-talks release verify ceasefire-talks-0.1.0-csv.zip
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ceasefire_talks.package.errors import needs_tools
from ceasefire_talks.package.progress import progress


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True, help="what to do")
    _register_check(steps)
    _register_build(steps)
    _register_verify(steps)


def run(args: argparse.Namespace) -> int:
    """Take the step that was asked for."""
    status: int = args.take(args)
    return status


def _register_check(steps: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    step = steps.add_parser(
        "check",
        help="compare with the last release: version, ids, reasons",
        description="Refuse a version that is too low, vanished and re-used ids, and changes without a reason in "
        "changes.csv. Exit code 0: it may be released; 1: there are problems; 2: it could not run.",
        epilog="Example: ceasefire-talks release check --against v0.1.0",
    )
    step.add_argument("root", nargs="?", type=Path, default=Path(), help="the package's folder (default: this one)")
    step.add_argument(
        "--against",
        metavar="PLACE",
        help="the last release: folder, zip, wheel or git revision (default: the highest tag vX.Y.Z)",
    )
    step.set_defaults(take=_check)


def _register_build(steps: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    step = steps.add_parser(
        "build",
        help="write the files of this release into dist/",
        description="Write the files of a release and their sums: the same bytes from the same package.",
        epilog="Example: ceasefire-talks release build --only csv.zip",
    )
    step.add_argument("root", nargs="?", type=Path, default=Path(), help="the package's folder (default: this one)")
    step.add_argument("--out", type=Path, default=Path("dist"), help="folder that receives the files (default: dist)")
    step.add_argument("--only", nargs="+", default=[], metavar="KIND", help="kinds of files to make (default: all)")
    step.set_defaults(take=_build)


def _register_verify(steps: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    step = steps.add_parser(
        "verify",
        help="check downloaded files against sums, descriptor and rules",
        description="Check downloaded files. Exit code 0: as released; 1: there are problems; 2: it could not run.",
        epilog="Example: ceasefire-talks release verify ceasefire-talks-0.1.0-csv.zip",
    )
    step.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a bundle as a zip or a folder, or any file")
    step.add_argument("--json", action="store_true", help="print the reports as JSON")
    step.set_defaults(take=_verify)


def _check(args: argparse.Namespace) -> int:
    with needs_tools("`release check`"):
        from ceasefire_talks.publishing.release_check import check_release

    report = check_release(args.root, args.against)
    print(report)
    return int(not report.ok)


def _build(args: argparse.Namespace) -> int:
    with needs_tools("`release build`"):
        from ceasefire_talks.publishing.bundle import build_release

    for path in build_release(args.root, args.out, args.only):
        print(f"{path.stat().st_size:>9} bytes  {path}")
    return 0


def _verify(args: argparse.Namespace) -> int:
    from ceasefire_talks.publishing.verify import verify

    reports = []
    with progress("Verifying", len(args.files)) as bar:
        for path in args.files:
            reports.append(verify(path))
            bar.advance()
    if args.json:
        print(json.dumps([report.to_dict() for report in reports], indent=2))
    else:
        print(*reports, sep="\n")
    return int(not all(report.ok for report in reports))
