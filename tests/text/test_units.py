import pytest

from ceasefire_talks.text.units import conversion


@pytest.mark.parametrize(
    ("unit", "other", "factor"),
    [("km", "m", 1000), ("[mi_i]", "km", 1.609344), ("wk", "d", 7), ("a", "mo", 12), ("%", "1", 0.01)],
)
def test_units_of_one_kind_convert(unit, other, factor):
    assert conversion(unit, other) == pytest.approx(factor)
    assert conversion(other, unit) == pytest.approx(1 / factor)


def test_a_unit_is_itself_even_where_it_is_no_measure():
    assert conversion("strike", "strike") == 1


@pytest.mark.parametrize(("unit", "other"), [("km", "d"), ("USD", "EUR"), ("person", "building")])
def test_units_of_different_kinds_do_not(unit, other):
    assert conversion(unit, other) is None
