"""Fetching, from real servers on the loopback address and from nowhere else."""

import gzip
import ipaddress
import socket
import threading
import time
import tracemalloc
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.tracing.documents import read_document
from ceasefire_talks.tracing.fetch import FetchError, fetch, is_public

PAGE = "<!DOCTYPE html><p>The ferry leaves “on time”.</p>".encode()


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_arguments):
        pass

    def do_GET(self):
        self.server.asked.append(self.path)
        self.server.answers[self.path.partition("?")[0]](self)

    def answer(self, body=b"", status=200, **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            if value is not None:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    server.answers, server.asked = {}, []
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    server.url = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def raw():
    """A server that sends the given chunks and then waits."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve(chunks, pause=0.0):
        def run():
            client, _ = listener.accept()
            with client:
                client.recv(65536)
                for chunk in chunks:
                    if done.wait(pause):
                        break
                    try:
                        client.sendall(chunk)
                    except OSError:
                        break

        threading.Thread(target=run, daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}/"

    yield serve
    done.set()
    listener.close()


def get(url, **options):
    return fetch(url, allow_private=True, **{"timeout": 10, **options})


def test_a_page_with_its_kind_and_charset(site):
    site.answers["/a"] = lambda h: h.answer(PAGE, Content_Type="text/html; charset=UTF-8")
    fetched = get(f"{site.url}/a?b=ü#part")
    assert (fetched.url, fetched.kind, fetched.charset) == (f"{site.url}/a?b=%C3%BC", "html", "UTF-8")
    assert fetched.data == PAGE
    assert read_document(fetched.data, kind=fetched.kind, charset=fetched.charset).text == "The ferry leaves “on time”."
    assert site.asked == ["/a?b=%C3%BC"]


@pytest.mark.parametrize(
    ("sent", "kind"),
    [("text/plain", "text"), ("application/xhtml+xml", "html"), ("TEXT/Markdown;x=y", "markdown"), (None, None)],
)
def test_the_kind_is_what_the_server_says(sent, kind, site):
    site.answers["/"] = lambda h: h.answer(b"words", Content_Type=sent)
    assert get(site.url).kind == kind


@pytest.mark.parametrize("sent", ["application/pdf", "image/png", "application/json", "text/html-not\x1b[2J"])
def test_another_kind_is_refused(sent, site):
    site.answers["/"] = lambda h: h.answer(b"words", Content_Type=sent)
    with pytest.raises(FetchError, match="not a page or a text") as caught:
        get(site.url)
    assert "\x1b" not in str(caught.value)


def test_chunks_and_gzip(site):
    def chunked(handler):
        handler.answer(
            Content_Type="text/html", Transfer_Encoding="chunked", Content_Encoding="gzip", Content_Length=None
        )
        packed = gzip.compress(PAGE)
        for part in (packed[:10], packed[10:]):
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        handler.wfile.write(b"0\r\n\r\n")

    site.answers["/"] = chunked
    assert get(site.url).data == PAGE


def test_redirects_are_followed(site):
    site.answers["/a"] = lambda h: h.answer(status=301, Location="b?x=1")
    site.answers["/b"] = lambda h: h.answer(status=308, Location=f"{site.url}/c")
    site.answers["/c"] = lambda h: h.answer(PAGE, Content_Type="text/html")
    assert get(f"{site.url}/a").url == f"{site.url}/c"


def test_redirects_are_bounded(site):
    for i in range(8):
        site.answers[f"/{i}"] = lambda h, i=i: h.answer(status=302, Location=f"/{i + 1}")
    with pytest.raises(FetchError, match="more than 5 times"):
        get(f"{site.url}/0")
    assert len(site.asked) == 6
    with pytest.raises(FetchError, match="more than 0 times"):
        get(f"{site.url}/0", max_redirects=0)


def test_a_redirect_in_a_circle(site):
    site.answers["/a"] = lambda h: h.answer(status=302, Location="/b")
    site.answers["/b"] = lambda h: h.answer(status=302, Location="/a#other")
    with pytest.raises(FetchError, match="circle"):
        get(f"{site.url}/a")


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("http://localhost:{port}/secret", "no public address"),
        ("http://127.0.0.2:{port}/secret", "no public address"),
        ("http://[::1]:{port}/secret", "no public address"),
        ("http://169.254.169.254/latest/meta-data", "no public address"),
        ("http://10.0.0.1/", "no public address"),
        ("http://0/", "no public address"),
        ("file:///etc/passwd", "no http or https"),
        ("ftp://127.0.0.1/", "no http or https"),
        ("http://user:word@127.0.0.1/", "user name or password"),
        ("http://", "circle"),
        ("http://[::1/", "no address"),
        ("", "no address"),
    ],
)
def test_a_redirect_elsewhere_is_checked_again(location, message, site):
    site.answers["/"] = lambda h: h.answer(status=302, Location=location.format(port=site.server_port))
    site.answers["/secret"] = lambda h: h.answer(PAGE)
    with pytest.raises(FetchError, match=message):
        get(site.url)
    assert site.asked == ["/"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
def test_private_hosts_are_refused_whatever_their_spelling(host, site):
    with pytest.raises(FetchError, match="no public address"):
        fetch(f"http://{host}:{site.server_port}/", timeout=5)
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "ff02::1",
        "2001:db8::1",
    ],
)
def test_addresses_that_are_not_public(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "193.0.6.139", "2a00:1450:4001::1", "64:ff9b::808:808"])
def test_addresses_that_are_public(address):
    assert is_public(ipaddress.ip_address(address))


def test_the_name_is_looked_up_once_and_the_checked_address_used(site, monkeypatch):
    answers = iter(["127.0.0.1", "10.0.0.1"])
    real = socket.getaddrinfo
    asked = []

    def rebinding(host, port, *arguments, **options):
        if host == "rebinding.example":
            asked.append(host)
            return real(next(answers), port, *arguments, **options)
        return real(host, port, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    site.answers["/"] = lambda h: h.answer(h.headers["Host"].encode(), Content_Type="text/plain")
    fetched = get(f"http://rebinding.example:{site.server_port}/")
    assert fetched.data.decode() == f"rebinding.example:{site.server_port}"
    assert asked == ["rebinding.example"]


def test_a_host_with_one_private_address_is_refused(monkeypatch):
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_options: both)
    monkeypatch.setattr(socket, "create_connection", lambda *_arguments, **_options: pytest.fail("it connected"))
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        fetch("http://mixed.example/")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://127.0.0.1/", "no http or https"),
        ("article.txt", "no http or https"),
        ("http://name:secret@127.0.0.1/", "user name or password"),
        ("http://name@127.0.0.1/", "user name or password"),
        ("http:///path", "no host"),
        ("http://127.0.0.1:0/", "no host and port"),
        ("http://127.0.0.1:99999/", "no address"),
        ("http://a b/", "no host"),
        ("http://nothing.invalid/", "no host 'nothing.invalid'"),
        (f"http://{'a' * 70}.example/", "no host"),
    ],
)
def test_what_is_no_address(url, message):
    with pytest.raises(FetchError, match=message) as caught:
        get(url)
    assert "secret" not in str(caught.value)
    assert isinstance(caught.value, PackageError)


@pytest.mark.parametrize("status", [204, 206, 304, 404, 500])
def test_any_other_status_is_an_error(status, site):
    site.answers["/"] = lambda h: h.answer(status=status)
    with pytest.raises(FetchError, match=str(status)):
        get(site.url)


def test_nobody_answers():
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(FetchError, match="cannot fetch"):
        get(f"http://127.0.0.1:{port}/")


def test_plain_text_where_tls_should_be(site):
    with pytest.raises(FetchError, match="cannot fetch https"):
        get(site.url.replace("http:", "https:"))


def test_too_large_by_what_it_sends(site):
    site.answers["/"] = lambda h: h.answer(b"x" * 2001, Content_Type="text/plain")
    assert len(get(site.url, max_bytes=2001).data) == 2001
    with pytest.raises(FetchError, match=r"larger than 2,000 bytes$"):
        get(site.url, max_bytes=2000)


def test_a_gzip_bomb_is_not_unpacked(site):
    bomb = gzip.compress(bytes(50_000_000))
    site.answers["/"] = lambda h: h.answer(bomb, Content_Type="text/plain", Content_Encoding="gzip")
    tracemalloc.start()
    with pytest.raises(FetchError, match="when unpacked"):
        get(site.url, max_bytes=1_000_000)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 10_000_000


@pytest.mark.parametrize(
    ("encoding", "body", "message"),
    [
        ("gzip", b"not gzip", "is not"),
        ("gzip", gzip.compress(PAGE)[:-9], "ends early"),
        ("gzip", gzip.compress(PAGE) + b"more", "goes on"),
        ("br", b"..", "'br'"),
    ],
)
def test_broken_packing(encoding, body, message, site):
    site.answers["/"] = lambda h: h.answer(body, Content_Type="text/plain", Content_Encoding=encoding)
    with pytest.raises(FetchError, match=message):
        get(site.url)


def test_a_body_that_ends_early(raw):
    with pytest.raises(FetchError, match="95 bytes are missing"):
        get(raw([b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nhello"]))


@pytest.mark.parametrize(
    "chunks",
    [
        [b"HTTP/1.1 200 OK\r\n", *[b"X-Slow: y\r\n"] * 500],
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 500\r\n\r\n", *[b"."] * 500],
        [b"H"] * 500,
        [b"HTTP/1.1 100 Continue\r\n\r\n"] * 500,
    ],
    ids=["headers", "body", "status line", "continue"],
)
def test_a_server_that_drips_is_left_at_the_deadline(chunks, raw):
    begun = time.monotonic()
    with pytest.raises(FetchError, match="in time"):
        get(raw(chunks, pause=0.05), timeout=0.5)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000])
def test_what_is_no_answer(answer, raw):
    with pytest.raises(FetchError, match="cannot fetch"):
        get(raw([answer]))


def test_more_addresses_are_tried_until_one_answers(site, monkeypatch):
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, site.server_port)) for a in ("127.0.0.2", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_options: entries)
    connect = socket.create_connection

    def connect_to_last(address, timeout):
        if address[0] == "127.0.0.2":
            raise ConnectionRefusedError
        monkeypatch.undo()
        return connect(address, timeout)

    monkeypatch.setattr(socket, "create_connection", connect_to_last)
    site.answers["/"] = lambda h: h.answer(b"words", Content_Type="text/plain")
    assert get(f"http://two.example:{site.server_port}/").data == b"words"
