"""The hooks that the repository defines, run by pre-commit itself in a repository that uses them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from packages import FICTIONAL, copy_of, refresh


@pytest.fixture
def repository(checkout, tmp_path):
    """A repository with a package in a folder, and the hooks as defined, but with the program that is under test."""
    copy_of(FICTIONAL, tmp_path / "truce")
    hooks = yaml.safe_load((checkout / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for hook in hooks:
        program, *arguments = hook["entry"].split()
        assert program == "ceasefire-talks"
        hook["entry"] = " ".join([sys.executable, "-m", "ceasefire_talks", *arguments])
        hook |= {"language": "system", "args": ["truce"]}
        del hook["additional_dependencies"]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    return tmp_path


def git(folder, *arguments):
    subprocess.run(["git", *arguments], cwd=folder, check=True)


def run_hook(repository, name):
    program = Path(sys.executable).with_name("pre-commit")
    done = subprocess.run(
        [program, "run", name, "--all-files"], cwd=repository, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


def test_a_valid_package_passes(repository):
    assert run_hook(repository, "ceasefire-talks-check")[0] == 0


def test_a_broken_package_is_held_back_with_its_problems(repository):
    shutil.copytree(FICTIONAL.parent / "rules" / "C03-enum", repository / "truce", dirs_exist_ok=True)
    refresh(repository / "truce")
    status, shown = run_hook(repository, "ceasefire-talks-check")
    assert status == 1
    assert "data/evidence.csv:4:12 C03 enum ed-0003.support" in shown


def test_a_commit_without_tables_runs_nothing(repository):
    (repository / "truce" / "data" / "events.csv").unlink()
    (repository / "notes.txt").write_text("text")
    git(repository, "add", "notes.txt")
    program = Path(sys.executable).with_name("pre-commit")
    command = [program, "run", "ceasefire-talks-check", "--files", "notes.txt"]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert "no files to check" in done.stdout


def test_the_other_hook_mends_first(repository):
    path = repository / "truce" / "data" / "relations.csv"
    right = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + right)
    status, shown = run_hook(repository, "ceasefire-talks-fix")
    assert status == 1, "pre-commit holds back what a hook has changed"
    assert "byte-order mark removed" in shown
    assert path.read_bytes() == right
    git(repository, "add", ".")
    assert run_hook(repository, "ceasefire-talks-fix")[0] == 0
