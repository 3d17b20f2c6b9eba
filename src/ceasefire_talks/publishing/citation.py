"""How to cite a release, from the descriptor's own metadata."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ceasefire_talks.package.errors import UnknownNameError


def _creators(descriptor: Mapping[str, Any]) -> str:
    return ", ".join(c["title"] for c in descriptor["contributors"] if "creator" in c.get("roles", ()))


def _apa(d: Mapping[str, Any]) -> str:
    return f"{_creators(d)}. ({d['created'][:4]}). {d['title']} (Version {d['version']}) [Data set]."


def _bibtex(d: Mapping[str, Any]) -> str:
    key = f"{d['name']}-{d['version']}".replace("-", "_").replace(".", "_")
    return "\n".join(
        [
            f"@misc{{{key},",
            f"  author  = {{{{{_creators(d)}}}}},",
            f"  title   = {{{{{d['title']}}}}},",
            f"  year    = {{{d['created'][:4]}}},",
            f"  version = {{{d['version']}}},",
            "  note    = {Data set}",
            "}",
        ]
    )


_FORMATS: dict[str, Callable[[Mapping[str, Any]], str]] = {"apa": _apa, "bibtex": _bibtex}


def formats() -> list[str]:
    """The names of the citation formats."""
    return list(_FORMATS)


def cite(descriptor: Mapping[str, Any], name: str) -> str:
    """The citation of a release in the format of that name.

    Raises:
        UnknownNameError: there is no such format; the message names the nearest.
    """
    if name not in _FORMATS:
        raise UnknownNameError("citation format", name, _FORMATS)
    return _FORMATS[name](descriptor)
