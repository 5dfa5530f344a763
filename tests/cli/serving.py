"""``sendbook serve`` as a process of its own, and a browser that signs in to it."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.cli.kit import program

_PATIENCE = 60.0


@dataclass(frozen=True)
class SignIn:
    """One line of what the demonstration prints."""

    role: str
    name: str
    email: str
    password: str


@dataclass
class Served:
    """A gate that is being served, what it printed, and who may sign in."""

    process: subprocess.Popen[str]
    address: str
    printed: list[str] = field(default_factory=list)

    @property
    def sign_ins(self) -> dict[str, SignIn]:
        """The sign-ins of the demonstration, by role."""
        start = next(number for number, line in enumerate(self.printed) if line.startswith("Role "))
        rows = [re.split(r"\s{2,}", line) for line in self.printed[start + 1 :] if "@" in line]
        return {row[0]: SignIn(*row) for row in rows}

    @contextmanager
    def browser(self) -> Iterator[httpx.Client]:
        """A browser that nobody has signed in with."""
        with httpx.Client(base_url=self.address, timeout=30) as browser:
            yield browser

    def stop(self) -> int:
        """Stops it as a person does, with Ctrl-C; answers its exit code."""
        self.process.send_signal(signal.SIGINT)
        self.printed += self.process.communicate(timeout=_PATIENCE)[0].splitlines()
        return self.process.returncode


def sign_in(browser: httpx.Client, who: SignIn) -> httpx.Response:
    """Fills in the form; answers what comes after."""
    form = browser.get("/sign-in").text
    found = re.findall(r'name="csrf_token" value="([^"]+)"', form)
    fields = {"email": who.email, "password": who.password, "csrf_token": found[-1]}
    return browser.post("/sign-in", data=fields)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(*arguments: str | Path) -> Iterator[Served]:
    """Serves until the block ends; it is up when the block begins."""
    port = free_port()
    command = program("serve", "--port", str(port), *arguments)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    served = Served(process=process, address=f"http://127.0.0.1:{port}")
    try:
        for line in process.stdout or ():
            served.printed.append(line.rstrip("\n"))
            if "Stop with Ctrl-C" in line:
                break
        else:
            raise AssertionError("\n".join(served.printed))
        # The address is printed before the gate has begun: who comes that early waits.
        with httpx.Client(base_url=served.address, timeout=_PATIENCE) as first:
            assert first.get("/healthz").text == "ok\n"
        yield served
    finally:
        process.kill()
        process.wait(_PATIENCE)
        if process.stdout:
            process.stdout.close()


def until(holds: Callable[[], bool]) -> bool:
    """Looks again and again, for a minute at most, whether something has come about."""
    pause = threading.Event()
    return any(holds() or pause.wait(0.1) for _ in range(600))
