import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

import ceasefire_talks
from ceasefire_talks.commands import COULD_NOT_RUN, main
from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.scaffold import create_package
from ceasefire_talks.schema.definition import TABLES

DAY = date(2031, 3, 15)
FILES = {
    ".gitattributes",
    ".github/workflows/check.yml",
    ".gitignore",
    "README.md",
    "datapackage.json",
    "requirements.txt",
    "tests/test_package.py",
    *(f"data/{table}.csv" for table in TABLES),
}


@pytest.fixture
def made(tmp_path):
    return create_package(tmp_path / "truce", "Truce talks: “Selm”", DAY, contributors=["Selm Desk"])


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_new_package_is_whole_and_valid(made):
    assert files(made) == FILES
    report = ceasefire_talks.check(made)
    assert report.ok, str(report)
    assert report.coverage.sentences == 0


def test_a_new_package_says_what_it_was_told(made):
    descriptor = Package(made).descriptor
    assert (descriptor["name"], descriptor["title"], descriptor["version"]) == ("truce", "Truce talks: “Selm”", "0.1.0")
    assert descriptor["created"] == "2031-03-15T00:00:00Z"
    assert descriptor["contributors"] == [{"title": "Selm Desk", "roles": ["creator"]}]
    assert (made / "README.md").read_text("utf-8").startswith("# Truce talks: “Selm”\n")


def test_its_tables_are_empty_but_for_the_vocabulary(made, bundled):
    package = Package(made)
    assert {name for name in package.tables if package.records(name)} == {"vocabulary"}
    schemes = {row["scheme"].partition(".")[0] for row in package.records("vocabulary")}
    assert schemes == {row["scheme"].partition(".")[0] for row in bundled.records("vocabulary")} & set(TABLES)


def test_describing_it_changes_nothing(made):
    assert main(["describe", "--check", str(made)]) == 0


def test_its_own_test_passes_and_can_fail(made):
    def run():
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        return subprocess.run(command, cwd=made, capture_output=True, text=True, check=False)

    assert run().returncode == 0
    (made / "data" / "events.csv").write_text("event_id\n", "utf-8")
    done = run()
    assert done.returncode == 1
    assert "data/events.csv" in done.stdout


def test_its_ci_file_runs_the_checks(made):
    workflow = yaml.safe_load((made / ".github" / "workflows" / "check.yml").read_text("utf-8"))
    steps = [step.get("run") for step in workflow["jobs"]["check"]["steps"]]
    assert "ceasefire-talks describe --check" in steps
    assert "python -m pytest" in steps


def test_git_leaves_drafts_out_and_line_endings_alone(made):
    if shutil.which("git") is None:
        pytest.skip("needs Git: git is not installed")

    def git(*arguments):
        environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        return subprocess.run(
            ["git", *arguments], cwd=made, capture_output=True, text=True, check=True, env=environment
        )

    git("init")
    (made / "drafts.csv").write_text("draft_id\n")
    assert "drafts.csv" not in git("status", "--short", "--untracked-files=all").stdout
    assert git("check-attr", "text", "data/events.csv").stdout.strip().endswith("unset")


@pytest.mark.slow
def test_stock_frictionless_finds_it_valid(made):
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    done = subprocess.run(command, cwd=made, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_an_empty_folder_is_filled(tmp_path, monkeypatch):
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert create_package(Path(), "Truce", DAY) == folder
    assert files(Path()) == FILES
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path, capsys):
    (tmp_path / "note.txt").write_text("mine")
    assert main(["new", str(tmp_path), "--title", "Truce"]) == COULD_NOT_RUN
    assert "not an empty folder" in capsys.readouterr().err
    assert main(["new", str(tmp_path / "note.txt"), "--title", "Truce"]) == COULD_NOT_RUN
    assert files(tmp_path) == {"note.txt"}


@pytest.mark.parametrize("exists", [True, False])
def test_a_failure_at_any_file_leaves_nothing_behind(tmp_path, monkeypatch, exists):
    parent = tmp_path / "parent"
    folder = parent / "truce"
    (folder if exists else parent).mkdir(parents=True)
    replace, rename, left = os.replace, os.rename, 0

    def step(function):
        def wrapped(*args, **kwargs):
            nonlocal left
            left -= 1
            if left < 0:
                raise OSError("no space left")
            return function(*args, **kwargs)

        return wrapped

    monkeypatch.setattr(os, "replace", step(replace))
    monkeypatch.setattr(os, "rename", step(rename))
    for number in range(100):
        left = number
        try:
            create_package(folder, "Truce", DAY)
        except OSError:
            assert list(parent.iterdir()) == ([folder] if exists else [])
            assert not exists or list(folder.iterdir()) == []
        else:
            break
    assert number > len(TABLES)
    assert files(folder) == FILES


@pytest.mark.parametrize("name", ["Truce", "a b", "-a", "a/b"])
def test_a_name_that_will_not_do_is_refused(name, tmp_path):
    with pytest.raises(PackageError, match="no name for a package"):
        create_package(tmp_path / "x", "Truce", DAY, name=name)


def test_the_name_is_made_of_the_folders(tmp_path):
    assert Package(create_package(tmp_path / "Truce of 2031!", "Truce", DAY)).descriptor["name"] == "truce-of-2031"


@pytest.mark.parametrize("title", ["", "  ", "two\nlines", "a\x1bb"])
def test_a_title_is_one_line(title, tmp_path):
    with pytest.raises(PackageError, match="one line"):
        create_package(tmp_path / "x", title, DAY)
    assert list(tmp_path.iterdir()) == []


def test_our_own_name_is_taken(tmp_path):
    with pytest.raises(PackageError, match="--name"):
        create_package(tmp_path / "ceasefire-talks", "Truce", DAY)


def test_new_says_where_the_package_is(tmp_path, capsys):
    folder = tmp_path / "truce"
    arguments = ["--title", "Truce", "--name", "varona", "--contributor", "A", "--contributor", "B"]
    assert main(["new", str(folder), *arguments]) == 0
    assert capsys.readouterr().out == f"made {folder}\n"
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert descriptor["name"] == "varona"
    assert [one["title"] for one in descriptor["contributors"]] == ["A", "B"]


def test_a_folder_without_a_parent_could_not_be_made(tmp_path, capsys):
    assert main(["new", str(tmp_path / "nowhere" / "truce"), "--title", "Truce"]) == COULD_NOT_RUN
    assert "No such file" in capsys.readouterr().err
