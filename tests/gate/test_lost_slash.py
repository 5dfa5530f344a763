"""An address that lost its last slash leads to its page, and never off this host or to a difference that tells."""

from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sendbook.gate.lost_slash import address_meant
from tests.bundle.sites import AISHA, BEN
from tests.gate.kit import Browser

PLAN = f"/students/{AISHA}/plan/"
BENS = f"/students/{BEN}/plan/"
ABSENT = "/students/0000/plan/"


@pytest.mark.parametrize("behind", ["", ".", "/.", ")", "/)", "),", "/%20"])
def test_an_address_from_a_mail_leads_to_its_page(teacher: Browser, behind: str):
    answer = teacher.get(PLAN[:-1] + behind)
    assert (answer.status, answer.header("location"), answer.sent) == (303, PLAN, b"")
    assert answer.header("cache-control") == "private, no-store"
    assert teacher.get(PLAN).status == 200


def test_a_page_that_is_there_one_of_somebody_else_and_one_that_is_not_are_answered_alike(
    teacher: Browser, parent: Browser, browser: Browser
):
    for reader in (teacher, parent, browser):
        answers = {page: reader.get(page[:-1]) for page in (PLAN, BENS, ABSENT)}
        assert [answer.header("location") for answer in answers.values()] == [PLAN, BENS, ABSENT]
        told = {page: [pair for pair in answer.headers if pair[0] != b"location"] for page, answer in answers.items()}
        assert told[PLAN] == told[BENS] == told[ABSENT]
        assert {(answer.status, answer.sent) for answer in answers.values()} == {(303, b"")}


def test_signed_out_it_is_remembered_with_its_slash(browser: Browser):
    assert browser.get(browser.get(PLAN[:-1]).header("location")).header("location") == "/sign-in"
    assert browser.sign_in().header("location") == PLAN


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/students/7NVF", "/students/7NVF/"),
        ("/students/7NVF/.", "/students/7NVF/"),
        ("/students/7NVF/)", "/students/7NVF/"),
        ("/students/7NVF/\N{RIGHT DOUBLE QUOTATION MARK}.", "/students/7NVF/"),
        ("/students/7NVF/plan/plan.pdf.", "/students/7NVF/plan/plan.pdf"),
        ("/handbook/1.2-roles", "/handbook/1.2-roles/"),
        ("/handbook/version-1.2", "/handbook/version-1.2/"),
        ("/search).", "/search"),
        ("/%2fevil.example", "/%252fevil.example/"),
        ("/handbook/über uns", "/handbook/%C3%BCber%20uns/"),
        ("/@evil.example@", "/%40evil.example%40/"),
        ("/.", "/"),
    ],
)
def test_what_an_address_is_taken_for(written: str, meant: str):
    assert address_meant(written, {"/search"}) == meant


@pytest.mark.parametrize(
    "written",
    [
        "/",
        PLAN,
        "/search",
        "/favicon.ico",
        f"{PLAN}plan.pdf",
        "//evil.example",
        "///evil.example",
        "/students//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/students\\7NVF",
        "/.//evil.example",
        "/..//evil.example",
        "/../evil",
        "/./evil",
        "/a/../evil",
        "/\tevil",
        "/\r\nSet-Cookie: a=b",
        "/\x00",
        "/\x7fevil",
        "/\x85evil",
        "/\u202etxt.exe",
        "/\u2028evil",
        "/\u200bevil",
        "evil.example",
        "http://evil.example",
        "*",
        "",
        "/a" * 4000,
    ],
)
def test_what_is_left_as_it_is(written: str):
    assert address_meant(written, {"/search"}) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"//evil.example",
        b"/%2fevil.example",
        b"/%2F%2Fevil.example",
        b"/%5cevil.example",
        b"/%5C%5Cevil.example",
        b"/\\evil.example",
        b"/%09/evil.example",
        b"/%0d%0aLocation:%20//evil.example",
        b"/%e2%80%ae",
        b"/students/%00",
        b"/.%2f/evil.example",
        b"/%2e%2e//evil.example",
    ],
)
def test_tricks_get_what_every_path_gets_that_is_not_there(teacher: Browser, browser: Browser, raw: bytes):
    assert teacher.get(raw) == teacher.get("/absent/")
    assert browser.get(raw).header("location") == "/sign-in"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.text(st.one_of(st.sampled_from("/\\.:@%?#;\t\r\n 2fF5cC"), st.characters(codec="utf-8")), max_size=20))
@example("/evil.example")
@example(";/evil.example")
def test_the_target_is_always_a_path_on_this_host_and_is_corrected_once(rest: str):
    target = address_meant("/" + rest)
    if target is not None:
        assert target.isascii()
        assert target.startswith("/")
        assert not target.startswith(("//", "/\\"))
        assert not any(letter <= " " for letter in target)
        found = urlsplit(urljoin("https://school.example/a/b/", target))
        assert (found.scheme, found.netloc, found.query, found.fragment) == ("https", "school.example", "", "")
        assert address_meant(unquote(target)) is None


def test_what_was_asked_after_the_question_mark_is_left_behind(teacher: Browser):
    assert teacher.get(f"{PLAN[:-1]}?h=aisha&next=//evil.example").header("location") == PLAN


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_only_looking_is_led_on(teacher: Browser, method: str):
    assert teacher.ask(method, PLAN[:-1]).status == 405
    assert teacher.ask("HEAD", PLAN[:-1]).header("location") == PLAN
