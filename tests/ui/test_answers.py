from __future__ import annotations

import json
from dataclasses import replace
from typing import get_args

import pytest

from lhassist.schema import Fallback, Media, Published, Row
from lhassist.ui import answers, labels
from tests.ui import samples
from tests.ui.html_tree import parse

TOPICS = ["economy", "culture"]


def no_picture(media: Media) -> str | None:
    return None


def at_its_path(media: Media) -> str | None:
    return f"file={media.path}"


SOURCE = samples.document([("paragraph", "沙河流過漯河。澧河也流過漯河。")], title="兩條河")


def test_a_mark_opens_the_source_that_its_sentence_cites() -> None:
    second = samples.citation(SOURCE, "澧河也流過漯河。", 2)
    tree = parse(
        answers.answer(
            samples.answer(
                ("沙河流過漯河。", samples.citation(SOURCE, "沙河流過漯河。")),
                ("澧河也流過漯河。", second),
            ),
            no_picture,
            TOPICS,
        )
    )
    assert [one.text for one in tree.all("span", "sentence")] == [
        "沙河流過漯河。[1]",
        "澧河也流過漯河。[2]",
    ]
    marks = [one.all("button", "cite")[0] for one in tree.all("span", "sentence")]
    assert [json.loads(mark.attributes["data-args"] or "") for mark in marks] == [
        {"n": 1, "title": "兩條河"},
        {"n": 2, "title": "兩條河"},
    ]
    opened = tree.all("div", "quoted")[1].attributes
    assert opened["data-cite"] == marks[1].attributes["data-cite"] == "2"
    assert opened["data-document"] == "article"
    assert SOURCE.text[int(opened["data-start"] or 0) : int(opened["data-end"] or 0)] == (
        second.quote
    )


def test_a_quote_is_shown_only_where_the_answer_reads_otherwise() -> None:
    cited = samples.citation(SOURCE, "沙河流過漯河。")
    same = parse(answers.answer(samples.answer(("沙河流過漯河。", cited)), no_picture, TOPICS))
    other = parse(
        answers.answer(
            samples.answer(("沙河流过漯河。", cited), script="zh-Hans"), no_picture, TOPICS
        )
    )
    assert "hidden" in same.all("div", "quoted")[0].attributes
    assert "hidden" not in other.all("div", "quoted")[0].attributes
    shown = other.all("blockquote")[0]
    assert shown.text == cited.quote
    assert shown.attributes["lang"] == "zh-Hant-TW"
    assert other.all("span", "sentence")[0].attributes["lang"] == "zh-Hans"


def test_a_reader_of_english_sees_each_sentence_in_the_glyphs_of_its_article() -> None:
    cited = samples.citation(SOURCE, "沙河流過漯河。")
    tree = parse(
        answers.answer(samples.answer(("沙河流過漯河。", cited), script="en"), no_picture, TOPICS)
    )
    assert tree.all("span", "sentence")[0].attributes["lang"] == "zh-Hant-TW"


def test_an_article_that_is_cited_twice_is_listed_once_with_both_numbers() -> None:
    other = samples.document([("paragraph", "潁河。")], identity="other", title="潁河")
    tree = parse(
        answers.answer(
            samples.answer(
                ("沙河流過漯河。", samples.citation(SOURCE, "沙河流過漯河。", 1)),
                ("潁河。", samples.citation(other, "潁河。", 2)),
                ("澧河也流過漯河。", samples.citation(SOURCE, "澧河也流過漯河。", 3)),
            ),
            no_picture,
            TOPICS,
        )
    )
    listed = tree.all("button", "source")
    assert [one.all("span", "number")[0].text for one in listed] == ["1 · 3", "2"]
    assert [one.all("span", "title")[0].text for one in listed] == ["兩條河", "潁河"]
    assert len(tree.all("div", "quoted")) == 3


def test_an_inferred_date_says_so() -> None:
    source = samples.document(
        [("paragraph", "河。")], published=Published("2024", inferred=True, basis="國慶75周年")
    )
    tree = parse(
        answers.answer(
            samples.answer(("河。", samples.citation(source, "河。"))), no_picture, TOPICS
        )
    )
    date = tree.all("span", "date")[0].attributes
    assert date["data-label"] == "date.inferred"
    assert json.loads(date["data-args"] or "")["date"] == "2024"


def test_pictures_are_shown_once_with_caption_credit_and_article() -> None:
    source = samples.document(
        [("paragraph", "甲。乙。"), ("caption", "河的圖")], picture="media/a.png", credit="某人"
    )
    tree = parse(
        answers.answer(
            samples.answer(
                ("甲。", samples.citation(source, "甲。", 1)),
                ("乙。", samples.citation(source, "乙。", 2)),
            ),
            at_its_path,
            TOPICS,
        )
    )
    (figure,) = tree.all("figure")
    (image,) = figure.all("img")
    assert image.attributes["src"] == "file=media/a.png"
    assert image.attributes["alt"] == "河的圖"
    assert figure.all("figcaption")[0].all("span")[0].text == "河的圖"
    credit = figure.all("span", "credit")[0].attributes
    assert json.loads(credit["data-args"] or "") == {"credit": "某人"}
    assert figure.all("button", "origin")[0].text == source.title


def test_a_picture_that_is_not_held_says_so_and_keeps_its_caption() -> None:
    source = samples.document([("paragraph", "甲。"), ("caption", "照片：河")])
    tree = parse(
        answers.answer(
            samples.answer(("甲。", samples.citation(source, "甲。"))), no_picture, TOPICS
        )
    )
    assert tree.all("img") == []
    assert tree.all("div", "missing")[0].attributes["data-label"] == "picture.missing"
    assert tree.all("figcaption")[0].all("span")[0].text == "照片：河"


def test_a_refusal_offers_the_topics_and_looks_like_none_of_the_answers() -> None:
    tree = parse(answers.answer(samples.answer(text="沒有這方面的內容。"), no_picture, TOPICS))
    assert tree.all("p", "said")[0].text == "沒有這方面的內容。"
    offered = tree.all("ul", "chips")[-1].all("button")
    topics = [button.attributes["data-topic"] for button in offered]
    assert topics == TOPICS
    assert tree.all("div", "refused")
    assert tree.all("section") == []


def test_a_refusal_offers_questions_that_are_answered() -> None:
    refusal = replace(samples.answer(text="無"), suggestions=("沙河在哪裡？", samples.HOSTILE))
    tree = parse(answers.answer(refusal, no_picture, TOPICS))
    asked = [one for one in tree.all("button") if "data-ask" in one.attributes]
    assert [one.text for one in asked] == ["沙河在哪裡？", samples.HOSTILE]


def test_what_was_not_asked_but_is_held_keeps_its_marks_and_sources() -> None:
    cited = samples.citation(SOURCE, "沙河流過漯河。")
    nearest = replace(
        samples.answer(text="收錄的是：沙河流過漯河。[1] 並無 [2]。"), citations=(cited,)
    )
    tree = parse(answers.answer(nearest, no_picture, TOPICS))
    said = tree.all("p", "said")[0]
    assert said.text == "收錄的是：沙河流過漯河。[1] 並無 [2]。"
    assert [one.attributes["data-cite"] for one in said.all("button", "cite")] == ["1"]
    assert tree.all("blockquote")[0].text == cited.quote


def test_values_that_differ_stand_in_a_table_with_a_mark_each() -> None:
    cited = samples.citation(SOURCE, "沙河流過漯河。")
    row = Row("河流", "2024年", "4條", 4, "條", 1, "2024", note=samples.HOSTILE)
    table = replace(samples.answer(("沙河流過漯河。", cited)), form="table", rows=(row,))
    tree = parse(answers.answer(table, no_picture, TOPICS)).all("table")[0]
    cells = [one.text for one in tree.all("tbody")[0].all() if one.tag in ("th", "td")]
    assert cells == ["河流" + samples.HOSTILE, "2024年", "4條[1]"]


def test_what_a_follow_up_was_taken_for_is_said() -> None:
    cited = samples.citation(SOURCE, "沙河流過漯河。")
    reply = replace(samples.answer(("沙河流過漯河。", cited)), understood_as="沙河流過哪裡？")
    hint = parse(answers.answer(reply, no_picture, TOPICS)).all("p", "hint")[0].attributes
    assert hint["data-label"] == "turn.understood"
    assert json.loads(hint["data-args"] or "") == {"question": "沙河流過哪裡？"}


@pytest.mark.parametrize(
    ("generator", "fallback", "label"),
    [
        ("llm:qwen2.5:7b", None, "worded.model"),
        *(("extractive", reason, f"quoted.{reason}") for reason in get_args(Fallback)),
        ("extractive", None, None),
    ],
)
def test_it_says_whether_a_language_model_worded_the_answer(
    generator: str, fallback: Fallback | None, label: str | None
) -> None:
    reply = samples.answer(("沙河流過漯河。", samples.citation(SOURCE, "沙河流過漯河。")))
    reply = replace(reply, generator=generator, fallback=fallback)
    notes = parse(answers.answer(reply, no_picture, TOPICS)).all("p", "writer")
    assert [one.attributes["data-label"] for one in notes] == ([label] if label else [])
    assert label is None or all(label in table for table in labels.tables().values())
    if generator.startswith("llm:"):
        assert json.loads(notes[0].attributes["data-args"] or "") == {"model": "qwen2.5:7b"}


@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant", "zh-TW", "zh-HK", "en"])
def test_every_reader_script_has_its_glyphs(script: str) -> None:
    refusal = samples.answer(text="無", script=script)  # type: ignore[arg-type]
    assert parse(answers.answer(refusal, no_picture, TOPICS)).all("p", "said")[0].attributes["lang"]


def test_nothing_of_an_article_becomes_markup() -> None:
    source = samples.document(
        [("paragraph", samples.HOSTILE), ("caption", samples.HOSTILE)],
        identity=samples.HOSTILE,
        title=samples.HOSTILE,
        picture=samples.HOSTILE,
        credit=samples.HOSTILE,
        published=Published("2024", inferred=True, basis=samples.HOSTILE),
    )
    cited = samples.citation(source, samples.HOSTILE)
    tree = parse(answers.answer(samples.answer((samples.HOSTILE, cited)), at_its_path, TOPICS))
    assert [one.attributes["src"] for one in tree.all("img")] == [f"file={samples.HOSTILE}"]
    assert tree.all("script") == []
    assert all("onerror" not in one.attributes for one in tree.all())
    assert tree.all("span", "sentence")[0].text == samples.HOSTILE + "[1]"
    assert tree.all("div", "quoted")[0].attributes["data-document"] == samples.HOSTILE
    refusal = parse(answers.answer(samples.answer(text=samples.HOSTILE), no_picture, TOPICS))
    assert refusal.all("p", "said")[0].text == samples.HOSTILE
