"""Composing over hand-made articles, in which every text is as near to every question."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.facts.numbers import figures
from lhassist.facts.relative import context_of, explained, unexplained
from lhassist.gazetteer import Entry, Gazetteer
from lhassist.index import Collection
from lhassist.schema import Answer, Document, ReaderScript
from lhassist.script import convert, fold
from tests.answer.articles import article, ask, collection

GDP_2024 = article(
    "gdp-2024",
    "今年上半年，漯河生产总值增长7.8%，居全省第一位。规模以上工业增加值增长12.1%，增速同样是全省第一。",
    title="漯河上半年经济",
    published="2024-08",
)
GDP_2025 = article(
    "gdp-2025", "今年上半年，漯河生產總值增長7.3%。", title="上半年經濟", script="zh-Hant",
    published="2025-08",
)  # fmt: skip
PROFILE = article(
    "profile",
    "漯河北邻许昌，东接周口。",
    "#面积",
    "全市面积2617平方公里，下辖源汇、郾城、召陵三个区和临颍、舞阳两个县。",
    "!全市面积示意图",
    title="漯河概况",
    published="2024",
)
FAIR = article(
    "fair",
    "第七届食博会在2009年5月16日开幕，签约75个项目。一支队伍有多长？这里不说。",
    title="食博会",
    published="2018",
)
CULTURES = article(
    "cultures",
    "漯河常说的“四大文化”，是贾湖文化、许慎文化、商埠文化和食品文化。",
    "对高层次人才，当地有一套“六可选”政策。六个方面由人才自己选：资金、住房、就医、入学、编制和薪酬。",
    title="文化与人才",
    published="2024",
)
HOTLINE = article(
    "hotline",
    "12345热线的话务座席现有80个，形成了电话、市长信箱、微信等多个渠道。",
    title="热线",
    published="2024",
)
NAMES = Gazetteer((Entry("漯河", ("漯河市",), "", "place"), Entry("食博会", (), "", "other")))


@pytest.fixture(scope="module")
def held() -> Collection:
    return collection(GDP_2024, GDP_2025, PROFILE, FAIR, CULTURES, HOTLINE, gazetteer=NAMES)


def check(answer: Answer, articles: Collection) -> None:
    """What holds of every answer."""
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    marks = [int(mark) for mark in re.findall(r"\[(\d+)\]", answer.text)]
    if answer.form == "refusal":
        assert (answer.sentences, answer.citations, marks) == ((), (), [])
        return
    if answer.form == "table":
        assert marks == [row.citation for row in answer.rows]
        return
    assert 1 <= len(answer.sentences) <= 3
    assert marks == [number for s in answer.sentences for number in s.citations] == numbers
    by_number = {citation.number: citation for citation in answer.citations}
    for sentence in answer.sentences:
        assert sentence.citations
        cited = by_number[sentence.citations[0]]
        before = context_of(cited, articles.documents[cited.document_id])
        quote = fold(cited.quote)
        said = unexplained(fold(sentence.text), quote, cited.published, before)
        # A correction says again what was asked, and what is offered says of what period it is.
        asked = fold(answer.question) if answer.form == "correction" else ""
        if answer.form == "nearest":
            said = re.split("：|: ", said, maxsplit=1)[1]
        borne_out = {(f.value, f.unit) for f in figures(quote + asked)}
        assert {(f.value, f.unit) for f in figures(said)} <= borne_out
    for citation in answer.citations:
        document = articles.documents[citation.document_id]
        assert document.text[citation.start : citation.end] == citation.quote
        caption_or_heading = [b for b in document.blocks if b.kind != "paragraph"]
        assert not any(b.span.start <= citation.start < b.span.end for b in caption_or_heading)


@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("漯河2024年上半年生产总值增长多少？", "今年上半年，漯河生产总值增长7.8%，居全省第一位。"),
        ("漯河2025年上半年生产总值增长多少？", "今年上半年，漯河生產總值增長7.3%。"),
        ("2024年上半年GDP增速居全省第几位", "今年上半年，漯河生产总值增长7.8%，居全省第一位。"),
        ("规上工业增加值增长百分之几", "规模以上工业增加值增长12.1%，增速同样是全省第一。"),
        (
            "漯河的面积有多大？",
            "全市面积2617平方公里，下辖源汇、郾城、召陵三个区和临颍、舞阳两个县。",
        ),
        ("第七届食博会签约多少个项目", "第七届食博会在2009年5月16日开幕，签约75个项目。"),
        ("第七届食博会哪天开幕", "第七届食博会在2009年5月16日开幕，签约75个项目。"),
        ("12345热线有多少个座席", HOTLINE.text),
    ],
)
def test_a_figure_comes_with_the_sentence_that_has_it(
    held: Collection, question: str, quote: str, script: ReaderScript
) -> None:
    _, answer = ask(held, convert(question, script), script)
    check(answer, held)
    assert [citation.quote for citation in answer.citations] == [quote]
    (cited,) = answer.citations
    before = context_of(cited, held.documents[cited.document_id])
    said = explained(convert(quote, script), script, cited.published, before)
    assert answer.text == said + "[1]"


@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(
    "question",
    [
        "漯河2026年上半年生产总值增长多少？",
        "漯河2025年上半年规上工业增加值增速",
        "漯河2024年生产总值增长8.7%吗？",
        "许昌的面积有多大？",
        "临颍的面积有多大？",
        "第八届食博会签约多少个项目",
        "漯河市长的电话是多少？",
        "漯河市长是谁？",
        "12345热线有多少个电话？",
        "一支队伍有多长？",
        "漯河地铁有几条线？",
        "写一首关于四大文化的诗",
        "示意图在哪里？",
    ],
)
def test_near_misses_are_refused(held: Collection, question: str, script: ReaderScript) -> None:
    _, answer = ask(held, convert(question, script), script)
    check(answer, held)
    assert answer.status == "refused", answer.text


def test_a_list_comes_back_whole(held: Collection) -> None:
    _, cultures = ask(held, "四大文化有哪些？")
    assert [s.text for s in cultures.sentences] == [
        "漯河常说的“四大文化”，是贾湖文化、许慎文化、商埠文化和食品文化。"
    ]
    _, choices = ask(held, "六可选有哪些？")
    assert choices.text == (
        "对高层次人才，当地有一套“六可选”政策。[1]"
        "六个方面由人才自己选：资金、住房、就医、入学、编制和薪酬。[2]"
    )


def test_the_newest_comes_first_where_no_period_is_asked(held: Collection) -> None:
    _, answer = ask(held, "漯河上半年生产总值增长多少？")
    assert answer.form == "table"
    assert [citation.document_id for citation in answer.citations] == ["gdp-2025", "gdp-2024"]


def test_articles_that_agree_are_cited_together() -> None:
    same = article(
        "again", "漯河上半年生产总值增速为百分之七点八。", title="年中", published="2024"
    )
    held = collection(GDP_2024, same, gazetteer=NAMES)
    _, answer = ask(held, "2024年上半年漯河生产总值增长多少？")
    check(answer, held)
    (sentence,) = answer.sentences
    assert sentence.citations == (1, 2)
    assert {citation.document_id for citation in answer.citations} == {"gdp-2024", "again"}


def test_a_collection_without_articles_refuses() -> None:
    _, answer = ask(collection(), "四大文化有哪些？")
    assert (answer.status, answer.topics) == ("refused", ())


WORDS = """
漯河 今年 2024年 上半年 生产总值 增长 7.8% ，居全省 第一位 。 ！ ？ “四大文化” 賈湖文化 、 80个 座席
遺址 在 舞阳县 （ ） 许慎 編 了 《說文解字》 ； … 1961年 发现 公里 36 a 😀
"""
PIECES = st.sampled_from([*WORDS.split(), " ", "\n"])
TEXTS = st.lists(PIECES, min_size=1, max_size=40).map("".join)


QUESTIONS = st.sampled_from(
    [
        "生产总值增长多少？",
        "四大文化有哪些",
        "谁编了《说文解字》",
        "贾湖遗址在哪里",
        "有多少个座席",
        "漯河遗址发现公里",
    ]
)


@st.composite
def articles(draw: st.DrawFn) -> Document:
    blocks = draw(st.lists(TEXTS, min_size=1, max_size=4))
    marks = draw(st.lists(st.sampled_from(["", "", "#", "!"]), min_size=4, max_size=4))
    return article(
        f"d{draw(st.integers(0, 10**9))}",
        *(mark + block.strip("\n#!") + "字" for mark, block in zip(marks, blocks, strict=False)),
        title=draw(TEXTS),
        script=draw(st.sampled_from(["zh-Hans", "zh-Hant"])),
        published=draw(st.sampled_from([None, "2024", "2023-05-18"])),
    )


@given(st.lists(articles(), max_size=3, unique_by=lambda d: d.id), TEXTS | QUESTIONS, st.data())
def test_whatever_the_articles_answers_are_exact_or_refusals(
    documents: list[Document], question: str, data: st.DataObject
) -> None:
    held = collection(*documents, gazetteer=NAMES)
    script = data.draw(st.sampled_from(["zh-Hans", "zh-Hant", "zh-TW", "zh-HK", "en"]))
    _, answer = ask(held, question, script)
    check(answer, held)
    assert answer.script == script
