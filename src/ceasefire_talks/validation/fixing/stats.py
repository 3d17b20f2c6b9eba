"""What a descriptor says of the bytes of its files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

ALGORITHMS = ("md5", "sha1", "sha256", "sha512")


def stats(resource: Mapping[str, Any], data: bytes, rows: int) -> dict[str, int | str]:
    """The size, hash and number of rows of a file, as far as its resource gives them, in the resource's own form."""
    found: dict[str, int | str] = {"bytes": len(data), "rows": rows}
    algorithm, colon, _ = str(resource.get("hash", "")).rpartition(":")
    if (algorithm or "md5") in ALGORITHMS:
        digest = hashlib.new(algorithm or "md5", data, usedforsecurity=False).hexdigest()
        found["hash"] = f"{algorithm}{colon}{digest}"
    return {name: value for name, value in found.items() if _differs(resource.get(name), value)}


def _differs(said: object, found: int | str) -> bool:
    return said is not None and str(said).lower() != str(found)
