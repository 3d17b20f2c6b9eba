"""Floor 5: the command line, one file a subcommand; no logic of its own.

A command is a module with `register(parser)` and `run(args) -> int`; its docstring is its help, and its first line
stands in the list of commands. Exit codes: 0 clean, 1 problems were found, 2 it could not run.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from ceasefire_talks.commands._help import Parser
from ceasefire_talks.package.errors import MissingToolsError, PackageError

PROGRAM = "ceasefire-talks"
COULD_NOT_RUN = 2
# The commands that are a distribution of their own.
MAKING = frozenset({"accept-drafts", "add-source", "agreement", "describe", "leaks", "new", "site"})
# That are made before Python looks for garbage among them.
OBJECTS = 100_000
# As a shell reports a program that an interrupt ended.
INTERRUPTED = 130


def names() -> list[str]:
    """The names of the commands, one a module of this folder."""
    return sorted(file.stem.replace("_", "-") for file in Path(__file__).parent.glob("[!_]*.py"))


def modules(wanted: Iterable[str] | None = None) -> dict[str, ModuleType]:
    """The modules of some commands by the name of the command; of all of them by default."""
    chosen = names() if wanted is None else wanted
    return {name: importlib.import_module(f"{__name__}.{name.replace('-', '_')}") for name in chosen}


def parser(wanted: Iterable[str] | None = None) -> argparse.ArgumentParser:
    """The parser of the program with some of its commands; with all of them by default."""
    program = Parser(
        prog=PROGRAM,
        usage="%(prog)s [-h] [--version] COMMAND ...",
        description="A traced dataset of ceasefire talks, and its checks. COMMAND --help tells more of each command.\n"
        f"Example: {PROGRAM} show ev-001",
        add_help=False,
    )
    # Named in the usage; left out below it, so that the list of commands fits a screen.
    program.add_argument("-h", "--help", action="help", help=argparse.SUPPRESS)
    program.add_argument("--version", action="store_true", help=argparse.SUPPRESS)
    commands = program.add_subparsers(dest="command", metavar="COMMAND", title="commands", prog=PROGRAM)
    for name, module in modules(wanted).items():
        text = (module.__doc__ or "").strip()
        command = commands.add_parser(name, help=text.partition("\n")[0].rstrip("."), description=text)
        module.register(command)
        command.set_defaults(run=module.run)
    return program


def run_process() -> NoReturn:
    """Run the program as a process of its own, which ends with it."""
    status = main()
    # Else Python first takes apart, piece by piece, all that the system takes back at once.
    os._exit(status)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    # Importing makes many objects and no garbage; Python would search them for it.
    gc.set_threshold(OBJECTS)
    # NumPy's threads for matrices spin for a while when they have started; no command has matrices.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        try:
            return _run(argv)
        finally:
            # Now, while a reader that has gone away can still be told from a fault.
            sys.stdout.flush()
    except PackageError as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return COULD_NOT_RUN
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(argv: Sequence[str] | None) -> int:
    words = sys.argv[1:] if argv is None else list(argv)
    if words and words[0] in MAKING.difference(names()):
        raise MissingToolsError(f"the command {words[0]}")
    program = parser(_needed(words))
    args = program.parse_args(words)
    if args.version:
        from ceasefire_talks import __version__

        print(__version__)
        return 0
    if args.command is None:
        program.print_help()
        return COULD_NOT_RUN
    from ceasefire_talks.package.progress import shown

    with shown():
        status: int = args.run(args)
    return status


def _needed(words: list[str]) -> list[str]:
    """The commands that a command line is about: to import all of them takes longer than most of them run."""
    if words and words[0] in names():
        return words[:1]
    return [] if words == ["--version"] else names()
