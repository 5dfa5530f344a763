"""A machine's clock that is put back makes no wait, no session and no permission longer."""

from __future__ import annotations

import asyncio
import logging
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.bundle import Bundle, stands_for
from sendbook.gate import audit
from sendbook.gate.app import Gate
from sendbook.gate.clock import SteadyClock, SystemClock
from tests.bundle.sites import AISHA, MONDAY
from tests.gate.kit import PARENT, PASSWORD, TEACHER, Browser, StoppedClock, make_gate, settings_in

PLAN = f"/students/{AISHA}/plan/"
WRONG = "wrong words here"
HOUR = 3600


def test_a_wait_is_as_long_as_before(browser: Browser, clock: StoppedClock):
    for _ in range(3):
        browser.sign_in(password=WRONG)
    clock.pass_time(-HOUR)
    assert int(browser.sign_in().header("retry-after")) <= 1
    clock.pass_time(1)
    assert browser.sign_in().status == 303


@pytest.mark.parametrize("back", [HOUR, 86400, 400 * 86400])
def test_a_wait_is_as_long_as_before_when_the_gate_starts_again_meanwhile(
    tmp_path, clock: StoppedClock, runner: asyncio.Runner, back: int
):
    gate = make_gate(settings_in(tmp_path), clock)
    browser = Browser(gate, runner)
    for _ in range(8):
        browser.sign_in(password=WRONG)
        clock.pass_time(20)
    gate.close()
    clock.pass_time(-back)
    again = make_gate(settings_in(tmp_path), clock)
    browser.gate = again
    wait = int(browser.sign_in(password=WRONG).header("retry-after") or 0)
    assert wait <= 120
    clock.pass_time(wait)
    assert browser.sign_in().status == 303
    again.close()


def test_a_session_ends_as_early_as_before(teacher: Browser, parent: Browser, clock: StoppedClock):
    clock.pass_time(-HOUR)
    assert teacher.get(PLAN).status == 200, "nobody is signed out by it"
    for _ in range(25):  # twelve hours of work after the step
        clock.pass_time(1700)
        teacher.get(PLAN)
    clock.pass_time(1700)
    assert teacher.get(PLAN).status == 303
    assert parent.get(PLAN).status == 303


def test_a_session_from_before_a_start_with_a_clock_put_back_is_over(tmp_path, clock, runner: asyncio.Runner):
    """Nobody knows how long it was left alone."""
    gate = make_gate(settings_in(tmp_path), clock)
    browser = Browser(gate, runner)
    browser.sign_in()
    gate.close()
    clock.pass_time(-HOUR)
    again = make_gate(settings_in(tmp_path), clock)  # gives the accounts again, which signs out
    again.database.execute(
        "INSERT INTO session VALUES (x'00', 't', 'x', ?, ?)", (clock.now() + HOUR, clock.now() + HOUR)
    )
    assert Browser(again, runner, cookies=dict(browser.cookies)).get(PLAN).status == 303
    Browser(again, runner).sign_in()
    assert again.database.execute("SELECT count(*) FROM session WHERE token = x'00'").fetchone() == (0,)
    again.close()


def test_an_open_sign_in_form_and_a_known_browser_are_still_good(teacher: Browser, gate: Gate, clock, runner):
    fresh = Browser(gate, runner)
    token = fresh.get("/sign-in").token
    clock.pass_time(-HOUR)
    assert fresh.post("/sign-in", email=PARENT, password=PASSWORD, csrf_token=token).status == 303
    proof = teacher.cookies["known"]
    assert gate.tokens.proof_of(proof, TEACHER, clock.now() - 400 * 86400, 180 * 86400)


def test_what_ended_yesterday_stays_ended(teacher: Browser, gate: Gate, clock: StoppedClock):
    with Bundle.open(gate.settings.bundle) as bundle, bundle.publish() as change:
        change.set_reader("t", name="Tom Reed", edition="staff", until=MONDAY, address=stands_for(TEACHER))
    assert teacher.get(PLAN).status == 200
    clock.day = MONDAY + timedelta(days=1)
    assert teacher.get(PLAN).status == 303
    clock.day = MONDAY
    assert teacher.sign_in().status == 403


def test_a_clock_that_had_run_far_ahead_is_believed_again():
    clock = StoppedClock(today=date(2030, 1, 1))
    steady = SteadyClock(clock)
    clock.day = MONDAY
    assert steady.today() == MONDAY


def test_the_access_log_has_the_machine_s_own_time(teacher: Browser, gate: Gate, clock: StoppedClock):
    clock.pass_time(-HOUR)
    teacher.get(PLAN)
    assert [row[0][:13] for row in audit.rows(gate.settings.audit)] == ["2026-11-23T08", "2026-11-23T07"]


class Machine(SystemClock):
    """A machine whose clock can be put back while it runs on."""

    def __init__(self) -> None:
        super().__init__()
        self.wall, self.ran = 1_795_420_800.0, 500.0

    def now(self) -> float:
        return self.wall

    def running(self) -> float:
        return self.ran


def test_a_step_back_that_falls_into_a_longer_rest_is_noticed(caplog: pytest.LogCaptureFixture):
    """Nobody asked for an hour and twenty minutes; the clock was put back by one hour meanwhile."""
    machine = Machine()
    steady = SteadyClock(machine)
    before = steady.now()
    machine.wall, machine.ran = machine.wall + 1200, machine.ran + 4800
    with caplog.at_level(logging.WARNING):
        assert steady.now() == before + 4800
    assert "put back" in caplog.text
    machine.wall, machine.ran = machine.wall + 7200, machine.ran + 3600
    assert steady.now() == before + 4800 + 3600, "put right again: an hour is an hour"
    machine.wall, machine.ran = machine.wall + 9000, machine.ran + 100
    assert steady.now() == before + 4800 + 3600 + 9000, "a step forward is followed"


@given(st.lists(st.floats(min_value=-1e7, max_value=1e7)))
def test_its_time_never_goes_back(steps: list[float]):
    clock = StoppedClock()
    steady = SteadyClock(clock)
    times = [steady.now()]
    for step in steps:
        clock.pass_time(step)
        times.append(steady.now())
    assert times == sorted(times)
    assert times[-1] == pytest.approx(times[0] + sum(max(0, step) for step in steps))
