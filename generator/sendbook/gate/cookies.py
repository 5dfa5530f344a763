"""The gate's three cookies.

`session` says who is signed in, `before` carries the sign-in form's nonce and the page that was wanted, `known`
marks a browser that somebody has signed in with. Over https each has the prefix `__Host-`, which browsers take
only with Secure, from this very host, for the whole of it.

SameSite is Lax, not Strict: with Strict a link in an e-mail to a meeting's page would land on the sign-in page
although its reader is signed in. What Lax lets through from other sites are navigations with GET, and those
change nothing here; everything that does is a POST with a token.
"""


class Cookies:
    """Names and texts of the cookies, for https or for a plain connection to this machine."""

    def __init__(self, *, https: bool) -> None:
        self._prefix = "__Host-" if https else ""
        self._secure = "; Secure" if https else ""
        self.session = self.name("session")
        self.before = self.name("before")
        self.known = self.name("known")

    def name(self, name: str) -> bytes:
        """A cookie's name as it is sent."""
        return f"{self._prefix}{name}".encode()

    def set(self, name: bytes, value: str, *, lasts: int | None = None) -> tuple[bytes, bytes]:
        """The header that sets a cookie, until the browser is closed or for `lasts` seconds."""
        age = "" if lasts is None else f"; Max-Age={lasts}"
        text = f"{name.decode()}={value}; Path=/; HttpOnly; SameSite=Lax{age}{self._secure}"
        return b"set-cookie", text.encode()

    def drop(self, name: bytes) -> tuple[bytes, bytes]:
        """The header that removes a cookie."""
        return self.set(name, "", lasts=0)
