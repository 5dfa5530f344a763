"""What may be wrong in the handbook, before the engine is started.

Pages are words with headings, lists, tables and pictures, so that any Markdown program can build them and
none of them can run anything in a reader's browser. What is not on that list is refused here by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from sendbook.campus import markdown_lines
from sendbook.campus.problems import Problem
from sendbook.campus.unseen import UNSEEN
from sendbook.handbook import folder as handbook
from sendbook.handbook import torn_markdown
from sendbook.handbook.allowed_html import SCHEMES_ALLOWED
from sendbook.handbook.config_problems import config_problems
from sendbook.handbook.edition import SourcePage, block_problems, cut_blocks, link_problems
from sendbook.handbook.macros import MacroValues, expand
from sendbook.handbook.page_markup import hidden_letters, markup_problems, problem_on
from sendbook.handbook.pasted_addresses import IN_WORDS, is_torn, torn_addresses

#: Codes that ask for attention and stop nothing.
WARNINGS = frozenset({"approval-missing", "review-missing", "review-lapsed", IN_WORDS, UNSEEN, *torn_markdown.WARNINGS})

# Who is asked for where a page does not say whom it is for.
_NARROWEST = ("staff",)
TAGS_ALLOWED = frozenset({"abbr", "br", "kbd", "sub", "sup"})

_TAG = re.compile(r"<\s*/?\s*([a-zA-Z][\w-]*)(?=[\s/>]|$)([^>]*)")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_IMAGE_BY_NAME = re.compile(r"!\[[^\]]*\]\s?\[")
# A double brace, and one with a sign, are macros' business.
_BRACE = re.compile(r"(?<![\\{])\{(?![{%#])")
# What the handbook may hold and no page can show as a picture.
_NO_PICTURES = (".md", ".pdf")
_SNIPPET = re.compile(r"-+8<-+")


def handbook_problems(
    root: Path,
    *,
    schema: Mapping[str, object],
    values: Mapping[str, MacroValues],
    on: date,
    found: handbook.Handbook | None = None,
    known_as_html: bool = False,
) -> tuple[Problem, ...]:
    """Everything wrong with the handbook and mkdocs.yml of the campus at ``root``, paths relative to it.

    ``values`` are what the macros say, by edition; ``found`` is the handbook where the caller has read it.
    ``known_as_html`` says that the same pages were found right as HTML before.
    """
    found = found or handbook.read(root, schema)
    problems = [*found.problems, *config_problems(root)]
    for page in (*found.pages, *(replace(one, editions=one.editions or _NARROWEST) for one in found.unsound)):
        problems += page_problems(page, values, on, known_as_html=known_as_html)
    unread = {problem.path.removeprefix("handbook/") for problem in found.problems}
    unread -= {page.path for page in found.pages}
    problems += link_problems((*found.pages, *found.unsound), found.files, unread)
    return tuple(problems)


def page_problems(
    page: SourcePage, values: Mapping[str, MacroValues], on: date, *, known_as_html: bool = False
) -> Iterator[Problem]:
    """What is wrong with one page by itself."""
    say = _teller(page)
    written = [
        *block_problems(page),
        *_macros(page, values),
        *_markup(page, say),
        *_attributes(page, say),
        *_links(page, say),
        *_headings(page, say),
        *_torn(page, say),
        *hidden_letters(page),
    ]
    yield from written
    told = {problem.line for problem in written}
    if not known_as_html:
        yield from (problem for problem in _as_html(page, values) if problem.line not in told)
    yield from _facts(page, values[page.editions[0]], on, say)


def _as_html(page: SourcePage, values: Mapping[str, MacroValues]) -> Iterator[Problem]:
    """What is wrong with the page as a reader's browser would get it, in any edition; each place is told once."""
    texts = {expand(cut_blocks(page.body, edition), values[edition])[0]: edition for edition in page.editions}
    told = set()
    for text in texts:
        for problem in markup_problems(page, text):
            place = (problem.code, problem.line, problem.column)
            if place not in told:
                told.add(place)
                yield problem


def _macros(page: SourcePage, values: Mapping[str, MacroValues]) -> Iterator[Problem]:
    """What an edition's readers may not see is not there for that edition's text; each place is told once."""
    told = set()
    for edition in page.editions:
        body = cut_blocks(page.body, edition)
        for problem in expand(body, values[edition], path=f"handbook/{page.path}", first_line=page.body_line)[1]:
            place = (problem.line, problem.column)
            if place not in told:
                told.add(place)
                yield problem


def _torn(page: SourcePage, say: _Say) -> Iterator[Problem]:
    """Lists, tables and headings that would not come out as they were meant."""
    for line, column, code in torn_markdown.torn(page.body, page.body_line):
        yield say(code, line, *torn_markdown.SAID[code], column)


_Say = Callable[..., Problem]


def _teller(page: SourcePage) -> _Say:
    def say(code: str, line: int, message: str, remedy: str, column: int = 1, *, found: str = "") -> Problem:
        return problem_on(page, code, line, column, message, remedy, found=found)

    return say


def _markup(page: SourcePage, say: _Say) -> Iterator[Problem]:
    for number, text in enumerate(page.body.split("\n"), start=page.body_line):
        if _SNIPPET.search(text):
            remedy = "Copy the text in, or link to the page that has it."
            yield say("snippet", number, "This would put another file from this machine on the page.", remedy)
    for line in markdown_lines.lines(page.body, page.body_line):
        if line.fence is not None and line.fence.lower() == "mermaid":
            remedy = "Put the diagram in as a picture with a description."
            yield say("mermaid", line.number, "This kind of drawing is fetched from another website.", remedy)
        for tag in _TAG.finditer(line.text):
            if tag.group(1).lower() not in TAGS_ALLOWED or "=" in tag.group(2).replace("title=", "", 1):
                message, found = "This kind of HTML isn't allowed on a page.", f"<{tag.group(1)}>"
                yield say("html", line.number, message, "Write it in Markdown.", tag.start() + 1, found=found)


def _attributes(page: SourcePage, say: _Say) -> Iterator[Problem]:
    """Braces give what is before them attributes, a style or a script among them: headings alone may have some."""
    marked = {
        heading.line: heading.column
        for heading in markdown_lines.headings(page.body, page.body_line)
        if heading.column is not None
    }
    for line in markdown_lines.lines(page.body, page.body_line):
        allowed = marked.get(line.number)
        text = line.text if allowed is None else line.text[: allowed - 1].rstrip().removesuffix(":").removesuffix("{")
        found = _BRACE.search(text)
        if found:
            message = "Braces may hold only a macro or, at a heading's end, its place and what it answers."
            remedy = 'Write ## How we find out { #find-out data-answers="SENIR-2" }, or put \\ before the brace.'
            yield say("attributes", line.number, message, remedy, found.start() + 1)


def _links(page: SourcePage, say: _Say) -> Iterator[Problem]:
    for torn in torn_addresses(page.body, page.body_line):
        yield say(torn.code, torn.line, torn.message, torn.remedy, torn.column, found=torn.written)
    for link in markdown_lines.links(page.body, page.body_line):
        if is_torn(link.target):
            continue
        scheme = _SCHEME.match(link.target)
        elsewhere = link.target.startswith("//") or scheme is not None
        if scheme is not None and scheme.group(1).lower() not in SCHEMES_ALLOWED:
            message, remedy = "A link can't start like this.", "Link to a page, or to an https address."
            yield say("link-scheme", link.line, message, remedy, link.column, found=f"{scheme.group(1)}:")
        elif not (link.image and elsewhere) and link.target.startswith("/"):
            message, remedy = (
                "A link inside the handbook must be relative.",
                "Name the file next to this page, for example 02-roles.md.",
            )
            yield say("link-absolute", link.line, message, remedy, link.column)
        elif link.image:
            yield from _picture(link, say, elsewhere=elsewhere)
        if link.image and not link.text.strip():
            remedy = "Say in a few words what it shows: ![A student reading with a ruler](reading.jpg)."
            message = "This picture has no description for people who can't see it."
            yield say("image-text", link.line, message, remedy, link.column)
    for line in markdown_lines.lines(page.body, page.body_line):
        if _IMAGE_BY_NAME.search(line.text):
            remedy = "Write the picture's file name in round brackets."
            yield say("image-name", line.number, "A picture must name its file where it is used.", remedy)


def _picture(link: markdown_lines.Link, say: _Say, *, elsewhere: bool) -> Iterator[Problem]:
    """What is wrong with the file that a picture names; whether it is there is asked with all links."""
    if elsewhere:
        message, remedy = (
            "This picture would be fetched from another website.",
            "Put the picture into the handbook folder and name it here.",
        )
        yield say("other-host", link.line, message, remedy, link.column)
    elif link.target.partition("#")[0].lower().endswith(_NO_PICTURES):
        message, remedy = (
            "The file named here is not a picture.",
            "Name a picture, or take the ! out to link to the file.",
        )
        yield say("not-a-picture", link.line, message, remedy, link.column, found=link.target)


def _headings(page: SourcePage, say: _Say) -> Iterator[Problem]:
    before, titles = 1, 0
    for heading in markdown_lines.headings(page.body, page.body_line):
        titles += heading.level == 1
        if heading.level > before + 1:
            message = f"This heading skips a level: from {before} to {heading.level}."
            remedy = f"Use {before + 1} # marks; the style sheet sets the size."
            yield say("heading-skips", heading.line, message, remedy)
        elif heading.level == 1 and titles == 2:
            yield say("heading-title", heading.line, "A page can only have one title.", "Use two # marks here.")
        before = heading.level


def _facts(page: SourcePage, values: MacroValues, on: date, say: _Say) -> Iterator[Problem]:
    if page.owner and page.owner not in values.people:
        remedy = f"Name one of the contacts in campus.yml: {', '.join(sorted(values.people)) or 'none yet'}."
        message = "Nobody is named to look after this page."
        yield say("owner-unknown", 1, message, remedy, found=page.owner)
    if page.document:
        return  # a document's approval and reviews are a rule's business
    if not page.approved_on:
        remedy = "Have it approved, and set approved_on to that day."
        yield say("approval-missing", 1, "Nobody has approved this page yet.", remedy)
    if page.review_by is None:
        remedy = "Add review_by with a date, usually a year after approved_on."
        yield say("review-missing", 1, "The page does not say when it is next reviewed.", remedy)
    elif date.fromisoformat(page.review_by) < on:
        remedy = "Check it, change what is out of date, and set approved_on and review_by."
        message = "The page is overdue for review."
        yield say("review-lapsed", 1, message, remedy, found=page.review_by)
