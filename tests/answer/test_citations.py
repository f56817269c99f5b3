from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lhassist.answer.citing.citations import Citations, media_beside
from lhassist.passages import split
from lhassist.schema import Cue, Passage, Span, TimeRange
from tests.answer.articles import article, hit, passage

ARTICLE = article(
    "river",
    "沙河从西边来。澧河也从西边来。",
    "!两河交汇处",
    "#桥",
    "小商桥在小商河上。",
    "!小商桥近景",
    "!小商桥远景",
    title="河与桥",
    published="2024-05",
)
SAND, LI = Span(0, 7), Span(7, 15)


def test_a_citation_quotes_the_article_and_says_where() -> None:
    citations = Citations({ARTICLE.id: ARTICLE})
    number = citations.cite(hit(passage(ARTICLE, 0, 15, 7)), LI)
    (citation,) = citations.all
    assert number == citation.number == 1
    assert citation.quote == "澧河也从西边来。" == ARTICLE.text[citation.start : citation.end]
    assert (citation.passage_id, citation.title) == ("river#0-15", "河与桥")
    assert citation.published == ARTICLE.published


def test_numbers_follow_first_use_and_one_stretch_has_one_number() -> None:
    citations = Citations({ARTICLE.id: ARTICLE})
    found = hit(passage(ARTICLE, 0, 15, 7))
    assert [citations.cite(found, span) for span in (LI, SAND, LI)] == [1, 2, 1]
    assert [citation.quote for citation in citations.all] == ["澧河也从西边来。", "沙河从西边来。"]


@pytest.mark.parametrize("span", [Span(3, 3), Span(0, 16), Span(15, 20)])
def test_what_is_not_inside_the_passage_cannot_be_cited(span: Span) -> None:
    citations = Citations({ARTICLE.id: ARTICLE})
    with pytest.raises(ValueError, match="not inside"):
        citations.cite(hit(passage(ARTICLE, 0, 15, 7)), span)
    assert citations.all == ()


def test_a_passage_that_is_not_in_its_article_cannot_be_cited() -> None:
    true = passage(ARTICLE, 0, 15, 7)
    forged = Passage(
        true.document_id, true.kind, true.start, true.end, "沙河从东边来。澧河也从西边来。",
        true.sentences, true.groups,
    )  # fmt: skip
    with pytest.raises(ValueError, match="not what its article says"):
        Citations({ARTICLE.id: ARTICLE}).cite(hit(forged), SAND)


@given(st.text(min_size=1, max_size=60), st.data())
def test_every_citation_that_can_be_made_is_exact(text: str, data: st.DataObject) -> None:
    assume(text[0] not in "#!")
    document = article("any", text)
    edge = st.integers(0, len(text))
    start, end = sorted((data.draw(edge), data.draw(edge)))
    from_, to = sorted((data.draw(edge), data.draw(edge)))
    citations = Citations({document.id: document})
    try:
        citations.cite(hit(passage(document, start, end)), Span(from_, to))
    except ValueError:
        assert not start <= from_ < to <= end
    else:
        assert start <= from_ < to <= end
        assert citations.all[0].quote == text[from_:to]


def test_the_pictures_of_a_section_stand_beside_its_sentences_nearest_first() -> None:
    bridge = ARTICLE.text.index("小商桥在")
    beside = media_beside(ARTICLE, Span(bridge, bridge + 9))
    assert [media.caption for media in beside] == ["小商桥近景", "小商桥远景"]
    assert [media.caption for media in media_beside(ARTICLE, SAND)] == ["两河交汇处"]


def test_a_section_without_a_picture_borrows_the_nearest_of_the_article() -> None:
    document = article("three", "甲。", "!甲图", "#二", "乙。", "#三", "丙。", "!丙图")
    start = document.text.index("乙。")
    captions = [media.caption for media in media_beside(document, Span(start, start + 2))]
    assert captions == ["甲图"]
    assert media_beside(article("none", "甲。"), Span(0, 2)) == ()


def test_a_citation_of_a_recording_plays_from_where_the_quote_is_said() -> None:
    lines = "沙河从西边来。\n澧河也从西边来。"
    river = article("river", "!河边的照片", "!采访录音", lines)
    at = river.text.index(lines)
    spoken = Span(at + 8, at + 16)
    cues = (
        Cue(Span(at, at + 7), TimeRange(0.0, 2.5)),
        Cue(spoken, TimeRange(2.5, 5.0)),
    )
    picture, sound = river.media
    sound = replace(sound, kind="audio", cues=cues)
    blocks = (*river.blocks[:2], replace(river.blocks[2], origin="speech"))
    river = replace(river, media=(picture, sound), blocks=blocks)
    (whole,) = (one for one in split(river) if one.kind == "body")
    assert (whole.origin, whole.time) == ("speech", TimeRange(0.0, 5.0))

    citations = Citations({river.id: river})
    citations.cite(hit(whole), spoken)
    (citation,) = citations.all
    assert citation.quote == "澧河也从西边来。"
    assert (citation.origin, citation.time) == ("speech", TimeRange(2.5, 5.0))
    assert citation.media == (sound, picture)
