"""The programs that are compared: how each is called, and how what it finds is read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

# File, row from 0, column; None where the program names no column.
Place: TypeAlias = tuple[str, int, str | None]

FLOOR = "polars reads the texts"
FRICTIONLESS = "frictionless validate"
OURS = "ceasefire-talks check"


@dataclass(frozen=True)
class Program:
    """A program: its name, the library that it needs, its command for a package, and a reader of its output."""

    name: str
    library: str
    command: Callable[[Path], list[str]]
    read: Callable[[bytes], Iterator[Place]]

    @property
    def missing(self) -> str | None:
        """Why it cannot run here; None where it can."""
        return None if find_spec(self.library) else f"{self.library} is not installed"


@dataclass(frozen=True)
class Engine(Program):
    """Our own check, on one of its engines."""

    engine: str = ""

    @property
    def missing(self) -> str | None:
        """Why it cannot run here; None where it can."""
        command = [sys.executable, "-m", "ceasefire_talks", "check", "--help"]
        shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "--engine" not in shown and self.engine != "pandas":
            return f"check has no engine {self.engine} yet"
        return super().missing


def programs() -> list[Program]:
    """All of them, ours first."""
    return [
        *(_ours(engine, library) for engine, library in (("pandas", "pandera"), ("polars", "polars"))),
        Program(FRICTIONLESS, "frictionless", _frictionless, _read_frictionless),
        _peer(FLOOR, "polars", "reading"),
        _peer("pandera on pandas", "pandera", "pandera_pandas"),
        _peer("pandera on polars", "pandera", "pandera_polars"),
        _peer("dataframely", "dataframely", "with_dataframely"),
        _peer("pointblank", "pointblank", "with_pointblank"),
    ]


def spark() -> Program:
    """Our check on Spark, on this machine."""
    return _ours("spark", "pyspark")


def ours(engine: str) -> str:
    """The name of our check on an engine."""
    return f"{OURS} --engine {engine}"


def _ours(engine: str, library: str) -> Program:
    options = ["--format", "json", "--all", "--engine", engine]

    def command(package: Path) -> list[str]:
        return [sys.executable, "-m", "ceasefire_talks", "check", str(package), *options]

    return Engine(ours(engine), library, command, _read_ours, engine)


def _read_ours(output: bytes) -> Iterator[Place]:
    for problem in json.loads(output)["problems"]:
        # Below the header, and no cell of these packages holds a line break.
        yield problem["file"], (problem["line"] or 0) - 2, problem["column"]


def _frictionless(package: Path) -> list[str]:
    descriptor = str(package / "datapackage.json")
    return [sys.executable, "-m", "frictionless", "validate", descriptor, "--json"]


def _read_frictionless(output: bytes) -> Iterator[Place]:
    for task in json.loads(output)["tasks"]:
        for error in task["errors"]:
            columns = error.get("fieldNames") or [error.get("fieldName")]
            yield Path(task["place"]).name, error["rowNumber"] - 2, columns[0]


def _peer(name: str, library: str, module: str) -> Program:
    def command(package: Path) -> list[str]:
        return [sys.executable, "-m", f"scale.peers.{module}", str(package)]

    return Program(name, library, command, _read_peer)


def _read_peer(output: bytes) -> Iterator[Place]:
    for line in output.splitlines():
        file, row, column = json.loads(line)
        yield file, row, column
