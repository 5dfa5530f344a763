"""Signing in and out."""

import asyncio
import sqlite3

import pytest

from sendbook.bundle import Bundle, revoke, stands_for
from sendbook.gate.app import Gate
from sendbook.gate.withdrawal import sign_out, withdraw
from tests.bundle.sites import AISHA, MONDAY
from tests.gate.kit import PARENT, PASSWORD, TEACHER, Browser, StoppedClock

PLAN = f"/students/{AISHA}/plan/"
IDLE, ABSOLUTE = 30 * 60, 12 * 60 * 60


def test_the_form_names_its_fields_for_people_and_password_managers(browser: Browser):
    page = browser.get("/sign-in").text
    assert '<label for="email">' in page
    assert 'autocomplete="username"' in page
    assert '<label for="password">' in page
    assert 'autocomplete="current-password"' in page
    assert 'action="/sign-in"' in page
    assert 'role="alert"' not in page


def test_signing_in_goes_to_the_page_that_was_wanted(browser: Browser):
    assert browser.get(PLAN).header("location") == "/sign-in"
    answer = browser.sign_in()
    assert (answer.status, answer.header("location")) == (303, PLAN)
    assert browser.get(PLAN).status == 200


def test_signing_in_without_a_wish_goes_home(browser: Browser):
    assert browser.sign_in().header("location") == "/"


def test_what_a_browser_fetches_by_itself_is_not_taken_for_a_wish(browser: Browser):
    browser.get(PLAN)
    browser.get("/favicon.ico", sec_fetch_dest="image")
    assert browser.sign_in().header("location") == PLAN


@pytest.mark.parametrize("wanted", ["//evil.example/", "/\\evil.example", "/a\r\nset-cookie: x=y", "/%0d%0aX: y", "/é"])
def test_a_wish_never_leads_to_another_site_or_into_a_header(browser: Browser, wanted: str):
    browser.get(wanted)
    location = browser.sign_in().header("location")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert location.isascii()
    assert location.isprintable()


def test_a_wish_can_not_be_forged(browser: Browser):
    browser.get(PLAN)
    value, _, mac = browser.cookies["before"].rpartition(".")
    browser.cookies["before"] = f"{value[:-2]}AA.{mac}"
    assert browser.sign_in().header("location") == "/"


@pytest.mark.parametrize(
    ("email", "password"),
    [(TEACHER, "wrong words here"), ("nobody@school.example", PASSWORD), ("off@school.example", PASSWORD), ("", "")],
)
def test_wrong_unknown_and_closed_look_the_same(browser: Browser, gate: Gate, email: str, password: str):
    gate.accounts.add("gone", "off@school.example", PASSWORD)
    gate.accounts.close("gone")
    answer = browser.sign_in(email, password)
    assert answer.status == 403
    assert "The e-mail address or the password is not right." in answer.text
    assert "session" not in browser.cookies
    assert password not in answer.text or password == ""


@pytest.mark.parametrize("email", [TEACHER, "nobody@school.example", "off@school.example"])
def test_every_refusal_costs_one_check_of_a_password(browser: Browser, gate: Gate, monkeypatch, email: str):
    gate.accounts.add("gone", "off@school.example", PASSWORD)
    gate.accounts.close("gone")
    costs = []
    verify = gate.accounts.passwords._hasher.verify
    monkeypatch.setattr(
        type(gate.accounts.passwords._hasher),
        "verify",
        lambda _, kept, given: costs.append(kept) or verify(kept, given),
    )
    browser.sign_in(email, "wrong words here")
    assert len(costs) == 1
    assert costs[0].startswith("$argon2id$")


def test_an_error_is_announced_linked_to_its_field_and_focused(browser: Browser):
    page = browser.sign_in(password="wrong words here").text
    assert "<title>Error: sign in" in page
    assert 'role="alert" tabindex="-1" autofocus' in page
    assert '<a href="#email">' in page
    assert 'aria-describedby="field-error"' in page
    assert f'value="{TEACHER}"' in page, "nobody should type their address twice"


def test_what_was_typed_is_escaped(browser: Browser):
    page = browser.sign_in('"><script>alert(1)</script>', "wrong words here").text
    assert "<script>alert" not in page


def test_an_account_whose_reader_has_left_can_not_sign_in(browser: Browser, gate: Gate):
    with Bundle.open(gate.settings.bundle) as bundle, bundle.publish() as change:
        change.remove_reader("t")
    answer = browser.sign_in()
    assert answer.status == 403
    assert "is not right" in answer.text


def test_the_token_is_new_at_each_signing_in_and_the_old_one_ends(teacher: Browser, gate: Gate, runner: asyncio.Runner):
    old = dict(teacher.cookies)
    teacher.sign_in()
    assert teacher.cookies["session"] != old["session"]
    assert Browser(gate, runner, cookies=old).get(PLAN).status == 303


def test_a_token_chosen_by_somebody_else_is_never_taken(browser: Browser):
    browser.cookies["session"] = "chosen-by-an-attacker"
    browser.sign_in()
    assert browser.cookies["session"] != "chosen-by-an-attacker"


def test_the_database_holds_no_token_and_no_password(teacher: Browser, gate: Gate):
    gate.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = b"".join(file.read_bytes() for file in gate.settings.state.rglob("*") if file.is_file())
    assert teacher.cookies["session"].encode() not in kept
    assert PASSWORD.encode() not in kept
    assert b"$argon2id$" in kept


@pytest.mark.parametrize("token", ["", "wrong"])
def test_the_sign_in_form_must_be_ours(browser: Browser, token: str):
    browser.get("/sign-in")
    answer = browser.post("/sign-in", email=TEACHER, password=PASSWORD, csrf_token=token)
    assert answer.status == 403
    assert "session" not in browser.cookies


def test_a_sign_in_form_of_another_browser_is_refused(browser: Browser, gate: Gate, runner: asyncio.Runner):
    token = Browser(gate, runner).get("/sign-in").token
    browser.get("/sign-in")
    assert browser.post("/sign-in", email=TEACHER, password=PASSWORD, csrf_token=token).status == 403
    assert Browser(gate, runner).post("/sign-in", email=TEACHER, password=PASSWORD, csrf_token=token).status == 403


def test_a_sign_in_page_left_open_too_long_says_so_and_offers_a_new_one(browser: Browser, clock: StoppedClock):
    token = browser.get("/sign-in").token
    clock.pass_time(60 * 60)
    answer = browser.post("/sign-in", email=TEACHER, password=PASSWORD, csrf_token=token)
    assert "open for too long" in answer.text
    answer = browser.post("/sign-in", email=TEACHER, password=PASSWORD, csrf_token=answer.token)
    assert answer.status == 303


@pytest.mark.parametrize("body", [b"x" * 20_000, b"a=1&" * 30, b"\xff\xfe", b""])
def test_a_form_that_is_none_is_refused(browser: Browser, body: bytes):
    browser.get("/sign-in")
    answer = browser.ask("POST", "/sign-in", body, content_type="application/x-www-form-urlencoded")
    assert answer.status == 403
    assert browser.ask("POST", "/sign-in", b"{}", content_type="application/json").status == 403


def test_a_session_ends_after_half_an_hour_without_use(teacher: Browser, clock: StoppedClock):
    for _ in range(3):
        clock.pass_time(IDLE - 61)
        assert teacher.get(PLAN).status == 200
    clock.pass_time(IDLE)
    assert teacher.get(PLAN).status == 303


def test_a_session_ends_after_twelve_hours_however_busy(teacher: Browser, clock: StoppedClock):
    for _ in range(ABSOLUTE // 1200 - 1):
        clock.pass_time(1200)
        assert teacher.get(PLAN).status == 200
    clock.pass_time(1200)
    assert teacher.get(PLAN).status == 303


def test_signing_out_ends_the_session_and_empties_the_browser_s_cache(teacher: Browser, gate: Gate, runner):
    old = dict(teacher.cookies)
    token = teacher.get(PLAN).token
    answer = teacher.post("/sign-out", csrf_token=token)
    assert (answer.status, answer.header("location")) == (303, "/signed-out")
    assert answer.header("clear-site-data") == '"cache"'
    assert "session" not in teacher.cookies
    assert "You are signed out" in teacher.get("/signed-out").text
    assert Browser(gate, runner, cookies=old).get(PLAN).status == 303


def test_another_site_can_not_sign_somebody_out(teacher: Browser):
    answer = teacher.post("/sign-out", csrf_token="guess")
    assert answer.status == 403
    assert "Please try again" in answer.text
    assert teacher.get(PLAN).status == 200


def test_signing_out_twice_does_no_harm(browser: Browser):
    assert browser.post("/sign-out", csrf_token="").header("location") == "/signed-out"


def test_the_token_of_one_session_is_not_another_s(teacher: Browser, parent: Browser):
    assert teacher.post("/sign-out", csrf_token=parent.get(PLAN).token).status == 403


def test_a_closed_account_is_out_at_the_next_request(teacher: Browser, gate: Gate):
    assert gate.accounts.close("t")
    assert teacher.get(PLAN).status == 303


def test_a_withdrawn_reader_is_out_at_the_next_request(teacher: Browser, gate: Gate):
    withdraw(gate.settings, "t")
    assert sign_out(gate.settings, "t") == 1
    assert teacher.get(PLAN).status == 303
    assert teacher.sign_in().status == 403


def test_a_withdrawn_student_is_absent_at_the_next_request(teacher: Browser, gate: Gate):
    withdraw(gate.settings, "t", AISHA)
    assert teacher.get(PLAN) == teacher.get("/absent/")
    assert "Aisha" not in teacher.get("/").text, "the list named them"


def test_a_reader_who_left_the_bundle_is_signed_out(teacher: Browser, gate: Gate):
    revoke(gate.settings.bundle, "t")
    assert teacher.get(PLAN).status == 303
    assert gate.database.execute("SELECT count(*) FROM session WHERE reader = 't'").fetchone() == (0,)


def test_a_leaver_s_session_ends_with_their_last_day(teacher: Browser, gate: Gate, clock: StoppedClock):
    with Bundle.open(gate.settings.bundle) as bundle, bundle.publish() as change:
        change.set_reader("t", name="Tom Reed", edition="staff", until=MONDAY, address=stands_for(TEACHER))
    assert teacher.get(PLAN).status == 200
    clock.day = clock.day.replace(day=24)
    assert teacher.get(PLAN).status == 303


@pytest.mark.parametrize("address", ["t.reed@school.example", ""])
def test_an_address_that_is_another_by_now_signs_nobody_in(teacher: Browser, gate: Gate, address: str):
    """Anybody who is signed in with it is signed out, and the next sign-in gives the sentence of a wrong password."""
    with Bundle.open(gate.settings.bundle) as bundle, bundle.publish() as change:
        change.set_reader("t", name="Tom Reed", edition="staff", address=stands_for(address))
    assert teacher.get(PLAN).status == 303
    assert gate.database.execute("SELECT count(*) FROM session WHERE reader = 't'").fetchone() == (0,)
    refused = teacher.sign_in()
    assert refused.status == 403
    assert "Tom Reed" not in refused.text


def test_an_address_written_with_other_letters_is_the_same_address(teacher: Browser, gate: Gate):
    with Bundle.open(gate.settings.bundle) as bundle, bundle.publish() as change:
        change.set_reader("t", name="Tom Reed", edition="staff", address=stands_for(" Tom@School.example "))
    assert teacher.get(PLAN).status == 200


def test_a_session_without_its_database_row_is_nothing(teacher: Browser, gate: Gate):
    other = sqlite3.connect(gate.settings.database)
    other.execute("DELETE FROM session")
    other.commit()
    other.close()
    assert teacher.get(PLAN).status == 303


def test_the_parent_s_address_is_found_in_any_case(browser: Browser):
    assert browser.sign_in(f"  {PARENT.upper()} ").status == 303


def test_another_site_s_post_takes_no_cookie_away(teacher: Browser, gate: Gate, runner: asyncio.Runner):
    """The browser holds the session cookie back then (SameSite), and would obey an answer that drops it."""
    elsewhere = Browser(gate, runner)
    answer = elsewhere.post("/sign-out", csrf_token="")
    assert (answer.status, answer.header("location")) == (303, "/signed-out")
    assert answer.header("set-cookie") is None
    assert answer.header("clear-site-data") is None
    assert teacher.get("/signed-out").header("location") == "/", "nobody who is signed in reads that they are not"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["/sign-out", "/sign-in", "/search"])
def test_what_another_site_posts_changes_nothing(teacher: Browser, path: str, site: str):
    token = teacher.get(PLAN).token
    body = f"csrf_token={token}&email={TEACHER}&password=x&words=x".encode()
    form = {"content_type": "application/x-www-form-urlencoded", "sec_fetch_site": site}
    answer = teacher.ask("POST", path, body, **form)
    assert (answer.status, answer.header("location"), answer.header("set-cookie")) == (303, "/", None)
    assert teacher.get(PLAN).status == 200
    form["sec_fetch_site"] = "same-origin"
    assert teacher.ask("POST", path, body, **form).header("location") != "/"


def test_a_page_opened_in_another_tab_leaves_an_open_sign_in_form_good(browser: Browser):
    token = browser.get("/sign-in").token
    browser.get(PLAN)
    answer = browser.post("/sign-in", email=TEACHER, password=PASSWORD, csrf_token=token)
    assert (answer.status, answer.header("location")) == (303, PLAN)


@pytest.mark.parametrize(
    "host",
    [
        "[::1].evil",
        "[::1]evil",
        "[::1]:8000:1",
        "[::1",
        "::1",
        "localhost:",
        "localhost:80x",
        "localhost:99999",
        "localhost:-1",
        "localhost:٨٠",
        "localhost.",
        "localhost..",
        ".localhost",
        "localhost.evil.example",
        "localhost@evil.example",
        "evil@localhost",
        "evil.example",
        "localhost, evil.example",
        "localhost evil",
        " localhost",
        "localhost/",
        "localhost\t",
        "127.0.0.1.evil",
        "127.1",
        "0x7f.0.0.1",
        "[::ffff:127.0.0.1]",
        "[0:0:0:0:0:0:0:1]",
        "loc\u0430lhost",
        "\u212aocalhost",
        "",
    ],
)
def test_a_host_that_is_not_ours_letter_by_letter_is_refused(browser: Browser, host: str):
    browser.host = host
    assert browser.get("/sign-in").status == 421


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8321", "127.0.0.1:1", "[::1]", "[::1]:65535", "localhost:0080"]
)
def test_our_own_names_are_taken_with_any_port(browser: Browser, host: str):
    browser.host = host
    assert browser.get("/sign-in").status == 200


def test_signing_out_works_although_the_disk_is_full(teacher: Browser, gate: Gate, runner, monkeypatch, caplog):
    """Somebody who leaves a shared computer must not read that something went wrong, and be signed in still."""
    held = dict(teacher.cookies)
    token = teacher.get(PLAN).token

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    gate.database.execute("PRAGMA query_only = on")
    monkeypatch.setattr(gate.auditor._log, "append", full)
    answer = teacher.post("/sign-out", csrf_token=token)
    assert (answer.status, answer.header("location")) == (303, "/signed-out")
    assert "session" not in teacher.cookies
    assert Browser(gate, runner, cookies=held).get(PLAN).status == 303, "nor with a copy of the cookie"
    assert "could not be written down" in caplog.text
