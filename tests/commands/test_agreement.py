import csv
import io
import shutil
import subprocess
import sys

import pytest

from ceasefire_talks.commands import main
from ceasefire_talks.reliability.run import drift

# The codings are not in the wheel.
pytestmark = pytest.mark.usefixtures("checkout")


@pytest.fixture
def third(bundled, tmp_path):
    shutil.copytree(bundled.path(bundled.in_coding("events", "second")).parent, tmp_path / "third")
    return tmp_path / "third"


def test_it_prints_every_value_with_its_interval_and_n(bundled, capsys):
    assert main(["agreement"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(bundled.records("agreement"))
    assert any(line.split()[:3] == ["events", "type", "alpha"] and line.endswith("n=43") for line in lines)


def test_check_is_silent_and_clean(capsys):
    assert main(["agreement", "--check"]) == 0
    assert capsys.readouterr() == ("", "")


def test_check_names_what_has_drifted(third, capsys):
    text = (third / "events.csv").read_text("utf-8")
    (third / "events.csv").write_text(text.replace(",killing,", ",losses,"), "utf-8")
    assert main(["agreement", "--check", "--second", str(third)]) == 1
    assert "agreement has drifted: events.type.alpha: published 1.000" in capsys.readouterr().err


def test_drift_tells_missing_and_surplus_rows():
    row = {"table": "t", "column": "c", "measure": "exact", "value": 1.0, "interval_low": None, "n": 2}
    assert drift([row], []) == ["t.c.exact: published nothing, computed 1.000 n=2"]
    assert drift([], [row]) == ["t.c.exact: published 1.000 n=2, computed nothing"]


def test_any_third_coding_can_be_compared(third, bundled, capsys):
    first = bundled.path(bundled.in_coding("events", "second")).parent
    assert main(["agreement", "--first", str(first), "--second", str(third), "--disagreements"]) == 0
    assert capsys.readouterr().out == "table,first_id,second_id,column,first,second\n"


def test_disagreements_are_listed_as_csv(bundled, capsys):
    assert main(["agreement", "--disagreements"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == len(bundled.records("adjudication"))


def test_the_table_is_written_as_the_package_has_it(bundled, tmp_path, capsys):
    assert main(["agreement", "--output", str(tmp_path / "agreement.csv")]) == 0
    assert (tmp_path / "agreement.csv").read_bytes() == bundled.path("agreement").read_bytes()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: path.unlink(), "cannot read"),
        (lambda path: path.write_text("event_id,summry\nev-001,x\n"), "unknown column 'summry'"),
        (lambda path: path.write_text("event_id,summary\nev-001,x\n"), "lacks the column 'type'"),
        (lambda path: path.write_bytes(b"event_id\n\xff\n"), "cannot read"),
        (lambda path: path.write_text('event_id\n"ev-001\n'), "cannot read"),
    ],
)
def test_a_coding_that_cannot_be_read_gets_a_clear_error(third, spoil, message, capsys):
    spoil(third / "events.csv")
    assert main(["agreement", "--second", str(third)]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert "events.csv" in error


def test_without_its_extra_it_says_what_to_install():
    code = (
        "import sys; sys.modules['krippendorff'] = None; "
        "from ceasefire_talks.commands import main; sys.exit(main(['agreement']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "ceasefire-talks[agreement]" in done.stderr
    assert "Traceback" not in done.stderr
