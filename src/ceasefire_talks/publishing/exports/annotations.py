"""The evidence as W3C Web Annotations: which positions of which document support which cell. No words are quoted."""

from __future__ import annotations

from typing import Any

from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.publishing.exports.encode import json_bytes
from ceasefire_talks.schema.model import TableSchema

EVIDENCE, SENTENCES, SOURCES = "evidence", "sentences", "sources"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def web_annotations(package: Package) -> bytes:
    """An annotation collection with one page, in which every row of the evidence is an annotation.

    `start` and `end` count code points, end-exclusive, in the normalised text of the document, whose SHA-256 is in the
    table of sources. Ids are relative to the address at which the file is published.
    """
    sentences = {row["sentence_id"]: row for row in package.records(SENTENCES)}
    sources = {row["source_id"]: row for row in package.records(SOURCES)}
    schema = package.schema(EVIDENCE)
    items = []
    for row in package.records(EVIDENCE):
        sentence = sentences[row["sentence_id"]]
        items.append(_annotation(row, sentence, sources[sentence["source_id"]], schema))
    collection = {
        "@context": CONTEXT,
        "id": "#evidence",
        "type": "AnnotationCollection",
        "label": f"Evidence of {package.descriptor['title']} {package.descriptor['version']}",
        "total": len(items),
        "first": {"id": "#page-1", "type": "AnnotationPage", "partOf": "#evidence", "startIndex": 0, "items": items},
    }
    return json_bytes(collection)


def _annotation(row: Row, sentence: Row, source: Row, schema: TableSchema) -> dict[str, Any]:
    selector = {"type": "TextPositionSelector"}
    offsets = {side: sentence["start"] + row[side] for side in ("start", "end")}
    return {
        "id": f"#{row['evidence_id']}",
        "type": "Annotation",
        "motivation": "linking",
        "body": [
            _text("identifying", subject(row, schema)),
            *([_text("tagging", f"column: {row['column']}")] if row["column"] else []),
            _text("classifying", f"support: {row['support']}"),
            _text("classifying", f"attribution: {row['attribution']}"),
            *([_text("classifying", f"attributed to: {row['attributed_to']}")] if row["attributed_to"] else []),
        ],
        "target": {"source": source["url"], "selector": {**selector, **offsets}},
    }


def subject(row: Row, schema: TableSchema) -> str:
    """The record that a row of the evidence supports, as `table/id`."""
    columns = next(rule.fields for rule in schema.row_rules if rule.kind == "exactly-one")
    column = next(column for column in columns if row[column] is not None)
    key = schema.foreign_key(column)
    return f"{key.table}/{row[column]}" if key else str(row[column])


def _text(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}
