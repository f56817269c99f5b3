"""What a question takes for granted is corrected where it is false, and kept where it is true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.answer.checking.premise import assertions
from lhassist.answer.question import Reader
from lhassist.answer.question.names import Names
from lhassist.assistant import Assistant
from lhassist.gazetteer import Entry, Gazetteer
from lhassist.index import Collection
from lhassist.schema import ReaderScript
from lhassist.terms import Analyzer
from tests.answer.articles import article, ask, collection

GDP = article(
    "gdp",
    "今年上半年，漯河生产总值增长7.8%。规模以上工业增加值增长12.1%，增速是全省第一。",
    title="漯河上半年经济",
    published="2024-08",
)
SITE = article(
    "site",
    "贾湖遗址在舞阳县北舞渡镇，1961年被发现。",
    "2013年，双汇收购史密斯菲尔德。",
    "漯河是河南省的地级市，1986年1月18日升格为省辖市。",
    title="漯河",
    published="2024",
)
NAMES = Gazetteer(
    (
        Entry("漯河", ("漯河市",), "", "place"),
        Entry("贾湖遗址", (), "", "other"),
        Entry("双汇", (), "", "company"),
        Entry("舞阳县", ("舞阳",), "", "place"),
        Entry("临颍县", ("临颍",), "", "place"),
    )
)


@pytest.fixture(scope="module")
def held() -> Collection:
    return collection(GDP, SITE, gazetteer=NAMES)


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("为什么漯河上半年GDP增长8.7%？", "7.8%"),
        ("漯河规上工业增速全省第三是为什么？", "第一"),
        ("漯河为什么在1996年升格为省辖市？", "1986年1月18日"),
        ("贾湖遗址为什么会在临颍县被发现？", "舞阳县"),
        ("双汇2013年为什么收购雀巢？", "史密斯菲尔德"),
        ("听说漯河上半年GDP增长了8.7%，是真的吗？", "7.8%"),
        ("既然漯河上半年GDP下降7.8%，原因是什么？", "7.8%"),
        ("漯河上半年GDP为什么下降？", "7.8%"),
        ("漯河是清乾隆年间升格为省辖市的吗？", "1986年1月18日"),
    ],
)
def test_a_false_premise_is_corrected(held: Collection, question: str, right: str) -> None:
    answer = ask(held, question)[1]
    assert (answer.form, answer.status, answer.reason) == ("correction", "answered", None)
    assert right in answer.text
    assert right in answer.citations[0].quote
    assert answer.text.endswith("[1]")


@pytest.mark.parametrize(
    "question",
    [
        "漯河上半年GDP增长7.8%，是吗？",
        "漯河规上工业增速是不是全省第一？",
        "漯河是1986年升格为省辖市的吗？",
        "贾湖遗址为什么会在舞阳县被发现？",
        "漯河上半年GDP为什么增长？",
        "2023年漯河生产总值增长多少？",
        "漯河有300条地铁吗？",
    ],
)
def test_nothing_else_is(held: Collection, question: str) -> None:
    assert ask(held, question)[1].form != "correction"


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("漯河第二产业增加值是多少", []),
        ("第十六届食博会签约多少", []),
        ("漯河增速是不是全省第二", ["第二"]),
        ("漯河增速排第二位", ["第二位"]),
    ],
)
def test_an_ordinal_that_says_which_one_is_no_rank(text: str, taken: list[str]) -> None:
    reader = Reader(Names(NAMES), Analyzer(NAMES))
    assert [one.said for one in assertions(text, reader)] == taken


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("zh-Hans", "资料中是7.8%，不是8.7%："),
        ("zh-Hant", "資料中是7.8%，不是8.7%："),
        ("zh-TW", "資料中是7.8%，不是8.7%："),
        ("zh-HK", "資料中是7.8%，不是8.7%："),
        ("en", "The articles say 7.8%, not 8.7%: "),
    ],
)
def test_the_correction_is_in_the_readers_script(
    held: Collection, script: ReaderScript, said: str
) -> None:
    assert ask(held, "为什么漯河上半年GDP增长8.7%？", script)[1].text.startswith(said)


@given(st.integers(1, 99), st.integers(0, 9))
def test_every_other_figure_is_false(held: Collection, whole: int, tenths: int) -> None:
    asked = f"{whole}.{tenths}" if tenths else str(whole)
    form = ask(held, f"为什么漯河上半年GDP增长{asked}%？")[1].form
    assert (form == "correction") == (asked != "7.8")


def test_a_small_count_is_held_where_it_is_asked_whether_it_is_so() -> None:
    rivers = collection(article("rivers", "漯河境内有四条河。", title="漯河的河"), gazetteer=NAMES)
    assert "资料中是四条，不是五条" in ask(rivers, "漯河有五条河吗？")[1].text
    assert ask(rivers, "漯河有四条河吗？")[1].form == "sentences"


def test_a_place_among_others_is_held_against_that_of_the_same_thing() -> None:
    text = "漯河工业增加值增长12%，增速是全省第一；工业投资增长32%，在全省排第三。"
    held = collection(article("one", text, title="漯河经济", published="2024-08"), gazetteer=NAMES)
    answer = ask(held, "漯河工业投资增速是全省第一吗？")[1]
    assert answer.form == "correction"
    assert answer.text.startswith("资料中是第三，不是第一")
    assert ask(held, "漯河工业增加值增速是全省第一吗？")[1].form == "sentences"


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("骨笛为什么要用牛骨来做？", "correction"),
        ("骨笛是用竹子做的吗？", "correction"),
        ("骨笛是用鹤骨做的吗？", "sentences"),
        ("骨笛为什么用鹤类的尺骨制成？", "sentences"),
    ],
)
def test_a_thing_made_of_something_else_is_corrected(question: str, form: str) -> None:
    flute = article("flute", "骨笛用鹤类的尺骨制成，大多开7个音孔。", title="贾湖的骨笛")
    names = Gazetteer((*NAMES.entries, Entry("骨笛", (), "", "other")))
    answer = ask(collection(flute, gazetteer=names), question)[1]
    assert answer.form == form
    assert (form == "correction") == answer.text.startswith("资料中是鹤类的尺骨，不是")


@pytest.mark.parametrize(
    ("said", "is_so"),
    [
        ("236.8万人", True),
        ("236.8万", True),
        ("二百三十六点八万人", True),
        ("2367490人", True),
        ("231.8万人", False),
    ],
)
def test_a_large_figure_may_leave_its_unit_unsaid(said: str, is_so: bool) -> None:
    people = article(
        "people",
        "2023年，漯河常住人口236.8万；2020年人口普查的数字是2367490人。",
        title="漯河概况",
        published="2024",
    )
    answer = ask(collection(people, gazetteer=NAMES), f"漯河常住人口是{said}吗？")[1]
    assert (answer.form != "correction") == is_so


@pytest.mark.parametrize("question", ["漯河为什么改名叫漯河？", "漯河為什麼改名叫漯河？"])
def test_what_a_question_is_about_is_not_what_it_has_wrong(
    sample: Assistant, question: str
) -> None:
    # 螺湾河镇, the older name, stands where the question has 漯河 again.
    assert sample.ask(question).form == "table"
