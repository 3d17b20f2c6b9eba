import hashlib
import json
import shutil
import subprocess

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ceasefire_talks as ct
from ceasefire_talks.commands import COULD_NOT_RUN, main
from ceasefire_talks.package.errors import AmbiguousIdError, PackageError, UnknownNameError
from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.citation import cite_subset, formats
from ceasefire_talks.publishing.citation.ids import compressed, expanded
from ceasefire_talks.publishing.citation.subset import ids_of, select
from ceasefire_talks.publishing.citation.verify import verify
from packages import FICTIONAL, copy_of


@pytest.fixture
def fictional():
    return Package(FICTIONAL)


def test_the_hash_can_be_computed_from_the_files_alone(checkout, bundled):
    command = "(echo events; head -1 data/events.csv; grep -E '^(ev-001|ev-002),' data/events.csv) | sha256sum"
    done = subprocess.run(command, shell=True, cwd=checkout, capture_output=True, text=True, check=True)
    assert select(bundled, ["ev-002", "ev-001"]).sha256 == done.stdout.split()[0]


def test_the_canonical_form_of_whole_tables_is_their_files(bundled):
    for table in bundled.tables:
        if bundled.records(table):
            assert select(bundled, [table]).canonical == f"{table}\n".encode() + bundled.path(table).read_bytes()


def test_the_order_of_the_ids_does_not_matter(bundled):
    ids = ["fi-001", "ev-002", "ev-001", "ev-001"]
    assert select(bundled, ids) == select(bundled, sorted(ids))
    assert select(bundled, ids).ids == ("ev-001", "ev-002", "fi-001")


def test_rows_cite_the_text_they_come_from(bundled):
    lines = ct.cite(["ev-001", "fi-001"]).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(ct.cite())
    source = next(row for row in bundled.records("sources") if row["trace_level"] == "sentence")
    assert source["title"] in lines[1]
    assert source["url"] in lines[1]


def test_a_corroboration_cites_the_report_it_tells_of(bundled):
    row = bundled.records("corroborations")[0]
    source = next(s for s in bundled.records("sources") if s["source_id"] == row["source_id"])
    assert source["url"] in ct.cite(row["corroboration_id"])


def test_a_code_of_the_vocabulary_has_no_text_to_cite():
    assert len(ct.cite("vocabulary").splitlines()) == 1


@pytest.mark.parametrize("table", ct.tables())
def test_a_frame_of_load_is_cited_by_its_own_ids(table, bundled):
    frame = ct.load(table, labels=True)
    key = bundled.schema(table).primary_key
    if len(frame):
        assert ct.cite(frame) == ct.cite(table) == ct.cite(frame.set_index(list(key)))


def test_a_frame_with_other_columns_first(bundled):
    frame = ct.load("events")[["summary", "event_id"]].head(2)
    assert ids_of(bundled, frame) == ["events/ev-001", "events/ev-002"]
    assert ct.cite(frame["event_id"]) == ct.cite(["ev-001", "ev-002"])


def test_a_merged_frame_is_that_of_its_leading_key(bundled):
    merged = ct.load("events")[["event_id", "type"]].merge(ct.load("participants"), on="event_id")
    assert set(ids_of(bundled, merged)) == {f"events/{row}" for row in merged["event_id"]}


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame({"x": [1]}), "the key of no table"),
        (
            pd.DataFrame({"x": [1], "event_id": ["ev-001"], "actor_id": ["israel"]}),
            r"several tables \(actors, events\)",
        ),
        (pd.DataFrame({"event_id": ["ev-001", None]}), "has no event_id"),
        (pd.DataFrame({"event_id": []}), "no row was named"),
        ([], "no row was named"),
    ],
)
def test_a_frame_that_names_no_rows(frame, message):
    with pytest.raises(PackageError, match=message):
        ct.cite(frame)


def test_unknown_ambiguous_and_withdrawn_ids(fictional):
    with pytest.raises(UnknownNameError, match="nearest is 'ev-001'"):
        select(fictional, ["ev-0001"])
    with pytest.raises(PackageError, match=r"'ev-010' was withdrawn in 0\.1\.1: It was the same"):
        select(fictional, ["ev-010"])
    with pytest.raises(AmbiguousIdError):
        ct.cite("israel")
    assert "places/israel (1 row)" in ct.cite("places/israel")


def test_many_rows_are_counted(bundled):
    subset = select(bundled, ["sources"])
    assert f": {len(subset.ids)} rows of sources; sha256:" in subset.statement("1.0.0")


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize(
    "ids", [["ev-001"], ["events", "fi-003"], ["sources"], ["vocabulary/events.date_basis/stated"]]
)
def test_a_citation_verifies_in_every_format(name, ids, bundled, capsys):
    text = ct.cite(ids, name)
    assert verify(bundled, text).ok
    assert main(["cite", "--verify", text]) == 0
    assert "holds the" in capsys.readouterr().out


def test_a_wrapped_statement_verifies(bundled):
    assert verify(bundled, ct.cite(["ev-001", "ev-003"]).replace(" ", "\n   ")).ok


def test_a_changed_cell_or_hash_or_id_does_not_verify(bundled, tmp_path):
    text = ct.cite(["ev-001", "fi-001"])
    digest = text.partition("sha256:")[2][:64]
    assert not verify(bundled, text.replace(digest, "0" * 64)).ok
    assert not verify(bundled, text.replace("fi-001", "fi-002")).ok
    for file in ("data", "datapackage.json"):
        source = bundled.root / file
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / file)
    events = tmp_path / "data" / "events.csv"
    events.write_bytes(events.read_bytes().replace(b"\nev-001,", b"\nev-001,X", 1))
    verdict = verify(Package(tmp_path), text)
    assert not verdict.ok
    assert "altered" in verdict.message


def test_a_later_version_tells_what_its_ledger_says(fictional, tmp_path):
    before = copy_of(FICTIONAL, tmp_path / "before")
    figures = before / "data" / "figures.csv"
    figures.write_bytes(figures.read_bytes().replace(b",12,,at-least", b",10,,at-least"))
    descriptor = json.loads((before / "datapackage.json").read_text("utf-8")) | {"version": "0.0.9"}
    (before / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    old = Package(before)
    text = cite_subset(old, select(old, ["fi-002"]), "apa")
    verdict = verify(fictional, text)
    assert not verdict.ok
    assert "of version 0.0.9" in verdict.message
    assert "0.1.1 fi-002 low: Misread." in verdict.message
    assert verify(old, text).ok
    gone = verify(fictional, text.replace("fi-002", "ev-010"))
    assert not gone.ok
    assert "withdrawn in 0.1.1" in gone.message


@pytest.mark.parametrize(
    "text",
    ["", "nothing", ct.cite(), "Subset of version 0.1.0: 3 rows of events; sha256:" + "0" * 64,
     "Subset of version 0.1.0: ev-001 to fi-003 (3 rows); sha256:" + "0" * 64,
     "Subset of version 0.1.0: ev-001 to ev-999999999999 (3 rows); sha256:" + "0" * 64,
     "Subset of version 0.1.0: ; sha256:" + "0" * 64],
)  # fmt: skip
def test_a_text_that_cannot_be_verified(text, capsys):
    assert main(["cite", "--verify", text]) == COULD_NOT_RUN
    assert capsys.readouterr().err.startswith("ceasefire-talks: ")


def test_ids_on_the_command_line_stand_in_for_a_number():
    ids = [row["source_id"] for row in ct.records("sources")][:40]
    text = ct.cite(ids)
    assert main(["cite", "--verify", text]) == COULD_NOT_RUN
    assert main(["cite", *ids, "--verify", text]) == 0
    assert main(["cite", *ids[1:], "--verify", text]) == 1


@given(st.lists(st.from_regex(r"[a-z]{1,3}-[0-9]{1,4}", fullmatch=True), min_size=1, max_size=20, unique=True))
def test_short_lists_of_ids_expand_to_what_they_were(ids):
    assert expanded(", ".join(compressed(ids))) == ids


def test_runs_of_three_are_ranges():
    assert compressed(["a-09", "a-10", "a-11", "a-13", "b-14"]) == ["a-09 to a-11", "a-13", "b-14"]
    assert compressed(["a-99", "a-100", "a-101"]) == ["a-99 to a-101"]


def test_the_hash_is_that_of_the_canonical_form(bundled):
    subset = select(bundled, ["ev-001"])
    assert hashlib.sha256(subset.canonical).hexdigest() == subset.sha256
    assert subset.canonical.startswith(b"events\nevent_id,")
