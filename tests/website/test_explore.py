"""The tables in a real browser: searched, filtered, sorted, downloaded, linked."""

import csv
import io
from pathlib import Path

import pytest

from ceasefire_talks.commands import parser
from ceasefire_talks.package.package import Package
from ceasefire_talks.website.build import build_site
from ceasefire_talks.website.explore import BYTES_A_PAGE, ROWS_A_PAGE
from ceasefire_talks.website.pages import pages
from documents import broken_links, serve
from packages import FICTIONAL, copy_of

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
    return {p.path: p.whole() for p in pages(package, parser()) if not isinstance(p.content, Path)}


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
    assert not [path for path in found if path.startswith("tables/labels/")]


def test_no_page_of_a_table_is_heavy(make_package):
    found = long_table(make_package, [[f"t{n:05}", '"é' * 2000] for n in range(300)])
    sizes = [len(text.encode()) for path, text in found.items() if path.startswith("tables/things")]
    assert max(sizes) < BYTES_A_PAGE + 20_000
    assert sum(text.count("<tr id=") for path, text in found.items() if path.startswith("tables/things")) == 300


LONGER = ("events", "participants")


@pytest.fixture(scope="module")
def long_site(tmp_path_factory):
    """The fictional package with 900 events more, each with a participant."""
    root = copy_of(FICTIONAL, tmp_path_factory.mktemp("long") / "package")
    for table in LONGER:
        path = root / "data" / f"{table}.csv"
        header, first, *rest = path.read_text("utf-8").splitlines(keepends=True)
        more = [f"ev-{n}{first[len('ev-001') :]}" for n in range(1000, 1900)]
        path.write_text("".join([header, first, *rest, *more]), "utf-8")
    return build_site(root.parent / "site", Package(root), parser())


@pytest.fixture(scope="module")
def long_address(long_site):
    yield from serve(long_site)


LOOK = """row => Array.from(row.cells, cell =>
  [cell.className, cell.innerText.replace(" ↕", "").trim(), ...Array.from(cell.querySelectorAll("a"), a => a.href)])"""


@pytest.mark.slow
@pytest.mark.parametrize("table", LONGER)
def test_rows_read_from_the_file_look_like_those_of_the_page(table, wide, long_address):
    wide.goto(f"{long_address}/tables/{table}.2.html")
    row = wide.locator("tbody tr").nth(100)
    record, looks = row.get_attribute("id"), row.evaluate(LOOK)
    wide.fill("input[name=find]", record.split("/")[0])
    wide.locator("output:has-text('1 of')").wait_for()
    wide.locator(f"tr[id='{record}']").wait_for()
    assert wide.locator(f"tr[id='{record}']").evaluate(LOOK) == looks
    assert any(len(cell) > 2 for cell in looks)


@pytest.mark.slow
def test_a_search_covers_all_pages_and_their_labels(wide, long_address):
    first = Package(FICTIONAL).records("participants")[0]
    topics = {row["sentence_id"]: row["topic"] for row in Package(FICTIONAL).records("sentences")}
    wide.goto(f"{long_address}/tables/participants.html?find=ev-1850 {topics[first['sentence_id']]}")
    wide.locator("tbody tr[id^=ev-1850]").wait_for()
    assert shown(wide) == 1
    wide.goto(f"{long_address}/tables/events.html?sort=-event_id")
    wide.locator("tbody tr#ev-1899").wait_for()
    assert wide.locator("output").inner_text() == "909 of 909 rows"


@pytest.mark.slow
def test_all_pages_of_a_long_package_are_there_and_light(long_site):
    assert broken_links(long_site) == []
    assert max(path.stat().st_size for path in long_site.rglob("*.html")) < 350_000
    assert (long_site / "timeline.5.html").is_file()
    assert (long_site / "tables/events.2.html").is_file()
