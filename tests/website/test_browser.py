"""The site in a real browser: no error, no request elsewhere, nothing wider than the window."""

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

pytestmark = pytest.mark.slow

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = ["index", "use", "tables/index", "tables/events", "tables/sentences", "dictionary", "codebook", "api", "cite"]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        pass


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: it is not installed")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs a browser: chromium is not installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(site):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(params=[(1280, "light"), (375, "dark")], ids=lambda p: f"{p[0]}-{p[1]}")
def page(request, browser):
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_errors_or_foreign_requests(name, page, address):
    errors, foreign = [], []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(address) else foreign.append(request.url))
    page.goto(f"{address}/{name}.html")
    page.wait_for_load_state("networkidle")
    assert (errors, foreign) == ([], [])
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


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
