"""Requests that came in together are answered from one state, and none from a state older than itself."""

import asyncio
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from sendbook.gate.app import Gate
from sendbook.gate.withdrawal import withdraw
from tests.bundle.sites import AISHA, BEN
from tests.gate.kit import PASSWORD, TEACHER, Browser, StoppedClock, serving, settings_in

PLAN = f"/students/{AISHA}/plan/"
BENS = f"/students/{BEN}/plan/"


def together(browser: Browser, *paths: str) -> list[int]:
    """Ask for all of these in one turn of the loop; the answers' status."""

    async def asked() -> list[int]:
        answers = await asyncio.gather(*(browser._ask("GET", path, b"", {}) for path in paths))
        return [answer.status for answer in answers]

    return browser.runner.run(asked())


def test_requests_of_one_turn_share_a_reading_of_each_database(teacher: Browser, gate: Gate):
    statements: list[str] = []
    for connection in (gate.bundle.connection, gate.reading):
        connection.set_trace_callback(statements.append)
    assert together(teacher, PLAN, BENS, "/", "/absent/") == [200, 200, 200, 404]
    begun = [statement for statement in statements if statement in ("BEGIN", "COMMIT")]
    assert begun == ["BEGIN", "BEGIN", "COMMIT", "COMMIT"]
    assert not gate.bundle.connection.in_transaction
    assert not gate.reading.in_transaction


def test_nothing_is_held_once_a_turn_is_over(teacher: Browser, gate: Gate):
    """Neither after a page, nor after a fault: what is withdrawn next counts at the next request."""
    assert teacher.get(PLAN).status == 200
    withdraw(gate.settings, "t", AISHA)
    assert together(teacher, PLAN, BENS) == [404, 200]
    withdraw(gate.settings, "t", "")
    assert together(teacher, PLAN, BENS) == [303, 303]


def test_no_request_made_after_a_withdrawal_is_answered_from_before_it(tmp_path: Path, clock: StoppedClock):
    """Several browsers ask all the time, over real connections, while access is withdrawn."""
    settings, stop = settings_in(tmp_path), threading.Event()

    def ask_on_and_on(port: int, cookie: str) -> list[tuple[float, int]]:
        connection, answers = HTTPConnection("127.0.0.1", port), []
        while not stop.is_set():
            asked = time.monotonic()
            connection.request("GET", PLAN, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            answers.append((asked, answer.status))
        connection.close()
        return answers

    with serving(settings, clock) as port, ThreadPoolExecutor(6) as browsers:
        cookie = signed_in(port)
        asking = [browsers.submit(ask_on_and_on, port, cookie) for _ in range(6)]
        time.sleep(0.3)
        withdraw(settings, "t", AISHA)
        withdrawn = time.monotonic()
        time.sleep(0.3)
        stop.set()
        answers = [answer for browser in asking for answer in browser.result()]
    assert {status for asked, status in answers if asked < withdrawn} >= {200}
    assert {status for asked, status in answers if asked > withdrawn} == {404}


def signed_in(port: int) -> str:
    """The cookie of a session that was begun over a real connection."""
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/sign-in")
    form = connection.getresponse()
    token = re.findall(r'name="csrf_token" value="([^"]+)"', form.read().decode())[-1]
    fields = urlencode({"email": TEACHER, "password": PASSWORD, "csrf_token": token})
    sent = {"Cookie": form.headers["set-cookie"].partition(";")[0], "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/sign-in", fields, sent)
    answer = connection.getresponse()
    connection.close()
    return answer.headers["set-cookie"].partition(";")[0]
