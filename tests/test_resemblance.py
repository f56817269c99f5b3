"""An ingest names articles that say nearly the same as others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.corpus import read, scan
from lhassist.ingest.resemblance import resemblances
from lhassist.schema import Document
from tests.conftest import REPOSITORY


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {
        source.document_id: read(source.path, document_id=source.document_id, root=source.root)
        for source in scan([REPOSITORY / "corpus"])
    }


def test_no_article_of_the_sample_is_another(documents: dict[str, Document]) -> None:
    assert resemblances(documents, documents.keys()) == ()


def test_a_copy_with_a_changed_sentence_is_named(documents: dict[str, Document]) -> None:
    article = documents["jiahu-site"]
    text = article.text.replace("。", "！", 3) + "\n版權所有，轉載請註明出處。"
    held = documents | {"again": replace(article, id="again", text=text)}
    (found,) = resemblances(held, {"again"})
    assert (found.document_id, found.of_document_id) == ("again", "jiahu-site")
    assert found.share > 0.8
    assert str(found).startswith("again: ")
    assert resemblances(held, set()) == ()


def test_of_two_new_ones_the_later_is_named(documents: dict[str, Document]) -> None:
    article = documents["jiahu-site"]
    held = {"b": replace(article, id="b"), "a": replace(article, id="a")}
    (found,) = resemblances(held, {"a", "b"})
    assert (found.document_id, found.of_document_id, found.share) == ("b", "a", 1.0)


def test_one_that_holds_another_and_much_more_is_not_named(documents: dict[str, Document]) -> None:
    whole = "\n".join(one.text for one in documents.values())
    held = documents | {"whole": replace(documents["jiahu-site"], id="whole", text=whole)}
    assert resemblances(held, {"whole"}) == ()


@given(st.dictionaries(st.sampled_from("abcd"), st.text("漯河食品。", max_size=90), min_size=1))
def test_any_texts_are_compared(texts: dict[str, str]) -> None:
    empty = Document("x", "x", "", (), "zh-Hans", "", "x.md")
    held = {name: replace(empty, id=name, text=text) for name, text in texts.items()}
    for one in resemblances(held, held.keys()):
        assert 0.6 <= one.share <= 1
        assert one.document_id > one.of_document_id
