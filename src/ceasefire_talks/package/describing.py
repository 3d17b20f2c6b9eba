"""The descriptor that a package's files call for."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.schema.descriptor import build, serialise


def described(root: Path, metadata: Mapping[str, Any] | None = None) -> bytes:
    """The bytes that datapackage.json should have.

    Args:
        root: the package's folder, with its tables in `data/`.
        metadata: what it says of the package as a whole; the package's own words by default.

    Raises:
        PackageError: a table or the descriptor that is there cannot be read.
    """
    try:
        return serialise(build(root, metadata))
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise PackageError(f"cannot describe {root}: {error}") from error
