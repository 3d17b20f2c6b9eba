"""The list of SHA-256 sums that travels with files."""

from __future__ import annotations

import re

SUMS = "SHA256SUMS"
_LINE = re.compile(r"(?P<sum>[0-9a-f]{64}) [ *](?P<path>[^\r\n\\]+)")


def read_sums(data: bytes) -> dict[str, str]:
    """The sums by path, from a file in the form of `sha256sum`.

    Raises:
        ValueError: it is not in that form; the message names the line.
    """
    sums: dict[str, str] = {}
    for number, line in enumerate(data.decode("utf-8").splitlines(), start=1):
        found = _LINE.fullmatch(line)
        if found is None:
            raise ValueError(f"line {number} is not a SHA-256 sum, two spaces and a path")
        if found["path"] in sums:
            raise ValueError(f"line {number} lists {found['path']} again")
        sums[found["path"]] = found["sum"]
    return sums
