"""Any llama-index `LLM` as a language model of ours, and the servers that settings can name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.core.llms import LLM

from lhassist.config import Settings
from lhassist.errors import ConfigError
from lhassist.llm import ANSWER_TOKENS, Message
from lhassist.llm.catalogue import installed
from lhassist.llm.local import LocalServer, start
from lhassist.llm.patience import patient
from lhassist.llm.thinking import spoken


class LlamaIndexModel:
    """A llama-index `LLM` behind our time limits.

    Args:
        llm: Any of them; its own time-outs and retries should be off or longer.
        timeout: Seconds that an answer may take.
        pause: Seconds between two pieces of it.
        runs_on: The server that is to end with this object, if any.
    """

    def __init__(
        self,
        llm: LLM,
        *,
        timeout: float = 60.0,
        pause: float = 2.0,
        runs_on: LocalServer | None = None,
    ) -> None:
        self._llm = llm
        self._runs_on = runs_on
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

        def begin() -> Iterator[str]:
            # Of a server that is killed before its first word nothing comes at all.
            ended: bool | None = False
            for response in self._llm.stream_chat(chat):
                ended = ended or _ends(response.raw)
                yield response.delta or ""
            if ended is False:
                # A process that is killed may close its connection as one that is done does.
                raise EOFError("the answer broke off")

        return spoken(patient(begin, whole=self._timeout, pause=self._pause))


def _ends(raw: object) -> bool | None:
    """Whether a piece says that it is the last one; None where its library does not tell."""
    if isinstance(raw, Mapping):
        return bool(raw["done"]) if "done" in raw else None
    choices = getattr(raw, "choices", None)
    return any(one.finish_reason for one in choices) if choices else None


def open_server(settings: Settings) -> LlamaIndexModel:
    """The model that the settings name; a server is not asked yet, a local model is loaded.

    Raises:
        ConfigError: No model is named.
        ModelError: The local model, or what runs it, is not installed.
    """
    if not settings.llm_model:
        raise ConfigError(
            "generator is llm, and no model is named",
            hint="set llm_model to what the server calls it, such as qwen2.5:7b",
        )
    running: LocalServer | None = None
    if settings.llm_server == "ollama":
        llm = _ollama(settings)
    elif settings.llm_server == "local":
        weights = installed(settings.models_dir, settings.llm_model)
        running = start(weights, settings.llm_context)
        llm = _openai_like(settings, running.url, running.key)
    else:
        key = settings.llm_key.get_secret_value() if settings.llm_key else ""
        llm = _openai_like(settings, settings.llm_url, key)
    return LlamaIndexModel(
        llm, timeout=settings.llm_timeout, pause=settings.llm_pause, runs_on=running
    )


def _openai_like(settings: Settings, url: str, key: str) -> LLM:
    from llama_index.llms.openai_like import OpenAILike

    llm: LLM = OpenAILike(
        model=settings.llm_model,
        api_base=url,
        # The client insists on a key; servers without one ignore it.
        api_key=key or "none",
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
