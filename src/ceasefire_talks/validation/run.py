"""The door to the checks: finds the descriptor, and says which extra is missing before anything heavy is imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ceasefire_talks.package.errors import PackageError, needs_extra
from ceasefire_talks.package.package import DESCRIPTOR

if TYPE_CHECKING:
    from ceasefire_talks.validation.report import Report


def check_package(path: Path) -> Report:
    """Check a data package: descriptor, bytes, cells, rows, keys and, where it follows it, the data model.

    Args:
        path: a folder with datapackage.json, or a descriptor file of any name.

    Returns:
        A report of everything that was found; no problem hides another.

    Raises:
        PackageError: there is no such folder or file, or it cannot be read.
        MissingExtraError: the `check` extra is not installed.
    """
    descriptor = path / DESCRIPTOR if path.is_dir() else path
    if not descriptor.is_file():
        raise PackageError(f"there is no {descriptor}; name a folder with {DESCRIPTOR}, or a descriptor file")
    with needs_extra("check"):
        from ceasefire_talks.validation.stages import check
    try:
        return check(descriptor)
    except OSError as error:
        raise PackageError(f"cannot read {error.filename}: {error.strerror}") from error
