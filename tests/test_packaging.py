"""The wheels and the sdist, as a user gets them. Needs PyPI."""

import ast
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import PurePosixPath

import pytest

from ceasefire_talks import commands

pytestmark = [pytest.mark.slow]

MOST_BYTES = 400_000


@pytest.fixture(scope="module")
def built(checkout, tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    for folder, more in ((checkout, []), (checkout / "tools", ["--wheel"])):
        command = [sys.executable, "-m", "build", "--no-isolation", *more, "--outdir", str(out), str(folder)]
        subprocess.run(command, check=True, capture_output=True, env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000"})
    return out


@pytest.fixture(scope="module")
def wheel(built):
    return next(built.glob("ceasefire_talks-*.whl"))


@pytest.fixture(scope="module")
def tools(built):
    return next(built.glob("ceasefire_talks_tools-*.whl"))


def modules(path):
    """What a wheel brings into the package, by its path there."""
    with zipfile.ZipFile(path) as archive:
        return {name for name in archive.namelist() if name.startswith("ceasefire_talks/")}


def test_the_wheel_is_small(wheel):
    assert wheel.stat().st_size <= MOST_BYTES


def test_the_wheel_holds_the_data_and_their_descriptor_without_the_codings(wheel, checkout):
    with zipfile.ZipFile(wheel) as archive:
        for path in (checkout / "data").glob("*.csv"):
            assert archive.read(f"ceasefire_talks/data/{path.name}") == path.read_bytes()
        held = json.loads(archive.read("ceasefire_talks/datapackage.json"))
        definitions = json.loads(archive.read("ceasefire_talks/schema/tables.json"))
        assert not [name for name in archive.namelist() if "codings" in name]
    whole = json.loads((checkout / "datapackage.json").read_text("utf-8"))
    assert held["resources"] == [resource for resource in whole["resources"] if "coding" not in resource]
    assert held | {"resources": 0} == whole | {"resources": 0}
    tables = (checkout / "src" / "ceasefire_talks" / "schema" / "tables").glob("*.json")
    assert definitions == {path.stem: json.loads(path.read_text("utf-8")) for path in tables}


def test_the_two_wheels_hold_every_module_once(wheel, tools, checkout):
    source = checkout / "src"
    written = {p.relative_to(source).as_posix() for p in source.rglob("*") if p.is_file() and p.suffix != ".pyc"}
    definitions = {name for name in written if name.startswith("ceasefire_talks/schema/tables/")}
    made = {f"ceasefire_talks/{name}" for name in ("datapackage.json", "schema/tables.json")}
    made |= {f"ceasefire_talks/data/{path.name}" for path in (checkout / "data").glob("*.csv")}
    assert modules(wheel) | modules(tools) == (written - definitions) | made
    assert not modules(wheel) & modules(tools)


def test_what_the_wheel_imports_it_has(wheel):
    held = modules(wheel)
    with zipfile.ZipFile(wheel) as archive:
        # That command says which tools it lacks.
        for name in held - {"ceasefire_talks/commands/release.py"}:
            if name.endswith(".py"):
                missing = [
                    one for one in imported(archive.read(name)) if not {f"{one}.py", f"{one}/__init__.py"} & held
                ]
                assert not missing, name


def imported(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ceasefire_talks"):
            yield node.module.replace(".", "/")


def test_the_program_knows_which_commands_are_in_the_tools(tools):
    paths = (PurePosixPath(name) for name in modules(tools))
    assert {p.stem.replace("_", "-") for p in paths if p.parent.name == "commands"} == commands.MAKING


def test_the_sdist_holds_all_that_the_tests_the_site_and_the_tools_need(built):
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {
        "CHANGELOG.md",
        "CITATION.cff",
        "CONTRIBUTING.md",
        "LICENSE",
        "LICENSE-DATA",
        "Makefile",
        "README.md",
        "data/codings/first/events.csv",
        "data/events.csv",
        "datapackage.json",
        "docs/hooks.py",
        "hatch_build.py",
        "mkdocs.yml",
        "src/ceasefire_talks/schema/tables/events.json",
        "src/ceasefire_talks/website/templates/table.md.jinja",
        "tests/conftest.py",
        "tools/pyproject.toml",
    } <= names


class Environment:
    """A virtual environment, and a folder without anything in it to run its Python in."""

    def __init__(self, folder, python=sys.executable, **environment):
        self.folder, self.environment = folder, os.environ | environment
        subprocess.run([python, "-m", "venv", folder / "venv"], check=True)
        self.python = folder / "venv" / "bin" / "python"

    def run(self, *arguments):
        return subprocess.run(
            [self.python, *map(str, arguments)],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def install(self, *what):
        done = self.run("-m", "pip", "install", "--quiet", *what)
        assert done.returncode == 0, done.stderr

    def installed(self):
        listed = json.loads(self.run("-m", "pip", "list", "--format", "json").stdout)
        return {package["name"] for package in listed} - {"pip", "setuptools"}


LOAD = "import ceasefire_talks as ct; print(ct.path('events'), len(ct.load('events')))"
WITH_PANDAS = {"pandas", "numpy", "python-dateutil", "six", "tzdata"}


def test_the_wheel_runs_with_pandas_alone(wheel, tmp_path):
    plain = Environment(tmp_path)
    plain.install(wheel)
    loaded = plain.run("-c", LOAD)
    assert loaded.returncode == 0, loaded.stderr
    path, rows = loaded.stdout.split()
    assert "site-packages" in path
    assert int(rows) > 0
    assert plain.run("-m", "ceasefire_talks", "show", "fi-001").stdout.startswith("figures fi-001")
    assert plain.installed() - {"ceasefire-talks"} <= WITH_PANDAS
    for lacking, arguments in {
        "ceasefire-talks[check]": ["check"],
        "pip install ceasefire-talks-tools": ["new", "truce"],
        "release build` comes with": ["release", "build"],
        "no coding 'first'": ["-c", "import ceasefire_talks as ct; ct.load('events', coding='first')"],
    }.items():
        program = [] if arguments[0] == "-c" else ["-m", "ceasefire_talks"]
        refused = plain.run(*program, *arguments)
        assert refused.returncode in (1, 2)
        assert refused.stdout == ""
        assert lacking in refused.stderr
        assert program == [] or "Traceback" not in refused.stderr
