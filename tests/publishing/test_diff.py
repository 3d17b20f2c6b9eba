import contextlib
import csv
import io
import json
import operator
import random
import shutil
import subprocess
import zipfile
from functools import reduce
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.commands import COULD_NOT_RUN, main
from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.publishing.diff import source as places
from ceasefire_talks.publishing.diff.compare import compare
from ceasefire_talks.publishing.diff.data import as_data
from ceasefire_talks.publishing.diff.model import Kind
from ceasefire_talks.publishing.diff.page import as_page
from ceasefire_talks.publishing.diff.text import as_text
from packages import FICTIONAL

NAMES = ("resources", "schema", "fields", "name", "path", "type", "primaryKey", "missingValues", "constraints")
FIELDS = [{"name": name, "type": "string"} for name in ("a", "b", "c")]


def package(folder, rows, *, fields=FIELDS, key=("a",), **more):
    folder.mkdir(parents=True)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([[field["name"] for field in fields], *rows])
    (folder / "things.csv").write_text(text.getvalue(), "utf-8")
    schema = {"fields": fields, "primaryKey": list(key)}
    descriptor = {"name": "p", "version": "1.0.0", **more}
    descriptor["resources"] = [{"name": "things", "path": "things.csv", "schema": schema}]
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


@pytest.fixture
def pair(tmp_path):
    def make(old, new, **differently):
        sides = package(tmp_path / "old", old), package(tmp_path / "new", new, **differently)
        return compare(*map(str, sides))

    return make


def zipped(folder, path, prefix=""):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, prefix + file.relative_to(folder).as_posix())
    return path


def git(folder, *arguments):
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_rows_are_paired_by_key_and_cells_compared(pair):
    diff = pair([["1", "x", ""], ["2", "y", ""], ["3", "z", ""]], [["4", "w", "v"], ["3", "Z", ""], ["1", "x", ""]])
    (table,) = diff.tables
    assert [row.record for row in table.removed] == ["2"]
    assert [(row.record, row.cells) for row in table.added] == [("4", {"a": "4", "b": "w", "c": "v"})]
    assert [(row.record, row.cells) for row in table.changed] == [("3", {"b": ("z", "Z")})]
    assert not table.definitions


def test_a_composite_key_is_joined(tmp_path):
    old = package(tmp_path / "old", [["1", "x", "p"], ["1", "y", "q"]], key=("a", "b"))
    new = package(tmp_path / "new", [["1", "y", "r"], ["1", "x", "p"]], key=("a", "b"))
    (table,) = compare(str(old), str(new)).tables
    assert [(row.record, row.cells) for row in table.changed] == [("1/y", {"c": ("q", "r")})]
    assert not table.added
    assert not table.removed


def test_without_a_key_equal_rows_are_paired_as_often_as_they_occur(tmp_path):
    old = package(tmp_path / "old", [["1", "x", ""]] * 3, key=())
    new = package(tmp_path / "new", [["1", "x", ""], ["2", "", ""]], key=())
    (table,) = compare(str(old), str(new)).tables
    assert (len(table.removed), [row.cells for row in table.added]) == (2, [{"a": "2"}])


@pytest.mark.parametrize(
    ("fields", "rows", "kind", "column", "what"),
    [
        ([*FIELDS, {"name": "d", "type": "string"}], [["1", "x", "", "new"]], Kind.ADDED, "d", ""),
        (FIELDS[:2], [["1", "x"]], Kind.REMOVED, "c", ""),
        ([FIELDS[0], {"name": "b", "type": "date"}, FIELDS[2]], [["1", "x", ""]], Kind.RETYPED, "b", "type"),
        ([FIELDS[0], FIELDS[2], FIELDS[1]], [["1", "", "x"]], Kind.RETYPED, "", "fields"),
        ([FIELDS[0], FIELDS[1] | {"constraints": {"required": True}}, FIELDS[2]], [["1", "x", ""]],
         Kind.REDEFINED, "b", "constraints"),
        ([FIELDS[0], FIELDS[1] | {"title": "B"}, FIELDS[2]], [["1", "x", ""]], Kind.REWORDED, "b", "title"),
    ],
)  # fmt: skip
def test_a_definition_that_differs(fields, rows, kind, column, what, pair):
    (table,) = pair([["1", "x", ""]], rows, fields=fields).tables
    (change,) = table.definitions
    assert (change.kind, change.column, change.property) == (kind, column, what)
    assert not table.changed, "cells of columns that both have are the same"


def test_another_key_is_a_retyped_table(pair):
    (table,) = pair([["1", "x", ""]], [["1", "x", ""]], key=("b",)).tables
    assert [(d.kind, d.property) for d in table.definitions] == [(Kind.RETYPED, "primaryKey")]


def test_a_table_that_came_or_went_has_all_its_rows(tmp_path):
    old = package(tmp_path / "old", [["1", "x", ""]])
    new = package(tmp_path / "new", [["1", "x", ""]])
    descriptor = json.loads((new / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][0]["name"] = "objects"
    (new / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    came, went = compare(str(old), str(new)).tables
    assert (came.table, came.whole, len(came.added), len(came.removed)) == ("objects", Kind.ADDED, 1, 0)
    assert (went.table, went.whole, len(went.added), len(went.removed)) == ("things", Kind.REMOVED, 0, 1)


def test_the_version_alone_is_no_difference(pair):
    diff = pair([["1", "x", ""]], [["1", "x", ""]], version="1.0.1", created="2030-01-01")
    assert not diff
    assert diff.versions == ("1.0.0", "1.0.1")


def test_a_licence_is(pair):
    diff = pair([], [], licenses=[{"name": "CC0-1.0"}])
    assert [(change.property, change.kind) for change in diff.metadata] == [("licenses", Kind.REDEFINED)]


keyed_rows = st.dictionaries(
    st.text("xyz12,\"'\né ", min_size=1, max_size=3), st.tuples(st.text('ab\n,"', max_size=3), st.text("c", max_size=2))
)


@given(old=keyed_rows, new=keyed_rows, seed=st.randoms(use_true_random=False))
def test_the_difference_leads_from_old_to_new(old, new, seed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("law")
    sides = []
    for name, rows in (("old", old), ("new", new)):
        lines = [[key, *cells] for key, cells in rows.items()]
        seed.shuffle(lines)
        sides.append(str(package(folder / name, lines)))
    diff = compare(*sides)
    assert bool(diff) == (old != new)
    rows = dict(old)
    for table in diff.tables:
        for row in table.removed:
            del rows[row.record]
        for row in table.added:
            rows[row.record] = (row.cells.get("b", ""), row.cells.get("c", ""))
        for row in table.changed:
            was = dict(zip("bc", rows[row.record], strict=True))
            assert all(was[column] == before for column, (before, _) in row.cells.items())
            rows[row.record] = tuple({**was, **{c: now for c, (_, now) in row.cells.items()}}.values())
    assert rows == new


@pytest.fixture
def changed(tmp_path):
    """The fictional package as a repository with two commits: the second has another name for a place."""
    root = tmp_path / "repository" / "package"
    shutil.copytree(FICTIONAL, root)
    git(tmp_path / "repository", "init", "-q")
    for tag in ("v0.1.0", "v0.1.1"):
        git(root, "add", ".")
        git(root, "commit", "-q", "-m", tag)
        git(root, "tag", tag)
        path = root / "data" / "places.csv"
        path.write_bytes(path.read_bytes().replace(b",area,", b",region,"))
    return root


def test_folders_zips_wheels_and_revisions_give_the_same(changed, tmp_path):
    before = tmp_path / "before"
    shutil.copytree(FICTIONAL, before)
    olds = [
        str(before),
        str(before / "datapackage.json"),
        str(zipped(before, tmp_path / "b.zip")),
        str(zipped(before, tmp_path / "b.whl", "package_of_it/")),
        "v0.1.0",
        "HEAD~1",
    ]
    wanted = as_data(compare(str(before), str(changed)))["tables"]
    assert wanted["places"]["changed"]
    assert [as_data(compare(old, str(changed), changed))["tables"] for old in olds] == [wanted] * len(olds)
    assert as_data(compare("v0.1.0", "v0.1.1", changed))["tables"] == wanted


def test_nothing_is_checked_out(changed):
    before = {path: path.stat().st_mtime_ns for path in changed.rglob("*")}
    compare("v0.1.0", "v0.1.1", changed)
    assert {path: path.stat().st_mtime_ns for path in changed.rglob("*")} == before


@pytest.mark.parametrize("place", ["nowhere", "--help", "v9.9.9", "-h", ""])
def test_a_place_that_is_none(place, changed, monkeypatch):
    monkeypatch.chdir(changed)
    with pytest.raises(PackageError):
        compare(place or "nowhere/at/all", ".")


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/passwd", "https://example.org/a.csv", "x/../../s", "a\\b", ""])
@pytest.mark.parametrize("zip_it", [True, False])
def test_a_descriptor_cannot_have_other_files_read(path, zip_it, tmp_path):
    (tmp_path / "secret.csv").write_text("a,b,c\n1,secret,\n")
    evil = package(tmp_path / "evil", [])
    descriptor = (evil / "datapackage.json").read_text("utf-8")
    (evil / "datapackage.json").write_text(descriptor.replace("things.csv", path.replace("\\", "\\\\")), "utf-8")
    place = zipped(evil, tmp_path / "evil.zip") if zip_it else evil
    with pytest.raises(PackageError, match="the path"):
        compare(str(place), str(place))


def test_a_symbolic_link_leads_nowhere(tmp_path):
    (tmp_path / "secret.csv").write_text("a,b,c\n1,secret,\n")
    evil = package(tmp_path / "evil", [])
    (evil / "things.csv").unlink()
    (evil / "things.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(PackageError, match="leaves the package"):
        compare(str(evil), str(evil))


def test_a_file_that_expands_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "LARGEST_FILE", 10_000)
    bomb = package(tmp_path / "bomb", [["1", "x" * 20_000, ""]])
    for place in (bomb, zipped(bomb, tmp_path / "bomb.zip")):
        with pytest.raises(PackageError, match="more than the 10,000 that are read"):
            compare(str(place), str(place))


def test_an_archive_that_expands_without_end_is_refused(tmp_path, monkeypatch):
    path = zipped(package(tmp_path / "p", [["1", "x", ""]]), tmp_path / "p.zip")
    monkeypatch.setattr(places, "LARGEST_ARCHIVE", 100)
    with pytest.raises(PackageError, match="more than the 100 that are read"):
        compare(str(path), str(path))


def test_a_zip_that_lies_about_a_size_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "LARGEST_FILE", 10_000)
    bomb = package(tmp_path / "bomb", [["1", "x" * 20_000, ""]])
    path = zipped(bomb, tmp_path / "bomb.zip")
    size = (bomb / "things.csv").stat().st_size
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    with pytest.raises(PackageError):
        compare(str(path), str(path))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"PK\x03\x04" + data[:20],
        lambda data: data[:0],
        lambda data: data[:60] + b"\xff" * 40 + data[100:],
    ],
)
def test_a_damaged_archive_is_no_traceback(damage, tmp_path, capsys):
    path = zipped(package(tmp_path / "p", [["1", "x", ""]]), tmp_path / "p.zip")
    path.write_bytes(damage(path.read_bytes()))
    assert main(["diff", str(path), str(path)]) == COULD_NOT_RUN
    assert str(path) in capsys.readouterr().err


@pytest.mark.parametrize(
    "descriptor",
    [b"", b"[]", b"{", b'{"resources": 1}', b'{"resources": [1]}', b"\xff", b"[" * 100_000,
     b'{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{}]}}]}',
     b'{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": 3}}]}',
     b'{"resources": [{"name": 1, "path": "t.csv", "schema": {"fields": [{"name": "a"}]}}]}',
     b'{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": 1}]}}]}',
     b'{"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "a"}], "primaryKey": [{}]}}]}',
     b'{"resources": [{"name": "t", "path": "t.csv"}, {"name": "t", "path": "u.csv"}]}',
     json.dumps({"resources": [{"name": n, "path": "t.csv", "schema": {"fields": FIELDS}} for n in "tu"]}).encode()],
)  # fmt: skip
def test_a_damaged_descriptor_is_no_traceback(descriptor, tmp_path, capsys):
    (tmp_path / "datapackage.json").write_bytes(descriptor)
    assert main(["diff", str(tmp_path), str(tmp_path)]) == COULD_NOT_RUN
    assert "describes no package" in capsys.readouterr().err


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a,b,d\n1,2,3\n",
        b"a,b,c,c\n1,2,3,4\n",
        b"a,b,c\n1,2\n",
        b'a,b,c\n1,"2,3\n',
        b"a,b,c\n\xff,2,3\n",
        b"a,b,c\n1,2,3\n1,4,5\n",
        b"a,b,c\n1," + b"x" * 200_000,
    ],
)
def test_a_damaged_table_is_no_traceback(data, tmp_path, capsys):
    good, bad = package(tmp_path / "good", []), package(tmp_path / "bad", [])
    (bad / "things.csv").write_bytes(data)
    for sides in ((good, bad), (bad, good)):
        assert main(["diff", *map(str, sides)]) == COULD_NOT_RUN
        assert "run `check`" in (error := capsys.readouterr().err) or "`check` tells more" in error


def test_what_is_no_table_is_named(tmp_path):
    folder = package(tmp_path / "p", [])
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    descriptor["resources"].append({"name": "picture", "path": "picture.png"})
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    assert list(as_text(compare(str(folder), str(folder))))[1] == "not compared: picture is no table"


def test_missing_values_are_empty_cells(tmp_path):
    old, new = package(tmp_path / "old", [["1", "", ""]]), package(tmp_path / "new", [["1", "-", ""]])
    for folder in (old, new):
        text = (folder / "datapackage.json").read_text("utf-8")
        (folder / "datapackage.json").write_text(text.replace('"primaryKey"', '"missingValues": ["-"], "primaryKey"'))
    assert not compare(str(old), str(new))


def test_exit_codes_and_forms(tmp_path, capsys):
    old, new = package(tmp_path / "old", [["1", "x", ""]]), package(tmp_path / "new", [["1", "y", ""]])
    assert main(["diff", str(old), str(old)]) == 0
    assert "no difference" in capsys.readouterr().out
    assert main(["diff", str(old), str(new)]) == 1
    assert capsys.readouterr().out.splitlines()[1:] == ["things: 1 row changed", "  ~ 1", '      b: "x" -> "y"']
    assert main(["diff", str(old), str(new), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["tables"]["things"]["changed"] == [{"key": ["1"], "cells": {"b": ["x", "y"]}}]
    assert main(["diff", str(old), str(new), "--format", "html"]) == 1
    assert "<ins>y</ins>" in capsys.readouterr().out


def test_a_limit_shortens_and_says_so(pair):
    diff = pair([], [[str(n), "", ""] for n in range(5)])
    assert list(as_text(diff, 2))[1:] == ["things: 5 rows added", "  + 0", "  + 1", "  + and 3 more"]
    assert "Only the first 2 rows" in "".join(as_page(diff, 2))
    assert len(as_data(diff)["tables"]["things"]["added"]) == 5


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.open, self.seen = [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onerror", "onclick"}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


EVIL = "<script>alert(1)</script><img src=x onerror=y>\"'&\x1b[31m\u202e"


def test_markup_and_control_characters_are_shown_as_text(tmp_path):
    fields = [{"name": name, "type": "string"} for name in ("a", EVIL, "c")]
    old = package(tmp_path / "old", [[EVIL, "1", EVIL], ["gone", EVIL, ""]], fields=fields)
    new = package(
        tmp_path / "new", [[EVIL, "2", ""], [f"come{EVIL}", EVIL, ""]], fields=fields, title=EVIL, version=EVIL
    )
    diff = compare(str(old), str(new))
    page, text = "\n".join(as_page(diff)), "\n".join(as_text(diff))
    tags = Tags(page)
    assert not tags.open
    assert not {"script", "img", "link"} & tags.seen
    assert "&lt;script&gt;alert(1)" in page
    for shown in (page, text):
        assert not {"\x1b", "\u202e"} & set(shown)


def test_random_bytes_in_place_of_an_archive_are_no_traceback(tmp_path):
    generator = random.Random(7)
    good = zipped(package(tmp_path / "p", [[str(n), "x", ""] for n in range(50)]), tmp_path / "p.zip").read_bytes()
    path = tmp_path / "q.zip"
    for _ in range(300):
        data = bytearray(good)
        for _ in range(generator.randint(1, 8)):
            data[generator.randrange(len(data))] = generator.randrange(256)
        path.write_bytes(data)
        with contextlib.suppress(PackageError):
            compare(str(path), str(path))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "a", "things.csv", "name", "../x", "string"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=6,
)


def paths_in(value, path=()):
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in inner:
        yield from paths_in(child, (*path, step))


@given(data=st.data(), value=json_values)
def test_anything_in_a_descriptor_is_no_traceback(data, value, tmp_path_factory):
    folder = package(tmp_path_factory.mktemp("any") / "p", [["1", "x", ""]])
    other = package(folder.parent / "other", [["1", "y", ""]])
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    *above, last = data.draw(st.sampled_from([path for path in paths_in(descriptor) if path]))
    reduce(operator.getitem, above, descriptor)[last] = value
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    with contextlib.suppress(PackageError):
        diff = compare(str(folder), str(other))
        assert "".join([*as_text(diff), *as_page(diff), json.dumps(as_data(diff))])


@pytest.mark.parametrize("archived", [False, True])
def test_progress_counts_the_bytes_of_both_sides(archived, tmp_path, bars):
    folder = package(tmp_path / "p", [["1", "x" * 100_000, ""]])
    compare(str(folder), str(zipped(folder, tmp_path / "p.zip") if archived else folder))
    size = 2 * (folder / "things.csv").stat().st_size
    assert [(bar.label, bar.done, bar.total) for bar in bars] == [("Comparing", size, size)]
