"""A log of three months, and ways to change it behind the gate's back."""

import sqlite3
from pathlib import Path

from sendbook.gate.audit import Event
from sendbook.gate.audit_chain import Head
from sendbook.gate.audit_proof import Broken, verify
from tests.bundle.sites import AISHA

NOVEMBER, DECEMBER = 1_795_420_800.0, 1_796_500_000.0


def event(at: float, number: int) -> Event:
    return Event(at=at + number, kind="page", reader="t", subject=AISHA, path=f"/{number}/")


def tamper(log: Path, month: str, *statements: str) -> Broken | None:
    connection = sqlite3.connect(log / f"2026-{month}.db")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return check(log)


def check(log: Path, *heads: Head) -> Broken | None:
    return verify(log, log.parent / "audit.key", heads)
