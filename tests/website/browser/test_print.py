"""On paper: the record alone, black on white whatever the scheme, and nothing cut off."""

import pytest

pytestmark = pytest.mark.slow

INK = """() => {
  const all = [...document.querySelectorAll('main *')];
  const shown = all.filter(one => one.checkVisibility() && one.getClientRects().length);
  const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
  const dark = ([r, g, b]) => r + g + b < 3 * 128;
  return {
    pale: shown.filter(one => [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim()) &&
      !dark(rgb(getComputedStyle(one).color))).map(one => one.outerHTML.slice(0, 90)),
    ground: getComputedStyle(document.body).backgroundColor,
    cut: shown.filter(one => one.scrollWidth > one.clientWidth + 1 &&
      getComputedStyle(one).overflowX !== 'visible').length,
    wide: document.documentElement.scrollWidth > innerWidth,
  };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["records/ev-002", "records/po-003", "records/actors/hezbollah"])
def test_a_record_is_printed_black_on_white_and_in_full(name, scheme, browser, address):
    context = browser.new_context(viewport={"width": 720, "height": 1000}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/{name}.html")
    page.emulate_media(media="print")
    assert page.evaluate(INK) == {"pale": [], "ground": "rgb(255, 255, 255)", "cut": 0, "wide": False}
    assert not page.locator("header").first.is_visible()
    assert page.locator(".ct-citation").is_visible()
    context.close()
