"""One file to a `Document`, whatever the format."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from io import BufferedReader
from pathlib import Path
from typing import Self

from lhassist.corpus import encoding, markdown, text
from lhassist.corpus.files import MEDIA_KINDS, find_media, open_file
from lhassist.corpus.formats import MARKDOWN, Format, recognise
from lhassist.corpus.parts import Draft, Part, clean, join
from lhassist.corpus.workshop import Worker
from lhassist.errors import UnreadableFile
from lhassist.schema import Document, Media, Span
from lhassist.script import detect

MAX_TEXT = 10_000_000
"""The longest text of an article, in characters: ten long novels."""

_PICTURE = re.compile(r"[0-9a-f]{64}\.[a-z]{3,4}")


class Reader:
    """Reads files as articles; a `with` block keeps its process and the pictures it takes out.

    Args:
        scratch: A folder with room for the pictures that lie inside articles; None takes that of
            the system for temporary files.
        prefix: How the folder begins that is made there and removed in the end.
    """

    def __init__(self, scratch: Path | None = None, prefix: str = "lhassist-") -> None:
        self._folder = tempfile.TemporaryDirectory(prefix=prefix, dir=scratch)
        self._worker = Worker()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._worker.close()
        self._folder.cleanup()

    def read(self, path: Path, *, document_id: str, root: Path) -> Document:
        """Reads one file as an article.

        Args:
            path: A file in one of the formats, told by its content.
            document_id: What the article is called in the collection.
            root: The folder that its pictures must lie in; their paths are relative to it.

        Raises:
            UnreadableFile: The file is missing, not permitted, empty, damaged, too long, in an
                unknown format or encoding, without text, or needs what is not installed.
        """
        with open_file(path, root) as file:
            size = os.fstat(file.fileno()).st_size
            if not size:
                raise UnreadableFile(path, "it is empty", hint="write it, or remove the file")
            format = recognise(path, file)
            if size > format.max_bytes:
                raise UnreadableFile(
                    path,
                    f"{size:,} bytes; {format.name} has at most {format.max_bytes:,}",
                    hint="split it into several articles",
                )
            if not format.is_installed:
                raise UnreadableFile(
                    path, f"{format.name} needs an extra: pip install 'lhassist[{format.extra}]'"
                )
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            if format.is_text:
                draft = _parse_text(format, path, file)
            else:
                draft = self._worker.read(format, path, file, Path(self._folder.name))
        if not draft.parts:
            raise UnreadableFile(path, "it has no text", hint="write the article below its title")
        if sum(len(part.text) for part in draft.parts) > MAX_TEXT:
            raise UnreadableFile(
                path,
                f"it has more than {MAX_TEXT:,} characters",
                hint="split it into several articles",
            )
        return self._document(draft, digest, path, document_id, root)

    def file_of(self, media: Media, root: Path) -> Path:
        """Where the bytes of a medium are that has some, as long as the `with` block lasts.

        Args:
            media: Of an article that this reader read.
            root: The folder that the article was read from.
        """
        assert media.path is not None
        if media.is_inside:
            return Path(self._folder.name) / f"{media.sha256}{Path(media.path).suffix}"
        return root / media.path

    def _document(
        self, draft: Draft, digest: str, path: Path, document_id: str, root: Path
    ) -> Document:
        whole, blocks = join(draft.parts)
        media = tuple(
            self._media(part, block.span, path, root)
            for part, block in zip(draft.parts, blocks, strict=True)
            if part.kind == "caption"
        )
        return Document(
            id=document_id,
            title=draft.title,
            text=whole,
            blocks=blocks,
            script=detect(draft.title + whole) or "zh-Hans",
            sha256=digest,
            path=str(path),
            media=media,
            published=draft.published,
            topic=draft.topic,
            sources=draft.sources,
        )

    def _media(self, part: Part, span: Span, path: Path, root: Path) -> Media:
        if part.picture:
            return self._picture_inside(part, span, path, root)
        file = find_media(part.target, article=path, root=root) if part.target else None
        if file is None:
            kind = MEDIA_KINDS.get(Path(part.target).suffix.lower(), "image")
            return Media(kind, part.text, span, credit=part.credit)
        return Media(file.kind, part.text, span, file.path, file.sha256, part.credit)

    def _picture_inside(self, part: Part, span: Span, path: Path, root: Path) -> Media:
        if not _PICTURE.fullmatch(part.picture):
            raise UnreadableFile(path, "its reader broke down: the file is damaged")
        digest, suffix = part.picture.split(".")
        place = Path(os.path.relpath(path, root)) / f"{digest[:12]}.{suffix}"
        return Media(
            "image", part.text, span, place.as_posix(), digest, part.credit, is_inside=True
        )


def _parse_text(format: Format, path: Path, file: BufferedReader) -> Draft:
    try:
        written = clean(encoding.decode(file.read()).text)
    except ValueError as error:
        raise UnreadableFile(path, str(error), hint="save it as a text in UTF-8") from error
    if not written.strip():
        raise UnreadableFile(path, "it is empty", hint="write the article, or remove the file")
    return markdown.parse(written, path) if format is MARKDOWN else text.parse(written, path)
