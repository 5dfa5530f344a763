"""A page that calls the school what campus.yml says it is not is found; what it says of other schools is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.checks.document_kit import PLACE, asked, case_of, document, found_in

STATE, ALONE = ("maintained", "academy"), ("independent", "independent_section_41")
WRONG = [
    ("Larkfield Campus is an independent school.", STATE),
    ('{{ campus("name") }} is an independent school. Some duties bind us.', STATE),
    ("We are a small, friendly independent day school, so the rules differ.", STATE),
    ("As an independent school we are not bound by it.", STATE),
    ("As a fee-paying primary school, our duties differ.", STATE),
    ("## Our place as an independent school", STATE),
    ("An independent school such as ours isn't among them.", STATE),
    ("Independent schools like ours can be suggested.", STATE),
    ("So the law does not ask us to publish this report.", STATE),
    ("Parents have no automatic right to see the whole school record.", ("maintained",)),
    ("The proprietor approves it once a year.", ("maintained",)),
    ("Our proprietor sets money aside.", ("maintained",)),
    ("We are a maintained primary school.", ("academy", *ALONE)),
    ("Our school is a voluntary aided Catholic primary school.", ("academy", *ALONE)),
    ("As a state-funded school we must publish it.", ALONE),
    ("We're an academy.", ("maintained", *ALONE)),
    ("This school is a free school in its third year.", ("maintained", *ALONE)),
    ("Our multi-academy trust approves the plan.", ("maintained", *ALONE)),
    ("We are not bound by the SEND Code of Practice.", (*STATE, "independent_section_41")),
    ("We are an independent school approved under section 41.", (*STATE, "independent")),
]
GOOD = [
    "Some students come from maintained schools, some from an independent school or an academy.",
    "You may bring an independent parent supporter. The panel is independent of the school.",
    "The service serves families at independent schools.",
    "We are not an independent school. We were a maintained school until 2019, and we work with an academy.",
    "We are a partner of an independent school, and next to a maintained nursery school.",
    "If the school is an academy, the trust answers. Where we are a maintained school is not the question.",
    "The proprietor of an independent school has other duties. In an academy the proprietor is its trust.",
    "We help each child to be as independent as possible. We are an independent-minded school community.",
    "Oakwood is an academy. The other school is an independent school.",
    "A state-funded school must publish a report. Every academy trust has a board.",
    "The governing body approves it once a year.",
]


def _place(setting: str) -> dict[str, Any]:
    return {**PLACE, "setting": {**PLACE["setting"], "type": setting}}


@pytest.mark.parametrize(("text", "settings"), WRONG)
def test_another_kind_of_school_is_found_and_our_own_is_not(text: str, settings: tuple[str, ...]) -> None:
    found = {one for one in (*STATE, *ALONE) if found_in("DOC-38", text, place=_place(one))}
    assert found == set(settings)


@pytest.mark.parametrize("text", GOOD)
@pytest.mark.parametrize("setting", [*STATE, *ALONE])
def test_what_is_said_of_other_schools_is_fine(text: str, setting: str) -> None:
    assert found_in("DOC-38", text, place=_place(setting)) == []


def test_it_names_both_kinds_the_place_and_what_to_do() -> None:
    (spot,) = asked("DOC-38", case_of(document("Read on. We are an\nindependent school."), place=_place("maintained")))
    assert (spot.line, spot.found) == (11, "We are an independent school")
    assert (
        spot.message
        == "This says that you are an independent school; campus.yml says that you are a maintained school."
    )
    assert "“type” under “setting”" in spot.remedy


def test_a_title_a_summary_and_the_approval_are_looked_at() -> None:
    page = replace(document("Text.", kind="send_information_report"), approved_by="the proprietor")
    page = replace(page, summary="As an independent school we choose to.")
    found = {spot.found for spot in asked("DOC-38", case_of(page, place=_place("maintained")))}
    assert found == {"the proprietor", "As an independent school we"}
    assert len(asked("DOC-38", case_of(page, place=_place("academy")))) == 1
    assert asked("DOC-38", case_of(page)) == []
