import argparse
import os
import re
import shutil
import subprocess
import sys

import pytest

from ceasefire_talks import commands
from ceasefire_talks.commands import COULD_NOT_RUN, INTERRUPTED, main, modules
from ceasefire_talks.package import progress as progress_module
from terminals import Terminal


@pytest.fixture
def small(tmp_path, bundled):
    shutil.copytree(bundled.root / "data", tmp_path / "data")
    return tmp_path


@pytest.mark.parametrize("name", modules())
def test_every_command_has_a_summary_and_an_example(name, capsys):
    with pytest.raises(SystemExit) as caught:
        main([name, "--help"])
    assert caught.value.code == 0
    text = capsys.readouterr().out
    assert re.search(rf"^Examples?: ceasefire-talks {name}\b", text, re.MULTILINE), text
    summary = (modules()[name].__doc__ or "").partition("\n")[0]
    assert summary.endswith("."), "the first line of the docstring stands in the list of commands"


@pytest.mark.parametrize("name", modules())
def test_every_argument_has_help(name):
    command = argparse.ArgumentParser()
    modules()[name].register(command)
    assert [action.dest for action in command._actions if not action.help] == []


def test_the_list_of_commands_has_their_summaries(capsys):
    assert main([]) == COULD_NOT_RUN
    listed = capsys.readouterr().out
    assert all(re.search(rf"^ +{name}\s+\S", listed, re.MULTILINE) for name in modules())


def test_version_is_that_of_the_descriptor(capsys, bundled):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == bundled.descriptor["version"]


def test_python_m_is_the_program():
    done = subprocess.run(
        [sys.executable, "-m", "ceasefire_talks", "show", "nothing-like-it"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == COULD_NOT_RUN
    assert done.stdout == ""
    assert done.stderr.startswith("ceasefire-talks: no record 'nothing-like-it'")
    assert "Traceback" not in done.stderr


def run_into(arguments, reader):
    # Buffered, as in most shells: the pipe then breaks when the program ends.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = f"'{sys.executable}' -m ceasefire_talks {arguments} | {reader}"
    return subprocess.run(command, shell=True, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.parametrize("arguments", ["--help", "--version", "show fi-001", "tables", "diff --help", "cite"])
def test_output_that_nobody_reads_is_no_traceback(arguments):
    assert run_into(arguments, "true").stderr == ""


def test_a_long_output_that_nobody_reads_to_the_end_is_no_traceback():
    done = run_into("cite sources --format csl-json", "head -c 1")
    assert (done.stdout, done.stderr) == ("[", "")


def test_an_interrupt_is_no_traceback(monkeypatch, capsys):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(modules()["tables"], "run", interrupted)
    assert main(["tables"]) == INTERRUPTED
    assert capsys.readouterr().err == ""


def parsers(parser, name=()):
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child, below in action.choices.items():
                yield from parsers(below, (*name, child))


EVERY = dict(parsers(commands.parser()))


@pytest.mark.parametrize("name", EVERY, ids=" ".join)
def test_the_help_fits_a_screen_and_shows_an_example(name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    text = EVERY[name].format_help()
    assert re.search(rf"^Examples?: ceasefire-talks\b.*{' '.join(name)}", text, re.MULTILINE), text
    assert max(map(len, text.splitlines())) <= 80
    assert len(text.splitlines()) <= 24, text


@pytest.mark.parametrize("arguments", [["--help"], ["check"], ["show", "fi-001"], ["diff", "--help"]])
def test_no_colour_is_used_where_none_is_wanted(arguments):
    done = subprocess.run(
        [sys.executable, "-m", "ceasefire_talks", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"NO_COLOR": "1", "FORCE_COLOR": "1"},
    )
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_the_completion_knows_every_command(shell, capsys):
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in modules())
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_bash_completes_commands_and_formats(capsys):
    main(["completion", "bash"])
    script = (
        capsys.readouterr().out
        + """
COMP_WORDS=(ceasefire-talks {}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_shtab_ceasefire_talks 2>/dev/null; echo "${{COMPREPLY[@]}}"
""".replace("{{", "{").replace("}}", "}")
    )
    for words, wanted in (("di", "diff"), ("cite --format cs", "csl-json")):
        done = subprocess.run(["bash"], input=script.replace("{}", words), capture_output=True, text=True, check=True)
        assert done.stdout.split() == [wanted]


def test_tables_lists_every_table_with_its_rows(capsys, bundled):
    assert main(["tables"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [[t, str(len(bundled.records(t)))] for t in bundled.tables]


def test_show_prints_the_record(capsys):
    assert main(["show", "fi-001"]) == 0
    assert capsys.readouterr().out.startswith("figures fi-001\n")


@pytest.mark.parametrize("name", ["apa", "bibtex"])
def test_cite_prints_the_version(name, capsys, bundled):
    assert main(["cite", "--format", name]) == 0
    assert bundled.descriptor["version"] in capsys.readouterr().out


def test_an_unknown_format_could_not_run(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["cite", "--format", "klingon"])
    assert caught.value.code == COULD_NOT_RUN
    assert "apa" in capsys.readouterr().err


def test_describe_writes_once_and_then_finds_nothing_to_do(small, capsys):
    assert main(["describe", str(small), "--check"]) == 1
    assert "run `ceasefire-talks describe`" in capsys.readouterr().err
    assert not (small / "datapackage.json").exists()
    assert main(["describe", str(small)]) == 0
    assert "wrote" in capsys.readouterr().out
    assert main(["describe", str(small), "--check"]) == 0
    assert main(["describe", str(small)]) == 0
    assert capsys.readouterr().out == ""


def test_describe_notices_a_changed_byte(small):
    main(["describe", str(small)])
    with (small / "data" / "events.csv").open("ab") as file:
        file.write(b"\n")
    assert main(["describe", str(small), "--check"]) == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: (data / "events.csv").unlink(),
        lambda data: (data / "vocabulary.csv").write_bytes(b"\xff\n"),
        lambda data: (data / "vocabulary.csv").write_bytes(b"nothing\nto see\n"),
        lambda data: (data / "events.csv").write_bytes(b'event_id\n"unclosed\n'),
        lambda data: (data / "sources.csv").write_bytes(b"source_id\na\n"),
    ],
)
def test_describe_says_what_it_cannot_read(damage, small, capsys):
    main(["describe", str(small)])
    before = (small / "datapackage.json").read_bytes()
    damage(small / "data")
    assert main(["describe", str(small)]) == COULD_NOT_RUN
    assert "cannot describe" in capsys.readouterr().err
    assert (small / "datapackage.json").read_bytes() == before


def test_what_takes_long_says_so_on_a_terminal_and_leaves_no_trace(monkeypatch):
    def work(_):
        with progress_module.progress("Working"):
            terminal.wait_for("Working  0 s")
        return 0

    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress_module, "AFTER_SECONDS", 0)
    monkeypatch.setattr(modules()["tables"], "run", work)
    monkeypatch.setattr(sys, "stderr", terminal.stream)
    assert main(["tables"]) == 0
    assert terminal.rest().endswith(f"\r{' ' * len('Working  0 s')}\r")
