"""The site of a package in a folder, there whole or not at all."""

from __future__ import annotations

import argparse
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config.base import load_config
from mkdocs.exceptions import Abort

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.package import Package
from ceasefire_talks.package.progress import progress
from ceasefire_talks.website.hooks import SiteHooks
from ceasefire_talks.website.prose import FOLDER

# A file by which a later run knows that it may replace the folder.
MARK = ".ceasefire-talks-site"
CONFIG = Path(str(files("ceasefire_talks.website"))) / "mkdocs.yml"


def build_site(folder: Path, package: Package, program: argparse.ArgumentParser) -> Path:
    """Build the site of a package.

    Args:
        folder: where it shall lie; not there yet, empty, or an earlier site of this program, which is replaced.
        package: whose site it is; valid.
        program: the command-line program, for the page of its help.

    Returns:
        The folder in full.

    Raises:
        PackageError: the folder holds something else, or the package's own pages have faults; nothing was changed.
        OSError: the folder cannot be written to.
    """
    folder = folder.resolve()
    _refuse_foreign(folder, package.root.resolve())
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
        made = Path(scratch) / "site"
        with progress("Building") as bar:
            _build(made, _prose(package, Path(scratch)), SiteHooks(package, program, bar))
        (made / MARK).write_text(f"{package.descriptor['name']} {package.descriptor['version']}\n", "utf-8")
        _replace(folder, made, Path(scratch) / "old")
    return folder


def _refuse_foreign(folder: Path, root: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise PackageError(f"{folder} is a file; name a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise PackageError(f"{folder} is not empty, and no site that this program built; name another folder")
    if root.is_relative_to(folder) or any(folder.is_relative_to(root / part) for part in (FOLDER, "data")):
        raise PackageError(f"{folder} would lie over the package's own files; name another folder")


def _prose(package: Package, scratch: Path) -> Path:
    own = package.root / FOLDER
    if own.is_dir():
        return own
    (scratch / FOLDER).mkdir()
    return scratch / FOLDER


def _build(made: Path, prose: Path, hooks: SiteHooks) -> None:
    with _complaints() as complaints:
        try:
            config = load_config(str(CONFIG), docs_dir=str(prose), site_dir=str(made), strict=True)
            config.plugins["ceasefire-talks"] = hooks  # type: ignore[assignment]
            build(config)
        except Abort as error:
            told = "".join(f"\n  {complaint}" for complaint in complaints) or str(error)
            raise PackageError(f"the site was not built, because of the pages in {prose}:{told}") from error


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What MkDocs warns of, as a list instead of on the terminal."""
    found: list[str] = []
    logger = logging.getLogger("mkdocs")
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    passed_on, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
        logger.propagate = passed_on


def _replace(folder: Path, made: Path, old: Path) -> None:
    # A temporary folder is for its owner alone; a site is to be served.
    made.chmod(0o755)
    if not folder.exists():
        made.rename(folder)
        return
    folder.rename(old)
    try:
        os.replace(made, folder)  # noqa: PTH105
    except BaseException:
        old.rename(folder)
        raise
