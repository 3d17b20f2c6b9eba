"""The site in a real browser: no error, no request elsewhere, nothing wider than the window."""

import pytest

pytestmark = pytest.mark.slow

# One of each kind of page.
PAGES = [
    "index",
    "use",
    "positions",
    "timeline",
    "figures",
    "actors",
    "map",
    "tables/index",
    "tables/events",
    "tables/sentences",
    "tables/first-events",
    "records/ev-002",
    "records/actors/hezbollah",
    "records/participants/ev-002~israel~participant",
    "dictionary",
    "codebook",
    "rules",
    "reliability",
    "checked-against",
    "api",
    "cite",
    "404",
]
# What a page may weigh beyond the files of the theme.
MOST_BYTES = 350_000


SIZES = [(width, scheme) for width in (1280, 375) for scheme in ("light", "dark")]


@pytest.fixture(params=SIZES, ids=lambda p: f"{p[0]}-{p[1]}")
def page(request, browser):
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
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


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_errors_barriers_or_foreign_requests(name, page, address, axe):
    errors, foreign = [], []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(address) else foreign.append(request.url))
    page.goto(f"{address}/{name}.html")
    page.wait_for_load_state("networkidle")
    assert (errors, foreign) == ([], [])
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert {v["id"]: v["nodes"][0]["html"] for v in axe.run(page).response["violations"]} == {}


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


def test_the_search_finds_a_row(page, address):
    page.goto(f"{address}/index.html")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.keyboard.type("Litani")
    page.locator(".md-search-result__link").first.wait_for()
    assert page.locator(".md-search-result__link[href*='tables/places']").count() > 0


def test_a_link_to_a_row_scrolls_to_it(page, address):
    page.goto(f"{address}/tables/places.html#litani-river")
    assert page.locator("#litani-river").is_visible()
    assert "litani-river" in page.locator("tr:target").inner_text()
