"""What the gate has open while it runs: its settings, files, clock and keys. The app and its own pages share it."""

import logging
import os
import sqlite3
from functools import lru_cache

from sendbook.bundle import Bundle, LiveReader, live_reader, stands_for
from sendbook.errors import BundleError
from sendbook.gate.accounts import Accounts
from sendbook.gate.audit import AuditLog
from sendbook.gate.auditor import Auditor
from sendbook.gate.clock import Clock, SteadyClock
from sendbook.gate.cookies import Cookies
from sendbook.gate.pages import Pages
from sendbook.gate.passwords import Passwords
from sendbook.gate.private_files import open_database, open_to_read, secret_key
from sendbook.gate.request import Visit
from sendbook.gate.sessions import Session, Sessions
from sendbook.gate.settings import Settings
from sendbook.gate.shells import Shells
from sendbook.gate.snapshot import Snapshot
from sendbook.gate.sources import Sources
from sendbook.gate.throttle import Throttle
from sendbook.gate.tokens import Tokens

_LOG = logging.getLogger("sendbook.gate")


class State:
    """Opens everything and finds out who is asking. It holds open files, so `close` it."""

    def __init__(self, settings: Settings, clock: Clock, passwords: Passwords) -> None:
        self.settings = settings
        self.clock = SteadyClock(clock)
        self.sources = Sources(settings.behind, through_proxy=settings.https)
        self.database = open_database(settings.database)
        self.accounts = Accounts(self.database, passwords)
        self.reading = open_to_read(settings.database)
        self.sessions = Sessions(self.database, self.reading, idle=settings.idle, absolute=settings.absolute)
        self.throttle = Throttle(self.database)
        self.tokens = Tokens(secret_key(settings.state / "gate.key"))
        self.cookies = Cookies(https=settings.https)
        self._snapshot = Snapshot()
        self._site_is_away = False
        self._open_bundle()
        self.pages = Pages(settings.templates)
        self.auditor = Auditor(AuditLog(settings.audit, settings.state / "audit.key"))
        self.csrf = lru_cache(maxsize=1024)(self.tokens.csrf)

    def _open_bundle(self) -> None:
        self.bundle = Bundle.reading(self.settings.bundle)
        self.shells = Shells(self.bundle, https=self.settings.https)
        self._bundle_path = str(self.settings.bundle)
        self._bundle_file = self.settings.bundle.stat().st_ino

    def _follow_bundle(self) -> None:
        """Open the bundle anew if it was deleted and built again: what was withdrawn since is in the new file
        only, and an open file stays readable after it is deleted. (By name: half the time of a `Path`.)
        """
        if os.stat(self._bundle_path).st_ino != self._bundle_file:  # noqa: PTH116
            self.bundle.close()
            self._open_bundle()

    def hold_snapshot(self) -> bool:
        """Has all requests of this turn read one state of the databases, from the first of them on.

        False while the site can't be opened: it is being made anew, or the builder that holds it open has just died.
        The log says so once, and once that it is back.
        """
        if self._snapshot.is_held:
            return True
        try:
            self._follow_bundle()
            self._snapshot.hold(self.bundle.connection, self.reading)
        except (BundleError, sqlite3.OperationalError, OSError) as error:
            if not self._site_is_away:
                self._site_is_away = True
                _LOG.warning("the gate waits until it can open the site: %s", type(error).__name__)
            return False
        if self._site_is_away:
            self._site_is_away = False
            _LOG.warning("the site is open again")
        return True

    def close(self) -> None:
        """Close the files."""
        self.auditor.close()
        self.bundle.close()
        self.reading.close()
        self.database.close()

    def session(self, visit: Visit) -> Session | None:
        """Who is asking, if their session is alive."""
        token = visit.cookie(self.cookies.session)
        return self.sessions.find(token, self.clock.now()) if token else None

    def reader(self, session: Session | None, path: str = "") -> LiveReader | None:
        """The reader of a session, if the bundle still knows them today, by the address they signed in with; their
        session ends if it doesn't.

        `path` is the page of ours they are reading, which their drawer marks.
        """
        if session is None:
            return None
        reader = live_reader(self.bundle.connection, session.reader, self.clock.today(), path)
        if reader is None or reader.address != stands_for(session.email):
            self.sessions.end(session)
            return None
        return reader
