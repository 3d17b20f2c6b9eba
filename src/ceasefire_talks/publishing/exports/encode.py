"""Bytes that are the same each time: JSON, CSV, zip archives."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from ceasefire_talks.publishing.sums import SUMS

ORDINARY_FILE = 0o100644 << 16


def json_bytes(value: Any) -> bytes:
    """A value as indented JSON with a line feed at its end, keys in the order in which they were put in."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table of texts as CSV in the dialect of the data: UTF-8, LF, quotes only where they are needed."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return file.getvalue().encode("utf-8")


def zip_bytes(files: Mapping[str, bytes], created: str) -> bytes:
    """Files as a zip archive whose order, times and permissions depend on nothing but the arguments.

    Args:
        files: contents by path within the archive, with forward slashes.
        created: the time of every entry, ISO 8601.
    """
    time = datetime.fromisoformat(created).timetuple()[:6]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, time)
            entry.external_attr = ORDINARY_FILE
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(entry, files[path])
    return archive.getvalue()


def with_sums(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files and their `SHA256SUMS`, in the form of `sha256sum --check`, sorted by path."""
    lines = (f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return {**files, SUMS: "".join(lines).encode("utf-8")}
