"""How long the supervisor waits before it starts somebody again, what it says, and that none outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sendbook.errors import LineError
from sendbook.line.codec import encoded
from sendbook.line.messages import BeginPress, BuildAgain
from sendbook.processes import supervisor as supervising
from sendbook.processes.supervisor import AGAIN, Child, Supervisor
from tests.cli.serving import until

BEGIN = BeginPress(root="/srv", nothing="/srv", listening=9, hidden=("/srv",))
_CHILD = """
import os, sys, time
from sendbook.line.messages import BeginPress
from sendbook.processes.pipe_end import begun, end_with
begin, pipe = begun(BeginPress)
end_with(pipe, lambda: os.write(1, b"last\\n"))
os.write(1, f"{begin.root} {os.read(0, 10)!r}\\n".encode())
time.sleep(600)
"""


class Ended:
    """A process that has ended so."""

    pid = 2**22 + 7  # nobody has this number

    def __init__(self, code: int) -> None:
        self.returncode = code

    def poll(self) -> int:
        return self.returncode


def child(code: int) -> Child:
    one = Child(name="press", module="", begin=lambda _again: BEGIN, sockets=())
    one.process = Ended(code)  # type: ignore[assignment]
    return one


def pauses(*lives: float, code: int = -9) -> list[float]:
    """The pause after each of several lives of so many seconds."""
    one, now, found = child(code), 1000.0, []
    for life in lives:
        one.process = Ended(code)  # type: ignore[assignment]
        one.pipe = os.open(os.devnull, os.O_RDONLY)
        one.started, now = now, now + life
        found.append(round(one.bury(now), 3))
        assert one.due == now + found[-1]
    return found


def test_each_death_costs_a_longer_pause_up_to_a_minute() -> None:
    assert pauses(1, 1, 1, 1, 1, 1, 1) == [0.1, 0.4, 1.6, 6.4, 25.6, 60.0, 60.0]


def test_who_has_lived_for_more_than_a_minute_is_well_again() -> None:
    assert pauses(1, 1, 60.0, 60.1, 1) == [0.1, 0.4, 1.6, 0.1, 0.4]


def test_who_asks_to_be_started_again_is_at_once_but_not_without_end() -> None:
    assert pauses(5, 5, 5, code=AGAIN) == [0, 0, 0]
    assert pauses(0.05, 0.05, code=AGAIN) == [0.1, 0.4]


@pytest.mark.parametrize(
    ("pause", "said"), [(0.1, "now"), (0.4, "now"), (0.6, "in 1 second"), (1.6, "in 2 seconds"), (60, "in 60 seconds")]
)
def test_the_log_says_when_in_one_line(pause: float, said: str) -> None:
    told = supervising._said("press", pause)
    assert told == f"The press has stopped by itself; it is started again {said}. The rest goes on."


def test_a_process_is_told_what_to_do_on_a_pipe_and_ends_with_it() -> None:
    process = subprocess.Popen([sys.executable, "-c", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(encoded(BEGIN))
    process.stdin.flush()
    assert process.stdout.readline() == b"/srv b''\n", "its own standard input is empty"
    process.stdin.close()
    assert process.stdout.readline() == b"last\n"
    assert process.wait(30) == 0
    process.stdout.close()


@pytest.mark.parametrize("sent", [b"", encoded(BuildAgain()), b"{}\n"])
def test_who_starts_one_by_hand_is_told_that_serve_does(sent: bytes) -> None:
    done = subprocess.run([sys.executable, "-c", _CHILD], input=sent, capture_output=True, check=False)
    assert done.returncode == 1
    assert LineError.__name__ in done.stderr.decode()


def test_at_its_end_all_have_ended_and_signals_are_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of them does not heed being asked to end, and one has started another process itself."""
    (tmp_path / "stubborn.py").write_text(
        "import os, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "other = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(tmp_path / 'pids')!r}, 'w').write(f'{{os.getpid()}} {{other.pid}}')\n"
        "time.sleep(600)\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(supervising, "_TO_END", 0.2)
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)]
    told: list[str] = []
    with Supervisor(told.append) as supervisor:
        supervisor.start(Child(name="press", module="stubborn", begin=lambda _again: BEGIN, sockets=()))
        while not (tmp_path / "pids").exists() or not (tmp_path / "pids").read_text():
            supervisor.wait_a_little()
        numbers = list(map(int, (tmp_path / "pids").read_text().split()))
    assert until(lambda: not any(map(_is_alive, numbers)))
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)] == before
    assert told == []


def test_one_that_can_not_be_started_just_now_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine is out of processes, or of memory."""
    told: list[str] = []
    one = child(-9)
    one.process = None
    starts: list[float] = []

    def start(now: float) -> None:
        starts.append(now)
        if len(starts) < 3:
            raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(one, "start", start)
    supervisor = Supervisor(told.append)
    supervisor._children.append(one)
    for now in (5.0, 5.05, 5.1, 5.3, 5.5):
        monkeypatch.setattr(supervising.time, "monotonic", lambda now=now: now)
        supervisor._look()
    assert starts == [5.0, 5.1, 5.5]
    assert told[0] == "The press can't be started (Resource temporarily unavailable); it is tried again now."


def test_being_stopped_by_hand_ends_the_wait() -> None:
    with Supervisor(print) as supervisor:
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            supervisor.run()


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    if sys.platform != "linux":
        return True
    return ") Z " not in Path(f"/proc/{number}/stat").read_text(encoding="ascii")
