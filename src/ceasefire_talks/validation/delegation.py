"""What only frictionless can check is handed to it, in a process of its own, and what it finds is translated.

The process is bounded in time, memory and file size: frictionless runs patterns that can hang, and expands archives.
It gets a descriptor made anew of a few properties, without anything that could lead it out of the package.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.description import Description, Handed
from ceasefire_talks.validation.positions import JsonPath
from ceasefire_talks.validation.problem import Problem
from ceasefire_talks.validation.reader import TableReader

FRICTIONLESS = Code(
    "X01",
    "frictionless",
    "Frictionless, which checked a table that this check cannot read, found a problem.",
    "Programs that read the table by the standard stop there.",
    "The message is that of frictionless; its documentation explains the kinds of problems.",
)

SECONDS = 120
MISSING = "; frictionless could check it, `pip install frictionless`"

_RESOURCE = ("name", "path", "data", "format", "mediatype", "encoding", "compression", "schema", "dialect")
_OF_OTHERS = ("foreignKeys", "$schema")


def hand_over(description: Description) -> None:
    """Have frictionless check what was handed on; its problems, or why it could not, go into the description."""
    for resource in description.files:
        TableReader(description, resource).check_bytes()
    asked = ((entry, _descriptor(description, entry)) for entry in description.handed)
    handed = [(entry, descriptor) for entry, descriptor in asked if descriptor is not None]
    if not handed:
        return
    if find_spec("frictionless") is None:
        for entry, _ in handed:
            description.skip(entry.subject, f"{entry.reason}{MISSING}")
        return
    answers = _ask({"root": str(description.root.absolute()), "resources": [resource for _, resource in handed]})
    for (entry, _), answer in zip(handed, answers, strict=False):
        if isinstance(answer, str):
            description.skip(entry.subject, f"{entry.reason}; {answer}")
        else:
            description.delegate(entry.subject, entry.reason)
            description.problems.extend(_problems(description, entry, answer))


def _descriptor(description: Description, entry: Handed) -> dict[str, Any] | None:
    """What frictionless gets of a resource; None where that would not do, which is said to be unchecked."""
    _, resource = _announced(description, entry.table)
    kept = {name: resource[name] for name in _RESOURCE if name in resource}
    if entry.field is not None:
        kept["schema"] = _schema_of_one(description, entry)
    for name in ("schema", "dialect"):
        if isinstance(kept.get(name), str):
            description.skip(entry.subject, f"{entry.reason}; its {name} stands in a file of its own")
            return None
    if isinstance(kept.get("schema"), dict):
        kept["schema"] = {name: value for name, value in kept["schema"].items() if name not in _OF_OTHERS}
        kept["type"] = "table"
    return kept


def _schema_of_one(description: Description, entry: Handed) -> dict[str, Any]:
    whole = next(resource.schema for resource in description.resources if resource.name == entry.table)
    fields = [entry.field if f["name"] == entry.column else {"name": f["name"], "type": "any"} for f in whole["fields"]]
    return {**{name: whole[name] for name in ("missingValues", "fieldsMatch") if name in whole}, "fields": fields}


def _announced(description: Description, table: str) -> tuple[JsonPath, Mapping[str, Any]]:
    return next((place, resource) for place, resource in description.announced if resource["name"] == table)


def _ask(question: Mapping[str, Any]) -> list[Any]:
    count = len(question["resources"])
    # -P: what lies in the folder of the package, or in the one where this runs, is no module to be imported.
    command = [sys.executable, "-P", "-m", "ceasefire_talks.validation.frictionless_process"]
    try:
        done = subprocess.run(
            command, input=json.dumps(question), capture_output=True, text=True, timeout=SECONDS, check=True
        )
        answers: list[Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return [f"frictionless was not done within {SECONDS} seconds"] * count
    except (subprocess.CalledProcessError, ValueError):
        return ["frictionless could not check it"] * count
    return answers


def _problems(description: Description, entry: Handed, errors: list[dict[str, Any]]) -> Iterator[Problem]:
    place, resource = _announced(description, entry.table)
    path = resource.get("path")
    file = path if isinstance(path, str) else path[0] if path else None
    for error in errors:
        if entry.column is not None and error.get("fieldName") != entry.column:
            continue
        message = f"{error['type']}: {error['message'].strip().rstrip('.')}"
        if file is None or "rowNumber" not in error:
            description.report(FRICTIONLESS, place, message)
            continue
        yield FRICTIONLESS.problem(
            message,
            table=entry.table,
            file=file,
            line=error["rowNumber"],
            column=error.get("fieldName"),
            field=error.get("fieldNumber"),
            value=error.get("cell"),
        )
