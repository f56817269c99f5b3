from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from lhassist.assistant import Assistant
from lhassist.config import ScriptChoice, Settings
from lhassist.embedding import Embedder, open_embedder
from lhassist.errors import IndexMismatch, IndexMissing, QuestionError
from lhassist.ingest import ingest
from lhassist.schema import Answer, ReaderScript
from tests.answer.sample import open_sample, real_embedder

QUESTIONS = ["12345热线有多少个座席？", "四大文化有哪些？", "六可選有哪些？", "漯河地铁有几条线？"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, sample_corpus: Path) -> Assistant:
    """Three articles with the real model."""
    names = ("hotline-12345.md", "reform-37.md", "talent-highland.md")
    index_dir = tmp_path_factory.mktemp("assistant")
    return open_sample(index_dir, *(sample_corpus / name for name in names))


@pytest.fixture
def embedder(tmp_path: Path) -> Embedder:
    return open_embedder("hashing", tmp_path)


@pytest.fixture
def settings(tmp_path: Path, embedder: Embedder) -> Settings:
    """An index of one article, made with no model: everything is refused."""
    settings = Settings.load(index_dir=tmp_path / "index", embedder="hashing")
    write(settings, embedder, tmp_path / "corpus", "first", "沙河从西边来。")
    return settings


def write(settings: Settings, embedder: Embedder, folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n\n{text}\n", encoding="utf-8")
    ingest(settings, [folder], embedder=embedder)


def without_timings(answer: Answer) -> Answer:
    return replace(answer, timings_ms=())


def test_a_refusal_says_why_and_offers_what_is_answered(sample: Assistant) -> None:
    answer = sample.ask("12345热线的座席一年工资多少钱？")
    assert (answer.status, answer.reason) == ("refused", "nothing")
    assert 0 < len(answer.suggestions) <= 3
    assert all(sample.ask(question).status == "answered" for question in answer.suggestions)
    elsewhere = sample.ask("莎士比亚写过多少部戏剧？")
    assert (elsewhere.status, elsewhere.reason) == ("refused", "field")


def test_an_answer_says_how_long_its_stages_took(sample: Assistant) -> None:
    answer = sample.ask(QUESTIONS[0])
    assert answer.status == "answered"
    assert [stage for stage, _ in answer.timings_ms] == ["retrieve", "answer"]
    assert all(ms > 0 for _, ms in answer.timings_ms)


def test_a_stream_grows_by_a_sentence_and_ends_with_the_answer(sample: Assistant) -> None:
    longest = 0
    for question in (*QUESTIONS, "什么是一把手走流程？", "漯河怎样引进人才？"):
        answers = list(sample.stream(question))
        assert without_timings(answers[-1]) == without_timings(sample.ask(question))
        for earlier, later in pairwise(answers):
            assert later.text.startswith(earlier.text)
            assert later.sentences[:-1] == earlier.sentences
        for answer in answers:
            used = {number for sentence in answer.sentences for number in sentence.citations}
            assert {citation.number for citation in answer.citations} == used
        longest = max(longest, len(answers))
    assert longest > 1


def test_a_refusal_is_there_before_what_it_suggests(sample: Assistant) -> None:
    question = "漯河2020年GDP增长多少？"
    early, whole = sample.stream(question)
    assert early.status == "refused"
    assert len(early.suggestions) < len(whole.suggestions)
    assert without_timings(replace(whole, suggestions=early.suggestions)) == without_timings(early)
    assert without_timings(whole) == without_timings(sample.ask(question))


def test_many_people_at_once_get_the_answers_that_one_gets(sample: Assistant) -> None:
    asked = QUESTIONS * 8
    alone = [without_timings(sample.ask(question)) for question in QUESTIONS] * 8
    with ThreadPoolExecutor(8) as pool:
        together = [without_timings(answer) for answer in pool.map(sample.ask, asked)]
    assert together == alone


def test_articles_and_passages_can_be_looked_up(sample: Assistant) -> None:
    first, *_ = sample.search("热线", 3)
    document = sample.document(first.passage.document_id)
    assert document.text[first.passage.start : first.passage.end] == first.passage.text
    assert len(sample.search("熱線", 3)) == 3
    with pytest.raises(KeyError):
        sample.document("no-such-article")


SCRIPTS: list[tuple[str, ReaderScript | None, ReaderScript | None, ReaderScript]] = [
    ("热线有多少座席", None, None, "zh-Hans"),
    ("熱線有多少座席", None, None, "zh-Hant"),
    ("熱線有多少座席", None, "zh-TW", "zh-TW"),
    ("熱線有多少座席", None, "zh-HK", "zh-HK"),
    ("熱線有多少座席", None, "zh-Hans", "zh-Hant"),
    ("热线有多少座席", None, "zh-TW", "zh-Hans"),
    ("四大文化", None, "zh-Hant", "zh-Hant"),
    ("四大文化", None, None, "zh-Hans"),
    ("Who is it?", None, None, "en"),
    ("Who is it?", None, "zh-HK", "zh-HK"),
    ("热线有多少座席", "zh-HK", "zh-TW", "zh-HK"),
    ("熱線有多少座席", "en", None, "en"),
]
REFUSES: dict[str, str] = {
    "zh-Hans": "文章里",
    "zh-Hant": "文章裏",
    "zh-TW": "文章裡",
    "zh-HK": "文章裏",
    "en": "The articles",
}


def test_the_script_of_an_answer(settings: Settings, embedder: Embedder) -> None:
    assistant = Assistant.open(settings, embedder=embedder)
    for question, script, session, answered_in in SCRIPTS:
        answer = assistant.ask(question, script=script, session_script=session)
        assert answer.script == answered_in, (question, script, session)
        assert REFUSES[answered_in] in answer.text


@pytest.mark.parametrize(("choice", "script"), [("hant", "zh-Hant"), ("tw", "zh-TW"), ("en", "en")])
def test_the_operator_can_settle_the_script(
    settings: Settings, embedder: Embedder, choice: ScriptChoice, script: str
) -> None:
    settled = Settings.load(index_dir=settings.index_dir, embedder="hashing", script=choice)
    assistant = Assistant.open(settled, embedder=embedder)
    assert assistant.ask("热线有多少座席").script == script
    assert assistant.ask("热线有多少座席", script="zh-HK").script == "zh-HK"


def test_an_answer_is_in_the_readers_characters_and_its_quote_in_the_articles(
    sample: Assistant,
) -> None:
    answer = sample.ask("12345热线有多少个座席？")
    assert "12345便民热线的话务座席现有80个" in answer.text
    assert "12345便民熱線的話務座席現有80個" in answer.citations[0].quote


@pytest.mark.parametrize("question", ["a" * 2000, "luohe " * 300, "第" * 2000, "（" * 1999 + "a"])
def test_a_heap_of_letters_is_no_more_than_refused(sample: Assistant, question: str) -> None:
    assert sample.ask(question).status == "refused"


@pytest.mark.parametrize("question", ["", "  ", "？！", "🎉", "问" * 10_000])
def test_what_is_no_question_raises(settings: Settings, embedder: Embedder, question: str) -> None:
    assistant = Assistant.open(settings, embedder=embedder)
    for use in (assistant.ask, assistant.search, lambda text: list(assistant.stream(text))):
        with pytest.raises(QuestionError):
            use(question)


def test_a_new_generation_is_taken_up_when_asked_for(
    settings: Settings, embedder: Embedder, tmp_path: Path
) -> None:
    assistant = Assistant.open(settings, embedder=embedder)
    assert not assistant.reload_if_changed()
    old = assistant.generation
    write(settings, embedder, tmp_path / "corpus", "second", "澧河从西边来。")
    assert assistant.generation is old
    assert assistant.reload_if_changed()
    assert set(assistant.generation.documents) == {"first", "second"}
    assert set(old.documents) == {"first"}
    assert not assistant.reload_if_changed()


def test_requests_go_on_while_generations_change(
    settings: Settings, embedder: Embedder, tmp_path: Path
) -> None:
    assistant = Assistant.open(settings, embedder=embedder)
    published = threading.Event()

    def ask_until_published() -> set[frozenset[str]]:
        seen: set[frozenset[str]] = set()
        while not published.is_set():
            hits = assistant.ask("河从哪里来？").hits
            seen.add(frozenset(hit.passage.document_id for hit in hits))
        return seen

    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(ask_until_published) for _ in range(2)]
        for name in ("second", "third"):
            write(settings, embedder, tmp_path / "corpus", name, f"{name}河从西边来。")
            assert assistant.reload_if_changed()
        published.set()
        seen = set().union(*(future.result() for future in asking))
    names = ["first", "second", "third"]
    # Whole generations, and never a mixture.
    assert seen <= {frozenset(names[:count]) for count in (1, 2, 3)}


def test_a_new_generation_that_cannot_be_read_is_logged_once_and_the_old_one_stays(
    settings: Settings, embedder: Embedder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assistant = Assistant.open(settings, embedder=embedder)
    write(settings, embedder, tmp_path / "corpus", "second", "澧河从西边来。")
    newest = max((settings.index_dir / "generations").iterdir())
    (newest / "documents.jsonl").write_text("{}", encoding="utf-8")
    with caplog.at_level(logging.WARNING, "lhassist.assistant"):
        assert not assistant.reload_if_changed()
        assert not assistant.reload_if_changed()
    assert len(caplog.records) == 1
    assert set(assistant.generation.documents) == {"first"}
    assert assistant.ask("沙河从哪里来？").hits
    ingest(settings, [tmp_path / "corpus"], rebuild=True, embedder=embedder)
    assert assistant.reload_if_changed()
    assert set(assistant.generation.documents) == {"first", "second"}


def test_an_index_must_be_there_and_of_the_same_model(settings: Settings, tmp_path: Path) -> None:
    nowhere = Settings.load(index_dir=tmp_path / "nowhere", embedder="hashing")
    with pytest.raises(IndexMissing):
        Assistant.open(nowhere)
    with pytest.raises(IndexMismatch):
        Assistant.open(settings, embedder=real_embedder())
