"""Show every value of a figure's quantity side by side: who says so, when, and in which source.

Example: ceasefire-talks rivals fi-018
"""

from __future__ import annotations

import argparse

from ceasefire_talks.package.corroboration import rival_values
from ceasefire_talks.package.package import Package
from ceasefire_talks.package.record import cell_text


def register(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("id", help="the id of a figure, such as fi-018")


def run(args: argparse.Namespace) -> int:
    """Print a line a value."""
    for row in rival_values(Package(), args.id):
        value = " to ".join(dict.fromkeys(cell_text(row[bound]) or "open" for bound in ("low", "high")))
        who = row["claimant"] or "no claimant named"
        when = f"as of {row['as_of']}" if row["as_of"] else "undated"
        verdict = row["verdict"] or row["qualifier"]
        where = f"{row['source_id']} ({row['trace_level']})"
        print(f"{row['record']:<7} {value} {row['unit']}  {verdict}, {who}, {when}, {where}")
    return 0
