import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
from client import differences, need_library

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def fetch(bundle):
    """Ask a Datasette that serves the SQLite file on loopback."""
    need_library("datasette")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    database = bundle.artefact(".sqlite")
    command = [sys.executable, "-m", "datasette", "serve", "--immutable", str(database), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"

    def get(path, **query):
        with urllib.request.urlopen(f"{base}{path}?{urllib.parse.urlencode(query)}", timeout=30) as answer:
            return json.load(answer)

    try:
        _wait_until_it_answers(get, server)
        (name,) = [d["name"] for d in get("/-/databases.json")]
        # Datasette's addresses have a tilde code for the dots of the version.
        route = name.replace(".", "~2E")
        yield lambda path, **query: get(f"/{route}{path}", **query)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_until_it_answers(get, server):
    for _ in range(300):
        assert server.poll() is None, "Datasette has ended"
        try:
            get("/-/versions.json")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("Datasette does not answer")


def test_it_serves_every_row(fetch, bundle):
    for table in bundle.paths:
        found = fetch(f"/{table.replace('-', '_')}.json", _shape="array", _size="max", _nolinks=1)
        for row in found:
            row.pop("rowid", None)
        key = bundle.package.schema(table).primary_key
        order = {tuple(row[c] for c in key): n for n, row in enumerate(bundle.package.records(table))}
        assert differences(bundle, table, sorted(found, key=lambda row: order[tuple(row[c] for c in key)])) == []


def test_it_knows_the_foreign_keys(fetch, bundle):
    (events,) = [table for table in fetch(".json")["tables"] if table["name"] == "events"]
    outgoing = {key["column"] for key in events["foreign_keys"]["outgoing"]}
    assert outgoing == {key.fields[0] for key in bundle.package.schema("events").foreign_keys}


def test_full_text_search_works(fetch, bundle):
    word = max(bundle.package.records("events")[0]["summary"].rstrip(".").split(), key=len)
    found = fetch("/search.json", _shape="array", _search=word)
    assert any(row["record"] == bundle.package.records("events")[0]["event_id"] for row in found)
