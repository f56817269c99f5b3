"""Web addresses: what may be fetched, from where, and how much of it."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv4Network, IPv6Address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from lhassist import corpus
from lhassist.cli import app
from lhassist.config import Settings
from lhassist.embedding import open_embedder
from lhassist.errors import ConfigError, CorpusError, FetchError
from lhassist.ingest import Report
from lhassist.ingest.from_web import arrive_from_web, ingest_from_web
from lhassist.web import Address, Fetcher, is_public, look_up

PAGE = (
    "<html><head><meta charset=utf-8><title>小商桥</title></head><body>"
    + "<p>小商桥在临颍县与郾城区之间的小商河上，始建于隋开皇四年。</p>" * 3
    + "</body></html>"
).encode()
LOOPBACK = IPv4Address("127.0.0.1")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.0.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255"),
        *("192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1"),
        *("198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1"),
        *("255.255.255.255", "192.88.99.1"),
        *("::", "::1", "::127.0.0.1", "::10.0.0.1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe"),
        *("::ffff:0:10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "2002:7f00:1::", "fe80::1"),
        *("2002:c0a8:101::1", "2001:0:7f00:1::1", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1"),
        *("fe80::1%1", "100::1", "2001:db8::1", "5f00::1"),
    ],
)
def test_only_the_public_internet(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::1.1.1.1", "::ffff:1.1.1.1"]
)
def test_the_public_internet_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


PRIVATE = st.sampled_from(
    ["10.0.0.0/8", "127.0.0.0/8", "192.168.0.0/16", "169.254.0.0/16"]
).flatmap(
    lambda net: st.integers(
        int(IPv4Network(net).network_address), int(IPv4Network(net).broadcast_address)
    )
)


REFUSED = r"is not on the public internet|there is no host"


def _forms(number: int) -> list[str]:
    """The ways in which a resolver takes one address of version 4."""
    a, b, c, d = number.to_bytes(4, "big")
    return [
        f"{a}.{b}.{c}.{d}",
        str(number),
        hex(number),
        f"0{number:o}",
        f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"{a}.{(b << 16) + (c << 8) + d}",
        f"{a}.{b}.{(c << 8) + d}",
        f"[::ffff:{a}.{b}.{c}.{d}]",
        f"[::ffff:{(a << 8) + b:x}:{(c << 8) + d:x}]",
        f"[::{a}.{b}.{c}.{d}]",
        f"[64:ff9b::{a}.{b}.{c}.{d}]",
        f"[2002:{(a << 8) + b:x}:{(c << 8) + d:x}::1]",
    ]


@given(PRIVATE)
def test_private_addresses_are_refused_however_they_are_written(number: int) -> None:
    for form in _forms(number):
        with pytest.raises(FetchError, match=REFUSED):
            Fetcher().fetch(f"http://{form}/")


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "localhost.", "１２７.0.0.1", "127。0。0。1"]
)
def test_names_of_this_machine_are_refused(host: str) -> None:
    with pytest.raises(FetchError, match=REFUSED):
        Fetcher().fetch(f"http://{host}/")


@given(st.ip_addresses())
def test_nothing_is_public_that_the_standards_keep_for_private_use(address: Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not any((address.is_private, address.is_loopback, address.is_link_local))


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://example.org/", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http://user:secret@example.org/", "without a name and password"),
        ("http://example.org@127.0.0.1/", "without a name and password"),
        ("http://example.org:22/", "port 22 is not one of the web"),
        ("http://example.org:99999/", "no address of the web"),
        ("http://exa mple.org/", "no address of the web"),
        ("http://example.org\\@127.0.0.1/", "no address of the web"),
        ("http://example.org/\r\nX: y", "no address of the web"),
        ("http:///path", "only http and https"),
        ("http://[::1/", "no address of the web"),
        ("http://" + "a" * 3000, "no address of the web"),
    ],
)
def test_addresses_that_are_none(address: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason) as caught:
        Fetcher(resolve=_unasked).fetch(address)
    assert "\n" not in caught.value.reason


def _unasked(host: str, port: int) -> list[Address]:
    raise AssertionError(f"{host} was looked up")


def test_one_private_address_among_public_ones_is_enough() -> None:
    both = [IPv4Address("1.1.1.1"), LOOPBACK]
    with pytest.raises(FetchError, match=r"leads to 127\.0\.0\.1"):
        Fetcher(resolve=lambda host, port: both).fetch("http://example.org/")


def _answers(port: int) -> dict[str, tuple[int, dict[str, str], bytes]]:
    """What the site says to each path: status, headers, body."""
    html = {"Content-Type": "text/html; charset=utf-8"}
    return {
        "/": (200, html, PAGE),
        "/loop": (302, {"Location": "/loop"}, b""),
        "/moved": (302, {"Location": "/"}, b""),
        "/inside": (302, {"Location": f"http://inside.example:{port}/"}, b""),
        "/number": (302, {"Location": f"http://2130706434:{port}/"}, b""),
        "/script": (200, {"Content-Type": "text/javascript"}, b"alert(1)"),
        "/large": (200, html, b"x" * 300_000),
        "/short": (200, html | {"Content-Length": "999999"}, PAGE),
        "/gzip": (200, html | {"Content-Encoding": "gzip"}, gzip.compress(PAGE)),
        "/slow": (200, html, b"x"),
        "/drip": (200, html, b"x" * 100),
        "/page.pdf": (200, {"Content-Type": "application/octet-stream"}, b"%PDF-1.4"),
    }


class _Site(BaseHTTPRequestHandler):
    """A site with a page, and with what sites do to those who fetch."""

    def do_GET(self) -> None:
        self.server.hosts.append(self.headers["Host"])  # type: ignore[attr-defined]
        answers = _answers(self.server.server_address[1])  # type: ignore[misc]
        status, headers, body = answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            if self.path == "/drip":
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(0.1)
            if self.path == "/slow":
                time.sleep(3)
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.hosts = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _fetcher(site: ThreadingHTTPServer, **limits: float) -> Fetcher:
    """One that takes 127.0.0.1, and nothing else, for the public internet."""

    def resolve(host: str, port: int) -> list[Address]:
        if host == "inside.example":
            return [IPv4Address("127.0.0.2")]
        return [LOOPBACK] if host == "site.example" else look_up(host, port)

    return Fetcher(
        resolve=resolve,
        is_allowed=lambda address: address == LOOPBACK,
        ports=[site.server_address[1]],
        **limits,  # type: ignore[arg-type]
    )


def _address(site: ThreadingHTTPServer, path: str) -> str:
    return f"http://site.example:{site.server_address[1]}{path}"


def test_a_page_becomes_an_article_that_names_its_address(
    site: ThreadingHTTPServer, tmp_path: Path
) -> None:
    settings = Settings(corpus_dir=tmp_path, web_addresses=True)
    arrived = arrive_from_web(settings, _address(site, "/moved"), _fetcher(site))
    assert site.hosts[-1] == f"site.example:{site.server_address[1]}"  # type: ignore[attr-defined]
    assert arrived.name.startswith("site.example-")
    document = corpus.read(arrived, document_id="x", root=arrived.parent)
    assert document.title == "小商桥"
    assert document.sources == (_address(site, "/"),)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/loop", "more than 5 redirects"),
        ("/inside", r"inside\.example, which leads to 127\.0\.0\.2, is not on the public internet"),
        ("/number", r"leads to 127\.0\.0\.2, is not on the public internet"),
        ("/script", "text/javascript is not a type that is read"),
        ("/short", "IncompleteRead"),
        ("/large", "it has more than 200,000 bytes"),
        ("/gone", "the server says 404"),
        ("/gzip", "compresses"),
        ("/slow", "it takes longer than 1 s"),
        ("/drip", "it takes longer than 1 s"),
    ],
)
def test_what_is_not_taken(site: ThreadingHTTPServer, path: str, reason: str) -> None:
    fetcher = _fetcher(site, max_bytes=200_000, max_seconds=1)
    with pytest.raises(FetchError, match=reason):
        fetcher.fetch(_address(site, path))


def test_a_type_that_says_nothing_is_told_by_the_address(site: ThreadingHTTPServer) -> None:
    fetched = _fetcher(site).fetch(_address(site, "/page.pdf"))
    assert fetched.name.endswith(".pdf")
    assert fetched.data == b"%PDF-1.4"


def test_the_host_is_looked_up_once_and_the_connection_goes_there(
    site: ThreadingHTTPServer,
) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[Address]:
        asked.append(host)
        return [LOOPBACK] if len(asked) == 1 else [IPv4Address("10.0.0.1")]

    fetcher = Fetcher(
        resolve=rebinding,
        is_allowed=lambda address: address == LOOPBACK,
        ports=[site.server_address[1]],
    )
    assert PAGE in fetcher.fetch(_address(site, "/")).data
    assert asked == ["site.example"]


def test_nothing_listens_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        fetcher = Fetcher(
            resolve=lambda host, port: [LOOPBACK], is_allowed=lambda address: True, ports=[port]
        )
        with pytest.raises(FetchError, match="refused"):
            fetcher.fetch(f"http://site.example:{port}/")


def test_it_is_off_until_it_is_switched_on(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="fetching from the web is off") as caught:
        arrive_from_web(Settings(corpus_dir=tmp_path), "https://example.org/")
    assert "web_addresses" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_version_6_is_written_as_it_has_to_be() -> None:
    assert look_up("::1", 80) == [IPv6Address("::1")]


def test_the_command_line_knows_addresses_from_paths() -> None:
    result = CliRunner().invoke(app, ["ingest", "x.md", "https://example.org/"])
    assert isinstance(result.exception, ConfigError)
    assert "https://example.org/: fetching from the web is off" in result.exception.message


def test_addresses_and_files_are_ingested_together(
    site: ThreadingHTTPServer, tmp_path: Path, sample_corpus: Path
) -> None:
    settings = Settings(
        corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index", web_addresses=True
    )
    page, gone, none = (_address(site, path) for path in ("/moved", "/gone", "/page.pdf"))
    report = ingest_from_web(
        settings,
        [sample_corpus / "xu-shen.md", tmp_path / "missing.md"],
        addresses=[page, gone, none],
        embedder=open_embedder("hashing", tmp_path),
        fetcher=_fetcher(site),
    )
    (kept,) = settings.corpus_dir.iterdir()
    assert report.added == tuple(sorted((kept.stem, "xu-shen")))
    failed = {one.path: one.reason for one in report.failed}
    assert failed.keys() == {gone, none, str(tmp_path / "missing.md")}
    assert failed[gone] == "the server says 404"
    assert set(report.to_json()) == {field.name for field in fields(Report)}


def test_a_page_that_is_fetched_again_is_no_other_article(
    site: ThreadingHTTPServer, tmp_path: Path
) -> None:
    settings = Settings(
        corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index", web_addresses=True
    )
    first, second = (
        ingest_from_web(
            settings,
            [],
            addresses=[_address(site, "/")] * 2,
            embedder=open_embedder("hashing", tmp_path),
            fetcher=_fetcher(site),
        )
        for _ in range(2)
    )
    assert (len(first.added), first.failed) == (1, ())
    assert (second.generation, second.unchanged) == (first.generation, 1)


def test_where_nothing_could_be_fetched_the_reason_is_named(
    site: ThreadingHTTPServer, tmp_path: Path
) -> None:
    settings = Settings(
        corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index", web_addresses=True
    )
    with pytest.raises(CorpusError, match=r"/gone: the server says 404"):
        ingest_from_web(
            settings,
            [],
            addresses=[_address(site, "/gone")],
            embedder=open_embedder("hashing", tmp_path),
            fetcher=_fetcher(site),
        )
