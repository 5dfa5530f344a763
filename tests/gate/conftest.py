"""A gate, its clock, and a browser that is not signed in."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from sendbook.gate.app import Gate
from sendbook.gate.audit import AuditLog
from tests.gate.kit import PARENT, Browser, StoppedClock, make_gate, settings_in
from tests.gate.logs import DECEMBER, NOVEMBER, event


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as made:
        yield made


@pytest.fixture
def gate(tmp_path: Path, clock: StoppedClock) -> Iterator[Gate]:
    made = make_gate(settings_in(tmp_path), clock)
    yield made
    made.close()


@pytest.fixture
def browser(gate: Gate, runner: asyncio.Runner) -> Browser:
    return Browser(gate, runner)


@pytest.fixture
def teacher(gate: Gate, runner: asyncio.Runner) -> Browser:
    made = Browser(gate, runner)
    assert made.sign_in().status == 303
    return made


@pytest.fixture
def parent(gate: Gate, runner: asyncio.Runner) -> Browser:
    made = Browser(gate, runner)
    assert made.sign_in(PARENT).status == 303
    return made


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Two months of rows, in order 1 to 6."""
    folder = tmp_path / "audit"
    audit = AuditLog(folder, tmp_path / "audit.key")
    audit.append([event(NOVEMBER, 1), event(NOVEMBER, 2)])
    audit.append([event(NOVEMBER, 3), event(DECEMBER, 4)])
    audit.append([event(DECEMBER, 5)])
    audit.close()
    audit = AuditLog(folder, tmp_path / "audit.key")
    audit.append([event(DECEMBER, 6)])
    audit.close()
    return folder
