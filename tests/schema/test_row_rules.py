from itertools import product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.schema import rules
from ceasefire_talks.schema.columns import read
from ceasefire_talks.schema.definition import TABLES, table_schema
from ceasefire_talks.schema.model import Field, RowRule
from ceasefire_talks.text.edtf import EdtfError, parse

TYPES = {"n": "integer", "m": "integer", "x": "number", "y": "number", "date_min": "date", "date_max": "date"}
BOUNDS = ("date", "date_min", "date_max", "date_precision", "date_basis")


def blamed(kind, fields, rows, **parameters):
    """Per row the columns that a rule blames."""
    rule = RowRule("rule", kind, tuple(fields), parameters)
    names = rule.involved
    texts = pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows], columns=list(names), dtype="str")
    frame = pd.DataFrame({n: read(texts[n], Field(n, TYPES.get(n, "string"), {}))[0] for n in names})
    answers = rules.holds(rule, frame)
    return [[column for column, right in answers.items() if not right.iloc[row]] for row in range(len(rows))]


def test_exactly_one():
    rows = list(product(["v", None], repeat=3))
    assert blamed("exactly-one", "abc", rows) == [[] if sum(map(bool, row)) == 1 else ["a"] for row in rows]


def test_both_or_neither_blames_the_empty_one():
    rows = [("v", "v"), ("v", None), (None, "v"), (None, None)]
    assert blamed("both-or-neither", "ab", rows) == [[], ["b"], ["a"], []]


@pytest.mark.parametrize(("strict", "equal"), [(True, ["n"]), (False, [])])
def test_ordered(strict, equal):
    rows = [("1", "2"), ("2", "2"), ("3", "2"), (None, "2"), ("3", None), (None, None)]
    assert blamed("ordered", "nm", rows, strict=strict) == [[], equal, ["n"], [], [], []]


def test_ordered_is_lenient_unless_strict_is_said():
    assert blamed("ordered", ("date_min", "date_max"), [("2024-01-01", "2024-01-01")]) == [[]]
    assert blamed("ordered", "xy", [("2.5", "2.5"), ("2.6", "2.5")]) == [[], ["x"]]


def test_required_when_blames_every_empty_column():
    rows = [(None, None, "p"), ("v", None, "q"), (None, None, "r"), (None, None, None), ("v", "v", "p")]
    assert blamed("required-when", "ab", rows, when={"c": ["p", "q"]}) == [["a", "b"], ["b"], [], [], []]


def test_required_unless_does_not_apply_where_the_excuse_is_unknown():
    rows = [(None, "p"), (None, "q"), (None, None), ("v", "q")]
    assert blamed("required-unless", "a", rows, when={"c": ["p"]}) == [[], ["a"], [], []]


def test_empty_when():
    rows = [("v", "p"), (None, "p"), ("v", "q"), ("v", None)]
    assert blamed("empty-when", "a", rows, when={"c": ["p"]}) == [["a"], [], [], []]


def test_equal_when_takes_two_empty_cells_for_equal():
    rows = [("1", "1", "p"), ("1", "2", "p"), ("1", None, "p"), (None, None, "p"), ("1", "2", "q"), ("1", "2", None)]
    assert blamed("equal-when", "xy", rows, when={"c": ["p"]}) == [[], ["x"], ["x"], [], [], []]


def test_conditions_on_several_columns_apply_together():
    rows = [(None, "p", "q"), (None, "p", "z"), (None, "z", "q")]
    assert blamed("required-when", "a", rows, when={"c": ["p"], "d": ["q"]}) == [["a"], [], []]


def test_composed():
    rows = [
        ("s-p01-s2", "s", "1", "2"),
        ("s-p1-s2", "s", "1", "2"),
        ("s-p100-s2", "s", "100", "2"),
        (None, "s", "1", "2"),
    ]
    template = "{a}-p{n:02d}-s{m}"
    assert blamed("composed", ("id", "a", "n", "m"), rows, template=template) == [[], ["id"], [], []]
    assert blamed("composed", ("id", "a", "n", "m"), [("x", "s", None, "2")], template=template) == [[]]


def test_a_template_reaches_into_nothing():
    with pytest.raises(Exception, match=r"."):
        blamed("composed", ("id", "a"), [("x", "y")], template="{a.__class__}")


def test_edtf_blames_each_date_that_is_none():
    rows = [("2024", "2024-02-30"), (None, "2024/2023"), ("[2024-11-12,2024-11-19]", None)]
    assert blamed("edtf", "ab", rows) == [["b"], ["b"], []]


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        (("2024-11-20", "2024-11-20", "2024-11-20", "day", "stated"), []),
        (("2024-11", "2024-11-01", "2024-11-30", "month", "resolved"), []),
        (("2024/..", "2024-01-01", None, "range", "inferred"), []),
        (("../2024-11-20", None, "2024-11-20", "range", "stated"), []),
        ((None, None, None, "unknown", "none"), []),
        (("2024-11~", "2024-10-15", None, "month", "stated"), []),
        (("2024-11~", "2024-11-02", "2024-11-30", "month", "stated"), ["date_min"]),
        (("../2024-11?", "2024-01-01", "2024-12-05", "range", "stated"), ["date_min"]),
        (("2024-11", "2024-10-31", "2024-11-30", "month", "stated"), ["date_min"]),
        (("2024-11", None, "2024-11-30", "month", "stated"), ["date_min"]),
        (("2024/..", "2024-01-01", "2024-12-31", "range", "stated"), ["date_max"]),
        (("2024-11-20", "2024-11-20", "2024-11-20", "month", "stated"), ["date_precision"]),
        (("2024-11-20", "2024-11-20", "2024-11-20", "day", "none"), ["date_basis"]),
        ((None, "2024-11-20", None, "unknown", "none"), ["date_min"]),
        ((None, None, None, "day", "stated"), ["date_precision", "date_basis"]),
        (("2024-02-30", None, None, "day", "stated"), ["date"]),
        (("2024-11-20", "2024-11-20", "2024-11-20", None, None), []),
    ],
)
def test_date_bounds_precision_and_basis_agree(row, faults):
    assert blamed("edtf-bounds", BOUNDS, [row]) == [faults]


@given(st.from_regex(r"20(23|24)(-(0[1-9]|1[0-2])(-([0-3][0-9]))?)?[~?%]?(/(\.\.|2025))?", fullmatch=True))
def test_the_bounds_of_a_date_are_those_that_it_parses_to(text):
    try:
        date = parse(text)
    except EdtfError:
        assert blamed("edtf-bounds", BOUNDS, [(text, None, None, "day", "stated")]) == [["date"]]
        return
    bounds = [day and day.isoformat() for day in (date.earliest, date.latest)]
    assert blamed("edtf-bounds", BOUNDS, [(text, *bounds, date.precision, "stated")]) == [[]]


def test_every_rule_of_the_schemas_is_of_a_known_kind_and_says_how_to_mend_it():
    for table in TABLES:
        schema = table_schema(table, [])
        for rule in schema.get("rowRules", []):
            assert rule["rule"] in rules.KINDS
            assert rule["title"].endswith(".")
            assert rule["mend"].endswith(".")
