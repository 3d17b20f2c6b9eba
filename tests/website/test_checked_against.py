from __future__ import annotations

from ceasefire_talks.package.package import Package
from ceasefire_talks.website.checked_against import comparison


def test_the_numbers_are_those_of_the_tables():
    package = Package()
    found = comparison(package)
    assert sum(found.verdicts.values()) == len(package.records("corroborations"))
    assert found.independent < found.reports
    assert all(with_verdict <= stated for with_verdict, stated in found.covered.values())


def test_contradictions_come_first_and_nothing_that_only_confirms_is_listed():
    subjects = comparison(Package()).subjects
    for subject in subjects:
        verdicts = [v.row["verdict"] for v in subject.verdicts]
        assert verdicts == sorted(verdicts, key=["contradicts", "qualifies"].index)
    assert "amos-hochstein" in {s.id for s in subjects}


def test_actors_known_from_other_reports_alone_are_not_counted_as_stated():
    package = Package()
    _, stated = comparison(package).covered["actors"]
    assert stated == sum(row["sentence_id"] is not None for row in package.records("actors"))
