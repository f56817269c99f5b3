from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lhassist.answer.question import Reader
from lhassist.answer.question.followup import standing_alone
from lhassist.answer.question.names import Names
from lhassist.gazetteer import Gazetteer
from lhassist.schema import Answer, Turn
from lhassist.script import convert, fold
from lhassist.terms import Analyzer
from tests.conftest import REPOSITORY


@pytest.fixture(scope="module")
def reader(sample_corpus: Path) -> Reader:
    gazetteer = Gazetteer.load(sample_corpus / "gazetteer.toml")
    return Reader(Names(gazetteer), Analyzer(gazetteer))


def turn(question: str, said: str = "") -> Turn:
    answer = Answer(question, "answered", "zh-Hans", said, (), (), (), "", ())
    return Turn(question, question, answer)


GROWTH = "2024年上半年漯河GDP增长多少？"
SIX = "“六可选”政策：资金支持、人才住房、就医保障、子女入学、编制服务和薪酬模式。[1]"


@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (GROWTH, "那规上工业呢？", "2024年上半年漯河规上工业增长多少？"),
        (GROWTH, "那2025年呢？", "2025年上半年漯河GDP增长多少？"),
        (GROWTH, "那全年呢？", "2024年全年漯河GDP增长多少？"),
        (GROWTH, "许昌呢？", "2024年上半年许昌GDP增长多少？"),
        (GROWTH, "和许昌比呢？", "2024年上半年许昌GDP增长多少？"),
        (GROWTH, "和前年比呢？", "2022年上半年漯河GDP增长多少？"),
        (GROWTH, "和去年同期相比呢？", "2023年上半年漯河GDP增长多少？"),
        (GROWTH, "排全省第几？", "2024年上半年漯河GDP增长排全省第几？"),
        ("漯河的GDP增速是多少？", "位次呢？", "漯河的GDP位次是多少？"),
        ("漯河的GDP增速是多少？", "工业投资呢？", "漯河的工业投资增速是多少？"),
        ("卫龙2024年的营收是多少？", "利润呢？", "卫龙2024年的利润是多少？"),
        ("卫龙2024年的营收是多少？", "谁创立的？", "卫龙谁创立的？"),
        ("漯河有哪几个县？", "那区呢？", "漯河有哪几个区？"),
        ("贾湖遗址的总面积有多大？", "它在哪个县？", "贾湖遗址在哪个县？"),
        ("小商桥是哪年建的？", "谁战死在那里？", "谁战死在小商桥？"),
        ("小商桥是哪年建的？", "这座桥在哪里？", "小商桥在哪里？"),
        ("第七届食博会是哪天开幕的？", "第十六届呢？", "第十六届食博会是哪天开幕的？"),
        ("第七届食博会签约了多少个项目？", "金额是多少？", "第七届食博会金额是多少？"),
        ("第七届食博会签约了多少个项目？", "签约金额呢？", "第七届食博会签约金额是多少？"),
        ("2024年固定资产投资在全省排第几？", "工业投资呢？", "2024年工业投资在全省排第几？"),
        ("贾湖出土了多少支骨笛？", "用什么骨头做的？", "骨笛用什么骨头做的？"),
    ],
)
def test_what_is_left_out_comes_from_the_question_before(
    reader: Reader, before: str, question: str, understood: str, script: str
) -> None:
    wanted = "zh-Hant" if script == "zh-Hant" else "zh-Hans"
    history = [turn(convert(before, wanted))]
    assert standing_alone(convert(question, wanted), history, reader) == understood


@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(
    ("conversation", "question", "understood"),
    [
        ((GROWTH, ""), "那是为什么？", "为什么2024年上半年漯河GDP增长？"),
        ((GROWTH, ""), "去年同期呢？", "2023年上半年漯河GDP增长多少？"),
        (("漯河2024年GDP是多少？", ""), "同比呢", "漯河2024年GDP同比增长多少？"),
        (("漯河2024年GDP是多少？", ""), "哪个县最高", "漯河2024年GDP哪个县最高？"),
        (("卫龙2024年营收多少？", ""), "利润呢", "2024年卫龙利润多少？"),
        (("六可选有哪些？", SIX), "第二个是什么", "六可选的人才住房是什么？"),
        (("六可选有哪些？", SIX), "最后一个呢？", "六可选的薪酬模式是什么？"),
        (("许慎文化园占地多少亩？", ""), "再详细介绍一下", "介绍一下许慎文化园。"),
        (("漯河有哪些文化？", ""), "还有呢", "漯河还有哪些文化？"),
        (("漯河有几个县？", ""), "它们叫什么？", "漯河有哪些县？"),
        (("小商桥在哪里？", ""), "有多长？", "小商桥有多长？"),
        (("12345热线有多少座席？", ""), "是人工吗", "12345热线是人工吗？"),
        (("12345热线有多少座席？", ""), "怎么投诉", "12345热线怎么投诉？"),
        (("卫龙是谁创立的？", ""), "什么时候上市的？", "卫龙什么时候上市的？"),
        (("卫龙是哪年创立的？", "卫龙在1999年创立。"), "那一年发生了什么", "1999年发生了什么？"),
    ],
)
def test_a_question_without_a_thing_is_asked_of_the_one_before(
    reader: Reader, conversation: tuple[str, str], question: str, understood: str, script: str
) -> None:
    wanted = "zh-Hant" if script == "zh-Hant" else "zh-Hans"
    before, said = conversation
    history = [turn(convert(before, wanted), convert(said, wanted))]
    assert standing_alone(convert(question, wanted), history, reader) == understood


@pytest.mark.parametrize(
    "question",
    ["漯河的市树是什么？", "今天天气怎么样？", "谢谢", "再说说小商桥", "当年水流怎么样？"],
)
def test_a_change_of_topic_stays_as_it_is(reader: Reader, question: str) -> None:
    assert standing_alone(question, [turn(GROWTH)], reader) is None


def test_a_question_that_names_nothing_goes_on_from_the_name_before_it(reader: Reader) -> None:
    history = [turn("小商桥在哪里？"), turn("好看吗？")]
    assert standing_alone("有多长？", history, reader) == "小商桥有多长？"


def test_a_person_or_place_may_come_from_the_answer(reader: Reader) -> None:
    history = [turn("《说文解字》是谁写的？", "《说文解字》是许慎写的。")]
    assert standing_alone("他是哪里人？", history, reader) == "许慎是哪里人？"
    history.append(turn("许慎是哪里人？", "许慎的故里是召陵。"))
    assert standing_alone("那里有什么景点？", history, reader) == "召陵有什么景点？"


def test_a_chain_goes_on_from_what_was_understood(reader: Reader) -> None:
    first = turn(GROWTH)
    second = Turn("那工业投资呢？", "2024年上半年漯河工业投资增长多少？", first.answer)
    understood = standing_alone("2025年上半年呢？", [first, second], reader)
    assert understood == "2025年上半年漯河工业投资增长多少？"


@pytest.mark.parametrize(
    "question",
    [
        "许慎是哪里人？",
        "四大文化有哪些？",
        "12345热线有多少个座席？",
        "许慎是谁，他写了什么书？",
        "怎么炖牛肉才烂？",
        "太阳系有几颗行星？",
        "2025年上半年呢子大衣卖得怎么样？",
        "老百姓办事方便了吗？",
        "其他城市的GDP怎么样？",
        "写一首诗。",
    ],
)
def test_what_stands_alone_is_left_alone(reader: Reader, question: str) -> None:
    assert standing_alone(question, [turn(GROWTH)], reader) is None
    assert standing_alone(question, [], reader) is None


def test_no_question_of_the_own_set_is_changed_by_what_was_asked_before(reader: Reader) -> None:
    """But for those that say 它 or 那儿 and mean the city, as nobody begins a conversation."""
    rows = (REPOSITORY / "eval/luohe/questions.jsonl").read_text("utf-8").splitlines()
    for row in map(json.loads, rows):
        for before in (GROWTH, "贾湖遗址的总面积有多大？", "许慎是哪里人？"):
            changed = standing_alone(row["text"], [turn(before)], reader)
            pronouns = ("它", "那儿", "那里", "那边")
            assert changed is None or any(one in fold(row["text"]) for one in pronouns), row["text"]


@settings(max_examples=200)
@given(st.text(max_size=30), st.text(max_size=30))
def test_anything_may_have_been_asked(reader: Reader, before: str, question: str) -> None:
    understood = standing_alone(question, [turn(before)], reader)
    assert understood is None or understood.endswith("？")
