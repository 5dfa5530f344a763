"""``sendbook serve``: build the site, then serve it behind the sign-in; with ``--demo``, one sign-in for each role."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from sendbook.bundle import Bundle
from sendbook.campus.folder import CampusFolder
from sendbook.cli import demo
from sendbook.cli.build import build_shown
from sendbook.cli.demo_campus import served_in_its_place
from sendbook.cli.options import open_campus, state_folder
from sendbook.cli.people import gate_settings
from sendbook.cli.telling import error_screen
from sendbook.cli.watch import Watched
from sendbook.documents.press import Press
from sendbook.errors import ServeError
from sendbook.gate import Settings, SystemClock
from sendbook.gate import serve as serve_gate
from sendbook.gate.audit import AuditLog
from sendbook.gate.server import check_address, is_loopback, listen


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


class CampusDay(SystemClock):
    """The machine's clock on a campus where it is always one day: for looking at a campus as it was, or will be."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self._day = day

    def today(self) -> date:
        """The day the site was built for."""
        return self._day


def serve(root: Path, on: date, state: Path | None, how: How, console: Console) -> int:
    """Builds and serves until stopped; answers the exit code."""
    folder = open_campus(root)
    state = state_folder(root, state)
    settings = gate_settings(state, how.name, how.behind)
    clock = CampusDay(on) if how.fixed else SystemClock()
    _check_may_serve(settings, how)
    if how.demo:
        folder = open_campus(served_in_its_place(folder.root, state, console))
    watched = Watched(root=folder.root, state=state, day=clock.today, console=error_screen())
    before = watched.stamp()  # what changes while the first build runs is built after it
    published = build_shown(folder, on, state, console).published
    if not published and (how.demo or not _has_site(settings)):
        return 1
    _invite(folder, on, settings, how, console)
    if how.watch:
        _in_background(lambda: watched.run(before))
    with suppress(KeyboardInterrupt):  # the way it is meant to be stopped
        serve_gate(settings, address=how.host, port=how.port, clock=clock, press=Press(folder.root).pdf)
    return 0


def _check_may_serve(settings: Settings, how: How) -> None:
    """Whatever forbids serving is told before the work, and before a running gate's sign-ins are touched."""
    if how.demo and (how.name or not is_loopback(how.host)):
        raise ServeError("The demonstration is served on this machine (127.0.0.1) only: its passwords are on a screen.")
    listen(how.host, how.port).close()
    settings.state.mkdir(mode=0o700, exist_ok=True)
    AuditLog(settings.audit, settings.state / "audit.key").close()  # refuses while another gate runs on this campus
    if how.demo and demo.would_write_over(settings):
        raise ServeError("People have sign-ins of their own here, which a demonstration would replace; use --state.")
    demo.forget_sign_ins(settings)
    check_address(settings, how.host)


def _has_site(settings: Settings) -> bool:
    """Whether a site was published before: a mistake in a record must not take it away when the machine restarts."""
    if not settings.bundle.exists():
        return False
    with Bundle.reading(settings.bundle) as bundle:
        return bool(bundle.readers())


def _invite(folder: CampusFolder, on: date, settings: Settings, how: How, console: Console) -> None:
    """Says where to go, and in the demonstration as whom."""
    if how.demo:
        demo.show(demo.make_sign_ins(folder.load().campus, on, settings), console)
        console.print(f"\nOpen {how.address} and sign in as any of them. Everyone here is invented. Stop with Ctrl-C.")
    elif how.name:
        if not how.behind:
            console.print(_ALL_ALIKE)
        console.print(f"Serving https://{how.name} from {how.address} behind your proxy. Stop with Ctrl-C.")
    else:
        console.print(f"Serving on {how.address}. Stop with Ctrl-C.")


def _in_background(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="watch", daemon=True).start()
