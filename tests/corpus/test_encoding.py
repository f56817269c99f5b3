"""Encodings are told apart, or refused; never guessed into nonsense."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.corpus.encoding import decode
from tests.corpus.measure import encodings

HANS = "漯河是一座因水而兴的城市，沙河与澧河在这里交汇。"
HANT = "漯河是一座因水而興的城市，沙河與澧河在這裡交匯。"


@pytest.mark.parametrize(
    ("text", "codec", "named"),
    [
        (HANS, "utf-8", "utf-8"),
        (HANT, "utf-8-sig", "utf-8"),
        (HANS, "utf-16", "utf-16"),
        (HANS, "gb18030", "gb18030"),
        (HANT, "gb18030", "gb18030"),
        (HANT, "big5", "cp950"),
        (HANT.replace("漯", "㗎"), "big5hkscs", "big5hkscs"),
        (HANS + "𠮷", "gb18030", "gb18030"),
        ("GDP 7.8%", "ascii", "utf-8"),
        ("漯河", "gb18030", "gb18030"),
        ("漯河", "big5", "cp950"),
        ("今天", "gb18030", "gb18030"),
        ("今天", "big5", "cp950"),
    ],
)
def test_each_encoding(text: str, codec: str, named: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.encoding == named


@pytest.mark.parametrize(("length", "least"), [(6, 0.98), (20, 0.995), (100_000, 0.995)])
def test_many_texts_of_both_scripts(shared: Path, length: int, least: float) -> None:
    for script, codec, counts in encodings(shared, length):
        assert counts["right"] >= least * counts.total(), (script, codec, counts)
        assert counts.total() > 500
        assert counts["wrong"] <= 0.005 * counts.total(), (script, codec, counts)


@given(st.text())
def test_what_is_utf_8_is_read_as_it_is(text: str) -> None:
    text = text.replace("\0", "").lstrip("\ufeff")
    if sum(c < " " and c not in "\t\n\v\f\r" for c in text) <= 0.01 * len(text):
        assert decode(text.encode("utf-8")).text == text


@given(st.binary())
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        decoded = decode(data)
        assert decoded.text.encode("utf-8").decode("utf-8") == decoded.text
        if decoded.encoding in {"cp950", "big5hkscs"}:
            assert decoded.text.encode(decoded.encoding)
