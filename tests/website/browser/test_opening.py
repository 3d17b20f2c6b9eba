"""The site in a real browser: no error, no request elsewhere, nothing wider than the window."""

import pytest

from ceasefire_talks.package.package import Package
from ceasefire_talks.package.record import record_key
from ceasefire_talks.website.addresses import record_path
from documents import search

pytestmark = pytest.mark.slow

PACKAGE = Package()
# The first record of each table, each table, and one of each other kind of page.
RECORDS = [
    record_path(schema, record_key(PACKAGE, table, PACKAGE.records(table)[0])).removesuffix(".html")
    for table, schema in PACKAGE.schemas.items()
]
PAGES = [
    "index",
    "use",
    "positions",
    "timeline",
    "figures",
    "actors",
    "map",
    "verify",
    "articles/dazzlingdawn-20241120",
    "trace",
    "tables/index",
    *(f"tables/{resource['name']}" for resource in PACKAGE.descriptor["resources"] if "table" not in resource),
    "tables/first-events",
    *RECORDS,
    "dictionary",
    "codebook",
    "coding-rules",
    "checking",
    "engines",
    "rules",
    "rules/K01",
    "forms",
    "differences",
    "coding-the-next-article",
    "anchoring",
    "robustness",
    "speed",
    "api",
    "cli",
    "data-statement",
    "reliability",
    "checked-against",
    "cite",
    "versions",
    "release-files",
    "clients",
    "dependencies",
    "changelog",
    "404",
]
# What a page may weigh beyond the files of the theme.
MOST_BYTES = 350_000


WIDTHS = (1280, 375)


@pytest.fixture(params=["light", "dark"])
def page(request, browser):
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, color_scheme=request.param, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser):
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.fixture
def watched(page, address):
    """A page, and what went wrong on it: errors, and requests to other hosts."""
    wrong = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(address) else wrong.append(request.url))
    return page, wrong


def barriers(page, axe):
    found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return {v["id"]: v["nodes"][0]["html"] for v in found}


def at_all_widths(page, axe):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert barriers(page, axe) == {}, width


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_errors_barriers_or_foreign_requests(name, watched, address, axe):
    page, wrong = watched
    page.goto(f"{address}/{name}.html")
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1
    at_all_widths(page, axe)
    assert wrong == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_search_has_no_barriers(width, watched, address, axe):
    page, wrong = watched
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/tables/events.html")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.keyboard.type("Litani")
    page.locator(".md-search-result__link").first.wait_for()
    # The theme counts what it found, and holds the page behind, a moment later.
    page.wait_for_timeout(1000)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(page, axe) == {}
    assert wrong == []


def test_a_chosen_view_of_a_table_has_no_barriers(watched, address, axe):
    page, wrong = watched
    page.goto(f"{address}/tables/events.html?find=hezbollah&sort=-date_min&hide=note")
    page.locator("summary", has_text="Columns").click()
    at_all_widths(page, axe)
    assert wrong == []


def test_the_menu_of_a_narrow_page_has_no_barriers(watched, address, axe):
    page, wrong = watched
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{address}/tables/events.html")
    page.get_by_role("button", name="Menu").click()
    page.wait_for_timeout(500)
    assert barriers(page, axe) == {}
    assert wrong == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_weighs_little(name, site, wide, address):
    own = []
    wide.on("request", lambda request: own.append(request.url) if "/assets/" not in request.url else None)
    wide.goto(f"{address}/{name}.html")
    wide.wait_for_load_state("networkidle")
    files = {site / url.removeprefix(address).lstrip("/").split("?")[0] for url in own}
    assert sum(path.stat().st_size for path in files if "search" not in path.parts) <= MOST_BYTES


def test_the_timeline_is_filtered_and_the_choice_can_be_linked(wide, address):
    wide.goto(f"{address}/timeline.html")
    wide.select_option("select[name=actor]", "nabih-berri")
    assert wide.locator("#events > li:visible").count() == 1
    assert wide.url.endswith("?actor=nabih-berri")
    wide.goto(f"{address}/timeline.html?actor=naim-qassem&type=speech")
    assert wide.locator("#events > li:visible").count() == 1
    assert wide.input_value("select[name=type]") == "speech"


def test_a_choice_that_there_is_not_shows_everything(wide, address):
    wide.goto(f"{address}/timeline.html?actor=%3Cscript%3E")
    assert wide.locator("#events > li:visible").count() == wide.locator("#events > li").count()


def test_pictures_and_tables_need_no_script(plain, address):
    plain.goto(f"{address}/timeline.html")
    assert plain.locator("#events > li:visible").count() > 40
    assert not plain.locator("select[name=actor]").is_visible()
    plain.goto(f"{address}/tables/events.html")
    assert plain.locator("tbody tr:visible").count() > 40
    plain.goto(f"{address}/positions.html")
    assert plain.locator("td a.ct-stance:visible").count() > 20
    for name in ("figures", "map", "actors"):
        plain.goto(f"{address}/{name}.html")
        assert plain.locator("article svg:visible, article li:visible, article tbody tr:visible").count() > 10
        assert plain.locator("article svg:visible").count() > 0


def test_the_search_finds_a_row(page, address):
    search(page, address, "Litani")
    assert page.locator(".md-search-result__link[href*='records/places/litani-river']").count() > 0


def test_a_link_to_a_row_scrolls_to_it(page, address):
    page.goto(f"{address}/tables/places.html#litani-river")
    assert page.locator("#litani-river").is_visible()
    assert "litani-river" in page.locator("tr:target").inner_text()
