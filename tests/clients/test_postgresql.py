import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest
from client import differences, run
from readers import csv_rows

from ceasefire_talks.publishing.exports.sql import table_name

pytestmark = pytest.mark.slow


def binaries():
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not folders:
        pytest.skip("needs PostgreSQL's server, on Debian: apt-get install postgresql")
    return folders[-1]


def as_server(*command):
    """PostgreSQL refuses to run as root."""
    return ("runuser", "-u", "postgres", "--", *command) if os.geteuid() == 0 else command


@pytest.fixture(scope="module")
def server():
    """A server of its own on loopback, gone afterwards."""
    folder = Path(tempfile.mkdtemp())
    programs = binaries()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    run(*as_server(programs / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"), cwd="/")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    start = as_server(programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
    subprocess.run([str(part) for part in start], check=True, stdout=subprocess.DEVNULL, cwd="/")
    try:
        yield ("--host", "127.0.0.1", "--port", str(port), "--username", "postgres")
    finally:
        run(*as_server(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"), cwd="/")
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def psql(bundle, server):
    """Run psql on a database that the script of the bundle has filled."""
    base = ("psql", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--quiet", *server)
    run(*base, "--dbname", "postgres", "--command", "CREATE DATABASE talks")
    run(*base, "--dbname", "talks", "--file", "sql/postgresql.sql", cwd=bundle.folder)
    yield (*base, "--dbname", "talks")
    run(*base, "--dbname", "postgres", "--command", "DROP DATABASE talks")


def ask(psql, query):
    return run(*psql, "--tuples-only", "--no-align", "--command", query).strip()


def test_every_row_and_value_is_there(psql, bundle, tmp_path):
    for table in bundle.paths:
        key = ", ".join(f'"{column}" COLLATE "C"' for column in bundle.package.schema(table).primary_key)
        copied = tmp_path / f"{table}.csv"
        query = f'COPY (SELECT * FROM "{table_name(table)}" ORDER BY {key}) TO STDOUT (FORMAT csv, HEADER)'
        copied.write_text(run(*psql, "--command", query), encoding="utf-8")
        found = [{c: _boolean(bundle, table, c, v) for c, v in row.items()} for row in csv_rows(copied)]
        assert differences(bundle, table, found) == []


def _boolean(bundle, table, column, cell):
    is_boolean = bundle.package.schema(table).field(column).type == "boolean"
    return {"t": "true", "f": "false"}.get(cell, cell) if is_boolean else cell


def test_every_key_is_enforced(psql, bundle):
    schemas = [bundle.package.schema(table) for table in bundle.paths]
    for kind, count in (("f", sum(len(s.foreign_keys) for s in schemas)), ("p", len(schemas) + 1)):
        query = f"SELECT count(*) FROM pg_constraint WHERE contype = '{kind}' AND convalidated"
        assert ask(psql, f"{query} AND connamespace = 'public'::regnamespace") == str(count)


@pytest.mark.parametrize(
    ("statement", "violated"),
    [
        ("UPDATE events SET sentence_id = 'nowhere'", "foreign key"),
        ("DELETE FROM sources", "foreign key"),
        ("INSERT INTO actors SELECT * FROM actors LIMIT 1", "duplicate key"),
        ("UPDATE events SET summary = NULL", "not-null"),
        ("UPDATE events SET type = 'party'", "check constraint"),
        ("UPDATE places SET latitude = 91 WHERE latitude IS NOT NULL", "check constraint"),
        ("UPDATE sources SET url = 'ftp://x'", "check constraint"),
        ('UPDATE evidence SET start = "end"', "check constraint"),
        ("UPDATE events SET date_min = '2024-02-30'", "out of range"),
    ],
)
def test_what_the_definition_forbids_is_refused(statement, violated, psql):
    done = subprocess.run([*psql, "--command", statement], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert violated in done.stderr


def test_views_join_labels(psql, bundle):
    assert ask(psql, "SELECT count(*) FROM events_labelled") == str(len(bundle.package.records("events")))
    assert ask(psql, "SELECT count(*) FROM events_labelled WHERE type_label IS NULL") == "0"


def test_a_load_that_fails_leaves_nothing(server, bundle, tmp_path):
    folder = shutil.copytree(bundle.folder, tmp_path / "bundle")
    path = folder / "data" / "events.csv"
    path.write_bytes(path.read_bytes().replace(b",day,", b",noon,", 1))
    base = ("psql", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--quiet", *server)
    run(*base, "--dbname", "postgres", "--command", "CREATE DATABASE broken")
    with contextlib.ExitStack() as after:
        after.callback(run, *base, "--dbname", "postgres", "--command", "DROP DATABASE broken")
        done = subprocess.run(
            [*base, "--dbname", "broken", "--file", "sql/postgresql.sql"], cwd=folder, capture_output=True, check=False
        )
        assert done.returncode != 0
        assert ask((*base, "--dbname", "broken"), "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == "0"
