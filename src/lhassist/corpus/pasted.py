"""A text that somebody pasted, as a file that the reader of Markdown reads back."""

from __future__ import annotations

import re

import yaml

from lhassist.corpus.parts import clean
from lhassist.schema import Topic


def as_markdown(
    title: str, text: str, *, published: str = "", topic: Topic | None = None, source: str = ""
) -> str:
    """Writes an article with front matter.

    Args:
        title: The headline.
        text: Markdown, or plain text; where no blank line divides it, every line is a paragraph.
        published: As the front matter has it (`docs/articles.md`); empty leaves it out.
        topic: None leaves it out.
        source: Where the text is from; empty leaves it out.
    """
    values: dict[str, str | list[str]] = {"title": _line(title)}
    if published := _line(published):
        values["published"] = published
    if topic:
        values["topic"] = topic
    if source := _line(source):
        values["sources"] = [source]
    front_matter = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=float("inf"))
    return f"---\n{front_matter}---\n\n{_paragraphs(text)}\n"


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _paragraphs(text: str) -> str:
    text = "\n".join(text.splitlines()).strip("\n")
    if re.search(r"\n\s*\n", text):
        return text
    return "\n\n".join(line.strip() for line in text.split("\n"))
