from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.access import refusal, require_operator
from lhassist.config import Settings
from lhassist.errors import ConfigError, NotOperator

TOKEN = "a-token_0123456789.abcdef"
LOCAL = {"Host": "127.0.0.1:7860"}


@pytest.fixture
def without_token() -> Settings:
    return Settings(host="127.0.0.1")


@pytest.fixture
def with_token() -> Settings:
    return Settings(host="0.0.0.0", operator_token=TOKEN)


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost:7860", "[::1]:7860", "localhost"])
@pytest.mark.parametrize("client", ["127.0.0.1", "127.8.9.1", "::1"])
def test_whoever_sits_at_the_machine_is_the_operator(host: str, client: str) -> None:
    for listening in ("127.0.0.1", "localhost", "::1"):
        settings = Settings(host=listening)
        assert refusal(settings, {"host": host}, client) is None
        assert refusal(settings, {"host": host, "origin": f"http://{host}"}, client) is None
        same_origin = {"host": host, "sec-fetch-site": "same-origin"}
        assert refusal(settings, same_origin, client) is None


@pytest.mark.parametrize("listening", ["0.0.0.0", "::", "192.168.1.5", "luohe.example", ""])
def test_a_service_for_the_network_has_no_operator_without_a_token(listening: str) -> None:
    assert refusal(Settings(host=listening), LOCAL, "127.0.0.1") == "network"


@pytest.mark.parametrize("client", ["192.168.1.7", "2001:db8::1", "", "testclient", None])
def test_nobody_else_is_the_operator_without_a_token(
    without_token: Settings, client: str | None
) -> None:
    assert refusal(without_token, LOCAL, client) == "network"


@pytest.mark.parametrize(
    "header",
    ["Forwarded", "X-Forwarded-For", "x-forwarded-host", "X-Forwarded", "X-Real-IP", "Via"],
)
def test_a_request_that_a_proxy_passed_on_is_not_local(
    without_token: Settings, header: str
) -> None:
    # A server that trusts the header puts the visitor's address in place of the proxy's.
    for client in ("127.0.0.1", "203.0.113.9"):
        assert refusal(without_token, {**LOCAL, header: ""}, client) == "proxy"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "luohe.example:7860"},
        {"Host": "127.0.0.1.luohe.example"},
        {"Host": "localhost@luohe.example"},
        {"Host": "[::1"},
        {**LOCAL, "Origin": "https://luohe.example"},
        {**LOCAL, "Origin": "http://127.0.0.1:9999"},
        {**LOCAL, "Origin": "null"},
        {**LOCAL, "Origin": ""},
        {**LOCAL, "Sec-Fetch-Site": "cross-site"},
        {**LOCAL, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_what_another_site_may_have_sent_is_refused(
    without_token: Settings, headers: dict[str, str]
) -> None:
    assert refusal(without_token, headers, "127.0.0.1") == "origin"


def test_with_a_token_it_decides_alone(with_token: Settings) -> None:
    far = {"Host": "luohe.example", "X-Forwarded-For": "203.0.113.9"}
    for scheme in ("Bearer", "bearer"):
        assert refusal(with_token, {**far, "Authorization": f"{scheme} {TOKEN}"}, None) is None
    assert refusal(with_token, LOCAL, "127.0.0.1") == "token"


@given(st.text())
def test_no_other_text_is_the_token(given_text: str) -> None:
    settings = Settings(operator_token=TOKEN)
    for header in (given_text, f"Bearer {given_text}", f"Basic {TOKEN}", TOKEN):
        if header.removeprefix("Bearer ").strip() != TOKEN or not header.startswith("Bearer "):
            assert refusal(settings, {"authorization": header}, "127.0.0.1") == "token"


def test_the_error_names_the_rule_and_the_way(without_token: Settings) -> None:
    require_operator(without_token, LOCAL, "127.0.0.1")
    with pytest.raises(NotOperator, match="proxy") as caught:
        require_operator(without_token, {**LOCAL, "Forwarded": "for=203.0.113.9"}, "127.0.0.1")
    assert caught.value.reason == "proxy"
    assert "LHASSIST_OPERATOR_TOKEN" in caught.value.hint


@pytest.mark.parametrize(
    "token", ["", "short", "漯河漯河漯河漯河漯河漯河漯河漯河", "with a space in it"]
)
def test_a_token_that_can_be_guessed_or_does_not_fit_is_none(
    token: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LHASSIST_OPERATOR_TOKEN", token)
    with pytest.raises(ConfigError, match="operator_token"):
        Settings.load()


def test_the_token_is_not_written_where_settings_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LHASSIST_OPERATOR_TOKEN", TOKEN)
    settings = Settings.load()
    assert settings.operator_token is not None
    assert settings.operator_token.get_secret_value() == TOKEN
    assert TOKEN not in repr(settings) + str(settings.model_dump()) + settings.model_dump_json()
