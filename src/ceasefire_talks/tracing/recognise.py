"""Which source a copy is of, told by the sentences that it has."""

from __future__ import annotations

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.package import Package
from ceasefire_talks.tracing.coded import Coded, traced_sources
from ceasefire_talks.tracing.match import Alignment, align


class UnrecognisedError(PackageError):
    """The copy has no sentence of any source, or as many of several; the message names them."""


def recognise(package: Package, copy: str) -> tuple[Coded, Alignment]:
    """The source of which a copy proves the most sentences, and the copy against it.

    Of two with as many, it is the one whose sentences are the greater share of the source.

    Args:
        package: a package with sources that are traced to their sentences.
        copy: a text in normal form.

    Raises:
        UnrecognisedError: the copy has no sentence of any source, or as many of several.
        PackageError: the package cannot be read.
    """
    scores: list[tuple[tuple[int, float], Coded, Alignment]] = []
    for source_id in traced_sources(package):
        coded = Coded(package, source_id)
        alignment = align(coded.ledger, copy)
        proven = sum(match.proven for match in alignment.matches)
        if proven:
            scores.append(((proven, proven / len(alignment.matches)), coded, alignment))
    best = max((score for score, _, _ in scores), default=None)
    found = [(coded, alignment) for score, coded, alignment in scores if score == best]
    if not found:
        known = ", ".join(traced_sources(package))
        raise UnrecognisedError(
            f"this text has no sentence of any source; name the source to see how it differs: {known}"
        )
    if len(found) > 1:
        ties = ", ".join(coded.source["source_id"] for coded, _ in found)
        raise UnrecognisedError(f"this text may be of several sources; name one: {ties}")
    return found[0]
