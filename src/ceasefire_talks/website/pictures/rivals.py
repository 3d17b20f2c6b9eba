"""Rival values of one quantity side by side, with who says so and when; never merged, never ranked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ceasefire_talks.package.corroboration import values_by_quantity
from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.package.record import cell_text
from ceasefire_talks.website.addresses import record_path
from ceasefire_talks.website.page import Part, parts
from ceasefire_talks.website.pictures.scale import ValueScale

VALUES_A_PAGE = 200
_PLURALS = {
    "person": "people",
    "percent": "percent",
    "one (a share of 1)": "(a share of 1)",
    "pound sterling": "pounds sterling",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value; `left` and `width` in per cent of the axis, None where its unit is another one."""

    text: str
    who: str
    as_of: str
    verdict: str
    href: str
    id: str
    left: float | None
    width: float = 0
    opens: bool = True
    closes: bool = True


@dataclass(frozen=True, slots=True)
class Quantity:
    """Values of a quantity, all of them or, of very many, a share.

    Attributes:
        low, high: the ends of the axis, the first with the unit, the second empty where there is no other.
        before: how many values of it are shown before these.
    """

    title: str
    low: str
    high: str
    values: list[Value]
    before: int = 0


def quantities(package: Package) -> list[Part[Quantity]]:
    """The quantities of which some report gives a value beside the article's, in pages."""
    names = {r["actor_id"]: r["name"] for r in package.records("actors")}
    names |= {r["source_id"]: r["publisher"] for r in package.records("sources")}
    figures = {row["figure_id"]: row for row in package.records("figures")}
    found = [
        share
        for rivals in values_by_quantity(package)
        if len(rivals) > 1
        for share in _shares(package, figures[rivals[0]["record"]], rivals, names)
    ]
    return parts(found, VALUES_A_PAGE, lambda quantity: len(quantity.values), VALUES_A_PAGE)


def _shares(package: Package, figure: Row, rivals: list[Row], names: dict[str, str]) -> Iterator[Quantity]:
    numbers = [v for r in rivals if r["unit"] == figure["unit"] for v in (r["low"], r["high"]) if v is not None]
    scale = ValueScale(min(numbers, default=0), max(numbers, default=0))
    values = [_value(package, figure["unit"], rival, scale, names) for rival in rivals]
    low, high = _counted(scale.low, _unit(package, figure["unit"])), number(scale.high)
    for n in range(0, len(values), VALUES_A_PAGE):
        ends = (low, "" if scale.low == scale.high else high)
        yield Quantity(figure["subject"], *ends, values[n : n + VALUES_A_PAGE], n)


def _value(package: Package, unit: str, rival: Row, scale: ValueScale, names: dict[str, str]) -> Value:
    low, high = rival["low"], rival["high"]
    table = "corroborations" if rival["verdict"] else "figures"
    publisher = names.get(rival["source_id"]) or str(rival["source_id"])
    claimant = rival["claimant"]
    who = f"{names.get(claimant, claimant)}, in {publisher}" if claimant else publisher
    href = record_path(package.schema(table), rival["record"])
    said = _told(low, high, _unit(package, rival["unit"]))
    told = (said, who, rival["as_of"] or "", rival["verdict"] or "the article", href)
    if rival["unit"] != unit or (low is None and high is None):
        return Value(*told, rival["record"], None)
    left, right = scale.at(scale.low if low is None else low), scale.at(scale.high if high is None else high)
    return Value(*told, rival["record"], left, round(right - left, 2), low is not None, high is not None)


def _unit(package: Package, code: str) -> str:
    name = package.schema("figures").field("unit").labels.get(code, code)
    return name if " " in name else name.lower()


def _told(low: float | None, high: float | None, unit: str) -> str:
    if low is None and high is None:
        return "no number"
    if low == high:
        return _counted(low, unit)
    if high is None:
        return f"at least {_counted(low, unit)}"
    return f"at most {_counted(high, unit)}" if low is None else f"{number(low)} to {_counted(high, unit)}"


def _counted(value: float | None, unit: str) -> str:
    return f"{number(value)} {unit if value == 1 else _PLURALS.get(unit, unit + 's')}"


def number(value: float | None) -> str:
    """A number with its thousands apart."""
    whole, _, rest = cell_text(value).partition(".")
    return (f"{int(whole):,}" if whole.lstrip("-").isdigit() else whole) + (f".{rest}" if rest else "")
