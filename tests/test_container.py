"""The container's files name settings and paths that exist; no container engine is asked."""

from __future__ import annotations

import re

import yaml

from lhassist.config import Settings
from tests.conftest import REPOSITORY

_VARIABLE = re.compile(r"LHASSIST_([A-Z_]+)(?=[=:])")


def test_every_variable_is_a_setting() -> None:
    for name in ("Dockerfile", "compose.yaml"):
        text = (REPOSITORY / name).read_text("utf-8")
        named = {found.lower() for found in _VARIABLE.findall(text)}
        assert named
        assert named <= set(Settings.model_fields)


def test_what_is_copied_is_there_and_not_ignored() -> None:
    text = (REPOSITORY / "Dockerfile").read_text("utf-8")
    kept = (REPOSITORY / ".dockerignore").read_text("utf-8").splitlines()
    for line in re.findall(r"^COPY (?!--from)(?:--\S+ )?(.+) \S+$", text, re.MULTILINE):
        for name in line.split():
            assert (REPOSITORY / name).exists()
            assert f"!{name}" in kept


def test_the_service_runs_as_nobody_on_a_file_system_that_is_only_read() -> None:
    text = (REPOSITORY / "Dockerfile").read_text("utf-8")
    assert text.index("USER lhassist") < text.index('CMD ["lhassist"')
    services = yaml.safe_load((REPOSITORY / "compose.yaml").read_text("utf-8"))["services"]
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
    assert services["lhassist"]["ports"] == ["127.0.0.1:7860:7860"]
