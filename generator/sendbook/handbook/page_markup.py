"""What is wrong with a page as HTML, told where it is in the page's own Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from sendbook.campus import markdown_lines
from sendbook.campus.problems import Problem
from sendbook.campus.unseen import REMEDY, unseen_lines
from sendbook.handbook.allowed_html import Refused, Wrong, refused
from sendbook.handbook.edition import SourcePage
from sendbook.handbook.rendering import rendered

_SAID = {
    Wrong.HTML: ("This kind of HTML isn't allowed on a page.", "Write it in Markdown."),
    Wrong.ATTRIBUTE: (
        "This gives a piece of the page attributes that none may have.",
        "Say it in Markdown; braces may hold only a heading's place and what it answers.",
    ),
    Wrong.SCHEME: ("A link can't start like this.", "Link to a page, or to an https address."),
    Wrong.OTHER_HOST: (
        "This would be fetched from another website, or leads there without saying so.",
        "Put the picture into the handbook folder, or write the whole address, https:// and all.",
    ),
}


def hidden_letters(page: SourcePage) -> Iterator[Problem]:
    """Characters in a page that nobody sees, at its top and below."""
    for text, first_line in ((page.top, 1), (page.body, page.body_line)):
        for line, column, one in unseen_lines(text, first_line):
            yield problem_on(page, one.code, line, column, one.message, REMEDY)


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
