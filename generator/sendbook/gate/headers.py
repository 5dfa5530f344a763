"""The headers of every answer: nothing is kept by anyone, nothing is loaded from or shown inside another site."""

import json
import re

from sendbook.errors import ServeError

Headers = list[tuple[bytes, bytes]]

_HASH = re.compile(r"sha(?:256|384|512)-[A-Za-z0-9+/]+={0,2}")
_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)

NO_STORE = (b"cache-control", b"private, no-store")
FOR_EVER = (b"cache-control", b"public, max-age=31536000, immutable")
BY_ENCODING = (b"vary", b"accept-encoding")
HTML = (b"content-type", b"text/html; charset=utf-8")
PLAIN = (b"content-type", b"text/plain; charset=utf-8")
DEFLATE = (b"content-encoding", b"deflate")
NOT_INDEXED = (b"x-robots-tag", b"noindex, nofollow")


def policy(script_hashes: str | None) -> str:
    """The content security policy; `script_hashes` is the bundle's JSON list for its few inline scripts.

    No `unsafe-inline`, no other host, no frame, forms to ourselves only.
    """
    hashes = json.loads(script_hashes) if script_hashes else []
    bare = [str(value).strip("'") for value in hashes]
    if not all(_HASH.fullmatch(value) for value in bare):
        raise ServeError("The bundle's script hashes are not ones a browser knows; build the site again.")
    scripts = " ".join(["script-src 'self'", *(f"'{value}'" for value in sorted(bare))])
    return "; ".join(
        (
            "default-src 'none'",
            scripts,
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def common(script_hashes: str | None, *, https: bool) -> Headers:
    """What every answer carries, whatever it is."""
    headers = {
        "content-security-policy": policy(script_hashes),
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "permissions-policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    }
    if https:
        headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
    return [(name.encode(), value.encode()) for name, value in headers.items()]
