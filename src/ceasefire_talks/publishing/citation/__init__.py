"""How to cite a release, or rows of it together with the texts that they come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ceasefire_talks.package.errors import UnknownNameError
from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.citation.apa import as_apa
from ceasefire_talks.publishing.citation.bibtex import as_bibtex
from ceasefire_talks.publishing.citation.cff import as_cff
from ceasefire_talks.publishing.citation.csl import as_csl_json
from ceasefire_talks.publishing.citation.reference import Reference, of_release
from ceasefire_talks.publishing.citation.ris import as_ris
from ceasefire_talks.publishing.citation.subset import Subset

_FORMATS: dict[str, Callable[[Sequence[Reference]], str]] = {
    "apa": as_apa,
    "bibtex": as_bibtex,
    "ris": as_ris,
    "csl-json": as_csl_json,
    "cff": as_cff,
}


def formats() -> list[str]:
    """The names of the citation formats."""
    return list(_FORMATS)


def cite(descriptor: Mapping[str, Any], name: str) -> str:
    """The citation of a release in the format of that name.

    Raises:
        UnknownNameError: there is no such format; the message names the nearest.
    """
    return _format(name)([of_release(descriptor)])


def cite_subset(package: Package, subset: Subset, name: str) -> str:
    """The citation of rows of a release: the release with a statement of the subset, then the texts they come from.

    Raises:
        UnknownNameError: there is no such format; the message names the nearest.
    """
    release = of_release(package.descriptor, note=subset.statement(package.descriptor["version"]))
    return _format(name)([release, *subset.sources(package)])


def _format(name: str) -> Callable[[Sequence[Reference]], str]:
    if name not in _FORMATS:
        raise UnknownNameError("citation format", name, _FORMATS)
    return _FORMATS[name]
