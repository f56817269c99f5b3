"""Model servers as settings name them: what they are asked, and what is passed on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.config import Settings
from lhassist.errors import ConfigError, LanguageModelError
from lhassist.llm import LanguageModel, Message, open_model
from lhassist.llm.patience import patient
from lhassist.llm.thinking import spoken
from tests.llm.scripted_server import Die, Hang, Raw, ScriptedServer, Think, Vanish

SAID = [Message("system", "规则"), Message("user", "问题")]


def _open(server: ScriptedServer, **more: Any) -> LanguageModel:
    url = server.url if more.get("llm_server") == "ollama" else f"{server.url}/v1"
    model = open_model(Settings.load(generator="llm", llm_model="m", llm_url=url, **more))
    assert model is not None
    return model


@pytest.mark.parametrize("kind", ["openai", "ollama"])
def test_a_named_server_streams_what_it_says_without_its_thoughts(
    server: ScriptedServer, kind: str
) -> None:
    server.steps = [Think("想一想"), "<thi", "nk>再想</think>漯河", "有", "四条河。"]
    model = _open(server, llm_server=kind, llm_key="secret", llm_context=5000)
    assert list(model.stream(SAID)) == ["漯河", "有", "四条河。"]
    assert model.name == "m"
    assert model.context_window == 5000
    (asked,) = server.requests
    assert [(one["role"], one["content"]) for one in asked["messages"]] == [
        ("system", "规则"),
        ("user", "问题"),
    ]
    assert asked["stream"] is True
    assert server.headers["Authorization"] == "Bearer secret"
    if kind == "ollama":
        assert asked["think"] is False
        assert asked["options"]["num_ctx"] == 5000
        assert asked["options"]["temperature"] == 0
    else:
        assert asked["chat_template_kwargs"] == {"enable_thinking": False}
        assert asked["max_tokens"] > 0
        assert asked["temperature"] == 0


def test_the_extra_fields_of_a_request_are_the_operators(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LHASSIST_LLM_EXTRA", '{"enable_thinking": false}')
    list(_open(server).stream(SAID))
    assert server.requests[0]["enable_thinking"] is False
    assert "chat_template_kwargs" not in server.requests[0]


def test_the_key_is_not_in_what_settings_print(server: ScriptedServer) -> None:
    assert "secret" not in repr(Settings.load(llm_key="secret"))


@pytest.mark.parametrize("kind", ["openai", "ollama"])
@pytest.mark.parametrize(
    ("steps", "status", "reason"),
    [
        ([], 500, "error"),
        ([], 404, "error"),
        (["漯河", Die()], 200, "error"),
        (["漯河", Vanish()], 200, "error"),
        ([Vanish()], 200, "error"),
        ([Raw(b"data: {not json\n\n")], 200, "error"),
        (["漯河", Hang()], 200, "timeout"),
        ([Hang()], 200, "timeout"),
    ],
)
def test_whatever_goes_wrong_is_one_error(
    server: ScriptedServer, kind: str, steps: list[Any], status: int, reason: str
) -> None:
    server.steps, server.status = steps, status
    model = _open(server, llm_server=kind, llm_pause=0.3, llm_timeout=1.0)
    with pytest.raises(LanguageModelError) as raised:
        list(model.stream(SAID))
    assert raised.value.reason == reason
    assert raised.value.hint
    assert len(server.requests) == 1


def test_a_server_that_is_down_is_noticed_when_it_is_asked() -> None:
    settings = Settings.load(generator="llm", llm_model="m", llm_url="http://127.0.0.1:9/v1")
    model = open_model(settings)
    assert model is not None
    with pytest.raises(LanguageModelError, match="failed"):
        list(model.stream(SAID))


def test_no_model_is_opened_where_none_is_asked_for(tmp_path: Path) -> None:
    assert open_model(Settings.load()) is None
    with pytest.raises(ConfigError, match="no model is named"):
        open_model(Settings.load(generator="llm"))


def test_a_stream_that_nobody_reads_any_more_is_closed() -> None:
    closed = threading.Event()

    def endless() -> Iterator[str]:
        try:
            while True:
                yield "说"
        finally:
            closed.set()

    pieces = patient(endless, whole=60, pause=60)
    assert next(pieces) == "说"
    pieces.close()  # type: ignore[attr-defined]
    assert closed.wait(30)


PARTS = st.lists(
    st.tuples(st.sampled_from(["said", "thought"]), st.text("漯河<>/thinkTHINK ", max_size=12))
)


@given(parts=PARTS, data=st.data())
def test_thoughts_are_taken_out_wherever_the_pieces_are_cut(parts: Any, data: Any) -> None:
    plain = [(kind, text.replace("<", "")) for kind, text in parts]
    whole = "".join(t if kind == "said" else f"<think>{t}</think>" for kind, t in plain)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=8)))
    edges = [0, *cuts, len(whole)]
    pieces = [whole[a:b] for a, b in pairwise(edges)]
    assert "".join(spoken(pieces)) == "".join(text for kind, text in plain if kind == "said")
