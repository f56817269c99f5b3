from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lhassist.schema import Published, Span
from lhassist.ui import articles
from tests.ui import samples
from tests.ui.html_tree import Element, parse
from tests.ui.test_answers import at_its_path, no_picture


def _words(tree: Element) -> list[str]:
    return [one.text for one in tree.all() if one.tag in ("h3", "p", "span")]


def test_an_article_is_whole_and_in_order() -> None:
    source = samples.document(
        [("heading", "河"), ("paragraph", "甲。"), ("caption", "圖"), ("paragraph", "乙。")],
        picture="a.png",
    )
    tree = parse(articles.article(source, at_its_path))
    body = [word for word in _words(tree) if word in ("河", "甲。", "圖", "乙。")]
    assert body == ["河", "甲。", "圖", "乙。"]
    assert tree.all("h2")[0].text == "標題"
    assert tree.all("img")[0].attributes["src"] == "file=a.png"
    assert tree.all("footer")[0].all("li")[0].text == "來源"
    assert tree.all("mark") == []


BLOCKS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1, max_size=30),
    min_size=1,
    max_size=4,
)


@given(BLOCKS, st.data())
def test_the_marks_hold_exactly_the_quote(blocks: list[str], data: st.DataObject) -> None:
    source = samples.document([("paragraph", words) for words in blocks])
    start = data.draw(st.integers(0, len(source.text) - 1))
    end = data.draw(st.integers(start + 1, len(source.text)))
    tree = parse(articles.article(source, no_picture, quote=Span(start, end)))
    inside = [
        source.text[max(start, block.span.start) : min(end, block.span.end)]
        for block in source.blocks
    ]
    assert [mark.text for mark in tree.all("mark")] == [words for words in inside if words]
    shown = [one for one in tree.all("article")[0].children if isinstance(one, Element)]
    assert [one.text for one in shown if one.tag == "p"] == blocks


def test_converting_keeps_the_mark_around_the_same_words() -> None:
    source = samples.document([("paragraph", "沙河與澧河。兩河交匯。")])
    quote = Span(6, 11)
    tree = parse(articles.article(source, no_picture, quote=quote, script="zh-Hans"))
    assert tree.all("mark")[0].text == "两河交汇。"
    assert tree.all("article")[0].attributes["lang"] == "zh-Hans"
    assert tree.all("article")[0].attributes["data-script"] == "zh-Hant"
    assert tree.all("p", "converted")


def test_the_basis_of_an_inferred_date_stands_over_the_article() -> None:
    source = samples.document(
        [("paragraph", "甲。")], published=Published("2024", inferred=True, basis="國慶75周年")
    )
    date = parse(articles.article(source, no_picture)).all("span", "date")[0].attributes
    assert date["data-label"] == "date.basis"
    assert "國慶75周年" in (date["data-args"] or "")


def test_nothing_of_an_article_becomes_markup() -> None:
    source = samples.document(
        [("heading", samples.HOSTILE), ("paragraph", samples.HOSTILE)], title=samples.HOSTILE
    )
    for html in (
        articles.article(source, no_picture, quote=Span(3, 9)),
        articles.article(source, no_picture, script="zh-Hans"),
        articles.shelf("economy", [source]),
        articles.front([("economy", [source])]),
    ):
        tree = parse(html)
        assert tree.all("img") == tree.all("script") == []
        assert samples.HOSTILE in tree.text


def test_a_lead_ends_with_a_sentence_or_a_clause() -> None:
    sentence = "甲" * 30 + "。"
    assert articles.lead(samples.document([("paragraph", sentence * 3)])) == sentence
    clause = "乙" * 40
    long = samples.document([("heading", "題"), ("paragraph", f"{clause}，{clause}。")])
    assert articles.lead(long) == clause + "……"
    assert articles.lead(samples.document([("paragraph", "短。")])) == "短。"
    assert articles.lead(samples.document([("heading", "題")])) == ""


def test_the_first_page_shows_some_of_a_topic_and_the_way_to_all() -> None:
    many = [samples.document([("paragraph", "甲。")], identity=str(n)) for n in range(5)]
    tree = parse(articles.front([("economy", many), ("culture", many[:2])]))
    assert len(tree.all("button", "headline")) == articles.FRONT_ARTICLES + 2
    (more,) = tree.all("button", "more")
    assert more.attributes["data-topic"] == "economy"
