"""A copy of a text from an address, fetched as if the address and what answers there were hostile.

Only http and https, straight to an address of the public internet that was checked after it was resolved, so that no
second answer of a name server can lead elsewhere; the same for every redirect. Time, size and redirects are bounded.
No cookies, no credentials, no proxy.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.tracing.documents import Kind

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

TIMEOUT = 30.0
MAX_BYTES = 20_000_000
MAX_REDIRECTS = 5

_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
KINDS: Mapping[str, Kind | None] = {
    "": None,
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
}
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w:.-]{1,40})""", re.IGNORECASE)
_HOST = re.compile(r"[\w.:%-]+")
_CHUNK = 65536
# IPv4 addresses as a network without IPv4 translates them (RFC 6052): as public as what they stand for.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchError(PackageError):
    """An address could not be fetched, or may not be; the message says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address: `read_document(fetched.data, kind=fetched.kind, charset=fetched.charset)` reads it.

    Attributes:
        url: where it stood at last, after redirects.
        data: its bytes, unpacked.
        kind: what the server calls it; None if it says nothing.
        charset: the encoding that the server names, if any.
    """

    url: str
    data: bytes
    kind: Kind | None
    charset: str | None


_Read = Callable[[str, http.client.HTTPResponse], Fetched]


def fetch(  # noqa: PLR0913  each is a bound of its own
    url: str,
    *,
    allow_private: bool = False,
    timeout: float = TIMEOUT,
    max_bytes: int = MAX_BYTES,
    max_redirects: int = MAX_REDIRECTS,
    kinds: Mapping[str, Kind | None] = KINDS,
) -> Fetched:
    """What stands at an address.

    Args:
        url: an http or https address without credentials.
        allow_private: the host that `url` names may be a private, loopback or otherwise not public one. A redirect to
            another such host is refused all the same.
        timeout: seconds for all of it together, save that the system's name look-up has limits of its own.
        max_bytes: no more is read, packed or unpacked.
        max_redirects: no more are followed.
        kinds: the media types that may stand there, and what each is; an empty one where the server names none.

    Raises:
        FetchError: it is no such address or leads to one that is refused; it does not answer in time, or with an
            error; the answer is too large, ends early, or is no text.
    """
    deadline = time.monotonic() + timeout
    trusted = _split(url).hostname if allow_private else None
    seen = [_split(url).geturl()]
    while True:
        target = _split(seen[-1])
        answer = _request(
            target,
            allow_private=target.hostname == trusted,
            deadline=deadline,
            read=partial(_fetched, max_bytes=max_bytes, kinds=kinds),
        )
        if isinstance(answer, Fetched):
            return answer
        following = _split(answer, seen[-1]).geturl()
        if following in seen:
            raise FetchError(f"{url} redirects in a circle")
        if len(seen) > max_redirects:
            raise FetchError(f"{url} redirects more than {max_redirects} times")
        seen.append(following)


def _split(url: str, base: str = "") -> SplitResult:
    """The parts of an address that may be asked for, its path quoted and without fragment."""
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"{url!r} is no address: {error}") from error
    if parts.scheme not in _PORTS:
        raise FetchError(f"{url!r} is no http or https address")
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"the address for {host} holds a user name or password; leave them out")
    if not host or not _HOST.fullmatch(host) or port == 0:
        raise FetchError(f"{url!r} names no host and port")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return parts._replace(path=path, query=query, fragment="")


def _request(target: SplitResult, *, allow_private: bool, deadline: float, read: _Read) -> Fetched | str:
    """The answer of one host, or where it redirects to."""
    connection = _Connection(target, allow_private=allow_private, deadline=deadline)
    name = target.geturl()
    try:
        connection.request("GET", f"{target.path}?{target.query}".removesuffix("?"), headers=_headers())
        with connection.getresponse() as response:
            return _location(name, response) if response.status in _REDIRECTS else read(name, response)
    except TimeoutError as error:
        raise FetchError(f"{name} did not answer in full in time") from error
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise FetchError(f"cannot fetch {name}: {error or type(error).__name__}") from error
    finally:
        connection.close()


def _fetched(
    name: str, response: http.client.HTTPResponse, *, max_bytes: int, kinds: Mapping[str, Kind | None]
) -> Fetched:
    if response.status != http.client.OK:
        raise FetchError(f"{name} answers with status {response.status}")
    kind, charset = _kind(name, response.getheader("Content-Type", ""), kinds)
    return Fetched(name, _body(name, response, max_bytes), kind, charset)


def _headers() -> dict[str, str]:
    from ceasefire_talks import __version__

    return {
        "User-Agent": f"ceasefire-talks/{__version__}",
        "Accept": "text/html, application/xhtml+xml, text/plain, text/markdown",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _location(name: str, response: http.client.HTTPResponse) -> str:
    location = response.getheader("Location")
    if not location:
        raise FetchError(f"{name} redirects to no address")
    return location


def _kind(name: str, content_type: str, kinds: Mapping[str, Kind | None]) -> tuple[Kind | None, str | None]:
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in kinds:
        raise FetchError(f"{name} is {media_type!r}, not a page or a text")
    charset = _CHARSET.search(content_type)
    return kinds[media_type], charset[1] if charset else None


def _body(name: str, response: http.client.HTTPResponse, max_bytes: int) -> bytes:
    encoding = response.getheader("Content-Encoding", "").strip().lower()
    chunks = _chunks(name, response, max_bytes)
    if encoding in {"gzip", "x-gzip"}:
        return _unpacked(name, chunks, max_bytes)
    if encoding not in {"", "identity"}:
        raise FetchError(f"{name} is packed with {encoding!r}, which was not asked for")
    return b"".join(chunks)


def _chunks(name: str, response: http.client.HTTPResponse, max_bytes: int) -> Iterator[bytes]:
    size = 0
    while chunk := response.read(_CHUNK):
        size += len(chunk)
        if size > max_bytes:
            raise FetchError(f"{name} is larger than {max_bytes:,} bytes")
        yield chunk
    if response.length:
        raise FetchError(f"{name} ends early: {response.length:,} bytes are missing")


def _unpacked(name: str, chunks: Iterator[bytes], max_bytes: int) -> bytes:
    """Gzip, unpacked no further than allowed."""
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    unpacked = bytearray()
    try:
        for chunk in chunks:
            unpacked += unpacker.decompress(chunk, max_bytes - len(unpacked) + 1)
            if len(unpacked) > max_bytes:
                raise FetchError(f"{name} is larger than {max_bytes:,} bytes when unpacked")
    except zlib.error as error:
        raise FetchError(f"{name} says that it is gzip and is not") from error
    if not unpacker.eof or unpacker.unused_data:
        raise FetchError(f"{name} is gzip that ends early or goes on behind its end")
    return bytes(unpacked)


class _Connection(http.client.HTTPConnection):
    """A connection to one of the checked addresses of a host, all of it within a deadline."""

    def __init__(self, target: SplitResult, *, allow_private: bool, deadline: float) -> None:
        assert target.hostname is not None
        super().__init__(target.hostname, target.port or _PORTS[target.scheme])
        self._encrypted = target.scheme == "https"
        # What the Host header leaves out; the base class knows the port of http alone.
        self.default_port = _PORTS[target.scheme]
        self._allow_private = allow_private
        self._deadline = deadline

    def connect(self) -> None:
        sock = self._connected()
        try:
            if self._encrypted:
                sock.settimeout(_left(self._deadline))
                sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self.host)
        except BaseException:
            sock.close()
            raise
        self.sock = _TimedSocket(sock, self._deadline)

    def _connected(self) -> socket.socket:
        problem = OSError("no address")
        for address in _resolve(self.host, self.port, allow_private=self._allow_private):
            try:
                return socket.create_connection((str(address), self.port), _left(self._deadline))
            except TimeoutError:
                raise
            except OSError as error:
                problem = error
        raise problem


class _TimedSocket:
    """What an HTTP connection needs of a socket, with one deadline for all that it sends and receives.

    As with a socket proper, what was made by `makefile` outlives `close`.
    """

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._deadline = deadline
        self._read = False

    def sendall(self, data: ReadableBuffer) -> None:
        self._sock.settimeout(_left(self._deadline))
        self._sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        self._read = True
        return io.BufferedReader(_TimedReader(self._sock, self._deadline))

    def close(self) -> None:
        if not self._read:
            self._sock.close()


class _TimedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._sock.settimeout(_left(self._deadline))
        return self._sock.recv_into(buffer)

    def close(self) -> None:
        self._sock.close()
        super().close()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _resolve(host: str, port: int, *, allow_private: bool) -> list[_Address]:
    """The addresses of a host.

    Raises:
        FetchError: one of them is not of the public internet; a host that mixes both is not trusted with either.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"no host {host!r}: {error}") from error
    addresses = [ipaddress.ip_address(str(entry[4][0])) for entry in found]
    for address in addresses:
        if not allow_private and not is_public(address):
            raise FetchError(f"{host} is at {address}, which is no public address; refused unless you allow it")
    return list(dict.fromkeys(addresses))


def is_public(address: _Address) -> bool:
    """Whether an address is one of the public internet, and so is every address that it carries within it."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _TRANSLATED:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        within = filter(None, (address.sixtofour, *(address.teredo or ())))
        if address.is_site_local or not all(map(is_public, within)):
            return False
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )
