from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.answer.citing.speaker import with_speaker, without_speech
from lhassist.passages import split
from lhassist.schema import Span
from lhassist.script import convert
from tests.answer.articles import article, ask, collection


@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(
    ("before", "sentence", "kept"),
    [
        ("今年的一篇散文讲了地名的来历。", "文章说，当地闹过蝗灾，人们因此改了地名。", True),
        ("厂长讲起了当年的难处。", "他说，第一年只卖出三百箱火腿肠。", True),
        ("厂长说：“难处" + "实在" * 60 + "很多。", "第一年只卖出三百箱火腿肠。”", True),
        ("厂长说：“难处。" + "实在是很多呢。" * 20, "第一年只卖出三百箱火腿肠。”", False),
        ("12345热线的座席有八十个。", "人们把它叫做城市的总机，一天到晚都打得通。", False),
        ("厂长说：“难处很多。”", "第一年只卖出三百箱火腿肠。", False),
        ("园长谈起了游客。", "据她介绍，周末每天有三千人入园。", True),
        ("园长谈起了游客。", "在她看来，三千人已是园子的极限。", True),
        ("专家组来到窑址。", "这位专家认为，瓷片烧成于北宋年间。", True),
        ("旧志有两段话。", "前者说，石桥是隋代开皇四年建成的。", True),
        ("县志有一段记载。", "按县志的说法，桥建于明永乐三年。", False),
    ],
)
def test_the_sentence_that_names_the_speaker_is_quoted_too(
    before: str, sentence: str, kept: bool, script: str
) -> None:
    wanted = "zh-Hant" if script == "zh-Hant" else "zh-Hans"
    text = convert(before + sentence, wanted, "zh-Hans")
    (passage,) = split(article("one", text, script=wanted))
    start = passage.start + len(before)
    assert start in {one.start for one in passage.sentences}
    span = Span(start, passage.end)
    whole = Span(passage.start, passage.end)
    assert with_speaker(passage, span) == (whole if kept else span)


def test_the_speaker_may_come_behind_the_quotation() -> None:
    said = "“今年的新茶卖出三百箱。明年还要多卖一百箱。”茶厂厂长说。"
    (passage,) = split(article("one", said + "记者看到，茶园里很忙。"))
    first = passage.sentences[0]
    quoted = with_speaker(passage, first)
    assert passage.text[quoted.start - passage.start : quoted.end - passage.start] == said
    (passage,) = split(article("one", "“今年的新茶卖出三百箱。明年还要多卖。”园子里很忙。"))
    assert with_speaker(passage, passage.sentences[0]) == passage.sentences[0]


def test_a_paragraph_does_not_speak_for_the_next() -> None:
    (passage,) = split(
        article("one", "今年的一篇散文讲了地名的来历。", "文章说，当地闹过蝗灾，人们因此改了地名。")
    )
    last = passage.sentences[-1]
    assert with_speaker(passage, last) == last


def test_an_answer_keeps_who_says_so() -> None:
    held = collection(
        article(
            "essay",
            "关于地名，今年的一篇散文讲了一个故事。文章说，嘉靖年间当地闹蝗灾，人们因此改名。",
        )
    )
    _, answer = ask(held, "嘉靖年间当地闹蝗灾，人们为什么改名？")
    assert answer.status == "answered"
    assert "散文" in answer.sentences[0].text
    assert answer.citations[0].quote.startswith("关于地名")
    assert answer.text.count("散文") == 1
    _, told = ask(held, "关于地名的散文讲了什么故事？")
    assert told.status == "answered"
    assert "散文" in told.text


PIECES = ["他说，难处很多。", "“难处很多。", "卖不出去。”", "厂长说：", "一天卖出三百箱。", "\n\n"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join))
def test_a_stretch_only_grows_and_only_inside_its_passage(text: str) -> None:
    paragraphs = [part for part in text.split("\n\n") if part] or ["卖不出去。"]
    for passage in split(article("one", *paragraphs)):
        for sentence in passage.sentences:
            span = with_speaker(passage, sentence)
            assert passage.start <= span.start <= sentence.start
            assert span.end == sentence.end


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("漯河被称为“中国食品名城”。", "漯河被称为“中国食品名城”。"),
        ("黑板上写着：“读报，下棋。”大家没有理会。", "黑板上写着：大家没有理会。"),
        ("他说：“先看“沙河”，再看澧河。”", "他说："),
        ("黑板上写着：“读报，下棋。", "黑板上写着："),
        ("大家说好”，就走了。", "大家说好”，就走了。"),
    ],
)
def test_what_is_quoted_at_length_is_not_the_texts_own(text: str, own: str) -> None:
    assert without_speech(text) == own
