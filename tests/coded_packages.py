"""Packages coded on the spot: a text with a sentence a line, and rows whose evidence is given by its words."""

import csv
from pathlib import Path

from ceasefire_talks.package.package import Package
from ceasefire_talks.text.fingerprint import fold, sha256, simhash
from ceasefire_talks.text.normalise import count_words
from packages import FICTIONAL, copy_of

SOURCE = "gazette-20310314"
KEYS = {"events": "event_id", "figures": "figure_id", "actors": "actor_id", "positions": "position_id"}


def package_of(folder, text, rows, *, language="en"):
    """A package with one source, published on Friday, 14 March 2031.

    `rows` are tuples of table, cells, and evidence by column ("" for the row): the number of the line, from 0, and the
    words in it.
    """
    copy_of(FICTIONAL, folder)
    lines = text.split("\n")
    tables = {table: [] for table in (*KEYS, "places", "relations", "evidence", "sources")}
    tables["sentences"] = [_sentence(number, line, lines) for number, line in enumerate(lines)]
    tables["sources"].append(
        {"source_id": SOURCE, "title": "Gazette", "published": "2031-03-14", "language": language}
        | {"trace_level": "sentence", "text_sha256": sha256(text), "url": "https://gazette.example/truce"}
    )
    for table, cells, evidence in rows:
        line = next(iter(evidence.values()))[0]
        sentence_id = tables["sentences"][line]["sentence_id"]
        tables[table].append({"sentence_id": sentence_id, **cells})
        for column, (number, words) in evidence.items():
            start = lines[number].index(words)
            tables["evidence"].append(
                {
                    "evidence_id": f"ed-{len(tables['evidence']) + 1:04d}",
                    KEYS[table]: cells[KEYS[table]],
                    "column": column,
                    "sentence_id": tables["sentences"][number]["sentence_id"],
                    "start": start,
                    "end": start + len(words),
                }
            )
    for table, found in tables.items():
        _write(folder / "data" / f"{table}.csv", found)
    return Package(folder)


def _sentence(number, line, lines):
    start = sum(len(one) + 1 for one in lines[:number])
    return {
        "sentence_id": f"{SOURCE}-p01-s{number + 1}",
        "source_id": SOURCE,
        "paragraph": 1,
        "sentence": number + 1,
        "position": number + 1,
        "kind": "body",
        "start": start,
        "end": start + len(line),
        "words": count_words(line),
        "sha256": sha256(line),
        "folded_sha256": sha256(fold(line)),
        "simhash": simhash(line),
        "outcome": "coded",
        "topic": f"Line {number}",
    }


def _write(path: Path, rows):
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def with_cell(package, folder, table, record, column, value):
    """A copy of a package with one cell changed."""
    copy_of(package, folder)
    path = folder / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    next(row for row in rows if record in row.values())[column] = value
    _write(path, rows)
    return Package(folder)
