from datetime import date

import pandas as pd
import pytest

from ceasefire_talks.schema.columns import read
from ceasefire_talks.schema.lexical import cast
from ceasefire_talks.schema.model import Field

RIGHT = [
    ("string", "NA", "NA"),
    ("string", " a ", " a "),
    ("integer", "0", 0),
    ("integer", "-7", -7),
    ("integer", "9223372036854775807", 2**63 - 1),
    ("integer", "-9223372036854775808", -(2**63)),
    ("number", "0", 0.0),
    ("number", "-0.5", -0.5),
    ("number", "3544", 3544.0),
    ("boolean", "true", True),
    ("boolean", "false", False),
    ("date", "2024-02-29", date(2024, 2, 29)),
    ("date", "0001-01-01", date(1, 1, 1)),
]
WRONG = {
    "integer": [
        "+5",
        "05",
        "1_000",
        "1,000",
        "1.0",
        "1e3",
        "0x1F",
        " 1",
        "1 ",
        "1\n",
        "١",
        "１",
        "-",
        "",
        "9223372036854775808",
    ],
    "number": [
        "+5",
        ".5",
        "5.",
        "1e5",
        "1E5",
        "inf",
        "-inf",
        "NaN",
        "nan",
        "1,5",
        "1 000",
        "٣",
        "1.5\n",
        "$5",
        "50%",
        "05.0",
    ],
    "boolean": ["True", "TRUE", "1", "0", "yes", "t", "true ", "false\n"],
    "date": [
        "2024-1-5",
        "2024-02-30",
        "2023-02-29",
        "20240105",
        "05.01.2024",
        "2024-01-05T00:00",
        "2024-01",
        " 2024-01-05",
        "0000-01-01",
        "२०२४-०१-०५",
    ],
}


@pytest.mark.parametrize(("type_", "text", "value"), RIGHT)
def test_a_text_in_its_lexical_form_is_its_value(type_, text, value):
    assert cast(type_, text) == value
    assert type(cast(type_, text)) is type(value)


@pytest.mark.parametrize(("type_", "text"), [(type_, text) for type_, texts in WRONG.items() for text in texts])
def test_any_other_text_is_refused(type_, text):
    with pytest.raises(ValueError, match=r"."):
        cast(type_, text)


@pytest.mark.parametrize("type_", WRONG)
@pytest.mark.parametrize("dtype", ["str", object])
def test_a_column_keeps_what_is_right_and_marks_what_is_wrong(type_, dtype):
    right = [text for kind, text, _ in RIGHT if kind == type_]
    wrong = [text for text in WRONG[type_] if text]
    column = pd.Series([*wrong, *right, None, ""], dtype=dtype)
    values, readable = read(column, Field("f", type_, {}))
    assert readable.tolist() == [False] * len(wrong) + [True] * (len(right) + 2)
    assert values.isna().tolist() == [True] * len(wrong) + [False] * len(right) + [True, True]
    assert values.dropna().tolist() == [pd.Timestamp(v) if type_ == "date" else v for k, _, v in RIGHT if k == type_]


@pytest.mark.parametrize(
    ("type_", "values", "readable"),
    [
        ("integer", [1.0, 2.5, None], [True, False, True]),
        ("integer", [True, 1], [False, False]),
        ("integer", [1e300, 1], [False, True]),
        ("number", [1.5, float("inf"), None], [True, False, True]),
        ("number", [1, 2], [True, True]),
        ("boolean", [True, None, False], [True, True, True]),
        ("boolean", [1, 0], [False, False]),
        ("date", [pd.Timestamp("2024-01-01"), pd.Timestamp("2024-01-01 10:00")], [True, False]),
        ("date", [date(2024, 1, 1), None], [True, True]),
        ("date", [20240101], [False]),
        ("string", [1, 2], [False, False]),
        ("string", [None, None], [True, True]),
    ],
)
def test_values_that_pandas_made_are_of_the_type_or_are_not(type_, values, readable):
    column = pd.Series(values, dtype=object if type_ == "integer" and values[0] is True else None)
    assert read(column, Field("f", type_, {}))[1].tolist() == readable


def test_an_empty_column_has_the_dtype_of_its_field():
    dtypes = {t: str(read(pd.Series([], dtype=object), Field("f", t, {}))[0].dtype) for t in ("string", *WRONG)}
    assert dtypes == {
        "string": "str",
        "integer": "Int64",
        "number": "float64",
        "boolean": "boolean",
        "date": "datetime64[s]",
    }
