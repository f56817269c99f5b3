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
