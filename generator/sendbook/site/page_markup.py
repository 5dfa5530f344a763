"""What is wrong with a page as HTML, told where it is in the page's own Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from sendbook.campus import markdown_lines
from sendbook.campus.problems import Problem
from sendbook.site.allowed_html import Refused, Wrong, refused
from sendbook.site.edition import SourcePage
from sendbook.site.rendering import rendered

# Marks that turn the letters after them round, shut them off from those before, or are never seen at all.
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufff9-\ufffb]")
_SAID = {
    Wrong.HTML: ("HTML of this kind has no place on a page.", "Say it in Markdown."),
    Wrong.ATTRIBUTE: (
        "This gives a piece of the page attributes that none may have.",
        "Say it in Markdown; braces may hold only a heading's place and what it answers.",
    ),
    Wrong.SCHEME: ("A link may not begin like this.", "Link to a page, or to an https address."),
    Wrong.OTHER_HOST: (
        "This would be fetched from another host, or leads there without saying so.",
        "Put the picture into the handbook folder, or write the whole address, https:// and all.",
    ),
}


def hidden_letters(page: SourcePage) -> Iterator[Problem]:
    """Marks that nobody sees and that make a text read otherwise than it is written."""
    message = "There is a mark here that nobody sees, and that makes the words read otherwise than they are written."
    remedy = "Delete the word with what is right before and after it, and type it again."
    for number, line in enumerate(page.body.split("\n"), page.body_line):
        found = _HIDDEN.search(line)
        if found:
            yield problem_on(page, "hidden-letter", number, found.start() + 1, message, remedy)
    for name, text in (("title", page.title), ("summary", page.summary)):
        if _HIDDEN.search(text):
            yield problem_on(page, "hidden-letter", 1, 1, message, remedy, pointer=f"/{name}")


def markup_problems(page: SourcePage, text: str) -> Iterator[Problem]:
    """Whatever is not on the list of what a page may be made of; ``text`` is an edition's body, its macros said."""
    source = _Source(page)
    for one in refused(rendered(text)):
        line, column = source.place(one)
        message, remedy = _SAID[one.wrong]
        yield problem_on(page, one.wrong.value, line, column, message, remedy, found=one.name)


@dataclass(slots=True)
class _Source:
    """The page's own text without code, in which each thing refused is looked for behind the last of its kind."""

    page: SourcePage
    text: str = ""
    done: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = {line.number: line.text for line in markdown_lines.lines(self.page.body, self.page.body_line)}
        count = self.page.body.count("\n") + 1
        self.text = "\n".join(rows.get(self.page.body_line + row, "") for row in range(count))

    def place(self, one: Refused) -> tuple[int, int]:
        """Line and column; of what can't be found again, where the text begins."""
        for text in (self.text, self.page.body):
            for sought in dict.fromkeys(
                (one.written, unescape(one.written), one.written.split("\n")[0], one.name[:-1])
            ):
                at = text.find(sought, self.done.get(sought, 0)) if sought else -1
                if at >= 0:
                    self.done[sought] = at + len(sought)
                    return self.page.body_line + text.count("\n", 0, at), at - text.rfind("\n", 0, at)
        return self.page.body_line, 1


def problem_on(
    page: SourcePage,
    code: str,
    line: int,
    column: int,
    message: str,
    remedy: str,
    *,
    found: str = "",
    pointer: str = "",
) -> Problem:
    """What is wrong at a place of a page."""
    return Problem(
        code=code,
        path=f"handbook/{page.path}",
        line=line,
        column=column,
        message=message,
        remedy=remedy,
        found=found,
        pointer=pointer,
    )
