import json
import re

import pytest

from ceasefire_talks.validation.codes import FAMILIES, registry
from ceasefire_talks.validation.run import check_package
from packages import FICTIONAL, RULES, copy_of, described

CASES = sorted(folder.name for folder in RULES.iterdir())


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
