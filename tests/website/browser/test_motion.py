"""Whoever asks for less motion gets none."""

import pytest

pytestmark = pytest.mark.slow

MOVING = """() => {
  const moving = [];
  for (const element of document.querySelectorAll('*'))
    for (const part of [null, '::before', '::after']) {
      const style = getComputedStyle(element, part);
      const transition = style.transitionProperty !== 'none' && /[1-9]/.test(style.transitionDuration);
      if (transition || style.animationName !== 'none' || style.scrollBehavior === 'smooth')
        moving.push(element.outerHTML.slice(0, 80) + (part ?? ''));
    }
  return [moving.slice(0, 3), document.getAnimations().length];
}"""
PAGES = ["index", "timeline", "tables/events", "records/ev-002", "articles/dazzlingdawn-20241120", "404"]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_for_who_asks_for_less_motion(name, browser, address):
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/{name}.html")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(MOVING) == [[], 0]
    page.emulate_media(reduced_motion="no-preference")
    # The theme moves by default: the test would see it.
    assert page.evaluate(MOVING)[0] != [] or name.startswith(("records", "articles"))
    context.close()
