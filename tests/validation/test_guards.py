"""Each guard against untrusted packages stops its attack; and with the guard taken away, the same attack succeeds.

The second half keeps the first honest: an attack that would fail by itself proves nothing.
"""

import csv
import gzip
import json
import socket
from functools import partial

import pytest
import yaml

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.schema import patterns
from ceasefire_talks.validation import bytestreams, documents, problem, resources, rows, safe_yaml
from ceasefire_talks.validation.render import annotations
from ceasefire_talks.validation.render.annotations import as_annotations
from ceasefire_talks.validation.render.text import as_text
from ceasefire_talks.validation.run import check_package

FIELDS = [{"name": "id"}, {"name": "name"}]
SECRET = b"id,name\nroot,secret\n"

guarded = pytest.mark.parametrize("guarded", [True, False], ids=["with the guard", "without it"])
engines = pytest.mark.parametrize("engine", ["pandas", "polars"])


@pytest.fixture
def package(tmp_path):
    """Write a package of one table, with a secret beside its folder; returns the folder."""
    folder = tmp_path / "package"
    folder.mkdir()
    (tmp_path / "secret.csv").write_bytes(SECRET)
    (tmp_path / "secret.json").write_text(json.dumps({"fields": [{"name": "secret"}]}))

    def write(data=b"id,name\na,Ada\n", fields=FIELDS, **resource):
        path = folder / "people.csv"
        path.write_bytes(data)
        table = {"name": "people", "path": path.name, "schema": {"fields": fields}, **resource}
        (folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [table]}))
        return folder

    return write


def codes(report):
    return [found.code for found in report.problems]


@guarded
@engines
@pytest.mark.parametrize("path", ["../secret.csv", "link.csv", "folder/secret.csv", "ABSOLUTE"])
def test_no_file_outside_of_the_package_is_read(package, tmp_path, monkeypatch, path, engine, guarded):
    folder = package(path=path.replace("ABSOLUTE", str(tmp_path / "secret.csv")))
    (folder / "link.csv").symlink_to("../secret.csv")
    (folder / "folder").symlink_to("..")
    if not guarded:
        monkeypatch.setattr(resources, "path_fault_in", lambda *_: None)
    report = check_package(folder, engine=engine)
    assert codes(report) == (["D03"] if guarded else [])
    assert report.tables[0].rows == (None if guarded else 1)


@guarded
@pytest.mark.parametrize("name", ["schema", "dialect"])
@pytest.mark.parametrize("path", ["../secret.json", "link.json"])
def test_no_schema_outside_of_the_package_is_read(package, monkeypatch, name, path, guarded):
    folder = package(**{name: path})
    (folder / "link.json").symlink_to("../secret.json")
    if not guarded:
        monkeypatch.setattr(resources, "path_fault_in", lambda *_: None)
    report = check_package(folder)
    assert ("D03" in codes(report)) == guarded


@pytest.fixture
def asked(monkeypatch):
    """The hosts that anything has asked for; nobody answers."""
    hosts = []

    def refuse(host, *_, **__):
        hosts.append(host)
        raise OSError(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: refuse(address))
    return hosts


@pytest.mark.parametrize("allowed", [False, True])
@pytest.mark.parametrize("name", ["schema", "dialect"])
def test_nothing_is_fetched_unless_it_is_allowed(package, asked, name, allowed):
    folder = package(**{name: "https://schemas.example/people.json"})
    report = check_package(folder, allow_remote=allowed)
    assert asked == (["schemas.example"] if allowed else [])
    assert not report.ok or report.unchecked


@pytest.mark.parametrize(
    "remote",
    [
        {"path": "https://data.example/people.csv"},
        {"path": ["people.csv", "https://data.example/people.csv"]},
        {"profile": "https://data.example/profile.json", "$schema": "https://data.example/profile.json"},
        {"licenses": [{"path": "https://data.example/licence"}], "homepage": "https://data.example"},
    ],
)
def test_data_and_profiles_are_never_fetched(package, asked, remote):
    check_package(package(**remote), allow_remote=True)
    assert asked == []


@guarded
@engines
def test_a_file_that_expands_without_end_is_given_up(package, monkeypatch, engine, guarded):
    monkeypatch.setattr(bytestreams, "RATIO_FREE", 1 << 16)
    if not guarded:
        monkeypatch.setattr(bytestreams, "RATIO_LIMIT", 1 << 30)
    folder = package(path="people.csv.gz")
    (folder / "people.csv.gz").write_bytes(gzip.compress(b"id,name\n" + b"a,A\n" * 200_000))
    report = check_package(folder, engine=engine)
    assert ("F17" in codes(report)) == guarded


@guarded
def test_there_is_an_end_for_every_file_that_expands(package, monkeypatch, guarded):
    monkeypatch.setattr(bytestreams, "EXPANDED_LIMIT", 1_000 if guarded else 1 << 36)
    folder = package(path="people.csv.gz")
    (folder / "people.csv.gz").write_bytes(gzip.compress(b"id,name\n" + b"a,A\n" * 1_000))
    assert ("F17" in codes(check_package(folder))) == guarded


@guarded
def test_a_pattern_has_a_length(package, monkeypatch, guarded):
    patterns.matcher.cache_clear()
    monkeypatch.setattr(patterns, "LONGEST", 10_000 if guarded else 1 << 20)
    pattern = {"pattern": "|".join(["Ada", "Bob"] * 2_000)}
    report = check_package(package(fields=[FIELDS[0], {"name": "name", "constraints": pattern}]))
    assert bool(report.unchecked or report.delegated or codes(report)) == guarded


@guarded
def test_a_pattern_takes_no_more_memory_than_it_may(monkeypatch, guarded):
    patterns.matcher.cache_clear()
    monkeypatch.setattr(patterns, "MEMORY", patterns.MEMORY if guarded else 1 << 33)
    heavy = r"\pL{900}"
    if guarded:
        with pytest.raises(patterns.PatternError):
            patterns.matcher(heavy)
    else:
        assert not patterns.matcher(heavy)("a")
    patterns.matcher.cache_clear()


@guarded
def test_a_cell_has_a_length(package, monkeypatch, request, guarded):
    if not guarded:
        monkeypatch.setattr(rows, "CELL_LIMIT", 1 << 20)
        request.addfinalizer(partial(csv.field_size_limit, csv.field_size_limit(1 << 20)))
    report = check_package(package(b"id,name\na," + b"x" * 200_000 + b"\n"))
    assert codes(report) == (["F15"] if guarded else [])


def in_yaml(folder, text):
    (folder / "datapackage.json").unlink()
    (folder / "datapackage.yaml").write_text(text)
    return check_package(folder)


@guarded
def test_yaml_makes_no_objects(package, tmp_path, monkeypatch, guarded):
    if not guarded:
        monkeypatch.setattr(safe_yaml, "_Loader", yaml.UnsafeLoader)
    made = tmp_path / "made"
    report = in_yaml(package(), f"name: !!python/object/apply:os.mkdir ['{made}']\nresources: []\n")
    assert made.exists() != guarded
    assert "D01" in codes(report) or not guarded


@guarded
def test_yaml_does_not_multiply(package, monkeypatch, guarded):
    monkeypatch.setattr(documents, "YAML_VALUES", 10_000 if guarded else 1 << 40)
    doubled = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 16))
    table = "{name: p, path: people.csv, schema: {fields: [{name: id}]}}"
    report = in_yaml(package(), f"a0: &a0 [x]\n{doubled}resources: [{table}]\n")
    assert ("D01" in codes(report)) == guarded


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, '{"n": ' + "9" * 10_000 + "}", '{"n": 1e999999}'])
def test_json_that_is_too_deep_or_too_large_is_one_problem(package, text):
    folder = package()
    (folder / "datapackage.json").write_text(text)
    report = check_package(folder)
    assert not report.ok
    assert str(report)


HOSTILE = "\x1b]0;owned\x07\x9b2J\u202e\n::error::x"


def hostile(package):
    fields = [{"name": "id", "constraints": {"enum": ["a"]}}, {"name": "name" + HOSTILE}]
    folder = package(b'id,name\n"' + HOSTILE.encode() + b'",x\n', fields=fields, name="people" + HOSTILE)
    (folder / HOSTILE.replace("/", "")).write_bytes(b"")
    return check_package(folder)


@guarded
def test_no_text_of_a_package_reaches_the_terminal_as_a_command(package, monkeypatch, guarded):
    if not guarded:
        monkeypatch.setattr(problem, "neutral", str)
    shown = "\n".join(as_text(hostile(package)))
    assert bool({"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)) != guarded


@guarded
def test_no_text_of_a_package_is_a_command_to_the_runner(package, monkeypatch, guarded):
    if not guarded:
        monkeypatch.setattr(annotations, "_escaped", lambda text, **_: text)
    lines = "\n".join(as_annotations(hostile(package))).split("\n")
    ours = ("::error file=", "::notice title=", "::warning title=")
    assert all(line.startswith(ours) for line in lines) == guarded


def test_a_package_brings_no_code(package, tmp_path):
    folder = package(path="people.parquet", format="parquet")
    for name in ("frictionless", "pandas", "json", "sitecustomize"):
        (folder / f"{name}.py").write_text(f"open({str(tmp_path / 'made')!r}, 'w')")
    (folder / "people.parquet").write_bytes(b"PAR1")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            check_package(folder)
    except PackageError:
        pass
    assert not (tmp_path / "made").exists()
