import os
import subprocess
import sys
from contextlib import contextmanager

import pytest

import ceasefire_talks.package.progress as module
from ceasefire_talks.package.progress import Bar, progress, shown
from terminals import Terminal


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    return Terminal()


@contextmanager
def at_once(monkeypatch, stream):
    monkeypatch.setattr(module, "AFTER_SECONDS", 0)
    monkeypatch.setattr(module, "_EVERY_SECONDS", 0.01)
    with shown(stream):
        yield


@pytest.mark.parametrize(
    ("bar", "text"),
    [
        (Bar("Reading"), "Reading"),
        (Bar("Reading", 4), "Reading [....................]   0%"),
        (Bar("Reading", 4, 1), "Reading [#####...............]  25%"),
        (Bar("Reading", 4, 9), "Reading [####################] 100%"),
        (Bar("Reading", 0), "Reading [####################] 100%"),
    ],
)
def test_a_bar_shows_the_share_that_is_done(bar, text):
    assert str(bar) == text


def test_what_is_under_way_is_drawn_on_a_terminal(terminal, monkeypatch):
    with at_once(monkeypatch, terminal.stream), progress("Comparing", total=4) as bar:
        bar.advance(2)
        terminal.wait_for(r"Comparing \[##########\.{10}\]  50%  0 s")
        with progress("events"):
            terminal.wait_for(r"\.\]  50%  events  0 s")


def test_the_line_is_gone_before_anything_else_is_printed(terminal, monkeypatch):
    with at_once(monkeypatch, terminal.stream):
        with progress("Comparing", total=4):
            terminal.wait_for("Comparing")
        *_, blank, end = terminal.rest().split("\r")
        assert len(blank) > len("Comparing")
        assert (blank.strip(), end) == ("", "")


def test_nothing_is_drawn_before_its_time(terminal):
    with shown(terminal.stream), progress("Comparing"):
        pass
    assert terminal.rest() == ""


def test_a_dumb_terminal_is_left_alone(terminal, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    with at_once(monkeypatch, terminal.stream):
        assert module._line.stream is None


def test_no_terminal_is_left_alone(monkeypatch, tmp_path):
    with (tmp_path / "log").open("w") as log, at_once(monkeypatch, log):
        assert module._line.stream is None


def test_what_would_move_the_cursor_is_not_written(terminal, monkeypatch):
    with at_once(monkeypatch, terminal.stream), progress("\x1b[2Jevil\n"):
        assert "\x1b" not in terminal.wait_for(r"\?\[2Jevil\?")


def test_a_terminal_that_goes_away_stops_no_work(terminal, monkeypatch):
    with at_once(monkeypatch, terminal.stream), progress("Comparing"):
        terminal.wait_for("Comparing")
        os.close(terminal.master)
    assert module._line.bars == []


LONG = """
import time
from ceasefire_talks.package.progress import progress, shown
with shown(), progress("Waiting", total=2) as bar:
    bar.advance()
    time.sleep(2.6)
"""


def run(stderr, **environment):
    return subprocess.run(
        [sys.executable, "-c", LONG], stdout=subprocess.PIPE, stderr=stderr, check=True, env=os.environ | environment
    )


def test_it_is_shown_after_two_seconds_where_somebody_looks_and_without_colour(terminal):
    assert run(terminal.stream, NO_COLOR="1", TERM="xterm").stdout == b""
    text = terminal.rest()
    assert "Waiting [##########..........]  50%  2 s" in text
    assert "\x1b" not in text


def test_it_is_silent_where_nobody_looks():
    assert run(subprocess.PIPE).stderr == b""
