"""Changing a package only if a check finds nothing in the result that it does not find now."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ceasefire_talks.package.describing import described
from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.package import DESCRIPTOR
from ceasefire_talks.package.together import replace_together
from ceasefire_talks.validation.problem import Problem
from ceasefire_talks.validation.run import check_package


def change_package(root: Path, contents: Mapping[str, bytes]) -> None:
    """Replace files of a package, and its descriptor with them; all of it or nothing.

    Args:
        root: the package's folder.
        contents: the new bytes by path, relative to `root`.

    Raises:
        PackageError: the package would have problems that it has not now; the message lists them.
        MissingExtraError: the `check` extra is not installed.
        OSError: the folder cannot be written to.
    """
    before = set(map(_essence, check_package(root).problems))
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder)
        shutil.copytree(root / "data", trial / "data")
        shutil.copy(root / DESCRIPTOR, trial)
        for name, data in contents.items():
            (trial / name).write_bytes(data)
        descriptor = described(trial)
        (trial / DESCRIPTOR).write_bytes(descriptor)
        problems = [one for one in check_package(trial).problems if _essence(one) not in before]
    if problems:
        raise PackageError("\n".join(["the package would not be valid; nothing was changed:", *map(str, problems)]))
    replace_together(root, {**contents, DESCRIPTOR: descriptor})


def _essence(problem: Problem) -> tuple[str | None, ...]:
    """What makes it the same problem though lines have moved."""
    return problem.code, problem.file, problem.record, problem.column, problem.value
