"""Newspaper pages in plain text: columns, captions and credits between the sentences.

A page that was copied out of a newspaper has no marks for what is what. This reader goes by how
such pages look, in either script:

- The lines above the first full sentence are the head: kicker, headline, deck, byline, date.
- A paragraph that ends in the middle of a sentence goes on after the column break, whatever stands
  between: captions and photo credits are taken out from there.
- A caption is one short sentence of its own that stands apart from the paragraphs around it, or
  begins as captions do (圖為, ▲).
- A section heading is a short line without a full stop, with a paragraph below it.
- A line that only names an author, editor or source becomes one of the article's sources.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lhassist.corpus import dates
from lhassist.corpus.lines import Line, page_lines
from lhassist.corpus.parts import Draft, Part, glue
from lhassist.schema import Published

_OPENING, _CLOSING = "「『“（(《〈【", "」』”）)》〉】"
_FULL_STOP = re.compile(rf"[。！？!?…：][{_CLOSING}\"’]*\Z|[A-Za-z\d][.][{_CLOSING}\"’]*\Z")
_END_MARK = re.compile(
    r"[（(【][^（(]{0,16}(?:完|[記记]者|[據据]|攝|摄|[編编]|[報报]|[訊讯])[^（(]{0,16}[）)】]\Z"
)
_GOES_ON = re.compile(rf"[，。、；：！？…—,;:!?%％{_CLOSING}]")

_MARKED_CAPTION = re.compile(
    r"[▲△▼▽]|[（(]?[圖图](?:[為为爲]|[說说]明?[：:]|片?[說说]明|"
    r"[一二三四五六七八九十\d①-⑩]{1,2}[：:　 ])|"
    r"[上下左右]{1,2}[圖图][為为爲：:]"
)
_PHOTO_WORDS = r"[圖图]片?[來来]源|[圖图]源|[攝摄]影|供[圖图]|[資资]料[圖图]片?|[製制][圖图]"
_CREDIT_LINE = re.compile(rf"(?:.{{0,20}}(?:{_PHOTO_WORDS}).{{0,30}}|.{{2,20}}[攝摄])\Z")
_CREDIT_END = re.compile(
    r"(?:(?<=[。！？])|(?<=[\u4e00-\u9fff」』”])(?=[（(]| ))\s*"
    r"[（(]?((?:[^，。（(]{2,16}[攝摄]|(?:[資资]料[圖图]片|[^，。（(]{2,16}供[圖图])))[）)]?[。]?\Z"
)
_IMPRINT = re.compile(
    r"(?:(?:文章|稿件|信息|本文)?[來来]源|原[標标][題题]|作者|文字?|撰文|[責责]任?[編编][輯辑]?|[編编][輯辑]|校[對对]|"
    r"[審审]核|版式|[監监][製制]|[統统]筹|[統统]籌)\s*[：:／/|｜]\s*\S[^。]{0,50}\Z|"
    r"(?:本[報报])?(?:[記记]者|通[訊讯][員员]|特[約约][記记]者)[\s　：:][^，。]{1,30}\Z|"
    r"第?\s*[A-Z]?\d{1,3}\s*版[^，。]{0,12}\Z"
)
_NAME = re.compile(r"[\u4e00-\u9fff](?:[\u4e00-\u9fff]|　| )[\u4e00-\u9fff]?\Z")
_KICKER = re.compile(
    r".*(?:[周週]年|特[別别][報报][導道]|[專专](?:版|[題题]|刊|[欄栏])|特刊|[聚][焦]|系列|[觀观]察|[紀纪][實实]|[記记])\Z"
)
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,2}[）)]|第[一二三四五六七八九十\d]{1,3}[章節节部]|"
    r"[■◆●★◎□]|【.{2,20}】\Z|\d{1,2}[、.．](?!\d))"
)
_TWO_PART = re.compile(r"[^\s，。；、：]{4,}(?:[ 　]+[^\s，。；、：]{4,}){1,2}\Z")

_MAX_CAPTION, _MAX_MARKED_CAPTION = 40, 160
_MAX_HEADING, _MAX_HEADLINE = 30, 40
_MAX_HEAD_LINES = 8


def parse(text: str, path: Path) -> Draft:
    """Reads a page.

    Args:
        text: The cleaned text of the file.
        path: The file, for the title of last resort.
    """
    lines = page_lines(text)
    head, body = _take_head(lines)
    page = _Page(body)
    page.read()
    title = head.title or path.stem
    parts = [*(Part("heading", line) for line in head.others), *page.parts]
    if not parts and head.title:
        parts = [Part("paragraph", head.title)]
    written = "\n".join(part.text for part in parts)
    date = head.date or page.date
    published = Published(date) if date else dates.infer("\n".join([title, *head.others]), written)
    return Draft(title, tuple(parts), published, sources=(*head.imprint, *page.imprint))


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above the first sentence; `others` are kicker and deck."""

    title: str = ""
    others: tuple[str, ...] = ()
    imprint: tuple[str, ...] = ()
    date: str | None = None


def _take_head(lines: Sequence[Line]) -> tuple[_Head, Sequence[Line]]:
    """Parts the head from the body. A head that is printed twice, as in a preview, counts once."""
    end = 0
    while end < min(len(lines), _MAX_HEAD_LINES) and _is_head_line(lines[end].text, first=end == 0):
        end += 1
    date: str | None = None
    imprint: list[str] = []
    names: list[str] = []
    for line in dict.fromkeys(line.text for line in lines[:end]):
        found = dates.date_line(line)
        date = date or found
        if found or _IMPRINT.match(line):
            if not found or re.search("[來来]源", line):
                imprint.append(line)
        elif names and _NAME.match(line):
            imprint.append(line)
        else:
            names.append(line)
    if not names:
        return _Head("", (), tuple(imprint), date), lines[end:]
    title = next((line for line in names if not _is_kicker(line, names)), names[-1])
    others = tuple(line for line in names if line != title)
    return _Head(title, others, tuple(imprint), date), lines[end:]


def _is_head_line(text: str, *, first: bool) -> bool:
    if len(text) > _MAX_HEADLINE or _CREDIT_LINE.match(text) or _MARKED_CAPTION.match(text):
        return False
    asks = first and text[-1] in "？！?!" and not re.search("[。，]", text)
    return asks or not _ends(text)


def _is_kicker(line: str, names: Sequence[str]) -> bool:
    """Whether a line is a label above the headline rather than the headline."""
    longest = max(len(name) for name in names)
    return bool(_KICKER.match(line)) or line.startswith("——") or (len(line) <= 6 < longest)


def _ends(text: str) -> bool:
    """Whether a text ends where a sentence does."""
    return bool(_FULL_STOP.search(text) or _END_MARK.search(text))


def _unclosed(text: str) -> int:
    """How many more brackets and quotation marks open than close."""
    return sum(c in _OPENING for c in text) - sum(c in _CLOSING for c in text)


class _Page:
    """The body of a page, read line by line into `parts`."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.parts: list[Part] = []
        self.imprint: list[str] = []
        self.date: str | None = None
        self._lines = lines
        self._gap = Counter(line.gap for line in lines[1:]).most_common(1)[0][0] if lines[1:] else 0
        self._last = max((i for i, line in enumerate(lines) if _is_running(line.text)), default=-1)
        self._has_strong_headings = any(
            self._is_strong_heading(i) and not self._is_apart_caption(i) for i in range(len(lines))
        )
        self._paragraph: int | None = None  # the part that the next line may go on
        self._credit: str | None = None

    def read(self) -> None:
        for i, line in enumerate(self._lines):
            if self._is_imprint(i):
                continue
            if len(line.text) <= _MAX_CAPTION and _CREDIT_LINE.match(line.text):
                self._take_credit(line.text)
            elif self._is_caption(i):
                self._add_caption(line.text)
            elif self._goes_on(i):
                assert self._paragraph is not None
                part = self.parts[self._paragraph]
                self.parts[self._paragraph] = replace(part, text=glue(part.text, line.text))
            elif self._is_heading(i):
                self.parts.append(Part("heading", line.text))
                self._paragraph = None
            else:
                self._paragraph = len(self.parts)
                self.parts.append(Part("paragraph", line.text))
        if self._credit:
            self.parts = [
                replace(part, credit=part.credit or self._credit)
                if part.kind == "caption"
                else part
                for part in self.parts
            ]

    @property
    def _is_broken(self) -> bool:
        """Whether the sentence of the last paragraph has no end yet."""
        return self._paragraph is not None and not _ends(self.parts[self._paragraph].text)

    def _is_imprint(self, i: int) -> bool:
        text = self._lines[i].text
        if i > self._last and (date := dates.date_line(text)):
            self.date = self.date or date
            return True
        if self._is_broken or not _IMPRINT.match(text):
            return False
        self.imprint.append(text)
        return True

    def _take_credit(self, text: str) -> None:
        """A photographer's line belongs to the caption above it, a source's to the whole page."""
        above = self.parts[-1] if self.parts else None
        if above and above.kind == "caption" and not above.credit and text[-1] in "攝摄":
            self.parts[-1] = replace(above, credit=text)
        else:
            self._credit = f"{self._credit}；{text}" if self._credit else text

    def _add_caption(self, text: str) -> None:
        found = _CREDIT_END.search(text)
        caption = text[: found.start()].strip() if found else text
        self.parts.append(Part("caption", caption, credit=found[1] if found else None))

    def _apart(self, i: int) -> int:
        """On how many sides more blank lines than usual set a line off."""
        above = self._lines[i].gap > self._gap
        below = i + 1 == len(self._lines) or self._lines[i + 1].gap > self._gap
        return above + below

    def _is_apart_caption(self, i: int) -> bool:
        text = self._lines[i].text
        return _is_caption_like(text) and self._apart(i) == 2 and bool(_FULL_STOP.search(text))

    def _is_caption(self, i: int) -> bool:
        text = self._lines[i].text
        if _MARKED_CAPTION.match(text):
            return len(text) <= _MAX_MARKED_CAPTION
        if not _is_caption_like(text):
            return False
        if self._is_broken:
            return self._interrupts(i)
        if not _FULL_STOP.search(text):
            return i > self._last and not _NUMBERED.match(text)
        apart = self._apart(i)
        below_caption = bool(self.parts) and self.parts[-1].kind == "caption"
        return apart == 2 or ((apart == 1 or below_caption) and "，" not in text)

    def _interrupts(self, i: int) -> bool:
        """Whether a line is a caption inside a broken sentence, and does not go on with it."""
        if i == self._last or i + 1 == len(self._lines):
            return False
        assert self._paragraph is not None
        before, text = self.parts[self._paragraph].text, self._lines[i].text
        after = next((line.text for line in self._lines[i + 1 :] if _is_running(line.text)), "")
        signs = self._apart(i)
        open_brackets = _unclosed(before.rsplit("。", 1)[-1])
        if open_brackets > 0:
            signs += 2 if _unclosed(text) >= 0 and _unclosed(_to_stop(after)) < 0 else -2
        if _GOES_ON.match(after):
            signs += 1
        signs += "，" not in text and len(text) >= 5 and bool(_FULL_STOP.search(text))
        signs -= bool(_GOES_ON.match(text)) * 2
        return signs >= 2

    def _goes_on(self, i: int) -> bool:
        text = self._lines[i].text
        if self._paragraph is None:
            return False
        if self._is_broken:
            return not (self._is_strong_heading(i) and _unclosed(self._open_sentence()) <= 0)
        return bool(_GOES_ON.match(text)) and text[0] not in "—…"

    def _open_sentence(self) -> str:
        assert self._paragraph is not None
        return re.split("[。！？]", self.parts[self._paragraph].text)[-1]

    def _is_strong_heading(self, i: int) -> bool:
        text = self._lines[i].text
        if len(text) > _MAX_HEADING or _ends(text) or i >= self._last:
            return False
        return bool(_NUMBERED.match(text) or _TWO_PART.match(text))

    def _is_heading(self, i: int) -> bool:
        if self._is_strong_heading(i):
            return True
        text = self._lines[i].text
        if self._has_strong_headings or i >= self._last or len(text) > _MAX_HEADING or _ends(text):
            return False
        below = self._lines[i + 1].text
        return (
            2 <= len(text) < len(below)
            and not re.search("[，；]|[、和與与及的在]\\Z", text)
            and _unclosed(text) == 0
            and not _GOES_ON.match(below)
        )


def _is_running(text: str) -> bool:
    """Whether a line is surely part of a paragraph."""
    return len(text) > _MAX_CAPTION or (
        "，" in text and _ends(text) and not _MARKED_CAPTION.match(text)
    )


def _is_caption_like(text: str) -> bool:
    """Whether a line is one short statement, without speech."""
    return (
        len(text) <= _MAX_CAPTION
        and not re.search("[！？!?；：…]|。.", _CREDIT_END.sub("", text))
        and text[0] not in "「『“"
        and _unclosed(text) == 0
        and not _IMPRINT.match(text)
    )


def _to_stop(text: str) -> str:
    return re.split("[。！？]", text, maxsplit=1)[0]
