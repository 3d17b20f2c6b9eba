"""Codings beside the tables of any package: described, loaded, checked, and left alone by the ledger's rules."""

import shutil

import pytest

import ceasefire_talks as ct
from ceasefire_talks.package.package import Package
from ceasefire_talks.schema.definition import CODED_TABLES
from packages import FICTIONAL, copy_of, described


@pytest.fixture
def folder(tmp_path):
    folder = copy_of(FICTIONAL, tmp_path / "package")
    (folder / "data" / "codings" / "third").mkdir(parents=True)
    for table in CODED_TABLES:
        shutil.copy(folder / "data" / f"{table}.csv", folder / "data" / "codings" / "third")
    return folder


def describe(folder):
    (folder / "datapackage.json").write_bytes(described(folder))
    return ct.check(folder)


def test_a_coding_in_its_folder_is_found_described_and_valid(folder):
    assert describe(folder).problems == ()
    package = Package(folder)
    assert package.in_coding("events", "third") == "third-events"
    assert len(package.frame("third-events", labels=True)) == len(package.records("events"))
    assert "third-events" not in package.tables


def test_a_key_of_a_coding_is_checked_within_it(folder):
    path = folder / "data" / "codings" / "third" / "participants.csv"
    path.write_text(path.read_text("utf-8").replace("tomas-reyl", "tomas-reyz"), "utf-8")
    problems = describe(folder).problems
    assert {problem.code for problem in problems} == {"K01"}
    assert {problem.table for problem in problems} == {"third-participants"}


def test_a_row_that_was_withdrawn_may_stay_in_a_coding(folder):
    path = folder / "data" / "participants.csv"
    withdrawn = "ev-001,tomas-reyl,mediator,meridian-20310314-p04-s1\n"
    path.write_text(path.read_text("utf-8").replace(withdrawn, ""), "utf-8")
    with (folder / "data" / "changes.csv").open("a", encoding="utf-8") as ledger:
        ledger.write("ch-0003,ev-001/tomas-reyl/mediator,,Withdrawn row,,Not said.,0.1.1\n")
    assert describe(folder).problems == ()


def test_the_ledger_may_name_the_table_of_an_id(folder):
    with (folder / "data" / "changes.csv").open("a", encoding="utf-8") as ledger:
        ledger.write("ch-0003,actors/caldria,note,,x,Named so.,0.1.1\nch-0004,places/nowhere,note,,x,Wrong.,0.1.1\n")
    assert [(problem.code, problem.record) for problem in describe(folder).problems] == [("M31", "ch-0004")]
