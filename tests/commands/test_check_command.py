import io
import json
import subprocess
import sys

import pytest

import ceasefire_talks as ct
from ceasefire_talks.commands import main
from ceasefire_talks.package import progress
from ceasefire_talks.validation.run import check_package
from packages import FICTIONAL, RULES, copy_of, refresh


def test_a_valid_package_exits_0(capsys):
    assert main(["check", str(FICTIONAL)]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1] == "varona-talks: valid"
    assert "sentences accounted for: 12 of 12 (100%)" in out


def test_problems_exit_1_and_are_printed(capsys, tmp_path):
    folder = copy_of(FICTIONAL, tmp_path / "p", RULES / "C03-enum")
    assert main(["check", str(folder)]) == 1
    assert "data/evidence.csv:4:12 C03 enum ed-0003.support" in capsys.readouterr().out


def test_what_is_no_package_exits_2(capsys, tmp_path):
    assert main(["check", str(tmp_path)]) == 2
    assert "datapackage.json" in capsys.readouterr().err


def test_json(capsys, tmp_path):
    folder = copy_of(FICTIONAL, tmp_path / "p", RULES / "C03-enum")
    assert main(["check", str(folder), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [problem["code"] for problem in report["problems"]] == ["C03"]


def test_annotations_name_files_from_the_folder_of_the_workflow(capsys, tmp_path, monkeypatch):
    copy_of(FICTIONAL, tmp_path / "packages" / "a", RULES / "C03-enum")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert main(["check", str(tmp_path / "packages" / "a" / "datapackage.json"), "--format", "github"]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("::error file=packages/a/data/evidence.csv,line=4,col=12,title=C03 enum::ed-0003.support: ")


def test_a_limit_is_told_in_json(capsys, tmp_path):
    folder = copy_of(FICTIONAL, tmp_path / "p", RULES / "C03-enum", stale=True)
    main(["check", str(folder), "--format", "json", "--limit", "1"])
    report = json.loads(capsys.readouterr().out)
    assert (len(report["problems"]), report["limit"]) == (1, 1)
    assert report["count"] > 1


def test_a_code_is_explained_and_nothing_is_checked(capsys):
    assert main(["check", "no/such/package", "--explain", "k01"]) == 0
    assert capsys.readouterr().out.startswith("K01 foreign-key: A cell points to a row that there is not.\nwhy: ")
    assert main(["check", "--explain", "K99"]) == 2
    assert "no code 'K99'" in capsys.readouterr().err


def test_the_engine_and_what_may_be_fetched_reach_the_check(monkeypatch, capsys):
    asked = {}
    monkeypatch.setattr(ct, "check", lambda package, **options: asked.update(options) or check_package(package))
    assert main(["check", str(FICTIONAL), "--engine", "polars", "--master", "local[1]", "--allow-remote"]) == 0
    assert asked == {"engine": "polars", "master": "local[1]", "allow_remote": True, "schemas": {}}
    assert main(["check", str(FICTIONAL)]) == 0
    assert asked == {"engine": "auto", "master": None, "allow_remote": False, "schemas": {}}
    capsys.readouterr()


def test_local_copies_stand_in_for_schemas_at_an_address(tmp_path, capsys):
    addresses = ["https://example.org/a.json", "https://example.org/?schema=b"]
    options = []
    for address, name in zip(addresses, "ab", strict=True):
        (tmp_path / f"{name}.csv").write_bytes(b"id\nx\n")
        schema = {"fields": [{"name": "id", "type": "integer"}]}
        (tmp_path / f"{name}.json").write_text(json.dumps(schema), "utf-8")
        options += ["--schema", f"{address}={tmp_path / name}.json"]
    tables = [{"name": n, "path": f"{n}.csv", "schema": a} for n, a in zip("ab", addresses, strict=True)]
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "p", "resources": tables}), "utf-8")
    assert main(["check", str(tmp_path), *options]) == 1
    out = capsys.readouterr().out
    assert [line.split()[0] for line in out.splitlines() if " C01 type" in line] == ["a.csv:2:1", "b.csv:2:1"]
    assert "not checked" not in out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("https://example.org/a.json", "is not URL=PATH"),
        ("a.json=b.json", "is not URL=PATH"),
        ("=b.json", "is not URL=PATH"),
        ("https://example.org/a.json=no/such.json", "there is no file 'no/such.json' to stand for https://example.org"),
        ("https://example.org/a.json=", "there is no file '' to stand for https://example.org/a.json"),
    ],
)
def test_what_is_no_local_copy_is_refused(text, message, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["check", str(FICTIONAL), "--schema", text])
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_the_engines_say_the_same(engine, tmp_path, capsys):
    folder = copy_of(FICTIONAL, tmp_path / "p", RULES / "C03-enum")
    assert main(["check", str(folder), "--engine", engine]) == 1
    assert "data/evidence.csv:4:12 C03 enum ed-0003.support" in capsys.readouterr().out


def test_how_far_a_long_check_is_stands_on_the_terminal(monkeypatch):
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(progress, "AFTER_SECONDS", 0.0)
    monkeypatch.setattr(progress, "_EVERY_SECONDS", 0.001)
    assert main(["check", str(FICTIONAL)]) == 0
    assert "Checking [" in terminal.getvalue()


def test_a_negative_limit_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["check", str(FICTIONAL), "--limit", "-1"])
    assert "--limit" in capsys.readouterr().err


@pytest.fixture
def with_mark(tmp_path):
    folder = copy_of(FICTIONAL, tmp_path / "p")
    path = folder / "data" / "relations.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    refresh(folder)
    return folder, path


def test_a_fix_is_shown_and_not_made_without_consent(capsys, with_mark):
    folder, path = with_mark
    before = path.read_bytes()
    assert main(["check", str(folder), "--fix"]) == 1
    out = capsys.readouterr().out
    assert "data/relations.csv: byte-order mark removed" in out
    assert "-\\ufeffrelation_id" in out
    assert "nothing was written; --yes writes it" in out
    assert path.read_bytes() == before


def test_a_fix_with_consent_is_made_and_checked(capsys, with_mark):
    folder, path = with_mark
    assert main(["check", str(folder), "--fix", "--yes"]) == 0
    assert "files written: 2" in capsys.readouterr().out
    assert path.read_bytes() == (FICTIONAL / "data" / "relations.csv").read_bytes()
    assert main(["check", str(folder), "--fix", "--yes"]) == 0
    assert "nothing that could be mended safely" in capsys.readouterr().out


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("n\n", 1), ("", 1)])
def test_a_terminal_is_asked(capsys, monkeypatch, with_mark, answer, status):
    terminal = io.StringIO(answer)
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stdin", terminal)
    assert main(["check", str(with_mark[0]), "--fix"]) == status
    assert "Files to write: 2. Write? [y/N] " in capsys.readouterr().err


def test_a_fix_leaves_the_json_alone(capsys, with_mark):
    assert main(["check", str(with_mark[0]), "--fix", "--yes", "--format", "json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["ok"]
    assert "byte-order mark removed" in captured.err


def test_the_bundled_data_are_not_fixed_by_chance(capsys):
    assert main(["check", "--fix", "--yes"]) == 2
    assert "name its folder" in capsys.readouterr().err


@pytest.mark.parametrize("library", ["pandera", "narwhals", "re2"])
def test_without_the_extra_it_says_what_to_install(library):
    program = f"import sys; sys.modules[{library!r}] = None; from ceasefire_talks.commands import main"
    program += "; sys.exit(main(['check']))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.strip().endswith("run: pip install 'ceasefire-talks[check]'")
    assert library in done.stderr
    assert "Traceback" not in done.stderr


def test_the_schemas_of_the_face_say_so_too():
    program = "import sys; sys.modules['pandera'] = None; import ceasefire_talks as ct; ct.schemas"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "MissingExtraError" in done.stderr
    assert "pip install 'ceasefire-talks[check]'" in done.stderr
