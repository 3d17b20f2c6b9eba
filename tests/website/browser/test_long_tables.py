"""A table of ten thousand rows in a real browser: all of it is searched, a little of it is drawn."""

import csv
import io
from pathlib import Path

import pytest

from ceasefire_talks.commands import parser
from ceasefire_talks.package.package import Package
from ceasefire_talks.website.build import build_site
from documents import Document, serve
from packages import FICTIONAL, copy_of

pytestmark = pytest.mark.slow

ROWS = 10_000
# As many as explore.js draws at a time.
STEP = 100


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """The rows of the longer table, as a reader of CSV files sees them, and the package that has them."""
    root = tmp_path_factory.mktemp("long") / "package"
    copy_of(FICTIONAL, root)
    path = root / "data" / "events.csv"
    with path.open(encoding="utf-8", newline="") as file:
        own = list(csv.DictReader(file))
    more = [
        {**own[n % len(own)], "event_id": f"ev-{n}", "summary": f'Event "{n}", of many.'}
        for n in range(1000, 1000 + ROWS - len(own))
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, own[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(own + more)
    return root, own + more


@pytest.fixture(scope="module")
def long_site(rows):
    root, _ = rows
    return build_site(root.parent / "site", Package(root), parser())


@pytest.fixture(scope="module")
def long_address(long_site):
    yield from serve(long_site)


@pytest.fixture
def table(wide, long_address):
    wide.goto(f"{long_address}/tables/events.html")
    return wide


def ids(page):
    return [one.removesuffix(" ¶") for one in page.locator("tbody th").all_inner_texts()]


def told(page, found):
    page.locator("output", has_text=f"{found} of {ROWS} rows").wait_for()


@pytest.mark.parametrize("place", [0, 500, ROWS // 2, ROWS - 1])
def test_every_row_is_found(place, table, rows):
    row = rows[1][place]
    table.fill("input[name=find]", f"{row['event_id']} {row['summary'].lower()}")
    told(table, 1)
    assert ids(table) == [row["event_id"]]


def test_a_filter_keeps_just_its_rows_and_draws_the_first(table, rows):
    expected = [row["event_id"] for row in rows[1] if row["status"] == "planned"]
    table.select_option("select[name='is.status']", "planned")
    told(table, len(expected))
    assert ids(table) == expected[:STEP]


def test_more_rows_are_drawn_as_they_are_scrolled_to_or_asked_for(table, rows):
    expected = sorted((row["event_id"] for row in rows[1]), reverse=True)
    table.click("button[aria-label='Sort by event_id']")
    table.click("button[aria-label='Sort by event_id']")
    told(table, ROWS)
    assert ids(table) == expected[:STEP]
    table.click("#more-rows")
    assert ids(table) == expected[: 2 * STEP]
    table.locator(".ct-scroll").evaluate("box => box.scrollTo(0, box.scrollHeight)")
    table.locator(f"tbody tr:nth-child({2 * STEP + 1})").wait_for()
    assert ids(table) == expected[: 3 * STEP]


def test_all_rows_are_drawn_once_in_the_end(table, rows):
    expected = [row["event_id"] for row in rows[1] if '"104' in row["summary"]]
    table.fill("input[name=find]", '"104')
    told(table, len(expected))
    more = table.locator("#more-rows")
    while more.is_visible():
        more.click()
    assert ids(table) == expected


def test_the_filtered_rows_are_downloaded_as_the_file_has_them(table, rows):
    table.select_option("select[name='is.status']", "planned")
    with table.expect_download() as download:
        table.click("button[name=download]")
    text = Path(download.value.path()).read_bytes().decode()
    assert list(csv.DictReader(io.StringIO(text, newline=""))) == [row for row in rows[1] if row["status"] == "planned"]


def test_a_link_restores_the_view(table, wide, rows):
    table.select_option("select[name='is.status']", "planned")
    table.fill("input[name=find]", "many")
    table.click("button[aria-label='Sort by event_id']")
    table.click("button[aria-label='Sort by event_id']")
    expected = sorted(
        (r["event_id"] for r in rows[1] if r["status"] == "planned" and "many" in r["summary"]), reverse=True
    )
    told(table, len(expected))
    wide.goto(table.url)
    told(wide, len(expected))
    assert ids(wide) == expected[:STEP]
    assert wide.input_value("input[name=find]") == "many"


def test_a_file_that_is_no_table_leaves_the_rows_of_the_page(wide, long_address):
    wide.route("**/data/events.csv", lambda route: route.fulfill(body='event_id,summary\nev-1,"open'))
    wide.goto(f"{long_address}/tables/events.html?find=ev-001")
    wide.locator("output", has_text="could not be read").wait_for()
    assert ids(wide) == ["ev-001"]


def test_without_scripts_the_rows_stand_on_pages_that_lead_to_each_other(long_site, browser, long_address, rows):
    pages = sorted((long_site / "tables").glob("events*.html"))
    shown = {one for page in pages for one in Document(page.read_text("utf-8")).ids}
    assert {row["event_id"] for row in rows[1]} <= shown
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{long_address}/tables/events.html")
    first = ids(page)
    page.get_by_role("navigation", name="Pages of the table").get_by_role("link").first.click()
    assert page.url.endswith("events.2.html")
    assert ids(page)[0] == rows[1][len(first)]["event_id"]
    assert not page.locator("form[data-ct-explore]").is_visible()
    context.close()
