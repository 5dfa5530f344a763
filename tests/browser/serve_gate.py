"""The gate in a process of its own: reads its accounts from the standard input, and says on which port it listens.

Passwords cost next to nothing here, and the campus's day stands still.
"""

import json
import sys
from datetime import date
from pathlib import Path

import uvicorn

from sendbook.campus.shipped import site_templates
from sendbook.documents.press import Press
from sendbook.gate import Settings, create_app
from sendbook.gate.server import configuration, listen
from tests.gate.kit import StoppedClock, cheap_passwords


def main(bundle: str, state: str, on: str) -> None:
    """Serve until the process is ended."""
    settings = Settings(bundle=Path(bundle), state=Path(state), templates=site_templates() / "gate")
    gate = create_app(
        settings, clock=StoppedClock(date.fromisoformat(on)), passwords=cheap_passwords(), press=Press().pdf
    )
    for reader, email, password in json.load(sys.stdin):
        gate.accounts.add(reader, email, password)
    listening = listen("127.0.0.1", 0)
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    uvicorn.Server(configuration(gate, settings)).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
