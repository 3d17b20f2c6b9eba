"""The tables in a real browser: searched, filtered, sorted, downloaded, linked."""

import csv
import io

import pytest

from ceasefire_talks.commands import parser
from ceasefire_talks.website.pages import ROWS_A_PAGE, pages

THINGS = {"fields": [{"name": "thing_id"}, {"name": "note"}], "primaryKey": "thing_id"}
VOCABULARY = {"fields": [{"name": n} for n in ("scheme", "code", "label", "definition")]}


def shown(page):
    return page.locator("table[data-ct-rows] tbody tr").count()


@pytest.mark.slow
def test_rows_are_searched_filtered_and_sorted_and_the_view_can_be_linked(wide, address):
    wide.goto(f"{address}/tables/events.html")
    wide.fill("input[name=find]", "hezbollah rockets")
    wide.select_option("select[name='is.status']", "occurred")
    wide.click("button[aria-label='Sort by date_min']")
    wide.click("button[aria-label='Sort by date_min']")
    wide.click("summary:text('Columns')")
    wide.uncheck("input[value=note]")
    ids = wide.locator("tbody th > a").all_inner_texts()
    assert ids == ["ev-022", "ev-023", "ev-012"]
    assert not wide.locator("th[data-column=note]").is_visible()
    wide.goto(wide.url)
    assert wide.locator("tbody th > a").all_inner_texts() == ids
    assert wide.locator("th[data-column=date_min]").get_attribute("aria-sort") == "descending"
    assert not wide.locator("th[data-column=note]").is_visible()
    wide.click("button[name=reset]")
    assert shown(wide) == 45
    assert "?" not in wide.url


@pytest.mark.slow
def test_the_rows_that_are_shown_can_be_downloaded(wide, address, bundled):
    wide.goto(f"{address}/tables/figures.html?is.measure=killed")
    with wide.expect_download() as download:
        wide.click("button[name=download]")
    text = open(download.value.path(), encoding="utf-8", newline="").read()  # noqa: PTH123, SIM115
    found = list(csv.DictReader(io.StringIO(text)))
    whole = list(csv.DictReader(bundled.path("figures").open(encoding="utf-8", newline="")))
    assert found == [row for row in whole if row["measure"] == "killed"]


@pytest.mark.slow
def test_an_address_cannot_bring_markup_into_the_page(wide, address):
    wide.goto(f"{address}/tables/events.html?find=%3Cimg%20src%3Dx%3E&sort=%3Cb%3E&is.type=%3Cscript%3E&hide=%22")
    assert wide.locator("output").inner_text().startswith("0 of 45")
    assert wide.locator("article img").count() == 0


def long_table(make_package, rows):
    package = make_package(things=(THINGS, rows), vocabulary=(VOCABULARY, []))
    package.descriptor.update(title="t", version="1", created="2024")
    for resource in package.descriptor["resources"]:
        resource.update(rows=len(rows), bytes=1, description="d")
    return {p.path: p.content for p in pages(package, parser())}


def test_a_long_table_comes_in_pages(make_package):
    rows = [[f"t{n:05}", ""] for n in range(ROWS_A_PAGE + 1)]
    found = long_table(make_package, rows)
    first, second = found["tables/things.md"], found["tables/things.2.md"]
    assert (first.count("<tr id="), second.count("<tr id=")) == (ROWS_A_PAGE, 1)
    assert 'href="things.2.html"' in first
    assert f'data-total="{ROWS_A_PAGE + 1}"' in second


def test_a_table_of_one_page_is_not_numbered(make_package):
    found = long_table(make_package, [[f"t{n:05}", ""] for n in range(ROWS_A_PAGE)])
    assert "tables/things.2.md" not in found
    assert "pages-of-rows" not in found["tables/things.md"]
