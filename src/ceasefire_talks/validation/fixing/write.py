"""Writing several files: all of them, or none."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.files import written_beside
from ceasefire_talks.validation.fixing.plan import Edit


def write_all(edits: Sequence[Edit]) -> None:
    """Write the edits. Each file is replaced whole; if one of them cannot be, the others are as they were.

    Raises:
        PackageError: a file cannot be written, or is no longer what the edits were made from.
    """
    for edit in edits:
        if edit.path.read_bytes() != edit.before:
            raise PackageError(f"{edit.file} has changed in the meantime; nothing was written, run it again")
    ready: list[tuple[Path, Path]] = []
    replaced: list[Edit] = []
    try:
        ready.extend((_beside(edit.path, edit.after), edit.path) for edit in edits)
        for edit, (new, path) in zip(edits, ready, strict=True):
            new.replace(path)
            replaced.append(edit)
    except OSError as error:
        for edit in replaced:
            _beside(edit.path, edit.before).replace(edit.path)
        raise PackageError(f"cannot write {error.filename}: {error.strerror}; nothing was changed") from error
    finally:
        for new, _ in ready:
            new.unlink(missing_ok=True)


def _beside(path: Path, data: bytes) -> Path:
    new = written_beside(path, data)
    try:
        shutil.copymode(path, new)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    return new
