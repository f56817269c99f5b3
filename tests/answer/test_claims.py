"""Statements are borne out, contradicted or not there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lhassist.answer.checking import claims
from lhassist.gazetteer import Entry, Gazetteer
from lhassist.index import Collection
from lhassist.schema import Claim, Hit, ReaderScript
from tests.answer.articles import LEVEL, article, collection, hit, reader_of

GDP = article(
    "gdp",
    "今年上半年，漯河生产总值增长7.8%，增速居全省第一。规模以上工业增加值增长12.1%。",
    title="漯河上半年经济",
    published="2024-08",
)
BRIDGE = article("bridge", "小商桥始建于公元584年。", title="小商桥", published="2024")
NAMES = Gazetteer((Entry("漯河", ("漯河市",), "", "place"), Entry("小商桥", (), "", "other")))


@pytest.fixture(scope="module")
def held() -> Collection:
    return collection(GDP, BRIDGE, gazetteer=NAMES)


def check(held: Collection, text: str, script: ReaderScript = "zh-Hans") -> tuple[Claim, ...]:
    def search(_: str) -> tuple[Sequence[Hit], NDArray[np.float32]]:
        return [hit(passage) for passage in held.passages], LEVEL

    return claims.check(text, search, held, reader=reader_of(NAMES), script=script)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("2024年上半年，漯河生产总值增长7.8%。", "supported"),
        ("2024年上半年，漯河生产总值增长百分之七点八。", "supported"),
        ("2024年上半年漯河生产总值增长8.7%。", "contradicted"),
        ("2024年上半年漯河生产总值增长7.8%，增速居全省第三。", "contradicted"),
        ("2025年上半年漯河生产总值增长7.8%。", "not_found"),
        ("漯河有三条地铁线路。", "not_found"),
        ("小商桥始建于公元584年。", "supported"),
        ("小商桥始建于公元605年。", "contradicted"),
    ],
)
def test_a_statement_has_its_verdict(held: Collection, text: str, verdict: str) -> None:
    (claim,) = check(held, text)
    assert claim.verdict == verdict
    assert bool(claim.citations) == (verdict != "not_found")


def test_each_statement_has_its_own(held: Collection) -> None:
    text = "小商桥始建于公元584年。2024年上半年漯河生产总值增长7.8%；同期规上工业增加值增长21.1%。"
    found = check(held, text)
    assert [one.verdict for one in found] == ["supported", "supported", "contradicted"]
    assert "".join(one.text for one in found) == text


@pytest.mark.parametrize(
    ("script", "note"), [("zh-Hans", "资料中是7.8%"), ("zh-Hant", "資料中是7.8%")]
)
def test_the_note_says_what_is_so(held: Collection, script: ReaderScript, note: str) -> None:
    (claim,) = check(held, "2024年上半年漯河生产总值增长8.7%。", script)
    assert claim.note == note


@given(st.integers(1, 99), st.integers(1, 9))
def test_no_other_figure_is_borne_out(held: Collection, whole: int, tenths: int) -> None:
    (claim,) = check(held, f"2024年上半年漯河生产总值增长{whole}.{tenths}%。")
    assert (claim.verdict == "supported") == ((whole, tenths) == (7, 8))
