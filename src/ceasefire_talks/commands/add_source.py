"""Add a source to a package of your own: its sentences, and drafts to code.

FILE is plain text or Markdown in UTF-8, or a saved web page; - is standard input. Only locators and hashes of it are
kept. Figures and dates of an English text become drafts in drafts.csv: accept or delete each.
Example: ceasefire-talks add-source a.txt --id post-20310314 --title Truce --publisher Post --published 2031-03-14
--url https://post.example/truce
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ceasefire_talks.commands._help import NamedOnly
from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.progress import progress
from ceasefire_talks.schema.definition import table_schema
from ceasefire_talks.tracing.add import Added, add_source
from ceasefire_talks.tracing.anchor import MEASURED
from ceasefire_talks.tracing.documents import read_document
from ceasefire_talks.tracing.drafts import DRAFTS

DEFAULTS = {"language": "en", "kind": "news", "licence": "unknown", "seen": "full"}
REQUIRED_WHEN_TRACED = "published"


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command: an option for each column of sources that is not measured."""
    parser.usage = "%(prog)s [OPTION ...] FILE"
    needed = parser.add_argument_group("needed")
    needed.add_argument("file", metavar="FILE", help="the text, one paragraph a line")
    parser.add_argument("--package", type=Path, default=Path(), metavar="DIR", help="its folder (default: this one)")
    for field in table_schema("sources", [])["fields"]:
        column = field["name"]
        if column in (*MEASURED, "trace_level"):
            continue
        option, default = _option(column), DEFAULTS.get(column, "")
        text = field["description"] + (f" (default: {default})" if default else "")
        if _is_needed(field) and not default:
            needed.add_argument(option, dest=column, metavar="TEXT", required=True, help=text)
        else:
            parser.add_argument(option, dest=column, metavar="TEXT", default=default, help=text, action=NamedOnly)


def _option(column: str) -> str:
    return "--id" if column == "source_id" else f"--{column.replace('_', '-')}"


def _is_needed(field: Mapping[str, Any]) -> bool:
    return bool(field.get("constraints", {}).get("required")) or field["name"] == REQUIRED_WHEN_TRACED


def run(args: argparse.Namespace) -> int:
    """Add the source and say what was added."""
    columns = [field["name"] for field in table_schema("sources", [])["fields"]]
    source = {column: getattr(args, column) for column in columns if hasattr(args, column)}
    try:
        with progress("Adding"):
            added = add_source(args.package, source, read_document(args.file).text)
    except OSError as error:
        raise PackageError(f"{error.filename}: {error.strerror}") from error
    print("\n".join(_summary(added)))
    return 0


def _summary(added: Added) -> list[str]:
    source = added.source
    lines = [
        f"{source['source_id']}: {source['paragraphs']} paragraphs, {source['sentences']} sentences, none coded yet"
    ]
    if added.drafts is None:
        return [*lines, f"no drafts: there is no reader for the language {source['language']}"]
    figures = sum(draft["column"] == "value_text" for draft in added.drafts)
    dates = len(added.drafts) - figures
    return [*lines, f"{figures} figures and {dates} dates drafted in {DRAFTS}; accept or delete each"]
