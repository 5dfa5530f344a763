"""Somebody who changed one word does not wait for modules that the command has no use for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.kit import DAY, git, run, small_campus

#: Each takes longer to import than such a command has to do; each is used by other commands, or where something is new.
HEAVY = {
    *("argon2", "authlib", "concurrent.futures.process", "fontTools", "http.client", "httpx", "jsonschema", "mkdocs"),
    *("pydantic", "pypdf", "starlette", "typst", "urllib.request", "uvicorn", "xml.sax"),
}
_RUN = """
import json, sys
from sendbook.cli.main import main
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
print(json.dumps(sorted(sys.modules)))
"""


@pytest.fixture(scope="module")
def campus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small campus in git whose site was built."""
    root = small_campus(tmp_path_factory.mktemp("start") / "campus")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "Begun")
    assert run("build", "--campus", root, *DAY).code == 0
    return root


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "build", "diff"])
def test_with_nothing_new_nothing_heavy_is_imported(command: str, campus: Path) -> None:
    asked = [sys.executable, "-c", _RUN, command, "--campus", str(campus), *DAY]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "sendbook.cli.main" in loaded
    assert not HEAVY & loaded
