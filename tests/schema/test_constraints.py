import subprocess
import sys

import pandas as pd
import pytest

from ceasefire_talks.schema.checks import checks
from ceasefire_talks.schema.columns import read
from ceasefire_talks.schema.constraints import BOUNDS, FORM, constraints
from ceasefire_talks.schema.constraints import test as told_by
from ceasefire_talks.schema.lexical import reader
from ceasefire_talks.schema.model import Field
from ceasefire_talks.schema.patterns import PatternError, UnsupportedError


def of(type_, *, categories=None, **given):
    extra = {} if categories is None else {"categories": categories}
    format_ = {"format": given.pop("format")} if "format" in given else {}
    options = {name: given.pop(name) for name in ("itemType", "groupChar") if name in given}
    return Field("f", type_, {**extra, **format_, **options, "constraints": given}, strict=False)


CASES = [
    (of("string", minLength=2, maxLength=3), ["ab", "abc", "äöü"], ["a", "abcd"]),
    (of("array", minLength=1), ["[0]"], ["[]"]),
    (of("object", maxLength=1), ['{"a": 1}'], ['{"a": 1, "b": 2}']),
    (of("list", minLength=2), ["a,b"], ["a"]),
    (of("string", pattern="a+"), ["aa"], ["ab", "a\n"]),
    (of("string", enum=["a", "b"]), ["a"], ["c", "A"]),
    (of("integer", enum=["1", 2]), ["1", "+1", "02"], ["3"]),
    (of("number", enum=[1, "2.5"]), ["1.0", "2.50"], ["2"]),
    (of("boolean", enum=[True]), ["1", "true"], ["false"]),
    (of("date", enum=["05/01/2024"], format="%d/%m/%Y"), ["5/1/2024"], ["6/1/2024"]),
    (of("object", enum=[{"a": 1, "b": 2}]), ['{"b": 2, "a": 1}'], ['{"a": 1}']),
    (of("list", enum=[[1, 2], "3"], itemType="integer"), ["1,2", "3"], ["2,1"]),
    (of("any", enum=["a", 1]), ["a", "1"], ["b"]),
    (of("integer", minimum=2, exclusiveMaximum="4"), ["2", "3"], ["1", "4"]),
    (of("number", exclusiveMinimum=0, maximum=1.5), ["0.1", "1.5", "NaN"], ["0", "INF"]),
    (of("date", minimum="2024-01-01"), ["2024-01-01"], ["2023-12-31"]),
    (of("datetime", maximum="2024-01-01T00:00:00Z"), ["2024-01-01T00:59:00+01:00"], ["2024-01-01T00:00:01"]),
    (of("time", exclusiveMinimum="08:00:00"), ["08:00:01"], ["08:00:00"]),
    (of("year", minimum=1900, maximum="2000"), ["1900", "2000"], ["1899", "2001"]),
    (of("yearmonth", maximum="2024-02"), ["2024-02", "2023-12"], ["2024-03"]),
    (of("duration", minimum="P1M"), ["P1M", "P32D"], ["P27D", "P31D"]),
    (of("string", categories=["a", "b"]), ["a"], ["c"]),
    (of("integer", categories=[{"value": 1, "label": "one"}, {"value": 2}]), ["1", "02"], ["3"]),
    (of("object", jsonSchema={"required": ["a"]}), ['{"a": 1}'], ["{}"]),
    (of("array", jsonSchema={"items": {"pattern": "^a+$"}}), ['["aa"]'], ['["ab"]']),
    (of("array", jsonSchema={"uniqueItems": True}), ["[1, 2]"], ["[1, 1]"]),
]


@pytest.mark.parametrize(("field", "right", "wrong"), CASES, ids=[str(dict(f.descriptor))[:60] for f, _, _ in CASES])
def test_a_constraint_tells_right_values_from_wrong_ones(field, right, wrong):
    tests = [told_by(constraint) for constraint in constraints(field, (*FORM, *BOUNDS))]
    read = reader(field)
    assert [all(passes(read(text)) for passes in tests) for text in (*right, *wrong)] == [True] * len(right) + [
        False
    ] * len(wrong)


@pytest.mark.parametrize(("field", "right", "wrong"), CASES, ids=[str(dict(f.descriptor))[:60] for f, _, _ in CASES])
def test_pandera_tells_the_same(field, right, wrong):
    column = pd.Series([*right, *wrong, None], dtype="str")
    for given in (column, read(column, field)[0]):
        answers = [check._check_fn(given) for check in checks(field, (*FORM, *BOUNDS))]
        assert pd.DataFrame(answers).all().tolist() == [True] * len(right) + [False] * len(wrong) + [True]


@pytest.mark.parametrize(
    "field",
    [
        of("integer", minLength=1),
        of("string", minimum=1),
        of("boolean", maximum=True),
        of("geopoint", minimum="1,2"),
        of("integer", minimum="few"),
        of("integer", minimum=True),
        of("integer", minimum=1.5),
        of("string", enum=[1]),
        of("date", enum=["2024-02-30"]),
        of("integer", enum=[None]),
        of("string", enum=5),
        of("number", categories=[1.5]),
        of("string", minLength="1"),
        of("string", jsonSchema={}),
        of("object", jsonSchema={"type": 5}),
        of("object", jsonSchema=5),
    ],
)
def test_what_cannot_be_applied_is_refused(field):
    with pytest.raises((ValueError, TypeError)) as error:
        list(constraints(field, (*FORM, *BOUNDS)))
    assert not isinstance(error.value, UnsupportedError)


@pytest.mark.parametrize(
    "schema",
    [{"$ref": "http://localhost/schema.json"}, {"allOf": [{"$ref": "#"}]}, {"patternProperties": {"(a+)+$": {}}}],
)
def test_a_json_schema_that_could_fetch_or_hang_is_not_run(schema):
    with pytest.raises(UnsupportedError):
        list(constraints(of("object", jsonSchema=schema), FORM))


def test_a_pattern_in_a_json_schema_cannot_hang():
    (constraint,) = constraints(of("array", jsonSchema={"items": {"pattern": "(a+)+$"}}), FORM)
    assert not told_by(constraint)(["a" * 5000 + "b"])
    with pytest.raises(PatternError):
        list(constraints(of("array", jsonSchema={"items": {"pattern": "("}}), FORM))


def test_items_that_are_many_are_compared_in_time():
    (constraint,) = constraints(of("array", jsonSchema={"uniqueItems": True}), FORM)
    assert told_by(constraint)([[n, {}] for n in range(30_000)])


def test_enum_goes_before_categories():
    field = of("string", categories=["a", "b"], enum=["a"])
    assert [constraint.name for constraint in constraints(field, FORM)] == ["enum"]


def test_neither_pandas_nor_pandera_is_needed():
    code = (
        "import sys, ceasefire_talks.schema.constraints, ceasefire_talks.schema.lexical;"
        "sys.exit(bool({'pandas', 'numpy', 'pandera', 'jsonschema'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
