"""A synthetic campus to measure on."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas

ON = date(2026, 11, 23)


def synthetic(root: Path, students: int) -> Path:
    """Written by ``sendbook synthesise``, in a process of its own so that none of its memory counts as ours."""
    command = [
        sys.executable,
        "-m",
        "sendbook",
        "synthesise",
        "--students",
        str(students),
        "--as-of",
        str(ON),
        str(root),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return root


def folder_of(root: Path) -> CampusFolder:
    """The campus as the commands open it."""
    return CampusFolder(root, SchemaRegistry.load(schemas()))
