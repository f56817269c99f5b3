"""Articles of a newspaper that go on on another page: jump lines, 下转第3版 and 上接第1版."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

_NUMBER = "第?[一二三四五六七八九十\\d]{1,3}版"
_TO = re.compile(rf"\s*[（(]\s*(?:下转|下轉|转|轉)({_NUMBER})\s*[）)]\s*")
_FROM = re.compile(rf"\s*[（(]\s*(?:上接|紧接|緊接)({_NUMBER})\s*[）)]\s*")
_DIGITS = {character: number for number, character in enumerate("一二三四五六七八九十", 1)}


@dataclass(slots=True)
class Article:
    """An article of a page, or the part of it that stands on this page.

    Attributes:
        headline: Empty for what stands under none.
        text: A paragraph a line, as `layout.page_text` gives it.
        goes_to: The number of the page that it goes on on; None where it ends here.
        comes_from: The number of the page that it began on; None where it begins here.
    """

    headline: str
    text: str
    goes_to: int | None = None
    comes_from: int | None = None

    @classmethod
    def printed(cls, headline: str, text: str, captions: Sequence[str]) -> Self:
        """An article with its captions at its end, and its jump lines read and taken out."""
        to, since = _TO.search(text), _FROM.search(text)
        plain = _FROM.sub("", _TO.sub("", text)).strip("\n")
        return cls(
            headline,
            "\n\n".join((plain, *captions)),
            page_number(to[1]) if to else None,
            page_number(since[1]) if since else None,
        )


def joined(pages: Iterable[tuple[int, Sequence[Article]]]) -> list[Article]:
    """Articles of several pages, those that go on on another page put together.

    What stands under no headline goes on with such text above it.

    Args:
        pages: The printed number of each page, and its articles.
    """
    found: list[Article] = []
    waiting: list[tuple[int, Article]] = []
    for number, page in pages:
        for article in page:
            begun = next(
                (
                    (page, one)
                    for page, one in waiting
                    if (one.goes_to, page) == (number, article.comes_from)
                ),
                None,
            )
            if begun is None and found and not (article.headline or found[-1].headline):
                found[-1].text += "\n\n" + article.text
            elif begun is None:
                found.append(article)
            else:
                waiting.remove(begun)
                begun[1].text += "\n" + article.text
                begun[1].goes_to = article.goes_to
            if article.goes_to is not None:
                waiting.append((number, begun[1] if begun else article))
    return found


def page_number(text: str) -> int | None:
    """The number in 第3版 or 第三版, wherever a text has it; None where it has none."""
    match = re.search(_NUMBER, text)
    if match is None:
        return None
    digits = match[0].removeprefix("第").removesuffix("版")
    if digits.isdigit():
        return int(digits)
    values = [_DIGITS[digit] for digit in digits]
    if len(values) == 1:
        return values[0]
    return 10 * values[0] + values[-1] if values[0] < 10 else 10 + values[-1]
