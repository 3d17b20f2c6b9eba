"""Citations as BibTeX entries, for BibTeX and biblatex; letters beyond ASCII stay as they are, in UTF-8."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from ceasefire_talks.publishing.citation.reference import DATASET, Reference

_ESCAPES = str.maketrans(
    {c: f"\\{c}" for c in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
# What an address may hold unquoted; braces and backslashes would end or escape the field.
_OF_ADDRESS = ":/?#[]@!$&'()*+,;=%~-._"


def as_bibtex(references: Sequence[Reference]) -> str:
    """One entry a reference."""
    return "\n\n".join(map(_entry, references))


def _entry(reference: Reference) -> str:
    fields = {name: value for name, value in _fields(reference) if value}
    width = max(map(len, fields))
    lines = (f"  {name:<{width}} = {{{value}}}," for name, value in fields.items())
    return "\n".join([f"@misc{{{reference.key},", *lines, "}"])


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    # The inner braces keep BibTeX from taking a name apart and from changing capitals.
    yield "author", " and ".join(f"{{{_text(name)}}}" for name in reference.authors)
    yield "title", f"{{{_text(reference.title)}}}"
    yield "howpublished", _text(reference.publisher)
    yield "year", reference.year
    yield "date", reference.issued if reference.kind != DATASET else ""
    yield "version", _text(reference.version)
    yield "doi", quote(reference.doi, safe=_OF_ADDRESS)
    yield "url", quote(reference.url, safe=_OF_ADDRESS)
    yield "urldate", reference.accessed if reference.url else ""
    notes = ["Data set"] * (reference.kind == DATASET) + [reference.note] * bool(reference.note)
    yield "note", _text(". ".join(notes))


def _text(text: str) -> str:
    return " ".join(text.split()).translate(_ESCAPES)
