"""Where the browser is. Without one the tests are skipped and say why; with CI=true that is a failure."""

import os
import shutil
import subprocess
import sys
from functools import cache
from importlib.util import find_spec

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def chromium() -> str:
    """The path of a Chromium; skips (or, in CI, fails) the test that asks where there is none."""
    for module in ("playwright", "axe_playwright_python"):
        if find_spec(module) is None:
            _without(f"The Python package {module} is not installed.")
    if not _driver_runs():
        _without("Playwright's driver can't start here; on Debian it needs the package libatomic1.")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or _without(f"No Chromium here: none of {', '.join(NAMES)} is on the PATH.")


@cache
def _driver_runs() -> bool:
    command = [sys.executable, "-m", "playwright", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _without(reason: str) -> str:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason} In CI the browser tests must run.", pytrace=False)
    pytest.skip(reason)
    raise AssertionError("skipping does not return")
