import contextlib
import os
import subprocess
import sys
import tempfile

import pytest

from ceasefire_talks.package.together import put_back, replace_together

OLD = {"data/one.csv": b"old one", "two.json": b"old two"}
NEW = {"new.csv": b"new", "data/one.csv": b"new one", "two.json": b"new two"}
STEPS = ((os, "replace"), (os, "rename"), (os, "fsync"), (os, "mkdir"), (os, "unlink"), (tempfile, "mkstemp"))
MANY = 100
NO_SPACE = OSError("no space left")


@pytest.fixture
def root(tmp_path):
    for name, data in OLD.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return tmp_path


def state(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def failing(patch, first, *, last=MANY, error=NO_SPACE):
    """Let the steps from the first to the last fail; returns the list of those that were tried."""
    tried = []

    def wrap(function):
        def step(*args, **kwargs):
            tried.append(function.__name__)
            if first <= len(tried) - 1 <= last:
                raise error
            return function(*args, **kwargs)

        return step

    for module, name in STEPS:
        patch.setattr(module, name, wrap(getattr(module, name)))
    return tried


def test_all_files_are_replaced(root):
    replace_together(root, NEW)
    assert state(root) == NEW


@pytest.mark.parametrize("error", [NO_SPACE, KeyboardInterrupt()])
def test_a_failure_at_any_step_leaves_everything_as_it_was(root, error):
    failures = 0
    for step in range(MANY):
        with pytest.MonkeyPatch.context() as patch:
            tried = failing(patch, step, last=step, error=error)
            try:
                replace_together(root, NEW)
            except type(error):
                failures += 1
        if len(tried) <= step:
            break
        # Only the clearing up may be left, before or behind the point from which on everything counts as replaced.
        found = {name: data for name, data in state(root).items() if not name.startswith(".")}
        assert found in (OLD, NEW)
        put_back(root)
        assert state(root) == found
        if found == NEW:
            replace_together(root, OLD)
            (root / "new.csv").unlink()
    assert failures > len(NEW)
    assert len(tried) <= step < MANY


def test_what_could_not_even_be_put_back_is_put_back_by_the_next_call(root):
    for step in range(MANY):
        with pytest.MonkeyPatch.context() as patch:
            tried = failing(patch, step)
            with contextlib.suppress(OSError):
                replace_together(root, NEW)
        put_back(root)
        if len(tried) <= step:
            break
        assert state(root) in (OLD, NEW)
    assert state(root) == NEW


KILLED = """
import os, sys, tempfile
from pathlib import Path
from ceasefire_talks.package.together import replace_together
left = int(sys.argv[2])
def wrap(function):
    def step(*args, **kwargs):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return function(*args, **kwargs)
    return step
for module, name in ((os, "replace"), (os, "rename"), (os, "fsync"), (os, "mkdir"), (os, "unlink")):
    setattr(module, name, wrap(getattr(module, name)))
replace_together(Path(sys.argv[1]), {"new.csv": b"new", "data/one.csv": b"new one", "two.json": b"new two"})
"""


def test_a_killed_program_is_undone_by_the_next_one(root):
    states = []
    for step in range(MANY):
        done = subprocess.run([sys.executable, "-c", KILLED, root, str(step)], check=False)
        put_back(root)
        states.append(state(root))
        if states[-1] == NEW:
            break
        assert states[-1] == OLD
        assert done.returncode == 9
    assert len(states) > len(NEW)
    assert states[-1] == NEW


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        replace_together(tmp_path / "nowhere", NEW)
