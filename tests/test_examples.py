import os
import shutil

import pytest

from examples import executed, languages
from packages import FICTIONAL, copy_of

REWRITE = "CEASEFIRE_TALKS_REWRITE"
README = "README.md"
CHECKING = "docs/checking.md"
FILES = ("docs/index.md", "docs/use.md", "docs/api.md", "docs/reliability.md")
GUIDE = "docs/coding-the-next-article.md"
TRACE = "docs/trace.md"


@pytest.mark.parametrize("name", FILES)
def test_examples_print_what_is_shown(name, checkout):
    compare(checkout / name, checkout)


def test_the_readme_prints_what_is_shown(checkout, tmp_path):
    # One of its examples changes a cell.
    shutil.copytree(checkout / "data", tmp_path / "data")
    shutil.copy(checkout / "datapackage.json", tmp_path)
    compare(checkout / README, tmp_path)


def test_checking_prints_what_is_shown(checkout, tmp_path):
    copy_of(FICTIONAL, tmp_path / "truce")
    compare(checkout / CHECKING, tmp_path)


def test_the_guide_leads_from_an_article_to_a_package(checkout, tmp_path):
    shutil.copy(FICTIONAL / "article.txt", tmp_path)
    compare(checkout / GUIDE, tmp_path)


def test_tracing_prints_what_is_shown(checkout, tmp_path):
    shutil.copytree(FICTIONAL, tmp_path / "truce")
    shutil.copy(FICTIONAL / "article.txt", tmp_path)
    paragraphs = (FICTIONAL / "article.txt").read_text("utf-8").replace("318", "381").split("\n\n")
    (tmp_path / "reposted.txt").write_text("\n\n".join([*paragraphs[:-1], "Follow us for more."]), "utf-8")
    compare(checkout / TRACE, tmp_path)


def compare(path, folder):
    shown = path.read_text("utf-8")
    if "r" in languages(shown) and shutil.which("Rscript") is None:
        pytest.skip("needs R: Rscript is not installed")
    now = executed(shown, folder)
    if os.environ.get(REWRITE):
        path.write_text(now, "utf-8")
    assert now == path.read_text("utf-8"), "run `make examples` if the new output is right"


def test_a_wrong_output_would_be_noticed(tmp_path):
    shown = "```pycon\n>>> 1 + 1\n3\n```"
    assert executed(shown, tmp_path) == "```pycon\n>>> 1 + 1\n2\n```"


def test_readme_has_just_two_install_commands(checkout):
    lines = (checkout / "README.md").read_text("utf-8").splitlines()
    assert [line for line in lines if "pip install" in line] == [
        '$ pip install --quiet ".[check]" && ceasefire-talks check .',
        '$ pip install --quiet -e ".[test]" && pytest',
    ]
