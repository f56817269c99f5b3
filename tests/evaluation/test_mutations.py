"""Mutated sentences: many, false, and the same ones every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from lhassist import corpus
from lhassist.evaluation.cases import read_cases
from lhassist.evaluation.mutations import (
    Mutation,
    Truth,
    measure_mutations,
    mutations,
    truths,
    variants,
)
from lhassist.evaluation.wording import implied, numbers, plain
from lhassist.schema import Document, Published
from tests.conftest import REPOSITORY

LEAST = {"digit": 80, "rank": 6, "unit": 20, "period": 40, "entity": 60, "swap": 20}


@cache
def articles() -> dict[str, Document]:
    return {
        one.document_id: corpus.read(one.path, document_id=one.document_id, root=one.root)
        for one in corpus.scan([REPOSITORY / "corpus"])
    }


@cache
def base() -> tuple[Truth, ...]:
    return truths(articles(), read_cases(REPOSITORY / "eval" / "answers.jsonl"))


@cache
def mutated() -> tuple[Mutation, ...]:
    return tuple(mutations(base()))


def figures_only(text: str, quotes: Sequence[tuple[str, Published | None]]) -> list[object]:
    """A guard that looks at figures and at nothing else."""
    held = {number for quote, published in quotes for number in numbers(quote)}
    held |= {number for quote, published in quotes for number in implied(quote, published)}
    return [number for number in numbers(text) if number not in held]


def test_there_are_enough_of_every_kind() -> None:
    counts = Counter(one.kind for one in mutated())
    assert {kind: least for kind, least in LEAST.items() if counts[kind] < least} == {}
    assert counts.total() >= 200


def test_truths_are_sentences_of_their_articles() -> None:
    for truth in base():
        assert truth.quote in articles()[truth.document_id].text
        assert truth.text == truth.quote


def test_a_mutation_says_something_else_than_its_truth() -> None:
    for one in mutated():
        assert plain(one.text) != plain(one.truth.text), one
        assert one.text not in articles()[one.truth.document_id].text, one


def test_a_mutated_digit_rank_or_unit_gives_a_number_that_the_quote_has_not() -> None:
    for one in mutated():
        if one.kind in ("digit", "rank", "unit"):
            assert set(numbers(one.text)) - set(numbers(one.truth.quote)), one


def test_a_swap_keeps_the_numbers_and_moves_them() -> None:
    for one in mutated():
        if one.kind == "swap":
            assert sorted(numbers(one.text)) == sorted(numbers(one.truth.text)), one
            assert numbers(one.text) != numbers(one.truth.text), one


def test_variants_mean_the_same() -> None:
    for truth in base():
        for variant in variants(truth):
            told = set(numbers(variant.text)) - implied(truth.quote, truth.published)
            assert told <= set(numbers(truth.quote)), variant.text


def test_variants_change_script_forms_and_dates() -> None:
    truth = next(one for one in base() if one.text.startswith("今年上半年，漯河市地区"))
    texts = [variant.text for variant in variants(truth)]
    assert any("漯河市地區生產總值" in text for text in texts)
    assert any("７．８%" in text for text in texts)
    assert any("百分之七点八" in text for text in texts)
    assert any("今年上半年（2024年1–6月）" in text for text in texts)


def test_the_same_seed_makes_the_same_mutations() -> None:
    assert tuple(mutations(base())) == mutated()
    assert tuple(mutations(base(), seed=1)) != mutated()


def test_a_guard_of_figures_stops_figures_and_passes_what_is_true() -> None:
    cases = read_cases(REPOSITORY / "eval" / "answers.jsonl")
    report = measure_mutations(figures_only, articles(), cases)
    assert report.wronged == ()
    for kind in ("digit", "rank", "unit"):
        # A changed day can be the article's own, which a guard of figures must let pass.
        made, stopped = report.kinds[kind]
        assert stopped >= 0.98 * made, kind
    assert report.kinds["swap"][1] == 0
    assert 0 < report.blocked < 1
    assert len(report.missed) == sum(made - stopped for made, stopped in report.kinds.values())


def test_a_guard_that_stops_everything_wrongs_everything() -> None:
    cases = read_cases(REPOSITORY / "eval" / "answers.jsonl")
    report = measure_mutations(lambda text, quotes: [text], articles(), cases)
    assert report.blocked == report.true_blocked == 1
    assert report.to_json()["truths"] == len(report.wronged) > len(base())
