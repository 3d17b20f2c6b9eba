import pytest

from ceasefire_talks.validation import nearest as module
from ceasefire_talks.validation.nearest import Nearest

PLACES = ["tel-aviv", "haifa", "beirut", "litani-river"]
MANY = [f"rg-{n:08}" for n in range(30_000)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tel-aviw", "tel-aviv"),
        ("tel-avi", "tel-aviv"),
        ("tel-avviv", "tel-aviv"),
        ("tel-aivv", "tel-aviv"),
        ("litani-rivers-bank", "litani-river"),
        ("nowhere", None),
        ("", None),
    ],
)
def test_the_nearest_is_found(text, expected):
    assert Nearest(PLACES)(text) == expected


def test_there_may_be_no_candidates():
    assert Nearest([])("beirut") is None


def test_a_slip_is_found_among_any_number():
    assert Nearest(MANY)("rg-0001x345") == "rg-00010345"


def test_the_answer_does_not_hang_on_the_order_of_the_candidates():
    assert Nearest(MANY)("rg-x0000001") == Nearest(MANY[::-1])("rg-x0000001")


def test_neither_many_texts_nor_a_large_alphabet_cost_without_end(monkeypatch):
    compared, tried = [], []
    monkeypatch.setattr(module, "get_close_matches", lambda _, candidates, **__: compared.extend(candidates) or [])
    monkeypatch.setattr(
        module, "_variants", lambda text, alphabet: tried.extend(range(len(text) * len(alphabet))) or ()
    )
    find = Nearest([*MANY[:5_000], *map(chr, range(0x4E00, 0x9000))])
    assert [find(f"zz-{n:08}-zz") for n in range(1_000)] == [None] * 1_000
    assert 0 < len(tried) + module.COMPARISON * len(compared) <= module.BUDGET


def test_long_texts_are_not_compared(monkeypatch):
    monkeypatch.setattr(module, "get_close_matches", lambda *_, **__: pytest.fail("compared"))
    assert Nearest([*PLACES, "x" * 100_000])("x" * 99_999) is None
