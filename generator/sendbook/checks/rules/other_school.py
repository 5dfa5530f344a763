"""Whose report this is: no other school's or council's name stays in from a page that was copied."""

from __future__ import annotations

from collections.abc import Iterator

from sendbook.checks.documents import DocumentCase
from sendbook.checks.finding import PageSpot
from sendbook.checks.place_names import councils_in, known_places, names_a_place, schools_in
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.checks.rules.said import said_in

_LIST_IT = "Write your own. If another is meant, add its name to “other_places” in campus.yml."
_WHICH_IS_OURS = (
    "If it is yours, write it as “local_authority” under “setting” in campus.yml; if another is meant, add its name to "
    "“other_places” there."
)


@rule("DOC-32", "No other council is named by mistake", source=HOUSE_RULE, parts=())
def our_council(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """A report copied from elsewhere sends families to another council's Local Offer. Ours is “local_authority” in
    campus.yml; others that a page means to name are listed there under “other_places”.
    """
    known = known_places(_own_name(case), _around(case), _others(case))
    message, remedy = "campus.yml names another council as yours.", _LIST_IT
    if not names_a_place(_authority(case)):
        message, remedy = "campus.yml does not say whether this is your council.", _WHICH_IS_OURS
    for said in said_in(case):
        for named in councils_in(said.block):
            if named.words and not known.has_council(named):
                yield said.spot(named.start, named.end, message, remedy)


@rule("DOC-33", "No other school is named by mistake", source=HOUSE_RULE, parts=())
def our_school(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """A name left in from another school's report shows that nobody has read it. Schools that a page means to name,
    such as those students come from or go on to, are listed in campus.yml under “other_places”.
    """
    known = known_places(_own_name(case), _around(case), _others(case))
    for said in said_in(case):
        for named in schools_in(said.block, title=said.is_title):
            if not known.has_school(named):
                yield said.spot(named.start, named.end, "campus.yml gives your school another name.", _LIST_IT)


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
