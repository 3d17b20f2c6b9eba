import os
import re
from xml.etree import ElementTree as ET

import pytest

from ceasefire_talks.website.agreement import agreement_svg, columns_table, rulings_table, units_table

SVG = "{http://www.w3.org/2000/svg}"
ROW = {"table": "t", "column": "c", "interval_low": 0.5, "interval_high": 1.0, "n": 9, "note": None}


def measures(column="c", value=0.9):
    return [ROW | {"column": column, "measure": measure, "value": value} for measure in ("alpha", "exact")]


def test_the_picture_names_every_compared_column(bundled):
    rows = bundled.records("agreement")
    picture = ET.fromstring(agreement_svg(rows))
    written = [text.text for text in picture.iter(f"{SVG}text")]
    assert {row["column"] for row in rows} - {"row"} <= set(written)
    assert picture.get("role") == "img"
    assert picture.find(f"{SVG}title").text


def test_the_picture_is_made_of_text_not_markup():
    picture = ET.fromstring(agreement_svg(measures("<script>alert(1)</script>")))
    assert not list(picture.iter(f"{SVG}script"))


def test_an_undefined_value_is_said_to_be():
    rows = [ROW | {"measure": "alpha", "value": None, "interval_low": None}, *measures()[1:]]
    assert "undefined, n 9" in agreement_svg(rows)


def test_a_column_that_agrees_fully_is_left_out_of_the_table():
    assert "`t.c`" in columns_table(measures())
    assert "`t.c`" not in columns_table(measures(value=1.0))


@pytest.mark.parametrize(
    ("name", "make", "table"),
    [
        ("units", units_table, "agreement"),
        ("columns", columns_table, "agreement"),
        ("rulings", rulings_table, "adjudication"),
    ],
)
def test_the_page_shows_the_tables_as_they_are(name, make, table, bundled, checkout):
    path = checkout / "docs" / "reliability.md"
    shown = re.compile(rf"(?<=<!-- {name} -->\n\n).*?(?=\n<!-- end -->)", re.DOTALL)
    if os.environ.get("CEASEFIRE_TALKS_REWRITE"):
        path.write_text(shown.sub(lambda _: make(bundled.records(table)), path.read_text("utf-8")), "utf-8")
    assert shown.search(path.read_text("utf-8"))[0] == make(bundled.records(table)), "run `make examples`"
