"""The real newspaper page: sentences whole again, captions out of them, the year inferred."""

from __future__ import annotations

from pathlib import Path

import pytest

from lhassist.corpus import read
from lhassist.schema import Document, Published

CAPTIONS = [
    "漯河市市民之家。",
    "漯河市舞陽縣賈湖遺址。",
    "中原食品實驗室。",
    "漯河市雙匯新總部大樓。",
    "漯河市沙澧河千機飛表演。",
    "漯河市首座3D打印實景建築——「小商橋」。",
    "漯河市小學生在許慎文化園研學。",
]
HEADINGS = ["加大改革力度", "釋放改革紅利", "堅持改革爲民"]


@pytest.fixture(scope="module")
def page(seed: Path) -> Document:
    return read(seed, document_id=seed.stem, root=seed.parent)


def _texts(page: Document, kind: str) -> list[str]:
    return [page.text[b.span.start : b.span.end] for b in page.blocks if b.kind == kind]


def test_the_head_is_found(page: Document) -> None:
    assert page.title == "河南漯河：改革風勁破浪行"
    assert page.title not in page.text
    assert page.script == "zh-Hant"
    kicker, *headings = _texts(page, "heading")
    assert kicker == "國慶75周年"
    assert [heading.split()[0] for heading in headings] == HEADINGS


def test_the_year_is_inferred_with_its_basis(page: Document) -> None:
    assert page.published == Published("2024", inferred=True, basis="國慶75周年")


def test_captions_and_the_credit_are_out_of_the_text(page: Document) -> None:
    assert _texts(page, "caption") == CAPTIONS
    assert [media.caption for media in page.media] == CAPTIONS
    assert all(page.text[m.span.start : m.span.end] == m.caption for m in page.media)
    assert all("中共漯河市委宣傳部" in (media.credit or "") for media in page.media)
    assert all(media.path is None for media in page.media)
    assert "圖片來源" not in page.text


@pytest.mark.parametrize(
    "whole",
    [
        "中增強自信",
        "「三個五百億」",
        "「關鍵一招」",
        "水電氣暖熱線",
        "發展新質生產力",
        "體系……日前",
    ],
)
def test_broken_sentences_are_whole_again(page: Document, whole: str) -> None:
    assert whole in page.text


def test_every_paragraph_ends_like_one(page: Document) -> None:
    assert [p[-10:] for p in _texts(page, "paragraph") if p[-1] not in "。！？」"] == []


def test_nothing_of_the_page_is_lost(page: Document, seed: Path) -> None:
    kept = page.text + page.title + str([media.credit for media in page.media])
    written = seed.read_text("utf-8-sig")
    assert set(written.split()) <= {
        word for word in written.split() if word in kept.replace("\n", "")
    }
