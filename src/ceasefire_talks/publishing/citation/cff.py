"""Citations in the Citation File Format 1.2.0; that of the release is CITATION.cff."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from ceasefire_talks.publishing.citation.reference import Reference

MESSAGE = "If you use these data, please cite this release of them."
_TYPES = {"news": "newspaper-article", "report": "report"}
_OTHER = "website"
# JSON leaves these as they are, YAML wants them escaped.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def as_cff(references: Sequence[Reference]) -> str:
    """One YAML document: the first reference is what is to be cited, the others are its references."""
    return "\n".join(_yaml(_filled(_document(*references))))


def _document(release: Reference, *sources: Reference) -> dict[str, Any]:
    return {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "dataset",
        "title": release.title,
        "version": release.version,
        "date-released": release.issued,
        "authors": [{"name": name} for name in release.authors],
        "license": release.licences[0] if len(release.licences) == 1 else list(release.licences),
        "doi": release.doi,
        "url": release.url,
        "abstract": release.abstract,
        "keywords": list(release.keywords),
        "identifiers": _subset(release.note),
        "references": [_filled(_source(source)) for source in sources],
    }


def _source(source: Reference) -> dict[str, Any]:
    return {
        "type": _TYPES.get(source.kind, _OTHER),
        "title": source.title,
        # The format wants an author; where none is named, the publisher answers for the text.
        "authors": [{"name": name} for name in source.authors or (source.publisher,)],
        "publisher": {"name": source.publisher} if source.publisher else {},
        "date-published": source.issued,
        "date-accessed": source.accessed if source.url else "",
        "url": source.url,
        "languages": [source.language.partition("-")[0]] if source.language else [],
    }


def _subset(note: str) -> list[dict[str, str]]:
    found = re.search("sha256:[0-9a-f]{64}", note)
    return [{"type": "other", "value": found[0], "description": note}] if found else []


def _filled(mapping: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in mapping.items() if value}


def _yaml(value: dict[str, Any], indent: str = "") -> Iterator[str]:
    for name, content in value.items():
        if isinstance(content, dict):
            yield f"{indent}{name}:"
            yield from _yaml(content, f"{indent}  ")
        elif isinstance(content, list):
            yield f"{indent}{name}:"
            for item in content:
                lines = list(_yaml(item)) if isinstance(item, dict) else [_scalar(item)]
                yield f"{indent}  - {lines[0]}"
                yield from (f"{indent}    {line}" for line in lines[1:])
        else:
            yield f"{indent}{name}: {_scalar(content)}"


def _scalar(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
