"""Who may change the collection: the operator, known by a token or by sitting at this machine.

Where `operator_token` is set, a request must carry it: `Authorization: Bearer …`. Where it is not,
the operator is whoever uses the machine that the service runs on, and nobody else: the service
listens on a loopback address, the request comes from one, no proxy has passed it on, and it names
this machine as its host and its origin, so that no page of another site can have sent it.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlsplit

from lhassist.config import Settings
from lhassist.errors import NotOperator

Refusal = Literal["token", "network", "proxy", "origin"]
"""Why a request is not the operator's: it carries no token, or a wrong one; it comes over the
network; a proxy passed it on; a page of another site may have sent it."""

_SCHEME = "bearer"

_PROXY_HEADERS = frozenset(
    {
        "cf-connecting-ip",
        "fastly-client-ip",
        "forwarded",
        "true-client-ip",
        "via",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-original-host",
        "x-real-ip",
    }
)
_PROXY_PREFIXES = ("x-forwarded", "x-envoy-")

_MESSAGES: Mapping[Refusal, tuple[str, str]] = {
    "token": (
        "the request does not carry the operator's token",
        "send the header Authorization: Bearer TOKEN, with the token that operator_token sets",
    ),
    "network": (
        "without a token, only the machine that the service runs on may change the collection",
        "set operator_token (LHASSIST_OPERATOR_TOKEN) and send it as Authorization: Bearer TOKEN",
    ),
    "proxy": (
        "behind a proxy, nobody may change the collection without a token",
        "set operator_token (LHASSIST_OPERATOR_TOKEN) and send it as Authorization: Bearer TOKEN",
    ),
    "origin": (
        "the request may come from a page of another site",
        "open the page at the address that the service names when it starts",
    ),
}


def refusal(settings: Settings, headers: Mapping[str, str], client: str | None) -> Refusal | None:
    """Why a request may not change the collection.

    Args:
        settings: Say which token is asked for, and where the service listens.
        headers: The request's.
        client: The address at the other end of the connection; None where it is not known.

    Returns:
        None where it is the operator's.
    """
    given = {name.lower(): value for name, value in headers.items()}
    if settings.operator_token is not None:
        expected = settings.operator_token.get_secret_value()
        return None if _carries(given.get("authorization", ""), expected) else "token"
    if not _is_loopback(settings.host):
        return "network"
    if any(name in _PROXY_HEADERS or name.startswith(_PROXY_PREFIXES) for name in given):
        return "proxy"
    if not _is_loopback(client or ""):
        return "network"
    return None if _is_from_here(given) else "origin"


def require_operator(settings: Settings, headers: Mapping[str, str], client: str | None) -> None:
    """Lets only the operator's requests pass; takes what `refusal` takes.

    Raises:
        NotOperator: The request is not the operator's; `reason` is the `Refusal`.
    """
    reason = refusal(settings, headers, client)
    if reason is not None:
        message, hint = _MESSAGES[reason]
        raise NotOperator(message, reason=reason, hint=hint)


def _carries(authorization: str, token: str) -> bool:
    scheme, _, given = authorization.partition(" ")
    # Compared in a time that does not tell how much of it is right.
    same = secrets.compare_digest(given.strip().encode(), token.encode())
    return same and scheme.lower() == _SCHEME


def _is_from_here(headers: Mapping[str, str]) -> bool:
    """Whether the request was meant for this machine and sent by this service's own page, or none.

    A name of another site that was made to lead to this machine (DNS rebinding) stands in `Host`; a
    form or script of another site (CSRF) tells its site in `Origin` or `Sec-Fetch-Site`.
    """
    host = headers.get("host", "")
    if not _is_loopback(_host_name(f"//{host}")):
        return False
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin.lower() in {
        f"{scheme}://{host}" for scheme in ("http", "https")
    }


def _host_name(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
