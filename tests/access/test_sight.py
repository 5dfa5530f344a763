"""What conditions on single entries are answered by: somebody of whom nothing is known is let through by none."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.access.conditions import Condition
from sendbook.access.sight import NO_SIGHT, Sight
from sendbook.campus.nodes import THE_ENTRY, THE_STUDENT, About, Owner
from tests.access.small_campus import FATHER, MOTHER, TEACHER

NOBODY: dict[str, Any] = {}
OF_THE_STUDENT = Owner(by=THE_STUDENT, also=("key_adult",), family_if="share_with_family", part="confidential_words")
OF_A_PERSON = Owner(by="from", also=("senco",))
SHARED, KEPT = {"text": "T", "share_with_family": True}, {"text": "T", "share_with_family": False}


def asks(owner: Owner | None = None, about: About | None = None, **more: bool) -> Condition:
    return Condition(about=about, owner=owner, **{"on_root": False, "closed": False, **more})


@pytest.mark.parametrize(
    ("sight", "shared", "kept"),
    [
        (NOBODY, "owned", "owned"),
        ({"own": True}, "", ""),
        ({"family": True}, "", "owned"),
        ({"owners": frozenset({("key_adult",)})}, "", ""),
        ({"owners": frozenset({("senco",)})}, "owned", "owned"),
        ({"opened": frozenset({TEACHER})}, "owned", "owned"),
    ],
    ids=["nobody", "the student", "family", "key adult", "another duty", "an author"],
)
def test_a_student_s_words_are_for_the_student_and_shared_ones_for_the_family(
    sight: dict[str, Any], shared: str, kept: str
) -> None:
    seen = Sight(about={}, **sight)
    assert seen.blocked_by(asks(OF_THE_STUDENT), SHARED) == shared
    assert seen.blocked_by(asks(OF_THE_STUDENT), KEPT) == kept


@pytest.mark.parametrize("said", [1, "yes", None], ids=repr)
def test_nothing_but_a_plain_yes_shares_a_student_s_words_with_the_family(said: object) -> None:
    family = Sight(about={}, family=True)
    assert family.blocked_by(asks(OF_THE_STUDENT), {"text": "T", "share_with_family": said}) == "owned"
    assert family.blocked_by(asks(Owner(by=THE_STUDENT, also=())), SHARED) == "owned"


def test_who_lacks_the_part_sees_what_is_shared_alone() -> None:
    closed = asks(OF_THE_STUDENT, closed=True)
    assert Sight(about={}, own=True).blocked_by(closed, KEPT) == "owned"
    assert Sight(about={}, own=True).blocked_by(closed, SHARED) == ""


@pytest.mark.parametrize(
    ("sight", "theirs", "of_nobody"),
    [
        (NOBODY, "owned", "owned"),
        ({"opened": frozenset({MOTHER})}, "", "owned"),
        ({"opened": frozenset({FATHER})}, "owned", "owned"),
        ({"own": True, "family": True}, "owned", "owned"),
        ({"owners": frozenset({("senco",)})}, "", ""),
    ],
    ids=["nobody", "the mother", "the father", "of the family", "SENCo"],
)
def test_a_person_s_words_are_for_those_to_whom_theirs_are_open(
    sight: dict[str, Any], theirs: str, of_nobody: str
) -> None:
    seen = Sight(about={}, **sight)
    assert seen.blocked_by(asks(OF_A_PERSON), {"from": MOTHER}) == theirs
    assert seen.blocked_by(asks(OF_A_PERSON), {}) == of_nobody
    assert seen.blocked_by(asks(OF_A_PERSON, on_root=True), {}) == ""
    assert seen.blocked_by(asks(OF_A_PERSON, on_root=True), {"from": MOTHER}) == theirs


def test_a_name_is_kept_from_who_lives_apart_from_them_and_from_nobody_else() -> None:
    named = asks(Owner(by=THE_ENTRY, also=()))
    assert NO_SIGHT.blocked_by(named, MOTHER) == ""
    father = Sight(about={}, apart=frozenset({MOTHER}))
    assert (father.blocked_by(named, MOTHER), father.blocked_by(named, FATHER)) == ("other-household", "")


def test_an_entry_about_a_student_is_for_those_who_see_that_part_of_that_student() -> None:
    member = asks(about=About(student="student", kind="plan", part="provision"))
    seen = Sight(about={"7Q4K": frozenset({("plan", "provision")}), "3B8M": frozenset({("plan", "targets")})})
    hidden = "about-another-student"
    found = [seen.blocked_by(member, {"student": one}) for one in ("7Q4K", "3B8M", "9X2D")]
    assert found == ["", hidden, hidden]
    assert seen.blocked_by(member, "7Q4K") == hidden
    assert NO_SIGHT.blocked_by(member, {"student": "7Q4K"}) == hidden
