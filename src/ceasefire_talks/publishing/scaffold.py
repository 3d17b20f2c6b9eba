"""A traced package of one's own: descriptor, empty tables, vocabulary, README, test and CI."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from ceasefire_talks.package.describing import described
from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.files import write_atomically
from ceasefire_talks.package.package import DESCRIPTOR, Package
from ceasefire_talks.package.texts import Texts, read_texts
from ceasefire_talks.schema.definition import TABLES, table_schema

VERSION = "0.1.0"
_TEMPLATES = {
    "README.md": "README.md",
    "requirements.txt": "requirements.txt",
    ".gitattributes": "gitattributes",
    ".gitignore": "gitignore",
    "tests/test_package.py": "test_package.py",
    ".github/workflows/check.yml": "check.yml",
}
_NAME = re.compile("[a-z0-9]+(?:[._-][a-z0-9]+)*")


def create_package(
    folder: Path, title: str, created: date, *, name: str | None = None, contributors: Sequence[str] = ()
) -> Path:
    """Make a package without rows, valid from the start. It is there whole or not at all.

    Args:
        folder: where it shall lie; a folder that is not there yet, or is empty.
        title: one line.
        created: the day that its descriptor names.
        name: lower-case letters and digits with `-`, `_` or `.` between; made of the folder's name by default.
        contributors: who creates it.

    Returns:
        The folder in full.

    Raises:
        PackageError: the folder is not empty, or title or name will not do.
        OSError: the folder cannot be written to.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PackageError(f"{folder} is there already, and not an empty folder; name another")
    metadata = _metadata(_one_line("title", title), created, name or _slug(folder.name), contributors)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
        made = Path(scratch) / "package"
        made.mkdir()
        _fill(made, metadata)
        _move(made, folder)
    return folder


def _metadata(title: str, created: date, name: str, contributors: Sequence[str]) -> dict[str, Any]:
    release = Package().descriptor
    if not _NAME.fullmatch(name):
        raise PackageError(f"{name!r} is no name for a package: use a-z and 0-9, with - _ or . between")
    if name == release["name"]:
        raise PackageError(f"{name!r} is the name of the release that you have installed; choose another with --name")
    creators = [{"title": _one_line("contributor", one), "roles": ["creator"]} for one in contributors]
    return {
        "name": name,
        "title": title,
        "version": VERSION,
        "created": f"{created}T00:00:00Z",
        "dataModel": release["dataModel"],
        **({"contributors": creators} if creators else {}),
    }


def _slug(text: str) -> str:
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")


def _one_line(what: str, text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise PackageError(f"the {what} must be one line of text, not {text!r}")
    return text.strip()


def _fill(made: Path, metadata: Mapping[str, Any]) -> None:
    for table in TABLES:
        columns = tuple(field["name"] for field in table_schema(table, [])["fields"])
        _write(made, f"data/{table}.csv", Texts(columns, ()).to_bytes())
    _write(made, "data/vocabulary.csv", _vocabulary().to_bytes())
    _write(made, DESCRIPTOR, described(made, metadata))
    values = {"title": metadata["title"], "version": Package().descriptor["version"]}
    for name, template in _TEMPLATES.items():
        text = files("ceasefire_talks.publishing").joinpath("templates", "package", f"{template}.template")
        _write(made, name, Template(text.read_text("utf-8")).substitute(values).encode("utf-8"))


def _vocabulary() -> Texts:
    """The codes of the tables that every package has."""
    ours = read_texts(Package().path("vocabulary"))
    return Texts(ours.columns, tuple(row for row in ours.rows if row["scheme"].partition(".")[0] in TABLES))


def _write(made: Path, name: str, data: bytes) -> None:
    path = made / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, data)


def _move(made: Path, folder: Path) -> None:
    """Put the package in its place: in one step, or entry by entry where an empty folder is there already."""
    if not folder.exists():
        made.rename(folder)
        return
    moved: list[Path] = []
    try:
        for entry in made.iterdir():
            moved.append(folder / entry.name)
            entry.rename(folder / entry.name)
    except BaseException:
        for entry in moved:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink(missing_ok=True)
        raise
