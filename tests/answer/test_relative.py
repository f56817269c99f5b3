from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.answer.citing.verify import problems
from lhassist.facts.dates import periods
from lhassist.facts.relative import explained, on_day, told, unexplained
from lhassist.schema import Published
from lhassist.script import convert, fold

DAY = Published("2024-10-01")
MONTH = Published("2024-10")
YEAR = Published("2024")
GUESSED = Published("2024", inferred=True, basis="國慶75周年")


@pytest.mark.parametrize(
    ("text", "published", "said"),
    [
        ("今年上半年，增长7.8%。", YEAR, "今年上半年（2024年1–6月），增长7.8%。"),
        ("今年上半年，增长7.8%。", GUESSED, "今年上半年（2024年1–6月，推定），增长7.8%。"),
        ("去年以来，漯河启动改革。", YEAR, "去年以来（2023年以来），漯河启动改革。"),
        ("去年5月18日开馆。", YEAR, "去年5月18日（2023年5月18日）开馆。"),
        ("今年5月16日至18日举行。", YEAR, "今年5月16日至18日（2024年5月16日至18日）举行。"),
        ("去年9月底启动。", YEAR, "去年9月底（2023年9月底）启动。"),
        ("到去年年底为止。", YEAR, "到去年年底（2023年年底）为止。"),
        ("比去年全年高。", YEAR, "比去年全年（2023年）高。"),
        ("去年的数字，去年的上半年。", YEAR, "去年（2023年）的数字，去年的上半年（2023年1–6月）。"),
        ("与前年相比。", YEAR, "与前年（2022年）相比。"),
        ("近年来，发展很快。", DAY, "近年来（到2024年），发展很快。"),
        ("日前，馆舍落成。", DAY, "日前（2024年10月1日前不久），馆舍落成。"),
        ("最近，馆舍落成。", MONTH, "最近（2024年10月），馆舍落成。"),
        ("近三年来，发展很快。", YEAR, "近三年来（到2024年），发展很快。"),
        ("年初，馆舍落成。", YEAR, "年初（2024年初），馆舍落成。"),
        ("截至目前，有37项。", MONTH, "截至目前（2024年10月），有37项。"),
        ("本月5日开工。", MONTH, "本月5日（2024年10月5日）开工。"),
        ("上个月开工。", Published("2024-01"), "上个月（2023年12月）开工。"),
        ("“十四五”期间增长。", None, "“十四五”期间（2021–2025年）增长。"),
        ("上半年，增长7.8%。", YEAR, "上半年（2024年1–6月），增长7.8%。"),
        ("去年上半年7.8%，全年6.8%。", YEAR, "去年上半年（2023年1–6月）7.8%，全年6.8%。"),
        (
            "2024年上半年增长7.3%，比去年同期低。",
            YEAR,
            "2024年上半年增长7.3%，比去年同期（2023年1–6月）低。",
        ),
        ("2022年，上年同期为9个。", YEAR, "2022年，上年同期（2021年）为9个。"),
        ("昨天下午开馆。", DAY, "昨天（2024年9月30日）下午开馆。"),
        ("前天开馆。", DAY, "前天（2024年9月29日）开馆。"),
        ("上周，代表团来了。", DAY, "上周（2024年9月23日至9月29日），代表团来了。"),
        ("上周五签约。", DAY, "上周五（2024年9月27日）签约。"),
        ("10月8日贯通。", Published("2024-10-12"), "10月8日（2024年10月8日）贯通。"),
        ("“十三五”以来增长。", None, "“十三五”以来（2016年以来）增长。"),
        ("本世纪以来增长。", YEAR, "本世纪以来（2001年以来）增长。"),
    ],
)
def test_the_meaning_stands_beside_the_words(
    text: str, published: Published | None, said: str
) -> None:
    assert explained(text, "zh-Hans", published) == said
    assert problems(said, [(text, published)]) == ()
    wrong = re.sub(r"（(到?)20", r"（\g<1>18", said)
    assert wrong == said or problems(wrong, [(text, published)])


@pytest.mark.parametrize(
    ("text", "published", "context"),
    [
        ("今年上半年，增长7.8%。", None, ""),
        ("本月开工。", YEAR, ""),
        ("到去年，也就是2018年。", YEAR, ""),
        ("今年上半年（2024年1月到6月）。", YEAR, ""),
        ("比去年同期低。", YEAR, ""),
        ("2023年上半年，增长。", YEAR, ""),
        ("上半年，增长。", YEAR, "2019年的增速，2020年的增速。"),
        ("如今年产3亿包，五年前年产1亿包。", YEAR, ""),
        ("5月1日前交付，数日前开馆。", DAY, ""),
        ("三个月以来，近日点。", DAY, ""),
        ("过去年均增长。", YEAR, ""),
        ("昨天开馆，上周签约。", MONTH, ""),
        ("目前天气好，昨天的荣光，上周岁生日。", DAY, ""),
        ("10月8日贯通。", Published("2024-09"), ""),
        ("10月8日贯通。", MONTH, "大桥2016年开工。"),
        ("每年10月8日举行，清嘉庆年间10月8日建成。", MONTH, ""),
        ("本世纪以来增长。", Published("1998"), ""),
    ],
)
def test_what_is_told_already_or_not_certain_stays(
    text: str, published: Published | None, context: str
) -> None:
    assert explained(text, "zh-Hans", published, context) == text


def test_a_half_by_itself_is_of_the_one_year_that_is_spoken_of() -> None:
    said = explained("上半年，增长7.8%。", "zh-Hans", YEAR, "漯河2019年的经济。")
    assert said == "上半年（2019年1–6月），增长7.8%。"


def test_the_meaning_is_in_the_readers_characters() -> None:
    assert explained("去年以來，一直到現在。", "zh-Hant", YEAR).startswith("去年以來（2023年以來）")
    assert explained("去年以來，一直到現在。", "en", YEAR).startswith("去年以來（2023年以來）")
    assert explained("日前，落成。", "zh-TW", GUESSED).startswith("日前（2024年，推定）")


PIECES = (
    "今年 去年 前年 上半年 下半年 全年 5月18日 以来 本月 日前， ， “十四五”期间 近年来 增长7.8%"
    " 2019年 也就是 （ ） 比 同期 均 去年同期 昨天 前天 上周 下周 上周日 10月8日 “十三五”以来 。"
)
WORDS = st.lists(st.sampled_from(PIECES.split()), max_size=12).map("".join)
DATES = st.dates(date(1950, 1, 1), date(2090, 12, 31))
PUBLISHED = DATES.flatmap(
    lambda day: st.sampled_from([day.isoformat()[:length] for length in (4, 7, 10)])
).map(Published)


@given(WORDS, PUBLISHED)
def test_only_what_was_put_in_is_taken_out(text: str, published: Published) -> None:
    said = explained(text, "zh-Hans", published)
    assert unexplained(said, text, published) == text
    assert unexplained(said + "（9999年）", text, published) == text + "（9999年）"


@given(WORDS, PUBLISHED)
def test_both_scripts_are_told_the_same(text: str, published: Published) -> None:
    traditional = convert(text, "zh-Hant", "zh-Hans")
    assert fold(explained(traditional, "zh-Hant", published)) == fold(
        explained(fold(text), "zh-Hans", published)
    )


@given(WORDS, PUBLISHED)
def test_no_year_is_told_but_those_beside_the_articles(text: str, published: Published) -> None:
    named = {2016, 2018, 2019, *range(2021, 2026)}
    for one in told(text, published):
        assert int(one.absolute.removeprefix("到")[:4]) in named | {
            published.year + shift for shift in range(-3, 2)
        }


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("今年上半年GDP增长多少？", "2025年上半年GDP增长多少？"),
        ("去年的營收呢？", "2024年的營收呢？"),
        ("前年有多少名院士？", "2023年有多少名院士？"),
        ("上个月GDP增长多少？", "2024年12月GDP增长多少？"),
        ("上個月GDP增長多少？", "2024年12月GDP增長多少？"),
        ("比去年同期增长多少？", "比去年同期增长多少？"),
        ("今天天气怎么样？", "今天天气怎么样？"),
        ("2024年上半年GDP增长多少？", "2024年上半年GDP增长多少？"),
        ("三个上月球的人", "三个上月球的人"),
        ("昨天漯河有什么新闻？", "2025年1月9日漯河有什么新闻？"),
        ("上周五签约了吗？", "2025年1月3日签约了吗？"),
        ("上周签约了吗？", "2024年12月30日至2025年1月5日签约了吗？"),
        ("去年同期是多少？", "去年同期是多少？"),
    ],
)
def test_a_questions_dates_are_of_the_day_of_asking(question: str, meant: str) -> None:
    assert on_day(question, date(2025, 1, 10)) == meant


@given(DATES)
def test_the_month_before_is_the_month_before(day: date) -> None:
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    assert on_day("上个月开工的项目", day) == f"{year}年{month}月开工的项目"


@given(DATES, st.sampled_from(["昨天", "前天", "上周一", "上周日", "本周三", "下周日", "上周"]))
def test_a_day_is_told_by_its_distance_from_the_article(day: date, word: str) -> None:
    absolute = told(f"{word}开馆。", Published(day.isoformat()))[0].absolute
    year, month, number = map(int, re.findall(r"\d+", absolute)[:3])
    distance = (date(year, month, number) - day).days
    if word in ("昨天", "前天"):
        assert distance == {"昨天": -1, "前天": -2}[word]
    else:
        monday = distance + day.weekday()
        assert monday == {"上周一": -7, "上周日": -1, "本周三": 2, "下周日": 13, "上周": -7}[word]


@given(WORDS, PUBLISHED, DATES, DATES)
def test_an_article_means_the_same_on_any_day(
    text: str, published: Published, one: date, other: date
) -> None:
    plain = text.replace("今年", "2019年")
    if on_day(plain, one) == plain:
        assert on_day(plain, other) == plain
    assert explained(text, "zh-Hans", published) == explained(text, "zh-Hans", published)


@given(st.integers(1990, 2030), st.sampled_from(["上半年", "下半年", "一季度", "全年"]))
def test_the_same_time_of_the_year_before_is_a_year_before(year: int, part: str) -> None:
    text = f"{year}年{part}为9个，去年同期为8个。"
    now, before = periods(text)
    assert now.year == year
    assert (before.year, before.part) == (year - 1, now.part)
    assert periods(f"{year}年{part}为9个，比去年同期多。") == (now,)
