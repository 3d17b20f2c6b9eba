import html
import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ceasefire_talks.commands import COULD_NOT_RUN, main
from coded_packages import with_cell
from packages import FICTIONAL

ARTICLE = FICTIONAL / "article.txt"


@pytest.fixture
def altered(tmp_path):
    path = tmp_path / "altered.txt"
    path.write_text(ARTICLE.read_text("utf-8").replace("318", "381"), "utf-8")
    return path


def trace(*arguments):
    return main(["trace", *map(str, arguments), "--package", str(FICTIONAL)])


def test_a_copy_that_proves_everything_is_clean(capsys):
    assert trace(ARTICLE) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("meridian-20310314: 12 of 12 sentences proven, 53 of 53 evidence rows proven")
    assert lines[-1] == "every sentence and every row of evidence is proven"


def test_a_copy_that_does_not_is_a_problem_with_its_place(altered, capsys):
    assert trace(altered) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("data/sentences.csv:10 meridian-20310314-p06-s2 altered") for line in lines)
    assert "  the ledger has 318, this copy reads 381" in lines
    assert lines[-1] == "not everything is proven"


def test_json_is_json(altered, capsys):
    assert trace(altered, "--json") == 1
    data = json.loads(capsys.readouterr().out)
    assert not data["ok"]
    assert data["source_id"] == "meridian-20310314"


def test_html_is_written_whole(altered, tmp_path, capsys):
    page = tmp_path / "report.html"
    assert trace(altered, "--html", page) == 1
    text = page.read_text("utf-8")
    assert text.startswith("<!doctype html>")
    assert text.endswith("</html>")
    assert "the ledger has 318, this copy reads 381" in text
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    capsys.readouterr()


def test_html_that_cannot_be_written_could_not_run(tmp_path, capsys):
    assert trace(ARTICLE, "--html", tmp_path / "no" / "report.html") == COULD_NOT_RUN
    assert "cannot write" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name a copy"),
        ([ARTICLE, "--fetch"], "name a copy"),
        (["nothing.txt"], "cannot read nothing.txt"),
        ([FICTIONAL], "cannot read"),
        ([FICTIONAL / "data" / "vocabulary.csv"], "no sentence of any source"),
        ([ARTICLE, "--source", "meridian"], "nearest is 'meridian-20310314'"),
        (["http://127.0.0.1:9/article"], "127.0.0.1"),
    ],
)
def test_what_cannot_run_says_why(arguments, message, capsys):
    assert trace(*arguments) == COULD_NOT_RUN
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x00\x01\x02", b""])
def test_a_file_that_is_no_text_could_not_run(data, tmp_path, capsys):
    path = tmp_path / "copy.txt"
    path.write_bytes(data)
    assert trace(path) == COULD_NOT_RUN
    assert capsys.readouterr().err.startswith("ceasefire-talks: ")


def test_a_copy_may_come_through_standard_input():
    command = [sys.executable, "-m", "ceasefire_talks", "trace", "-", "--package", FICTIONAL]
    done = subprocess.run(command, input=ARTICLE.read_bytes(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def served(tmp_path):
    """The fictional package, published at an address of this machine, with the address."""
    text = "".join(f"<p>{html.escape(line)}</p>" for line in ARTICLE.read_text("utf-8").split("\n") if line)
    page = f"<!doctype html><title>x</title><nav>Menu</nav><article>{text}</article>".encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/article"
        yield with_cell(FICTIONAL, tmp_path, "sources", "meridian-20310314", "url", address).root, address
        server.shutdown()


def test_a_copy_may_be_fetched_from_an_address(served, capsys):
    root, address = served
    assert main(["trace", "--fetch", "--package", str(root), "--allow-private"]) == 0
    assert main(["trace", address, "--package", str(root), "--allow-private"]) == 0
    assert "12 of 12 sentences proven" in capsys.readouterr().out
    assert main(["trace", "--fetch", "--package", str(root)]) == COULD_NOT_RUN


def test_nothing_is_fetched_unless_it_is_asked_for(served, capsys, monkeypatch):
    root, _ = served
    monkeypatch.setattr("socket.socket", None)
    assert main(["trace", str(ARTICLE), "--package", str(root)]) == 0
    capsys.readouterr()


def test_plain_text_needs_no_library():
    code = (
        "import sys; from ceasefire_talks.commands import main; "
        f"main(['trace', {str(ARTICLE)!r}, '--package', {str(FICTIONAL)!r}]); "
        "print(*sorted({'pandas', 'numpy', 'pandera', 'lxml', 'trafilatura', 'sentencex', 'ssl'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""


def test_show_with_a_text_marks_the_words(source_text, tmp_path, capsys):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(source_text("dazzlingdawn-20241120"))
    assert main(["show", "fi-017", "--text", str(copy)]) == 0
    assert "[3,544]" in capsys.readouterr().out
