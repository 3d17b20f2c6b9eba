"""Citations in the style of the American Psychological Association, seventh edition, as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ceasefire_talks.publishing.citation.reference import DATASET, Reference

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def as_apa(references: Sequence[Reference]) -> str:
    """One line a reference."""
    return "\n".join(" ".join(_parts(reference)) for reference in references)


def _parts(reference: Reference) -> Iterator[str]:
    title = " ".join(reference.title.split())
    if reference.kind == DATASET:
        title += f" (Version {reference.version}) [Data set]"
    if reference.authors:
        yield _sentence(", ".join(reference.authors))
    else:
        yield _sentence(title)
    yield f"({_date(reference)})."
    if reference.authors:
        yield _sentence(title)
    # A publisher that is the author as well is named once.
    if reference.publisher and reference.publisher not in reference.authors:
        yield _sentence(reference.publisher)
    if reference.link:
        yield reference.link
    if reference.note:
        yield reference.note


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _date(reference: Reference) -> str:
    if not reference.issued:
        return "n.d."
    if reference.kind == DATASET:
        return reference.year
    _, month, day = reference.issued.split("-")
    return f"{reference.year}, {_MONTHS[int(month) - 1]} {int(day)}"
