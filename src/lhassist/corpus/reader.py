"""One file to a `Document`, whatever the format."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from typing import Self

from lhassist.corpus import encoding, markdown, ocr, text
from lhassist.corpus.beside import checksum, description_of, subtitles_of
from lhassist.corpus.draft_cache import DraftCache
from lhassist.corpus.files import MEDIA_KINDS, find_media, open_file
from lhassist.corpus.formats import MARKDOWN, PICTURE, Format, recognise
from lhassist.corpus.parts import Draft, Part, clean, join
from lhassist.corpus.source import NO_AIDS, Aids, Heard
from lhassist.corpus.workshop import Worker
from lhassist.errors import UnreadableFile
from lhassist.schema import Cue, Document, Media, Span
from lhassist.script import detect

MAX_TEXT = 10_000_000
"""The longest text of an article, in characters: ten long novels."""

_MAX_SUBTITLES = 10_000_000
_OCR_NEEDED = " that can be read here: pip install 'lhassist[ocr]'"

_log = logging.getLogger(__name__)

_PICTURE = re.compile(r"[0-9a-f]{64}\.[a-z]{3,4}")


class Reader:
    """Reads files as articles; a `with` block keeps its process and the pictures it takes out.

    Args:
        scratch: A folder with room for the pictures that lie inside articles; None takes that of
            the system for temporary files.
        prefix: How the folder begins that is made there and removed in the end.
        aids: What helps to read pictures, sounds and films.
        cache_dir: Where what was read of them is kept; None keeps nothing.
        reads_shown: Whether what the pictures, sounds and films of articles say is read, too.
        seconds: The computing that a file may take at most, where that is less than its format
            allows; None leaves it at that.
        heard: Told how far a recording has been heard.
    """

    def __init__(
        self,
        scratch: Path | None = None,
        prefix: str = "lhassist-",
        *,
        aids: Aids = NO_AIDS,
        cache_dir: Path | None = None,
        reads_shown: bool = True,
        seconds: int | None = None,
        heard: Heard | None = None,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix=prefix, dir=scratch)
        self._worker = Worker(seconds, heard)
        self._aids = aids
        self._cache = DraftCache(cache_dir)
        self._reads_shown = reads_shown

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
            format = _recognised(path, file)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            if format.is_text:
                draft = _parse_text(format, path, file)
            elif format.is_medium:
                draft = self._medium(format, path, file, digest, root)
            else:
                draft = self._worker.read(format, path, file, Path(self._folder.name))
        if format.is_medium:
            digest = checksum(path, digest)
            draft = _described(draft, format, path, root)
        elif self._reads_shown:
            draft = self._with_media_read(draft, path, root)
        if not draft.parts:
            raise UnreadableFile(
                path, "it has no text", kind="empty", hint="write the article below its title"
            )
        if sum(len(part.text) for part in draft.parts) > MAX_TEXT:
            raise UnreadableFile(
                path,
                f"it has more than {MAX_TEXT:,} characters",
                kind="long",
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
        media: list[Media] = []
        at: dict[tuple[str, str], int] = {}
        for part, block in zip(draft.parts, blocks, strict=True):
            if part.kind == "caption" and part.origin == "written":
                at[part.target, part.picture] = len(media)
                media.append(self._media(part, block.span, path, root))
            elif part.target or part.picture:
                number = at[part.target, part.picture]
                media[number] = _with_words(media[number], part, block.span)
        return Document(
            id=document_id,
            title=draft.title,
            text=whole,
            blocks=blocks,
            script=detect(draft.title + whole) or "zh-Hans",
            sha256=digest,
            path=str(path),
            media=tuple(media),
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
            return Media(kind, part.text, span, credit=part.credit, look=part.look)
        return Media(
            file.kind, part.text, span, file.path, file.sha256, part.credit, look=part.look
        )

    def _picture_inside(self, part: Part, span: Span, path: Path, root: Path) -> Media:
        if not _PICTURE.fullmatch(part.picture):
            raise UnreadableFile(path, "its reader broke down: the file is damaged")
        digest, suffix = part.picture.split(".")
        place = Path(os.path.relpath(path, root)) / f"{digest[:12]}.{suffix}"
        return Media(
            "image",
            part.text,
            span,
            place.as_posix(),
            digest,
            part.credit,
            look=part.look,
            is_inside=True,
        )

    def _medium(
        self, format: Format, path: Path, file: BufferedReader, digest: str, root: Path
    ) -> Draft:
        """What a medium says: its caption first, then what a machine read off it."""
        aids = replace(self._aids, subtitles=_subtitles(path, root)) if format.needs else NO_AIDS
        key = self._cache.key(format, digest, path.name, aids)
        draft = self._cache.get(key)
        if draft is None:
            draft = self._worker.read(format, path, file, Path(self._folder.name), aids)
            self._cache.put(key, draft)
        return draft

    def _with_media_read(self, draft: Draft, path: Path, root: Path) -> Draft:
        """An article with what its pictures, sounds and films say.

        It stands below all that is written, so that the offsets of what is written do not depend
        on what is installed here.
        """
        parts: list[Part] = []
        below: list[Part] = []
        for part in draft.parts:
            read = self._read_of(part, path, root)
            if read is None:
                parts.append(part)
                continue
            parts.append(replace(part, look=read.parts[0].look))
            if part.is_page:
                published = draft.published or read.published
                title = read.title if draft.title == path.stem else draft.title
                draft = replace(draft, title=title, published=published)
                parts += read.parts[1:]
            else:
                below += _words(part, read.parts[1:])
        return replace(draft, parts=(*parts, *below))

    def _read_of(self, part: Part, path: Path, root: Path) -> Draft | None:
        """What a part's picture, sound or film says; None after a warning where it is unreadable.

        The file that a caption names may be anything; a bomb costs the article nothing else.
        """
        file = self._file_shown(part, path, root)
        try:
            return self._draft_of_medium(file, path, root) if file else None
        except UnreadableFile as error:
            _log.warning("%s: the caption of %s stands alone: %s", path, file, error.reason)
            return None

    def _file_shown(self, part: Part, path: Path, root: Path) -> Path | None:
        if part.picture:
            return Path(self._folder.name) / part.picture
        file = find_media(part.target, article=path, root=root) if part.target else None
        return root / file.path if file else None

    def _draft_of_medium(self, file: Path, article: Path, root: Path) -> Draft | None:
        is_kept = file.is_relative_to(self._folder.name)
        with open_file(file, file.parent if is_kept else root) as opened:
            format = _recognised(file, opened)
            if not format.is_medium:
                return None
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
            opened.seek(0)
            return self._medium(format, article if is_kept else file, opened, digest, root)


def _words(shown: Part, read: Iterable[Part]) -> list[Part]:
    """What was read off a picture, sound or film that an article shows.

    The words of a picture are one more caption. The scenes of a film are not shown.
    """
    texts = [part for part in read if part.origin != "written" and part.kind != "caption"]
    if texts and texts[0].origin == "ocr":
        texts = [Part("caption", "\n".join(part.text for part in texts), origin="ocr")]
    return [replace(part, target=shown.target, picture=shown.picture) for part in texts]


def _with_words(media: Media, part: Part, span: Span) -> Media:
    """A picture, sound or film with the place where a part of what it says stands."""
    if part.times:
        return replace(media, cues=(*media.cues, *_cues(part, span.start)))
    return replace(media, words=span)


def _recognised(path: Path, file: BufferedReader) -> Format:
    """The format of an open file, where it is one that can be read here."""
    size = os.fstat(file.fileno()).st_size
    if not size:
        raise UnreadableFile(path, "it is empty", kind="empty", hint="write it, or remove the file")
    format = recognise(path, file)
    if size > format.max_bytes:
        raise UnreadableFile(
            path,
            f"{size:,} bytes; {format.name} has at most {format.max_bytes:,}",
            kind="long",
            hint="split it into several articles",
        )
    if not format.is_installed:
        raise UnreadableFile(
            path,
            f"{format.name} needs an extra: pip install 'lhassist[{format.extra}]'",
            kind="extra",
            about=format.extra,
        )
    return format


def _described(draft: Draft, format: Format, path: Path, root: Path) -> Draft:
    """A picture, sound or film as an article: with its description, where it has one.

    Raises:
        UnreadableFile: Nothing is written about it, and nothing could be read off it.
    """
    shown, *read = draft.parts
    described = description_of(path)
    if described is None:
        if not any(part.origin != "written" for part in read):
            needs = "" if ocr.is_installed() or format is not PICTURE else _OCR_NEEDED
            raise UnreadableFile(
                path,
                f"nothing is written or said in it{needs}",
                kind="silent",
                hint=f"describe it in {path.name}.md",
            )
        return replace(draft, parts=(replace(shown, text=draft.title), *read))
    with open_file(described, root) as file:
        about = _parse_text(MARKDOWN, described, file)
    title = about.title if about.title != described.stem else path.stem
    return replace(about, title=title, parts=(replace(shown, text=title), *about.parts, *read))


def _subtitles(path: Path, root: Path) -> str:
    """The text of the subtitles beside a sound or film; empty for none."""
    beside = subtitles_of(path)
    if beside is None:
        return ""
    with open_file(beside, root) as file:
        data = file.read(_MAX_SUBTITLES + 1)
    try:
        return encoding.decode(data[:_MAX_SUBTITLES]).text
    except ValueError as error:
        raise UnreadableFile(
            beside, str(error), kind="encoding", hint="save it as a text in UTF-8"
        ) from error


def _cues(part: Part, start: int) -> Iterator[Cue]:
    """When each line of a part is said.

    Args:
        part: Of a transcript or of subtitles.
        start: Where it begins in the text of the document.
    """
    for line, time in zip(part.text.split("\n"), part.times, strict=True):
        yield Cue(Span(start, start + len(line)), time)
        start += len(line) + 1


def _parse_text(format: Format, path: Path, file: BufferedReader) -> Draft:
    try:
        written = clean(encoding.decode(file.read()).text)
    except ValueError as error:
        raise UnreadableFile(
            path, str(error), kind="encoding", hint="save it as a text in UTF-8"
        ) from error
    if not written.strip():
        raise UnreadableFile(
            path, "it is empty", kind="empty", hint="write the article, or remove the file"
        )
    return markdown.parse(written, path) if format is MARKDOWN else text.parse(written, path)
