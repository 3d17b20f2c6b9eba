from pathlib import Path

import pytest

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.validation.fixing.plan import Edit
from ceasefire_talks.validation.fixing.write import write_all


@pytest.fixture
def edits(tmp_path):
    paths = [tmp_path / name for name in ("a.csv", "b.csv", "c.json")]
    for path in paths:
        path.write_bytes(b"old")
        path.chmod(0o640)
    return [Edit(path, path.name, b"old", b"new", ()) for path in paths]


def contents(edits):
    return {path.name: path.read_bytes() for path in edits[0].path.parent.iterdir()}


def test_all_are_written_and_keep_their_mode(edits):
    write_all(edits)
    assert contents(edits) == {"a.csv": b"new", "b.csv": b"new", "c.json": b"new"}
    assert {edit.path.stat().st_mode & 0o777 for edit in edits} == {0o640}


@pytest.mark.parametrize("method", ["replace", "copymode"])
@pytest.mark.parametrize("failing", [0, 1, 2])
def test_all_or_none(edits, monkeypatch, method, failing):
    calls = iter(range(100))

    def fails(*args, real=Path.replace if method == "replace" else None, **_):
        if next(calls) == failing:
            raise OSError(28, "No space left on device", "c.json")
        return real(*args) if real else None

    if method == "replace":
        monkeypatch.setattr(Path, "replace", fails)
    else:
        monkeypatch.setattr("shutil.copymode", fails)
    with pytest.raises(PackageError, match="No space left on device; nothing was changed"):
        write_all(edits)
    assert contents(edits) == {"a.csv": b"old", "b.csv": b"old", "c.json": b"old"}


def test_what_has_changed_in_the_meantime_is_not_overwritten(edits):
    edits[2].path.write_bytes(b"newer")
    with pytest.raises(PackageError, match=r"c\.json has changed"):
        write_all(edits)
    assert contents(edits) == {"a.csv": b"old", "b.csv": b"old", "c.json": b"newer"}
