"""Citations as RIS records, which reference managers import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ceasefire_talks.publishing.citation.reference import DATASET, Reference

_TYPES = {DATASET: "DATA", "news": "NEWS", "report": "RPRT", "press-release": "PRESS"}
_OTHER = "ELEC"


def as_ris(references: Sequence[Reference]) -> str:
    """One record a reference; each tag on one line, since a line break would begin another."""
    return "\n".join(
        f"{tag}  - {' '.join(value.split())}".rstrip(" ") + (" " if tag == "ER" else "")
        for reference in references
        for tag, value in _tags(reference)
        if value or tag == "ER"
    )


def _tags(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(reference.kind, _OTHER)
    yield "ID", reference.key
    yield "TI", reference.title
    yield from (("AU", name) for name in reference.authors)
    yield "PY", reference.year
    yield "DA", reference.issued.replace("-", "/")
    yield "ET", reference.version
    yield "PB", reference.publisher
    yield "DO", reference.doi
    yield "UR", reference.url
    yield "Y2", reference.accessed.replace("-", "/") if reference.url else ""
    yield "LA", reference.language
    yield "N1", reference.note
    yield "ER", ""
