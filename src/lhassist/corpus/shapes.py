"""What a line of a newspaper page looks like by itself, in either script."""

from __future__ import annotations

import re
from functools import cache

from lhassist.gazetteer import Gazetteer
from lhassist.script import fold
from lhassist.terms import Analyzer

MAX_CAPTION = 40
MAX_MARKED_CAPTION = 160
MAX_HEADING = 30
MAX_COMMA_HEADING = 18
MAX_HEADLINE = 40
MAX_NAME = 4
MAX_IMPRINT = 70
_LONGEST_END_MARK = 40
_LONGEST_STOP = 8

_OPENING, _CLOSING = "「『“（(《〈【", "」』”）)》〉】"
_FULL_STOP = re.compile(rf"(?:[。！？!?…：]|[A-Za-z\d]\.)[{_CLOSING}\"’]*\Z")
_END_MARK = re.compile(r"[（(【][^（(]{0,16}(?:完|记者|据|摄|编|报|讯)[^（(]{0,16}[）)】]\Z")
_GOES_ON = re.compile(rf"[，。、；：！？…—,;:!?%％{_CLOSING}]")

_CAPTION_MARK = re.compile(
    r"[▲△▼▽]|[（(]?图(?:为|说明?[：:]|片说明)|"
    r"图[\d一二三四五六七八九十①-⑩]{1,2}[：:　 ]|"
    r"[上下左右]{1,2}图[为：:]"
)
_PHOTO_WORDS = r"图片?来源|图源|摄影|供图|资料图|制图"
_CREDIT_LINE = re.compile(
    rf"(?:[^。，]{{0,20}}(?:{_PHOTO_WORDS})[^。]{{0,30}}|[^。，]{{2,20}}摄)\Z"
)
_NEWSPEOPLE = re.compile(r"记者|通讯员|社|图|报\Z")
_CREDIT_END = re.compile(
    r"(?:(?<=[。！？])|\s+(?=(?:本报|本社|新华社)?(?:特约)?(?:记者|通讯员)[^，。]{0,12}\Z)|"
    r"\s+(?=[^\s。，]+\Z)|(?=[（(][^（(]+\Z))"
    r"[（(]?([^，。（）()]{2,16}(?:摄影?|供图)|资料图片?)[）)]?[。]?\Z"
)
_IMPRINT = re.compile(
    r"(?:(?:文章|稿件|信息|本文)?来源|原标题|作者|文字?|撰文|责任?编辑?|"
    r"编辑|校对|审核|版式|监制|统筹)\s*[：:／/|｜]\s*\S[^。]{0,50}\Z|"
    r"(?:本报)?(?:特约)?(?:记者|通讯员)[\s：:／/][^，。]{1,30}\Z|"
    r"第?\s*[A-Z]?\d{1,3}\s*版[^，。]{0,12}\Z"
)
_BRACKET = re.compile(f"[{_OPENING}{_CLOSING}]")
_SCRAP = re.compile(rf"[^{_OPENING}。！？，]{{1,4}}[。！？，{_CLOSING}]")
_UNIT = re.compile(r"[\d.．,%％多余]|[个万亿元年月日条项家人名位座支件块亩米厘公平里吨斤克次届岁]")
_NAME = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff　 ][\u4e00-\u9fff]?\Z")
_KICKER = re.compile(r".*(?:周年|特别报[导道]|专[版题刊栏]|特刊|聚焦|系列|观察|纪实|日报)\Z")
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,2}[）)]|"
    r"第[一二三四五六七八九十\d]{1,3}[章节部]|[■◆●★◎□]|【.{2,20}】\Z|\d{1,2}[、.．](?!\d)"
)
_TWO_PART = re.compile(r"[^\s，。；、：]{4,}(?:\s+[^\s，。；、：]{4,}){1,2}\Z")
_HAN_TAIL = re.compile(r"[\u4e00-\u9fff]{0,6}\Z")
_HAN_HEAD = re.compile(r"[\u4e00-\u9fff]{0,6}")


def ends(text: str) -> bool:
    """Whether a text ends where a sentence or an article does."""
    if text[-1:] not in "）)】":
        return has_stop(text)
    return has_stop(text) or bool(_END_MARK.search(fold(text[-_LONGEST_END_MARK:])))


def has_stop(text: str) -> bool:
    """Whether a text ends in a full stop, whatever closes after it."""
    return bool(_FULL_STOP.search(text[-_LONGEST_STOP:]))


def goes_on(text: str) -> bool:
    """Whether a text begins with a mark that no sentence begins with."""
    return bool(_GOES_ON.match(text))


def closes(text: str) -> bool:
    """Whether a text closes a bracket or quotation that it does not open."""
    first = _BRACKET.search(text)
    return first is not None and first[0] in _CLOSING


def begins_with_scrap(text: str) -> bool:
    """Whether a text begins with what is too short for a sentence, as a torn-off 一位。 is."""
    return bool(_SCRAP.match(text))


def splits_quantity(left: str, right: str) -> bool:
    """Whether a number stands before the border of two pieces of text and its unit behind."""
    return left[-1:].isdigit() and bool(_UNIT.match(fold(right[:1])))


def unclosed(text: str) -> int:
    """How many more brackets and quotation marks open than close."""
    return sum(c in _OPENING for c in text) - sum(c in _CLOSING for c in text)


def open_sentence(text: str) -> str:
    """What follows the last full stop."""
    return re.split("[。！？]", text)[-1]


def is_marked_caption(text: str) -> bool:
    """Whether a line begins as captions do: 圖為, ▲, 圖1:."""
    return len(text) <= MAX_MARKED_CAPTION and bool(_CAPTION_MARK.match(fold(text)))


def is_caption_like(text: str) -> bool:
    """Whether a line is one short statement, without speech: what captions are, and others too."""
    if len(text) > 2 * MAX_CAPTION:
        return False
    statement, _ = split_credit(text)
    return (
        0 < len(statement) <= MAX_CAPTION
        and not re.search("[！？!?；：…]|。.", statement)
        and ("，" not in text or has_stop(text))
        and text[0] not in "「『“的了则則也就却卻"
        and unclosed(text) == 0
        and not is_imprint(text)
    )


def split_credit(text: str) -> tuple[str, str | None]:
    """Parts a caption from the photographer at its end: 漯河夜景。王某攝."""
    found = _CREDIT_END.search(fold(text))
    if not found or not found.start():
        return text, None
    return text[: found.start()].rstrip(), text[found.start(1) : found.end(1)]


def is_credit(text: str) -> bool:
    """Whether a line names photographers or the source of the pictures, and nothing else."""
    if len(text) > MAX_CAPTION or not _CREDIT_LINE.match(fold(text)):
        return False
    caption, credit = split_credit(text)
    return credit is None or len(caption) <= MAX_NAME or bool(_NEWSPEOPLE.search(fold(caption)))


def is_imprint(text: str) -> bool:
    """Whether a line names author, editor, source or page, and nothing else."""
    return len(text) <= MAX_IMPRINT and bool(_IMPRINT.match(fold(text)))


def is_name(text: str) -> bool:
    """Whether a line may be a person's name: two or three characters."""
    return bool(_NAME.match(text))


def is_kicker(text: str) -> bool:
    """Whether a line above or below the headline is a label or a deck by its words."""
    return bool(_KICKER.match(fold(text))) or text.startswith("——")


def is_numbered(text: str) -> bool:
    """Whether a line begins with a number or sign of a section."""
    return bool(_NUMBERED.match(fold(text)))


def is_marked_heading(text: str) -> bool:
    """Whether a line is a section heading by its form: numbered, or two parts side by side."""
    return (
        len(text) <= MAX_HEADING
        and not ends(text)
        and (is_numbered(text) or bool(_TWO_PART.match(text)))
    )


def is_heading_like(text: str, below: str) -> bool:
    """Whether a line could be the heading of the text below it, and not its beginning.

    A heading with a comma is short, and no word runs from it into the text below.
    """
    return (
        2 <= len(text) <= MAX_HEADING
        and len(text) < len(below)
        and not re.search("[。！？；]|[，、和與与及的在]\\Z", text)
        and not ends(text)
        and unclosed(text) == 0
        and not goes_on(below)
        and not splits_quantity(text, below)
        and ("，" not in text or (len(text) <= MAX_COMMA_HEADING and not share_a_word(text, below)))
    )


def is_item(text: str) -> bool:
    """Whether a line could be an item of a list, and nothing else is known of it."""
    return (
        len(text) <= MAX_CAPTION
        and not re.search("[。，！？]", text)
        and not ends(text)
        and unclosed(text) == 0
        and not is_marked_caption(text)
        and not is_credit(text)
        and not is_imprint(text)
    )


def is_row(text: str) -> bool:
    """Whether a line is a row of a table, its cells set apart."""
    return " | " in text and not is_imprint(text)


def is_running(text: str) -> bool:
    """Whether a line is surely part of a paragraph."""
    if len(text) > MAX_CAPTION:
        return not is_marked_caption(text)
    return "，" in text and ends(text) and not is_marked_caption(text)


def share_a_word(left: str, right: str) -> bool:
    """Whether a word of the dictionary lies across the border of two pieces of text.

    At random places within sentences this holds for half, between sentences for one of fifteen
    (`docs/decisions/0004-reading.md`).
    """
    tail, head = _HAN_TAIL.search(left), _HAN_HEAD.match(right)
    if not (tail and head and tail[0] and head[0]):
        return False
    at = 0
    for word, _ in _analyzer().tagged(tail[0] + head[0]):
        if at < len(tail[0]) < at + len(word):
            return True
        at += len(word)
    return False


@cache
def _analyzer() -> Analyzer:
    return Analyzer(Gazetteer(()))
