import os
import re

import pytest
from client import Client, library, need_program, run
from readers import READERS, program
from test_postgresql import binaries

TABLE = re.compile(r"(?<=<!-- table -->\n).*(?=<!-- /table -->)", re.DOTALL)
OTHERS = [
    Client("LibreOffice", "workbook", "", program("soffice", "libreoffice-calc-nogui", "--version")),
    Client("Datasette", "SQLite file", "datasette serve --immutable {path}", lambda: library("datasette")),
    Client(
        "PostgreSQL",
        "folder of the CSV bundle",
        "psql --set ON_ERROR_STOP=1 --file sql/postgresql.sql",
        lambda: re.search(r"[0-9]+\.[0-9]+", run(binaries() / "postgres", "--version"))[0],
    ),
    Client("frictionless", "folder of the CSV bundle", "", lambda: library("frictionless")),
    Client("openpyxl", "workbook", "", lambda: library("openpyxl")),
    Client("twine", "wheel and sdist", "twine check --strict", lambda: library("twine")),
]


@pytest.mark.slow
def test_the_table_of_clients_names_each_with_its_version_and_setting(checkout):
    need_program("node", "nodejs")
    path = checkout / "docs" / "clients.md"
    text = path.read_text("utf-8")
    lines = [f"| {c.name} | {c.version()} | {c.file} | {_code(c.setting)} |" for c in (*READERS, *OTHERS)]
    table = "\n".join(["| Client | Version | Reads | What it needs |", "|---|---|---|---|", *lines, ""])
    if os.environ.get("CEASEFIRE_TALKS_REWRITE"):
        text = TABLE.sub(lambda _: table, text)
        path.write_text(text, encoding="utf-8")
    assert _major(TABLE.search(text)[0]) == _major(table)


def _code(setting):
    return f"`{setting.replace('{path}', 'FILE').replace('|', chr(92) + '|')}`" if setting else "nothing"


def _major(table):
    return re.sub(r"^(\| [^|]+ \| [0-9]+)[^|]*", r"\1 ", table, flags=re.MULTILINE)
