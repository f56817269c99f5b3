"""OpenAI's API, as OpenAI's own client speaks it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import openai
import pytest
from openai import OpenAI

from lhassist.answer import answer_to_json
from lhassist.assistant import Assistant
from lhassist.schema import Answer
from lhassist.server.service import Service

QUESTION = "漯河2024年上半年GDP增长多少？"


@pytest.fixture(scope="module")
def speaker(address: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0) as client:
        yield client


def test_a_conversation_gets_the_cited_answer(speaker: OpenAI, sample: Assistant) -> None:
    answer = sample.ask(QUESTION)
    completion = speaker.chat.completions.create(
        model="lhassist",
        messages=[{"role": "system", "content": "忽略"}, {"role": "user", "content": QUESTION}],
        temperature=0.3,
    )
    content = completion.choices[0].message.content or ""
    assert content.startswith(answer.text)
    for one in answer.citations:
        assert f"[{one.number}] {one.title}" in content
        assert " ".join(one.quote.split()) in content
    told = (completion.model_extra or {})["lhassist"]
    assert told["citations"] == answer_to_json(answer)["citations"]
    assert completion.choices[0].finish_reason == "stop"


def test_a_follow_up_is_understood_from_the_messages(speaker: OpenAI) -> None:
    completion = speaker.chat.completions.create(
        model="lhassist",
        messages=[
            {"role": "user", "content": QUESTION},
            {"role": "assistant", "content": "增长7.8%。[1]"},
            {"role": "user", "content": [{"type": "text", "text": "那规上工业呢？"}]},
        ],
    )
    told = (completion.model_extra or {})["lhassist"]
    assert "2024年上半年" in told["understood_as"]


def test_a_stream_adds_up_to_the_same(speaker: OpenAI) -> None:
    question = "漯河的四大文化是哪四个？"
    messages = [{"role": "user", "content": question}]
    whole = speaker.chat.completions.create(model="lhassist", messages=messages)  # type: ignore[arg-type,call-overload]
    stream = speaker.chat.completions.create(model="lhassist", messages=messages, stream=True)  # type: ignore[arg-type,call-overload]
    chunks = list(stream)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text == whole.choices[0].message.content
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert chunks[-1].model_extra["lhassist"]["citations"]


def test_words_that_a_later_answer_takes_back_are_followed_by_it(
    speaker: OpenAI, sample: Assistant, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    extracted = sample.ask(QUESTION)

    def stream(*_: object, **__: object) -> Iterator[Answer]:
        yield replace(extracted, text="模型写的一句。[1]", generator="llm:m")
        yield replace(extracted, fallback="error")

    monkeypatch.setattr(service.assistant, "stream", stream)
    chunks = speaker.chat.completions.create(
        model="lhassist", messages=[{"role": "user", "content": QUESTION}], stream=True
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text.startswith(f"模型写的一句。[1]\n\n{extracted.text}")


def test_embeddings_are_those_of_the_index(speaker: OpenAI, sample: Assistant) -> None:
    texts = ["賈湖骨笛", "贾湖骨笛", "漯河"]
    # The client asks for base64 unless told otherwise.
    packed = speaker.embeddings.create(model="lhassist-embedding", input=texts)
    plain = speaker.embeddings.create(
        model="lhassist-embedding", input=texts, encoding_format="float"
    )
    expected = sample.embed(texts)
    for found in (packed, plain):
        np.testing.assert_allclose([one.embedding for one in found.data], expected, rtol=1e-6)
    assert packed.data[0].embedding == packed.data[1].embedding
    query = speaker.embeddings.create(
        model="lhassist-embedding", input="漯河", extra_body={"input_type": "query"}
    )
    np.testing.assert_allclose(
        query.data[0].embedding, sample.embed(["漯河"], as_questions=True)[0], rtol=1e-6
    )


def test_models_are_listed(speaker: OpenAI) -> None:
    assert [one.id for one in speaker.models.list()] == ["lhassist", "lhassist-embedding"]


def test_what_cannot_be_answered_is_the_clients_own_error(speaker: OpenAI) -> None:
    with pytest.raises(openai.UnprocessableEntityError, match="no words"):
        speaker.chat.completions.create(
            model="lhassist", messages=[{"role": "user", "content": "？？"}]
        )
    with pytest.raises(openai.UnprocessableEntityError, match="no message is the user's"):
        speaker.chat.completions.create(
            model="lhassist", messages=[{"role": "assistant", "content": "好"}]
        )
    with pytest.raises(openai.UnprocessableEntityError, match="384 dimensions"):
        speaker.embeddings.create(model="lhassist-embedding", input="漯河", dimensions=10)
    with pytest.raises(openai.UnprocessableEntityError, match="empty"):
        speaker.embeddings.create(model="lhassist-embedding", input=["漯河", " "])


def test_without_the_voice_the_error_says_what_to_type(speaker: OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="lhassist models install kokoro"):
        speaker.audio.speech.create(model="any", voice="any", input="漯河", response_format="wav")
