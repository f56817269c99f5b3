"""When an article appeared: from a date line, or inferred from what the article says of its year.

An inference always names the words it rests on. Where nothing tells the year for sure there is no
date: a wrong year would make every 今年 in the article wrong.
"""

from __future__ import annotations

import datetime
import re

from lhassist.schema import Published

_DIGITS = {c: str(i % 10) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_DIGITS |= dict(zip("０１２３４５６７８９", "0123456789", strict=True))

_YEAR = r"(?<!\d)((?:19|20)\d\d|[一二][〇○零九][〇○零一二三四五六七八九]{2}|[１２][０９][０-９]{2})"
_SMALL = r"(\d{1,2}|[一二三四五六七八九十]{1,3}|[０-９]{1,2})"
_CHINESE_DATE = re.compile(rf"{_YEAR}\s*年(?:\s*{_SMALL}\s*月(?:\s*{_SMALL}\s*[日號号])?)?")
_ISO_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?![\d/.-])")
_DATE_LABEL = r"(?:[發发][佈布表](?:[時时][間间]|日期)?|日期|[時时][間间]|刊[發发]|出版)\s*[：:]\s*"
_AFTER_DATE = re.compile(
    r"[\s　,，|/]*(?:[（(]?(?:星期|周|週|禮拜|礼拜)[一二三四五六日天][）)]?|\d{1,2}:\d\d(?::\d\d)?|"
    r"[農农][曆历]\S{2,12}|第?\s*[A-Z]?\d{1,3}\s*版\S{0,12}|(?:[來来]源|作者|[編编][輯辑])\s*[：:].{1,30})"
)
# 本報漯河10月1日訊, 新华社郑州2024年10月1日电
_DATELINE = re.compile(
    rf"(?:本[報报]|[記记]者|[訊讯]|社|[網网])[^，。\s]{{0,12}}?(?:{_YEAR}年)?{_SMALL}月{_SMALL}日(?:[電电訊讯])"
)

# What an anniversary counts from; 建市: Luohe became a city under the province in 1986.
_FOUNDINGS = (
    (1949, "[國国][慶庆][節节]?|(?:新中[國国]|中[華华]人民共和[國国])成立|建[國国]"),
    (1921, "建[黨党]|中[國国]共[產产][黨党]成立"),
    (1927, "建[軍军]"),
    (1945, "抗[戰战][勝胜]利|抗日[戰战][爭争][勝胜]利"),
    (1978, "改革[開开]放"),
    (1986, "漯河(?:市)?建市|建市|升格[為为爲]省[轄辖]市"),
    (1997, "香港回[歸归]"),
    (1999, "澳[門门]回[歸归]"),
)
_COUNT = r"(\d{1,3}|[一二三四五六七八九十百]{1,5})\s*(?:[周週]年|(?<=百)年)"
_ANNIVERSARIES = tuple((year, re.compile(rf"(?:{what}){_COUNT}")) for year, what in _FOUNDINGS)

_SENTENCE = re.compile(r"[^。！？!?\n]+")
_THIS_YEAR = re.compile(
    r"今年|本年|今[春夏秋冬]|[適适正恰]逢|喜迎|[慶庆]祝|迎[來来]|之[際际]|[來来到][臨临]|[獻献][禮礼]"
)
_JUST_NOW = re.compile(
    r"日前|近日|昨[日天]|今[日天]|[連连]日[來来]|[這这][幾几]天|不久前|[剛刚][剛刚]"
)
# News of a year that is over: 近日公布2023年統計公報 is written in 2024.
_LOOKS_BACK = re.compile(
    r"公[布佈報报]|[發发][布佈]|年[報报度終终]|[統统][計计]|[總总][結结]|回[顧顾]|全年|[業业][績绩]|"
    r"[財财][報报]|去年"
)
_THIS_IS = re.compile(
    rf"(?:今年|本年度?)\s*[（(即是]{{1,2}}\s*{_YEAR}\s*年|{_YEAR}\s*年[（(]今年[）)]"
)
_PLAN = re.compile(
    r"(?:到|至|[爭争]取|力[爭争]|[規规][劃划]|目[標标]|[遠远]景|計劃|计划)[^，。；]{0,8}\Z"
)
_PLANNED = re.compile(r"[^，。；]{0,6}(?:[遠远]景|[規规][劃划]|目[標标]|力[爭争]|[將将])")


def parse(text: str) -> str | None:
    """Reads a date that stands alone: `2024-10-01`, `2024/10`, `2024`, `2024年10月1日`.

    Returns:
        ISO 8601, as precise as given; None where it is no date of the calendar.
    """
    text = text.strip()
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
    line = re.sub(rf"\A{_DATE_LABEL}", "", line.strip())
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
    """
    report = _DATELINE.search(text)
    if report and report[1]:
        day = _iso(*report.groups())
        if day:
            return Published(day)
    found = _year(head, text)
    if found is None:
        return None
    year, basis = found
    if report:
        day = _iso(str(year), report[2], report[3])
        if day:
            return Published(day, inferred=True, basis=f"{basis}；{report[0]}")
    return Published(str(year), inferred=True, basis=basis)


def _year(head: str, text: str) -> tuple[int, str] | None:
    """The year of an article and the words that tell it."""
    for year, basis in _anniversaries(head):
        return year, basis
    match = _THIS_IS.search(text)
    if match:
        return int(_digits(match[1] or match[2])), match[0]
    sentences = _SENTENCE.findall(text)
    latest = max((year for s in sentences for year in _years(s)), default=0)
    marked: tuple[int, str] | None = None
    for sentence in sentences:
        for year, basis in _anniversaries(sentence):
            if year >= latest and _THIS_YEAR.search(sentence):
                return year, basis
        now = _JUST_NOW.search(sentence)
        if now and not marked and latest in _years(sentence) and not _LOOKS_BACK.search(sentence):
            marked = latest, f"{now[0]}……{latest}年"
    return marked


def _anniversaries(text: str) -> list[tuple[int, str]]:
    return [
        (founded + _number(match[1]), match[0])
        for founded, pattern in _ANNIVERSARIES
        for match in pattern.finditer(text)
    ]


def _years(sentence: str) -> list[int]:
    """The years that a sentence names and that no plan aims at."""
    return [
        int(_digits(match[1]))
        for match in _CHINESE_DATE.finditer(sentence)
        if not _PLAN.search(sentence[: match.start()]) and not _PLANNED.match(sentence, match.end())
    ]


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
