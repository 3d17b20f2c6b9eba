"""Whether the rows that a citation names are what a release holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.package import Package
from ceasefire_talks.package.record import changes_of
from ceasefire_talks.publishing.citation.ids import expanded
from ceasefire_talks.publishing.citation.subset import Subset, select

_STATEMENT = re.compile(
    r"Subset of version (?P<version>[0-9A-Za-z.+-]{1,40}): (?P<rows>[^;]{1,10000}); sha256:(?P<hash>[0-9a-f]{64})"
)
_NAMED = re.compile(r"(?P<ids>.+) \((?P<count>[0-9]{1,9}) rows?\)")
_COUNTED = re.compile(r"(?P<count>[0-9]{1,9}) rows? of (?P<tables>.+)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a release holds the rows that were cited, and why not."""

    ok: bool
    message: str


def verify(package: Package, text: str, ids: Sequence[str] = ()) -> Verdict:
    """Compare the subset that a citation states with the rows of this release.

    Args:
        package: the release.
        text: the citation in any format, or its statement of the subset alone.
        ids: the cited ids, where the citation gives their number only.

    Raises:
        PackageError: the text states no subset, or only the number of its rows and no ids are given.
    """
    found = _STATEMENT.search(re.sub(r"\\(?=[&%$#_{}])", "", " ".join(text.split())))
    if found is None:
        raise PackageError("the text states no subset: 'Subset of version …: …; sha256:…' is what to look for")
    this = package.descriptor["version"]
    try:
        subset = select(package, ids or _stated(package, found["rows"]))
    except PackageError as error:
        if isinstance(error, _UnstatedError):
            raise
        return Verdict(ok=False, message=f"version {this} does not hold all cited rows: {error}")
    rows = f"{len(subset.ids)} row{'s' if len(subset.ids) > 1 else ''}"
    if subset.sha256 == found["hash"]:
        return Verdict(ok=True, message=f"version {this} holds the {rows} as cited from version {found['version']}")
    return Verdict(ok=False, message="\n".join([f"the {rows} are not as cited", *_why(package, subset, found)]))


class _UnstatedError(PackageError):
    """The citation gives no ids."""


def _stated(package: Package, rows: str) -> list[str]:
    if named := _NAMED.fullmatch(rows):
        try:
            return expanded(named["ids"])
        except ValueError as error:
            raise _UnstatedError(f"the citation cannot be read: {error}") from error
    counted = _COUNTED.fullmatch(rows)
    table = counted["tables"] if counted else ""
    if counted and table in package.tables and len(package.records(table)) == int(counted["count"]):
        return [table]
    raise _UnstatedError(f"the citation gives only a number ({rows}); name the cited ids too")


def _why(package: Package, subset: Subset, found: re.Match[str]) -> list[str]:
    this = package.descriptor["version"]
    known = [change for record in subset.ids for change in changes_of(package, record)]
    lines = [f"  {c['version']} {c['record']} {c['column'] or 'row'}: {c['reason']}" for c in known]
    if found["version"] == this:
        return ["the citation is of this version: text or rows were altered, or the ids are not those cited"]
    return [f"the citation is of version {found['version']}, this is {this}; its change ledger says:", *lines]
