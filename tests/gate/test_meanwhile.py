"""Between a withdrawal and the next build a reader keeps the pages they may see, and is named nothing else."""

from pathlib import Path

import pytest

from sendbook.bundle import LIBRARY, Bundle, Fragment
from sendbook.bundle.withdrawals import Withdrawals
from sendbook.gate.app import Gate
from sendbook.gate.audit import rows
from sendbook.gate.withdrawal import withdraw
from tests.bundle.sites import AISHA, BEN
from tests.gate.kit import Browser, StoppedClock

AISHAS, BENS = f"/students/{AISHA}/plan/", f"/students/{BEN}/plan/"
OF_AISHA = ("Aisha", "Núñez", AISHA)


def withdraw_while_a_build_publishes(gate: Gate) -> None:
    """As `revoke` leaves it where it can't wait: written down, and not yet taken out of the bundle."""
    with Withdrawals(gate.settings.bundle) as withdrawals:
        withdrawals.add("t", AISHA)


@pytest.fixture(params=["taken out", "while a build publishes"])
def withdrawn(request: pytest.FixtureRequest, teacher: Browser, gate: Gate) -> Browser:
    """The teacher, from whom a student was just withdrawn."""
    assert "Aisha" in teacher.get("/").text
    if request.param == "taken out":
        withdraw(gate.settings, "t", AISHA)
    else:
        withdraw_while_a_build_publishes(gate)
    return teacher


def test_the_first_page_leads_to_the_students_who_are_left_and_names_no_other(withdrawn: Browser):
    home = withdrawn.get("/")
    assert home.status == 200
    assert f'<li><a href="{BENS}">Plan of Ben Okoro</a></li>' in home.text
    assert withdrawn.get(BENS).status == 200
    assert not [word for word in OF_AISHA if word in home.text]
    assert home.header("cache-control") == withdrawn.get(BENS).header("cache-control")


def test_what_was_withdrawn_and_what_may_name_it_stay_absent(withdrawn: Browser):
    absent = withdrawn.get("/absent/")
    assert absent.status == 404
    assert not [word for word in (*OF_AISHA, "Ben") if word in absent.text]
    for path in (AISHAS, f"{AISHAS}plan.pdf", "/search/search_index.json", "/students/", "//", "/?"):
        assert withdrawn.get(path).text in (absent.text, withdrawn.get("/").text if path == "/?" else absent.text)
    token = withdrawn.get("/search").token
    page = withdrawn.get(withdrawn.post("/search", words="plan", csrf_token=token).header("location")).text
    box = withdrawn.post("/search/box", words="plan", csrf_token=token).text
    assert BENS in page
    assert BENS in box
    assert not [word for word in OF_AISHA if word in page + box]


def test_it_is_written_down_as_a_home_page_is(withdrawn: Browser, gate: Gate):
    withdrawn.get("/")
    assert list(rows(gate.settings.audit))[-1][1:] == ("page", "t", "own", "/", "")


def test_once_a_build_has_made_their_pages_they_are_back(withdrawn: Browser, gate: Gate):
    with Bundle.open(gate.settings.bundle) as bundle, bundle.publish() as change:
        change.set_own_pages("t", {"/": Fragment(title="Home", content="<ul><li>Ben</ul>", search="")}, until=None)
    assert "<ul><li>Ben</ul>" in withdrawn.get("/").text


def test_it_outlives_no_access(teacher: Browser, clock: StoppedClock):
    """The last day of the list is that of the first access in it; the day after, who is left is told from the scope."""
    clock.pass_days(1)
    assert teacher.sign_in().status == 303
    home = teacher.get("/")
    assert home.status == 200
    assert AISHAS in home.text
    assert "Ben" not in home.text
    assert BEN not in home.text


def test_a_library_that_names_members_is_no_way_in(teacher: Browser, gate: Gate):
    with Bundle.open(gate.settings.bundle) as bundle, bundle.publish() as change:
        change.put_pages(LIBRARY, "staff", {"/a/": Fragment(title="Group of Aisha", content="<p>Aisha</p>")})
        change.set_scope("t", LIBRARY, "staff", None, "for everyone who signs in")
    withdraw_while_a_build_publishes(gate)
    assert "Aisha" not in teacher.get("/").text


def test_who_is_shut_out_altogether_or_not_signed_in_gets_none_of_it(teacher: Browser, browser: Browser, gate: Gate):
    withdraw(gate.settings, "t", AISHA)
    assert browser.get("/").status == 303
    withdraw(gate.settings, "t")
    assert teacher.get("/").status == 303


def test_a_name_is_text_there(teacher: Browser, gate: Gate, tmp_path: Path):
    with Bundle.open(gate.settings.bundle) as bundle, bundle.publish() as change:
        page = Fragment(title="&lt;b&gt;Ben&lt;/b&gt;", content="<p>Ben</p>")
        change.put_pages(BEN, "staff", {f"/students/{BEN}/": page})
    withdraw(gate.settings, "t", AISHA)
    assert f'<a href="/students/{BEN}/">&lt;b&gt;Ben&lt;/b&gt;</a>' in teacher.get("/").text
