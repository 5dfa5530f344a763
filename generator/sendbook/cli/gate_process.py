"""The gate as a process of `sendbook serve`: confined first, then it waits for a site it can open, and serves it."""

from __future__ import annotations

import signal
import socket
import sqlite3
import sys
import time
from contextlib import suppress
from pathlib import Path

from sendbook.campus.shipped import site_templates
from sendbook.errors import SendbookError
from sendbook.line.messages import BeginGate
from sendbook.places import Places
from sendbook.processes.confinement import for_gate
from sendbook.processes.landlock import confine
from sendbook.processes.pipe_end import begun, end_with

_LOOKS_AGAIN_AFTER = 0.5


def main() -> None:
    """Serves until it is ended."""
    begin, pipe = begun(BeginGate)
    # Before anything else is imported: what takes part in serving may start threads.
    confine(for_gate(Places(Path(begin.state)), site_templates() / "gate", map(Path, begin.hidden)))
    end_with(pipe)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    try:
        _serve(begin)
    except SendbookError as error:
        print(f"sendbook: the gate can't serve. {error}", file=sys.stderr, flush=True)
        sys.exit(2)


def _serve(begin: BeginGate) -> None:
    from sendbook.cli.campus_day import clock_of
    from sendbook.cli.gate_settings import gate_settings
    from sendbook.gate.press import PressAtTheLine
    from sendbook.gate.server import serve

    settings = gate_settings(Path(begin.state), begin.name or None, begin.behind)
    _wait_for_the_site(settings.bundle)
    press = PressAtTheLine(Path(begin.press))
    with socket.socket(fileno=begin.listening) as listening, suppress(KeyboardInterrupt):
        serve(settings, listening, clock=clock_of(begin.day), press=press)


def _wait_for_the_site(path: Path) -> None:
    """Where the gate may not write, it can open the site only while a builder has it open."""
    from sendbook.bundle import Bundle

    told = False
    while True:
        try:
            with Bundle.reading(path) as bundle:
                bundle.revoked()
                return
        except (SendbookError, sqlite3.Error, OSError) as error:
            if not told:
                told = True
                print(f"The gate waits until it can open the site: {_said(error)}", file=sys.stderr, flush=True)
        time.sleep(_LOOKS_AGAIN_AFTER)


def _said(error: Exception) -> str:
    from sendbook.checks.log_paths import text_in_log

    return text_in_log(str(error).rstrip("."))


if __name__ == "__main__":
    main()
