import json
import os
import re

import pytest

from ceasefire_talks.package.errors import UnknownNameError
from ceasefire_talks.validation.codes import FAMILIES, registry
from ceasefire_talks.validation.explanation import explained
from ceasefire_talks.validation.problem import neutral
from ceasefire_talks.validation.run import check_package
from packages import FICTIONAL, RULES, copy_of, described

CASES = sorted(folder.name for folder in RULES.iterdir())
EXAMPLES = "src/ceasefire_talks/validation/examples.json"
LONGEST = 240


def test_the_fictional_package_is_valid():
    report = check_package(FICTIONAL)
    assert [str(problem) for problem in report.problems] == []
    assert report.unchecked == ()
    assert (report.coverage.accounted, report.coverage.sentences) == (12, 12)


def test_the_fictional_descriptor_is_current():
    assert (FICTIONAL / "datapackage.json").read_bytes() == described(FICTIONAL), "run python tests/packages.py"


@pytest.mark.parametrize("case", CASES)
def test_a_broken_package_yields_just_its_problem(case, tmp_path):
    folder = RULES / case
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    problems = expected.pop("problems")
    is_whole = (folder / "datapackage.json").exists()
    package = folder if is_whole else copy_of(FICTIONAL, tmp_path / "package", folder, **expected)
    report = check_package(package)
    found = [{key: getattr(problem, key) for key in problems[0]} for problem in report.problems]
    assert found == problems, "\n".join(map(str, report.problems))
    assert {problem.rule for problem in report.problems} == {case[4:]}


def test_every_code_has_a_broken_package():
    assert [f"{code.code}-{code.slug}" for code in registry().values()] == CASES


@pytest.mark.parametrize("code", registry().values(), ids=lambda code: code.code)
def test_every_code_is_explained(code):
    assert code.code[0] in FAMILIES
    assert re.fullmatch("[A-Z][0-9]{2}", code.code)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", code.slug)
    for text in (code.title, code.why, code.mend):
        assert text[0].isupper()
        assert text.endswith(".")


def test_slugs_are_unique():
    slugs = [code.slug for code in registry().values()]
    assert len(set(slugs)) == len(slugs)


def example(case, folder):
    """What a package that breaks a rule gives: the line of the report, and the line of the file that it names."""
    settings = json.loads((RULES / case / "expected.json").read_text("utf-8"))
    del settings["problems"]
    is_whole = (RULES / case / "datapackage.json").exists()
    package = RULES / case if is_whole else copy_of(FICTIONAL, folder, RULES / case, **settings)
    problem = check_package(package).problems[0]
    path = package / problem.file
    lines = path.read_text("utf-8", errors="backslashreplace").split("\n") if problem.line and path.is_file() else []
    text = neutral(lines[problem.line - 1]) if lines else ""
    return {"problem": str(problem), "text": text if len(text) <= LONGEST else f"{text[:LONGEST]} …"}


def test_the_recorded_examples_are_what_the_broken_packages_give(checkout, tmp_path):
    now = {case[:3]: example(case, tmp_path / case) for case in CASES}
    path = checkout / EXAMPLES
    if os.environ.get("CEASEFIRE_TALKS_REWRITE"):
        path.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert json.loads(path.read_text("utf-8")) == now, "run `make examples` if the new output is right"


@pytest.mark.parametrize("code", registry().values(), ids=lambda code: code.code)
def test_every_code_can_be_looked_up_by_code_and_name(code):
    lines = list(explained(code.code.lower()))
    assert lines == list(explained(code.slug))
    assert lines[0] == f"{code.code} {code.slug}: {code.title}"
    assert [line.partition(":")[0] for line in lines if not line.startswith("    ")] == [
        lines[0].partition(":")[0],
        "why",
        "example",
        "mend",
    ]


def test_an_unknown_code_names_the_nearest():
    with pytest.raises(UnknownNameError, match="nearest is 'foreign-key'"):
        list(explained("foreign-keys"))
