"""Packages to release: the fictional one with its documents, and one whose texts look like everything they are not."""

import csv

from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.artefacts import DOCUMENTS
from packages import FICTIONAL, copy_of, refresh

TRICKY = ["NA", "007", "1E5", "TRUE", "=1+1", "2024-11-05", "Ẑürich, «漢字»", 'a "b", c', "null", "_x0041_", "🕊", "-"]


def release_of(folder):
    copy_of(FICTIONAL, folder, stale=True)
    for name in DOCUMENTS:
        (folder / name).write_text(f"{name} of a fictional release\n", encoding="utf-8")
    return Package(folder)


def with_tricky_texts(folder):
    """Write a tricky text into every other empty `note`, which breaks rules of the data model and no type."""
    texts = iter([*TRICKY, ""] * 100)
    for path in sorted((folder / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        if "note" in header:
            column = header.index("note")
            for row in rows:
                row[column] = row[column] or next(texts)
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([header, *rows])
    refresh(folder)
    return Package(folder)
