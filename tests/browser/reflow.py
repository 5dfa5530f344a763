"""Pages as a reader may have them set: narrow, with their own spacing, or in a wide font; and what doesn't fit then."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

_SHEET = re.compile(r"/assets/sendbook\.\w+\.css$")
_FACE = re.compile(r"@font-face \{[^}]*\}")

#: What WCAG 1.4.12 lets a reader set without losing anything.
_SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""
#: Our own face made a quarter wider, wider than any that devices read with: the same on every machine.
_WIDER = """
@font-face { font-family: "Sendbook Sans"; font-weight: 400; src: url("%s"); size-adjust: 125%%; }
@font-face { font-family: "Sendbook Sans"; font-weight: 600 700; src: url("%s"); size-adjust: 128%%; }
"""

#: What is wider than the page or its box, or is cut off: of the page, its tables, and every element that is shown.
UNFIT = r"""() => {
  const UNSEEN = ".sb-visually-hidden, .sb-stack thead"; // there for those who hear the page
  const found = [], room = document.documentElement.clientWidth;
  const said = one => `${one.localName}.${one.className} “${one.textContent.trim().slice(0, 40)}”`;
  const page = document.scrollingElement.scrollWidth;
  if (page > room) found.push(`the page is ${page} px`);
  for (const one of document.querySelectorAll("body *")) {
    if (one.closest(`${UNSEEN}, .sb-skip, .md-search, .md-dialog, svg`) || !one.checkVisibility()) continue;
    const style = getComputedStyle(one);
    if (one.clientWidth < 2 || style.display === "inline") continue;
    const wide = one.scrollWidth > one.clientWidth + 1, tall = one.scrollHeight > one.clientHeight + 1;
    if (wide && !one.closest(".sb-table-box[tabindex='0']")) found.push(`wider than its box: ${said(one)}`);
    const scrolls = room > 480 && one.tabIndex === 0 && one.ariaLabel; // on a phone no table does
    if (wide && one.matches(".sb-table-box") && !scrolls) found.push(`table wider than its box: ${said(one)}`);
    if (tall && /hidden|clip/.test(style.overflowY)) found.push(`cut off below: ${said(one)}`);
  }
  return [...new Set(found)].slice(0, 6);
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A width, and what is added to our style sheet."""

    width: int
    spaced: bool = False
    wider: bool = False

    def __str__(self) -> str:
        return f"{self.width} px{', spaced' * self.spaced}{', in a wide font' * self.wider}"

    def apply(self, tab: Page) -> None:
        """Set the tab so, for all pages it opens from now on."""
        tab.set_viewport_size({"width": self.width, "height": 800})
        tab.route(_SHEET, lambda route: self._answer(route))

    def _answer(self, route: Route) -> None:
        answer = route.fetch()
        style = answer.text()
        if self.wider:
            fonts = re.findall(r'url\("?(sendbook-sans-[\w.-]+\.woff2)"?\)', style)
            style = _FACE.sub("", style) + _WIDER % tuple(fonts[:2])
        route.fulfill(response=answer, body=style + _SPACED * self.spaced)


PHONES = (
    Setting(width=320),
    Setting(width=320, spaced=True),
    Setting(width=320, wider=True),
    Setting(width=390, wider=True),
)
SETTINGS = (*PHONES, Setting(width=960, spaced=True))
