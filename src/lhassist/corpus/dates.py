"""When an article appeared: from a date line, or inferred from what the article says of its year.

An inference always names the words it rests on. Where nothing tells the year for sure there is no
date: a wrong year would make every 今年 in the article wrong.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from lhassist.schema import Published
from lhassist.script import fold

_DIGITS = {c: str(i % 10) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_DIGITS |= dict(zip("０１２３４５６７８９", "0123456789", strict=True))

# The patterns are in Simplified: they search the folded text, which keeps its length.
_YEAR = r"(?<!\d)((?:19|20)\d\d|[一二][〇○零九][〇○零一二三四五六七八九]{2}|[１２][０９][０-９]{2})"
_SMALL = r"(\d{1,2}|[一二三四五六七八九十]{1,3}|[０-９]{1,2})"
_CHINESE_DATE = re.compile(rf"{_YEAR}\s*年(?:\s*{_SMALL}\s*月(?:\s*{_SMALL}\s*[日号])?)?")
_ISO_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?![\d/.-])")
_DATE_LABEL = re.compile(r"(?:发[布表](?:时间|日期)?|日期|时间|刊发|出版)\s*[：:]\s*")
_AFTER_DATE = re.compile(
    r"[\s　,，|/]*(?:[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?|\d{1,2}:\d\d(?::\d\d)?|"
    r"农历\S{2,12}|第?\s*[A-Z]?\d{1,3}\s*版\S{0,12}|(?:来源|作者|编辑)\s*[：:].{1,30})"
)
# 本报漯河10月1日讯, 新华社郑州2024年10月1日电
_DATELINE = re.compile(
    rf"(?:本报|记者|讯|社|网)[^，。\s]{{0,12}}?(?:{_YEAR}年)?{_SMALL}月{_SMALL}日[电讯]"
)

# What an anniversary counts from; 建市: Luohe became a city under the province in 1986.
_FOUNDINGS = (
    (1949, "国庆节?|(?:新中国|中华人民共和国)成立|建国"),
    (1921, "建党|中国共产党成立"),
    (1927, "建军"),
    (1945, "抗战胜利|抗日战争胜利"),
    (1978, "改革开放"),
    (1986, "漯河(?:市)?建市|建市|升格为省辖市"),
    (1997, "香港回归"),
    (1999, "澳门回归"),
)
_COUNT = r"(\d{1,3}|[一二三四五六七八九十百]{1,5})\s*(?:周年|(?<=百)年)"
_ANNIVERSARIES = tuple((year, re.compile(rf"(?:{what}){_COUNT}")) for year, what in _FOUNDINGS)

_SENTENCE = re.compile(r"[^。！？!?\n]+")
_THIS_YEAR = re.compile(r"今年|本年|今[春夏秋冬]|[适正恰]逢|喜迎|庆祝|迎来|之际|[来到]临|献礼")
_JUST_NOW = re.compile(r"日前|近日|昨[日天]|今[日天]|连日来|这几天|不久前|刚刚")
# News of a year that is over: 近日公布2023年统计公报 is written in 2024.
_LOOKS_BACK = re.compile(r"公[布报]|发布|年[报度终]|统计|总结|回顾|全年|业绩|财报|去年")
_THIS_IS = re.compile(
    rf"(?:今年|本年度?)\s*[（(即是]{{1,2}}{_YEAR}\s*年|{_YEAR}\s*年[（(]今年[）)]"
)
_PLAN = re.compile(r"(?:到|至|争取|力争|规划|目标|远景|计划)[^，。；]{0,8}\Z")
_PLANNED = re.compile(r"[^，。；]{0,6}(?:远景|规划|目标|力争|将)")


def parse(text: str) -> str | None:
    """Reads a date that stands alone: `2024-10-01`, `2024/10`, `2024`, `2024年10月1日`.

    Returns:
        ISO 8601, as precise as given; None where it is no date of the calendar.
    """
    text = fold(text.strip())
    match = _ISO_DATE.fullmatch(text)
    if match:
        return _iso(match[1], match[3], match[4])
    match = _CHINESE_DATE.fullmatch(text)
    if match:
        return _iso(*match.groups())
    return _iso(text, None, None) if re.fullmatch(r"(?:19|20)\d\d", text) else None


def date_line(line: str) -> str | None:
    """Reads a line that is nothing but a date, with its weekday, page, hour or source.

    Returns:
        The date to the month or day; None where the line is something else.
    """
    line = _DATE_LABEL.sub("", fold(line.strip()), count=1)
    match = _CHINESE_DATE.match(line) or _ISO_DATE.match(line)
    if not match:
        return None
    end = match.end()
    while rest := _AFTER_DATE.match(line, end):
        end = rest.end()
    date = parse(match[0])
    return date if not line[end:].strip() and date and len(date) > len("2024") else None


def infer(head: str, text: str) -> Published | None:
    """Infers when an article without a date line appeared.

    Tried in this order: an anniversary in the head (國慶75周年: 1949 + 75); `今年（2024年）`; an
    anniversary that is said to be this year's; a year beside 日前 or 近日, unless the news looks
    back on a year that is over. No later year may contradict the last two; years that a plan aims
    at do not count. The day and month of a report (本報漯河10月1日訊) are added to the year; where
    the report names its year, nothing is inferred.

    Args:
        head: Kicker, headline and deck.
        text: The article.

    Returns:
        The basis of an inference is quoted from the head or the text, in its own script.
    """
    folded = fold(text)
    report = _DATELINE.search(folded)
    if report and report[1] and (day := _iso(*report.groups())):
        return Published(day)
    found = _anniversary(fold(head))
    source = head
    if found is None:
        found, source = _year(folded), text
    if found is None:
        return None
    year, basis = str(found.year), source[found.start : found.end]
    if report and (day := _iso(year, report[2], report[3])):
        report_line = text[report.start() : report.end()]
        return Published(day, inferred=True, basis=f"{basis}；{report_line}")
    return Published(year, inferred=True, basis=basis)


@dataclass(frozen=True, slots=True)
class _Found:
    """A year, and where the words stand that tell it."""

    year: int
    start: int
    end: int


def _year(text: str) -> _Found | None:
    """The year of an article by its text alone."""
    match = _THIS_IS.search(text)
    if match:
        return _Found(int(_digits(match[1] or match[2])), match.start(), match.end())
    latest = max((found.year for found in _years(text, 0, len(text))), default=0)
    marked: _Found | None = None
    for sentence in _SENTENCE.finditer(text):
        said = _anniversary(text, *sentence.span())
        if said and said.year >= latest and _THIS_YEAR.search(sentence[0]):
            return said
        marked = marked or _just_now(text, *sentence.span(), latest)
    return marked


def _just_now(text: str, start: int, end: int, latest: int) -> _Found | None:
    """The latest year of the article, where a sentence tells it as news."""
    now = _JUST_NOW.search(text, start, end)
    if now is None or _LOOKS_BACK.search(text, start, end):
        return None
    for found in _years(text, start, end):
        if found.year == latest:
            return _Found(latest, min(now.start(), found.start), max(now.end(), found.end))
    return None


def _anniversary(text: str, start: int = 0, end: int = sys.maxsize) -> _Found | None:
    for founded, pattern in _ANNIVERSARIES:
        if match := pattern.search(text, start, end):
            return _Found(founded + _number(match[1]), match.start(), match.end())
    return None


def _years(text: str, start: int, end: int) -> Iterator[_Found]:
    """The years that a stretch of text names and that no plan aims at."""
    for match in _CHINESE_DATE.finditer(text, start, end):
        before = text[max(start, match.start() - 12) : match.start()]
        if not _PLAN.search(before) and not _PLANNED.match(text, match.end()):
            yield _Found(int(_digits(match[1])), match.start(), match.end())


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    parts = [int(_digits(year)), _number(month) if month else 1, _number(day) if day else 1]
    try:
        date = datetime.date(*parts)
    except ValueError:
        return None
    return date.isoformat()[: 10 if day else 7 if month else 4]


def _digits(number: str) -> str:
    return "".join(_DIGITS.get(c, c) for c in number)


def _number(text: str) -> int:
    """Reads `75`, `７５`, `七十五`, `一百零三`; digits one by one without 十 or 百."""
    if not {"十", "百"} & set(text):
        return int(_digits(text))
    total, digit = 0, None
    for c in text:
        if c in "十百":
            total += (1 if digit is None else digit) * (100 if c == "百" else 10)
            digit = None
        else:
            digit = int(_DIGITS[c])
    return total + (digit or 0)
