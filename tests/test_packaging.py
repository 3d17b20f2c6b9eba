"""The wheel and the sdist, as a user gets them. Needs PyPI."""

import json
import os
import subprocess
import sys
import tarfile
import zipfile

import pytest

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def built(checkout, tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(checkout)]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000"})
    return {path.suffix: path for path in out.iterdir()}


def test_the_wheel_holds_data_descriptor_and_definition(built, checkout):
    with zipfile.ZipFile(built[".whl"]) as wheel:
        names = set(wheel.namelist())
        for path in [checkout / "datapackage.json", *(checkout / "data").glob("*.csv")]:
            assert wheel.read(f"ceasefire_talks/{path.relative_to(checkout).as_posix()}") == path.read_bytes()
    assert {"ceasefire_talks/py.typed", "ceasefire_talks/schema/package.json"} <= names
    assert "ceasefire_talks/website/templates/table.md.jinja" in names
    assert not any(name.startswith(("tests/", "docs/", "data/")) for name in names)


def test_the_sdist_holds_all_that_the_tests_and_the_site_need(built):
    with tarfile.open(built[".gz"]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {
        "CHANGELOG.md",
        "CITATION.cff",
        "CONTRIBUTING.md",
        "LICENSE",
        "LICENSE-DATA",
        "Makefile",
        "README.md",
        "data/events.csv",
        "datapackage.json",
        "docs/hooks.py",
        "mkdocs.yml",
        "tests/conftest.py",
    } <= names


def test_the_wheel_runs_with_pandas_alone(built, tmp_path):
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(built[".whl"])], check=True)

    def run(*arguments):
        return subprocess.run([python, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)

    loaded = run("-c", "import ceasefire_talks as ct; print(ct.path('events')); print(len(ct.load('events')))")
    assert loaded.returncode == 0, loaded.stderr
    path, rows = loaded.stdout.split()
    assert "site-packages" in path
    assert int(rows) > 0
    assert run("-m", "ceasefire_talks", "show", "fi-001").stdout.startswith("figures fi-001")
    refused = run("-m", "ceasefire_talks", "check")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "ceasefire-talks[check]" in refused.stderr
    assert "Traceback" not in refused.stderr
    installed = run("-m", "pip", "list", "--format", "json").stdout
    own = {"ceasefire-talks", "pip", "setuptools"}
    assert {p["name"] for p in json.loads(installed)} - own <= {"pandas", "numpy", "python-dateutil", "six", "tzdata"}
