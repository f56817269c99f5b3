from __future__ import annotations

import json
import pickle
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lhassist.config import Settings
from lhassist.embedding.hashing import HashingEmbedder
from lhassist.errors import EvaluationError
from lhassist.evaluation import EvalReport, compare, evaluate
from lhassist.evaluation.metrics import score
from lhassist.evaluation.refusal import Refusals, auroc, best_threshold
from lhassist.evaluation.report import Baseline
from lhassist.evaluation.trec import read_qrels, read_run
from lhassist.retrieve.common import CommonQuestions
from lhassist.script import fold
from tests.evaluation.conftest import CORPUS, QUERIES, make_set, write_baseline


@pytest.fixture
def report(tiny: Path, settings: Settings) -> EvalReport:
    return evaluate(settings, [str(tiny)])


def test_the_json_object_is_the_contract(report: EvalReport) -> None:
    (one,) = json.loads(json.dumps(report.to_json()))["sets"]
    assert (one["name"], one["questions"], one["passages"]) == ("tiny", 4, 4)
    assert list(one["metrics"]) == ["R@1", "R@5", "R@10", "RR@10", "nDCG@10"]
    for name, value in one["metrics"].items():
        low, high = one["interval"][name]
        assert 0 <= low <= value <= high <= 1
    assert one["metrics"]["R@10"] == 1
    assert report.to_json()["below_floor"] == []


def test_every_set_is_run_in_every_pair_of_scripts(report: EvalReport) -> None:
    (one,) = report.sets
    assert [(p.pair.question, p.pair.collection) for p in one.pairs] == [
        ("zh-Hans", "zh-Hans"),
        ("zh-Hans", "zh-Hant"),
        ("zh-Hant", "zh-Hans"),
        ("zh-Hant", "zh-Hant"),
        ("zh-TW", None),
        ("zh-HK", None),
    ]
    assert one.gap == dict.fromkeys(one.total.metrics, 0)
    parity = one.to_json()["parity"]
    assert isinstance(parity, dict)
    assert set(parity) == {"gap", "pairs"}


def test_success_is_added_where_several_passages_are_right(
    tiny: Path, settings: Settings, tmp_path: Path
) -> None:
    with (tiny / "qrels" / "test.tsv").open("a", encoding="utf-8") as lines:
        lines.write("q1\tp2\t1\n")
    (one,) = evaluate(settings, [str(tiny)]).sets
    assert one.total.metrics["R@1"] == pytest.approx(3.5 / 4)
    assert one.total.metrics["Success@1"] == 1
    assert "Success@1" not in one.gap


def test_pairs_can_be_left_out(tiny: Path, settings: Settings) -> None:
    (one,) = evaluate(settings, [str(tiny)], parity=False).sets
    assert one.pairs == ()
    assert "parity" not in one.to_json()


def test_run_files_give_the_same_values(tiny: Path, settings: Settings, tmp_path: Path) -> None:
    report = evaluate(settings, [str(tiny)], runs=tmp_path / "runs", parity=False)
    again = score(
        read_qrels(tmp_path / "runs" / "tiny.qrels"), read_run(tmp_path / "runs" / "tiny.run")
    )
    assert again.mean() == report.sets[0].total.metrics
    (same,) = compare(tmp_path / "runs", tmp_path / "runs")
    assert all(one.p_value == 1 for one in same.differences)


def test_an_evaluation_repeats_to_the_last_digit(tiny: Path, settings: Settings) -> None:
    first, second = (evaluate(settings, [str(tiny)]).sets[0] for _ in range(2))
    assert first.asked == second.asked
    assert first.total == second.total


def test_the_users_index_is_not_touched(report: EvalReport, settings: Settings) -> None:
    assert not settings.index_dir.exists()


@pytest.mark.parametrize(("floor", "below"), [(0.0, 0), (1.0, 0), (1.1, 1)])
def test_a_measure_below_its_floor_is_reported(
    tiny: Path, settings: Settings, floor: float, below: int
) -> None:
    write_baseline(settings, floors={"tiny": {"R@10": floor}, "other": {"R@10": 2}})
    report = evaluate(settings, [str(tiny)], parity=False)
    assert len(report.below_floor) == below
    expected = [{"set": "tiny", "metric": "R@10", "value": 1.0, "floor": floor}]
    assert report.to_json()["below_floor"] == expected * below


@pytest.mark.parametrize(("questions", "limit"), [(1000, 0.003), (100, 0.01)])
def test_a_gap_between_scripts_above_its_limit_is_reported(
    report: EvalReport, questions: int, limit: float
) -> None:
    (one,) = report.sets
    baseline = Baseline({}, {"R@1": 0.003})
    for gap, reported in ((limit, False), (limit + 0.001, True)):
        last = replace(one.pairs[-1], metrics=one.pairs[-1].metrics | {"R@1": 1 - gap})  # type: ignore[operator]
        total = replace(one.total, questions=questions)
        turned = replace(one, total=total, pairs=(*one.pairs[:-1], last))
        short = baseline.below((turned,))
        assert [(s.set, s.measure, s.limit) for s in short] == [
            ("tiny", "R@1 gap", limit)
        ] * reported


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"floors": {"a": 1}}', '{"floors": {"a": {"R@1": "x"}}}']
)
def test_a_damaged_baseline_is_named(tiny: Path, settings: Settings, content: str) -> None:
    settings.eval_dir.mkdir()
    (settings.eval_dir / "baseline.json").write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"baseline\.json: not a baseline"):
        evaluate(settings, [str(tiny)])


def test_words_that_no_article_holds_change_no_ranking(tmp_path: Path, settings: Settings) -> None:
    unknown = "獨孤煢煢"
    assert not set(fold(unknown)) & set("".join(text for _, text in CORPUS.values()))
    folder = make_set(tmp_path / "set", CORPUS, {"q1": unknown})
    evaluate(settings, [str(folder)], runs=tmp_path / "runs", parity=False)
    embedder = HashingEmbedder()
    question = embedder.embed_query(fold(unknown))
    meaning = CommonQuestions(embedder).take_out(question, chinese=True)
    near = {
        name: embedder.embed_query(fold(f"《{title}》{text}")) @ meaning
        for name, (title, text) in CORPUS.items()
    }
    by_meaning = sorted(near, key=lambda name: -near[name])
    assert list(read_run(tmp_path / "runs" / "set.run")["q1"]) == by_meaning


class _Links(HTMLParser):
    """Collects everything that a browser would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.found += [
            value or "" for name, value in attrs if name in ("src", "href", "srcset", "data")
        ]


def test_the_page_needs_nothing_beside_it(report: EvalReport, tmp_path: Path) -> None:
    report.write_html(tmp_path / "new" / "report.html")
    page = (tmp_path / "new" / "report.html").read_text("utf-8")
    links = _Links()
    links.feed(page)
    assert links.found == []
    assert links.scripts == 0
    assert not re.search(r"https?:|@import|url\(", page)


def test_the_page_shows_what_was_measured(tiny: Path, settings: Settings, tmp_path: Path) -> None:
    write_baseline(settings, floors={"tiny": {"R@1": 1.5}})
    report = evaluate(settings, [str(tiny)])
    report.write_html(tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert f"{report.sets[0].total.metrics['nDCG@10']:.3f}" in page
    assert "1 of 1 limits does not hold" in page.replace("\n", " ")
    assert page.count('<div class="wide"><svg') == page.count('<div class="narrow"><svg') == 2
    assert "<title>R@1 of each set</title>" in page


def test_what_is_asked_and_found_is_escaped(tmp_path: Path, settings: Settings) -> None:
    nasty = "<script>alert(1)</script>漯河"
    corpus = {"p1": (nasty, nasty), "p2": ("漯河", "漯河")}
    queries = {"q1": f"漯河{nasty}", "q2": nasty}
    report = evaluate(settings, [str(make_set(tmp_path / "set", corpus, queries))], parity=False)
    report.write_html(tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_worst_are_the_answerable_questions_that_rank_lowest(
    tmp_path: Path, settings: Settings
) -> None:
    queries = QUERIES | {"q1": "許慎的說文解字分為多少個部首，是最早的字典之一？"}
    (one,) = evaluate(
        settings, [str(make_set(tmp_path / "set", CORPUS, queries))], parity=False
    ).sets
    assert [asked.id for asked in one.worst()] == ["q1"]
    assert one.worst()[0].right is not None
    assert one.worst()[0].right.id == f"p1#0-{len(CORPUS['p1'][1])}"
    assert pickle.loads(pickle.dumps(one)) == one


def test_auroc_counts_pairs() -> None:
    assert auroc([3, 1], [2, 0]) == 0.75
    assert auroc([1], [1]) == 0.5
    assert auroc([], [1]) == 0.5


def test_the_threshold_splits_what_can_be_split() -> None:
    assert best_threshold([0.8, 0.9], [0.1, 0.2]) == pytest.approx(0.5)
    refusals = Refusals.of([0.8, 0.9, 0.3], [0.4, 0.35], [0.1])
    assert refusals.refused(refusals.threshold) == {
        "answerable": pytest.approx(1 / 3),
        "near": 1,
        "far": 1,
    }
    assert refusals.auroc == {"near": pytest.approx(4 / 6), "far": 1}
