"""Guessing is slowed down; owners of accounts are not locked out by it."""

import asyncio
from pathlib import Path

from sendbook.gate.app import Gate
from tests.gate.kit import PARENT, PASSWORD, TEACHER, Browser, StoppedClock, make_gate, settings_in

WRONG = "wrong words here"


def fail(browser: Browser, times: int, email: str = TEACHER) -> list[int]:
    return [browser.sign_in(email, WRONG).status for _ in range(times)]


def test_each_further_try_costs_a_longer_wait(browser: Browser, clock: StoppedClock):
    assert fail(browser, 4) == [403, 403, 403, 429]
    waits = []
    for _ in range(6):
        answer = browser.sign_in(password=WRONG)
        waits.append(int(answer.header("retry-after")))
        clock.pass_time(waits[-1])
        assert browser.sign_in(password=WRONG).status == 403
    assert waits == [1, 2, 4, 8, 16, 32]


def test_the_wait_is_told_in_plain_words(browser: Browser):
    fail(browser, 3)
    answer = browser.sign_in(password=WRONG)
    assert answer.status == 429
    assert "You can try again in 1 second." in answer.text


def test_while_waiting_no_password_is_looked_at(browser: Browser, monkeypatch):
    fail(browser, 3)
    monkeypatch.setattr(browser.gate.accounts, "is_right", lambda *_: 1 / 0)
    assert browser.sign_in().status == 429


def test_an_account_that_does_not_exist_is_throttled_the_same(browser: Browser, gate: Gate, runner: asyncio.Runner):
    other = Browser(gate, runner, address="192.0.2.7")
    assert fail(browser, 5) == fail(other, 5, "nobody@school.example")


def test_an_outsider_who_hammers_does_not_keep_the_owner_out(teacher: Browser, gate: Gate, runner: asyncio.Runner):
    """The owner's browser has signed in before, and is counted apart from everybody else's."""
    outsider = Browser(gate, runner, address="198.51.100.9")
    assert 429 in fail(outsider, 8)
    assert outsider.sign_in().status == 429
    assert teacher.sign_in().status == 303


def test_nobody_at_one_address_shuts_an_account_for_its_owner_at_a_new_browser(
    gate: Gate, runner: asyncio.Runner, clock: StoppedClock
):
    """Hammered on for hours, as often as the waits allow: the owner gets in at each of 33 tries from elsewhere."""
    outsider = Browser(gate, runner, address="198.51.100.9")
    for number in range(33):
        for _ in range(6):
            outsider.sign_in(password=WRONG)
            clock.pass_time(20)
        assert Browser(gate, runner, address=f"192.0.2.{number}").sign_in().status == 303


def test_a_few_addresses_do_not_shut_it_either(gate: Gate, runner: asyncio.Runner, clock: StoppedClock):
    outsiders = [Browser(gate, runner, address=f"198.51.100.{number}") for number in range(12)]
    for _ in range(20):
        for outsider in outsiders:
            outsider.sign_in(password=WRONG)
        clock.pass_time(125)
    assert Browser(gate, runner, address="192.0.2.1").sign_in().status == 303


def test_one_network_of_ipv6_is_one_place(gate: Gate, runner: asyncio.Runner):
    statuses = [fail(Browser(gate, runner, address=f"2001:db8::{number}"), 1)[0] for number in range(1, 6)]
    assert statuses == [403] * 3 + [429] * 2
    assert Browser(gate, runner, address="2001:db8:0:1::1").sign_in().status == 303


def shut_from_everywhere(gate: Gate, runner: asyncio.Runner) -> Browser:
    """Very many places have guessed at the teacher's account; a new browser that is made to wait for it."""
    crowd = Browser(gate, runner)
    token = crowd.get("/sign-in").token
    for number in range(205):
        crowd.address = f"198.18.{number}.1"
        crowd.post("/sign-in", email=TEACHER, password=WRONG, csrf_token=token)
    new = Browser(gate, runner, address="192.0.2.1")
    assert new.sign_in().status == 429
    return new


def test_guessing_from_very_many_places_is_slowed_down_for_everybody_without_a_proof(gate: Gate, runner, clock):
    new = shut_from_everywhere(gate, runner)
    clock.pass_time(31)
    assert new.sign_in().status == 303


def test_an_earlier_browser_gets_through_whatever_others_do(teacher: Browser, gate: Gate, runner):
    shut_from_everywhere(gate, runner)
    teacher.address = "203.0.113.5"
    assert teacher.sign_in().status == 303


def test_an_invitation_gets_through_whatever_others_do(gate: Gate, runner: asyncio.Runner):
    new = shut_from_everywhere(gate, runner)
    invitation = gate.tokens.new_invitation(TEACHER, gate.clock.now())
    answer = new.get(f"/invited/{invitation}")
    assert (answer.status, answer.header("location")) == (303, "/sign-in")
    assert new.sign_in().status == 303


def test_an_invitation_is_no_sign_in_and_helps_with_no_other_account(gate: Gate, runner: asyncio.Runner):
    new = shut_from_everywhere(gate, runner)
    new.get(f"/invited/{gate.tokens.new_invitation(PARENT, gate.clock.now())}")
    assert new.get("/").status == 303
    assert new.sign_in().status == 429


def test_tries_with_one_invitation_are_counted_together_however_often_it_is_opened(gate: Gate, runner):
    invitation = gate.tokens.new_invitation(TEACHER, gate.clock.now())
    statuses = []
    for number in range(7):
        browser = Browser(gate, runner, address=f"192.0.2.{number}")
        browser.get(f"/invited/{invitation}")
        statuses += fail(browser, 1)
    assert statuses == [403] * 5 + [429] * 2


def test_an_invitation_lasts_a_week(browser: Browser, gate: Gate, clock: StoppedClock):
    invitation = gate.tokens.new_invitation(TEACHER, gate.clock.now())
    clock.pass_days(7)
    clock.pass_time(-1)
    assert browser.get(f"/invited/{invitation}").header("set-cookie").startswith("known=")
    clock.pass_time(1)
    assert browser.get(f"/invited/{invitation}").header("set-cookie") is None


def test_what_is_no_invitation_leads_to_the_form_and_gives_nothing(browser: Browser, gate: Gate):
    known = gate.tokens.new_proof(TEACHER, gate.clock.now())
    for text in ("", "x", known, gate.tokens.new_invitation(TEACHER, gate.clock.now())[:-1], "a" * 9000):
        answer = browser.get(f"/invited/{text}")
        assert (answer.status, answer.header("location"), answer.header("set-cookie")) == (303, "/sign-in", None)


def test_a_browser_keeps_the_proofs_of_all_who_use_it(browser: Browser, gate: Gate, runner: asyncio.Runner):
    browser.sign_in(TEACHER)
    browser.sign_in(PARENT)
    browser.get(f"/invited/{gate.tokens.new_invitation('stranger@home.example', gate.clock.now())}")
    for email in (TEACHER, PARENT):
        assert gate.tokens.proof_of(browser.cookies["known"], email, gate.clock.now(), 1e9)
    for number in range(9):
        browser.get(f"/invited/{gate.tokens.new_invitation(PARENT, gate.clock.now() + number)}")
    assert gate.tokens.proof_of(browser.cookies["known"], TEACHER, gate.clock.now(), 1e9), "one account takes one place"
    assert browser.cookies["known"].count("~") == 2


def behind_a_silent_proxy(tmp_path: Path, clock: StoppedClock) -> Gate:
    """Served under a name with no proxy named: every visitor has the proxy's address."""
    return make_gate(settings_in(tmp_path, https=True), clock)


def test_while_all_share_an_address_a_stranger_locks_out_no_teacher(tmp_path: Path, clock: StoppedClock, runner):
    gate = behind_a_silent_proxy(tmp_path, clock)
    stranger = Browser(gate, runner)
    fail(stranger, 5, TEACHER)
    for number in range(60):
        fail(stranger, 1, f"guess{number}@school.example")
    assert Browser(gate, runner).sign_in(TEACHER).status == 303
    gate.close()


def test_while_all_share_an_address_guessing_is_still_slowed_down_and_proofs_get_through(tmp_path, clock, runner):
    gate = behind_a_silent_proxy(tmp_path, clock)
    known = Browser(gate, runner)
    assert known.sign_in().status == 303
    stranger = Browser(gate, runner)
    assert fail(stranger, 32) == [403] * 30 + [429] * 2
    spray = [fail(stranger, 1, f"guess{number}@school.example")[0] for number in range(200)]
    assert spray[-1] == 429
    assert known.sign_in().status == 303
    gate.close()


def test_a_known_browser_is_slowed_down_as_well(teacher: Browser):
    assert fail(teacher, 6) == [403] * 5 + [429]


def test_being_known_to_one_account_helps_with_no_other(teacher: Browser):
    assert fail(teacher, 4, PARENT) == [403, 403, 403, 429]


def test_one_address_trying_many_accounts_is_slowed_down(browser: Browser):
    statuses = [browser.sign_in(f"guess{number}@school.example", WRONG).status for number in range(12)]
    assert statuses == [403] * 10 + [429] * 2


def test_signing_in_does_not_wipe_out_what_an_address_tried_on_others(browser: Browser, gate: Gate, runner):
    for number in range(9):
        browser.sign_in(f"guess{number}@school.example", WRONG)
    fresh = Browser(gate, runner)
    assert fresh.sign_in().status == 303
    statuses = [browser.sign_in(f"more{number}@school.example", WRONG).status for number in range(2)]
    assert statuses == [403, 429]


def test_a_right_password_clears_the_account_s_count(browser: Browser, gate: Gate, runner: asyncio.Runner):
    fail(browser, 2)
    assert browser.sign_in().status == 303
    assert fail(Browser(gate, runner, address="192.0.2.8"), 3) == [403, 403, 403]


def test_an_hour_without_a_try_is_forgotten(browser: Browser, clock: StoppedClock):
    fail(browser, 3)
    clock.pass_time(3601)
    assert fail(browser, 3) == [403, 403, 403]


def test_many_tries_at_once_are_not_all_free(gate: Gate, runner: asyncio.Runner):
    browser = Browser(gate, runner)
    token = browser.get("/sign-in").token
    body = f"email={TEACHER}&password={WRONG}&csrf_token={token}".replace(" ", "+").encode()
    form = {"content_type": "application/x-www-form-urlencoded"}

    async def all_at_once() -> list[int]:
        tries = [browser._ask("POST", "/sign-in", body, form) for _ in range(10)]
        return sorted(answer.status for answer in await asyncio.gather(*tries))

    assert runner.run(all_at_once()) == [403] * 3 + [429] * 7


def test_neither_address_nor_account_stands_in_the_counts(browser: Browser, gate: Gate):
    browser.address = "203.0.113.77"
    fail(browser, 1, "someone.private@home.example")
    kept = b"".join(file.read_bytes() for file in gate.settings.state.glob("gate.db*"))
    assert b"203.0.113.77" not in kept
    assert b"someone.private" not in kept


def test_the_right_password_still_signs_in_after_a_few_mistakes(browser: Browser):
    fail(browser, 2)
    assert browser.sign_in(password=PASSWORD).status == 303
