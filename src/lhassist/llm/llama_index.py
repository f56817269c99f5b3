"""Any llama-index `LLM` as a language model of ours, and the servers that settings can name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.core.llms import LLM

from lhassist.config import Settings
from lhassist.errors import ConfigError
from lhassist.llm import Message
from lhassist.llm.patience import patient
from lhassist.llm.thinking import spoken

ANSWER_TOKENS = 512
"""What an answer of a few sentences may take; a model that goes on is cut off."""


class LlamaIndexModel:
    """A llama-index `LLM` behind our time limits.

    Args:
        llm: Any of them; its own time-outs and retries should be off or longer.
        timeout: Seconds that an answer may take.
        pause: Seconds between two pieces of it.
    """

    def __init__(self, llm: LLM, *, timeout: float = 60.0, pause: float = 2.0) -> None:
        self._llm = llm
        self._timeout = timeout
        self._pause = pause

    @property
    def name(self) -> str:
        """The model's, as its library gives it."""
        return self._llm.metadata.model_name

    @property
    def context_window(self) -> int:
        """Tokens for prompt and answer."""
        return self._llm.metadata.context_window

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """What the model says, piece by piece, without its thoughts.

        Raises:
            LanguageModelError: It fails, or takes longer than its time limits.
        """
        chat = [ChatMessage(role=MessageRole(one.role), content=one.text) for one in messages]

        def start() -> Iterator[str]:
            for response in self._llm.stream_chat(chat):
                yield response.delta or ""

        return spoken(patient(start, whole=self._timeout, pause=self._pause))


def open_server(settings: Settings) -> LlamaIndexModel:
    """The model on the server that the settings name; the server is not asked yet.

    Raises:
        ConfigError: No model is named.
    """
    if not settings.llm_model:
        raise ConfigError(
            "generator is llm, and no model is named",
            hint="set llm_model to what the server calls it, such as qwen2.5:7b",
        )
    llm = _ollama(settings) if settings.llm_server == "ollama" else _openai_like(settings)
    return LlamaIndexModel(llm, timeout=settings.llm_timeout, pause=settings.llm_pause)


def _openai_like(settings: Settings) -> LLM:
    from llama_index.llms.openai_like import OpenAILike

    llm: LLM = OpenAILike(
        model=settings.llm_model,
        api_base=settings.llm_url,
        # The client insists on a key; servers without one ignore it.
        api_key=settings.llm_key.get_secret_value() if settings.llm_key else "none",
        is_chat_model=True,
        context_window=settings.llm_context,
        max_tokens=ANSWER_TOKENS,
        temperature=0.0,
        timeout=settings.llm_timeout,
        max_retries=0,
        additional_kwargs={"extra_body": settings.llm_extra},
    )
    return llm


def _ollama(settings: Settings) -> LLM:
    from llama_index.llms.ollama import Ollama

    llm: LLM = Ollama(
        model=settings.llm_model,
        base_url=settings.llm_url,
        # Without it Ollama makes room for the whole context that the model was trained with.
        context_window=settings.llm_context,
        request_timeout=settings.llm_timeout,
        temperature=0.0,
        thinking=False,
        additional_kwargs={"num_predict": ANSWER_TOKENS},
        headers=(
            {"Authorization": f"Bearer {settings.llm_key.get_secret_value()}"}
            if settings.llm_key
            else None
        ),
    )
    return llm
