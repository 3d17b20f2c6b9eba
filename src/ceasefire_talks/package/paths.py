"""Paths that a descriptor gives: nothing outside the package is opened, nothing is fetched."""

from __future__ import annotations

from pathlib import Path, PurePosixPath


def path_fault(name: str) -> str | None:
    """What makes a path of a descriptor unsafe, by its text alone; None where nothing does."""
    path = PurePosixPath(name)
    if "://" in name or name.startswith(("file:", "data:")):
        return "is remote; nothing is fetched"
    if path.is_absolute() or name.startswith("~") or name[1:2] == ":":
        return "is absolute"
    if "\\" in name or "\0" in name or not name:
        return "is no relative path with `/` between its parts"
    if ".." in path.parts:
        return "leaves the package"
    return None


def path_fault_in(root: Path, name: str) -> str | None:
    """As `path_fault`, and no symbolic link leads out of the package's folder either."""
    fault = path_fault(name)
    if fault is None and not (root / name).resolve().is_relative_to(root.resolve()):
        return "leaves the package"
    return fault
