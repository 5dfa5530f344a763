"""What every document for the public is asked: that it is whole, fresh, approved, public, and names nobody by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sendbook.campus.foundation import PERSON, STUDENT
from sendbook.checks.catalogue import BY_ID
from sendbook.checks.documents import Document, DocumentCase
from sendbook.checks.finding import PageSpot, Severity
from sendbook.checks.leaks.grouping import by_name, outermost, stands_again
from sendbook.checks.pointing import only_points
from sendbook.checks.rules.number_words import NUMBER
from sendbook.checks.rules.plain_words import jargon_in, reading_score, words_to_avoid
from sendbook.checks.rules.pupil_counts import FEW, counts_in
from sendbook.checks.rules.rule import HOUSE_RULE, STATE_FUNDED, Rule, Spot, rule
from sendbook.checks.rules.said import Said, said_on
from sendbook.checks.rules.unwritten import NOTES_TO_SELF, unwritten

if TYPE_CHECKING:
    from sendbook.checks.leaks.scan import Hit, Scanner

_APPROVAL = "Children and Families Act 2014 s.69(2); Equality Act 2010 Sch 10 para 3(4)"
_PUBLIC = "SEND Regulations 2014 reg 52"
#: Part 3 of the Children and Families Act and its Regulations.
_IN_FORCE = date(2014, 9, 1)
_DATA = "UK GDPR Art 5(1)(c)"
# That a word is somebody's name is known to those who may see the name, however public the page.
NAMES = ((STUDENT, "name"), (PERSON, "person_name"), (PERSON, "contact"))

_PLACEHOLDER = unwritten(
    *NOTES_TO_SELF,
    "to be (?:confirmed|completed|added|written)",
    marks=r"\b(?:insert|add|put|enter|type) (?:your |the )?"
    r"(?:name|text|date|link|number|details|address|school)s? here\b"
    r"|<insert[^>]*>|\[insert[^\]]*\]|_{3,}|\.{4,}|\?{2,}",
)
# Brackets that are no link, no address, no footnote and no picture: somebody meant to fill them in.
_BRACKETS = re.compile(r"(?<![\]\\!\w])\[(?!\^|https?:|www\.)[^\[\]]{3,}\](?![(\[:])")
_ROLL = re.compile(rf"\b(?P<count>{NUMBER})\s+(?:[a-z]+\s+){{0,3}}(?:on roll|on (?:the|our) (?:SEN )?register)\b", re.I)


@rule("DOC-01", "Only known items are answered", source=HOUSE_RULE, severity=Severity.ERROR, parts=())
def items_known(case: DocumentCase) -> Iterator[PageSpot]:
    """An item that is not in the catalogue is a slip of the pen, and the passage answers nothing."""
    for document in case.documents.values():
        for passage in document.passages:
            for item in passage.answers:
                if item not in BY_ID:
                    message = "This passage says that it answers an item there is not."
                    remedy = "Use an item of the catalogue, such as SENIR-2, SENIR-3a or SENIR-69bi."
                    yield document.spot(passage.line, message, remedy, column=passage.column, found=item)


@rule("DOC-02", "An item is answered in one place", source=HOUSE_RULE, parts=())
def answered_once(case: DocumentCase) -> Iterator[PageSpot]:
    """Two passages that claim one item soon say two things: one answers it, the other may be linked from there."""
    for document in case.documents.values():
        first: dict[str, int] = {}
        for passage in document.passages:
            for item in passage.answers:
                if item in first:
                    message = f"{item} is answered on line {first[item]} already."
                    remedy = "Let one passage answer it, take the mark off the other, and link from there if it helps."
                    yield document.spot(passage.line, message, remedy, column=passage.column)
                first.setdefault(item, passage.line)


@rule("DOC-03", "A passage that answers an item says something", source=HOUSE_RULE, severity=Severity.ERROR, parts=())
def passage_not_empty(case: DocumentCase) -> Iterator[PageSpot]:
    """A heading with nothing below it answers nothing."""
    for document in case.documents.values():
        for passage in document.passages:
            if passage.answers and not passage.words:
                message, remedy = (
                    "This is a heading with nothing below it.",
                    "Write the passage, or take the heading out.",
                )
                yield document.spot(passage.line, message, remedy, found=passage.title)


@rule("DOC-04", "A passage that answers an item says enough", source=HOUSE_RULE, parts=())
def passage_not_thin(case: DocumentCase) -> Iterator[PageSpot]:
    """One short sentence hardly tells a parent what happens, when, and who to ask."""
    fewest = case.threshold("fewest_words_a_passage")
    for document in case.documents.values():
        for passage in document.passages:
            if passage.answers and 0 < passage.words < fewest and not only_points(passage):
                message, remedy = (
                    f"This passage has fewer than {fewest} words.",
                    "Say what happens, when, and who to ask.",
                )
                yield document.spot(passage.line, message, remedy, found=passage.title)


@rule("DOC-05", "Nothing is left to be filled in", source=HOUSE_RULE, severity=Severity.ERROR, parts=())
def nothing_left_open(case: DocumentCase) -> Iterator[PageSpot]:
    """A placeholder on a public page tells every reader that nobody has read it."""
    for document in case.documents.values():
        for pattern in (_PLACEHOLDER, _BRACKETS):
            for line, column, found in document.found(pattern):
                remedy = "Write what belongs there, or take the sentence out."
                message = "Something was to be filled in here."
                yield document.spot(line, message, remedy, column=column, found=found.group())


@rule("DOC-06", "Counts of students are released figures", source=HOUSE_RULE, parts=())
def counts_released(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """A number typed by hand grows old, and a small one may point at a child: a figure is suppressed and approved."""
    for document in case.documents.values():
        for said in said_on(document):
            for begin, written in _large_counts(said):
                message = "This looks like a count of students, typed by hand."
                remedy = 'Use a released figure, such as {{ figure("roll") }}, or say it without a number.'
                yield said.spot(begin, begin + len(written), message, remedy)


def _large_counts(said: Said) -> Iterator[tuple[int, str]]:
    """Counts and shares of students, but for the small numbers that are another rule's."""
    told: set[int] = set()
    for begin, sentence in said.block.sentences():
        for count in counts_in(sentence, said.text[:begin]):
            told.add(begin + count.begin)
            if count.share or not 1 <= count.value <= FEW:
                yield begin + count.begin, count.written
        for found in _ROLL.finditer(sentence):
            if begin + found.start() not in told:
                yield begin + found.start(), found.group()


@rule("DOC-07", "Nobody is named who may not be", source=_DATA, law=True, severity=Severity.ERROR, parts=NAMES)
def nobody_named(case: DocumentCase) -> Iterator[PageSpot]:
    """Students and families are never named in public, and of staff only the campus's named contacts: on no page that
    anybody may read, nor in its title or summary.
    """
    for page in case.for_anybody:
        for named in by_name(_strangers(case, page)):
            first, *others = named.places
            yield replace(first, message=f"Here is {named.hit.what}.", remedy=_taken_out(others))


def _strangers(case: DocumentCase, page: Document) -> Iterator[tuple[PageSpot, Hit]]:
    """Everybody who may not be named on this page, and where; what to say of it is left open."""
    for name, text in (("title", page.title), ("summary", page.summary)):
        for _, hit in outermost((None, hit) for hit in case.strangers.hits(text) if _is_certain(hit)):
            yield page.fact(name, "", "", found=hit.written), hit
    for line, column, hit in _outermost(page, case.strangers, _is_certain):
        yield page.spot(line, "", "", column=column, found=hit.written), hit


def _taken_out(others: list[PageSpot]) -> str:
    also = stands_again(one.line for one in others if one.line is not None)
    return f"Take it out, or say what the person does instead of who they are.{also}"


def _outermost(
    page: Document, scanner: Scanner, wanted: Callable[[Hit], bool] = lambda _hit: True
) -> Iterator[tuple[int, int, Hit]]:
    found = outermost(((line, column), hit) for line, column, hit in page.named(scanner) if wanted(hit))
    return ((line, column, hit) for (line, column), hit in found)


@rule("DOC-08", "Contacts are named through macros", source=HOUSE_RULE, parts=())
def contacts_through_macros(case: DocumentCase) -> Iterator[PageSpot]:
    """A name or an address typed by hand stays on the page when somebody else takes over."""
    for document in case.documents.values():
        for line, column, hit in _outermost(document, case.contacts):
            if set(hit.written.casefold().split()) <= case.titles:
                continue  # what somebody does is no name, also where it is all a new campus knows of them
            message = "This names a contact of the campus by hand."
            remedy = 'Write {{ person("senco").name }} or the like, so that it changes with the records.'
            yield document.spot(line, message, remedy, column=column, found=hit.written)


@rule("DOC-09", "No word is a student's first name", source=_DATA, law=True, parts=NAMES)
def first_names(case: DocumentCase) -> Iterator[PageSpot]:
    """It may be an everyday word; somebody has to look. Within a full name it has been reported already."""
    for document in case.documents.values():
        hits = list(document.named(case.strangers))
        told = [(line, column, column + len(hit.written)) for line, column, hit in hits if _is_certain(hit)]
        for line, column, hit in hits:
            inside = any(line == other and begin <= column < end for other, begin, end in told)
            if not inside and not _is_certain(hit):
                message = f"This word may be {hit.what}."
                remedy = "Take it out if it names a child; if it doesn't, add it to “public_words” in campus.yml."
                yield document.spot(line, message, remedy, column=column, found=hit.written)


def _is_certain(hit: Hit) -> bool:
    return hit.severity is Severity.ERROR


@rule("DOC-12", "What is published is what was approved", source=_APPROVAL, law=True, binds=STATE_FUNDED,
      in_force_from=_IN_FORCE, parts=())  # fmt: skip
def approved_as_it_is(case: DocumentCase) -> Iterator[PageSpot]:
    """A change after the approval has to go back to the body that approves."""
    for document in case.documents.values():
        if document.approved_on and (document.changed_on or "") > document.approved_on:
            message = "The words were changed after the page was approved."
            yield document.fact("changed_on", message, "Have it approved again, and set approved_on and minute_ref.")
        if document.approved_on > case.on.isoformat():
            message = "The day of approval lies ahead."
            yield document.fact("approved_on", message, "Set approved_on to the day on which it was approved.")


@rule("DOC-13", "The responsible body approved it", source=_APPROVAL, law=True, binds=STATE_FUNDED,
      in_force_from=_IN_FORCE, parts=())  # fmt: skip
def approved_by_the_body(case: DocumentCase) -> Iterator[PageSpot]:
    """The proprietor or the governing body approves; the SENCo writes. The minute shows it."""
    for document in case.documents.values():
        if not document.approved_by:
            remedy = "Add approved_by: the proprietor or the governing body."
            yield document.fact("approved_by", "The page does not say who approved it.", remedy)
        elif re.search(r"\bSEND?CO\b", document.approved_by, re.IGNORECASE):
            message = "The SENCo writes this document and can't approve it."
            yield document.fact("approved_by", message, "Have the proprietor or the governing body approve it.")
        elif not document.approved_on:
            message = "The page does not say when it was approved."
            yield document.fact("approved_on", message, "Add approved_on: the day.")
        elif not document.minute_ref:
            message = "Nothing says where the approval is recorded."
            yield document.fact("minute_ref", message, "Add minute_ref, such as Board 2026-10, item 4.")


@rule("DOC-14", "Anybody can read it", source=_PUBLIC, law=True, binds=STATE_FUNDED,
      in_force_from=_IN_FORCE, parts=())  # fmt: skip
def open_to_all(case: DocumentCase) -> Iterator[PageSpot]:
    """State-funded schools publish both; elsewhere the plan may be inspected, most easily in the public edition."""
    for document in case.documents.values():
        if "public" not in document.editions:
            message = "The page is not in the public edition."
            yield document.fact("editions", message, "Add public to its editions.")


@rule("DOC-15", "Words a parent knows", source="SEND Code of Practice 2015, 6.81", parts=())
def plain_words(case: DocumentCase) -> Iterator[PageSpot]:
    """Jargon and letters that stand for words shut readers out."""
    avoided = words_to_avoid(case.house_rules)
    for document in case.documents.values():
        for line, text in document.prose:
            for column, word in jargon_in(text, avoided):
                message, remedy = "Many parents don't know this word.", "Say it in everyday words, or explain it here."
                yield document.spot(line, message, remedy, column=column, found=word)


@rule("DOC-16", "Sentences a tired reader can follow", source=HOUSE_RULE, parts=())
def easy_reading(case: DocumentCase) -> Iterator[PageSpot]:
    """Mean words a sentence, plus the share of words longer than six letters in per cent: under 40 reads easily."""
    hardest = case.threshold("hardest_reading")
    for document in case.documents.values():
        passages = document.passages
        for passage, after in zip(passages, (*passages[1:], None), strict=True):
            has_others_below = after is not None and after.level > passage.level
            score = None if has_others_below else reading_score(passage.blocks)
            if score is not None and score > hardest:
                message = f"This passage is hard to read: it scores {score:.0f}, and {hardest} is the most."
                remedy = "Shorten the sentences, and use shorter words."
                yield document.spot(passage.line, message, remedy, found=passage.title)


RULES: tuple[Rule[DocumentCase], ...] = (
    items_known,
    answered_once,
    passage_not_empty,
    passage_not_thin,
    nothing_left_open,
    counts_released,
    nobody_named,
    contacts_through_macros,
    first_names,
    approved_as_it_is,
    approved_by_the_body,
    open_to_all,
    plain_words,
    easy_reading,
)
