"""The tools of the Model Context Protocol, as the SDK's own client calls them."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from lhassist.answer import answer_to_json
from lhassist.assistant import Assistant
from tests.conftest import missing

if find_spec("mcp") is None:
    missing("the extra mcp (pip install 'lhassist[mcp]')")

from mcp import Client, StdioServerParameters

from lhassist.server.mcp import tools

QUESTION = "漯河2024年上半年GDP增长多少？"


def _call(target: Any, tool: str, **arguments: Any) -> Any:
    async def run() -> Any:
        async with Client(target) as client:
            return await client.call_tool(tool, arguments)

    return asyncio.run(run())


def _command(index: Path, *more: str) -> list[str]:
    return ["-m", "lhassist", "mcp", "--index", str(index), *more]


@pytest.fixture(scope="module")
def over_http(sample: Assistant, sample_index: Path) -> Iterator[str]:
    """`lhassist mcp --http` on a port of its own."""
    command = [sys.executable, *_command(sample_index, "--http", "--port", "0")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = ""
        while not (found := re.search(r"http://\S+/mcp", said)):
            line = process.stderr.readline()
            assert line, f"the server has ended: {said}"
            said += line
        yield found[0]
        process.terminate()


def _targets(sample: Assistant, index: Path, http: str) -> dict[str, Any]:
    return {
        "in process": tools(sample),
        "stdio": StdioServerParameters(
            command=sys.executable, args=_command(index), env=dict(os.environ)
        ),
        "http": http,
    }


@pytest.mark.parametrize("way", ["in process", "stdio", "http"])
def test_an_agent_gets_the_cited_answer_whatever_the_way(
    sample: Assistant, sample_index: Path, over_http: str, way: str
) -> None:
    result = _call(_targets(sample, sample_index, over_http)[way], "ask", question=QUESTION)
    answer = sample.ask(QUESTION)
    assert not result.is_error
    assert result.content[0].text.startswith(answer.text)
    assert answer.citations[0].quote in result.content[0].text
    expected = answer_to_json(answer)
    told = result.structured_content
    assert {key: told[key] for key in expected if key != "timings_ms"} == {
        key: value for key, value in expected.items() if key != "timings_ms"
    }


def test_the_tools_are_described_as_reading_only(sample: Assistant) -> None:
    async def run() -> Any:
        async with Client(tools(sample)) as client:
            return (await client.list_tools()).tools

    listed = asyncio.run(run())
    assert [one.name for one in listed] == ["ask", "search", "read_article", "check_claim"]
    for one in listed:
        assert one.description
        assert one.annotations.read_only_hint is True
        assert one.output_schema["type"] == "object"


def test_passages_articles_and_verdicts(sample: Assistant) -> None:
    server = tools(sample)
    found = _call(server, "search", query="12345热线", k=2).structured_content
    assert [one["passage_id"] for one in found["hits"]] == [
        hit.passage.id for hit in sample.search("12345热线", 2)
    ]
    article = _call(server, "read_article", document_id="jiahu-flutes")
    held = sample.document("jiahu-flutes")
    assert article.structured_content["text"] == held.text
    assert held.title in article.content[0].text
    checked = _call(server, "check_claim", text="《说文解字》有541个部首。")
    assert checked.structured_content["claims"][0]["verdict"] == "contradicted"
    assert "540" in checked.content[0].text


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {"question": "？！"}, "no words"),
        ("ask", {"question": "长" * 2001}, "2000"),
        ("ask", {}, "question"),
        ("search", {"query": "漯河", "k": 51}, "50"),
        ("read_article", {"document_id": "none"}, "no article 'none'"),
    ],
)
def test_what_cannot_be_done_is_told_to_the_model(
    sample: Assistant, tool: str, arguments: dict[str, Any], said: str
) -> None:
    result = _call(tools(sample), tool, **arguments)
    assert result.is_error
    assert said in result.content[0].text
