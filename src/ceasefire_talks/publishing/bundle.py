"""Building a release: every file is made before the first is written, and each is written whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from ceasefire_talks.package.errors import MissingExtraError, PackageError, UnknownNameError
from ceasefire_talks.package.files import write_atomically
from ceasefire_talks.package.package import Package
from ceasefire_talks.package.progress import progress
from ceasefire_talks.publishing.artefacts import ARTEFACTS
from ceasefire_talks.publishing.exports.encode import with_sums
from ceasefire_talks.publishing.exports.tables import file_stem
from ceasefire_talks.publishing.sums import SUMS, read_sums

PYTHON = "python"
TOOLS = "tools"


def kinds() -> list[str]:
    """The names by which the files of a release are asked for: the ends of their names, and `python`."""
    return [*(artefact.suffix.lstrip("-.") for artefact in ARTEFACTS), PYTHON]


def build_release(root: Path, out: Path, only: Collection[str] = ()) -> list[Path]:
    """Write the files of a release and their sums; the same bytes from the same package.

    All are made before the first is written. Files of an earlier build that this one does not make are removed; other
    files in the folder are left alone.

    Args:
        root: the folder of the package, with its changelog, citation file and licences.
        out: the folder that receives the files; made if need be.
        only: some of `kinds()`; all of them without it. Wheel and sdist are made where there is a pyproject.toml.

    Returns:
        The files that were written.

    Raises:
        UnknownNameError: there is no such kind of file.
        MissingExtraError: the `release` extra is not installed.
        PackageError: the package cannot be read, lacks a file that belongs to a release, or cannot be built.
    """
    for kind in only:
        if kind not in kinds():
            raise UnknownNameError("kind of file", kind, kinds())
    files = with_sums(dict(_made(Package(root), set(only or kinds()))))
    try:
        return _written(files, out)
    except OSError as error:
        raise PackageError(f"cannot write into {out}: {error.strerror}") from error


def _made(package: Package, wanted: Collection[str]) -> Iterator[tuple[str, bytes]]:
    with progress("Building", len(wanted)) as bar:
        for kind, artefact in zip(kinds(), ARTEFACTS, strict=False):
            if kind in wanted and artefact.is_of(package):
                yield file_stem(package) + artefact.suffix, artefact.make(package)
                bar.advance()
        if PYTHON in wanted and (package.root / "pyproject.toml").is_file():
            yield from _distributions(package)


def _distributions(package: Package) -> Iterator[tuple[str, bytes]]:
    if find_spec("hatchling") is None:
        raise MissingExtraError("release", "hatchling")
    epoch = int(datetime.fromisoformat(package.descriptor["created"]).timestamp())
    projects = [project for project in (package.root, package.root / TOOLS) if (project / "pyproject.toml").is_file()]
    with tempfile.TemporaryDirectory() as folder:
        for project in projects:
            _build(project, folder, epoch)
        for path in sorted(Path(folder).iterdir()):
            yield path.name, path.read_bytes()


def _build(project: Path, folder: str, epoch: int) -> None:
    # The tools are made of files of the main project, whose sdist holds them all.
    targets = ["--target", "wheel"] if project.name == TOOLS else []
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", folder, *targets],
        cwd=project,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(epoch)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PackageError(f"cannot build wheel and sdist of {project}: {done.stderr.strip()}")


def _written(files: dict[str, bytes], out: Path) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    for name in _of_earlier_build(out) - set(files):
        (out / name).unlink(missing_ok=True)
    # The sums go first and come last: a build that was interrupted has none, and so cannot be verified.
    (out / SUMS).unlink(missing_ok=True)
    for name, data in files.items():
        write_atomically(out / name, data)
    return [out / name for name in files]


def _of_earlier_build(out: Path) -> set[str]:
    sums = out / SUMS
    return {name for name in read_sums(sums.read_bytes()) if "/" not in name} if sums.is_file() else set()
