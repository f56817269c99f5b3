"""The measuring of answers, on answers whose faults are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.evaluation.answers import ASKED_ON, AnswerReport, evaluate_answers
from lhassist.evaluation.cases import (
    AnswerSet,
    Case,
    ClaimCase,
    Correction,
    WantedClaim,
    WantedRow,
)
from lhassist.evaluation.integrity import integrity
from lhassist.evaluation.judging import is_period, judge, judge_claims
from lhassist.evaluation.report import Baseline
from lhassist.evaluation.wording import cover, implied, names_as_missing, numbers, plain, says
from lhassist.index import Collection
from lhassist.schema import (
    Answer,
    AnswerSentence,
    Citation,
    Claim,
    Published,
    ReaderScript,
    Row,
    Turn,
)
from tests.answer.articles import article, collection
from tests.conftest import REPOSITORY

OLD = article("old", "今年上半年，全市增长7.8%，全省第一。", published="2024-10")
NEW = article("new", "#2025年", "今年上半年，全市增長7.3%。", script="zh-Hant", published="2025")
DOCUMENTS = {one.id: one for one in (OLD, NEW)}
BOTH = collection(OLD, NEW)
QUESTION = "全市上半年增长多少？"


def citation(number: int, document_id: str) -> Citation:
    document = DOCUMENTS[document_id]
    block = document.blocks[-1].span
    return Citation(
        number=number,
        document_id=document_id,
        title="",
        published=document.published,
        passage_id=f"{document_id}#{block.start}-{block.end}",
        start=block.start,
        end=block.end,
        quote=document.text[block.start : block.end],
        script=document.script,
    )


def answer(text: str = "今年上半年，全市增长7.8%，全省第一。", *documents: str) -> Answer:
    """An answer of one sentence that cites these articles, by default the old one."""
    cited = tuple(citation(n, one) for n, one in enumerate(documents or ("old",), 1))
    marks = tuple(one.number for one in cited)
    return Answer(
        question=QUESTION,
        status="answered",
        script="zh-Hans",
        text=text + "".join(f"[{mark}]" for mark in marks),
        sentences=(AnswerSentence(text, marks),),
        citations=cited,
        hits=(),
        generator="test",
        timings_ms=(),
    )


def refusal(text: str = "收录的文章里没有。") -> Answer:
    return replace(
        answer(text),
        text=text,
        status="refused",
        sentences=(),
        citations=(),
        form="refusal",
        reason="nothing",
    )


def table() -> Answer:
    rows = (
        Row("增速", "2025年1–6月", "7.3%", 7.3, "%", 2, "2025"),
        Row("增速", "2024年1–6月", "7.8%", 7.8, "%", 1, "2024-10"),
    )
    made = answer("", "old", "new")
    return replace(made, text="增速：", sentences=(), form="table", rows=rows)


def case(**fields: object) -> Case:
    base = Case(
        id="a-s",
        pair="a",
        kind="figure",
        split="dev",
        script="zh-Hans",
        question=QUESTION,
        status="answered",
        must_contain=("7.8%",),
        cite_any=frozenset(("old",)),
    )
    return replace(base, **fields)  # type: ignore[arg-type]


CONFLICT = case(
    kind="conflict",
    forms=("table",),
    must_contain=(),
    cite_any=frozenset(("old", "new")),
    rows=(WantedRow("7.3%", "2025-H1", ("new",)), WantedRow("7.8%", "2024-H1", ("old",))),
)


def problems(of: Case, given: Answer) -> set[str]:
    return {problem.kind for problem in judge(of, given, DOCUMENTS).problems}


# ------------------------------------------------------------------ wording


@given(st.integers(min_value=1, max_value=9999), st.sampled_from(["万", "亿", ""]))
def test_a_number_is_met_in_all_of_its_forms(number: int, scale: str) -> None:
    written = f"规模为{number}{scale}元"
    wide = f"規模為{number:,}{scale}元".translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    )
    assert says(written, f"{number}{scale}")
    assert says(wide, f"{number}{scale}元")
    assert not says(f"规模为{number}1{scale}元", f"{number}{scale}元")
    assert not says(f"规模为1{number}{scale}元", f"{number}{scale}")


def test_forms_of_shares_and_ranks_meet() -> None:
    assert says("增長百分之十二點一", "12.1%")
    assert says("增速居全省第1位", "第一")
    assert says("佔全國的1/50", "五十分之一")
    assert says("「六可選」：資金支持", "六可选")
    assert not says("第十六届", "第一")
    assert not says("增长7.8%", "8%")
    assert says("甲|乙", "丙|乙")


def test_plain_is_the_same_when_done_twice() -> None:
    text = plain("今年上半年，２,４００億元、百分之七点八、第十六届[1]「漯」")
    assert plain(text) == text
    assert "[1]" not in text


def test_a_missing_part_is_named_in_the_sentence_that_says_so() -> None:
    assert names_as_missing("增长7.8%。进出口的数字没有收录。", "进出口")
    assert not names_as_missing("进出口增长2%。投资没有收录。", "进出口")


def test_a_quote_implies_the_dates_of_its_article() -> None:
    meant = implied("今年上半年增长7.8%", Published("2024-10-01"))
    assert {("2024", "年"), ("1", ""), ("6", "月"), ("10", "月"), ("1", "日")} <= meant
    assert ("2023", "年") not in meant
    assert ("2023", "年") in implied("去年增长6.8%", Published("2024"))
    assert ("2025", "年") in implied("“十四五”期间", None)
    assert implied("增长7.8%", None) == set()


def test_cover_is_the_share_of_pairs_that_quotes_have() -> None:
    assert cover("骨笛四十支", "出土骨笛四十支。") == 1
    assert cover("骨笛四十支", "沙河与澧河") == 0
    assert cover("7.8%", "沙河") == 1


def test_numbers_come_with_their_units() -> None:
    assert numbers("14名院士，1,869.9亿元，第一，7.8%") == [
        ("14", "名"),
        ("186990000000", "元"),
        ("第1", ""),
        ("7.8%", ""),
    ]


# ------------------------------------------------------------------ integrity


def test_a_true_answer_keeps_to_its_quotes() -> None:
    kept = integrity(answer(), "zh-Hans", DOCUMENTS)
    assert kept.problems == ()
    assert (kept.quotes, kept.sentences, kept.figures) == (1, 1, 2)
    assert kept.telling > 0


def test_a_period_that_the_article_implies_is_no_new_number() -> None:
    told = answer("今年上半年（2024年1–6月），全市增长7.8%，全省第一。")
    assert integrity(told, "zh-Hans", DOCUMENTS).problems == ()
    wrong = answer("今年上半年（2025年1–6月），全市增长7.8%，全省第一。")
    assert "number" in integrity(wrong, "zh-Hans", DOCUMENTS).problems


@pytest.mark.parametrize(
    ("made", "problem"),
    [
        (answer("今年上半年，全市增长8.7%，全省第一。"), "number"),
        (answer("今年上半年，全市增长7.8个百分点，全省第二。"), "number"),
        (answer("沙河与澧河在市区交汇，两岸是风景区。"), "support"),
        (replace(answer(), sentences=(AnswerSentence("今年上半年，全市增长。", ()),)), "support"),
        (replace(answer(), citations=(replace(citation(1, "old"), start=1),)), "quote"),
        (answer("今年上半年，全市增長7.8%，全省第一。"), "script"),
        (replace(answer(), text="另有9999亿元。今年上半年，全市增长7.8%，全省第一。"), "number"),
        (replace(table(), rows=(replace(table().rows[0], value="7.9%"),)), "number"),
        (replace(table(), rows=(replace(table().rows[0], citation=9),)), "support"),
    ],
)
def test_every_fault_is_found(made: Answer, problem: str) -> None:
    assert problem in integrity(made, "zh-Hans", DOCUMENTS).problems


def test_a_correction_may_repeat_what_the_question_said() -> None:
    text = "不是8.7%：今年上半年，全市增长7.8%，全省第一。"
    made = replace(answer(text), question="为什么增长8.7%？", form="correction")
    assert integrity(made, "zh-Hans", DOCUMENTS).problems == ()
    assert "number" in integrity(replace(made, form="sentences"), "zh-Hans", DOCUMENTS).problems


def test_only_absence_is_said_without_a_quote() -> None:
    two = answer()
    said = AnswerSentence("进出口的数字没有收录。", ())
    made = replace(two, sentences=(*two.sentences, said), text=two.text + said.text)
    assert integrity(made, "zh-Hans", DOCUMENTS).problems == ()


# ------------------------------------------------------------------ judging


def test_a_right_answer_has_no_problems() -> None:
    judged = judge(case(), answer(), DOCUMENTS, ms=3.0)
    assert judged.passed
    assert (judged.relevant, judged.cites_required, judged.ms) == (1, 1.0, 3.0)


@pytest.mark.parametrize(
    ("expected", "made", "problem"),
    [
        (case(), refusal(), "refused"),
        (case(status="refused"), answer(), "answered"),
        (case(must_contain=("6.8%",)), answer(), "lacks"),
        (case(must_not_contain=("第一",)), answer(), "says"),
        (case(cite_any=frozenset(("new",))), answer(), "cites"),
        (case(cite_all=frozenset(("old", "new"))), answer(), "cites"),
        (case(forms=("correction",)), answer(), "form"),
        (case(missing=("进出口",)), answer(), "missing"),
        (case(understood=("规上工业",)), answer(), "understood"),
        (case(), replace(answer(), script="zh-TW"), "script"),
        (
            case(status="refused", reasons=("period",), must_contain=(), cite_any=frozenset()),
            refusal(),
            "reason",
        ),
        (CONFLICT, answer(), "row"),
        (CONFLICT, replace(table(), rows=table().rows[:1]), "row"),
        (CONFLICT, replace(table(), rows=table().rows[::-1]), "order"),
    ],
)
def test_every_shortcoming_is_named(expected: Case, made: Answer, problem: str) -> None:
    assert problem in problems(expected, made)


def test_a_dated_table_shows_a_conflict() -> None:
    judged = judge(CONFLICT, table(), DOCUMENTS)
    assert judged.problems == ()
    assert judged.shown


def test_a_row_must_cite_an_article_that_gives_its_value() -> None:
    first, second = table().rows
    swapped = (replace(first, citation=1), replace(second, citation=2))
    assert "row" in problems(CONFLICT, replace(table(), rows=swapped))


def test_a_conflict_may_be_told_in_sentences_where_the_case_allows_it() -> None:
    text = "2024年上半年增长7.8%，2025年上半年增长7.3%。"
    told = answer(text, "old", "new")
    loose = replace(CONFLICT, forms=("table", "sentences"))
    assert judge(loose, told, DOCUMENTS).shown
    assert problems(loose, told) == set()
    assert problems(CONFLICT, told) == {"form"}
    assert "row" in problems(loose, answer("增长7.8%和7.3%。", "old", "new"))


@pytest.mark.parametrize(
    ("text", "wanted", "fits"),
    [
        ("2024年", "2024", True),
        ("2024年1–12月", "2024", True),
        ("2024年1–6月", "2024", False),
        ("2024年1–6月", "2024-H1", True),
        ("2024年上半年", "2024-H1", True),
        ("2024年", "2024-H1", False),
        ("2024年7–12月", "2024-H2", True),
        ("2025年3月26日", "2025-03", True),
        ("2025年", "2025-03", True),
        ("2025年10月", "2025-03", False),
        ("2025年10月", "2025-03|2025-10", True),
        ("截至2023年", "2023", True),
        ("二〇二三年", "2023", True),
        ("明代", "2023", False),
    ],
)
def test_periods_are_matched(text: str, wanted: str, fits: bool) -> None:
    assert is_period(text, wanted) == fits


def claim_case(*claims: WantedClaim) -> ClaimCase:
    return ClaimCase("c-s", "c", "claim", "dev", "zh-Hans", claims)


RIGHT = WantedClaim("全市增长7.8%，全省第一。", "supported", "", frozenset(("old",)))
WRONG = WantedClaim("全市增长8.7%。", "contradicted", "7.8%", frozenset(("old",)))
UNSEEN = WantedClaim("进出口增长2%。", "not_found")


def test_verdicts_are_held_against_the_statements_they_are_about() -> None:
    cited = (citation(1, "old"),)
    found = (
        Claim("全市增长7.8%，", "supported", cited),
        Claim("全省第一。", "supported", cited),
        Claim("全市增长8.7%", "contradicted", cited),
        Claim("进出口增长2%。", "not_found", ()),
    )
    whole = claim_case(RIGHT, WRONG, UNSEEN)
    assert judge_claims(whole, found, DOCUMENTS).rights == (True, True, True)
    worse = (found[0], replace(found[1], verdict="not_found"), *found[2:])
    assert judge_claims(whole, worse, DOCUMENTS).rights == (False, True, True)
    assert judge_claims(whole, (), DOCUMENTS).rights == (False, False, False)


def test_a_verdict_needs_its_article_and_the_right_value() -> None:
    only = claim_case(WRONG)
    elsewhere = Claim(WRONG.text, "contradicted", (citation(1, "new"),))
    kinds = {p.kind for p in judge_claims(only, [elsewhere], DOCUMENTS).problems}
    assert kinds == {"cites", "lacks"}
    misquoted = Claim(WRONG.text, "contradicted", (replace(citation(1, "old"), end=9),))
    assert "quote" in {p.kind for p in judge_claims(only, [misquoted], DOCUMENTS).problems}


# ------------------------------------------------------------------ the whole run


@dataclass
class Recorded:
    """Gives answers that were prepared, and notes how it was asked."""

    answers: dict[str, Answer]
    claims: tuple[Claim, ...] = ()
    turns: list[tuple[str, tuple[str, ...], date | None]] = field(default_factory=list)

    def ask(
        self,
        question: str,
        *,
        script: ReaderScript | None = None,
        session_script: ReaderScript | None = None,
        history: Sequence[Turn] = (),
        asked_on: date | None = None,
    ) -> Answer:
        assert script is None
        assert session_script == "zh-Hans"
        self.turns.append((question, tuple(turn.understood_as for turn in history), asked_on))
        return replace(self.answers[question], question=question)

    def check(self, text: str, *, script: ReaderScript | None = None) -> tuple[Claim, ...]:
        return self.claims

    @property
    def generation(self) -> Collection:
        return BOTH


def report(*cases: Case, baseline: Baseline | None = None, **answers: Answer) -> AnswerReport:
    said = {one.question: answers[one.id] for one in cases}
    recorded = Recorded(said | {"能答吗？": answer(), "不能答吗？": refusal()})
    return evaluate_answers(recorded, AnswerSet(cases, ()), baseline=baseline)


def test_refusals_are_counted_both_ways() -> None:
    due = case(status="refused", must_contain=(), cite_any=frozenset(), kind="near")
    made = report(
        replace(due, id="n1", question="一"),
        replace(due, id="n2", question="二"),
        replace(due, id="f1", question="三", kind="far"),
        case(id="a1", question="四"),
        case(id="a2", question="五"),
        n1=refusal(),
        n2=answer(),
        f1=refusal(),
        a1=refusal(),
        a2=answer(),
    )
    assert made.measures["refusal_precision"] == pytest.approx(2 / 3)
    assert made.measures["refusal_recall"] == pytest.approx(2 / 3)
    assert made.measures["refusal_recall_near"] == 0.5
    assert made.measures["refusal_recall_far"] == 1
    assert made.measures["answered_of_answerable"] == 0.5
    assert made.measures["citation_recall"] == 0.5
    assert made.measures["answers_right"] == 0.5
    assert made.measures["passed"] == pytest.approx(3 / 5)
    assert {one.name: one.passed for one in made.kinds} == {"near": 1, "far": 1, "figure": 1}


def test_citations_are_counted_both_ways() -> None:
    both = answer("今年上半年，全市增长7.8%，全省第一。", "old", "new")
    measures = report(case(id="a"), a=both).measures
    assert measures["citation_precision"] == 0.5
    assert measures["citation_recall"] == 1


def test_measures_of_special_kinds() -> None:
    premise = case(
        id="p", question="一", kind="premise", forms=("correction",),
        correction=Correction("8.7%", "7.8%"),
    )  # fmt: skip
    listed = case(id="l", question="二", kind="list", must_contain=("7.8%", "7.3%", "第一", "二"))
    shown = replace(CONFLICT, id="c", question="三")
    measures = report(
        premise, listed, shown, p=replace(answer(), form="correction"), l=answer(), c=table()
    ).measures
    assert measures["premises_corrected"] == 1
    assert measures["lists_whole"] == 0
    assert measures["list_items"] == 0.5
    assert measures["conflicts_shown"] == measures["conflicts_right"] == 1
    assert measures["quotes_exact"] == measures["sentences_supported"] == 1
    assert "claims_right" not in measures


def test_suggestions_are_asked_in_their_turn() -> None:
    offered = replace(refusal(), suggestions=("能答吗？", "不能答吗？"))
    due = case(id="n", status="refused", must_contain=(), cite_any=frozenset(), kind="near")
    assert report(due, n=offered).measures["suggestions_answered"] == 0.5


def test_a_follow_up_is_asked_after_its_history_on_its_day() -> None:
    first = replace(answer(), understood_as="全市的完整问题？")
    recorded = Recorded({"先问": first, "再问": answer()})
    day = date(2025, 4, 10)
    asked = case(kind="followup", question="再问", history=("先问",), asked_on=day)
    evaluate_answers(recorded, AnswerSet((asked,), ()))
    assert recorded.turns == [("先问", (), day), ("再问", ("全市的完整问题？",), day)]


def test_what_needs_no_day_is_asked_on_three_days() -> None:
    recorded = Recorded({QUESTION: answer()})
    made = evaluate_answers(recorded, AnswerSet((case(),), ()))
    assert [turn[2] for turn in recorded.turns] == [ASKED_ON, date(2024, 3, 1), date(2030, 3, 1)]
    assert made.measures["same_on_any_day"] == 1


def test_held_out_cases_are_measured_apart() -> None:
    made = report(
        case(id="d", question="一"),
        case(id="t", question="二", split="test"),
        d=answer(),
        t=refusal(),
    )
    assert made.measures["passed"] == 0.5
    assert made.held_out["passed"] == 0


def test_floors_of_answers_are_held() -> None:
    baseline = Baseline({}, {}, {"all": {"passed": 0.9, "quotes_exact": 1.0}, "far": {"passed": 1}})
    made = report(case(id="a"), a=refusal(), baseline=baseline)
    assert [one.to_json() for one in made.below_floor] == [
        {"set": "answers/all", "metric": "passed", "value": 0.0, "floor": 0.9}
    ]


def test_the_report_is_an_object_of_plain_values() -> None:
    claims = AnswerSet((), (claim_case(RIGHT),))
    made = evaluate_answers(Recorded({}), claims).to_json()
    assert made["measures"] == {"passed": 0.0, "claims_right": 0.0}
    (failed,) = made["failed"]  # type: ignore[misc]
    assert failed["problems"][0]["kind"] == "verdict"


def test_the_projects_floors_are_of_measures_that_exist() -> None:
    floors = Baseline.read(REPOSITORY / "eval" / "baseline.json").answers
    kinds = (
        *("figure", "list", "parts", "conflict", "timeline", "premise", "premise_true"),
        *("attribution", "followup", "chain", "relative", "period"),
    )
    cases = [
        case(id=f"{kind}-{script}", pair=kind, kind=kind, question=f"{kind} {script}")
        for kind in kinds
        for script in "st"
    ]
    far = case(id="f", pair="f", question="三", kind="far", status="refused", must_contain=())
    said = {one.question: answer() for one in cases} | {"能答吗？": answer()}
    said["三"] = replace(refusal(), suggestions=("能答吗？",))
    held = AnswerSet((*cases, far), (claim_case(RIGHT),))
    made = evaluate_answers(Recorded(said), held, baseline=Baseline({}, {}, floors))
    assert set(floors) <= {"all", *(one.name for one in made.kinds)}
    assert set(floors["all"]) <= set(made.measures)
