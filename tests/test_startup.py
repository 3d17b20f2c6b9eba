import subprocess
import sys

import pytest

from ceasefire_talks.commands import names

PRINT_MODULES = "import atexit, sys; atexit.register(lambda: print(*sys.modules, sep='\\n', file=sys.stderr)); "
RUN_PROGRAM = "from ceasefire_talks.commands import main; sys.exit(main(sys.argv[1:]))"


def imported(code, *arguments):
    command = [sys.executable, "-c", PRINT_MODULES + code, *arguments]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stderr.split())


def files_in(room, modules):
    return {name.removeprefix(f"{room}.") for name in modules if name.startswith(f"{room}.")}


def commands(modules):
    return {name.replace("_", "-") for name in files_in("ceasefire_talks.commands", modules) - {"_help"}}


def test_importing_the_package_brings_little():
    modules = imported("import ceasefire_talks")
    assert files_in("ceasefire_talks", modules) == {"package", "package.errors", "package.package"}
    assert not modules & {"pandas", "numpy", "polars", "argparse", "dataclasses", "difflib", "inspect", "tempfile"}


@pytest.mark.parametrize("name", names())
def test_a_command_is_imported_without_the_others(name):
    assert commands(imported(RUN_PROGRAM, name, "--help")) == {name}


def test_the_list_of_commands_imports_them_all():
    assert commands(imported(RUN_PROGRAM, "--help")) == set(names())


def test_the_version_imports_no_command():
    assert commands(imported(RUN_PROGRAM, "--version")) == set()


@pytest.mark.parametrize("arguments", [["--version"], ["check", "--help"], ["check", "--explain", "K01"]])
def test_what_a_command_does_not_need_it_does_not_import(arguments):
    modules = imported(RUN_PROGRAM, *arguments)
    rooms = {name for name in files_in("ceasefire_talks", modules) if "." not in name}
    assert rooms <= {"commands", "package", "schema", "text", "validation"}


@pytest.mark.parametrize(("words", "status"), [(["--version"], 0), (["show", "nothing"], 2), (["check", "nowhere"], 2)])
def test_the_process_ends_with_its_status_and_all_that_it_said(words, status):
    command = [sys.executable, "-m", "ceasefire_talks", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert (done.stdout if status == 0 else done.stderr).endswith("\n")
