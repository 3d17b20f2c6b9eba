"""Random damage: to the bytes of files, and to what a descriptor says."""

import gzip
import json
import random
from functools import reduce

from hypothesis import strategies as st

TALKS = b"""id,n,x,day,time,ok,year,place,tags,note,extra
t1,1,1.5,2031-03-01,10:00:00,true,2031,a,x;y,"one, ""two"" x",POINT
t2,2,-2,2031-03-02,11:00:00,false,2032,b,x,"a
break",
t3,,,,,,,,,NA,
t4,4,1e3,2031-03-04,12:00:00,true,2034,a,,-,\xc3\xa9
"""
PLACES = b"id,name,part_of\na,Alpha,\nb,Beta,a\n"

_FIELDS = [
    {"name": "id", "type": "string", "constraints": {"required": True, "unique": True, "pattern": "^t[0-9]+$"}},
    {"name": "n", "type": "integer", "constraints": {"minimum": 1, "maximum": "9"}, "bareNumber": True},
    {"name": "x", "type": "number", "decimalChar": ".", "constraints": {"exclusiveMinimum": -5}},
    {"name": "day", "type": "date", "format": "default", "constraints": {"minimum": "2031-01-01"}},
    {"name": "time", "type": "time"},
    {"name": "ok", "type": "boolean", "trueValues": ["true", "yes"], "falseValues": ["false"]},
    {"name": "year", "type": "year"},
    {"name": "place", "type": "string", "missingValues": ["", {"value": "-", "label": "none"}]},
    {"name": "tags", "type": "list", "delimiter": ";"},
    {"name": "note", "type": "string", "constraints": {"minLength": 1, "maxLength": 80}},
    {"name": "extra", "type": "string", "categories": ["POINT", {"value": "é", "label": "e"}]},
]
_KEYS = [{"fields": ["place"], "reference": {"resource": "places", "fields": ["id"]}}]
_RULES = [
    {"name": "r", "rule": "required-when", "fields": ["x"], "when": {"place": ["a"]}},
    {"name": "o", "rule": "ordered", "fields": ["n", "year"]},
]
_SELF = [{"fields": "part_of", "reference": {"resource": "", "fields": "id"}}]
DESCRIPTOR = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "fuzz",
    "resources": [
        {
            "name": "talks",
            "path": "talks.csv",
            "bytes": len(TALKS),
            "hash": "md5:0",
            "rows": 4,
            "encoding": "utf-8",
            "format": "csv",
            "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
            "schema": {
                "fields": _FIELDS,
                "fieldsMatch": "exact",
                "primaryKey": "id",
                "uniqueKeys": [["id", "n"]],
                "foreignKeys": _KEYS,
                "rowRules": _RULES,
                "missingValues": ["", "NA"],
            },
        },
        {
            "name": "places",
            "path": ["places.csv.gz"],
            "compression": "gz",
            "schema": {
                "fields": [{"name": name} for name in ("id", "name", "part_of")],
                "primaryKey": ["id"],
                "foreignKeys": _SELF,
            },
        },
        {
            "name": "inline",
            "data": [
                {"id": "t1", "n": 1, "ok": True, "at": {"lon": 1, "lat": 2}, "tags": ["x"]},
                {"n": 2.0, "id": None, "ok": "no", "tags": "x;y"},
            ],
            "schema": {
                "fields": [
                    {"name": "id", "type": "string"},
                    {"name": "n", "type": "integer"},
                    {"name": "ok", "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
                    {"name": "at", "type": "geopoint", "format": "object"},
                    {"name": "tags", "type": "list", "delimiter": ";"},
                ],
                "foreignKeys": [{"fields": "id", "reference": {"resource": "talks", "fields": "id"}}],
            },
        },
        {
            "name": "arrays",
            "data": [["x", "year"], [1.5, 2031], [None, "2032"], ["1,5", -44]],
            "dialect": {"headerRows": [1]},
            "schema": {
                "fields": [{"name": "x", "type": "number", "decimalChar": ","}, {"name": "year", "type": "year"}],
                "missingValues": [],
            },
        },
        {"name": "text", "data": "id;name\na;Alpha\n", "mediatype": "text/csv", "dialect": {"delimiter": ";"}},
    ],
}
FILES = {
    "datapackage.json": json.dumps(DESCRIPTOR, indent=1).encode(),
    "talks.csv": TALKS,
    "places.csv.gz": gzip.compress(PLACES, mtime=0),
}

_TYPES = (
    "string number integer boolean object array list datetime date time year yearmonth duration geopoint geojson any"
)
_ODD = [
    *(None, True, False, 0, -1, 2**63, 10**400, 0.5, 1e308, -1e400, float("nan"), "", " ", "0", "-", "é", "9" * 400),
    *("\x1b[2J", "\ud800", "\0", "a" * 3_000, [], {}, [[]], [None], ["a", "a"], {"a": {}}, {"": ""}, {"value": 1}),
    *("../x.csv", "/etc/passwd", "..\\x", "file:///x", "http://localhost/x.csv", "talks.csv", "places.csv.gz", "."),
    *("x" * 300, "(a+)+$", "(?=a)", "[", "\\d{1,100000}", "(?i)a|b", "utf-16", "utf-7", "latin-1", "idna", "rot13"),
    *("base64", "cp037", ";", "\t", "\n", "\r\n", "::error::x", "%d/%m/%Y", "%", "default", "email", "uri", "binary"),
    *("superset", "subset", "partial", "equal", "gz", "zip", "bz2", "talks", "places", "id", "n", "2031-02-30", ["id"]),
    *_TYPES.split(),
]
_NAMES = (
    "path data name schema dialect encoding format compression hash bytes rows fieldsMatch missingValues primaryKey "
    "uniqueKeys foreignKeys rowRules fields reference resource constraints required unique enum pattern minimum "
    "maximum exclusiveMinimum exclusiveMaximum minLength maxLength jsonSchema type categories categoriesOrdered "
    "trueValues falseValues decimalChar groupChar bareNumber delimiter itemType lineTerminator quoteChar doubleQuote "
    "escapeChar skipInitialSpace header headerRows headerJoin commentRows commentChar nullSequence when rule "
    "caseSensitiveHeader dataModel coding profile mediatype $schema resources template value label"
)
_JUNK = (b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"{", b"}", b"[", b"]", b":", b"\\", b"\xef\xbb\xbf", b"\x1b", b"*a")


def damaged(data, chance):
    """The bytes, with some of them changed, taken out, doubled or put in."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(found) + 1)
        length = chance.choice((0, 0, 1, 2, 8, 64))
        match chance.randrange(5):
            case 0:
                found[at : at + length] = chance.choice(_JUNK) * chance.choice((1, 1, 2, 50))
            case 1:
                found[at : at + length] = chance.randbytes(chance.randrange(9))
            case 2:
                found[at:at] = found[at : at + length] * chance.choice((1, 3, 30))
            case 3 if at < len(found):
                found[at] ^= 1 << chance.randrange(8)
            case _:
                del found[at : at + length]
    return bytes(found)


def places_of(value, path=()):
    """The paths of all values within a value."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield (*path, key)
        yield from places_of(child, (*path, key))


_PLACES = list(places_of(DESCRIPTOR))
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(_ODD),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_NAMES.split()) | st.text(max_size=4), inner)
    ),
    max_leaves=12,
)


@st.composite
def descriptors(draw):
    """The descriptor with some values replaced, taken out or put in; sometimes nothing like it."""
    if draw(st.integers(0, 9)) == 0:
        return draw(_ANY)
    content = json.loads(json.dumps(DESCRIPTOR))
    for _ in range(draw(st.integers(1, 4))):
        *parents, last = draw(st.sampled_from(_PLACES))
        try:
            place = reduce(lambda value, key: value[key], parents, content)
            gone = last not in (place if isinstance(place, dict) else range(len(place)))
        except (KeyError, IndexError, TypeError):
            continue
        if gone or not isinstance(place, dict | list):
            continue
        match draw(st.integers(0, 5)):
            case 0:
                del place[last]
            case 1 if isinstance(place, dict):
                place[draw(st.sampled_from(_NAMES.split()))] = draw(_ANY)
            case 2 if isinstance(place, list):
                place.append(place[last])
            case 3 if isinstance(place, dict):
                place[draw(st.sampled_from(_NAMES.split()))] = place[last]
            case _:
                place[last] = draw(_ANY)
    return content


def written(folder, files):
    """Write the files of a package; returns its folder."""
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
    return folder


def random_files(seed):
    """The package with the bytes of one or two of its files damaged, by a seed."""
    chance = random.Random(seed)
    names = chance.sample(sorted(FILES), chance.choice((1, 1, 2)))
    files = FILES | {name: damaged(FILES[name], chance) for name in names}
    if chance.random() < 0.1 and "places.csv.gz" not in names:
        files["places.csv.gz"] = gzip.compress(damaged(PLACES, chance), mtime=0)
    return files
