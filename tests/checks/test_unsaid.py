"""Of whom texts say nothing is kept, and is what one would find who asks of everybody again."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Someone
from sendbook.checks.texts.unsaid import Unsaid

TEXTS = (
    "Amira Khatri reads aloud on Mondays. Ring 07700 900123.",
    "We meet at 9 Cooper's Rise, Wexcombe ZZ9 3CR; write to dee@families.example.",
    "Nobody is named here. Will may come.",
)
_NAMES = st.sampled_from(["Amira Khatri", "Dee Mother", "Ben Moss", "Will May", "Khatri Amira"])
_PHONES = st.sampled_from([(), ("07700 900123",), ("07700 900999",)])
_ADDRESSES = st.sampled_from([(), ("9 Cooper's Rise, Wexcombe ZZ9 3CR",), ("1 Mill Lane, Wexcombe ZZ9 1AA",)])
_EMAILS = st.sampled_from([(), ("dee@families.example",), ("ben@families.example",)])


@st.composite
def _people(draw: st.DrawFn) -> list[Someone]:
    made = []
    for number in range(draw(st.integers(0, 5))):
        name = draw(_NAMES)
        made.append(
            Someone(
                id=f"p-{number}",
                full=name,
                known_as=name.split()[0],
                student=draw(st.booleans()),
                phones=draw(_PHONES),
                addresses=draw(_ADDRESSES),
                emails=draw(_EMAILS),
            )
        )
    return made


@settings(max_examples=60)
@given(versions=st.lists(st.tuples(_people(), st.lists(st.sampled_from(TEXTS))), min_size=1, max_size=4))
def test_who_is_kept_as_unsaid_is_whom_one_would_not_find_anew(
    versions: list[tuple[list[Someone], list[str]]],
) -> None:
    """People and texts come, change and go."""
    kept = Unsaid(frozenset())
    for people, texts in versions:
        everybody = Everybody.of(people)
        assert kept.leaves(texts, everybody) == Unsaid(frozenset()).leaves(texts, everybody)
        assert kept.people <= set(people), "who is gone, or called otherwise, is not kept"


def test_somebody_is_asked_again_only_as_somebody_else() -> None:
    amira, ben = (Someone(id=name, full=f"{name} Khatri", known_as=name, student=True) for name in ("Amira", "Ben"))
    kept = Unsaid(frozenset())
    assert kept.leaves(TEXTS, Everybody.of([amira, ben])) == [amira, ben], "a surname alone asks for a look"
    moss = Someone(id="Ben", full="Ben Moss", known_as="Ben", student=True)
    assert kept.leaves(TEXTS, Everybody.of([amira, moss])) == [amira]
    assert kept.people == {moss}


def test_whose_letters_are_there_without_the_name_is_not_asked_again() -> None:
    eve = Someone(id="Eve", full="Eve Moss", known_as="Eve", student=True)
    kept = Unsaid(frozenset())
    assert kept.leaves(("We meet every Monday, and may stay for ever.",), Everybody.of([eve])) == []
    assert kept.people == {eve}


def test_a_name_that_is_a_colleague_s_as_well_says_nobody_else() -> None:
    mother = Someone(id="p-1", full="Dana Khatri", known_as="Dana")
    texts = ("Ask Ms Dana Khatri.",)
    colleague = frozenset({("dana", "khatri"), ("khatri",), ("khatri", "dana")})
    assert Unsaid(frozenset()).leaves(texts, Everybody.of([mother])) == [mother]
    assert Unsaid(colleague).leaves(texts, Everybody.of([mother])) == []
