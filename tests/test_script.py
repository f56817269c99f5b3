from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.schema import ReaderScript
from lhassist.script import convert, detect, fold, regional
from lhassist.script.dictionaries import entries
from lhassist.script.exceptions import folding_exceptions, traditional_exceptions
from lhassist.script.folding import _folding

TRADITIONAL: tuple[ReaderScript, ...] = ("zh-Hant", "zh-TW", "zh-HK")
SETS = ("drcd_dev", "cmrc_dev", "xquad_zh", "dureader2_demo")

anything = st.text()
# The characters that folding treats by the word they stand in, close together.
ambiguous = st.text(alphabet=sorted({c for word in _folding().words for c in word}), max_size=12)
chinese = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))
mixed = st.text(alphabet="漯河发展發展里裡后後干幹幾几 aZ09７％.-%，。", max_size=30)


def passages(shared: Path, name: str) -> Iterator[str]:
    with (shared / "data" / name / "corpus.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("漯河市委全会提出改革措施", "zh-Hans"),
        ("漯河市委全會提出改革措施", "zh-Hant"),
        ("爲了", "zh-Hant"),
        ("為了", "zh-Hant"),
        ("位於哪里", "zh-Hant"),
        ("为了", "zh-Hans"),
        ("里后台干面云只松斗丰谷", None),
        ("發展发展", None),
        ("發展發展发展", "zh-Hant"),
        ("Luohe 2024", None),
        ("", None),
    ],
)
def test_detect(text: str, script: str | None) -> None:
    assert detect(text) == script


def test_whole_passages_are_never_taken_for_the_other_script(shared: Path, seed: Path) -> None:
    assert {detect(text) for text in passages(shared, "drcd_dev")} == {"zh-Hant"}
    assert {detect(text) for text in passages(shared, "cmrc_dev")} == {"zh-Hans"}
    assert detect(seed.read_text(encoding="utf-8")) == "zh-Hant"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("爲為裏裡", "为为里里"),
        ("什麼？什么？", "什么？什么？"),
        ("乾隆年間的乾淨", "乾隆年间的干净"),
        ("乾綱獨斷，乾纲独断", "乾纲独断，乾纲独断"),
        ("仅次於倫敦，基於其一", "仅次于伦敦，基于其一"),
        ("一家俱樂部", "一家俱乐部"),
        ("隨著著名的著作", "随着著名的著作"),
        ("牠們在衞生署的舖", "它们在卫生署的铺"),
        ("神祇祇有", "神祇只有"),
        ("錢鍾書，钱锺书", "钱钟书，钱钟书"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_folding_leaves_simplified_alone() -> None:
    simplified = {bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8)
                  for low in range(0xA1, 0xFF)}  # fmt: skip
    changed = {c for c in simplified if fold(c) != c}
    # Those that the standard of 1980 has for names, for rare words, or by mistake.
    assert changed == set("乾著谘菸薹捱摺吒後徵夥馀渖甯榘於钜锺麴醣麽")


@given(st.one_of(anything, ambiguous, chinese, mixed))
def test_folding_keeps_the_length_and_is_final(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


def test_folding_differs_from_opencc_where_we_meant_it(shared: Path) -> None:
    engine = opencc.OpenCC("t2s")
    ours = set(folding_exceptions().characters) | {"於", "俱", "锺", "钜"}
    for name in ("TWVariants", "HKVariants"):
        ours |= {variant for variants in entries(name).values() for variant in variants}
    unexplained = []
    for text in (text for name in SETS for text in list(passages(shared, name))[:200]):
        for original, theirs, mine in zip(text, engine.convert(text), fold(text), strict=True):
            if theirs != mine and original not in ours and theirs not in ours:
                unexplained.append((original, theirs, mine))
    assert unexplained == []


@pytest.mark.parametrize("script", TRADITIONAL)
def test_every_word_of_the_dictionary_folds_back(script: ReaderScript) -> None:
    words = [word for word in entries("STPhrases") if fold(word) == word]
    converted = convert("\n".join(words), script, "zh-Hans").split("\n")
    differing = {word for word, hant in zip(words, converted, strict=True) if fold(hant) != word}
    # 乾, 畫 and 著 where Simplified should not have 干, 画 and 着.
    assert differing <= {"大目干连冥间救母变文", "欧洲复兴计画", "显着标志"}


@pytest.mark.parametrize("script", TRADITIONAL)
def test_both_scripts_of_a_passage_fold_alike(shared: Path, script: ReaderScript) -> None:
    differing = total = 0
    for text in passages(shared, "cmrc_dev"):
        key = fold(text)
        there_and_back = fold(convert(key, script, "zh-Hans"))
        differing += sum(a != b for a, b in zip(key, there_and_back, strict=True))
        total += len(text)
    assert differing / total < 1e-5


@pytest.mark.parametrize(
    ("text", "script", "expected"),
    [
        ("新征程注重里程", "zh-Hant", "新征程注重里程"),
        ("更加注重恢复征求特征", "zh-TW", "更加注重恢復徵求特徵"),
        ("皇后后来在台上看台风", "zh-TW", "皇后後來在臺上看颱風"),
        ("皇后后来在台上看台风", "zh-HK", "皇后後來在台上看颱風"),
        ("皇后后来在台上看台风", "zh-Hant", "皇后後來在台上看颱風"),
        ("多年历史与日历", "zh-Hant", "多年歷史與日曆"),
        ("奋斗的干部只有一只干净的手", "zh-Hant", "奮鬥的幹部只有一隻乾淨的手"),
        ("制定制造业并且合并", "zh-Hant", "制定製造業並且合併"),
        ("面条、面积、胡须、胡辣汤", "zh-TW", "麵條、面積、鬍鬚、胡辣湯"),
        ("公布分布，了解家具", "zh-TW", "公布分布，了解家具"),
        ("为了群众，心里有什么", "zh-Hant", "為了群眾，心裡有什麼"),
        ("为了群众，心里有什么", "zh-HK", "為了群眾，心裏有什麼"),
        ("弗里德里克离漯河5里", "zh-Hant", "弗里德里克離漯河5里"),
        ("许慎文化园、贾湖遗址、双汇", "zh-Hant", "許慎文化園、賈湖遺址、雙匯"),
        ("软件和出租车", "zh-TW", "軟件和出租車"),
        ("隨著乾隆發展", "zh-Hans", "随着乾隆发展"),
    ],
)
def test_convert(text: str, script: ReaderScript, expected: str) -> None:
    assert convert(text, script) == expected


def test_text_in_the_wanted_script_is_left_alone() -> None:
    for script in TRADITIONAL:
        assert convert("爲了台灣的乾淨", script) == "爲了台灣的乾淨"
    assert convert("为了后来", "zh-Hans") == "为了后来"
    assert convert("爲了為了为了", "en") == "爲了為了为了"
    assert convert("公里", "zh-TW") == "公里"


@given(st.one_of(mixed, ambiguous), st.sampled_from(get_args(ReaderScript)))
def test_converting_keeps_the_length_and_all_but_chinese(text: str, script: ReaderScript) -> None:
    for source in ("zh-Hans", "zh-Hant", None):
        converted = convert(text, script, source)  # type: ignore[arg-type]
        assert len(converted) == len(text)
        for before, after in zip(text, converted, strict=True):
            assert before == after or min(before, after) >= "\u4e00"


def test_our_words_come_out_as_we_wrote_them() -> None:
    for word in traditional_exceptions().words:
        assert convert(fold(word), "zh-Hant", "zh-Hans") == word
    for rare, common in traditional_exceptions().common.items():
        assert fold(rare) == fold(common)


def test_fewer_errors_than_opencc_on_the_way_there_and_back(shared: Path) -> None:
    engine = opencc.OpenCC("s2tw")
    ours = theirs = 0
    for text in list(passages(shared, "drcd_dev"))[:200]:
        key = fold(text)
        ours += sum(a != b for a, b in zip(text, convert(key, "zh-TW", "zh-Hans"), strict=True))
        theirs += sum(a != b for a, b in zip(text, engine.convert(key), strict=True))
    assert ours < 0.8 * theirs


def test_regional_vocabulary_is_that_of_the_region() -> None:
    assert regional("打印机在里面", "zh-TW") == "印表機在裡面"
    assert regional("打印機在裡面", "zh-HK") == "打印機在裏面"


def test_hong_kongs_characters_fold_to_the_same_key() -> None:
    text = "说明书里着重说卫生、线路、户口、强弱、温度、脱兑"
    assert fold(regional(text, "zh-HK")) == text
