"""How the commands speak: text exactly as it stands, and one sentence for what could not be done."""

from __future__ import annotations

import shutil
import sqlite3

from rich.console import Console

from sendbook.checks.log_paths import text_in_log

#: Brackets and colons in a name or a finding are no markup, and a line is never broken where it is piped on.
_AS_IT_STANDS = {"markup": False, "emoji": False, "highlight": False, "soft_wrap": True}


def screen() -> Console:
    """Where answers go."""
    return Console(**_AS_IT_STANDS)  # type: ignore[arg-type] # all four are flags


def error_screen() -> Console:
    """Where goes what went wrong."""
    return Console(stderr=True, **_AS_IT_STANDS)  # type: ignore[arg-type]


def for_log(sentence: str, console: Console) -> str:
    """The sentence as it may be printed here: only a person's own terminal shows what a file is called."""
    return sentence if console.is_terminal else text_in_log(sentence)


def in_one_sentence(error: OSError | sqlite3.Error) -> str:
    """What the machine refused (no right to write, no space, no file), and where if it said so."""
    if isinstance(error, sqlite3.Error):
        return f"The database in the state folder can't be used: {error}. Is the disk full, or the folder not yours?"
    if isinstance(error, shutil.Error):
        _, place, reason = error.args[0][0]
        return f"{place} can't be written: {reason}."
    if isinstance(error, FileNotFoundError) and error.filename:
        return f"This file or folder is not there: {error.filename}."
    place = f" ({error.filename})" if error.filename else ""
    return f"The machine refused: {error.strerror or error}{place}."
