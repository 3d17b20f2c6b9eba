"""What it takes to try a release in somebody else's tool: the tool, its version, the settings it needs, a reader."""

import importlib.util
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version as installed
from pathlib import Path

import pytest

from ceasefire_talks.package.package import Package


@dataclass(frozen=True)
class Bundle:
    """A release as its users have it: the unpacked CSV bundle, and the other files beside it."""

    package: Package
    folder: Path
    dist: Path

    @property
    def paths(self):
        return {resource["name"]: self.folder / resource["path"] for resource in self.package.descriptor["resources"]}

    def artefact(self, ending):
        return next(path for path in self.dist.iterdir() if path.name.endswith(ending))


@dataclass(frozen=True)
class Client:
    """A tool that reads a release.

    Attributes:
        name: what it is called in the documentation.
        file: what of a release it reads.
        setting: the code or the option that makes it read every cell as it is; empty if it needs none.
        version: asks the tool for its version; skips the test where it is missing.
        alters: texts of the tricky release that it reads as something else, whatever the setting.
        read: the rows of every table, as dicts by column; skips the test where the tool is missing.
    """

    name: str
    file: str
    setting: str
    version: Callable[[], str]
    read: Callable[[Bundle], dict[str, list[dict]]] | None = None
    alters: tuple[str, ...] = ()


def library(name):
    """The version of a library, or a skip."""
    need_library(name)
    return installed(name)


def need_library(name):
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"needs {name}: pip install '.[clients]'")


def need_program(name, package):
    """The path of a program, or a skip that names its Debian package."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"needs the program {name}, on Debian: apt-get install {package}")
    return path


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def is_missing(value):
    return value is None or value == "" or value != value  # noqa: PLR0124


def same(field, expected, found):
    """Whether a client's value is that of the table: texts as they are, other values by what they say."""
    if expected is None or is_missing(found):
        return expected is None and is_missing(found)
    match field.type:
        case "integer" | "number":
            return float(found) == expected
        case "boolean":
            return str(found).lower() in ({"true", "1"} if expected else {"false", "0"})
        case "date":
            return str(found)[:10] == expected.isoformat()
    return isinstance(found, str) and found == expected


def differences(bundle, table, found):
    """Where the rows that a client gives are not those of the table: column, expected value, found value."""
    schema = bundle.package.schema(table)
    expected = bundle.package.records(table)
    assert len(found) == len(expected), f"{table}: {len(found)} rows instead of {len(expected)}"
    assert all(list(row) == list(schema.columns) for row in found), f"{table}: not its columns"
    return [
        (f"{table}.{field.name}", right[field.name], row[field.name])
        for right, row in zip(expected, found, strict=True)
        for field in schema.fields
        if not same(field, right[field.name], row[field.name])
    ]
