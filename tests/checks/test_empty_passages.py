"""A passage that only points elsewhere, or speaks of something else, is found; good passages in any words are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from sendbook.checks.catalogue import ITEMS
from sendbook.checks.item_words import ITEMS as WORDS
from tests.checks.document_kit import asked, case_of, report
from tests.fast_yaml import read_yaml

PASSAGES: Mapping[str, list[str]] = read_yaml(
    (Path(__file__).parents[1] / "examples" / "passages.yml").read_text(encoding="utf-8")
)
ELSEWHERE = PASSAGES["elsewhere"]
GOOD = [(item, text) for item, texts in PASSAGES.items() if item != "elsewhere" for text in texts]
PARENTS = "SENIR-7"
AT_LENGTH = (
    "For further information about how we consult parents, please see our website or contact the school office, who "
    "will be happy to help you with any questions you may have."
)


def codes(item: str, text: str) -> list[str]:
    case = case_of(report({item: text}))
    return [code for code in ("DOC-36", "DOC-37") if asked(code, case)]


def test_every_item_has_its_words_and_some_good_passages() -> None:
    assert WORDS.keys() == {item.id for item in ITEMS} == PASSAGES.keys() - {"elsewhere"}
    assert min(map(len, PASSAGES.values())) >= 3


@pytest.mark.parametrize("item", WORDS)
def test_good_passages_are_let_be_however_they_are_worded(item: str) -> None:
    assert {text: codes(item, text) for text in PASSAGES[item]} == {text: [] for text in PASSAGES[item]}


@pytest.mark.parametrize(
    "text",
    [
        "See our website.",
        "Please see our website for more information.",
        "Please contact us.",
        "Please contact the school office, who will be happy to help.",
        AT_LENGTH,
        "Further details can be found in our SEN policy, which is available on request.",
        "Information about this is available on the school website.",
        "As above.",
        "See above.",
        "See policy.",
        "Ask the office. Or speak to the SENCo.",
        "Details are set out in the [SEND policy](index.md).",
        "- [SEND policy](index.md)\n- [Behaviour policy](02-roles.md)\n\nPlease refer to these documents.",
        "This section is being updated. Please ring the office if you have any questions.",
        "Not applicable.",
        "Please follow the school's procedure, which is available on our website and from the school office.",
        "Please see the policies page of the school website, where you will find the SEN policy and the others.",
        "You can find out more on our website. Parents are welcome to contact the class teacher.",
        "If you would like to know more, please don't hesitate to get in touch.",
    ],
)  # fmt: skip
def test_a_passage_that_only_points_elsewhere_is_found(text: str) -> None:
    assert codes(PARENTS, text) == ["DOC-36"]


@pytest.mark.parametrize(
    "text",
    [
        "We meet you once a term to hear your views. See our website for the dates.",
        "Contact the SENCo, who meets you within a week, listens to what worries you and agrees with you what to try.",
        "If you ask us we will meet you, and invite whoever else you would like to be there.",
    ],
)
def test_a_passage_that_says_something_may_point_elsewhere_as_well(text: str) -> None:
    assert codes(PARENTS, text) == []


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("SENIR-13", 'See the [Local Offer]({{ campus("local_offer").url }}).'),
        ("SENIR-4", 'Ask {{ person("senco").name }}, the SENCo, on {{ person("senco").phone }}.'),
        ("SENIR-11", 'Ring {{ campus("advice_service").name }} on {{ campus("advice_service").phone }}.'),
        ("SENIR-69biv", "See our [accessibility plan](accessibility-plan.md)."),
        ("SENIR-C81b", "Please talk to the class teacher first, or ask to see the SENCo."),
    ],
)
def test_where_an_address_or_a_contact_is_asked_for_it_is_the_answer(item: str, text: str) -> None:
    assert codes(item, text) == []


@pytest.mark.parametrize("item", ["SENIR-13", "SENIR-4", "SENIR-C81b"])
def test_a_website_without_a_link_answers_nothing(item: str) -> None:
    assert codes(item, "Please see our website.") == ["DOC-36"]


@pytest.mark.sample(40)
@pytest.mark.parametrize("item", [item.id for item in ITEMS])
@pytest.mark.parametrize("text", ELSEWHERE[:8])
def test_a_passage_about_something_else_is_found_under_every_item(item: str, text: str) -> None:
    assert codes(item, text) == ["DOC-37"]


def test_it_is_said_what_is_missing_and_what_is_there_instead() -> None:
    (spot,) = asked("DOC-37", case_of(report({PARENTS: ELSEWHERE[0]})))
    assert spot.line == 11
    assert spot.message == (
        "Nothing here seems to say how parents are consulted and involved. It seems to be about getting to school."
    )
    (spot,) = asked("DOC-37", case_of(report({PARENTS: PASSAGES["SENIR-69biii"][0]})))
    assert spot.message.endswith("It seems to say what facilities help disabled students to get access.")


def test_most_passages_under_another_item_are_found() -> None:
    """It is a matter of words, so not all are; related items share theirs."""
    swaps = [(item, text) for item in WORDS for other, text in GOOD if other != item]
    found = sum(codes(item, text) == ["DOC-37"] for item, text in swaps[::17])
    assert found / len(swaps[::17]) > 0.75


def test_a_passage_that_answers_several_items_speaks_of_each() -> None:
    text = PASSAGES["SENIR-3d"][0] + " " + PASSAGES["SENIR-C82"][0]
    assert codes("SENIR-3d SENIR-C82", text) == []
    (spot,) = asked("DOC-37", case_of(report({"SENIR-3d SENIR-9": PASSAGES["SENIR-3d"][0]})))
    assert "complaints" in spot.message


def test_what_is_below_a_heading_within_counts_as_the_passage_around_it() -> None:
    page = report({"SENIR-3": "We help in these ways."})
    body = f'{page.body}\n\n### In class {{ data-answers="SENIR-3c" }}\n\n{PASSAGES["SENIR-3c"][0]}'
    assert asked("DOC-37", case_of(replace(page, body=body))) == []
