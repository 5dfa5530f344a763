"""The builder as a process of `sendbook serve`: builds when asked and on a change, and keeps the site's database open.

As long as it does, a gate that may only read can open it too. It has one thread for its work; what it is asked
meanwhile waits.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import socket
import sqlite3
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

from sendbook.bundle import Bundle
from sendbook.cli.build import publish_shown
from sendbook.cli.campus_day import clock_of
from sendbook.cli.options import open_campus
from sendbook.cli.telling import error_screen, in_one_sentence, screen
from sendbook.cli.watch import Watched
from sendbook.errors import LineError, SendbookError, trace_of
from sendbook.gate.clock import SteadyClock
from sendbook.line.lines import Lines
from sendbook.line.messages import BeginBuilder, BuildAgain, Built, Failed, Message, ShowSignIns, SignInsShown
from sendbook.places import Places
from sendbook.processes.pipe_end import begun, end_with
from sendbook.site.build.build import BuildResult, Publisher

#: Seconds between two looks at the campus's files and at the bundle's.
_EVERY = 2.0
_TO_ASK = 10.0


def main() -> None:
    """Builds until it is ended."""
    begin, pipe = begun(BeginBuilder)
    end_with(pipe, lambda: _last(Path(begin.sockets)))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=begin.listening) as listening:
        Builder(begin).run(listening)


class HeldSite:
    """Publishes a campus's site, and holds the bundle open from one publication to the next."""

    def __init__(self, root: Path, state: Path) -> None:
        self._root = root
        self._state = state
        self._publisher: Publisher | None = None
        self._held: Bundle | None = None
        self._inode = 0
        self.console = screen()

    def publish(self, on: date) -> BuildResult:
        """Builds and publishes what the files say on a day, and shows what came of it."""
        try:
            if self._publisher is None:
                self._publisher = Publisher(open_campus(self._root), self._state)
            return publish_shown(self._publisher, on, self.console)
        finally:
            self.hold()

    def hold(self) -> None:
        """Opens the bundle that is there now, before the one that was there is let go."""
        path = Places(self._state).bundle
        try:
            inode = path.stat().st_ino
        except OSError:
            return
        if inode == self._inode:
            return
        with suppress(SendbookError, sqlite3.Error):  # a build makes it anew
            fresh = Bundle.reading(path)
            fresh.revoked()  # the withdrawals are held open as well
            if self._held is not None:
                self._held.close()
            self._held, self._inode = fresh, inode


class Builder:
    """Answers what it is asked, and looks after the campus in between."""

    def __init__(self, begin: BeginBuilder) -> None:
        root, state = Path(begin.root), Path(begin.state)
        self._begin = begin
        self._root, self._state = root, state
        # A day that comes back is not believed here either, so that nobody's access begins again with it.
        self._day = SteadyClock(clock_of(begin.day)).today
        self._site = HeldSite(root, state)
        self._site.hold()
        self._watched = Watched(
            root=root, day=self._day, publish=self._site.publish, console=error_screen(), site=Places(state).bundle
        )

    def run(self, listening: socket.socket) -> None:
        """Goes on until the process is ended."""
        if self._begin.at_once:
            self._site.console = error_screen()
            self._watched.build()
        while True:
            ready, _, _ = select.select([listening], [], [], _EVERY)
            if ready:
                self.answer(listening.accept()[0])
            self._site.hold()
            if self._begin.watch:
                self._site.console = error_screen()
                self._watched.look()

    def answer(self, connection: socket.socket) -> None:
        """Answers one who calls; what is no message gets no answer."""
        with Lines(connection, _TO_ASK) as lines, suppress(LineError):
            asked = lines.receive()
            if asked is not None:
                lines.send(self._answer(asked))

    def _answer(self, asked: Message) -> Message:
        try:
            if isinstance(asked, BuildAgain):
                self._watched.note()  # what changes while this is built is built after it
                result = self._site.publish(self._day())
                self._watched.note_site()
                return Built(published=result.published, whole=result.is_whole)
            if isinstance(asked, ShowSignIns) and self._begin.demo:
                self._show_sign_ins()
                return SignInsShown()
            return Failed(sentence="The builder was asked for what it does not do.")
        except SendbookError as error:
            sentence = str(error)
        except (OSError, sqlite3.Error) as error:
            sentence = in_one_sentence(error)
        except Exception as error:
            print(trace_of(error), file=sys.stderr, flush=True)
            sentence = "this is a fault in sendbook. Please report the lines above."
        self._watched.failed(sentence)
        return Failed(sentence=sentence)

    def _show_sign_ins(self) -> None:
        from sendbook.cli import demo
        from sendbook.cli.gate_settings import gate_settings

        campus = open_campus(self._root).load().campus
        demo.show(demo.make_sign_ins(campus, self._day(), gate_settings(self._state)), screen())
        sys.stdout.flush()


def _last(sockets: Path) -> None:
    """The supervisor has ended: its sockets go, and whatever works for us with them."""
    shutil.rmtree(sockets, ignore_errors=True)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
