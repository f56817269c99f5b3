from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.answer.question import QUESTION_LIMIT, Question, Reader, checked
from lhassist.answer.question.kinds import Kind
from lhassist.answer.question.names import Names
from lhassist.errors import QuestionError
from lhassist.facts.dates import Period
from lhassist.gazetteer import Entry, Gazetteer
from lhassist.script import convert
from lhassist.terms import Analyzer

GAZETTEER = Gazetteer(
    (
        Entry("漯河", ("漯河市",), "luò hé", "place"),
        Entry("许慎", ("字圣",), "xǔ shèn", "person"),
        Entry("许慎文化园", (), "", "site"),
        Entry("双汇", (), "shuāng huì", "company"),
        Entry("四大文化", (), "sì dà wén huà", "policy"),
        Entry("说文解字", (), "", "other"),
    )
)
READER = Reader(Names(GAZETTEER), Analyzer(GAZETTEER))
QUESTIONS = [
    json.loads(line)["question"]
    for line in Path(__file__).with_name("questions.jsonl").read_text("utf-8").splitlines()
]


def words(question: Question) -> list[str]:
    return [term.text for term in question.terms]


def test_a_word_of_the_table_is_one_word_though_a_dictionary_divides_it() -> None:
    (what,) = READER.read("国家级非物质文化遗产有几项").terms[1:]
    assert what.text == "非物质文化遗产"
    assert "非遗" in what.forms


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("漯河有多少人口？", "number"),
        ("五里庙社区有几个功能区", "number"),
        ("2024年上半年GDP增速", "number"),
        ("工业增加值增速居全省第几位？", "rank"),
        ("贾湖遗址是哪一年发现的？", "date"),
        ("博物馆什么时候开馆", "date"),
        ("漯河市长是谁？", "person"),
        ("许慎是谁？", "what"),
        ("贾湖遗址在哪里？", "place"),
        ("五里庙社区在哪个镇？", "place"),
        ("四大文化有哪些？", "list"),
        ("五链是哪五链", "list"),
        ("为什么叫漯河", "reason"),
        ("漯河有地铁吗？", "whether"),
        ("什么是四篇文章", "what"),
        ("贾湖骨笛", "open"),
        ("写一首诗。", "task"),
        ("把这句话翻译成英文", "task"),
        ("《说文解字》是谁写的？", "person"),
        ("How many radicals are there?", "number"),
    ],
)
def test_what_kind_of_thing_is_asked_for(question: str, kind: Kind) -> None:
    assert READER.read(question).kind == kind


def test_question_words_periods_and_figures_are_no_words_of_the_answer() -> None:
    question = READER.read("请问漯河市2024年上半年的生产总值增长了多少？")
    assert words(question) == ["漯河市", "生产总值", "增长"]
    assert question.periods == (Period(2024, "H1"),)
    assert question.measures == {"share"}


def test_a_year_may_be_bare_and_numbers_are_kept_apart() -> None:
    assert READER.read("漯河2024上半年GDP").periods == (Period(2024, "H1"),)
    asked = READER.read("第二十一届食博会签约多少")
    assert [(figure.value, figure.measure) for figure in asked.figures] == [(Decimal(21), "rank")]
    assert READER.read("四个拉动是哪四个").figures == ()


def test_the_mayor_is_not_a_long_city() -> None:
    assert words(READER.read("漯河市长的电话是多少？")) == ["漯河", "市长", "电话"]
    assert READER.read("漯河市长的电话是多少？").measures == {"phone"}


def test_what_the_figure_is_asked_of() -> None:
    for text in ("12345热线有多少个话务座席？", "12345热线的座席有几个"):
        question = READER.read(text)
        assert question.asked is not None
        assert question.terms[question.asked].text == "座席"


def test_a_word_is_met_by_what_means_the_same_and_not_inside_another_name() -> None:
    (gdp,) = READER.read("GDP").terms
    assert gdp.share_in("全市生产总值增长") == 1
    name, *_ = READER.read("许慎是谁").terms
    assert name.share_in("字圣的故里") == 1
    assert name.share_in("许慎文化园竣工") == 0
    area = READER.read("总面积多大").terms[0]
    assert area.share_in("面积很大") == pytest.approx(2 / 3)
    letter = READER.read("许慎的字是什么").terms[-1]
    assert letter.share_in("《说文解字》") == 0
    assert letter.share_in("许慎字叔重") == 1


def test_names_in_pinyin_are_spelled() -> None:
    assert READER.read("luohe si da wenhua").folded == "漯河 四大文化"
    assert READER.read("luohe有多少人口").searched == "漯河有多少人口"
    foreign = READER.read("What are the four cultures of Luohe?")
    assert foreign.is_foreign
    assert "luohe" in foreign.searched


@pytest.mark.parametrize("text", QUESTIONS)
def test_both_scripts_are_read_alike(text: str) -> None:
    hans, hant = (READER.read(convert(text, script)) for script in ("zh-Hans", "zh-Hant"))
    assert (hans.folded, hans.terms, hans.kind) == (hant.folded, hant.terms, hant.kind)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        (" \n　", "empty"),
        ("😀🎉", "no words"),
        ("？！……", "no words"),
        ("问" * 10_000, "10,000 characters"),
    ],
)
def test_what_is_no_question_is_said_so(text: str, says: str) -> None:
    with pytest.raises(QuestionError, match=says) as raised:
        checked(text)
    assert raised.value.hint


def test_the_longest_question_is_still_one() -> None:
    assert len(checked(" " + "问" * QUESTION_LIMIT)) == QUESTION_LIMIT


@given(st.text(min_size=1, max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    question = READER.read(text)
    assert question.asked is None or 0 <= question.asked < len(question.terms)


@pytest.mark.parametrize(
    ("question", "kind", "thing", "genus"),
    [
        ("许慎写的那部字书叫什么？", "what", "work", "字书"),
        ("他写了什么书？", "what", "work", "书"),
        ("塔格糖是哪家企业的产品？", "what", "company", "企业"),
        ("哪些公司参加了？", "list", "company", "公司"),
        ("战死在桥上的将领叫什么？", "person", None, "将领"),
        ("战死在桥上的将领的名字是什么？", "person", None, "将领"),
        ("他写的小说的名字是什么？", "what", "work", "小说"),
        ("漯河的市花叫什么？", "what", None, None),
        ("这本书有多少页？", "number", None, None),
    ],
)
def test_a_work_or_a_company_is_asked_for_by_what_it_is(
    question: str, kind: Kind, thing: str | None, genus: str | None
) -> None:
    read = READER.read(question)
    assert (read.kind, read.thing) == (kind, thing)
    assert (genus in [term.text for term in read.terms if term.is_genus]) == (genus is not None)
