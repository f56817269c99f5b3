"""Articles in Markdown with front matter. `docs/articles.md` says how to write one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast, get_args

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from lhassist.corpus import dates
from lhassist.corpus.parts import Draft, Part, glue_all
from lhassist.errors import UnreadableFile
from lhassist.schema import Published, Topic

_FENCE = re.compile(r"^(?:---|\.\.\.)[ ]*$", re.MULTILINE)
_MAX_FRONT_MATTER = 20_000
_MAX_ABOUT = 80
_CREDIT = re.compile(r"\s+[|｜]\s+")
# CommonMark sees no emphasis in **「四大文化」**是, because punctuation touches the marks.
# Nor a picture whose file has blanks in its name, unless it stands in < and >.
_SPACED_PICTURE = re.compile(r"(!\[[^\]\n]*\]\()[ ]*([^<>()\n\"']+[ ][^<>()\n\"']*\.\w{2,5})[ ]*\)")
_UNSEEN_STRONG = re.compile(r"\*\*([^*\n]+)\*\*")


def parse(text: str, path: Path) -> Draft:
    """Reads an article.

    HTML is text like any other: it is neither rendered nor dropped.

    Args:
        text: The cleaned text of the file.
        path: The file, for messages and for the title of last resort.

    Raises:
        UnreadableFile: The front matter is no YAML, or a value in it does not fit.
    """
    front_matter, body = _split(text, path)
    walk = _Walk()
    walk.read(_Markdown("commonmark", {"html": False}).enable("table").parse(_seen(body)))
    parts = walk.parts
    title = _line(front_matter, "title", path)
    if parts and walk.has_title and title in ("", parts[0].text):
        title = parts.pop(0).text
    title = title or path.stem
    published = _published(front_matter, path)
    if published is None:
        published = dates.infer(title, "\n".join(part.text for part in parts))
    return Draft(
        title, tuple(parts), published, _topic(front_matter, path), _sources(front_matter, path)
    )


def _seen(body: str) -> str:
    """A body in which every picture can be seen."""
    return _SPACED_PICTURE.sub(r"\1<\2>)", body)


def _split(text: str, path: Path) -> tuple[Mapping[str, Any], str]:
    """The front matter, empty where there is none, and the rest of the file."""
    text = text.lstrip("\n")
    opening = _FENCE.match(text)
    if not opening or not text.startswith("---"):
        return {}, text
    closing = _FENCE.search(text, opening.end(), opening.end() + _MAX_FRONT_MATTER)
    if not closing:
        raise UnreadableFile(
            path,
            "the front matter has no end",
            kind="front",
            about="---",
            hint="put a line of three hyphens below it",
        )
    try:
        values = yaml.load(text[opening.end() : closing.start()], Loader=_Loader)
    except (yaml.YAMLError, RecursionError) as error:
        raise UnreadableFile(
            path,
            f"the front matter is not YAML: {_reason(error)}",
            kind="front",
            about=_line_of(error, text[opening.end() : closing.start()]),
            hint="write it like `title: 標題`; put a value with a colon or # into quotes",
        ) from error
    if not isinstance(values or {}, dict):
        raise UnreadableFile(
            path,
            "the front matter has no keys",
            kind="front",
            about=text[opening.end() : closing.start()].strip()[:_MAX_ABOUT],
            hint="write it like `title: 標題`",
        )
    return values or {}, text[closing.end() :]


class _Loader(yaml.BaseLoader):
    """YAML without types and references: every scalar is a string, and nothing can multiply."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("it has an alias (*), which is not read")
        return super().compose_node(parent, index)


def _line_of(error: Exception, matter: str) -> str:
    """The line of the front matter that an error is about; its first one where none is named."""
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    lines = matter.strip("\n").split("\n")
    return lines[min(mark.line if mark else 0, len(lines) - 1)].strip()[:_MAX_ABOUT]


def _reason(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"{error.problem} in line {error.problem_mark.line + 1}"
    return " ".join(str(error).split())


def _line(values: Mapping[str, Any], key: str, path: Path) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise UnreadableFile(
            path,
            f"{key}: not one line of text",
            kind="front",
            about=key,
            hint=f"write `{key}: …`",
        )
    return " ".join(value.split())


def _published(values: Mapping[str, Any], path: Path) -> Published | None:
    written = _line(values, "published", path)
    if not written:
        return None
    date = dates.parse(written)
    if date is None:
        raise UnreadableFile(
            path,
            f"published: {written!r} is no date",
            kind="front",
            about=f"published: {written}",
            hint="write 2024-10-01, 2024-10 or 2024",
        )
    return Published(date)


def _topic(values: Mapping[str, Any], path: Path) -> Topic | None:
    written = _line(values, "topic", path)
    if written and written not in get_args(Topic):
        raise UnreadableFile(
            path,
            f"topic: {written!r} is no topic",
            kind="front",
            about=f"topic: {written}",
            hint=f"write one of {', '.join(get_args(Topic))}, or leave it out",
        )
    return cast(Topic, written) if written else None


def _sources(values: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    written = values.get("sources") or []
    listed = [written] if isinstance(written, str) else written
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        raise UnreadableFile(
            path,
            "sources: not a list of lines",
            kind="front",
            about="sources",
            hint="write one source a line, after `- `",
        )
    return tuple(line for item in listed if (line := " ".join(item.split())))


class _Markdown(MarkdownIt):
    """CommonMark without HTML, whose links may be anything: none is rendered or followed."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


class _Walk:
    """Turns the tokens of a Markdown text into parts.

    A list or a table becomes one paragraph, an item or row a line, so that it is not torn apart.
    """

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.has_title = False
        self._depth = 0
        self._lines: list[str] = []
        self._captions: list[Part] = []
        self._cells: list[str] | None = None
        self._counts: list[int | None] = []
        self._marker = ""

    def read(self, tokens: Sequence[Token]) -> None:
        heading = ""
        for token in tokens:
            match token.type:
                case "heading_open":
                    heading = token.tag
                case "bullet_list_open" | "ordered_list_open":
                    start = int(token.attrs.get("start", 1)) if token.tag == "ol" else None
                    self._counts.append(start)
                case "bullet_list_close" | "ordered_list_close":
                    self._counts.pop()
                    self._flush()
                case "list_item_open":
                    count = self._counts[-1]
                    if count is not None:
                        self._marker = f"{count}. "
                        self._counts[-1] = count + 1
                case "table_open" | "table_close":
                    self._depth += token.nesting
                    self._flush()
                case "tr_open":
                    self._cells = []
                case "tr_close":
                    self._add_line(" | ".join(self._cells or ()))
                    self._cells = None
                case "inline":
                    self._inline(token, heading)
                    heading = ""
                case "code_block" | "fence":
                    self._add_line(token.content.strip("\n"))
                    self._flush()

    def _inline(self, token: Token, heading: str) -> None:
        pieces: list[str] = []
        for child in token.children or ():
            if child.type == "image":
                self._add_caption(child)
            else:
                pieces.append(_plain(child))
        text = _UNSEEN_STRONG.sub(r"\1", _joined("".join(pieces)))
        if self._cells is not None:
            self._cells.append(text)
        elif heading and not self._counts and text:
            self.has_title = self.has_title or (heading == "h1" and not self.parts)
            self.parts.append(Part("heading", text.replace("\n", " ")))
            self._flush()
        else:
            self._add_line(text)
            self._flush()

    def _add_line(self, text: str) -> None:
        text = re.sub(r"\n\s*\n", "\n", text).strip()
        if text:
            self._lines.append(self._marker + text)
            self._marker = ""

    def _add_caption(self, image: Token) -> None:
        alt = _joined("".join(_plain(child) for child in image.children or ())).replace("\n", " ")
        caption, *credit = _CREDIT.split(alt, maxsplit=1)
        target = str(image.attrs.get("src", ""))
        caption = caption or Path(target).stem
        if caption:
            self._captions.append(Part("caption", caption, target, credit[0] if credit else None))

    def _flush(self) -> None:
        """Ends the paragraph, but for one inside a list or a table that goes on."""
        if self._counts or self._depth:
            return
        if self._lines:
            self.parts.append(Part("paragraph", "\n".join(self._lines)))
        self.parts += self._captions
        self._lines, self._captions = [], []


def _plain(token: Token) -> str:
    """What an inline token shows; U+0000, which no text has, for a line that only wraps."""
    if token.type == "softbreak":
        return "\0"
    return "\n" if token.type == "hardbreak" else token.content


def _joined(text: str) -> str:
    return glue_all(line.strip() for line in text.split("\0")).strip()
