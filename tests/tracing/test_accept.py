import csv
import shutil
from datetime import date

import pytest

import ceasefire_talks
from ceasefire_talks.commands import COULD_NOT_RUN, main
from ceasefire_talks.package.package import Package
from ceasefire_talks.package.texts import Texts, read_texts
from ceasefire_talks.publishing.scaffold import create_package
from ceasefire_talks.tracing.accept import accept_drafts
from ceasefire_talks.tracing.add import add_source

TEXT = """Truce talks
The board met on Friday.
In all 318 people died, the board said.
They walked at least 12 miles along the river that day.
"""
SOURCE = {
    "source_id": "post-20310314",
    "title": "Truce talks",
    "publisher": "The Post",
    "published": "2031-03-14",
    "url": "https://post.example/truce",
    "language": "en",
    "kind": "news",
    "licence": "unknown",
    "seen": "full",
}
FIGURE = {"subject": "people killed in all", "measure": "killed", "unit": "person", "population": "unstated"}
EVENT = {"summary": "The board came together.", "type": "meeting", "status": "occurred"}


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    folder = create_package(tmp_path_factory.mktemp("own") / "truce", "Truce", date(2031, 3, 15))
    add_source(folder, SOURCE, TEXT)
    return folder


@pytest.fixture
def package(added, tmp_path):
    return shutil.copytree(added, tmp_path / "truce")


def edit(package, changes):
    """Fill cells of the drafts with these words, by words; columns that are not there yet are added."""
    path = package / "drafts.csv"
    texts = read_texts(path)
    more = {column: "" for cells in changes.values() for column in cells if column not in texts.columns}
    rows = tuple({**row, **more, **changes.get(row["words"], {})} for row in texts.rows)
    path.write_bytes(Texts((*texts.columns, *more), rows).to_bytes())


def left(package):
    with (package / "drafts.csv").open(encoding="utf-8", newline="") as file:
        return [row["words"] for row in csv.DictReader(file)]


def state(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_accepted_drafts_become_rows_with_evidence_and_the_package_stays_valid(package, capsys):
    edit(package, {"318": FIGURE, "on Friday": EVENT})
    assert main(["accept-drafts", str(package)]) == 0
    assert capsys.readouterr().out == "accepted ev-001, fi-001\n"
    report = ceasefire_talks.check(package)
    assert report.ok, str(report)
    assert (report.coverage.accounted, report.coverage.sentences) == (2, 4)
    assert left(package) == ["at least 12 miles"]

    tables = Package(package)
    (figure,) = tables.records("figures")
    assert (figure["value_text"], figure["low"], figure["high"], figure["population"]) == ("318", 318, 318, "unstated")
    (event,) = tables.records("events")
    assert (event["date"], event["date_basis"], event["type"]) == ("2031-03-14", "resolved", "meeting")
    sentences = {row["sentence_id"]: row["outcome"] for row in tables.records("sentences")}
    assert list(sentences.values()) == ["pending", "coded", "coded", "pending"]


def test_evidence_is_the_sentence_for_the_row_and_the_span_for_the_cell(package):
    edit(package, {"318": FIGURE})
    accept_drafts(package)
    sentence = "In all 318 people died, the board said."
    row, cell = Package(package).records("evidence")
    assert (row["column"], row["start"], row["end"]) == (None, 0, len(sentence))
    assert (cell["column"], sentence[cell["start"] : cell["end"]]) == ("value_text", "318")
    assert {one["attribution"] for one in (row, cell)} == {"narrator"}


def test_ids_of_withdrawn_rows_are_not_given_again(package):
    changes = package / "data" / "changes.csv"
    withdrawn = {"change_id": "ch-0001", "record": "fi-006", "old": "A row", "reason": "Wrong.", "version": "0.1.1"}
    changes.write_bytes(read_texts(changes).with_rows([withdrawn]).to_bytes())
    assert main(["describe", str(package)]) == 0
    edit(package, {"318": FIGURE, "at least 12 miles": {"subject": "distance that was walked"}})
    assert accept_drafts(package) == ["fi-007", "fi-008"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"318": FIGURE | {"measure": "gossip"}}, "gossip"),
        ({"318": FIGURE | {"unit": ""}}, "fi-001.unit"),
        ({"318": FIGURE | {"attribution": "direct-quote"}}, "attributed_to"),
        ({"318": FIGURE | {"end": "9"}}, "span-length"),
        ({"on Friday": EVENT | {"date_max": "2031-03-15"}}, "date_max"),
        ({"on Friday": EVENT | {"sentence_id": "post-20310314-p09-s1"}}, "foreign-key"),
        ({"on Friday": EVENT | {"column": "day"}}, "neither value_text nor date"),
    ],
)
def test_a_draft_that_would_break_a_rule_changes_nothing(changes, said, package, capsys):
    edit(package, changes)
    before = state(package)
    assert main(["accept-drafts", str(package)]) == COULD_NOT_RUN
    assert said in capsys.readouterr().err
    assert state(package) == before


def test_without_an_accepted_draft_nothing_is_done(package, capsys):
    before = state(package)
    assert main(["accept-drafts", str(package)]) == 0
    assert "nothing to accept" in capsys.readouterr().out
    assert state(package) == before


def test_a_package_without_drafts_is_refused(package, capsys):
    (package / "drafts.csv").unlink()
    assert main(["accept-drafts", str(package)]) == COULD_NOT_RUN
    assert "there is no drafts.csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("drafts.csv", "draft_id,column\ndr-0001,date\n", "lacks the columns sentence_id"),
        ("data/sentences.csv", "sentence_id,start\n", "lacks the columns source_id"),
        ("data/events.csv", "event_id\n1,2\n", "cannot read"),
    ],
)
def test_a_file_that_is_not_in_order_is_refused(name, text, said, package, capsys):
    edit(package, {"318": FIGURE})
    (package / name).write_text(text, "utf-8")
    assert main(["accept-drafts", str(package)]) == COULD_NOT_RUN
    assert said in capsys.readouterr().err


def test_a_sentence_whose_offsets_cannot_be_read_is_refused(package, capsys):
    edit(package, {"318": FIGURE})
    path = package / "data" / "sentences.csv"
    path.write_text(path.read_text("utf-8").replace(",body,37,", ",body,x,"), "utf-8")
    assert main(["accept-drafts", str(package)]) == COULD_NOT_RUN
    assert "is not a whole number" in capsys.readouterr().err
