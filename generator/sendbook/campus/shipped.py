"""Where sendbook's own schemas, templates and example campus are: in the checkout, or inside the installed wheel.

In a checkout they are top-level folders, so that people find and change them; a wheel has no checkout next to
it and carries copies in the package.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_IN_WHEEL = _PACKAGE / "shipped"
_CHECKOUT = _PACKAGE.parent.parent


def schemas() -> Path:
    """The folder of schemas sendbook comes with."""
    return _folder("schemas")


def site_templates() -> Path:
    """The folder of page templates and styles sendbook comes with."""
    return _folder("site_templates")


def proxies() -> Path:
    """The folder of settings files for proxies."""
    return _IN_WHEEL / "proxy" if _IN_WHEEL.is_dir() else _CHECKOUT / "docs" / "proxy"


def example() -> Path:
    """The example campus: a folder with ``records/`` and ``handbook/``."""
    return _IN_WHEEL / "example" if _IN_WHEEL.is_dir() else _CHECKOUT


def _folder(name: str) -> Path:
    return (_IN_WHEEL if _IN_WHEEL.is_dir() else _CHECKOUT) / name
