"""Shells and headers, kept in memory as long as the bundle is the one they came from."""

from sendbook.bundle import PUBLIC, Bundle
from sendbook.bundle.fragment import CutShell
from sendbook.bundle.look_up import shell_of
from sendbook.gate.headers import Headers, common


class Shells:
    """A shell is asked for with its digest, which came with the look-up, so a changed one is noticed at once."""

    def __init__(self, bundle: Bundle, *, https: bool) -> None:
        self._bundle = bundle
        self._https = https
        self._kept: dict[str, tuple[bytes, CutShell]] = {}
        self._version = -1
        self._headers: Headers = []

    def get(self, edition: str, digest: bytes | None) -> CutShell | None:
        """The edition's shell. If a publication came between, the newer one: it fits older pages as well."""
        if digest is None:
            return None
        kept = self._kept.get(edition)
        if kept is None or kept[0] != digest:
            kept = shell_of(self._bundle.connection, edition)
            if kept is None:
                return None
            self._kept[edition] = kept
            self.headers()
        return kept[1]

    def public(self) -> CutShell | None:
        """The public edition's shell, for the pages people see before they sign in."""
        kept = shell_of(self._bundle.connection, PUBLIC)
        return kept[1] if kept else None

    def headers_of_pages(self) -> Headers:
        """The same headers without asking whether the bundle has changed: pages only, whose scripts stand in their
        shell, so that a changed shell has just renewed them. Asking costs a twentieth of a page.
        """
        return self._headers or self.headers()

    def version(self) -> int:
        """Another number after each publication."""
        return int(self._bundle.connection.execute("PRAGMA data_version").fetchone()[0])

    def headers(self) -> Headers:
        """The headers of every answer, made anew when the bundle has changed: its script hashes may have."""
        version = self.version()
        if version != self._version:
            self._headers = common(self._bundle.meta("script_hashes"), https=self._https)
            self._version = version
        return self._headers
