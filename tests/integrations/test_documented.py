"""The examples of `docs/llama-index.md`, run as they stand."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from lhassist.assistant import Assistant
from tests.conftest import REPOSITORY
from tests.integrations.scripted import ScriptedLLM

_BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


def _say(prompt: str) -> str:
    """Plays the agent's and the engine's model: calls the tool once, then repeats what it got."""
    observed = prompt.rpartition("Observation:")[2].strip().split("\n")[0]
    if observed and observed != "tool response":  # the example in llama-index's own instructions
        return f"Thought: I can answer without using any more tools.\nAnswer: {observed}"
    if "ask_luohe" in prompt:
        return (
            "Thought: I need to use a tool.\nAction: ask_luohe\n"
            'Action Input: {"question": "漯河2024年上半年GDP增长多少？"}'
        )
    return "鹤类的尺骨。"


@pytest.fixture(scope="module")
def ran(
    sample: Assistant,
    sample_index: Path,
    sample_corpus: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Any]:
    """What the names of the examples stand for once all of them have run."""
    names: dict[str, Any] = {"llm": ScriptedLLM(_say)}
    text = (REPOSITORY / "docs" / "llama-index.md").read_text("utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("documented"))
        patch.setenv("LHASSIST_INDEX_DIR", str(sample_index))
        patch.setenv("LHASSIST_CORPUS_DIR", str(sample_corpus))
        for block in _BLOCK.findall(text):
            exec(compile(block, "docs/llama-index.md", "exec"), names)
    return names


def test_the_query_engine_gets_the_evidence_and_nothing_else(ran: dict[str, Any]) -> None:
    nodes = ran["response"].source_nodes
    assert nodes
    assert "尺骨" in nodes[0].metadata["evidence"][0]["quote"]
    prompt = ran["llm"].prompts[0]
    assert nodes[0].text in prompt
    assert "start:" not in prompt


def test_the_agent_gets_the_same_cited_answer_as_the_command_line(
    ran: dict[str, Any], sample: Assistant
) -> None:
    said = asyncio.run(ran["run"]())
    assert said == sample.ask("漯河2024年上半年GDP增长多少？").text
    assert "7.8%" in said
    assert "[1]" in said


def test_their_index_finds_our_passage_under_our_id(ran: dict[str, Any], sample: Assistant) -> None:
    best = ran["best"]
    assert best.node_id in {passage.id for passage in sample.generation.passages}
    document = sample.document("jiahu-flutes")
    assert document.text[best.node.start_char_idx : best.node.end_char_idx] == best.node.text


def test_their_documents_become_articles_of_ours(ran: dict[str, Any]) -> None:
    assert ran["report"].failed == ()
    document = ran["theirs_inside"].document("bridge")
    assert (document.title, document.text) == ("小商桥", "小商桥建于隋代。")
    assert document.published.date == "2024-05-01"


def test_their_embedding_searches_our_index(ran: dict[str, Any]) -> None:
    assert ran["theirs_inside"].search("小商桥")[0].passage.document_id == "bridge"
