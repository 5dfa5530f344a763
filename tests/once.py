"""What is made once a run: a folder that all worker processes share, and a lock for who makes it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest


def shared_folder(temporary: pytest.TempPathFactory) -> Path:
    """The run's own folder for temporary files, the same in every worker process."""
    base = temporary.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


class locked:  # noqa: N801 - reads as a word in a with statement
    """Holds a lock file: what is made once a run is made by one worker process, while the others wait for it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w")

    def __enter__(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()
