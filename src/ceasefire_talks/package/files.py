"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# A name may have 255 bytes; the rest of a temporary one needs some of them.
LONGEST_PREFIX = 50


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        OSError: the folder cannot be written to; the old file, if any, is as it was.
    """
    new = written_beside(path, data)
    try:
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def written_beside(path: Path, data: bytes) -> Path:
    """A file with these bytes in the folder of another, under a name of its own, ready to take its place.

    Raises:
        OSError: the folder cannot be written to; nothing is left there.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:LONGEST_PREFIX]}.")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(0o644)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    return new
