import json

import pytest

import ceasefire_talks as ct
from ceasefire_talks.validation.problem import Problem, neutral, quoted
from ceasefire_talks.validation.report import Report, TableCount, Unchecked
from ceasefire_talks.validation.run import check_package
from packages import FICTIONAL, RULES, copy_of


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    return check_package(copy_of(FICTIONAL, tmp_path_factory.mktemp("p") / "p", RULES / "K01-foreign-key"))


def test_a_problem_is_one_line_and_how_to_mend_it_stands_below(broken):
    (problem,) = broken.problems
    line = 'data/events.csv:6:10 K01 foreign-key ev-005.place_id: "selmm" is in no row of places.csv; nearest is "selm"'
    assert str(problem) == line
    lines = str(broken).splitlines()
    assert lines[lines.index(line) + 1] == "    mend: Correct the id, or add the row that it points to."


def test_a_problem_is_data(broken):
    assert broken.problems[0].to_dict() == {
        "code": "K01",
        "rule": "foreign-key",
        "table": "events",
        "file": "data/events.csv",
        "line": 6,
        "column": "place_id",
        "field": 10,
        "record": "ev-005",
        "value": "selmm",
        "message": '"selmm" is in no row of places.csv; nearest is "selm"',
        "expected": "selm",
        "mend": "Correct the id, or add the row that it points to.",
    }


def test_a_report_as_frame_and_as_json(broken):
    frame = broken.to_frame()
    assert frame[["code", "line", "column"]].to_dict("records") == [{"code": "K01", "line": 6, "column": "place_id"}]
    content = json.loads(json.dumps(broken.to_dict()))
    assert (content["ok"], content["package"]) == (False, "varona-talks")
    assert content["problems"][0]["record"] == "ev-005"
    assert content["tables"][0] == {"table": "sources", "rows": 3, "coding": None}
    assert content["coverage"] == {"accounted": 12, "sentences": 12}


def test_the_frame_of_a_clean_report_has_its_columns_all_the_same():
    frame = check_package(FICTIONAL).to_frame()
    assert frame.empty
    assert list(frame.columns)[:4] == ["code", "rule", "table", "file"]


@pytest.mark.parametrize("rule", ["K01-foreign-key", "D01-descriptor-json"])
def test_a_frame_has_the_same_types_whatever_was_found(rule, tmp_path):
    found = check_package(copy_of(FICTIONAL, tmp_path / "p", RULES / rule, stale=True)).to_frame()
    clean = check_package(FICTIONAL).to_frame()
    assert len(found)
    assert found.dtypes.equals(clean.dtypes)
    assert {name: str(dtype) for name, dtype in clean.dtypes.items() if dtype != "str"} == {
        "line": "Int64",
        "field": "Int64",
    }


def test_the_print_out_names_tables_share_problems_and_verdict(broken):
    lines = str(broken).splitlines()
    assert lines[0] == "sources               3 rows"
    assert "sentences accounted for: 12 of 12 (100%)" in lines
    assert lines[-1] == "varona-talks: 1 problem"
    assert str(check_package(FICTIONAL)).splitlines()[-1] == "varona-talks: valid"


def test_a_sentence_without_evidence_is_not_accounted_for(tmp_path):
    report = check_package(copy_of(FICTIONAL, tmp_path / "p", RULES / "M12-coded-without-evidence"))
    assert (report.coverage.accounted, report.coverage.sentences) == (11, 12)
    assert "11 of 12 (92%)" in str(report)


def test_what_was_not_checked_is_said_and_the_verdict_is_no_valid():
    report = Report("p", (TableCount("t", None),), (), (Unchecked("table t", "it is compressed"),), None)
    assert str(report).splitlines() == [
        "t  not read",
        "not checked: table t: it is compressed",
        "p: no problem in what was checked; 1 not checked, see above",
    ]


def test_terminal_escapes_are_only_shown():
    problem = Problem(
        code="C03", rule="enum", file="a\x1b[2J.csv", line=1, message=quoted("\x1b]0;pwned\x07\n\u202e\u2028"), mend="x"
    )
    assert str(problem) == 'a\\x1b[2J.csv:1 C03 enum: "\\x1b]0;pwned\\x07\\x0a\\u202e\\u2028"'
    assert neutral("Tyre – ‘ç’ 漢 \N{PINCHING HAND}") == "Tyre – ‘ç’ 漢 \N{PINCHING HAND}"
    report = Report("p\x1b", (TableCount("t\x1b", 1),), (problem,), (Unchecked("\x1b", "\x9b"),), None)
    assert not {"\x1b", "\x07", "\x9b"} & set(str(report))


def test_long_values_are_shortened_in_print_and_kept_as_data(tmp_path):
    folder = copy_of(FICTIONAL, tmp_path / "p")
    path = folder / "data" / "events.csv"
    path.write_text(path.read_text("utf-8").replace("ongoing", "x" * 5000, 1), "utf-8")
    problem = next(p for p in check_package(folder).problems if p.code == "C03")
    assert len(problem.value) == 5000
    assert len(str(problem)) < 600


def test_problems_come_in_the_order_of_the_package(tmp_path):
    folder = copy_of(FICTIONAL, tmp_path / "p", stale=True)
    for table in ("sources", "events", "changes"):
        path = folder / "data" / f"{table}.csv"
        path.write_text(path.read_text("utf-8") + "x\n", "utf-8")
    files = [problem.file for problem in check_package(folder).problems]
    assert files == sorted(files, key=["data/sources.csv", "data/events.csv", "data/changes.csv"].index)


def test_the_face_checks_the_bundled_data_and_other_packages():
    assert ct.check().package == "ceasefire-talks"
    assert ct.check(FICTIONAL).ok
    assert ct.check(str(FICTIONAL / "datapackage.json")).ok
