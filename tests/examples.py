"""Examples in Markdown files: run them, and compare or rewrite the output that is shown below each."""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import subprocess
import sys

FENCE = re.compile(r"^```(?P<language>console|pycon|r)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
R_OUTPUT = "#> "
# What an example may do to the files of its folder before it runs the program.
CHANGES = ("cp", "sed")


def languages(text):
    return {match["language"] for match in FENCE.finditer(text)}


def executed(text, folder):
    """The text with the output of each example replaced by what it prints now. Python examples share their names."""
    names = {}
    runners = {"console": run_console, "pycon": lambda body, _: run_python(body, names), "r": run_r}

    def fill(match):
        return f"```{match['language']}\n{runners[match['language']](match['body'], folder)}```"

    with contextlib.chdir(folder):
        return FENCE.sub(fill, text)


def run_console(body, folder):
    shown = []
    for line in body.splitlines():
        if line.startswith("$ "):
            shown += [line, *run_command(line.removeprefix("$ "), folder).splitlines()]
    return "".join(f"{line}\n" for line in shown)


def run_command(command, folder):
    """The output of a command; installing is left to CI, which runs those lines as they stand."""
    *before, last = command.split("&&")
    for step in before:
        if shlex.split(step)[0] in CHANGES:
            subprocess.run(shlex.split(step), cwd=folder, check=True)
    program, *arguments = shlex.split(last)
    if program == "pytest":
        return ""
    assert program == "ceasefire-talks", command
    done = subprocess.run(
        [sys.executable, "-m", "ceasefire_talks", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"COLUMNS": "80"},
    )
    return done.stdout + done.stderr


def run_python(body, names):
    shown = []
    for example in doctest.DocTestParser().get_examples(body):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            exec(compile(example.source, "<example>", "single"), names)
        lines = example.source.splitlines()
        shown += [f"{'...' if n else '>>>'} {line}".rstrip() for n, line in enumerate(lines)]
        shown += output.getvalue().splitlines()
    return "".join(f"{line}\n" for line in shown)


def run_r(body, folder):
    source = "".join(line for line in body.splitlines(keepends=True) if not line.startswith(R_OUTPUT))
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", source], cwd=folder, capture_output=True, text=True, check=True
    )
    return source + "".join(f"{R_OUTPUT}{line}\n" for line in done.stdout.splitlines())
