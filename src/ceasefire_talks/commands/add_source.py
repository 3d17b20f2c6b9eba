"""Add a source to a package of your own: its sentences, and drafts for the coder.

The text is plain and in UTF-8, Markdown, or a web page saved from a browser, of which the article is taken. It is
normalised and segmented; its row is added to sources.csv and its sentences, as locators and hashes, to sentences.csv;
datapackage.json is rewritten. Figures and dates that are found in an English text become drafts in drafts.csv, with
their spans: accept or delete each. The text itself is written nowhere. If anything fails, the package is as it was.
Example: ceasefire-talks add-source article.txt --id post-20310314 --url https://post.example/truce
         --published 2031-03-14 --title "Truce talks" --publisher "The Post" --package truce
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.schema.definition import table_schema
from ceasefire_talks.tracing.add import Added, add_source
from ceasefire_talks.tracing.anchor import MEASURED
from ceasefire_talks.tracing.documents import read_document
from ceasefire_talks.tracing.drafts import DRAFTS

DEFAULTS = {"language": "en", "kind": "news", "licence": "unknown", "seen": "full"}
REQUIRED_WHEN_TRACED = "published"


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command: an option for each column of sources that is not measured."""
    parser.add_argument("file", metavar="FILE", help="the text, one paragraph a line; - for standard input")
    parser.add_argument("--package", type=Path, default=Path(), metavar="DIR", help="its folder (default: this one)")
    for field in table_schema("sources", [])["fields"]:
        column, default = field["name"], DEFAULTS.get(field["name"], "")
        if column not in (*MEASURED, "trace_level"):
            needed = field.get("constraints", {}).get("required") or column == REQUIRED_WHEN_TRACED
            parser.add_argument(
                "--id" if column == "source_id" else f"--{column.replace('_', '-')}",
                dest=column,
                metavar="TEXT",
                default=default,
                required=bool(needed and not default),
                help=field["description"] + (f" (default: {default})" if default else ""),
            )


def run(args: argparse.Namespace) -> int:
    """Add the source and say what was added."""
    columns = [field["name"] for field in table_schema("sources", [])["fields"]]
    source = {column: getattr(args, column) for column in columns if hasattr(args, column)}
    try:
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
