"""Guessing is slowed down; owners of accounts are not locked out by it."""

import asyncio

from sendbook.gate.app import Gate
from tests.gate.kit import PARENT, PASSWORD, TEACHER, Browser, StoppedClock

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
    assert waits == [1, 2, 4, 8, 16, 30]


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


def test_an_owner_at_a_new_browser_waits_half_a_minute_at_most(
    browser: Browser, gate: Gate, runner, clock: StoppedClock
):
    for number in range(40):
        fail(Browser(gate, runner, address=f"198.51.100.{number}"), 1)
        clock.pass_time(31)
    fail(Browser(gate, runner, address="198.51.100.99"), 1)
    clock.pass_time(30)
    assert browser.sign_in().status == 303


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
