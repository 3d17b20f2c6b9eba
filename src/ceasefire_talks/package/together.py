"""Replacing several files of a folder: all of them or none, even where the program is killed half-way.

Everything is written beside the files first: the new contents, the old ones, and which files there were. One rename
makes that the journal, and from then on whatever stops the program, the old contents can be put back: at once where the
program still runs, by the next call where it was killed. One more rename ends it.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ceasefire_talks.package.files import write_atomically

_JOURNAL = ".ceasefire-talks-undo"
_SCRATCH = ".ceasefire-talks-tmp-"
_NAMES = "names.json"


def replace_together(root: Path, contents: Mapping[str, bytes]) -> None:
    """Write files of a folder; if that fails, all of them are as they were.

    Args:
        root: the folder. No other program may write to it at the same time.
        contents: the new bytes by path, relative to `root` with forward slashes, in the order of writing.

    Raises:
        OSError: the folder cannot be written to.
    """
    put_back(root)
    scratch = Path(tempfile.mkdtemp(dir=root, prefix=_SCRATCH))
    try:
        _prepare(root, scratch, contents)
        scratch.rename(root / _JOURNAL)
        for number, name in enumerate(contents):
            (root / _JOURNAL / f"new-{number}").replace(root / name)
        _forget(root)
    except BaseException:
        put_back(root)
        raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def put_back(root: Path) -> None:
    """Undo what a killed program had begun to replace; does nothing where there is nothing to undo.

    Raises:
        OSError: the folder cannot be written to.
    """
    journal = root / _JOURNAL
    if journal.is_dir():
        for number, (name, existed) in enumerate(json.loads((journal / _NAMES).read_text("utf-8")).items()):
            if existed:
                write_atomically(root / name, (journal / f"old-{number}").read_bytes())
            else:
                (root / name).unlink(missing_ok=True)
        _forget(root)
    for leftover in root.glob(f"{_SCRATCH}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _prepare(root: Path, scratch: Path, contents: Mapping[str, bytes]) -> None:
    existed = {name: (root / name).is_file() for name in contents}
    for number, (name, data) in enumerate(contents.items()):
        write_atomically(scratch / f"new-{number}", data)
        if existed[name]:
            write_atomically(scratch / f"old-{number}", (root / name).read_bytes())
    write_atomically(scratch / _NAMES, json.dumps(existed).encode("utf-8"))


def _forget(root: Path) -> None:
    done = Path(tempfile.mkdtemp(dir=root, prefix=_SCRATCH))
    os.replace(root / _JOURNAL, done / "done")  # noqa: PTH105
    shutil.rmtree(done, ignore_errors=True)
