"""Files become Documents: one file a format, and the rest of the product sees no format.

scan      which files of a folder are articles
read      one file to a Document; the one door, whatever the format
markdown  articles with front matter
text      plain newspaper pages
encoding, files, dates, parts: what the formats share
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from lhassist.corpus import encoding, markdown, text
from lhassist.corpus.files import MEDIA_KINDS, find_media, is_file, read_bytes
from lhassist.corpus.parts import Draft, Part, clean, join
from lhassist.corpus.scan import SourceFile, scan
from lhassist.errors import UnreadableFile
from lhassist.schema import Document, Media, Span
from lhassist.script import detect

__all__ = ["SourceFile", "read", "scan"]

_FORMATS: Mapping[str, Callable[[str, Path], Draft]] = {
    ".md": markdown.parse,
    ".markdown": markdown.parse,
    ".txt": text.parse,
}


def read(path: Path, *, document_id: str, root: Path) -> Document:
    """Reads one file as an article.

    Args:
        path: A file in one of the formats, told by its suffix.
        document_id: What the article is called in the collection.
        root: The folder that its pictures must lie in; their paths are relative to it.

    Raises:
        UnreadableFile: The file is missing, not permitted, no text, empty, longer than
            `files.MAX_BYTES`, in an unknown format or encoding, or its front matter does not fit.
    """
    parse = _FORMATS.get(path.suffix.lower())
    data = read_bytes(path, root) if parse or not is_file(path) else b""
    if parse is None:
        raise UnreadableFile(
            path,
            f"{path.suffix or 'a name without a suffix'}: not a format that is read",
            hint=f"give an article in {', '.join(_FORMATS)}",
        )
    try:
        written = clean(encoding.decode(data).text)
    except ValueError as error:
        raise UnreadableFile(path, str(error), hint="save it as a text in UTF-8") from error
    if not written.strip():
        raise UnreadableFile(path, "it is empty", hint="write the article, or remove the file")
    draft = parse(written, path)
    if not draft.parts:
        raise UnreadableFile(path, "it has no text", hint="write the article below its title")
    return _document(draft, data, path, document_id, root)


def _document(draft: Draft, data: bytes, path: Path, document_id: str, root: Path) -> Document:
    whole, blocks = join(draft.parts)
    media = tuple(
        _media(part, block.span, path, root)
        for part, block in zip(draft.parts, blocks, strict=True)
        if part.kind == "caption"
    )
    return Document(
        id=document_id,
        title=draft.title,
        text=whole,
        blocks=blocks,
        script=detect(draft.title + whole) or "zh-Hans",
        sha256=hashlib.sha256(data).hexdigest(),
        path=str(path),
        media=media,
        published=draft.published,
        topic=draft.topic,
        sources=draft.sources,
    )


def _media(part: Part, span: Span, path: Path, root: Path) -> Media:
    file = find_media(part.target, article=path, root=root) if part.target else None
    if file is None:
        kind = MEDIA_KINDS.get(Path(part.target).suffix.lower(), "image")
        return Media(kind, part.text, span, credit=part.credit)
    return Media(file.kind, part.text, span, file.path, file.sha256, part.credit)
