"""List the tables: rows, file, title.

Example: ceasefire-talks tables
"""

from __future__ import annotations

import argparse

from ceasefire_talks.package.package import Package


def register(_parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""


def run(_args: argparse.Namespace) -> int:
    """Print a line a table."""
    package = Package()
    for resource in package.descriptor["resources"]:
        if resource["name"] in package.tables:
            name = resource["name"]
            print(f"{name:<15} {resource['rows']:>6}  {package.path(name)}  {resource['title']}")
    return 0
