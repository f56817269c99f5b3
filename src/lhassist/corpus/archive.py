"""Formats that are ZIP files: which of them a file is, and its members, within limits.

Members are looked up by name inside the file; nothing is ever unpacked to the disk.
"""

from __future__ import annotations

import zipfile

from lxml import etree

from lhassist.corpus.parts import Draft
from lhassist.corpus.source import Source
from lhassist.errors import UnreadableFile

MAX_MEMBERS = 20_000
MAX_UNPACKED = 500_000_000

_ENCRYPTED = 1


def parse(source: Source) -> Draft:
    """Reads a Word file, a presentation or a book, whichever its members make it.

    Raises:
        UnreadableFile: It is none of these, damaged, has a password, or would unpack to more than
            `MAX_UNPACKED`.
    """
    try:
        archive = zipfile.ZipFile(source.file)
    except zipfile.BadZipFile as error:
        raise UnreadableFile(source.path, f"a damaged ZIP file: {error}") from error
    with archive:
        members = archive.infolist()
        if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
            raise UnreadableFile(
                source.path,
                f"unpacked it would have more than {MAX_UNPACKED // 1_000_000} MB",
                kind="limit",
            )
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise UnreadableFile(
                source.path, "it has a password", kind="password", hint="save it without one"
            )
        names = {member.filename for member in members}
        if "word/document.xml" in names:
            from lhassist.corpus import docx

            return docx.parse(source)
        if "ppt/presentation.xml" in names:
            from lhassist.corpus import pptx

            return pptx.parse(source)
        if "META-INF/container.xml" in names:
            from lhassist.corpus import epub

            return epub.parse(archive, source)
    raise UnreadableFile(
        source.path, "a ZIP archive", kind="archive", hint="unpack it, and give the files in it"
    )


def parse_xml(data: bytes) -> etree._Element:
    """Parses XML; entities are left as they are, and nothing else is read.

    Raises:
        lxml.etree.XMLSyntaxError: It is not well formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)
