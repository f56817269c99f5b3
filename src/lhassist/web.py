"""Fetching an article from the public web, and nothing from anywhere else.

An address is a way to make this machine send requests, also into its own network. So the host is
looked up once, every address that it leads to has to be public, the connection goes to exactly the
address that was checked, and each redirect is checked again.
"""

from __future__ import annotations

import codecs
import hashlib
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from lhassist import __version__
from lhassist.errors import FetchError

MAX_BYTES = 10_000_000
MAX_REDIRECTS = 5
MAX_SECONDS = 30
MAX_ADDRESS = 2_000

Address = IPv4Address | IPv6Address

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
}
_ANYTHING = "application/octet-stream"
_PORTS = (80, 443)
_REDIRECTS = (301, 302, 303, 307, 308)
_NAME_LENGTH = 60
# Addresses of version 6 that hold one of version 4 in their last 32 bits.
_HOLDS_V4 = (
    IPv6Network("::/96"),
    IPv6Network("::ffff:0:0/96"),
    IPv6Network("::ffff:0:0:0/96"),
    IPv6Network("64:ff9b::/96"),
)
_NOT_PUBLIC = (
    IPv4Network("192.88.99.0/24"),  # The other end of 6to4.
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("fec0::/10"),
    IPv6Network("5f00::/16"),
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file from the web.

    Attributes:
        address: Where it was found in the end.
        name: What to call it here, by its address and its type.
        data: Its bytes. A page has a first line that names its address, as browsers write it.
    """

    address: str
    name: str
    data: bytes


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, whatever it is wrapped in."""
    if isinstance(address, IPv6Address):
        if address.scope_id:
            return False
        inner = [address.sixtofour, *(address.teredo or ())]
        if any(address in network for network in _HOLDS_V4):
            inner.append(IPv4Address(int(address) & 0xFFFF_FFFF))
            return all(is_public(held) for held in inner if held is not None)
        if not all(is_public(held) for held in inner if held is not None):
            return False
    return (
        address.is_global
        and not (address.is_multicast or address.is_reserved or address.is_unspecified)
        and not any(address.version == net.version and address in net for net in _NOT_PUBLIC)
    )


def look_up(host: str, port: int) -> list[Address]:
    """Every address that a host leads to, however the host is written.

    Raises:
        OSError: There is none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ipaddress.ip_address(str(place[0])) for *_, place in found))


@dataclass(frozen=True, slots=True)
class _Target:
    """An address that was checked, and the one place that a request for it may go to."""

    address: str
    is_secure: bool
    host: str
    port: int
    place: Address
    path: str


class Fetcher:
    """Fetches files by their address.

    Args:
        resolve: Looks a host up.
        is_allowed: Whether an address may be connected to.
        ports: Those that may be connected to.
        max_bytes: The largest file that is taken.
        max_seconds: How long fetching may take, redirects included.
    """

    def __init__(
        self,
        *,
        resolve: Callable[[str, int], Sequence[Address]] = look_up,
        is_allowed: Callable[[Address], bool] = is_public,
        ports: Collection[int] = _PORTS,
        max_bytes: int = MAX_BYTES,
        max_seconds: float = MAX_SECONDS,
    ) -> None:
        self._resolve = resolve
        self._is_allowed = is_allowed
        self._ports = ports
        self._max_bytes = max_bytes
        self._max_seconds = max_seconds

    def fetch(self, address: str) -> Fetched:
        """Fetches one file.

        Args:
            address: With `http://` or `https://`.

        Raises:
            FetchError: It may not be fetched, is not there, of a type that is not read, too large
                or too slow; says which.
        """
        deadline = time.monotonic() + self._max_seconds
        for _ in range(MAX_REDIRECTS + 1):
            target = self._checked(address)
            try:
                answer = self._ask(target, deadline)
            except (OSError, http.client.HTTPException) as error:
                reason = " ".join(str(error).split()) or type(error).__name__
                if time.monotonic() >= deadline:
                    reason = f"it takes longer than {self._max_seconds:g} s"
                raise FetchError(address, reason) from error
            if isinstance(answer, Fetched):
                return answer
            if target.is_secure and answer.startswith("http:"):
                raise FetchError(address, "it leads from https to http")
            address = answer
        raise FetchError(address, f"more than {MAX_REDIRECTS} redirects")

    def _checked(self, address: str) -> _Target:
        """Takes an address apart and looks its host up.

        Raises:
            FetchError: It may not be fetched.
        """
        if len(address) > MAX_ADDRESS or re.search(r"[\s\\\x00-\x1f\x7f]", address):
            raise FetchError(address[:MAX_ADDRESS], "this is no address of the web", kind="address")
        try:
            parts = urlsplit(address)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            host = (parts.hostname or "").encode("idna").decode("ascii")
        except (ValueError, UnicodeError) as error:
            raise FetchError(address, "this is no address of the web", kind="address") from error
        if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
            raise FetchError(
                address, "only http and https, without a name and password", kind="address"
            )
        if port not in self._ports:
            raise FetchError(address, f"port {port} is not one of the web", kind="address")
        try:
            found = self._resolve(host, port)
        except (OSError, ValueError) as error:
            raise FetchError(address, f"there is no host {host}", kind="host") from error
        inner = [place for place in found if not self._is_allowed(place)]
        if inner or not found:
            where = f", which leads to {inner[0]}" if inner else ""
            raise FetchError(address, f"{host}{where}, is not on the public internet", kind="inner")
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        return _Target(
            address, parts.scheme == "https", host, port, found[0], path + (query and f"?{query}")
        )

    def _ask(self, target: _Target, deadline: float) -> Fetched | str:
        """Sends one request; returns the file, or the address that it is redirected to."""
        connection = _Connection(target, deadline - time.monotonic())
        try:
            connection.connect()
            # Time-outs of a socket hold for one read each; this one holds for all of them.
            with _cut_off(connection.sock, deadline - time.monotonic()):
                headers = {
                    "User-Agent": f"lhassist/{__version__}",
                    "Accept": ", ".join(_SUFFIXES),
                    "Accept-Encoding": "identity",
                }
                connection.request("GET", target.path, headers=headers)
                response = connection.getresponse()
                location = response.getheader("Location")
                if response.status in _REDIRECTS and location:
                    return urljoin(target.address, location)
                if response.status != http.HTTPStatus.OK:
                    raise FetchError(
                        target.address, f"the server says {response.status}", kind="status"
                    )
                return self._taken(target, response, deadline)
        finally:
            connection.close()

    def _taken(
        self, target: _Target, response: http.client.HTTPResponse, deadline: float
    ) -> Fetched:
        kind = response.headers.get_content_type()
        suffix = _SUFFIXES.get(kind) or PurePosixPath(urlsplit(target.address).path).suffix.lower()
        if suffix not in _SUFFIXES.values() or kind not in (*_SUFFIXES, _ANYTHING):
            raise FetchError(target.address, f"{kind} is not a type that is read", kind="type")
        if response.getheader("Content-Encoding", "identity") != "identity":
            raise FetchError(target.address, "the server compresses what it was asked to leave")
        data = response.read(self._max_bytes + 1)
        if len(data) > self._max_bytes:
            raise FetchError(
                target.address, f"it has more than {self._max_bytes:,} bytes", kind="size"
            )
        if response.length or time.monotonic() >= deadline:
            raise http.client.IncompleteRead(data, response.length)
        if suffix == ".html" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            data = saved_from(target.address) + data
        return Fetched(target.address, _name(target.address) + suffix, data)


def saved_from(address: str) -> bytes:
    """The first line of a page that was saved, as browsers write it."""
    address = address.replace("--", "%2D%2D")
    return f"<!-- saved from url=({len(address):04d}){address} -->\n".encode("ascii", "replace")


def _name(address: str) -> str:
    """A name for a file: what can be read of its address, and a checksum of the whole."""
    parts = urlsplit(address)
    path = PurePosixPath(unquote(parts.path))
    words = re.sub(r"[^\w.]+", "-", f"{parts.hostname}{path.parent / path.stem}").strip("-.")
    words = words[:_NAME_LENGTH]
    return f"{words}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"


class _Connection(http.client.HTTPConnection):
    """A connection to the place that was checked; with https it must prove to be the host."""

    def __init__(self, target: _Target, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=max(seconds, 0.001))
        self._target = target
        self.default_port = 443 if target.is_secure else 80

    def connect(self) -> None:
        place = (str(self._target.place), self._target.port)
        self.sock = socket.create_connection(place, self.timeout)
        if self._target.is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self._target.host)


@contextmanager
def _cut_off(connection: socket.socket, seconds: float) -> Iterator[None]:
    """Ends a connection after so many seconds, whatever it is waiting for."""

    def end() -> None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(seconds, 0), end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
