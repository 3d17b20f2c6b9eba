import json
import subprocess

import pytest

from ceasefire_talks.commands import COULD_NOT_RUN, main
from ceasefire_talks.publishing.release_check import CODES, Level, check_release, disagreements, last_tag, lowest
from packages import FICTIONAL, copy_of, refresh

WITHDRAWAL = "ch-0003,{},,Withdrawn row,,It told of nothing.,{}\n"


def edit(root, table, change):
    path = root / "data" / f"{table}.csv"
    path.write_bytes(change(path.read_text("utf-8")).encode("utf-8"))
    refresh(root)


def release(root, version=None, **properties):
    path = root / "datapackage.json"
    descriptor = (
        json.loads(path.read_text("utf-8")) | ({"version": version} if version is not None else {}) | properties
    )
    path.write_text(json.dumps(descriptor), "utf-8")
    return root


def explain(root, *rows):
    edit(root, "changes", lambda text: text + "".join(rows))


@pytest.fixture
def last(tmp_path):
    return release(copy_of(FICTIONAL, tmp_path / "last"), "1.4.2")


@pytest.fixture
def new(tmp_path):
    return release(copy_of(FICTIONAL, tmp_path / "new"), "1.4.2")


@pytest.fixture
def codes(last, new):
    def check():
        return [problem.code for problem in check_release(new, str(last)).problems]

    return check


def correct(root):
    edit(root, "figures", lambda text: text.replace("at least 12 miles,,false", "at least 12 miles,,true"))


def without(text, record):
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(f"{record},"))


def test_the_same_again_is_fine(codes, new):
    assert codes() == []
    release(new, "1.4.3")
    assert codes() == []


def test_a_lower_version_is_not(codes, new):
    release(new, "1.4.1")
    assert codes() == ["V01"]


def test_a_corrected_value_needs_a_reason_and_a_patch(codes, new):
    correct(new)
    assert codes() == ["V01", "V04"]
    release(new, "1.4.3")
    assert codes() == ["V04"]
    explain(new, "ch-0003,fi-002,cumulative,false,true,Misread.,1.4.3\n")
    assert codes() == []


@pytest.mark.parametrize(
    "row",
    [
        "ch-0003,fi-001,cumulative,false,true,Misread.,1.4.3\n",
        "ch-0003,fi-002,low,false,true,Misread.,1.4.3\n",
        "ch-0003,fi-002,cumulative,,true,Misread.,1.4.3\n",
        "ch-0003,fi-002,cumulative,false,,Misread.,1.4.3\n",
        "ch-0003,fi-002,cumulative,false,true,Misread.,1.4.2\n",
    ],
)
def test_a_reason_for_something_else_is_none(row, codes, new):
    correct(new)
    release(new, "1.4.3")
    explain(new, row)
    assert codes() == ["V04", "V05"]


def test_the_reason_may_name_the_table(codes, new):
    correct(new)
    release(new, "1.4.3")
    explain(new, "ch-0003,figures/fi-002,cumulative,false,true,Misread.,1.4.3\n")
    assert codes() == []


def test_added_rows_need_a_minor_version(codes, new):
    edit(new, "places", lambda text: text + "wenn,Wenn,city,caldria,,,,,,meridian-20310314-p03-s1,\n")
    for version, found in (("1.4.2", ["V01"]), ("1.4.3", ["V01"]), ("1.5.0", []), ("2.0.0", [])):
        release(new, version)
        assert codes() == found, version


def test_a_row_may_not_vanish_but_be_withdrawn(codes, new):
    edit(new, "relations", lambda text: without(text, "re-001"))
    release(new, "1.5.0")
    assert codes() == ["V02"]
    explain(new, WITHDRAWAL.format("re-001", "1.5.0"))
    assert codes() == []


def test_a_row_with_a_composite_key_neither(codes, new):
    key = "/".join((new / "data" / "participants.csv").read_text("utf-8").splitlines()[1].split(",")[:3])
    edit(new, "participants", lambda text: without(text, key.replace("/", ",")))
    release(new, "1.5.0")
    assert codes() == ["V02"]
    explain(new, WITHDRAWAL.format(key, "1.5.0"))
    assert codes() == []


def test_a_withdrawn_id_is_not_used_again(codes, new):
    edit(new, "events", lambda text: text + text.splitlines(keepends=True)[-1].replace("ev-009", "ev-010", 1))
    assert "ev-010" in (new / "data" / "events.csv").read_text("utf-8")
    release(new, "1.5.0")
    assert codes() == ["V03"]


def test_the_ledger_is_only_continued(codes, new):
    edit(new, "changes", lambda text: text.replace("Misread.", "Never mind."))
    release(new, "1.4.3")
    assert codes() == ["V06"]
    edit(new, "changes", lambda text: without(text, "ch-0001"))
    assert codes() == ["V06"]


@pytest.mark.parametrize(
    ("property_", "value", "level"),
    [("type", "integer", Level.MAJOR), ("format", "uri", Level.MAJOR), ("constraints", {}, Level.MINOR),
     ("description", "Other words.", Level.PATCH)],
)  # fmt: skip
def test_a_definition_that_differs_raises_its_part(property_, value, level, last, new):
    descriptor = json.loads((new / "datapackage.json").read_text("utf-8"))
    field = next(r for r in descriptor["resources"] if r["name"] == "figures")["schema"]["fields"][0]
    field[property_] = value
    release(new, "1.4.2", resources=descriptor["resources"])
    report = check_release(new, str(last))
    assert report.level is level
    assert [problem.code for problem in report.problems] == ["V01"]
    assert f"figure_id {property_}" in report.cause


def test_a_removed_table_is_major_and_its_rows_are_withdrawn(codes, new):
    descriptor = json.loads((new / "datapackage.json").read_text("utf-8"))
    release(new, "1.5.0", resources=[r for r in descriptor["resources"] if r["name"] != "relations"])
    assert set(codes()) == {"V01", "V02"}
    release(new, "2.0.0")
    assert set(codes()) == {"V02"}


@pytest.mark.parametrize(
    ("last_version", "level", "expected"),
    [((1, 4, 2), Level.MAJOR, (2, 0, 0)), ((1, 4, 2), Level.MINOR, (1, 5, 0)), ((1, 4, 2), Level.PATCH, (1, 4, 3)),
     ((1, 4, 2), Level.NONE, (1, 4, 2)), ((0, 4, 2), Level.MAJOR, (0, 5, 0)), ((0, 4, 2), Level.PATCH, (0, 4, 3))],
)  # fmt: skip
def test_the_lowest_version_that_may_follow(last_version, level, expected):
    assert lowest(last_version, level) == expected


def git(folder, *arguments):
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_the_last_release_is_the_highest_tag_that_is_an_ancestor(new, capsys):
    git(new, "init", "-q")
    assert main(["release", "check", str(new)]) == 0
    assert "no earlier release" in capsys.readouterr().out
    git(new, "add", ".")
    git(new, "commit", "-q", "-m", "release")
    for tag in ("v1.4.2", "v1.10.0-rc1", "v1.3.9", "vendor", "v2"):
        git(new, "tag", tag)
    git(new, "checkout", "-q", "--orphan", "elsewhere")
    git(new, "commit", "-q", "-m", "other", "--allow-empty")
    git(new, "tag", "v9.0.0")
    git(new, "checkout", "-q", "v1.4.2")
    assert last_tag(new) == "v1.4.2"
    correct(new)
    assert main(["release", "check", str(new)]) == 1
    shown = capsys.readouterr().out
    assert "since v1.4.2 (1.4.2): patch (figures: fi-002 corrected)" in shown
    assert "data/figures.csv V04 unexplained-change fi-002.cumulative" in shown


@pytest.mark.parametrize("version", ["1.4", "v1.4.2", "01.4.2", "", "1.4.2-rc1"])
def test_a_version_that_cannot_be_ordered(version, last, new, capsys):
    release(new, version)
    assert main(["release", "check", str(new), "--against", str(last)]) == COULD_NOT_RUN
    assert "X.Y.Z" in capsys.readouterr().err


@pytest.fixture
def repeating(checkout, tmp_path):
    names = ("src/ceasefire_talks/schema/package.json", "datapackage.json", "CITATION.cff", "CHANGELOG.md")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((checkout / name).read_bytes())
    return tmp_path


def test_the_files_of_this_checkout_agree(checkout):
    assert [str(problem) for problem in disagreements(checkout)] == []


@pytest.mark.parametrize("name", ["datapackage.json", "CITATION.cff", "CHANGELOG.md"])
def test_a_file_that_names_another_version_is_found(name, repeating, bundled):
    path = repeating / name
    path.write_text(path.read_text("utf-8").replace(bundled.descriptor["version"], "9.9.9"), "utf-8")
    assert [problem.file for problem in disagreements(repeating)] == [name]


def test_every_code_is_documented(checkout):
    page = (checkout / "docs" / "versions.md").read_text("utf-8")
    assert all(f"| {code.code} | {code.title}" in page for code in CODES)
