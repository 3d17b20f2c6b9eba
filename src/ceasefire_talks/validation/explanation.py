"""What a code means, for readers at a terminal: from the code itself, and an example from a package that breaks it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files

from ceasefire_talks.package.errors import UnknownNameError, needs_extra
from ceasefire_talks.validation.codes import registry


def explained(name: str) -> Iterator[str]:
    """Lines that say what a code means, why it matters, where it is broken, and how to mend that.

    Args:
        name: a code such as `K01`, or its slug such as `foreign-key`.

    Raises:
        UnknownNameError: there is no such code; the message names the nearest.
        MissingExtraError: the `check` extra is not installed; codes are defined beside the checks.
    """
    with needs_extra("check"):
        codes = registry()
    names = {key: code for code in codes.values() for key in (code.code.lower(), code.slug)}
    if name.lower() not in names:
        raise UnknownNameError("code", name, (key for code in codes.values() for key in (code.code, code.slug)))
    code = names[name.lower()]
    yield f"{code.code} {code.slug}: {code.title}"
    yield f"why: {code.why}"
    if example := examples().get(code.code):
        yield f"example: {example['problem']}"
        if example["text"]:
            yield f"    {example['text']}"
    yield f"mend: {code.mend}"


def examples() -> Mapping[str, Mapping[str, str]]:
    """By code: the `problem` that a package reports which breaks just its rule, and the line it names.

    Recorded from the packages of the tests, which are not installed with the program.
    """
    found: Mapping[str, Mapping[str, str]] = json.loads(files(__package__).joinpath("examples.json").read_text("utf-8"))
    return found
