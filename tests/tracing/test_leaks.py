"""The search for source text, on fictional articles; on the real one where its text and the reference tool are."""

import bz2
import csv
import gzip
import io
import json
import lzma
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import webpages as w
from ceasefire_talks.commands import COULD_NOT_RUN, main
from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.tracing.leaks import Leak, LeakReport, files, find_leaks
from ceasefire_talks.tracing.leaks.source import Source

TEXT = "\n".join([w.FERRY.headline, w.FERRY.dateline, *w.FERRY.paragraphs])
SENTENCE = w.FERRY.paragraphs[5]  # 18 words
RUN = "crossings stopped for 36 hours after a driver"  # 8 of them
RESTATED = "In November, boats paused 36 hours after a driver collapsed while steering near Gannet Point."
CLEAN = "The dispute about crossings at night goes on; a driver had fainted in November."


def found(name, content, folder):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [(leak.kind, leak.line) for leak in find_leaks([TEXT], [path]).leaks]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", f"x\n\n.. {RUN} .."),
        ("a.md", "x\n\n*Crossings stopped* for\n**36 hours**,\n> after a driver"),
        ("a.py", f"x\n\n# {RUN.upper()}"),
        ("a.json", '{\n\n"a": "' + RUN.replace(" ", "\\n") + '"}'),
        ("a.js", "x\n\n" + RUN.replace("stopped", "\\u0073topped")),
        ("a.html", "x\n\n" + RUN.replace("stopped", "<b\nclass=x>stopped</b>")),
        ("a.xml", "x\n\n" + RUN.replace("stopped", "&#115;topped")),
        ("a.txt", "x\n\n" + RUN.replace("stopped", "stop\u00adped").replace(" for", "\u200b\u00a0for")),
        ("a.txt", f"x\n\n{RUN}".encode("utf-16")),
        ("a.txt", b"\xff\xfe\xff\nx\n" + RUN.encode()),
        ("a.bin", b"\0\n\n" + RUN.encode()),
        ("a.csv", f'id,text\n1,"two\nlines, {RUN}"'),
    ],
    ids=range(12),
)
def test_eight_words_in_a_row(name, content, tmp_path):
    assert ("verbatim", 3) in found(name, content, tmp_path)


@pytest.mark.parametrize(
    "edit", [("stopped ", ""), ("stopped", "halted"), ("stopped for", "for stopped"), ("36", "63")]
)
def test_seven_words_in_a_row_are_a_quotation(edit, tmp_path):
    assert found("a.txt", RUN.replace(*edit), tmp_path) == []


def test_a_run_is_one_place_as_long_as_it_is(tmp_path):
    (tmp_path / "a.txt").write_text(f"x {SENTENCE} x {RUN} x")
    leaks = find_leaks([TEXT], [tmp_path]).leaks
    assert [(leak.kind, leak.words) for leak in leaks] == [("restatement", 17), ("verbatim", 17)]
    assert leaks[1].note == "in november crossings stopped for …"
    assert all(len(leak.note.split()) <= 6 for leak in leaks)


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.tsv", "a.html"])
def test_a_restatement_in_a_line_or_a_cell(name, tmp_path):
    restated = f'"{RESTATED}"' if name == "a.csv" else RESTATED
    assert found(name, f"x\n{restated}\n", tmp_path) == [("restatement", 2)]
    assert found(name, f"x\n{CLEAN}\n", tmp_path) == []


def test_the_share_of_a_restatement(tmp_path):
    words = SENTENCE.split()
    for kept in range(len(words) + 1):
        text = " ".join(word if i < kept else "other" for i, word in enumerate(words))
        kinds = [kind for kind, _ in found("a.txt", text, tmp_path)]
        assert ("restatement" in kinds) == (kept >= 0.6 * len(words)), kept


def test_the_order_of_the_words_counts(tmp_path):
    assert found("a.txt", " ".join(reversed(SENTENCE.split())), tmp_path) == []


@pytest.mark.parametrize("size", [1, 200_000], ids=["table", "a cell too large for the reader"])
def test_a_record_of_a_table_is_found_by_its_first_line(size, tmp_path):
    rows = io.StringIO()
    csv.writer(rows).writerows([["id", "note"], ["1", "two\nlines"], ["2", RESTATED], ["3", "x" * size]])
    assert found("a.csv", rows.getvalue(), tmp_path) == [("restatement", 4)]


def test_a_sentence_spread_over_several_cells_is_no_restatement(tmp_path):
    assert found("a.csv", ",".join(f"{word} x" for word in RESTATED.replace(",", "").split()), tmp_path) == []


def test_a_long_line_is_searched_in_parts(tmp_path):
    noise = "Some boats in the harbour wait for a deal that both sides of the board want. " * 400
    assert found("a.json", noise, tmp_path) == []
    assert found("a.json", f"{noise} {RESTATED} {noise}", tmp_path) == [("restatement", 1)]


def test_the_headline_may_be_published(tmp_path):
    assert found("a.txt", w.FERRY.headline, tmp_path) == []
    assert find_leaks([f"{w.FERRY.headline}\nA caption\n{w.FERRY.headline}"], [tmp_path]).ok, (
        "repeated, it is exempt too"
    )
    assert find_leaks([w.FERRY.paragraphs[5]], [tmp_path]).ok
    (tmp_path / "b.txt").write_text(SENTENCE)
    assert not find_leaks([SENTENCE], [tmp_path]).ok, "a text of one line has no headline"


def test_several_texts(tmp_path):
    (tmp_path / "a.txt").write_text(w.ORCHARD.paragraphs[0])
    orchard = "\n".join([w.ORCHARD.headline, *w.ORCHARD.paragraphs])
    assert find_leaks([TEXT], [tmp_path]).ok
    assert not find_leaks([TEXT, orchard], [tmp_path]).ok


def common(one, other):
    """The longest common subsequence, as in the textbook."""
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            table[i + 1][j + 1] = table[i][j] + 1 if a == b else max(table[i][j + 1], table[i + 1][j])
    return table[-1][-1]


WORDS = st.lists(st.sampled_from([f"word{i}" for i in range(12)]), min_size=8, max_size=14)


@given(st.lists(WORDS, min_size=1, max_size=4), WORDS)
def test_a_restatement_is_what_the_textbook_says(sentences, words):
    source = Source(["headline\n" + "\n".join(map(" ".join, sentences))])
    shares = [common(one, words) / len(one) for one in sentences]
    same = [len({*one} & {*words}) / len({*one}) for one in sentences]
    expected = max(share if share >= 0.6 and known >= 0.6 else 0 for share, known in zip(shares, same, strict=True))
    assert source.restated(source.numbers(words))[1] == expected


def zipped(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred(mode, **members):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("a.whl", zipped(m=RUN.encode()), "a.whl!m:1"),
        ("a.tar.gz", tarred("w:gz", m=RUN.encode()), "a.tar.gz!m:1"),
        ("a.tar", tarred("w", m=RUN.encode()), "a.tar!m:1"),
        ("a.tbz", tarred("w:bz2", m=RUN.encode()), "a.tbz!m:1"),
        ("a.txz", tarred("w:xz", m=RUN.encode()), "a.txz!m:1"),
        ("a.gz", gzip.compress(RUN.encode()), "a.gz:1"),
        ("a.bz2", bz2.compress(RUN.encode()), "a.bz2:1"),
        ("a.xz", lzma.compress(RUN.encode()), "a.xz:1"),
        ("a.zip", zipped(x=b"x", n=tarred("w:gz", m=RUN.encode())), "a.zip!n!m:1"),
        ("a.docx", zipped(m=f"<w:t>{RUN}</w:t>".replace(" ", "</w:t><w:t>").encode()), "a.docx!m:1"),
    ],
)
def test_archives_are_opened(name, data, place, tmp_path):
    (tmp_path / name).write_bytes(data)
    (leak,) = find_leaks([TEXT], [tmp_path]).leaks
    assert str(leak).startswith(f"{tmp_path}/{place}: 8 words verbatim: ")


def encrypted():
    data = bytearray(zipped(m=RUN.encode()))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def nested(data, times):
    for _ in range(times):
        data = zipped(n=data)
    return data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped(m=bytes(3_000_000)), "larger than"),
        (gzip.compress(bytes(3_000_000)), "larger than"),
        (tarred("w:gz", m=bytes(3_000_000)), "larger than"),
        (zipped(**{f"m{i}": bytes(900_000) for i in range(9)}), "larger than"),
        (nested(b"x", 7), "within 5 others"),
        (zipped(m=RUN.encode())[:-30], None),
        (gzip.compress(RUN.encode() * 9)[:-20], "cannot be unpacked"),
        (zipped(m=RUN.encode()).replace(b"crossings"[:3], b"\0\0\0"), None),
        (tarred("w", m=bytes(2000))[:1024], "cannot be unpacked"),
        (encrypted(), "cannot be unpacked"),
        (b"%PDF-1.7", "a PDF"),
        (b"PAR1....", "Parquet"),
    ],
    ids=range(12),
)
def test_what_cannot_be_examined_is_said(data, reason, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_FILE", 1_000_000)
    monkeypatch.setattr(files, "MAX_UNPACKED", 2_000_000)
    (tmp_path / "a").write_bytes(data)
    leaks = find_leaks([TEXT], [tmp_path]).leaks
    assert reason is None or [leak.kind for leak in leaks][-1:] == ["not-examined"]
    assert reason is None or reason in leaks[-1].note


@given(st.binary(max_size=300), st.sampled_from(["zip", "tar", "gz"]), st.integers(0, 400))
def test_no_damage_of_an_archive_is_a_traceback(noise, kind, at):
    text = RUN.encode() * 9
    data = {"zip": zipped(m=text), "tar": tarred("w", m=text), "gz": gzip.compress(text)}[kind]
    damaged = data[:at] + noise + data[at + len(noise) :]
    list(files._unpacked("a", damaged, files._Budget(10**6), 0))


def git(folder, *arguments):
    subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path):
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitignore").write_text("/ignored/\n")
    for folder in ("tracked", "untracked", "ignored"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a ü\n.txt").write_text(RUN)
    git(tmp_path, "add", "tracked")
    return tmp_path


def places(report):
    return [Path(leak.path).parent.name for leak in report.leaks]


def test_in_git_what_would_be_published(repository):
    report = find_leaks([TEXT], [repository])
    assert sorted(places(report)) == ["tracked", "untracked"]
    assert report.files == 3
    assert "\n" not in str(report.leaks[0])


def test_an_ignored_folder_that_is_named_is_examined(repository):
    assert places(find_leaks([TEXT], [repository / "ignored"])) == ["ignored"]
    assert places(find_leaks([TEXT], [repository / "tracked"])) == ["tracked"]


def test_a_tracked_file_that_is_gone_is_no_error(repository):
    (repository / "tracked" / "a ü\n.txt").unlink()
    assert places(find_leaks([TEXT], [repository])) == ["untracked"]


def test_a_repository_within_one_is_examined(repository):
    git(repository, "init", "--quiet", "untracked/inner")
    (repository / "untracked" / "inner" / "b.txt").write_text(RUN)
    assert "inner" in places(find_leaks([TEXT], [repository]))


def test_without_git_every_file(repository, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert sorted(places(find_leaks([TEXT], [repository]))) == ["ignored", "tracked", "untracked"]


def test_a_circle_of_links_ends(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone").symlink_to(tmp_path / "nothing")
    (tmp_path / "a.txt").write_text(RUN)
    assert len(find_leaks([TEXT], [tmp_path]).leaks) == 1


def test_a_path_that_is_not_there(tmp_path):
    with pytest.raises(PackageError, match="there is no"):
        find_leaks([TEXT], [tmp_path / "nothing"])


def test_names_in_archives_cannot_command_the_terminal():
    assert str(Leak("a\x1b[2J\udcff", 1, "verbatim", 8, 1.0, "x")).startswith("a\\x1b[2J\\xdcff:1: ")


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "texts" / "article.txt"
    path.parent.mkdir()
    path.write_text(TEXT)
    return path


def test_the_command_says_what_it_finds(article, tmp_path, capsys):
    target = tmp_path / "target"
    target.mkdir()
    (target / "a.txt").write_text(CLEAN)
    assert main(["leaks", str(article), str(target)]) == 0
    assert capsys.readouterr().out == "1 file examined: no source text\n"
    (target / "b.txt").write_text(RUN)
    assert main(["leaks", str(article.parent), str(target), str(target / "a.txt")]) == 1
    assert capsys.readouterr().out == (
        f"{target}/b.txt:1: 8 words verbatim: crossings stopped for 36 hours …\n3 files examined: 1 place to look at\n"
    )


def test_the_command_looks_here_by_default_and_gives_json(article, tmp_path, capsys, monkeypatch):
    target = tmp_path / "target"
    target.mkdir()
    (target / "b.txt").write_text(RUN)
    monkeypatch.chdir(target)
    assert main(["leaks", str(article), "--json"]) == 1
    note = "crossings stopped for 36 hours …"
    leak = {"path": "b.txt", "line": 1, "kind": "verbatim", "words": 8, "share": 1.0, "note": note}
    assert json.loads(capsys.readouterr().out) == {"ok": False, "files": 1, "leaks": [leak]}


@pytest.mark.parametrize("arguments", [["nothing.txt", "."], ["{text}", "nothing"], ["{empty}", "."]])
def test_the_command_could_not_run(arguments, article, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    filled = [argument.format(text=article, empty=tmp_path / "empty") for argument in arguments]
    assert main(["leaks", *filled]) == COULD_NOT_RUN
    assert capsys.readouterr().err.startswith("ceasefire-talks: ")


def test_a_report_without_leaks():
    assert LeakReport([], 2).ok
    assert str(LeakReport([], 2)) == "2 files examined: no source text"


@pytest.fixture(scope="module")
def reference():
    """The tool that other checks of the article use; it stands beside the folder with the article's text."""
    folder = os.environ.get("CEASEFIRE_TALKS_SOURCES")
    tool = Path(folder or "", "..", "tools", "leak_check.py")
    if not folder or not tool.is_file():
        pytest.skip("needs the reference tool beside the article's text: set CEASEFIRE_TALKS_SOURCES")
    return tool


def variants(text):
    """Edits of the article's sentences, from verbatim to unlike."""
    for number, line in enumerate(filter(None, text.split("\n"))):
        words = line.split()
        yield f"{number}.txt", line
        yield f"{number}-wrapped.md", "\n".join(" ".join(words[i : i + 5]) for i in range(0, len(words), 5))
        for keep in (7, 8, 9):
            yield f"{number}-first{keep}.txt", " ".join(words[:keep])
        for step in (2, 3, 4, 5):
            yield f"{number}-every{step}.txt", " ".join("other" if i % step == 0 else a for i, a in enumerate(words))
        yield f"{number}.csv", f'id,note\nx,"{line.replace(chr(34), "")}"\n'
        yield f"{number}-reversed.txt", " ".join(reversed(words))
        yield f"{number}-upper.py", f"# {line.upper()}"


def test_the_verdicts_are_those_of_the_reference(reference, tmp_path):
    sources = sorted(reference.parent.parent.glob("sources/*.txt"))
    for path in sources:
        for name, content in variants(path.read_text("utf-8")):
            (tmp_path / name).write_text(content, encoding="utf-8")
    done = subprocess.run([sys.executable, reference, tmp_path], capture_output=True, text=True, check=False)
    expected = {line.partition(":")[0] for line in done.stdout.splitlines()[:-1]}
    report = find_leaks([path.read_text("utf-8") for path in sources], [tmp_path])
    assert {Path(leak.path).name for leak in report.leaks} == expected
    assert 0 < len(expected) < report.files
