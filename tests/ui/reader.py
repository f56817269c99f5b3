"""Somebody at the page: what they press and what they see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit


class Reader:
    """One browser profile with the page open.

    `grant` names permissions, `script` runs before the page's own; `waits_for_examples` where the
    collection answers some.

    Attributes:
        page: Playwright's page.
        outside: Every address that was asked for beyond the page's own host.
        problems: What the browser's console complained of.
    """

    def __init__(
        self,
        browser: Any,
        address: str,
        *,
        locale: str = "zh-CN",
        width: int = 1280,
        height: int = 860,
        dark: bool = False,
        grant: Sequence[str] = (),
        script: str = "",
        headers: dict[str, str] | None = None,
        waits_for_examples: bool = True,
    ) -> None:
        self._context = browser.new_context(
            locale=locale,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            extra_http_headers=headers or {},
            permissions=list(grant),
        )
        if script:
            self._context.add_init_script(script)
        self._context.set_default_timeout(60_000)
        self.outside: list[str] = []
        self.problems: list[str] = []
        self._ready = ".lh[data-ready=true]"
        if waits_for_examples:
            self._ready += " .examples:not([hidden])"
        self._host = urlsplit(address).netloc
        self._context.on("request", self._note_request)
        self.page = self._context.new_page()
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on(
            "console",
            lambda line: self.problems.append(line.text) if line.type == "error" else None,
        )
        self.page.goto(address)
        self.wait_until_ready()

    def _note_request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._host:
            self.outside.append(request.url)

    def close(self) -> None:
        self._context.close()

    def wait_until_ready(self) -> None:
        self.page.wait_for_selector(self._ready, state="attached")

    def ask(self, question: str) -> None:
        """Types a question, presses Enter and waits for the whole answer."""
        turns = self.page.locator(".turn").count()
        self.page.fill("#lh-question", question)
        self.page.press("#lh-question", "Enter")
        self.page.wait_for_selector(f".turn:nth-child({turns + 1}) .reply[aria-busy=false]")

    def said(self) -> str:
        """The last answer without its marks."""
        sentences = self.page.locator(".turn:last-child .said").inner_text()
        return "".join(part.split("]")[-1] for part in sentences.split("["))

    def open_mark(self, index: int, turn: str = ":last-child") -> None:
        """Clicks a mark of an answer and waits for its article."""
        self.page.locator(f".turn{turn} .said .cite").nth(index).click()
        self.wait_for_panel()

    def wait_for_panel(self) -> None:
        """Waits until the panel shows what was asked for last."""
        self.page.wait_for_selector(".panel .content[aria-busy=false]")

    def marked(self) -> str:
        """The text that is marked in the open article."""
        return "".join(self.page.locator(".panel mark").all_text_contents())

    def overflow(self) -> int:
        """Pixels by which the page is wider than its window."""
        return int(
            self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )
