"""The seven tables: their Table Schemas, and the cells of any rows of them.

A cell follows from table, column and row alone, so that rows can be made in batches of any size, in any order. Keys
point only to the first nine tenths of a table, so that a key of the last tenth can be damaged without a second fault.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias
from zlib import crc32

import numpy as np
import polars as pl

Rows: TypeAlias = np.ndarray[Any, np.dtype[np.uint64]]

SHARES = {
    "regions": 0.005,
    "outlets": 0.015,
    "articles": 0.18,
    "sentences": 0.35,
    "actors": 0.05,
    "events": 0.15,
    "mentions": 0.25,
}
REFERABLE = 0.9
SENTENCES_PER_ARTICLE = 2

REGION_KINDS = ("continent", "country", "province", "district", "town")
OUTLET_KINDS = ("newspaper", "agency", "radio", "television", "blog")
SENTENCE_KINDS = ("headline", "body", "caption", "quotation")
ACTOR_KINDS = ("person", "company", "ministry", "union", "council", "club")
EVENT_TYPES = ("meeting", "vote", "strike", "flood", "opening", "closure", "award", "match", "trial", "sale")
ROLES = ("speaker", "host", "guest", "opponent", "winner", "loser")
LANGUAGES = ("da", "el", "en", "fr", "it", "pl", "sv", "tr")
WORDS = (
    *("amber", "bakery", "bridge", "café", "canal", "castle", "cinema", "cliff", "crêpe", "delta", "dockyard"),
    *("façade", "ferry", "fjord", "garden", "granite", "harbour", "hôtel", "island", "jetty", "kiosk", "lagoon"),
    *("library", "lighthouse", "mañana", "market", "meadow", "mill", "naïve", "orchard", "otter", "peninsula", "pier"),
    *(
        "quarry",
        "quay",
        "railway",
        "résumé",
        "river",
        "saffron",
        "smörgås",
        "square",
        "station",
        "theatre",
        "tower",
        "tunnel",
    ),
    *("valley", "viaduct", "village", "vineyard", "warehouse", "weir", "wharf", "zoo", "Łódź", "Ålesund", "Αθήνα"),
    *('the "old" mill', "left, then right", "«ouvert»", "日本", "🚋 tram"),
)


@dataclass(frozen=True)
class Sizes:
    """How many rows each table has."""

    rows: Mapping[str, int]

    @classmethod
    def of(cls, total: int) -> Sizes:
        """About that many rows in all."""
        return cls({table: max(10, round(total * share)) for table, share in SHARES.items()})

    @cached_property
    def referable(self) -> dict[str, int]:
        """To how many rows of each table keys may point."""
        return {table: int(count * REFERABLE) for table, count in self.rows.items()}


@dataclass(frozen=True)
class Column:
    """A column: its field in the Table Schema, and how its cells are made."""

    field: dict[str, Any]
    cells: Callable[[Rows, Sizes], pl.Series]


def random(rows: Rows, salt: str) -> Rows:
    """A number for each row that looks like chance: splitmix64 of the row and the salt."""
    with np.errstate(over="ignore"):
        x = rows.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(crc32(salt.encode()) << 13)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def _field(name: str, type_: str = "string", **constraints: Any) -> dict[str, Any]:
    return {"name": name, "type": type_} | ({"constraints": constraints} if constraints else {})


def _ids(numbers: Rows, prefix: str) -> pl.Series:
    digits = pl.Series(numbers).cast(pl.String).str.zfill(8)
    return pl.select(pl.format(f"{prefix}-{{}}", digits)).to_series()


def _texts(values: Any) -> pl.Series:
    return pl.Series(values).cast(pl.String)


def _some(cells: pl.Series, rows: Rows, salt: str, share: float) -> pl.Series:
    filled = pl.Series(random(rows, salt) % np.uint64(1000) < np.uint64(share * 1000))
    return pl.select(pl.when(filled).then(cells)).to_series()


def _key(name: str, prefix: str) -> Column:
    return Column(_field(name, required=True, pattern=rf"{prefix}-[0-9]{{8}}"), lambda rows, _: _ids(rows, prefix))


def _reference(name: str, table: str, prefix: str, share: float = 1) -> Column:
    def cells(rows: Rows, sizes: Sizes) -> pl.Series:
        found = _ids(random(rows, name) % np.uint64(sizes.referable[table]), prefix)
        return found if share == 1 else _some(found, rows, f"{name} filled", share)

    return Column(_field(name, **({"required": True} if share == 1 else {})), cells)


def _parent(name: str, prefix: str, share: float) -> Column:
    def cells(rows: Rows, _: Sizes) -> pl.Series:
        return _some(_ids(rows // np.uint64(3), prefix), rows, name, share)

    return Column(_field(name), cells)


def _one_of(name: str, values: tuple[str, ...], **constraints: Any) -> Column:
    listed = pl.Series(values)
    return Column(
        _field(name, **(constraints or {"required": True, "enum": list(values)})),
        lambda rows, _: listed.gather(random(rows, name) % np.uint64(len(values))),
    )


def _whole(name: str, least: int, most: int, share: float = 1) -> Column:
    def cells(rows: Rows, _: Sizes) -> pl.Series:
        values = _texts((random(rows, name) % np.uint64(most - least + 1)).astype(np.int64) + least)
        return _some(values, rows, f"{name} filled", share)

    return Column(_field(name, "integer", minimum=least, maximum=most), cells)


def _number(name: str, least: int, most: int, places: int) -> Column:
    def cells(rows: Rows, _: Sizes) -> pl.Series:
        unit = 10**places
        values = (random(rows, name) % np.uint64((most - least) * unit)).astype(np.int64) + least * unit
        whole, rest = np.divmod(np.abs(values), unit)
        signs = pl.Series(values < 0)
        return pl.select(
            pl.concat_str(
                pl.when(signs).then(pl.lit("-")).otherwise(pl.lit("")),
                _texts(whole),
                pl.lit("."),
                _texts(rest).str.zfill(places),
            )
        ).to_series()

    return Column(_field(name, "number", minimum=least, maximum=most), cells)


def _boolean(name: str, share: float = 1) -> Column:
    words = pl.Series(["false", "true"])

    def cells(rows: Rows, _: Sizes) -> pl.Series:
        return _some(words.gather(random(rows, name) & np.uint64(1)), rows, f"{name} filled", share)

    return Column(_field(name, "boolean"), cells)


def _day(name: str, *, required: bool) -> Column:
    def cells(rows: Rows, _: Sizes) -> pl.Series:
        days = pl.Series((random(rows, name) % np.uint64(9_000)).astype(np.int32) + 11_000)
        return days.cast(pl.Date).cast(pl.String)

    constraints = {"minimum": "2000-01-01", "maximum": "2026-12-31"}
    return Column(_field(name, "date", **({"required": True} if required else {}), **constraints), cells)


def _free_text(name: str, phrases: int, longest: int, share: float = 1, **constraints: Any) -> Column:
    def cells(rows: Rows, _: Sizes) -> pl.Series:
        text = pl.select(pl.concat_str(*_phrases(rows, name, phrases), separator=" ")).to_series()
        return _some(text, rows, f"{name} filled", share)

    return Column(_field(name, **constraints, maxLength=longest), cells)


def _phrases(rows: Rows, name: str, count: int) -> list[pl.Series]:
    listed = pl.Series([f"{one} {other}" for one in WORDS for other in WORDS])
    return [listed.gather(random(rows, f"{name} {n}") % np.uint64(len(listed))) for n in range(count)]


def _digest(name: str) -> Column:
    digits = pl.Series([f"{n:04x}" for n in range(1 << 16)])

    def cells(rows: Rows, _: Sizes) -> pl.Series:
        number = random(rows, name)
        parts = [digits.gather(number >> np.uint64(shift) & np.uint64(0xFFFF)) for shift in (48, 32, 16, 0)]
        return pl.select(pl.concat_str(*parts)).to_series()

    return Column(_field(name, required=True, pattern="[0-9a-f]{16}"), cells)


def _code(name: str) -> Column:
    letters = pl.Series([a + b + c for a in "BCDFG" for b in "AEIOU" for c in "LMNRS"])

    def cells(rows: Rows, _: Sizes) -> pl.Series:
        number = random(rows, name)
        digits = _texts(number // np.uint64(125) % np.uint64(100)).str.zfill(2)
        return pl.select(pl.concat_str(letters.gather(number % np.uint64(125)), digits)).to_series()

    return Column(_field(name, pattern="[A-Z]{3}[0-9]{2}"), cells)


def _article_of_sentence(numbers: Rows) -> pl.Series:
    return _ids(numbers // np.uint64(SENTENCES_PER_ARTICLE), "ar")


def _position_of_sentence(numbers: Rows) -> pl.Series:
    return _texts(numbers % np.uint64(SENTENCES_PER_ARTICLE) + np.uint64(1))


def _mentioned(rows: Rows, sizes: Sizes) -> Rows:
    return random(rows, "sentence") % np.uint64(sizes.referable["sentences"])


COLUMNS: dict[str, tuple[Column, ...]] = {
    "regions": (
        _key("region_id", "rg"),
        _free_text("name", 1, 60, required=True),
        _parent("part_of", "rg", 0.9),
        _one_of("kind", REGION_KINDS),
        _number("area", 0, 100_000, 2),
        _boolean("coastal"),
    ),
    "outlets": (
        _key("outlet_id", "ou"),
        _free_text("name", 1, 60, required=True),
        _reference("region_id", "regions", "rg"),
        _one_of("kind", OUTLET_KINDS),
        _day("founded", required=False),
        _whole("circulation", 0, 2_000_000),
    ),
    "articles": (
        _key("article_id", "ar"),
        _reference("outlet_id", "outlets", "ou"),
        _parent("derived_from", "ar", 0.1),
        _day("published", required=True),
        _one_of("language", LANGUAGES, required=True, pattern="[a-z]{2}"),
        _whole("words", 1, 20_000),
        _free_text("title", 1, 80),
        _boolean("paid", 0.8),
    ),
    "sentences": (
        Column(_field("article_id", required=True), lambda rows, _: _article_of_sentence(rows)),
        Column(
            _field("position", "integer", required=True, minimum=1, maximum=10_000),
            lambda rows, _: _position_of_sentence(rows),
        ),
        _one_of("kind", SENTENCE_KINDS),
        _free_text("text", 3, 200, required=True),
        _digest("digest"),
    ),
    "actors": (
        _key("actor_id", "ac"),
        _free_text("name", 1, 60, required=True),
        _reference("region_id", "regions", "rg", 0.7),
        _one_of("kind", ACTOR_KINDS),
        _code("code"),
        _day("since", required=False),
    ),
    "events": (
        _key("event_id", "ev"),
        _reference("region_id", "regions", "rg"),
        _parent("part_of", "ev", 0.2),
        _one_of("type", EVENT_TYPES),
        _day("start", required=True),
        _whole("visitors", 0, 90_000, 0.6),
        _number("latitude", -90, 90, 4),
        _number("longitude", -180, 180, 4),
        _boolean("certain"),
        _free_text("note", 2, 150, 0.3),
    ),
    "mentions": (
        _key("mention_id", "mn"),
        Column(_field("article_id", required=True), lambda rows, sizes: _article_of_sentence(_mentioned(rows, sizes))),
        Column(
            _field("position", "integer", required=True, minimum=1, maximum=10_000),
            lambda rows, sizes: _position_of_sentence(_mentioned(rows, sizes)),
        ),
        _reference("actor_id", "actors", "ac"),
        _reference("event_id", "events", "ev", 0.7),
        _one_of("role", ROLES),
        _number("score", 0, 1, 3),
        _boolean("verified"),
        _day("seen", required=False),
    ),
}
PRIMARY_KEYS = {
    "regions": ("region_id",),
    "outlets": ("outlet_id",),
    "articles": ("article_id",),
    "sentences": ("article_id", "position"),
    "actors": ("actor_id",),
    "events": ("event_id",),
    "mentions": ("mention_id",),
}
FOREIGN_KEYS: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "regions": ((("part_of",), "regions"),),
    "outlets": ((("region_id",), "regions"),),
    "articles": ((("outlet_id",), "outlets"), (("derived_from",), "articles")),
    "sentences": ((("article_id",), "articles"),),
    "actors": ((("region_id",), "regions"),),
    "events": ((("region_id",), "regions"), (("part_of",), "events")),
    "mentions": (
        (("article_id", "position"), "sentences"),
        (("actor_id",), "actors"),
        (("event_id",), "events"),
    ),
}


def fields(table: str) -> list[dict[str, Any]]:
    """The fields of a table's Table Schema."""
    return [column.field for column in COLUMNS[table]]


def schema(table: str) -> dict[str, Any]:
    """The Table Schema of a table; it refers to itself by the empty name, as the standard asks."""
    keys = [
        {
            "fields": list(columns),
            "reference": {"resource": "" if target == table else target, "fields": list(PRIMARY_KEYS[target])},
        }
        for columns, target in FOREIGN_KEYS[table]
    ]
    return {"fields": fields(table), "primaryKey": list(PRIMARY_KEYS[table]), "foreignKeys": keys}


def frame(table: str, first: int, last: int, sizes: Sizes) -> pl.DataFrame:
    """The rows of a table from `first` until before `last`, every cell a text, null where it is empty."""
    rows = np.arange(first, last, dtype=np.uint64)
    return pl.DataFrame({column.field["name"]: column.cells(rows, sizes) for column in COLUMNS[table]})
