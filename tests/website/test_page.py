from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.website.page import LATE, Page, Part, numbered, parts


@given(st.lists(st.integers(0, 50)), st.integers(1, 9), st.integers(1, 100))
def test_parts_hold_all_items_in_order_and_keep_to_both_limits(items, most, heaviest):
    found = parts(items, most, lambda item: item, heaviest)
    assert [item for part in found for item in part.items] == items
    assert [(part.number, part.count) for part in found] == [(n + 1, len(found)) for n in range(len(found))]
    assert all(len(part.items) <= most for part in found)
    assert all(sum(part.items) <= heaviest or len(part.items) == 1 for part in found)


def test_a_pager_names_the_ends_and_what_is_near():
    assert list(Part([], 7, 12).numbers) == [1, None, 5, 6, 7, 8, 9, None, 12]
    assert list(Part([], 1, 1).numbers) == [1]
    assert list(Part([], 3, 5).numbers) == [1, 2, 3, 4, 5]


def test_the_first_page_has_no_number():
    assert numbered("tables/events.md", 1) == "tables/events.md"
    assert numbered("tables/events.md", 12) == "tables/events.12.md"


def test_the_late_part_goes_to_its_mark():
    assert Page("a.md", f"# A\n{LATE}\n", late=lambda: "<p>b</p>").whole() == "# A\n<p>b</p>\n"
