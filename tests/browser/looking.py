"""What is looked at on every page: the console, where requests went, axe's findings, the width, heading and title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Response

#: What stands in a window's title between the page's own and the campus's name.
DASH = " \N{EN DASH} "
#: What is measured before would be measured in a font of this machine; a frame later the page has settled in it.
FONTS_HAVE_COME = """document.fonts.ready.then(
  () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))))"""
PHONE, DESK = (390, 844), (1280, 900)
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN_AXE = "options => axe.run(document, options).then(result => result.violations)"
#: Words that stand on two lines, though nothing in them lets a line end there; dates are kept whole by their spaces.
_TORN = r"""() => [...document.querySelectorAll("article :is(h1, h2, h3, dd, th, td)")].flatMap(one => {
  if (one.closest("thead, .sb-visually-hidden") || !one.checkVisibility()) return [];
  const found = [], texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  for (let text; text = texts.nextNode();)
    for (const word of text.data.replaceAll("\u00a0", "_").matchAll(/(?<=^|\s)[\p{L}\p{N}_]{4,}(?=[,;:]?(\s|$))/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter(box => box.width > 1).map(box => Math.round(box.top)));
      if (lines.size > 1) found.push(word[0]);
    }
  return found;
})"""
_OF_THE_PAGE_ITSELF = "Failed to load resource"
#: What Chromium calls a request whose page was left before the answer came.
_LEFT_BEFORE = "net::ERR_ABORTED"


@dataclass
class Visit:
    """One opened page, and everything about it that is not as it should be."""

    tab: Page
    host: str
    status: int = 200
    wrong: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Write down what the console says, requests elsewhere, and requests that fail."""
        self.tab.on("console", lambda message: self._said(message.type, message.text))
        self.tab.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.tab.on("request", lambda request: self._asked(request.url))
        self.tab.on("requestfailed", lambda request: self._failed(request.url, request.failure or ""))
        self.tab.on("response", self._answered)

    def look(self, where: str, sizes: Sequence[tuple[int, int]] = (PHONE, DESK)) -> None:
        """Look at the page as it stands, at these sizes; `where` is what its title must say."""
        self.tab.evaluate(import_module("axe_playwright_python.base").AXE_SCRIPT)
        for width, height in sizes:
            self.tab.set_viewport_size({"width": width, "height": height})
            self.tab.evaluate(FONTS_HAVE_COME)
            # Colours are the same at every width, and comparing them takes axe longer than all else.
            found = [*self._found(where, width), *self._violations(colours=width == sizes[0][0])]
            self.wrong += [f"at {width} px: {one}" for one in found]

    def leave(self) -> None:
        """Wait for what is still under way, close the page, and fail with all that was wrong."""
        self.tab.wait_for_load_state("networkidle")
        address = self.tab.url
        self.tab.close()
        assert self.wrong == [], address

    def _found(self, where: str, width: int) -> list[str]:
        seen = self.tab.evaluate(
            "() => [document.scrollingElement.scrollWidth, document.querySelectorAll('h1').length, document.title,"
            " [...document.querySelectorAll('.sb-table-box')].filter(box => box.scrollWidth > box.clientWidth).length]"
        )
        found = []
        if seen[0] > width:
            found.append(f"the page is {seen[0]} px wide")
        if seen[1] != 1:
            found.append(f"{seen[1]} headings of the first rank")
        if not seen[2].startswith(where + DASH):
            found.append(f"the title is “{seen[2]}”, not “{where}{DASH}…”")
        if torn := self.tab.evaluate(_TORN):
            found.append(f"words stand on two lines: {', '.join(torn[:5])}")
        if seen[3]:
            found.append(f"{seen[3]} tables are wider than the page has room for")
        return found

    def _violations(self, *, colours: bool) -> list[str]:
        options = {
            "runOnly": _RULES,
            "rules": {"color-contrast": {"enabled": colours}},
            "resultTypes": ["violations"],
            "preload": False,
        }
        return [_told(violation) for violation in self.tab.evaluate(_RUN_AXE, options)]

    def _said(self, kind: str, text: str) -> None:
        expected = self.status != 200 and text.startswith(_OF_THE_PAGE_ITSELF)
        if kind in ("error", "warning") and not expected:
            self.wrong.append(f"console {kind}: {text}")

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.wrong.append(f"asked elsewhere: {url}")

    def _failed(self, url: str, why: str) -> None:
        if why != _LEFT_BEFORE:
            self.wrong.append(f"failed: {url} {why}")

    def _answered(self, response: Response) -> None:
        expected = self.status if response.request.is_navigation_request() else 200
        if response.status >= 400 and response.status != expected:
            self.wrong.append(f"{response.status}: {response.url}")


def visit(context: BrowserContext, address: str, path: str, *, status: int = 200) -> Visit:
    """Open a page of the gate in a new tab."""
    opened = Visit(context.new_page(), urlsplit(address).netloc, status)
    opened.listen()
    answer = opened.tab.goto(address + path, wait_until="load")
    if answer is None or answer.status != status:
        opened.wrong.append(f"status {answer.status if answer else 'none'}, not {status}")
    return opened


def _told(violation: dict[str, Any]) -> str:
    places = "; ".join(str(node["target"]) for node in violation["nodes"][:3])
    return f"{violation['id']}: {violation['help']} ({places})"
