import csv
import os
import re
import shutil
from datetime import date

import pytest

import ceasefire_talks
from ceasefire_talks.commands import COULD_NOT_RUN, main
from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.scaffold import create_package
from ceasefire_talks.tracing.add import add_source
from packages import FICTIONAL

ARTICLE = FICTIONAL / "article.txt"
TITLE = "Talks on Varona river truce inch forward, mediator says"
SOURCE = {
    "source_id": "meridian-20310314",
    "title": TITLE,
    "publisher": "Meridian Post",
    "published": "2031-03-14",
    "url": "https://meridian.example/2031/03/14/varona-talks",
    "language": "en",
    "kind": "news",
    "licence": "unknown",
    "seen": "full",
}
OPTIONS = ["--id", "--title", "--publisher", "--published", "--url"]
COMMAND = ["add-source", str(ARTICLE), *(part for pair in zip(OPTIONS, SOURCE.values(), strict=False) for part in pair)]


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return create_package(tmp_path_factory.mktemp("own") / "truce", "Truce", date(2031, 3, 15))


@pytest.fixture
def package(empty, tmp_path):
    return shutil.copytree(empty, tmp_path / "truce")


def state(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def drafts(folder):
    with (folder / "drafts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def changed(argument, value):
    arguments = list(COMMAND)
    arguments[arguments.index(argument) + 1] = value
    return arguments


def test_a_package_with_a_new_source_is_valid_and_all_is_pending(package, capsys):
    assert main([*COMMAND, "--package", str(package)]) == 0
    assert capsys.readouterr().out == (
        "meridian-20310314: 9 paragraphs, 12 sentences, none coded yet\n"
        "4 figures and 6 dates drafted in drafts.csv; accept or delete each\n"
    )
    report = ceasefire_talks.check(package)
    assert report.ok, str(report)
    assert (report.coverage.accounted, report.coverage.sentences) == (0, 12)
    assert {row["outcome"] for row in Package(package).records("sentences")} == {"pending"}
    assert main(["describe", "--check", str(package)]) == 0


def test_the_text_is_written_nowhere(package):
    add_source(package, SOURCE, ARTICLE.read_text("utf-8"))
    words = re.findall(r"\w+", ARTICLE.read_text("utf-8"))
    runs = {" ".join(words[i : i + 8]) for i in range(len(words) - 7)}
    title = " ".join(re.findall(r"\w+", TITLE))
    for name, data in state(package).items():
        found = " ".join(re.findall(r"\w+", data.decode("utf-8"))).replace(title, "")
        assert not [run for run in runs if run in found], name


def test_drafts_lie_beside_the_tables_with_their_spans(package):
    add_source(package, SOURCE, ARTICLE.read_text("utf-8"))
    found = drafts(package)
    assert [row["draft_id"] for row in found] == [f"dr-{n:04d}" for n in range(1, len(found) + 1)]
    assert "318" in {row["words"] for row in found}
    kinds = {row["sentence_id"]: row["kind"] for row in Package(package).records("sentences")}
    assert {kinds[row["sentence_id"]] for row in found} == {"body"}


def test_a_second_source_is_sorted_in_and_its_drafts_stand_behind_the_first_ones(package):
    add_source(package, SOURCE, ARTICLE.read_text("utf-8"))
    first = drafts(package)
    add_source(package, SOURCE | {"source_id": "aurora-20310315"}, "Some 40 boats left.\n“We fled,” he said.")
    assert ceasefire_talks.check(package).ok
    assert [row["source_id"] for row in Package(package).records("sources")] == ["aurora-20310315", "meridian-20310314"]
    assert drafts(package)[: len(first)] == first
    assert drafts(package)[-1]["draft_id"] == f"dr-{len(first) + 1:04d}"


def test_columns_that_a_coder_added_to_the_drafts_stay(package):
    (package / "drafts.csv").write_text("draft_id,column,mine\ndr-0041,date,keep\n", "utf-8")
    add_source(package, SOURCE, ARTICLE.read_text("utf-8"))
    found = drafts(package)
    assert found[0] == {"draft_id": "dr-0041", "column": "date", "mine": "keep"}
    assert found[1]["draft_id"] == "dr-0042"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "今日は雨です。明日は晴れです。"),
        ("ar", "قال المبعوث إن المحادثات تتقدم. ثم عاد."),
        ("he", "הוא אמר „לא”. והלך."),
        ("en", "They met.Then they left. 🕊 “So,” he said.”No”"),
    ],
)
def test_texts_of_other_scripts_and_without_spaces_are_added(language, text, package):
    added = add_source(package, SOURCE | {"language": language}, text)
    assert ceasefire_talks.check(package).ok
    assert (added.drafts is None) == (language != "en")


def test_a_language_without_a_reader_gets_no_drafts(package, capsys):
    assert main([*COMMAND, "--package", str(package), "--language", "de"]) == 0
    assert "no drafts: there is no reader for the language de" in capsys.readouterr().out
    assert not (package / "drafts.csv").exists()


def test_every_column_that_is_not_measured_has_an_option(package):
    more = {"--author": "A. Writer", "--credit": "B. Lens", "--accessed": "2031-03-15", "--note": "A first note."}
    more |= {"--kind": "analysis", "--licence": "cc-by", "--seen": "excerpt", "--publisher-country": "GBR"}
    assert main([*COMMAND, "--package", str(package), *(part for pair in more.items() for part in pair)]) == 0
    row = Package(package).records("sources")[0]
    assert {row[option.removeprefix("--").replace("-", "_")] for option in more} == {
        *(value for option, value in more.items() if option != "--accessed"),
        date(2031, 3, 15),
    }


@pytest.mark.parametrize(
    ("argument", "value", "said"),
    [
        ("--id", "Not A Slug", "source_id"),
        ("--url", "no address", "url"),
        ("--published", "2031-02-30", "published"),
        ("--published", "", "published"),
        ("--title", "=SUM(A1)", "title"),
    ],
)
def test_a_source_that_would_break_a_rule_changes_nothing(argument, value, said, package, capsys):
    before = state(package)
    assert main([*changed(argument, value), "--package", str(package)]) == COULD_NOT_RUN
    assert said in capsys.readouterr().err
    assert state(package) == before


def test_a_code_that_is_not_in_the_vocabulary_is_refused_by_line(package, capsys):
    before = state(package)
    assert main([*COMMAND, "--package", str(package), "--kind", "gossip"]) == COULD_NOT_RUN
    error = capsys.readouterr().err
    assert "nothing was changed" in error
    assert "data/sources.csv:2:" in error
    assert "gossip" in error
    assert state(package) == before


def test_a_source_is_added_once(package, capsys):
    assert main([*COMMAND, "--package", str(package)]) == 0
    before = state(package)
    assert main([*COMMAND, "--package", str(package)]) == COULD_NOT_RUN
    assert "there is a source 'meridian-20310314' already" in capsys.readouterr().err
    assert state(package) == before


def test_faults_that_were_there_before_do_not_stand_in_the_way(package):
    with (package / "data" / "actors.csv").open("a", encoding="utf-8") as file:
        file.write("selm,Selm" + "," * 11 + "\n")
    before = {str(problem) for problem in ceasefire_talks.check(package).problems if problem.table == "actors"}
    assert before
    add_source(package, SOURCE, ARTICLE.read_text("utf-8"))
    assert {str(problem) for problem in ceasefire_talks.check(package).problems} <= before


def test_a_saved_page_is_added_without_what_is_around_its_article(package, tmp_path):
    lines = ARTICLE.read_text("utf-8").split("\n")
    body = "".join(f"<p>{line}</p>" for line in lines[1:] if line)
    page = (
        f"<!doctype html><title>x</title><nav><a href='/'>Sport</a></nav><article><h1>{lines[0]}</h1>{body}</article>"
    )
    (tmp_path / "page.html").write_text(page, "utf-8")
    assert main(["add-source", str(tmp_path / "page.html"), *COMMAND[2:], "--package", str(package)]) == 0
    first = Package(package).records("sentences")[0]
    assert (first["kind"], first["words"]) == ("headline", 9)
    assert main(["trace", str(ARTICLE), "--package", str(package)]) == 0


@pytest.mark.parametrize("data", [b"caf\xe9", b"", b" \n"])
def test_a_file_without_readable_text_is_refused(data, package, tmp_path, capsys):
    before = state(package)
    file = tmp_path / "text.txt"
    file.write_bytes(data)
    assert main(["add-source", str(file), *COMMAND[2:], "--package", str(package)]) == COULD_NOT_RUN
    assert re.search("not UTF-8|no text", capsys.readouterr().err)
    assert state(package) == before


def test_what_is_no_package_is_refused(tmp_path, capsys):
    assert main([*COMMAND, "--package", str(tmp_path)]) == COULD_NOT_RUN
    assert "cannot read" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_failure_at_any_step_leaves_the_package_as_it_was(package, monkeypatch):
    before = state(package)
    left = 0

    def wrap(function):
        def step(*args, **kwargs):
            nonlocal left
            left -= 1
            if left == -1:
                raise OSError(28, "No space left on device", "somewhere")
            return function(*args, **kwargs)

        return step

    for module, name in ((os, "replace"), (os, "rename"), (shutil, "copytree")):
        monkeypatch.setattr(module, name, wrap(getattr(module, name)))
    text = ARTICLE.read_text("utf-8")
    failures = 0
    for number in range(100):
        left = number
        try:
            add_source(package, SOURCE, text)
        except (OSError, shutil.Error):
            failures += 1
            assert state(package) == before
        else:
            break
    assert failures > 4
    assert ceasefire_talks.check(package).ok
