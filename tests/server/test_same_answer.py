"""One question, three clients: OpenAI's, the Model Context Protocol's and a llama-index agent."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import pytest
from openai import OpenAI

from lhassist.assistant import Assistant
from lhassist.server.service import Service
from tests.conftest import REPOSITORY, missing
from tests.integrations.scripted import ScriptedLLM

if find_spec("mcp") is None:
    missing("the extra mcp (pip install 'lhassist[mcp]')")

from llama_index.core.agent.workflow import ToolCallResult
from mcp import Client

from lhassist.server.mcp import tools

_AGENT = re.compile(r"```python\n((?:(?!```).)*ReActAgent.*?)```", re.DOTALL)
_SOURCE = re.compile(r"^\[(\d+)\] (\S+#\d+-\d+): ", re.MULTILINE)

Cited = list[tuple[int, str, str]]
"""Number, passage and quote of each citation."""


def _through_openai(question: str, sample: Assistant, address: str) -> tuple[str, Cited]:
    with OpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0) as client:
        completion = client.chat.completions.create(
            model="lhassist", messages=[{"role": "user", "content": question}]
        )
    told = (completion.model_extra or {})["lhassist"]
    assert (completion.choices[0].message.content or "").startswith(told["text"])
    return told["text"], _cited(told)


def _through_mcp(question: str, sample: Assistant, address: str) -> tuple[str, Cited]:
    async def call() -> Any:
        async with Client(tools(sample)) as client:
            return await client.call_tool("ask", {"question": question})

    told = asyncio.run(call()).structured_content
    return told["text"], _cited(told)


def _through_an_agent(question: str, sample: Assistant, address: str) -> tuple[str, Cited]:
    """The documented agent, and what its tool gave it."""
    given: list[str] = []

    def say(prompt: str) -> str:
        if given:
            return "Thought: I can answer without using any more tools.\nAnswer: done"
        action = json.dumps({"question": question}, ensure_ascii=False)
        return f"Thought: I need a tool.\nAction: ask_luohe\nAction Input: {action}"

    block = _AGENT.search((REPOSITORY / "docs" / "llama-index.md").read_text("utf-8"))
    assert block is not None
    names: dict[str, Any] = {"llm": ScriptedLLM(say), "assistant": sample}
    exec(compile(block[1], "docs/llama-index.md", "exec"), names)

    async def run() -> None:
        handler = names["agent"].run(question)
        async for event in handler.stream_events():
            if isinstance(event, ToolCallResult):
                given.append(event.tool_output.content)
        await handler

    asyncio.run(run())
    (content,) = given
    marks = list(_SOURCE.finditer(content))
    starts = [*(mark.start() for mark in marks), len(content) + 1]
    cited = [
        (int(mark[1]), mark[2], content[mark.end() : end - 1])
        for mark, end in zip(marks, starts[1:], strict=True)
    ]
    return content[: starts[0]].rstrip("\n"), cited


def _cited(told: dict[str, Any]) -> Cited:
    return [(one["number"], one["passage_id"], one["quote"]) for one in told["citations"]]


@pytest.mark.parametrize("client", [_through_openai, _through_mcp, _through_an_agent])
@pytest.mark.parametrize(
    "question",
    ["漯河2024年上半年GDP增长多少？", "漯河的四大文化是哪四個？", "漯河地铁有几条线？"],
)
def test_every_client_gets_the_same_answer_citation_by_citation(
    question: str,
    client: Callable[[str, Assistant, str], tuple[str, Cited]],
    sample: Assistant,
    service: Service,
    address: str,
) -> None:
    answer = sample.ask(question)
    text, cited = client(question, sample, address)
    assert text == answer.text
    assert cited == [(one.number, one.passage_id, one.quote) for one in answer.citations]
