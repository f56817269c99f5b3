from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lhassist.gazetteer import Entry, Gazetteer
from lhassist.script import convert, fold
from lhassist.terms import Analyzer, is_chinese
from lhassist.terms.numbers import figures

PLAIN = Analyzer(Gazetteer.EMPTY)
LOCAL = Analyzer(
    Gazetteer(
        (
            Entry("漯河", ("漯", "沙澧"), "luò hé", "place"),
            Entry("三剑客快乐酸奶", (), "", "dish"),
            Entry("三個五百億", (), "", "policy"),
            Entry("12345便民热线", ("12345热线",), "", "institution"),
            Entry("说文解字", ("说文",), "", "other"),
        )
    )
)
chinese = st.text(
    alphabet=(
        "漯河发展發展里裡后後干幹几幾著着什么多少第一二三十百千万亿〇零两点分之年月个的了"
        "０１２3.4,%/-aZé \n，。"
    ),
    max_size=30,
)


def forms(text: str) -> list[str]:
    return [form for figure in figures(text) for form in figure.forms]


def han_numeral(number: int) -> str:
    """Writes a number below 10^16 in Chinese, the way it is read out."""
    digits = "零一二三四五六七八九"

    def section(value: int) -> str:
        text, gap = "", False
        for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = value // unit % 10
            if digit:
                text += ("零" if gap else "") + digits[digit] + name
                gap = False
            elif text:
                gap = True
        return text

    text = ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // scale % 10**4
        if part:
            text += ("零" if text and part < 1000 else "") + section(part) + name
    return text


def test_one_bag_of_words_characters_and_pairs() -> None:
    terms = PLAIN.terms("生產總值 GDP")
    assert set(terms) == {"生产总值", "生产", "总值", "生", "产", "总", "值", "产总", "gdp"}
    assert terms.count("gdp") > terms.count("总值") > terms.count("产总") == 1


def test_pairs_do_not_cross_punctuation() -> None:
    assert "河漯" not in PLAIN.terms("沙河，漯河")
    assert "河漯" in PLAIN.terms("沙河漯河")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("增長百分之七點八", "增长7.8%"),
        ("7.8%", "７．８％"),
        ("2,400亿元", "两千四百億元"),
        ("2400亿元", "240,000,000,000元"),
        ("第二十一届", "第21届"),
        ("二〇二四年", "2024年"),
        ("二零二四年", "2024年"),
        ("十二点一个百分点", "12.1个百分点"),
        ("三十七條", "37条"),
        ("37 条", "37条"),
        ("四分之一", "1/4"),
        ("千分之三", "3‰"),
        ("百分之百", "100%"),
        ("十月一日", "10月01日"),
        ("3.5万人", "三万五千人"),
        ("9个方面", "九个方面"),
        ("1.50", "1.5"),
    ],
)
def test_forms_of_a_figure_meet(one: str, other: str) -> None:
    of_one, of_other = (
        next(figures(fold(unicodedata.normalize("NFKC", text)))).forms[0] for text in (one, other)
    )
    assert of_one == of_other
    assert of_one in PLAIN.terms(one)
    assert of_one in PLAIN.terms(other)


@pytest.mark.parametrize(
    "text",
    [
        "一方面", "三农", "四大文化", "五里庙", "六可选", "一把手走流程", "一个人", "十分", "万一",
        "千万不要", "百万富翁", "百家讲坛", "三四个", "三四十", "十几个", "数百", "c919", "a4纸",
    ],
)  # fmt: skip
def test_numerals_that_are_no_figures(text: str) -> None:
    assert forms(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0395", ["0395"]),
        ("2024-10-01", ["2024", "10", "1"]),
        ("3:30", ["3", "30"]),
        ("一亿二千万", ["120000000"]),
        ("2400亿", ["240000000000", "2400"]),
        ("5km", ["5"]),
        ("2,40", ["2", "40"]),
        ("2024/10/01", ["2024", "10", "1"]),
        ("第一", ["第1", "1"]),
    ],
)
def test_forms(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@given(st.integers(min_value=2, max_value=10**12 - 1))
def test_every_number_is_read_in_chinese(number: int) -> None:
    text = han_numeral(number) + "个"
    assert next(figures(text)).forms[0] == str(number)
    assert next(figures(f"{number:,}个")).forms[0] == str(number)


@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_every_share_meets_its_chinese_form(share: object) -> None:
    whole, _, decimals = f"{share}".partition(".")
    assume(int(whole) > 1)
    digits = "零一二三四五六七八九"
    text = f"百分之{han_numeral(int(whole))}点{''.join(digits[int(d)] for d in decimals)}"
    assert forms(text)[0] == forms(f"{share}%")[0]


@given(chinese)
def test_both_scripts_give_the_same_terms(text: str) -> None:
    for analyzer in (PLAIN, LOCAL):
        assert analyzer.terms(fold(text)) == analyzer.terms(text)
        assert analyzer.words(fold(text)) == analyzer.words(text)


@given(chinese)
def test_terms_are_never_blank_and_never_broken(text: str) -> None:
    for term in LOCAL.terms(text) + LOCAL.words(text):
        assert term
        assert not any(c.isspace() for c in term)
        assert term == term.lower()


def test_a_passage_and_its_conversion_give_the_same_terms(shared: Path) -> None:
    with (shared / "data" / "xquad_zh" / "corpus.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    same = sum(
        PLAIN.terms(text) == PLAIN.terms(convert(text, "zh-TW", "zh-Hans")) for text in texts
    )
    assert same >= 0.99 * len(texts)


def test_gazetteer_names_are_words() -> None:
    name = "三剑客快乐酸奶"
    assert name in LOCAL.words("三劍客快樂酸奶好喝嗎")
    assert name not in PLAIN.words("三劍客快樂酸奶好喝嗎")


@pytest.mark.parametrize(
    "text", ["沙澧的风景", "漯字的来历", "luohe的风景", "Luòhé的风景", "漯河的風景"]
)
def test_every_form_of_a_name_gives_the_canonical_one(text: str) -> None:
    assert "漯河" in LOCAL.terms(text)
    assert "漯河" not in set(PLAIN.terms(text)) - set(PLAIN.terms("漯河"))


def test_a_form_inside_another_word_is_no_name() -> None:
    assert "说文解字" in LOCAL.terms("说文有多少部首")
    assert "说文解字" not in LOCAL.terms("小说文学奖")


def test_a_numeral_in_a_name_is_no_figure() -> None:
    assert "50000000000" not in LOCAL.terms("三个五百亿是什么")
    assert "50000000000" in LOCAL.terms("投资五百亿")
    assert {"12345", "12345便民热线"} <= set(LOCAL.terms("拨打12345热线"))


def test_analyzers_do_not_share_their_names() -> None:
    Analyzer(Gazetteer((Entry("幸福社区食堂", (), "", "other"),)))
    assert "幸福社区食堂" not in Analyzer(Gazetteer.EMPTY).words("幸福社区食堂在哪里")


def test_latin_words_lose_case_accents_and_hyphens() -> None:
    assert {"wifi", "wi", "fi", "cafe", "c919"} <= set(PLAIN.terms("Wi-Fi、Café和C919"))


def test_question_words_are_no_terms() -> None:
    asked = set(PLAIN.terms("漯河是什么时候升格的？"))
    assert asked == set(PLAIN.terms("漯河，升格的"))
    assert "吗" not in PLAIN.terms("是食品名城吗？")
    assert "吗" in PLAIN.terms("吗啡")


def test_words_are_the_content() -> None:
    words = LOCAL.words("沙澧在2024年上半年的生產總值增長了多少？")
    assert words == ["漯河", "2024", "上半年", "生产总值", "增长"]
    assert LOCAL.words("规模超两千四百亿元，增长百分之七点八")[-3:] == [
        "240000000000",
        "增长",
        "7.8%",
    ]


def test_words_come_with_their_part_of_speech() -> None:
    tags = dict(LOCAL.tagged("三劍客快樂酸奶的電話"))
    assert tags["电话"] == "n"
    assert tags["三剑客快乐酸奶"] == ""


def test_is_chinese() -> None:
    assert is_chinese("Luohe 漯")
    assert not is_chinese("Luohe, 。！")
