"""Verify every row against your own copy of a source's text: sentences, spans, figures and dates.

The copy is plain text, a saved web page, Markdown, standard input (-) or an address. It stays with you: only its
hashes are compared with the published ones, and nothing is fetched unless you name an address or ask with --fetch.
Exit code 0: every sentence and every row of evidence of the source is proven, and no figure or date reads otherwise
(those that the grammar cannot read are counted apart); 1: something is not proven; 2: it could not run.
Example: ceasefire-talks trace article.txt --html report.html
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.files import write_atomically
from ceasefire_talks.package.package import Package
from ceasefire_talks.package.progress import progress
from ceasefire_talks.tracing.copies import named_copy, own_address
from ceasefire_talks.tracing.render.page import as_page
from ceasefire_talks.tracing.result import Trace
from ceasefire_talks.tracing.trace import trace


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("copy", nargs="?", metavar="FILE|URL|-", help="your copy: a file, an address, or - for stdin")
    parser.add_argument("--source", metavar="ID", help="of which source it is (default: told by its sentences)")
    parser.add_argument("--package", type=Path, metavar="DIR", help="a package of your own (default: the bundled data)")
    parser.add_argument("--fetch", action="store_true", help="fetch the copy from the source's own address")
    parser.add_argument("--allow-private", action="store_true", help="let an address lead to a private network")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON, without your sentences")
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="write your sentences beside the rows; keep it private"
    )


def run(args: argparse.Namespace) -> int:
    """Print the findings."""
    if (args.copy is None) != args.fetch:
        raise PackageError("name a copy (a file, an address, or - for standard input), or fetch it with --fetch")
    package = Package(args.package)
    name = own_address(package, args.source) if args.fetch else args.copy
    with progress("Tracing"):
        found = Trace(trace(package, named_copy(name, allow_private=args.allow_private), args.source))
    if args.html:
        _write(args.html, "\n".join(as_page(found.findings)))
    print(json.dumps(found.to_dict(), indent=2, ensure_ascii=False) if args.json else found)
    return int(not found.ok)


def _write(path: Path, page: str) -> None:
    try:
        write_atomically(path, page.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise PackageError(f"cannot write {path}: {error.strerror}") from error
