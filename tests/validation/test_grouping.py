import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.validation.grouping import grouped
from ceasefire_talks.validation.problem import Problem
from ceasefire_talks.validation.render.annotations import SHOWN_OF_A_KIND, as_annotations
from ceasefire_talks.validation.render.data import as_json
from ceasefire_talks.validation.render.text import FEW, as_text, problem_lines
from ceasefire_talks.validation.report import Report, Unchecked


def problem(line=2, code="K01", **place):
    place = {"file": "data/events.csv", "table": "events", "column": "place_id", "field": 3, "mend": "Mend it."} | place
    return Problem(code=code, rule="foreign-key", line=line, message="wrong", **place)


def report(*problems, unchecked=()):
    return Report("p", (), problems, unchecked, None)


MANY = [problem(line) for line in range(2, 417)]

PROBLEMS = st.lists(
    st.builds(
        problem,
        st.integers(1, 9),
        st.sampled_from(["K01", "C03"]),
        table=st.none() | st.sampled_from("ab"),
        column=st.none() | st.sampled_from("xy"),
    ),
    max_size=30,
)


@given(PROBLEMS)
def test_groups_are_the_problems_and_no_kind_stands_twice(problems):
    groups = grouped(problems)
    assert sorted(map(id, problems)) == sorted(id(p) for group in groups for p in group.problems)
    assert len({(g.first.code, g.first.table, g.first.column) for g in groups}) == len(groups)
    for group in groups:
        assert group.problems == tuple(p for p in problems if any(p is other for other in group.problems))


@given(PROBLEMS, st.integers(0, 40))
def test_no_more_problems_are_shown_than_wanted_and_the_rest_is_counted(problems, limit):
    lines = list(problem_lines(problems, limit, FEW))
    shown = sum(line.startswith("data/") for line in lines)
    rest = sum(int(line.split()[2 if line.startswith("… and") else 1]) for line in lines if line.startswith("…"))
    assert shown <= limit
    assert shown + rest == len(problems)


def test_like_problems_are_counted_after_the_first_few():
    lines = list(as_text(report(*MANY, problem(7, "C03"))))
    assert lines[:FEW] == [str(p) for p in MANY[:FEW]]
    assert lines[FEW:6] == [
        "… and 412 more of K01 in events.place_id, lines 5-416; --all shows them",
        "    mend: Mend it.",
        "data/events.csv:7:3 C03 foreign-key place_id: wrong",
    ]


def test_a_limit_bounds_them_all_and_all_shows_all():
    problems = [*MANY, problem(7, "C03"), problem(7, "C04")]
    lines = list(as_text(report(*problems), limit=2))
    assert sum(line.startswith("data/") for line in lines) == 2
    assert "… and 2 more problems of 2 other kinds; --all shows them" in lines
    lines = list(as_text(report(*problems), limit=2, every=True))
    assert [line for line in lines if line.startswith("data/")] == list(map(str, problems))
    assert not any(line.startswith("…") for line in lines)


@given(PROBLEMS, st.none() | st.integers(0, 40))
def test_json_is_complete_or_says_its_limit(problems, limit):
    whole = report(*problems, unchecked=(Unchecked("table t", "why"),))
    content = json.loads("\n".join(as_json(whole, limit=limit)))
    assert (content["count"], content["limit"], content["ok"]) == (len(problems), limit, not problems)
    assert content["problems"] == [p.to_dict() for p in problems[:limit]]
    assert content.keys() == whole.to_dict().keys() | {"count", "limit"}
    assert content["unchecked"] == [{"subject": "table t", "reason": "why"}]


def test_an_annotation_names_the_file_from_the_repository_and_its_place():
    lines = list(as_annotations(report(problem(record="ev-013")), folder="packages/a"))
    assert lines == [
        "::error file=packages/a/data/events.csv,line=2,col=3,title=K01 foreign-key::ev-013.place_id: wrong. Mend it.",
        "::notice title=ceasefire-talks check::p: 1 problem",
    ]
    assert next(as_annotations(report(problem()), folder=".")).startswith("::error file=data/events.csv,")


def test_no_more_annotations_than_github_shows():
    problems = [*MANY, *(problem(2, f"C{number:02}") for number in range(30))]
    lines = list(as_annotations(report(*problems, unchecked=[Unchecked("t", "why")] * 30)))
    assert sum(line.startswith("::error") for line in lines) == SHOWN_OF_A_KIND
    assert sum(line.startswith("::warning") for line in lines) == SHOWN_OF_A_KIND
    assert "(414 more of this kind, lines 3-416)" in lines[0]
    assert ": 445 problems in what was checked" in lines[-1]
    assert lines[-1].endswith("; 21 more kinds of problems are not shown here")


def decoded(line):
    """An annotation as the runner reads it: name, properties, message."""
    _, command, message = line.split("::", 2)
    name, _, given_properties = command.partition(" ")

    def plain(text):
        for code, letter in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            text = text.replace(code, letter)
        return text

    pairs = (pair.partition("=") for pair in given_properties.split(","))
    return name, {key: plain(value) for key, _, value in pairs}, plain(message)


@pytest.mark.parametrize("evil", ["a::b", "a,line=9", "a:b", "50%25", "a\n::stop-commands::x", "\x1b[2J", "##[error]x"])
def test_what_a_package_says_gives_the_runner_no_command(evil):
    line, notice = as_annotations(report(problem(file=evil, record=evil, table=evil)), folder="")
    assert "\n" not in line + notice
    name, properties, message = decoded(line)
    assert name == "error"
    assert set(properties) == {"file", "line", "col", "title"}
    assert properties["line"] == "2"
    if evil.isprintable() and "##[" not in evil:
        assert properties["file"] == evil
        assert message.startswith(f"{evil}.place_id: wrong")
    assert "\x1b" not in line
    assert "##[" not in line


@pytest.mark.parametrize("evil", ["::error::x", "  ::error::x", "##[error]x", "\n::error::x", "\u2028::error::x"])
def test_no_line_of_text_is_a_command_to_the_runner(evil):
    found = Report(evil, (), (problem(file=evil),), (Unchecked(evil, evil),), None)
    for line in "\n".join(as_text(found)).splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
