"""What all requests share."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import Request

from lhassist.access import require_operator
from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.jobs import Jobs
from lhassist.server.metrics import Metrics
from lhassist.speaking import Voice, is_installed, open_voice


@dataclass(slots=True)
class Service:
    """One service over one collection.

    Attributes:
        assistant: Answers.
        settings: As they were loaded.
        metrics: What is counted, for this service alone.
        jobs: Change the collection; readers get the new one when a job has ended.
    """

    assistant: Assistant
    settings: Settings
    metrics: Metrics = field(default_factory=Metrics)
    jobs: Jobs = field(init=False)

    def __post_init__(self) -> None:
        self.jobs = Jobs(self.settings, self.assistant.reload_if_changed)

    def current(self) -> Assistant:
        """The assistant over the generation that was published last."""
        self.assistant.reload_if_changed()
        return self.assistant

    def voice(self) -> Voice | None:
        """The voice, which says local names as the collection does.

        Returns:
            None where none is installed.

        Raises:
            ModelError: A file of it is another one.
            ConfigError: The settings name one that cannot be used.
        """
        if not is_installed(self.settings.models_dir):
            return None
        names = self.current().generation.gazetteer
        return open_voice(self.settings.models_dir, names, self.settings.voice)

    def let_operator_pass(self, request: Request) -> None:
        """Stops every request that may not change the collection.

        Raises:
            NotOperator: It may not.
        """
        client = request.client.host if request.client else None
        require_operator(self.settings, request.headers, client)
