"""Values that differ stand side by side, each with its period and citation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.gazetteer import Entry, Gazetteer
from lhassist.index import Collection
from lhassist.schema import ReaderScript
from tests.answer.articles import article, ask, collection

OLDER = article(
    "older",
    "今年上半年，漯河生产总值增长7.8%。规模以上工业增加值增长12.1%。",
    title="漯河经济",
    published="2024-08",
)
NEWER = article(
    "newer", "今年上半年，漯河生產總值增長7.3%。全省增长5.7%。", title="漯河經濟", script="zh-Hant",
    published="2025-08",
)  # fmt: skip
LAB_2023 = article("lab-2023", "实验室有11名院士、24个科研团队。", published="2023-09")
LAB_2025 = article("lab-2025", "实验室现有14名院士，领衔12支科研团队。", published="2025-03-26")
NAMES = Gazetteer((Entry("漯河", ("漯河市",), "", "place"),))


@pytest.fixture(scope="module")
def held() -> Collection:
    return collection(OLDER, NEWER, LAB_2023, LAB_2025, gazetteer=NAMES)


def rows(held: Collection, question: str) -> list[tuple[str, str, str]]:
    answer = ask(held, question)[1]
    cited = {one.number: one.document_id for one in answer.citations}
    return [(row.period, row.value, cited[row.citation]) for row in answer.rows]


@pytest.mark.parametrize("question", ["漯河的GDP增速是多少？", "漯河的GDP增速这几年是怎么变化的？"])
def test_an_indicator_at_several_dates_is_a_table(held: Collection, question: str) -> None:
    assert rows(held, question) == [
        ("2025年1–6月", "7.3%", "newer"),
        ("2024年1–6月", "7.8%", "older"),
    ]


def test_rows_are_named_in_the_letters_that_were_typed(held: Collection) -> None:
    assert {row.label for row in ask(held, "漯河的GDP增速是多少？")[1].rows} == {"漯河的GDP增速"}


def test_without_a_period_the_articles_date_stands_in_and_says_so(held: Collection) -> None:
    assert rows(held, "实验室有多少名院士？") == [
        ("2025年3月", "14名", "lab-2025"),
        ("2023年9月", "11名", "lab-2023"),
    ]
    notes = [row.note for row in ask(held, "实验室有多少名院士？")[1].rows]
    assert notes == ["按文章日期", "按文章日期"]


def test_the_text_has_a_line_and_a_mark_for_each_row(held: Collection) -> None:
    answer = ask(held, "漯河的GDP增速是多少？")[1]
    assert (answer.form, answer.status, answer.sentences) == ("table", "answered", ())
    assert answer.text.splitlines()[1:] == ["2025年1–6月：7.3%[1]", "2024年1–6月：7.8%[2]"]


@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant", "zh-TW", "zh-HK", "en"])
def test_values_stay_as_their_articles_have_them(held: Collection, script: ReaderScript) -> None:
    answer = ask(held, "漯河的GDP增速是多少？", script)[1]
    for row in answer.rows:
        assert row.value in next(c.quote for c in answer.citations if c.number == row.citation)


@pytest.mark.parametrize(
    "question",
    ["漯河2024年上半年GDP增速是多少？", "漯河规模以上工业增加值增长多少？", "实验室是什么？"],
)
def test_one_value_or_a_fixed_year_is_no_table(held: Collection, question: str) -> None:
    assert ask(held, question)[1].rows == ()


@given(st.lists(st.tuples(st.integers(2000, 2030), st.integers(1, 99)), max_size=5))
def test_rows_are_the_newest_first_and_each_is_of_its_article(
    given: list[tuple[int, int]],
) -> None:
    articles = [
        article(f"a{i}", f"去年，漯河生产总值增长{value}%。", published=str(year))
        for i, (year, value) in enumerate(given)
    ]
    answer = ask(collection(*articles, gazetteer=NAMES), "漯河生产总值增长多少？")[1]
    years = [int(row.period[:4]) for row in answer.rows]
    assert years == sorted(years, reverse=True)
    expected = {(f"{year - 1}年", f"{value}%") for year, value in given}
    assert {(row.period, row.value) for row in answer.rows} <= expected
    if len({value for _, value in given}) > 1:
        assert {(row.period, row.value) for row in answer.rows} == expected


@pytest.mark.parametrize(
    "question", ["2024年漯河接待游客多少人次？", "2024年漯河接待遊客多少人次？"]
)
def test_articles_that_disagree_on_one_named_year_are_a_table(question: str) -> None:
    said = {
        "2025-01": "2024年，漯河接待游客402万人次。",
        "2025-03": "2024年，漯河接待游客386万人次。",
        "2025-04": "2024年，漯河接待游客约386万人次。",
        "2024-03": "2023年，漯河接待游客344万人次。",
    }
    held = collection(
        *(article(day, text, title="漯河", published=day) for day, text in said.items()),
        gazetteer=NAMES,
    )
    assert {(period, value[:3]) for period, value, _ in rows(held, question)} == {
        ("2024年", "402"),
        ("2024年", "386"),
    }


@pytest.mark.parametrize(
    ("one", "other", "question"),
    [
        ("水库面积36平方公里。", "水库面积3600公顷。", "水库面积有多大？"),
        ("茶叶产量12480吨。", "茶叶产量约1.25万吨。", "茶叶产量是多少？"),
        ("修水库的民工有三万二千人。", "修水库的民工有3.2万人。", "修水库的民工有多少人？"),
        ("实验室服务企业283家。", "实验室服务企业280多家。", "实验室服务企业多少家？"),
    ],
)
def test_units_and_rounding_are_no_disagreement(one: str, other: str, question: str) -> None:
    held = collection(
        article("one", one, published="2024-03"),
        article("other", other, published="2024-03"),
        gazetteer=NAMES,
    )
    assert rows(held, question) == []
    assert ask(held, question)[1].status == "answered"


def test_a_round_figure_that_cannot_mean_the_other_one_disagrees() -> None:
    held = collection(
        article("one", "出土瓷片约8000件。", published="2016"),
        article("other", "出土瓷片11200件。", published="2023"),
        gazetteer=NAMES,
    )
    assert [value for _, value, _ in rows(held, "出土了多少件瓷片？")] == ["11200件", "约8000件"]


def test_of_several_places_in_one_sentence_each_is_of_what_it_follows() -> None:
    text = "工业增加值增长12%，居全省第一位；固定资产投资增长13%，居全省第五位。"
    later = "工业增加值增长9%，居全省第二位；固定资产投资增长4%，居全省第七位。"
    held = collection(
        article("one", text, title="漯河", published="2024"),
        article("other", later, title="漯河", published="2025"),
        gazetteer=NAMES,
    )
    given = {value for _, value, _ in rows(held, "漯河固定资产投资居全省第几？")}
    assert given <= {"第五位", "第七位"}


def test_a_code_is_no_figure_to_compare() -> None:
    held = collection(
        article("one", "电话区号为0395。", title="漯河", published="2024"),
        article("other", "另有8条链，县区号称9个。", title="漯河", published="2025"),
        gazetteer=NAMES,
    )
    assert rows(held, "漯河区号是多少？") == []
