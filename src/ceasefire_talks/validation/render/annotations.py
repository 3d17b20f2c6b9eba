"""A report as annotations of GitHub: each stands at its line in the view of a pull request.

Whatever begins a line with `::` is a command to the runner there, so every line that this writes is a command of our
own, whose values are escaped as the runner reads them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ceasefire_talks.package.package import Package
from ceasefire_talks.validation.grouping import Group, grouped
from ceasefire_talks.validation.problem import neutral

if TYPE_CHECKING:
    from ceasefire_talks.validation.report import Report

# GitHub shows no more of a kind (error, warning, notice) that one step writes.
SHOWN_OF_A_KIND = 10


def as_annotations(report: Report, *, folder: str = "", limit: int | None = None) -> Iterator[str]:
    """The lines of a workflow's log.

    Args:
        report: what was found.
        folder: the package's folder, relative to the repository.
        limit: of how many kinds of problems, at most; more than GitHub shows are never written.
    """
    most = SHOWN_OF_A_KIND if limit is None else min(limit, SHOWN_OF_A_KIND)
    groups = grouped(report.problems)
    yield from (_error(group, folder) for group in groups[:most])
    yield from (_command("warning", {"title": "not checked"}, str(gap)) for gap in report.unchecked[:SHOWN_OF_A_KIND])
    hidden = len(groups) - most
    rest = f"; {hidden} more kinds of problems are not shown here" if hidden > 0 else ""
    yield _command("notice", {"title": "ceasefire-talks check"}, f"{report.verdict}{rest}")


def folder_of(package: Path | None) -> str:
    """A package's folder, or that of the bundled data, relative to the repository that a workflow runs in."""
    root = Package().root if package is None else package
    folder = root if root.is_dir() else root.parent
    return Path(os.path.relpath(folder, os.environ.get("GITHUB_WORKSPACE") or Path.cwd())).as_posix()


def _error(group: Group, folder: str) -> str:
    problem = group.first
    file = f"{folder.rstrip('/')}/{problem.file}" if folder not in ("", ".") else problem.file
    place = {"file": file, "line": problem.line, "col": problem.field, "title": f"{problem.code} {problem.rule}"}
    subject = ".".join(part for part in (problem.record, problem.column) if part)
    rest = group.after(1)
    more = f" ({len(rest.problems)} more of this kind, {rest.lines or 'elsewhere'})" if rest.problems else ""
    return _command("error", place, f"{subject}{': ' if subject else ''}{problem.message}. {problem.mend}{more}")


def _command(name: str, properties: Mapping[str, object], message: str) -> str:
    given = ",".join(
        f"{key}={_escaped(str(value), property_too=True)}" for key, value in properties.items() if value is not None
    )
    return f"::{name} {given}::{_escaped(message)}"


def _escaped(text: str, *, property_too: bool = False) -> str:
    text = neutral(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_too else text
