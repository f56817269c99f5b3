"""The project's own answer cases: whole, fair and right by the articles."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lhassist import corpus
from lhassist.errors import EvaluationError
from lhassist.evaluation.cases import AnswerSet, Case, Evidence, read_cases
from lhassist.evaluation.wording import implied, numbers, says
from lhassist.schema import Document
from lhassist.script import detect, fold
from tests.conftest import REPOSITORY

FILE = REPOSITORY / "eval" / "answers.jsonl"
LEAST = {
    "figure": 50,
    "name": 20,
    "date": 20,
    "place": 16,
    "list": 40,
    "parts": 30,
    "conflict": 50,
    "timeline": 20,
    "period": 40,
    "entity": 30,
    "near": 60,
    "far": 20,
    "premise": 40,
    "premise_true": 20,
    "attribution": 15,
    "followup": 30,
    "relative": 20,
    "claim": 60,
    "chain": 20,
    "about": 12,
}


@cache
def cases() -> AnswerSet:
    return read_cases(FILE)


@cache
def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@cache
def articles() -> dict[str, Document]:
    return {
        one.document_id: corpus.read(one.path, document_id=one.document_id, root=one.root)
        for one in corpus.scan([REPOSITORY / "corpus"])
    }


def quotes(evidence: Iterable[Evidence], documents: Iterable[str] | None = None) -> str:
    wanted = set(articles() if documents is None else documents)
    return " / ".join(one.quote for one in evidence if one.document_id in wanted)


def asked(line: dict[str, Any]) -> list[str]:
    claims = [claim["text"] for claim in line.get("claims", [])]
    return [*line.get("history", []), *([line["question"]] if "question" in line else claims)]


def letters(texts: Iterable[str]) -> str:
    return "".join(c for c in fold("".join(texts)) if c not in "“”「」")


def test_every_kind_has_its_number_of_cases() -> None:
    counts = Counter(line["kind"] for line in lines())
    assert set(counts) == set(LEAST)
    assert {kind: number for kind, number in LEAST.items() if counts[kind] < number} == {}
    assert len(lines()) >= 300


def test_no_case_is_there_twice() -> None:
    keys = Counter((*asked(line), line.get("asked_on"), line["script"]) for line in lines())
    assert [key for key, count in keys.items() if count > 1] == []


def test_about_a_third_of_every_kind_is_held_out() -> None:
    for kind in LEAST:
        splits = Counter(line["split"] for line in lines() if line["kind"] == kind)
        assert 0.2 <= splits["test"] / splits.total() <= 0.4, kind


def test_pairs_are_whole_and_expect_the_same() -> None:
    pairs = defaultdict(list)
    for line in lines():
        pairs[line["pair"]].append(line)
    own = {"id", "script", "question", "history", "claims"}
    for name, two in pairs.items():
        assert sorted(line["script"] for line in two) == ["zh-Hans", "zh-Hant"], name
        first, second = ({k: v for k, v in line.items() if k not in own} for line in two)
        assert first == second, name
        same = letters(asked(two[0])) == letters(asked(two[1]))
        assert same != first.get("variant", False), name


def test_questions_are_in_the_script_that_they_say() -> None:
    for line in lines():
        for text in asked(line):
            assert detect(text) in (line["script"], None), line["id"]


def test_every_quote_stands_in_its_article() -> None:
    evidence = [
        *((case.id, one) for case in cases().questions for one in case.evidence),
        *((c.id, one) for c in cases().claims for claim in c.claims for one in claim.evidence),
    ]
    assert [
        (name, one) for name, one in evidence if one.quote not in articles()[one.document_id].text
    ] == []


def test_what_must_be_said_stands_in_the_evidence() -> None:
    for case in cases().questions:
        dates = {
            f"{figure}{unit}"
            for one in case.evidence
            for figure, unit in implied(one.quote, articles()[one.document_id].published)
        }
        absent = [
            wanted
            for wanted in case.must_contain
            if not says(quotes(case.evidence), wanted) and wanted not in dates
        ]
        assert not absent, (case.id, absent)


def test_what_must_not_be_said_does_not_stand_in_the_evidence() -> None:
    for case in cases().questions:
        for unwanted in case.must_not_contain:
            assert not says(quotes(case.evidence), unwanted), (case.id, unwanted)


def test_articles_to_cite_are_those_of_the_evidence() -> None:
    for case in cases().questions:
        assert case.cite_any == {one.document_id for one in case.evidence}, case.id
        assert case.cite_all <= case.cite_any, case.id
    for case in cases().claims:
        for claim in case.claims:
            assert claim.cite_any == {one.document_id for one in claim.evidence}, case.id


def test_every_article_named_for_a_row_gives_its_value() -> None:
    for case in cases().questions:
        for row in case.rows:
            for document in row.documents:
                assert says(quotes(case.evidence, [document]), row.value), (case.id, row.value)


def test_conflicts_have_values_that_differ_and_rows_stand_newest_first() -> None:
    for case in cases().questions:
        values = {row.value for row in case.rows}
        assert len(values) == len(case.rows), case.id
        assert case.kind != "conflict" or len(values) >= 2, case.id
        periods = [row.period.split("|")[0] for row in case.rows if row.period]
        years = [int(period[:4]) for period in periods]
        assert years == sorted(years, reverse=True), case.id


def test_only_answers_and_offers_have_evidence() -> None:
    for case in cases().questions:
        if case.refused:
            assert bool(case.evidence) == bool(case.must_contain), case.id
            assert set(case.forms) <= {"nearest", "refusal"}, case.id
            assert case.reasons or case.kind == "followup", case.id
        else:
            assert case.evidence, case.id
            assert not set(case.forms) & {"nearest", "refusal"}, case.id
            assert not case.reasons, case.id


def test_a_false_premise_is_in_the_question_and_its_correction_in_the_evidence() -> None:
    premises = [case for case in cases().questions if case.kind == "premise"]
    for case in premises:
        assert case.correction, case.id
        assert says(case.question, case.correction.wrong), case.id
        assert not says(case.question, case.correction.right), case.id
        assert says(quotes(case.evidence), case.correction.right), case.id
        assert case.forms == ("correction",), case.id


def test_a_true_premise_holds_by_the_evidence() -> None:
    for case in cases().questions:
        if case.kind == "premise_true":
            held = numbers(quotes(case.evidence))
            held += [n for one in case.evidence for n in _dates_of(one)]
            assert set(numbers(case.question)) <= set(held), case.id
            assert "correction" not in case.forms, case.id


def _dates_of(one: Evidence) -> set[tuple[str, str]]:
    return implied(one.quote, articles()[one.document_id].published)


def test_claims_hold_or_fail_by_their_evidence() -> None:
    for case in cases().claims:
        for claim in case.claims:
            held = set(numbers(quotes(claim.evidence)))
            held |= {number for one in claim.evidence for number in _dates_of(one)}
            said = set(numbers(claim.text))
            if claim.verdict == "supported":
                assert said <= held, (case.id, said - held)
            elif claim.verdict == "contradicted":
                assert says(quotes(claim.evidence), claim.right), case.id
                assert not says(claim.text, claim.right), case.id
            else:
                assert not claim.evidence, case.id


def test_what_is_missing_or_of_another_period_is_nowhere_in_the_articles() -> None:
    everything = "\n".join(f"{one.title}\n{one.text}" for one in articles().values())
    for case in cases().questions:
        for part in case.missing:
            if part.startswith("规上"):
                # Held for another half of a year, which the evidence shows.
                assert not says(quotes(case.evidence), part), case.id
            else:
                assert not says(everything, part), (case.id, part)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ('{"id": "a"}', "'pair'"),
        ('{"claims": [{}]}', "'id'"),
    ],
)
def test_a_broken_line_is_an_error_that_names_it(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=message) as error:
        read_cases(path)
    assert f"{path}:2" in str(error.value)


def test_an_id_that_occurs_twice_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    line = FILE.read_text(encoding="utf-8").split("\n", 1)[0]
    path.write_text(f"{line}\n{line}\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="occurs twice"):
        read_cases(path)


def test_cases_can_be_taken_by_kind_and_by_split() -> None:
    some = cases().only(kinds=frozenset(("far", "claim")), split="test")
    assert {case.kind for case in (*some.questions, *some.claims)} == {"far", "claim"}
    assert {case.split for case in (*some.questions, *some.claims)} == {"test"}
    assert cases().only() == cases()
    assert all(isinstance(case, Case) for case in some.questions)
