"""``sendbook serve``: the site behind its sign-in; with ``--demo``, one sign-in for each role.

This process supervises three others (`docs/architecture.md`): the builder makes the site, the gate serves it, the press
makes PDFs. What forbids serving is told before any of them is started.
"""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from sendbook.bundle import Bundle
from sendbook.cli import demo
from sendbook.cli.demo_campus import served_in_its_place
from sendbook.cli.gate_settings import gate_settings
from sendbook.cli.options import campus_root, open_campus, state_folder
from sendbook.cli.telling import error_screen, for_log
from sendbook.errors import BundleError, LineError, SendbookError, ServeError
from sendbook.gate import Settings
from sendbook.gate.audit import AuditLog
from sendbook.gate.server import check_address, is_loopback, listen
from sendbook.line.lines import Lines
from sendbook.line.messages import (
    BeginBuilder,
    BeginGate,
    BeginPress,
    BuildAgain,
    Built,
    Failed,
    Message,
    ShowSignIns,
    SignInsShown,
)
from sendbook.line.socket_folder import socket_folder
from sendbook.processes import landlock
from sendbook.processes.supervisor import Child, Supervisor


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How to serve. ``name`` is how people reach it through a proxy, ``behind`` that proxy's address.

    ``fixed`` says that it is always the same day.
    """

    host: str
    port: int
    name: str | None
    demo: bool
    watch: bool
    fixed: bool
    behind: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """What to open in a browser."""
        host = f"[{self.host}]" if ":" in self.host and not self.host.startswith("[") else self.host
        return f"http://{host}:{self.port}"


_ALL_ALIKE = (
    "Warning: all visitors seem to come from one address. Guessing at passwords is slowed down less, and the access "
    "log can't say where people came from. Name your proxy (--behind 127.0.0.1) and set it up as sendbook proxy says."
)
_NOT_CONFINED = (
    "This machine's kernel has no Landlock, so nothing but the rights of the user that runs sendbook confines the gate "
    "and the press."
)
_HALF_CONFINED = (
    "This machine's kernel has an early Landlock, which confines the gate and the press to their folders, but can't "
    "keep them from cutting the site's files."
)
_ANOTHER = "Another gate is running on this campus; stop it first."
_LOCK = "serve.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Served:
    """What is served, on which day ("" for each day as it comes), and where its processes talk."""

    root: Path
    state: Path
    day: str
    how: How
    sockets: Path
    settings: Settings

    @property
    def hidden(self) -> tuple[str, ...]:
        """What the gate and the press are not to find: the campus, and the state but for what they are named."""
        return tuple(map(str, (self.root, self.state)))


def serve(root: Path, on: date, state: Path | None, how: How, console: Console) -> int:
    """Builds and serves until stopped; answers the exit code."""
    root = campus_root(root)
    state = state_folder(root, state)
    settings = gate_settings(state, how.name, how.behind)
    if not how.demo and not _has_site(settings):
        open_campus(root)  # a schema of the campus's own that can't be worked with is told at once
    _check_address_is_free(how)
    with _only_one(state), socket_folder() as sockets:
        _check_may_serve(settings, how)
        if how.demo:
            root = served_in_its_place(root, state, console)
        day = on.isoformat() if how.fixed else ""
        served = _Served(root=root, state=state, day=day, how=how, sockets=sockets, settings=settings)
        with Supervisor(error_screen().print) as supervisor:
            return _supervise(served, supervisor, console)


def _supervise(served: _Served, supervisor: Supervisor, console: Console) -> int:
    with _listening_at(served.sockets / "builder.sock") as asked_to_build:
        supervisor.start(_builder(served, asked_to_build))
        if not _is_published(served, supervisor):
            return 1
        if served.how.demo:
            _asked(supervisor, served.sockets / "builder.sock", ShowSignIns())
        with (
            _listening_at(served.sockets / "press.sock") as asked_to_print,
            listen(served.how.host, served.how.port) as visited,
        ):
            supervisor.start(_press(served, asked_to_print))
            supervisor.start(_gate(served, visited))
            _invite(served.how, console)
            with suppress(KeyboardInterrupt):  # the way it is meant to be stopped
                supervisor.run()
    return 0


def _is_published(served: _Served, supervisor: Supervisor) -> bool:
    """Has the site built; whether there is one now, this one or, but for a demonstration, the last good one.

    Neither a mistake in a record nor a machine that can't build just now must take a site away when it starts again.
    """
    try:
        built = _asked(supervisor, served.sockets / "builder.sock", BuildAgain())
    except SendbookError as error:
        if served.how.demo or not _has_site(served.settings):
            raise
        tell = error_screen()
        tell.print(f"The site could not be built: {for_log(str(error), tell)}", style="red")
        tell.print("The last good site is served.")
        return True
    if isinstance(built, Built) and built.published:
        return True
    return not served.how.demo and _has_site(served.settings)


def _asked(supervisor: Supervisor, place: Path, message: Message) -> Message:
    """What the builder answers; one that died over it is asked again once it has been started again.

    Raises `SendbookError` with the builder's sentence if it could not be done.
    """
    while True:
        with Lines.to(place) as lines, suppress(LineError):
            lines.send(message)
            while not supervisor.wait(lines):
                pass
            answer = lines.receive()
            if isinstance(answer, Failed):
                raise SendbookError(answer.sentence)
            if isinstance(answer, Built | SignInsShown):
                return answer
        supervisor.wait_a_little()


def _builder(served: _Served, listening: socket.socket) -> Child:
    def begin(again: bool) -> BeginBuilder:
        return BeginBuilder(
            root=str(served.root),
            state=str(served.state),
            day=served.day,
            demo=served.how.demo,
            watch=served.how.watch,
            at_once=again and served.how.watch,
            listening=listening.fileno(),
            sockets=str(served.sockets),
        )

    return Child(name="builder", module="sendbook.cli.builder_process", begin=begin, sockets=(listening,))


def _press(served: _Served, listening: socket.socket) -> Child:
    nothing = served.sockets / "nothing"
    nothing.mkdir(mode=0o500)
    begin = BeginPress(root=str(served.root), nothing=str(nothing), listening=listening.fileno(), hidden=served.hidden)
    return Child(name="press", module="sendbook.cli.press_process", begin=lambda _again: begin, sockets=(listening,))


def _gate(served: _Served, listening: socket.socket) -> Child:
    begin = BeginGate(
        state=str(served.state),
        name=served.how.name or "",
        behind=served.how.behind,
        day=served.day,
        listening=listening.fileno(),
        press=str(served.sockets / "press.sock"),
        hidden=served.hidden,
    )
    return Child(name="gate", module="sendbook.cli.gate_process", begin=lambda _again: begin, sockets=(listening,))


@contextmanager
def _only_one(state: Path) -> Iterator[None]:
    """While nobody else serves from this state folder."""
    lock = os.open(state / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServeError(_ANOTHER) from None
        yield
    finally:
        os.close(lock)


@contextmanager
def _listening_at(place: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(place))
        listening.listen()
        yield listening


def _check_address_is_free(how: How) -> None:
    if how.demo and (how.name or not is_loopback(how.host)):
        raise ServeError("The demonstration is served on this machine (127.0.0.1) only: its passwords are on a screen.")
    listen(how.host, how.port).close()


def _check_may_serve(settings: Settings, how: How) -> None:
    """Whatever forbids serving is told before the work, and before a running gate's sign-ins are touched."""
    settings.state.mkdir(mode=0o700, exist_ok=True)
    _wait_for_the_last_gate(settings.audit / "lock")
    AuditLog(settings.audit, settings.state / "audit.key").close()  # refuses while another gate runs on this campus
    if how.demo and demo.would_write_over(settings):
        raise ServeError("People have sign-ins of their own here, which a demonstration would replace; use --state.")
    demo.forget_sign_ins(settings)
    check_address(settings, how.host)


def _wait_for_the_last_gate(lock: Path) -> None:
    """Waits a little for a gate whose supervisor was killed a moment ago: it is about to end."""
    if not lock.exists():
        return
    with lock.open("rb") as file:
        for _ in range(50):
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            time.sleep(0.1)


def _has_site(settings: Settings) -> bool:
    """Whether a site was published before, by this version."""
    try:
        with Bundle.reading(settings.bundle) as bundle:
            return bool(bundle.readers())
    except BundleError:
        return False


def _invite(how: How, console: Console) -> None:
    """Says where to go, and what is not as it should be."""
    known = landlock.version()
    if known < landlock.WHOLE:
        error_screen().print(_HALF_CONFINED if known else _NOT_CONFINED)
    if how.demo:
        console.print(f"\nOpen {how.address} and sign in as any of them. Everyone here is invented. Stop with Ctrl-C.")
    elif how.name:
        if not how.behind:
            console.print(_ALL_ALIKE)
        console.print(f"Serving https://{how.name} from {how.address} behind your proxy. Stop with Ctrl-C.")
    else:
        console.print(f"Serving on {how.address}. Stop with Ctrl-C.")
