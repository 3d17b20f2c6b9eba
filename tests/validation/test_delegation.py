"""What only frictionless can check: by it, bounded, or by nobody, and either is said."""

import json

import pytest

from ceasefire_talks.validation import delegation
from ceasefire_talks.validation.run import check_package


@pytest.fixture
def check(tmp_path):
    def run(*fields, file=b"id\na\n", **resource):
        table = {"name": "t", "path": "t.csv", "schema": {"fields": list(fields) or [{"name": "id"}]}, **resource}
        (tmp_path / "t.csv").write_bytes(file)
        (tmp_path / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [table]}), "utf-8")
        return check_package(tmp_path)

    return run


def test_without_frictionless_it_is_said_how_to_get_it(check, monkeypatch):
    monkeypatch.setattr(delegation, "find_spec", lambda _: None)
    report = check({"name": "id", "constraints": {"pattern": "(?=a)a"}})
    (gap,) = report.unchecked
    assert str(gap).startswith("table t, column id: its pattern: ")
    assert str(gap).endswith("; frictionless could check it, `pip install frictionless`")
    assert report.delegated == ()


def test_a_pattern_that_hangs_frictionless_is_left(check, monkeypatch):
    monkeypatch.setattr(delegation, "SECONDS", 6)
    data = b"id\n" + b"a" * 40 + b"b\n"
    (gap,) = check({"name": "id", "constraints": {"pattern": "(?=a)(a+)+$"}}, file=data).unchecked
    assert gap.reason.endswith("frictionless was not done within 6 seconds")


def test_what_lies_in_the_folder_is_no_module(check, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "frictionless.py").write_text("open('ran', 'w')")
    report = check({"name": "id", "constraints": {"pattern": "(?=a)a"}})
    assert [gap.subject for gap in report.delegated] == ["table t, column id"]
    assert not (tmp_path / "ran").exists()


def test_only_what_the_column_asks_for_is_taken_from_it(check):
    fields = [{"name": "id", "type": "integer"}, {"name": "name", "constraints": {"pattern": "(?=a)a+"}}]
    report = check(*fields, file=b"id,name\nx,aa\n1,b\n1,a,a\n")
    assert [(p.code, p.line, p.column) for p in report.problems] == [
        ("C01", 2, "id"),
        ("X01", 3, "name"),
        ("F13", 4, None),
    ]


@pytest.mark.parametrize("place", ["profile", "$schema", "scheme", "extends"])
def test_it_gets_nothing_that_leads_out_of_the_package(check, monkeypatch, place):
    asked = []
    monkeypatch.setattr(delegation, "_ask", lambda question: asked.append(question) or [[]])
    check(**{"data": [["id"], ["a"]], place: "http://localhost/x.json"})
    ((resource,),) = (question["resources"] for question in asked)
    assert "localhost" not in json.dumps(resource)


def test_a_path_beside_the_package_never_gets_there(check):
    report = check(path="../t.xlsx")
    assert [problem.code for problem in report.problems] == ["D03"]
    assert report.delegated == ()
