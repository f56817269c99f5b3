"""What the service counts; the only door to the Prometheus client."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from lhassist.schema import Answer

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """The counters of one service, in a registry of their own.

    Labels take few values: routes by their pattern, never a question or an address.
    """

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        registry = CollectorRegistry()
        self._registry = registry
        self._requests = Counter(
            "lhassist_requests", "HTTP requests", ["method", "route", "status"], registry=registry
        )
        self._request_seconds = Histogram(
            "lhassist_request_seconds",
            "Time to the end of a response",
            ["route"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._answers = Counter(
            "lhassist_answers",
            "Answers by how they are put",
            ["status", "form", "generator", "fallback"],
            registry=registry,
        )
        self._stage_seconds = Histogram(
            "lhassist_stage_seconds",
            "Time of the stages of an answer",
            ["stage"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._documents = Gauge("lhassist_documents", "Articles in use", registry=registry)
        self._passages = Gauge("lhassist_passages", "Passages in use", registry=registry)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts a request that has been answered."""
        self._requests.labels(method, route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def answer(self, answer: Answer) -> None:
        """Counts an answer."""
        generator = answer.generator.partition(":")[0]
        self._answers.labels(answer.status, answer.form, generator, answer.fallback or "").inc()
        for stage, ms in answer.timings_ms:
            self._stage_seconds.labels(stage).observe(ms / 1000)

    def exposition(self, *, documents: int, passages: int) -> bytes:
        """Everything in Prometheus' text format.

        Args:
            documents: Articles in use now.
            passages: Passages in use now.
        """
        self._documents.set(documents)
        self._passages.set(passages)
        return generate_latest(self._registry)
