"""The words of the number grammar and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ceasefire_talks.text.quantities.model import Kind, Qualifier
from ceasefire_talks.text.quantities.phrases import Phrase, Phrases, split


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure unit: its code, how many of it the word stands for, and what it measures."""

    code: str | None
    factor: int = 1
    kind: Kind = "count"


def _spelled(table: dict[str, Unit]) -> dict[Phrase, tuple[Unit, ...]]:
    return {phrase: (unit,) for names, unit in table.items() for phrase in split(names)}


SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
}
ABBREVIATED_SCALES = {"k": 1000, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12}
# One letter says million, billion or trillion only behind a currency: "2.5m" may be metres, "5t" tonnes.
MONEY_SCALES = ABBREVIATED_SCALES | {"m": 10**6, "b": 10**9, "t": 10**12}
GROUPS = {"dozen": 12}
PLURAL_SCALES = {"tens": 10, "dozens": 12, "scores": 20} | {f"{name}s": value for name, value in SCALES.items()}
VAGUE_COUNTS = Phrases(
    dict.fromkeys(split("several,a few,many,multiple,numerous,countless,untold,a handful of,a handful"))
)

FRACTIONS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twentieth": 20,
    "hundredth": 100,
}
HALF = Fraction(1, 2)

# Units whose bare plural ("for months") states a vague amount, and whose singular takes an article ("a month").
_NAMED: dict[str, Unit] = {
    "second,seconds,sec,secs": Unit("s", 1, "duration"),
    "minute,minutes,min,mins": Unit("min", 1, "duration"),
    "hour,hours,hr,hrs": Unit("h", 1, "duration"),
    "day,days": Unit("d", 1, "duration"),
    "week,weeks": Unit("wk", 1, "duration"),
    "fortnight,fortnights": Unit("wk", 2, "duration"),
    "month,months": Unit("mo", 1, "duration"),
    "year,years,yr,yrs": Unit("a", 1, "duration"),
    "decade,decades": Unit("a", 10, "duration"),
    "century,centuries": Unit("a", 100, "duration"),
    "mile,miles": Unit("[mi_i]", 1, "distance"),
    "nautical mile,nautical miles": Unit("[nmi_i]", 1, "distance"),
    "kilometre,kilometres,kilometer,kilometers,km,kms": Unit("km", 1, "distance"),
    "metre,metres,meter,meters": Unit("m", 1, "distance"),
    "centimetre,centimetres,centimeter,centimeters,cm": Unit("cm", 1, "distance"),
    "foot,feet,ft": Unit("[ft_i]", 1, "distance"),
    "yard,yards": Unit("[yd_i]", 1, "distance"),
    "hectare,hectares,ha": Unit("har", 1, "area"),
    "acre,acres": Unit("[acr_br]", 1, "area"),
    "square kilometre,square kilometres,square kilometer,square kilometers,sq km,km2": Unit("km2", 1, "area"),
    "square metre,square metres,square meter,square meters,sq m,m2": Unit("m2", 1, "area"),
    "square mile,square miles,sq mi": Unit("[mi_i]2", 1, "area"),
    "kilogram,kilograms,kilogramme,kilogrammes,kilo,kilos,kg": Unit("kg", 1, "mass"),
    "tonne,tonnes,metric tonne,metric tonnes,metric ton,metric tons": Unit("t", 1, "mass"),
}
_OTHER: dict[str, Unit] = {
    "%,percent,per cent,pc": Unit("%", 1, "share"),
    "times": Unit(None, 1, "occurrences"),
    "dollars,dollar,us dollars,us dollar,american dollars,usd": Unit("USD", 1, "money"),
    "australian dollars,aud": Unit("AUD", 1, "money"),
    "canadian dollars,cad": Unit("CAD", 1, "money"),
    "euros,euro,eur": Unit("EUR", 1, "money"),
    "pounds sterling,british pounds,sterling,gbp": Unit("GBP", 1, "money"),
    "lebanese pounds,lebanese pound,lebanese lira,lbp": Unit("LBP", 1, "money"),
    "shekels,shekel,new israeli shekels,new shekels,israeli shekels,nis,ils": Unit("ILS", 1, "money"),
    "swiss francs,chf": Unit("CHF", 1, "money"),
    "yen,jpy": Unit("JPY", 1, "money"),
    "yuan,renminbi,cny": Unit("CNY", 1, "money"),
    "roubles,rubles,rub": Unit("RUB", 1, "money"),
    "jordanian dinars,jod": Unit("JOD", 1, "money"),
    "rials,iranian rials,irr": Unit("IRR", 1, "money"),
    "saudi riyals,sar": Unit("SAR", 1, "money"),
    "qatari riyals,qar": Unit("QAR", 1, "money"),
    "dirhams,aed": Unit("AED", 1, "money"),
}
_RIVALS: dict[Phrase, tuple[Unit, ...]] = {
    phrase: rivals
    for names, rivals in {
        "tons,ton": (Unit("t", 1, "mass"), Unit("[ston_av]", 1, "mass"), Unit("[lton_av]", 1, "mass")),
        "pounds,pound": (Unit("GBP", 1, "money"), Unit("LBP", 1, "money"), Unit("[lb_av]", 1, "mass")),
    }.items()
    for phrase in split(names)
}

_ALL_UNITS = _spelled(_NAMED) | _RIVALS | _spelled(_OTHER)
NAMED_UNITS = Phrases(_spelled(_NAMED) | _RIVALS)
UNITS = Phrases(_ALL_UNITS)
TIMES = (Unit(None, 1, "occurrences"),)
# Letters that are units only right behind a number. With a space between, "m" is the metre; glued to it, it may be a
# million just as well.
GLUED_UNITS: dict[str, tuple[Unit, ...]] = {
    "m": (Unit(None, 10**6), Unit("m", 1, "distance")),
    "h": (Unit("h", 1, "duration"),),
    "t": (Unit("t", 1, "mass"),),
}
SPACED_UNITS: dict[str, tuple[Unit, ...]] = {"m": (Unit("m", 1, "distance"),), "h": (Unit("h", 1, "duration"),)}

CURRENCIES: dict[str, tuple[Unit, ...]] = {
    sign: tuple(Unit(code, 1, "money") for code in codes.split())
    for sign, codes in {
        "$": "USD",
        "US$": "USD",
        "A$": "AUD",
        "AU$": "AUD",
        "C$": "CAD",
        "CA$": "CAD",
        "NZ$": "NZD",
        "HK$": "HKD",
        "S$": "SGD",
        "€": "EUR",
        "£": "GBP",
        "₪": "ILS",
        "¥": "JPY CNY",
    }.items()
}
CURRENCY_CODES = {
    phrase[0]: units for phrase, units in _ALL_UNITS.items() if len(phrase) == 1 and units[0].code == phrase[0].upper()
}

_INTENSIFIERS: list[Phrase] = [(), *split("just,well,slightly,far,a little,little,much,significantly,considerably")]
_COMPARISONS: dict[Qualifier, list[Phrase]] = {
    "more-than": split("more than,over,above,upwards of,upward of,in excess of,exceeding,greater than,north of"),
    "less-than": split("less than,fewer than,under,below,short of,shy of"),
}
_PLAIN: dict[Qualifier, list[Phrase]] = {
    "about": split(
        "about,around,approximately,approx,approx .,roughly,some,nearly,almost,close to,circa,c.,c .,ca .,an estimated,"
        "estimated,nearing,approaching,in the region of,on the order of,in the order of,perhaps,possibly,~,just about"
    ),
    "at-least": split(
        "at least,at the very least,no fewer than,no less than,not less than,not fewer than,a minimum of"
    ),
    "less-than": split("up to,as many as,as much as,no more than,not more than,at most,a maximum of,within"),
    # Words that announce a number and leave it as it is.
    "exact": split("exactly,precisely,a total of,only,just,a further,another,an additional,a mere,the"),
}
_HEDGES: dict[Phrase, Qualifier] = {phrase: qualifier for qualifier, plain in _PLAIN.items() for phrase in plain} | {
    (*intensifier, *phrase): qualifier
    for qualifier, comparisons in _COMPARISONS.items()
    for phrase in comparisons
    for intensifier in _INTENSIFIERS
}
HEDGES = Phrases(_HEDGES)
ANNOUNCEMENTS = Phrases(dict.fromkeys(_PLAIN["exact"]))
_SUFFIXES: dict[Qualifier, str] = {
    "at-least": "or more,or over,+,- plus,plus,at least,and counting",
    "about": "or so,or thereabouts,- odd,odd",
    "less-than": "or less,or fewer,or under,at most,at the most",
}
SUFFIXES = Phrases({phrase: qualifier for qualifier, suffixes in _SUFFIXES.items() for phrase in split(suffixes)})

_ALMOST_ALL = [
    (hedge, *rest)
    for hedge in ("almost", "nearly", "virtually", "practically")
    for rest in split("all,every,the entire,the whole,everyone,everything")
]
_MAJORITY = split(
    "most,a majority,the majority,a vast majority,the vast majority,the overwhelming majority,an overwhelming majority"
)
_EXTENTS = [
    (*size, *noun)
    for size in [(), *split("large,vast,huge,wide,great,broad,big,whole,entire,sizeable,significant")]
    for noun in split("swathes,swathe,swaths,swath,stretches,parts,areas,tracts,portions")
] + split("much,a swathe,a swath,a large part,large part,a great deal")

# "The last year" is a duration; "last year" is a date, and only "past" needs no article to be a duration.
_SPAN_OPENINGS = {
    (*preposition, *article, word): bool(article) or word == "past"
    for preposition in [(), *split("over,for,in,during,within,across,throughout")]
    for article in [(), *split("the,this,these")]
    for word in ("past", "last", "previous", "preceding", "next", "coming", "following")
}
# "Two months ago" measures how long ago; "20 miles away" and "a week-long truce" say no more than the number.
_AFTERWORDS: dict[Phrase, Kind | None] = {
    ("ago",): "recency",
    **dict.fromkeys(split("earlier,later,away,apart,long,old,wide,deep,high,tall"), None),
    **dict.fromkeys(split("- long,- old,- wide,- deep,- high"), None),
}
ALMOST_ALL = Phrases(dict.fromkeys(_ALMOST_ALL))
MAJORITY = Phrases(dict.fromkeys(_MAJORITY))
EXTENTS = Phrases(dict.fromkeys(_EXTENTS))
SPAN_OPENINGS = Phrases(_SPAN_OPENINGS)
WITH_ARTICLE = Phrases(dict.fromkeys([*_SPAN_OPENINGS, *_MAJORITY]))
AFTERWORDS = Phrases(_AFTERWORDS)
COUNTS_OF_TIMES = {"once": 1, "twice": 2, "thrice": 3}
CONNECTIVES = frozenset(
    ["in", "of", "for", "per", "and", "or", "the", "a", "an", "during", "from", "to", "after", "by", "at", "each"]
)
