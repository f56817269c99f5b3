"""Spans for OpenTelemetry, where it is installed; the only door to it.

Spans are written when a stage has ended, from the times that are measured anyway. They carry no
text of a question or an answer.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from typing import Any


def record(name: str, stages: Iterable[tuple[str, float]], attributes: dict[str, str]) -> None:
    """Writes a span that ends now, and below it one for each of its stages, in their order.

    Args:
        name: Of the whole.
        stages: Each with its milliseconds; the last one ended now.
        attributes: Of the whole.
    """
    tracer = _tracer()
    if tracer is None:
        return
    from opentelemetry.trace import set_span_in_context

    stages = list(stages)
    end = time.time_ns()
    begin = end - int(1e6 * sum(ms for _, ms in stages))
    whole = tracer.start_span(name, start_time=begin, attributes=attributes)
    inside = set_span_in_context(whole)
    for stage, ms in stages:
        until = begin + int(1e6 * ms)
        tracer.start_span(f"{name}.{stage}", context=inside, start_time=begin).end(until)
        begin = until
    whole.end(end)


@cache
def _tracer() -> Any:
    if find_spec("opentelemetry") is None:
        return None
    from opentelemetry import trace

    return trace.get_tracer("lhassist")
