"""Ends a command that was stopped by hand (Ctrl-C) in one plain line, with the exit code that programs expect.

This is imported before anything else is, so it needs almost nothing itself.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

#: What programs that were stopped by Ctrl-C end with.
EXIT_CODE = 128 + signal.SIGINT

_SITE = "The site is whole, as before or as new: run the command again to finish."
_AGAIN = "It may not be done: run it again."
#: What a command that writes something leaves behind.
_LEFT = {
    "build": _SITE,
    "export": _SITE,
    "publish": "The folder is whole, as before or as new: run the command again to finish.",
    "serve": _SITE,
    "revoke": _AGAIN,
    "account": _AGAIN,
    "figures": _AGAIN,
}


class Stopped(KeyboardInterrupt):
    """Stopping by hand, with a sentence that says what it leaves behind."""


def stopped(why: BaseException, command: str = "") -> NoReturn:
    """Say that the command was stopped, and end; ``command`` is the one that ran."""
    if _in_main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # nobody who presses twice is to see where we were
    left = str(why) if isinstance(why, Stopped) else _LEFT.get(command, "")
    after = "\n" if sys.stderr.isatty() else ""  # the terminal has written ^C on the line
    try:
        print(after + f"sendbook: stopped. {left}".strip(), file=sys.stderr, flush=True)
        sys.stdout.flush()
    except (OSError, ValueError):  # nobody is left to read what we say
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(EXIT_CODE)


def _in_main_thread() -> bool:
    import threading

    return threading.current_thread() is threading.main_thread()
