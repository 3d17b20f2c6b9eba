"""The door to the checks: finds the descriptor, and says which extra is missing before anything heavy is imported."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ceasefire_talks.package.errors import PackageError, UnknownNameError, needs_extra
from ceasefire_talks.package.package import DESCRIPTOR
from ceasefire_talks.validation.ahead import read_ahead
from ceasefire_talks.validation.choice import ENGINES, chosen

if TYPE_CHECKING:
    from ceasefire_talks.validation.report import Report


def check_package(
    path: Path,
    *,
    engine: str = "auto",
    master: str | None = None,
    allow_remote: bool = False,
    schemas: Mapping[str, Path] | None = None,
) -> Report:
    """Check a data package: descriptor, bytes, cells, rows, keys and, where it follows it, the data model.

    Args:
        path: a folder with datapackage.json (or .yaml, .yml), or a descriptor file of any name.
        engine: `pandas`, the reference; `polars` or `spark`, with the same verdict, for large packages; or `auto`.
        master: where Spark runs, as `local[2]` or `spark://host:7077`; this machine where it is None.
        allow_remote: fetch schemas and dialects that stand at an address; data are never fetched.
        schemas: local copies of such schemas and dialects, by their addresses.

    Returns:
        A report of everything that was found; no problem hides another.

    Raises:
        PackageError: there is no such folder, file or engine, or it cannot be read or started.
        MissingExtraError: the `check` extra, or the one of the engine, is not installed.
    """
    descriptor = _descriptor_in(path) if path.is_dir() else path
    if not descriptor.is_file():
        raise PackageError(f"there is no {descriptor}; name a folder with {DESCRIPTOR}, or a descriptor file")
    if engine not in ENGINES:
        raise UnknownNameError("engine", engine, ENGINES)
    with needs_extra("check"):
        from ceasefire_talks.validation.descriptor import read_descriptor
    try:
        description = read_descriptor(descriptor, allow_remote=allow_remote, schemas=schemas)
        name = chosen(description, engine)
        with read_ahead(description, name) as ahead:
            with needs_extra("check"):
                from ceasefire_talks.validation.stages import check
            return check(description, name, ahead, master)
    except OSError as error:
        raise PackageError(f"cannot read {error.filename}: {error.strerror}") from error


def _descriptor_in(folder: Path) -> Path:
    names = [folder / DESCRIPTOR, *(folder / Path(DESCRIPTOR).with_suffix(suffix) for suffix in (".yaml", ".yml"))]
    return next((path for path in names if path.is_file()), names[0])
