"""Among everybody of a campus those are found whom a text may name or whose home it may give, and nobody else."""

from __future__ import annotations

import pytest

from sendbook.campus.records import Record
from sendbook.checks.texts.everybody import Everybody, Known
from sendbook.checks.texts.forms import Someone
from sendbook.checks.texts.mentioned import mentioned
from sendbook.site.build.student_words import may_hold, packed_words

FREYA = Someone(
    id="p-frey",
    full="Freya Lindholm",
    known_as="Mrs Lindholm",
    emails=("freya.lindholm@post.example",),
    phones=("07700 900214",),
    addresses=("12 Tannery Court, Northborough NB9 1TD",),
)
# In the same street, with the same host and the same outward half of the postcode.
NEIGHBOURS = tuple(
    Someone(
        id=f"p-nb{number:02}",
        full=f"Ada Quarrington{'abcdefgh'[number]}",
        known_as=f"Ms Quarrington{'abcdefgh'[number]}",
        emails=(f"ada.quarrington{'abcdefgh'[number]}@post.example",),
        phones=(f"07700 90030{number}",),
        addresses=(f"{20 + number} Tannery Court, Northborough NB9 {number}XY",),
    )
    for number in range(8)
)
EVERYBODY = Everybody.of([*NEIGHBOURS, FREYA])

REACHED = [
    "Ring 07700 900214 before you come.",
    "Ring +44 7700-900-214.",
    "Ring O7700 9OO214.",
    "Ring oh double seven double oh, nine double oh two one four.",
    "Write to freya.lindholm@post.example.",
    "Write to freya dot lindholm at post dot example.",
    "Write to FreyaLindholm@Post.Example",
    "We meet at 12 Tannery Court.",
    "We meet at Tannery Ct, no. 12.",
    "We meet at twelve, Tannery Court.",
    "Deliveries go to NB9 1TD.",
    "Deliveries go to nb91td.",
    "Deliveries go to N B 9 1 T D.",
    "Deliveries go to NB9 ITD.",
]
NAMED = ["Freya Lindholm made the benches.", "Thanks to Mrs Lindholm.", "LINDHOLM, Freya", "F. Lindholm came too."]


@pytest.mark.parametrize("text", [*REACHED, *NAMED])
def test_each_way_to_name_or_reach_somebody_is_found_among_neighbours(text: str) -> None:
    """However many have the other words of their address in common."""
    assert FREYA in EVERYBODY.possible(mentioned(text))


@pytest.mark.parametrize("text", [*REACHED, *NAMED, "At the post office in Tannery Court.", "Ada is at post.example."])
def test_those_are_found_whom_the_text_may_hold_and_nobody_else(text: str) -> None:
    held = mentioned(text)
    may = [one for one in sorted([*NEIGHBOURS, FREYA], key=lambda one: one.id) if held.may_hold(one, near=False)]
    assert EVERYBODY.possible(held) == may


@pytest.mark.parametrize("text", REACHED)
def test_a_new_home_is_found_in_the_words_that_are_kept_of_a_text(text: str) -> None:
    assert may_hold(packed_words(mentioned(text)), Everybody.of([FREYA]))


@pytest.mark.parametrize(
    "text", ["All write to office@post.example.", "We walked to Tannery Court.", "Ring 07700 900215."]
)
def test_half_an_address_in_the_kept_words_of_a_text_is_nobodys_home(text: str) -> None:
    """Every family's e-mail address ends in words that many texts hold: none of them is read for that."""
    assert not may_hold(packed_words(mentioned(text)), Everybody.of([FREYA]))


def test_a_text_of_which_no_words_are_kept_may_hold_anybody() -> None:
    assert may_hold(None, Everybody.of([FREYA]))


def person(phone: str, digest: str, identity: str = "p-frey") -> Record:
    data = {"id": identity, "name": {"full": "Freya Lindholm", "known_as": "Freya"}, "family": {"phone": phone}}
    path = f"records/people/{identity}.yml"
    return Record(id=f"people/{identity}", kind="person", student=None, path=path, digest=digest, data=data)


def found(text: str, people: list[Record], known: dict[str, Known]) -> list[str]:
    return [one.id for one in Everybody.among(people, (), known).possible(mentioned(text))]


def test_somebody_is_looked_for_by_what_the_newest_version_of_their_record_says() -> None:
    known: dict[str, Known] = {}
    before, now = person("07700 900214", "one"), person("07700 900387", "two")
    assert found("Ring 07700 900214.", [before], known) == ["p-frey"]
    assert found("Ring 07700 900387.", [now], known) == ["p-frey"]
    assert found("Ring 07700 900214.", [now], known) == []
    assert found("Ring 07700 900214.", [before], known) == ["p-frey"]


def test_what_can_be_read_of_a_record_in_part_is_read_each_time() -> None:
    """It has no digest that would say which version it is."""
    known: dict[str, Known] = {}
    assert found("Ring 07700 900214.", [person("07700 900214", "")], known) == ["p-frey"]
    assert found("Ring 07700 900387.", [person("07700 900387", "")], known) == ["p-frey"]


def test_who_has_gone_is_kept_no_longer() -> None:
    known: dict[str, Known] = {}
    found("", [person("07700 900214", "one"), person("07700 900387", "two", "p-gone")], known)
    found("", [person("07700 900214", "one")], known)
    assert set(known) == {"people/p-frey"}
