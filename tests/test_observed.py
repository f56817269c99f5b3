"""What is logged and traced of an answer, and what is not."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from lhassist.assistant import Assistant
from lhassist.cli.logs import JsonLines

QUESTION = "漯河2024年上半年GDP增长多少？"


def test_a_question_is_logged_at_debug_alone(
    sample: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        sample.ask(QUESTION)
    lines = [(one.levelno, JsonLines().format(one)) for one in caplog.records]
    assert [level for level, line in lines if "GDP" in line] == [logging.DEBUG]
    told = next(json.loads(line) for _, line in lines if json.loads(line)["message"] == "answered")
    assert (told["status"], told["form"], told["level"]) == ("answered", "sentences", "INFO")
    assert told["retrieve_ms"] > 0


def test_an_answer_is_a_span_with_its_stages(sample: Assistant) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    sample.ask(QUESTION)
    spans = {one.name: one for one in exporter.get_finished_spans()}
    whole = spans["lhassist.ask"]
    stages = [spans["lhassist.ask.retrieve"], spans["lhassist.ask.answer"]]
    assert all(one.parent.span_id == whole.context.span_id for one in stages)
    assert whole.start_time == stages[0].start_time
    assert stages[0].end_time == stages[1].start_time
    assert dict(whole.attributes or {})["status"] == "answered"
    assert "GDP" not in "".join(one.to_json() for one in spans.values())


def test_the_command_line_logs_as_it_is_set(tmp_path: Path) -> None:
    config = tmp_path / "lhassist.toml"
    config.write_text('log_format = "json"\n', "utf-8")
    code = (
        "import logging, pathlib; from lhassist.cli.options import load_settings;"
        f"load_settings(None, pathlib.Path({str(config)!r}), 1);"
        "logging.getLogger('here').info('said', extra={'ms': 1.5}); logging.debug('unsaid')"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    (line,) = ran.stderr.splitlines()
    told = json.loads(line)
    assert (told["message"], told["ms"], told["level"]) == ("said", 1.5, "INFO")
