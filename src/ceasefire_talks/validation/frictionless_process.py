"""The process in which frictionless runs: reads resources as JSON, writes for each its errors, or why it has none."""

from __future__ import annotations

import json
import sys
from typing import Any

SECONDS = 100
MEMORY = 4 << 30
FILE = 1 << 30
KEPT = ("type", "message", "rowNumber", "fieldName", "fieldNumber", "cell")


def main() -> None:
    """Check the resources that stand on standard input."""
    _limit()
    question = json.load(sys.stdin)
    json.dump([_checked(resource, question["root"]) for resource in question["resources"]], sys.stdout)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # where there are no such limits, the time that is waited for this process remains
        return
    for kind, limit in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, FILE),
    ):
        resource.setrlimit(kind, (limit, limit))


def _checked(descriptor: dict[str, Any], root: str) -> list[dict[str, Any]] | str:
    from frictionless import FrictionlessException, Resource, system

    try:
        with system.use_context(trusted=False):
            report = Resource.from_descriptor(descriptor, basepath=root).validate()
    except FrictionlessException as error:
        return f"frictionless cannot read it: {error}"
    except Exception as error:  # noqa: BLE001  whatever a plugin raises on foreign data
        return f"frictionless failed on it: {type(error).__name__}"
    errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    found = [_plain(error.to_descriptor()) for error in errors]
    if failures := [error["message"] for error in found if error["type"] == "error"]:
        return f"frictionless cannot check it: {failures[0]}"
    return found


def _plain(error: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value) for name, value in error.items() if name in KEPT}


if __name__ == "__main__":
    main()
