"""The gate: signs people in, looks up what they may see, and writes down that they saw it.

`create_app` makes the ASGI app, `serve` runs it; `Accounts`, `withdraw`, `audit.verify` are for the command line.
"""

from sendbook.gate.accounts import Accounts
from sendbook.gate.app import Gate, create_app
from sendbook.gate.clock import Clock, SystemClock
from sendbook.gate.pages import not_found_fragment
from sendbook.gate.private_files import open_database
from sendbook.gate.server import serve
from sendbook.gate.settings import Settings
from sendbook.gate.withdrawal import withdraw

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
    "withdraw",
]
