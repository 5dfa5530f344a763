"""What the gate is told when it starts; nothing here changes while it runs."""

from dataclasses import dataclass, field
from pathlib import Path

from sendbook.gate.limits import Limits

#: Names under which a browser on this machine may call; any other name in a request's Host is refused, or a page
#: of somebody else's could have its own name point here and read with the visitor's browser (DNS rebinding).
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where things are and how long they last; times in seconds.

    `state` is the gate's own folder (accounts, sessions, keys, audit), `templates` holds the gate's pages.
    `https` says that people reach the gate over TLS (a proxy in front does it), `hosts` by which names, and `behind`
    from which addresses or networks that proxy calls: only what it says of a visitor's address is believed.
    """

    bundle: Path
    state: Path
    templates: Path
    hosts: frozenset[str] = LOOPBACK_NAMES
    https: bool = False
    behind: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    idle: int = 30 * 60
    absolute: int = 12 * 60 * 60
    sign_in_page_lasts: int = 60 * 60
    browser_is_known_for: int = 180 * 24 * 60 * 60
    invitation_lasts: int = 7 * 24 * 60 * 60

    @property
    def database(self) -> Path:
        """Accounts, sessions and failed tries."""
        return self.state / "gate.db"

    @property
    def audit(self) -> Path:
        """The audit log's folder."""
        return self.state / "audit"
