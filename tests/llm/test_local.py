"""A model in a file, run by the product itself, from its installation to the answer."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.errors import ModelCorrupt
from lhassist.llm import Message, open_model
from lhassist.llm.catalogue import install
from lhassist.llm.local import start
from tests.answer.sample import real_embedder
from tests.answer.test_generative import GDP, holds
from tests.conftest import missing
from tests.llm.small_model import write_model

if find_spec("xllamacpp") is None:
    missing("the extra local (pip install 'lhassist[local]')")

TRUE = ("2024年", "上半年，", "生产总值", "比去年同期", "增长7.8%。")
FALSE = ("2024年", "上半年，", "生产总值", "比去年同期", "增长9.9%。")


def _installed(folder: Path, said: tuple[str, ...], index: Path) -> Settings:
    weights = folder / "tiny.gguf"
    write_model(weights, said)
    models = folder / "models"
    name = install(models, str(weights)).name
    return Settings.load(
        index_dir=index,
        models_dir=models,
        generator="llm",
        llm_server="local",
        llm_model=name,
        llm_pause=30,
    )


def test_it_says_what_its_weights_make_it_say(tmp_path: Path) -> None:
    model = open_model(_installed(tmp_path, TRUE, tmp_path))
    assert model is not None
    assert model.name == "tiny"
    for _ in range(2):
        assert "".join(model.stream([Message("user", GDP)])) == "".join(TRUE)


def test_it_serves_nobody_who_lacks_the_key(tmp_path: Path) -> None:
    weights = tmp_path / "tiny.gguf"
    write_model(weights, TRUE)
    server = start(weights, 1024)
    body = {"messages": [{"role": "user", "content": GDP}]}
    with httpx.Client(base_url=server.url, trust_env=False, timeout=60) as client:
        assert client.post("/chat/completions", json=body).status_code == 401
        key = {"Authorization": f"Bearer {server.key}"}
        assert client.post("/chat/completions", json=body, headers=key).status_code == 200


def test_what_the_quotes_bear_out_is_its_answer(tmp_path: Path, sample: Assistant) -> None:
    assistant = Assistant.open(
        _installed(tmp_path, TRUE, sample.settings.index_dir), embedder=real_embedder()
    )
    answer = assistant.ask(GDP)
    assert (answer.generator, answer.fallback) == ("llm:tiny", None)
    told = "".join(TRUE).replace("去年同期", "去年同期（2023年1–6月）")
    assert answer.sentences[0].text == told
    holds(answer, assistant)


def test_what_they_do_not_is_not(tmp_path: Path, sample: Assistant) -> None:
    assistant = Assistant.open(
        _installed(tmp_path, FALSE, sample.settings.index_dir), embedder=real_embedder()
    )
    answer = assistant.ask(GDP)
    assert (answer.generator, answer.fallback) == ("extractive", "ungrounded")
    assert answer.text == sample.ask(GDP).text


def test_a_file_that_is_no_model_is_said_to_be_none(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ModelCorrupt, match="cannot be loaded"):
        start(broken, 1024)
