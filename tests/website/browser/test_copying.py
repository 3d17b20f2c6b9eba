"""An example is copied without its prompts and without what it prints."""

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("part", "copied"),
    [
        ("--version", "pip install --quiet . && ceasefire-talks --version"),
        (
            "read_csv",
            'import pandas as pd\nevents = pd.read_csv("data/events.csv", keep_default_na=False)\nlen(events)',
        ),
        ("$ ceasefire-talks cite", "ceasefire-talks cite"),
    ],
)
def test_a_way_in_is_copied_as_it_is_typed(part, copied, browser, address):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/index.html")
    example = page.locator(".highlight", has_text=part).first
    example.locator("button").click()
    page.get_by_text("Copied to clipboard").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == copied
    context.close()
