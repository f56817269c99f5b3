"""Language models: the one protocol, and the door that opens one by its settings.

    catalogue    models in files: which are known, which are installed
    local        runs one of them
    llama_index  any llama-index `LLM`, and the servers that the settings can name
    patience     time limits for what a model streams
    thinking     takes a model's thoughts out of what it says

A model on a server is opened without asking it anything: nothing waits for one that is down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from lhassist.config import Settings

ANSWER_TOKENS = 512
"""What an answer of a few sentences may take; a model that goes on is cut off."""


@dataclass(frozen=True, slots=True)
class Message:
    """A turn: rules from the `system`, a task from the `user`, an answer of the `assistant`."""

    role: Literal["system", "user", "assistant"]
    text: str


class LanguageModel(Protocol):
    """Writes text. Threads may share one."""

    @property
    def name(self) -> str:
        """As answers name it."""
        ...

    @property
    def context_window(self) -> int:
        """How many tokens prompt and answer may have together."""
        ...

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """What the model says, piece by piece, without its thoughts.

        Raises:
            LanguageModelError: It fails, or takes longer than its time limits.
        """
        ...


def open_model(settings: Settings) -> LanguageModel | None:
    """Opens the model that the settings name; None where answers are extracted.

    Raises:
        ConfigError: `generator` is `llm` and no `llm_model` is named.
        ModelError: A local model is not installed, or what runs it is not.
    """
    if settings.generator == "extractive":
        return None
    from lhassist.llm.llama_index import open_server

    return open_server(settings)
