import pytest

from ceasefire_talks.validation.run import check_package
from packages import FICTIONAL, copy_of, refresh

HEADER = (
    "corroboration_id,actor_id,event_id,position_id,figure_id,relation_id,"
    "source_id,verdict,low,high,unit,as_of,claimant,summary"
)


def rounding_problems(tmp_path, figure, verdict, low, high, unit):
    package = copy_of(FICTIONAL, tmp_path / "package")
    row = f"co-001,,,,{figure},,harbour-board-20310310,{verdict},{low},{high},{unit},2031-03-10,,A count of the board."
    (package / "data/corroborations.csv").write_text(f"{HEADER}\n{row}\n", "utf-8")
    refresh(package)
    return [p for p in check_package(package).problems if p.code == "M35"]


@pytest.mark.parametrize(
    ("figure", "verdict", "low", "high", "unit"),
    [
        ("fi-003", "confirms", 318, 318, "person"),
        ("fi-003", "confirms", 317.6, 317.6, "person"),
        ("fi-003", "confirms", 300, "", "person"),
        ("fi-003", "contradicts", 319, 319, "person"),
        ("fi-003", "qualifies", 319, 319, "person"),
        ("fi-004", "confirms", 45_000, 45_000, "person"),
        ("fi-004", "contradicts", 19_999, 19_999, "person"),
        ("fi-002", "confirms", 20, 20, "km"),
        ("fi-002", "contradicts", 12, 12, "km"),
    ],
)
def test_a_verdict_that_fits_its_value_is_no_problem(tmp_path, figure, verdict, low, high, unit):
    assert rounding_problems(tmp_path, figure, verdict, low, high, unit) == []


@pytest.mark.parametrize(
    ("figure", "verdict", "low", "high", "unit"),
    [
        ("fi-003", "contradicts", 318, 318, "person"),
        ("fi-003", "confirms", 319, 319, "person"),
        ("fi-003", "confirms", "", 300, "person"),
        ("fi-002", "contradicts", 20, 20, "km"),
        ("fi-003", "confirms", 318, 318, "building"),
    ],
)
def test_a_verdict_that_does_not_fit_its_value_is_one(tmp_path, figure, verdict, low, high, unit):
    assert [p.column for p in rounding_problems(tmp_path, figure, verdict, low, high, unit)] == ["verdict"]
