"""Dates that need another date to be understood: an article's, or the day of asking.

今年上半年 in an article of 2024 is 2024年1–6月. The answer says so beside the words, in
parentheses, and never inside the quote. Only a question's own dates depend on the day of asking.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from lhassist.facts.dates import COMPARED, periods
from lhassist.facts.moments import moments
from lhassist.schema import Citation, Document, Published, ReaderScript
from lhassist.script import convert, detect, fold

_YEARS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1}
_MONTHS = {"本月": 0, "这个月": 0, "上个月": -1, "上月": -1, "下个月": 1, "下月": 1}
# 如今年产, 过去年均 and 五年前年产 name no year.
_YEAR = r"(?:(?<!如)今年|本年|(?<!过)去年|(?<![年以之月日大])前年|(?<!文)明年)(?![均产龄轻度])"
_MONTH = r"(?<![\d一二三四五六七八九十])(?:本月|这个月|上个月|上月(?!球)|下个月|下月)"

_SPANS = {
    "全年": "", "上半年": "1–6月", "下半年": "7–12月", "前三季度": "1–9月",
    "一季度": "1–3月", "二季度": "4–6月", "三季度": "7–9月", "四季度": "10–12月",
}  # fmt: skip
_DAY = r"\d{1,2}[日号]"
_PART = (
    r"全年|上半年|下半年|前三季度|第?[一二三四]季度"
    rf"|\d{{1,2}}月份?(?:{_DAY}(?:[至到—–-](?:\d{{1,2}}月)?{_DAY})?|[上中下]旬|[底初末])?"
    r"|年?[底初末]|年中|[春夏秋冬][天季]|暑期|暑假"
)
_DAYS = {"昨天": -1, "昨日": -1, "前天": -2}
_A_DAY = r"昨[天日](?!的)|(?<![目以之年月日大])前天(?!的)"
_WEEKS = {"上": -1, "本": 0, "这": 0, "下": 1}
_WEEK = (
    r"(?P<which>[上本这下])个?(?:周|星期)(?P<weekday>[一二三四五六日天](?![千百十个年月]))?"
    "(?![岁年期末刊报])"
)
_SAME_TIME = r"(?:去年|上年)同期"
_MONTH_AND_DAY = (
    r"(?<![年\d—–-])(?P<month_of_day>1[0-2]|[1-9])月(?:[12]\d|3[01]|[1-9])[日号](?![前之以])"
)
_EVERY_YEAR = re.compile("每年|每逢|农历|阴历|当年|那年|同年|次年|翌年|年度|历年|生日|纪念日|节$")
_QUOTES = '[“”「」『』"]?'
_RELATIVE = re.compile(
    rf"(?P<same>{_SAME_TIME})|(?P<year>{_YEAR})(?!同期)(?:的?(?P<part>{_PART}))?(?P<since>以来)?"
    rf"|(?P<bare>上半年|下半年|前三季度)"
    rf"|(?P<month>{_MONTH})(?P<day>{_DAY})?"
    r"|(?P<recently>近[几两三四五六七八九十]?年来|近[两三四五六七八九十]年(?!级))"
    r"|(?P<now>截至目前|到目前为止|(?:^|(?<=[，。；：\s]))目前(?=[，,]))"
    r"|(?P<before>(?:^|(?<=[，。；：\s]))(?:日前|近日|近期|最近|前不久|连日来)(?=[，,]))"
    r"|(?:^|(?<=[，。；：\s]))(?P<edge>年[初中底末])(?=[，,以])"
    rf"|{_QUOTES}十(?P<plan>[一二三四五])五{_QUOTES}(?:规划)?(?:期间|时期|(?P<onwards>以来))"
    rf"|(?P<a_day>{_A_DAY})|{_WEEK}|(?P<century>[本新]世纪以来)"
    rf"|{_MONTH_AND_DAY}"
)
_OF_THE_ASKER = re.compile(rf"(?P<same>{_SAME_TIME})|{_YEAR}|{_MONTH}|(?P<a_day>{_A_DAY})|{_WEEK}")
_TOLD_ALREADY = re.compile(r"[，,]?(?:也就是|即|[（(])")

_CENTURY_BEGAN = 2000
_LONG_AGO = -5000
_FIRST_PLAN = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026}


@dataclass(frozen=True, slots=True)
class Told:
    """A relative date of a folded text and what it means.

    Attributes:
        end: Where the expression ends.
        expression: Its words, folded.
        absolute: What it means, Simplified: `2024年1–6月`.
    """

    end: int
    expression: str
    absolute: str


def told(text: str, published: Published | None, context: str = "") -> tuple[Told, ...]:
    """The relative dates of a folded text that an article's date gives a meaning.

    Each expression counts once. One whose meaning is not certain is left out: a bare 上半年 where
    several years are spoken of, 本月 where only the article's year is known.

    Args:
        text: Folded text.
        published: When its article appeared; None leaves only what needs no date (十四五期间).
        context: What a reader read before it, folded: headline, heading, earlier sentences.
    """
    found: dict[str, Told] = {}
    for match in _RELATIVE.finditer(text):
        if _TOLD_ALREADY.match(text, match.end()):
            continue
        absolute = _absolute(match, published, context + "\n" + text[: match.start()])
        if absolute:
            if published and published.inferred and not match["plan"]:
                absolute += "，推定"
            found.setdefault(match[0], Told(match.end(), match[0], absolute))
    return tuple(found.values())


def explained(
    text: str, script: ReaderScript, published: Published | None, context: str = ""
) -> str:
    """A text with the meaning of its relative dates beside them: 今年上半年（2024年1–6月）.

    Args:
        text: In any script.
        script: That of the words put in; for a reader of English, the text's own.
        published: When the text's article appeared.
        context: As `told` takes it.
    """
    beside = detect(text) or script if script == "en" else script
    parts, done = [], 0
    for one in told(fold(text), published, context):
        parts += [text[done : one.end], f"（{convert(one.absolute, beside, 'zh-Hans')}）"]
        done = one.end
    return "".join(parts) + text[done:]


def unexplained(text: str, quote: str, published: Published | None, context: str = "") -> str:
    """A folded text without what `explained` puts into its quote, and nothing else.

    Args:
        text: Folded text of an answer.
        quote: What it quotes, folded.
        published: When the quote's article appeared.
        context: As `told` takes it.
    """
    for one in told(quote, published, context):
        text = text.replace(f"{one.expression}（{one.absolute}）", one.expression, 1)
    return text


def context_of(citation: Citation, document: Document) -> str:
    """What a reader read before a quote, folded: headline, heading, the paragraph up to it."""
    above = [block for block in document.blocks if block.span.start <= citation.start]
    heading = next((b.span for b in reversed(above) if b.kind == "heading"), None)
    paragraph = above[-1].span.start if above else citation.start
    parts = [document.title, document.text[paragraph : citation.start]]
    if heading:
        parts.insert(1, document.text[heading.start : heading.end])
    return fold("\n".join(parts))


def on_day(question: str, asked_on: date) -> str:
    """A question with its own relative dates as they are on the day of asking: 去年 as 2025年.

    What it compares with (比去年同期) belongs to the period it speaks of and stays.

    Args:
        question: In either script.
        asked_on: The day.
    """
    folded = fold(question)
    compared = [match.span() for match in COMPARED.finditer(folded)]
    parts, done = [], 0
    for match in _OF_THE_ASKER.finditer(folded):
        if match["same"] or any(start <= match.start() < end for start, end in compared):
            continue
        parts += [question[done : match.start()], _day_of_asking(match, asked_on)]
        done = match.end()
    return "".join(parts) + question[done:]


def _day_of_asking(match: re.Match[str], asked_on: date) -> str:
    if match["a_day"] or match["which"]:
        return _calendar(match, asked_on)
    if match[0] in _YEARS:
        return f"{asked_on.year + _YEARS[match[0]]}年"
    return _month(asked_on.year, asked_on.month, _MONTHS[match[0]])


def _absolute(match: re.Match[str], published: Published | None, before: str) -> str:
    if match["plan"]:
        first = _FIRST_PLAN[match["plan"]]
        return f"{first}年以来" if match["onwards"] else f"{first}–{first + 4}年"
    if published is None:
        return ""
    if match["same"]:
        return _same_time(published.year, before)
    if match["a_day"] or match["which"]:
        return _on_the_day(match, published)
    if match["month_of_day"]:
        return _day_of_year(match, published, before)
    return _of_the_year(match, published, before)


def _of_the_year(match: re.Match[str], published: Published, before: str) -> str:
    """今年, 上半年, 本世纪以来, 近年来, 日前 and 本月."""
    if match["year"]:
        year = published.year + _YEARS[match["year"]]
        return f"{year}年{_part(match['part'] or '')}{match['since'] or ''}"
    if match["bare"] or match["edge"]:
        return _bare(match["bare"] or match["edge"], published.year, before)
    if match["century"]:
        return "2001年以来" if published.year > _CENTURY_BEGAN else ""
    if match["recently"]:
        return f"到{published.year}年"
    is_before_day = match["before"] and len(published.date) == len("2024-10-01")
    return _near(match, published) + ("前不久" if is_before_day else "")


def _same_time(year: int, before: str) -> str:
    """去年同期: a year before the period that was spoken of last; empty where none is."""
    for sentence in reversed(re.split("[。！？；\n]", before)):
        named = [one for one in periods(sentence, year) if one.year]
        if named:
            last = named[-1]
            first, end = last.months
            months = f"{first}月" if first == end else f"{first}–{end}月"
            return f"{last.year - 1 if last.year else ''}年{months if last.part else ''}"
    return ""


def _on_the_day(match: re.Match[str], published: Published) -> str:
    """昨天 and 上周五 in an article of which the day is known, and that is not inferred."""
    if published.inferred or len(published.date) < len("2024-10-01"):
        return ""
    return _calendar(match, date.fromisoformat(published.date))


def _calendar(match: re.Match[str], today: date) -> str:
    """昨天 as a day, 上周五 too, 上周 as the days from Monday to Sunday."""
    if match["a_day"]:
        return _told_day(today + timedelta(_DAYS[match["a_day"]]))
    monday = today + timedelta(7 * _WEEKS[match["which"]] - today.weekday())
    if match["weekday"]:
        return _told_day(monday + timedelta("一二三四五六日".index(_sunday(match["weekday"]))))
    sunday = monday + timedelta(6)
    last = _told_day(sunday)
    return f"{_told_day(monday)}至{last.removeprefix(f'{monday.year}年')}"


def _sunday(weekday: str) -> str:
    return "日" if weekday == "天" else weekday


def _told_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _day_of_year(match: re.Match[str], published: Published, before: str) -> str:
    """10月8日 by itself: of the article's year, if no other is spoken of and it was not to come."""
    month = int(match["month_of_day"])
    known = int(published.date[5:7] or 0)
    is_to_come = not known or month > known
    sentence = re.split("[。！？\n]", before)[-1]
    if is_to_come or _EVERY_YEAR.search(sentence) or _speaks_of_another(before, published.year):
        return ""
    return f"{published.year}年{match[0]}"


def _speaks_of_another(text: str, year: int) -> bool:
    """Whether a text names any time that is not of this year; months alone are of no year."""
    named = [one for one in moments(text, year) if one.first > _LONG_AGO]
    return any((one.first, one.last) != (year, year) for one in named)


def _near(match: re.Match[str], published: Published) -> str:
    """截至目前, 日前 and 本月, as precisely as the article's date is known."""
    year, *rest = (int(part) for part in published.date.split("-"))
    if not match["month"]:
        return "".join(f"{n}{unit}" for n, unit in zip((year, *rest), "年月日", strict=False))
    if not rest:
        return ""
    return _month(year, rest[0], _MONTHS[match["month"]]) + (match["day"] or "")


def _bare(part: str, year: int, before: str) -> str:
    """上半年 or 年初 by itself: of the one year that is spoken of, else of the article's."""
    if before.rstrip().endswith(("年", "年的")):
        return ""
    years = {one.year for one in periods(before, year)} or {year}
    if len(years) > 1:
        return ""
    return f"{years.pop()}年{_part(part).removeprefix('年')}"


def _part(part: str) -> str:
    return _SPANS.get(part.removeprefix("第"), part)


def _month(year: int, month: int, shift: int) -> str:
    count = 12 * year + month - 1 + shift
    return f"{count // 12}年{count % 12 + 1}月"
