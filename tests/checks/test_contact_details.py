"""However somebody's number, address or e-mail address is written in a text, it is found; what is nearly one is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendbook.checks.leaks.addresses import houses_in, turned_round
from sendbook.checks.leaks.digits import in_digits
from sendbook.checks.leaks.identifiers import identifiers_of
from sendbook.checks.leaks.scan import Scanner
from sendbook.checks.leaks.spelling import as_contact
from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Someone
from sendbook.checks.texts.mentioned import mentioned
from tests.checks.leak_kit import campus_of

PHONE, EMAIL = "07700 900123", "ola.brand@mail.post.example"
ADDRESS = "Flat 2, 12 Acacia Avenue, Wexcombe ZZ9 1TD"
FAMILY = {"phone": PHONE, "email": EMAIL, "address": ADDRESS}


def person(**family: str) -> dict[str, object]:
    return {"id": "p-9zzz", "name": {"full": "Ola Brand", "known_as": "Ola"}, "family": family or FAMILY}


def found(text: str, data: dict[str, object]) -> bool:
    """Whether a text gives this person away: both to families and in public, or to neither."""
    one = Someone.of_person(data)
    in_texts = one in Everybody.of([one]).possible(mentioned(text)) and any(
        hit.code == "leak-contact" for hit in Scanner(one.identifiers(near=False)).hits_once(text)
    )
    campus = campus_of(data)
    in_public = any(hit.code == "leak-contact" for hit in Scanner(identifiers_of(campus, ())).hits_once(text))
    assert in_texts == in_public, text
    return in_texts


NUMBERS = [
    *(
        "07700 900123",
        "07700900123",
        "(07700) 900 123",
        "07700.900.123",
        "07700-900-123",
        "07700/900123",
        "7700 900123",
    ),
    *("+44 7700 900123", "+44 (0)7700 900123", "0044 7700 900123", "0044 (0) 7700-900-123", "tel:+447700900123"),
    *("07700\n900123", "07700\n    900\n123", "0 7 7 0 0 9 0 0 1 2 3", "07 70 09 00 12 3", "0*7*7*0*0*9*0*0*1*2*3"),
    *("O7700 9OO123", "o77oo 9oo 123", "077OO 9OO I23", "07700 900l23", "0770O 9001Z3"),
    *("07700 then 900123", "07700, then 900 123", "07700 and then 900123", "07700 followed by 900123"),
    *("07700 dash 900 dash 123", "zero seven seven zero zero nine zero zero one two three"),
    *("oh seven seven double oh, nine double oh, one two three", "07700 nine double oh 123", "07700 nine hundred 123"),
]
E_MAILS = [
    *("ola.brand@mail.post.example", "OLA.BRAND@MAIL.POST.EXAMPLE", "mailto:ola.brand@mail.post.example"),
    *(
        "ola.brand at mail dot post dot example",
        "ola dot brand at mail dot post dot example",
        "ola.brand at mail.post.example",
    ),
    *("ola.brand [at] mail [dot] post [dot] example", "ola.brand(at)mail(dot)post(dot)example"),
    *("ola.brand {at} mail.post.example", "ola.brand (a) mail.post.example", "ola.brand AT mail DOT post DOT example"),
    *("ola.brand @ mail . post . example", "ola.brand@mail. post.example", "ola.brand@mail.post.\nexample"),
    *("ola_dot_brand_at_mail_dot_post_dot_example", "ola.brand -at- mail -dot- post -dot- example"),
]
HOMES = [
    *("12 Acacia Avenue", "12, Acacia Avenue", "12 acacia avenue", "12 ACACIA AVE.", "12\nAcacia\nAvenue"),
    *("Flat 2, 12 Acacia Ave", "Flat 2 at 12 Acacia Avenue", "2/12 Acacia Avenue", "number 12, Acacia Av"),
    *("Acacia Avenue 12", "Acacia Ave, 12", "Acacia Ave. 12", "Acacia Avenue no. 12", "Acacia Avenue, number 12"),
    *("Acacia Avenue (12)", "Acacia Avenue, house 12", "house 12 in Acacia Avenue", "twelve Acacia Avenue"),
    *("ZZ9 1TD", "ZZ91TD", "zz9 1td", "ZZ9-1TD", "zz 9 1 td", "Z Z 9 1 T D", "ZZ9\n1TD", "ZZ9 ITD", "ZZ9 lTD"),
]  # fmt: skip


@pytest.mark.parametrize("written", [*NUMBERS, *E_MAILS, *HOMES])
def test_a_detail_on_file_is_found_however_it_is_written(written: str) -> None:
    assert found(f"He can be reached by way of {written} on weekdays.", person())


@pytest.mark.parametrize(
    "text",
    [
        *("Ring 07700 900124.", "Ring O7700 9OO132.", "It is 07700 then 900124.", "Childline is on 0800 1111."),
        *("Samaritans: 116 123.", "Come on 12 May 2027 at 09:00, or on 07/10/2026.", "It cost £7,700 and £900.123."),
        *("We are in room 12, on the avenue.", "They live at 13 Acacia Avenue.", "It is Acacia Avenue 13."),
        *("He counted 12 acacias.", "The bus stops in Acacia Avenue.", "Sit in Flat 2.", "Flat 2 is a book."),
        *(
            "The fair is in Acacia Avenue, 12 May.",
            "From Acacia Avenue 12 children walk in.",
            "Acacia Row. 12 ran.",
        ),
        *("Be in Acacia Avenue, 12:30 or 12 o'clock.", "Write to ola at the mail room.", "ZZ9 1TE", "zz 9 1 te"),
        *("olga.brand@mail.post.example", "ola.brand@mail.post.sample", "He looks at post. Example: dot to dot."),
        "One two three, four five six, seven seven oh!",
    ],
)
def test_what_is_nearly_a_detail_is_none(text: str) -> None:
    assert not found(text, person())


DIGITS = st.text("0123456789", min_size=9, max_size=9).map(lambda rest: f"07{rest}")
_BETWEEN = st.sampled_from(["", " ", ".", "-", "\n", ") ", " - ", ", ", " then ", "\u00a0", "/", "_"])
_CODES: tuple[Callable[[str], str], ...] = (
    lambda rest: f"0{rest}",
    lambda rest: f"+44{rest}",
    lambda rest: f"+44 (0){rest}",
    lambda rest: f"0044 {rest}",
    lambda rest: f"(0) {rest}",
)
_LETTERS = str.maketrans({"0": "O", "1": "l", "5": "S"})


@settings(max_examples=150, deadline=None)
@given(
    number=DIGITS,
    cuts=st.lists(st.integers(1, 9), max_size=3, unique=True),
    between=_BETWEEN,
    code=st.sampled_from(_CODES),
    disguised=st.booleans(),
)
def test_any_number_in_any_groups_is_found_and_no_other(
    number: str, cuts: list[int], between: str, code: Callable[[str], str], *, disguised: bool
) -> None:
    groups = [number[1:][start:end] for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), 10], strict=True)]
    # Letters stand for digits only next to some: a group of letters alone is a word.
    groups = [one.translate(_LETTERS) if disguised and not one.translate(_LETTERS).isalpha() else one for one in groups]
    written = code(between.join(groups))
    assert found(f"Mum is on {written} now.", person(phone=number))
    other = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    assert not found(f"Mum is on {written} now.", person(phone=other))


@settings(max_examples=60, deadline=None)
@given(
    house=st.integers(1, 400),
    street=st.sampled_from(["Acacia Avenue", "St John's Road", "Mill Lane", "Upper Weir Row", "The Drive"]),
    how=st.sampled_from(["{n} {s}", "{n}, {s}", "{s} {n}", "{s}, no. {n}", "number {n} {s}", "{n} in {s}"]),
)
def test_any_house_is_found_in_either_order_and_its_neighbour_is_not(house: int, street: str, how: str) -> None:
    text = f"They moved to {how.format(n=house, s=street)}."
    assert found(text, person(address=f"{house} {street}, Wexcombe ZZ9 1TD"))
    assert not found(text, person(address=f"{house + 1} {street}, Wexcombe ZZ9 1TD"))


def test_a_flat_by_itself_is_no_home_but_one_in_a_house_with_a_name_is() -> None:
    assert ("flat", "2") not in set(houses_in(ADDRESS))
    assert ("flat", "2", "mill", "house") in set(houses_in("Flat 2, Mill House, Weir Row, Wexcombe ZZ9 1TD"))
    assert turned_round(("12a", "acacia", "ave")) == ("acacia", "ave", "12a")
    assert turned_round(("mill", "house")) == ()


@given(st.text())
def test_whatever_is_read_in_a_text_stands_in_its_own_place(text: str) -> None:
    for made in (in_digits(text), as_contact(text)):
        assert len(made) == len(text)
