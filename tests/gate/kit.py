"""A gate over the small site of the bundle's tests, a clock that stands still, and a browser that speaks ASGI.

The browser sends paths as raw bytes, as no well-behaved client would, and keeps cookies.
"""

import asyncio
import atexit
import queue
import re
import shutil
import tempfile
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import uvicorn
from argon2 import PasswordHasher

from sendbook.campus import shipped
from sendbook.gate.app import Gate, create_app
from sendbook.gate.passwords import Passwords
from sendbook.gate.server import configuration, listen
from sendbook.gate.settings import Settings
from tests.bundle.sites import MONDAY, press, small_site

TEMPLATES = shipped.site_templates() / "gate"
PASSWORD = "three plain words"
TEACHER, PARENT = "tom@school.example", "ana@home.example"
START = 1_795_420_800.0  # 2026-11-23 08:00 UTC


class StoppedClock:
    """A clock that moves only when told."""

    def __init__(self, today: date = MONDAY) -> None:
        self.seconds = START
        self.day = today

    def now(self) -> float:
        return self.seconds

    def today(self) -> date:
        return self.day

    def pass_time(self, seconds: float) -> None:
        self.seconds += seconds

    def pass_days(self, days: int) -> None:
        self.day += timedelta(days=days)
        self.seconds += days * 86400


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    sent: bytes

    def header(self, name: str) -> str | None:
        values = [value.decode() for key, value in self.headers if key == name.encode()]
        return ", ".join(values) if values else None

    @property
    def body(self) -> bytes:
        return zlib.decompress(self.sent) if self.header("content-encoding") == "deflate" else self.sent

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def token(self) -> str:
        """The token of the page's last form: ours stand after the shell's."""
        return re.findall(r'name="csrf_token" value="([^"]+)"', self.text)[-1]


@dataclass
class Browser:
    """Sends requests to a gate; `address` is where it calls from."""

    gate: Gate
    runner: asyncio.Runner
    host: str = "localhost:8000"
    address: str = "127.0.0.1"
    encoding: str = "gzip, deflate"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str | bytes, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, **fields: str) -> Answer:
        body = urlencode(fields).encode()
        return self.ask("POST", path, body, content_type="application/x-www-form-urlencoded")

    def ask(self, method: str, path: str | bytes, body: bytes = b"", **headers: str) -> Answer:
        return self.runner.run(self._ask(method, path, body, headers))

    async def _ask(self, method: str, path: str | bytes, body: bytes, headers: dict[str, str]) -> Answer:
        raw = path if isinstance(path, bytes) else path.encode()
        raw, _, query = raw.partition(b"?")
        sent = {"host": self.host, "accept": "text/html", "accept-encoding": self.encoding, **headers}
        if self.cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        scope = {
            "type": "http",
            "method": method,
            "raw_path": raw,
            "path": raw.decode("latin-1"),
            "query_string": query,
            "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in sent.items() if v],
            "client": (self.address, 50000),
            "scheme": "http",
            "server": ("127.0.0.1", 8000),
        }
        messages = []

        async def receive():
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message):
            messages.append(message)

        await self.gate(scope, receive, send)
        start, content = messages
        answer = Answer(start["status"], tuple(start["headers"]), content["body"])
        self._keep_cookies(answer)
        return answer

    def _keep_cookies(self, answer: Answer) -> None:
        for name, value in answer.headers:
            if name == b"set-cookie":
                key, _, rest = value.decode().partition("=")
                text = rest.partition(";")[0]
                self.cookies[key] = text
                if "Max-Age=0" in rest:
                    del self.cookies[key]

    def sign_in(self, email: str = TEACHER, password: str = PASSWORD) -> Answer:
        token = self.get("/sign-in").token
        return self.post("/sign-in", email=email, password=password, csrf_token=token)


def cheap_passwords() -> Passwords:
    """Argon2id at a cost that tests can bear."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@cache
def published_once() -> Path:
    """The small site's bundle, made once: publishing waits for the disk."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    small_site(folder).close()
    return folder / "bundle.db"


def settings_in(folder: Path, **changed: object) -> Settings:
    """Settings over the small site, copied into this folder."""
    if not (folder / "bundle.db").exists():
        shutil.copy(published_once(), folder / "bundle.db")
    given = {"bundle": folder / "bundle.db", "state": folder / "gate", "templates": TEMPLATES, **changed}
    return Settings(**given)


def make_gate(settings: Settings, clock: StoppedClock) -> Gate:
    """A gate with a teacher's and a parent's account."""
    gate = create_app(settings, clock=clock, passwords=cheap_passwords(), press=press)
    gate.accounts.add("t", TEACHER, PASSWORD)
    gate.accounts.add("p", PARENT, PASSWORD)
    return gate


@contextmanager
def serving(settings: Settings, clock: StoppedClock) -> Iterator[int]:
    """A gate that answers at a port of this machine, in a thread of its own."""
    listening = listen("127.0.0.1", 0)
    ready: queue.Queue[uvicorn.Server] = queue.Queue()

    def run() -> None:  # a gate belongs to the thread that serves it
        server = uvicorn.Server(configuration(make_gate(settings, clock), settings))
        ready.put(server)
        server.run(sockets=[listening])

    thread = threading.Thread(target=run)
    thread.start()
    server = ready.get(timeout=10)
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
    assert not thread.is_alive()
