"""The wheels and the sdist, as a user gets them. Needs PyPI."""

import ast
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import PurePosixPath

import pytest
import yaml

from ceasefire_talks import commands
from packages import FICTIONAL
from pythons import find_python

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
        assert not [name for name in archive.namelist() if "codings" in name]
    whole = json.loads((checkout / "datapackage.json").read_text("utf-8"))
    assert held == whole | {"resources": [resource for resource in whole["resources"] if "coding" not in resource]}


def test_the_two_wheels_hold_every_module_once(wheel, tools, checkout):
    source = checkout / "src"
    written = {p.relative_to(source).as_posix() for p in source.rglob("*") if p.is_file() and p.suffix != ".pyc"}
    definitions = {name for name in written if name.startswith("ceasefire_talks/schema/tables/")}
    data = {f"ceasefire_talks/data/{path.name}" for path in (checkout / "data").glob("*.csv")}
    pages = {name for name in modules(tools) if name.startswith("ceasefire_talks/docs/")}
    made = {"ceasefire_talks/datapackage.json", "ceasefire_talks/schema/standard-codes.json"}
    expected = (written - definitions) | data | pages | made
    assert modules(wheel) | modules(tools) - {"ceasefire_talks/CHANGELOG.md"} == expected
    assert not modules(wheel) & modules(tools)


def test_what_the_wheel_imports_it_has(wheel):
    held = modules(wheel)
    # These say which tools they lack.
    telling = {"ceasefire_talks/commands/release.py", "ceasefire_talks/commands/check.py"}
    with zipfile.ZipFile(wheel) as archive:
        for name in held - telling:
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
    stems = {path.stem for path in map(PurePosixPath, modules(tools)) if path.parent.name == "commands"}
    assert {stem.replace("_", "-") for stem in stems if not stem.startswith("_")} == commands.MAKING


def test_the_sdist_holds_all_that_the_tests_the_site_and_the_tools_need(built):
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {
        ".pre-commit-hooks.yaml",
        "tools/wheel.md",
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

    def __init__(self, folder, python=sys.executable):
        self.folder, self.python = folder, folder / "venv" / "bin" / "python"
        subprocess.run([python, "-m", "venv", folder / "venv"], check=True)

    def run(self, *arguments, **variables):
        return subprocess.run(
            [self.python, *map(str, arguments)],
            cwd=self.folder,
            env=os.environ | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    def prints(self, *arguments, **variables):
        done = self.run(*arguments, **variables)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def install(self, *what, **variables):
        self.prints("-m", "pip", "install", "--quiet", *what, **variables)

    def installed(self):
        listed = json.loads(self.prints("-m", "pip", "list", "--format", "json"))
        return {package["name"] for package in listed} - {"pip", "setuptools"}


LOAD = "import ceasefire_talks as ct; print(ct.path('events'), len(ct.load('events')))"
WITH_PANDAS = {"pandas", "numpy", "python-dateutil", "six", "tzdata"}


def test_the_wheel_runs_with_pandas_alone(wheel, tmp_path):
    plain = Environment(tmp_path)
    plain.install(wheel)
    path, rows = plain.prints("-c", LOAD).split()
    assert "site-packages" in path
    assert int(rows) > 0
    assert plain.prints("-m", "ceasefire_talks", "show", "fi-001").startswith("figures fi-001")
    assert plain.installed() <= WITH_PANDAS | {"ceasefire-talks"}
    for lacking, *arguments in (
        ("ceasefire-talks[check]", "check"),
        ("pip install ceasefire-talks-tools", "new", "truce"),
        ("pip install ceasefire-talks-tools", "describe", "--check"),
        ("pip install ceasefire-talks-tools", "release", "build"),
        ("pip install ceasefire-talks-tools", "check", "--format", "github"),
        ("pip install ceasefire-talks-tools", "check", "--fix", FICTIONAL),
    ):
        refused = plain.run("-m", "ceasefire_talks", *arguments)
        assert (refused.returncode, refused.stdout) == (commands.COULD_NOT_RUN, "")
        assert lacking in refused.stderr
        assert "Traceback" not in refused.stderr
    assert (
        "no codings are kept" in plain.run("-c", LOAD.replace("load('events'", "load('events', coding='first'")).stderr
    )


def test_the_wheel_installs_without_network_where_pandas_is(wheel, tmp_path):
    machine = Environment(tmp_path)
    machine.install("pandas>=3,<4")
    machine.install(wheel, PIP_NO_INDEX="1")
    assert int(machine.prints("-c", LOAD).split()[1]) > 0


def test_the_tools_add_their_commands(wheel, tools, tmp_path):
    maker = Environment(tmp_path)
    maker.install(wheel, tools)
    maker.prints("-m", "ceasefire_talks", "new", "truce", "--title", "Truce talks of 2031")
    maker.prints("-m", "ceasefire_talks", "leaks", FICTIONAL / "article.txt", "truce")
    assert maker.prints("-m", "ceasefire_talks", "release", "check", "--help")
    # What the wheels make of the definition is what the checkout makes of it, byte for byte.
    assert maker.prints("-m", "ceasefire_talks", "describe", "--check", FICTIONAL) == ""
    assert maker.installed() <= WITH_PANDAS | {"ceasefire-talks", "ceasefire-talks-tools"}


def test_a_hook_installs_what_it_runs(checkout, tmp_path):
    shutil.copytree(FICTIONAL, tmp_path / "truce")
    hooks = {hook["id"]: hook for hook in yaml.safe_load((checkout / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    mending = hooks["ceasefire-talks-fix"]
    user = Environment(tmp_path)
    # As pre-commit does it, in a clone of the repository.
    user.install(*(f"{checkout}{what.removeprefix('.')}" for what in (".", *mending["additional_dependencies"])))
    _, *arguments = mending["entry"].split()
    user.prints("-m", "ceasefire_talks", *arguments, "truce")


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_the_wheel_loads_checks_and_traces_on_every_python_that_is_here(version, wheel, tmp_path):
    own = Environment(tmp_path, find_python(version))
    own.install(f"{wheel}[check]")
    assert own.prints("--version").startswith(f"Python {version}.")
    assert int(own.prints("-c", LOAD).split()[1]) > 0
    for folder in ((), (FICTIONAL,)):
        assert own.prints("-m", "ceasefire_talks", "check", *folder).rstrip().endswith(": valid")
    own.prints("-m", "ceasefire_talks", "trace", FICTIONAL / "article.txt", "--package", FICTIONAL)
