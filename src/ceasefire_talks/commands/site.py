"""Build the site of a package: tables, records, pictures, and the page that verifies a copy in the browser.

The package is checked first: a site is made only of one that is valid. Its own pages are README.md, CHANGELOG.md and
docs/. DIR may be new, empty, or an earlier site. SITE_URL in the environment is the address where the site will be.
Exit code 0: built; 1: the package has problems; 2: it could not run. Needs the extra `site`.
Example: ceasefire-talks site public path/to/package
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import ceasefire_talks
from ceasefire_talks.package.errors import PackageError, needs_extra
from ceasefire_talks.package.package import Package
from ceasefire_talks.package.progress import progress


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="where the site shall lie")
    parser.add_argument("package", nargs="?", type=Path, help="a folder or descriptor file (default: the bundled data)")


def run(args: argparse.Namespace) -> int:
    """Build the site and say where it is."""
    # Material's advertisement for its successor.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with needs_extra("site"):
        from ceasefire_talks.website.build import build_site

        with progress("Checking"):
            report = ceasefire_talks.check(args.package)
    if not report.ok:
        print(report)
        return 1
    root = args.package.parent if args.package and args.package.is_file() else args.package
    try:
        build_site(args.folder, Package(root), _program())
    except OSError as error:
        raise PackageError(f"cannot build {args.folder}: {error.strerror or error}") from error
    except UnicodeError as error:
        raise PackageError(f"cannot build {args.folder}: a page of the package is not UTF-8: {error}") from error
    print(f"built {args.folder / 'index.html'}")
    return 0


def _program() -> argparse.ArgumentParser:
    from ceasefire_talks import commands

    return commands.parser()
