"""Finds the names of other schools and councils that were left in when a page was copied."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from sendbook.campus import markdown_lines
from sendbook.checks.documents import DocumentCase
from sendbook.checks.finding import PageSpot
from sendbook.checks.place_names import Known, councils_in, hosts_of_councils, known_places, names_a_place, schools_in
from sendbook.checks.record_texts import texts_of
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.checks.rules.said import said_in

_LIST_IT = "Write your own. If another is meant, add its name to “other_places” in campus.yml."
# Shorter words are found in any address.
_FEWEST_LETTERS = 4
_WHICH_IS_OURS = (
    "If it is yours, write it as “local_authority” under “setting” in campus.yml; if another is meant, add its name to "
    "“other_places” there."
)


@rule("DOC-32", "No other council is named by mistake", source=HOUSE_RULE, parts=())
def our_council(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """A report copied from elsewhere sends families to another council's Local Offer. Yours is “local_authority” in
    campus.yml; others you mean to name are listed there under “other_places”.
    """
    known = known_places(_own_name(case), _around(case), _others(case))
    message, remedy = "This is not your council in campus.yml.", _LIST_IT
    if not names_a_place(_authority(case)):
        message, remedy = "campus.yml does not say which council is yours.", _WHICH_IS_OURS
    for said in said_in(case):
        for named in councils_in(said.block):
            if named.words and not known.has_council(named):
                yield said.spot(named.start, named.end, message, remedy)
    yield from _links_elsewhere(case, known)


def _links_elsewhere(case: DocumentCase, known: Known) -> Iterator[PageSpot]:
    """Links typed by hand to a council's pages that campus.yml does not lead to and that have no word of our names."""
    ours = {host for text in texts_of(case.place) for _, host in hosts_of_councils(text)}
    words = {word for word in (*known.own, *known.around, *chain(*known.others)) if len(word) >= _FEWEST_LETTERS}
    for page in case.pages:
        for line in markdown_lines.lines(page.body, page.body_line):
            for start, host in hosts_of_councils(line.text):
                if host not in ours and not any(word in host for word in words):
                    message = "This link goes to a council that campus.yml does not name."
                    remedy = (
                        'Link to yours with {{ campus("local_offer").url }}, or list the council under “other_places”.'
                    )
                    yield page.spot(line.number, message, remedy, column=start + 1, found=host)


@rule("DOC-33", "No other school is named by mistake", source=HOUSE_RULE, parts=())
def our_school(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """Another school's name is often left in when a report is copied. Schools you mean to name, such as those students
    come from or go on to, are listed in campus.yml under “other_places”.
    """
    known = known_places(_own_name(case), _around(case), _others(case))
    for said in said_in(case):
        for named in schools_in(said.block, title=said.is_title):
            if not known.has_school(named):
                yield said.spot(named.start, named.end, "This is not your school's name in campus.yml.", _LIST_IT)


def _own_name(case: DocumentCase) -> str:
    return str(case.place.get("name", ""))


def _authority(case: DocumentCase) -> str:
    return str((case.place.get("setting") or {}).get("local_authority", ""))


def _around(case: DocumentCase) -> list[str]:
    """What else the campus says of where it is: its address, its council, and the council's list and service."""
    named = [(case.place.get(place) or {}).get("name", "") for place in ("local_offer", "advice_service")]
    return [_authority(case), str((case.place.get("office") or {}).get("address", "")), *map(str, named)]


def _others(case: DocumentCase) -> list[str]:
    return [str(name) for name in case.place.get("other_places") or ()]


RULES: tuple[Rule[DocumentCase], ...] = (our_council, our_school)
