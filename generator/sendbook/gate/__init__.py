"""The gate: signs people in, looks up what they may see, and writes down that they saw it.

`create_app` makes the ASGI app, `serve` runs it; `Accounts`, `withdraw`, `audit.verify` are for the command line.
Names are fetched when first asked for: who only wants to know what day it is has no need of a web server.
"""

from importlib import import_module as _import_module
from typing import TYPE_CHECKING as _TYPE_CHECKING

if _TYPE_CHECKING:
    from sendbook.gate.accounts import Accounts
    from sendbook.gate.app import Gate, create_app
    from sendbook.gate.clock import Clock, SystemClock
    from sendbook.gate.pages import not_found_fragment
    from sendbook.gate.private_files import open_database
    from sendbook.gate.server import serve
    from sendbook.gate.settings import Settings
    from sendbook.gate.withdrawal import sign_out, withdraw

_MODULES = {
    "Accounts": "accounts",
    "Clock": "clock",
    "Gate": "app",
    "Settings": "settings",
    "SystemClock": "clock",
    "create_app": "app",
    "not_found_fragment": "pages",
    "open_database": "private_files",
    "serve": "server",
    "sign_out": "withdrawal",
    "withdraw": "withdrawal",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"sendbook.gate offers no {name}")
    found: object = getattr(_import_module(f"sendbook.gate.{_MODULES[name]}"), name)
    globals()[name] = found
    return found


__all__ = [
    "Accounts",
    "Clock",
    "Gate",
    "Settings",
    "SystemClock",
    "create_app",
    "not_found_fragment",
    "open_database",
    "serve",
    "sign_out",
    "withdraw",
]
