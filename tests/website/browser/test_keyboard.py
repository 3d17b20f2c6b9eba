"""The keyboard alone: Tab reaches whatever can be clicked, shows where it is, and is never held back."""

import pytest

from documents import search

pytestmark = pytest.mark.slow

PAGES = [
    "index",
    "positions",
    "timeline",
    "figures",
    "actors",
    "map",
    "tables/index",
    "tables/places",
    "records/ev-002",
    "records/actors/hezbollah",
    "verify",
    "articles/dazzlingdawn-20241120",
    "cite",
    "cli",
    "data-statement",
    "404",
]
# The labels of the palette show its radio buttons, which have no size. A label is reached by its field, the icons of
# the search by its input, a radio button by the arrow keys from another of its group.
WATCH = """() => {
  const focusable = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])';
  const properties = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'backgroundColor', 'color',
    'borderTopColor', 'textDecorationLine', 'opacity', 'fill', 'stroke', 'strokeWidth'];
  const shown = element => element.matches('input.md-option') ? element.nextElementSibling : element;
  const look = element => JSON.stringify([shown(element), ...element.children].map(one => {
    const style = getComputedStyle(one);
    return properties.map(name => style[name]);
  }));
  const name = element => element.outerHTML.slice(0, 120);
  const seen = element => {
    const [box] = shown(element).getClientRects();
    if (!box || !box.width || !box.height) return false;
    const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
    const inside = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
    const top = document.elementFromPoint(x, y);
    return inside && !!top && (shown(element).contains(top) || top.contains(shown(element))) &&
      shown(element).checkVisibility({opacityProperty: true, visibilityProperty: true});
  };
  const found = window.keyboard = {reached: new Set(), unseen: [], unmarked: [], last: null, ends: 0};
  const leave = () => {
    if (found.last && look(found.last) === found.look) found.unmarked.push(name(found.last));
    found.last = null;
  };
  addEventListener('keydown', event => {
    const element = document.activeElement;
    if (event.key !== 'Tab' || element === document.body) return;
    found.last = element;
    found.look = look(element);
    if (!seen(element)) found.unseen.push(name(element));
  }, true);
  addEventListener('focusin', event => {
    leave();
    if (found.reached.has(event.target)) found.ends += 1;
    found.reached.add(event.target);
  }, true);
  found.missed = () => [...document.querySelectorAll('*')].filter(element => {
    if (!element.checkVisibility({visibilityProperty: true}) || !element.getClientRects().length) return false;
    const group = element.type === 'radio' ? [...document.getElementsByName(element.name)] : [element];
    if (element.matches(focusable)) return !group.some(one => found.reached.has(one)) && !(element.tabIndex < 0);
    const own = getComputedStyle(element).cursor === 'pointer' &&
      !(element.parentElement && getComputedStyle(element.parentElement).cursor === 'pointer');
    if (!own || element.closest(focusable)) return false;
    const control = element.closest('label')?.control;
    const search = element.closest('.md-search')?.querySelector('input');
    const button = element.closest('label')?.querySelector('button');
    return ![control, search, button].some(one => found.reached.has(one)) && !control?.matches('input.md-option');
  }).map(name);
  return document.querySelectorAll(focusable).length;
}"""
REPORT = "() => ({missed: keyboard.missed(), unseen: keyboard.unseen, unmarked: keyboard.unmarked})"
NOTHING = {"missed": [], "unseen": [], "unmarked": []}


@pytest.fixture(params=[1280, 375])
def page(request, browser):
    # Without transitions a style is what it will be at once.
    viewport = {"width": request.param, "height": 800}
    context = browser.new_context(viewport=viewport, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def walk(page):
    most = page.evaluate(WATCH) + 50
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body || keyboard.ends > 0"):
            return page.evaluate(REPORT)
    pytest.fail("Tab never leaves the page")


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_and_shows_whatever_can_be_clicked(name, page, address):
    page.goto(f"{address}/{name}.html")
    page.wait_for_load_state("networkidle")
    page.locator("main details, article details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert walk(page) == NOTHING


@pytest.mark.parametrize("name", ["index", "tables/events", "records/ev-002", "articles/dazzlingdawn-20241120"])
def test_the_first_key_skips_to_what_the_page_is_about(name, page, address):
    page.goto(f"{address}/{name}.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip().startswith("Skip to")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('nav, header')") is None


def test_the_menu_of_a_narrow_page_opens_and_closes(browser, address):
    context = browser.new_context(viewport={"width": 375, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/index.html")
    menu = page.get_by_role("button", name="Menu")
    menu.focus()
    page.keyboard.press("Space")
    assert walk(page) | {"missed": []} == NOTHING
    link = page.locator(".md-sidebar--primary a[href='use.html']")
    link.focus()
    page.keyboard.press("Escape")
    assert not link.is_visible()
    assert page.evaluate("document.activeElement.ariaLabel") == "Menu"
    page.keyboard.press("Enter")
    page.locator(".md-sidebar--primary label[for='__nav_3']").first.focus()
    page.keyboard.press("Enter")
    page.locator(".md-sidebar--primary a[href='timeline.html']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/timeline.html")
    context.close()


def test_the_search_opens_finds_and_leads_on(page, address):
    search(page, address, "Litani")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.md-search-result__item') !== null")
    found = page.evaluate("document.activeElement.href").partition("?")[0]
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.startswith(found))


def test_the_search_closes_without_a_trap(page, address):
    page.goto(f"{address}/index.html")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    assert not page.locator(".md-search__output").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.md-search')")


def test_the_scheme_is_switched(page, address):
    page.goto(f"{address}/index.html")
    before = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator("input[name=__palette]").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("body").get_attribute("data-md-color-scheme") != before


def test_a_table_is_sorted_filtered_and_its_columns_chosen(page, address):
    page.goto(f"{address}/tables/events.html")
    page.get_by_role("button", name="Sort by date_min").focus()
    page.keyboard.press("Enter")
    assert page.locator("th[data-column=date_min]").get_attribute("aria-sort") == "ascending"
    page.locator("select[name='is.status']").focus()
    page.keyboard.press("p")
    assert page.locator("output").inner_text().startswith("1 of ")
    page.locator("summary", has_text="Columns").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert not page.locator("th[data-column=event_id]").is_visible()


def test_a_mark_of_the_article_shows_its_rows(page, address):
    page.goto(f"{address}/articles/dazzlingdawn-20241120.html")
    mark = page.locator(".ct-picture a").first
    mark.focus()
    assert mark.get_attribute("data-rows").split()[0] in page.locator("#panel").inner_text()
    page.keyboard.press("Enter")
    assert page.locator(f"#{mark.get_attribute('data-rows').split()[0]}").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
