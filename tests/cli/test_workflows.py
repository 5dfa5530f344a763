"""The workflow files of a new campus: they would run, with commands there are, no secret, and no value in a log."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from sendbook import __version__
from sendbook.checks.ci_reporters import reporters_with
from sendbook.cli.main import app
from sendbook.cli.workflows import WORKFLOWS
from sendbook.kinds.rule_book import RULE_BOOK
from tests.cli.kit import git, program, run, small_campus

COMMANDS = app.commands
GITHUB = [path for path in WORKFLOWS if path.startswith(".github/")]
READ = {path: yaml.load(text, yaml.BaseLoader) for path, text in WORKFLOWS.items()}  # noqa: S506 - only strings


def _scripts(path: str) -> Iterator[str]:
    """Every line of shell in a workflow."""
    for node in _nodes(READ[path]):
        for key in ("run", "script"):
            told = node.get(key, ())
            for block in [told] if isinstance(told, str) else told:
                yield from block.splitlines()


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _nodes(inner)


def _commands(path: str) -> list[list[str]]:
    lines = (line.strip().split(">")[0] for line in _scripts(path))
    return [shlex.split(line) for line in lines if line.startswith("sendbook ")]


@pytest.mark.parametrize("path", WORKFLOWS)
def test_every_command_and_option_exists(path: str) -> None:
    commands = _commands(path)
    assert commands
    for _, name, *arguments in commands:
        COMMANDS[name].make_context(name, arguments)
    forms = [words[words.index("--format") + 1] for words in commands if "--format" in words]
    assert set(forms) <= reporters_with(RULE_BOOK).keys() - {"text"}


@pytest.mark.parametrize("path", WORKFLOWS)
def test_it_installs_the_version_it_was_made_with(path: str) -> None:
    installed = [line for line in _scripts(path) if "pip install" in line]
    assert installed
    assert all(f'"sendbook=={__version__}"' in line for line in installed)


@pytest.mark.parametrize("path", WORKFLOWS)
def test_it_needs_no_secret_and_may_write_nothing_to_the_records(path: str) -> None:
    text = WORKFLOWS[path]
    assert "secrets." not in text
    assert not re.search(r"TOKEN|PASSWORD", text)
    assert "contents: write" not in text


@pytest.mark.parametrize("path", GITHUB)
def test_actions_are_named_by_their_major_version(path: str) -> None:
    used = [node["uses"] for node in _nodes(READ[path]) if "uses" in node]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@v[0-9]+", name) for name in used)


@pytest.mark.parametrize("path", GITHUB)
def test_nothing_of_an_event_is_pasted_into_a_script(path: str) -> None:
    """What a branch is called could be a command; it is handed over as a variable."""
    assert not [line for line in _scripts(path) if "${{" in line]


@pytest.mark.parametrize("path", WORKFLOWS)
def test_the_whole_history_is_there_where_changes_are_checked(path: str) -> None:
    if path.endswith(".gitlab-ci.yml"):
        assert READ[path]["variables"]["GIT_DEPTH"] == "0"
        return
    checkouts = [node for node in _nodes(READ[path]) if str(node.get("uses", "")).startswith("actions/checkout@")]
    assert [(one["with"]["fetch-depth"], one["with"]["persist-credentials"]) for one in checkouts] == [("0", "false")]


def test_the_public_edition_is_published_only_when_somebody_asks() -> None:
    assert list(READ[".github/workflows/publish.yml"]["on"]) == ["workflow_dispatch"]
    assert READ[".gitlab-ci.yml"]["pages"]["rules"][0]["when"] == "manual"


def test_a_new_campus_has_them_and_keeps_what_they_make_out_of_git(tmp_path: Path) -> None:
    campus = tmp_path / "school"
    assert run("new", campus).code == 0
    for path, text in WORKFLOWS.items():
        assert (campus / path).read_text(encoding="utf-8") == text
    assert set(WORKFLOWS) <= set(git(campus, "ls-files").stdout.splitlines())
    assert git(campus, "check-ignore", "public/index.html").returncode == 0


@pytest.mark.sample(1)
@pytest.mark.parametrize("path", [".github/workflows/check.yml", ".gitlab-ci.yml"])
@pytest.mark.parametrize("broken", [False, True])
def test_the_checks_of_a_proposal_run_as_written(path: str, broken: bool, tmp_path: Path) -> None:
    """The shell of the step, with the variables it is given, on a proposal in a repository of its own."""
    campus = small_campus(tmp_path / "school")
    git(campus, "init", "--quiet", "--initial-branch=main")
    git(campus, "add", "--all")
    git(campus, "commit", "--quiet", "-m", "Begin")
    base = git(campus, "rev-parse", "HEAD").stdout.strip()
    plan = campus / "records/students/2TST/plan.yml"
    if broken:
        plan.write_text(plan.read_text(encoding="utf-8") + "favourite: Quixotic\n", encoding="utf-8")
        git(campus, "commit", "--all", "--quiet", "-m", "A proposal")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "sendbook").write_text(f'#!/bin/sh\nexec {shlex.join(program())} "$@"\n', encoding="utf-8")
    (tools / "sendbook").chmod(0o755)
    done = subprocess.run(
        ["/bin/bash", "-eo", "pipefail", "-c", _check_of(path)],
        cwd=campus,
        env={
            **os.environ,
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "BASE": base,
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    log = done.stdout + done.stderr
    report = campus / "findings.xml"
    log += report.read_text(encoding="utf-8") if report.exists() else ""
    assert done.returncode == (1 if broken else 0), log
    assert ("unknown-field" in log) is broken
    assert "Quixotic" not in log


def _check_of(path: str) -> str:
    """The script of the step that checks a proposal."""
    if path == ".gitlab-ci.yml":
        return str(READ[path]["check"]["script"][-1])
    steps = READ[path]["jobs"]["check"]["steps"]
    return next(str(step["run"]) for step in steps if "--since" in step.get("run", ""))
