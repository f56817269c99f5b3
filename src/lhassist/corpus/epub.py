"""Books in EPUB: their chapters in order, with their pictures."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import etree

from lhassist.corpus import dates, imprint
from lhassist.corpus.archive import parse_xml
from lhassist.corpus.elements import Picture, parse_tree, read_parts
from lhassist.corpus.html import decode_page
from lhassist.corpus.parts import Draft, Part, tidy
from lhassist.corpus.source import Source
from lhassist.errors import UnreadableFile

_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
    "e": "http://www.w3.org/2001/04/xmlenc#",
}
# Obfuscated fonts are no copy protection.
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def parse(archive: zipfile.ZipFile, source: Source) -> Draft:
    """Reads a book.

    Raises:
        UnreadableFile: It is protected against copying, or names no chapters.
    """
    if _is_protected(archive):
        raise UnreadableFile(source.path, "it is protected against copying", kind="password")
    container = parse_xml(archive.read("META-INF/container.xml"))
    place = str(container.xpath("string(//c:rootfile/@full-path)", namespaces=_NAMES))
    package = parse_xml(archive.read(place))
    parts = [
        part
        for name in _chapters(package, posixpath.dirname(place))
        for part in _chapter(archive, name, source)
    ]
    if not parts:
        raise UnreadableFile(source.path, "it has no text", kind="empty")
    title = " ".join(str(package.xpath("string(//d:title)", namespaces=_NAMES)).split())
    if parts[0].kind == "heading" and parts[0].text == title:
        parts = parts[1:]
    declared = str(package.xpath("string(//d:date)", namespaces=_NAMES)).split("T")[0].strip()
    return imprint.draft(title or source.path.stem, parts, dates.parse(declared))


def _is_protected(archive: zipfile.ZipFile) -> bool:
    if "META-INF/encryption.xml" not in archive.namelist():
        return False
    methods = parse_xml(archive.read("META-INF/encryption.xml")).xpath(
        "//e:EncryptedData/e:EncryptionMethod/@Algorithm", namespaces=_NAMES
    )
    return any(method not in _FONTS for method in methods)


def _chapters(package: etree._Element, folder: str) -> Iterator[str]:
    """The members of the archive that are chapters, in reading order."""
    items = package.xpath("//o:manifest/o:item", namespaces=_NAMES)
    addresses = {item.get("id"): item.get("href", "") for item in items}
    for chapter in package.xpath("//o:spine/o:itemref", namespaces=_NAMES):
        if chapter.get("linear") != "no" and (address := addresses.get(chapter.get("idref"))):
            yield _member(folder, address)


def _chapter(archive: zipfile.ZipFile, name: str, source: Source) -> tuple[Part, ...]:
    folder = posixpath.dirname(name)
    held = set(archive.namelist())

    def picture_of(address: str) -> Picture:
        member = _member(folder, address)
        return Picture(kept=source.keep(archive.read(member)) if member in held else "")

    if name not in held:
        return ()
    try:
        tree = parse_tree(decode_page(archive.read(name)))
    except ValueError as error:
        raise UnreadableFile(source.path, f"{posixpath.basename(name)}: {error}") from error
    return tidy(read_parts(tree, picture_of))


def _member(folder: str, address: str) -> str:
    """The member that an address in a file of a folder means."""
    return posixpath.normpath(posixpath.join(folder, unquote(urlsplit(address).path)))
