"""``sendbook access-log``: what it says, and how it ends."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from sendbook.errors import ServeError
from sendbook.gate import audit
from sendbook.gate.audit import AuditLog, Event
from tests.cli.kit import run

NOVEMBER, DECEMBER = 1_795_420_800.0, 1_796_500_000.0


@pytest.fixture
def campus(tmp_path: Path) -> Path:
    """A folder with a log of two months."""
    gate = tmp_path / ".sendbook" / "gate"
    gate.mkdir(mode=0o700, parents=True)
    log = AuditLog(gate / "audit", gate / "audit.key")
    log.append(
        [
            Event(at=NOVEMBER, kind="sign-in", reader="p-1aaa", detail="127.0.0.1"),
            Event(at=NOVEMBER + 5, kind="page", reader="p-1aaa", subject="7Q4K", path="/students/7Q4K/plan/"),
            Event(at=DECEMBER, kind="search", reader="p-2bbb", detail="8B2M 7Q4K"),
        ]
    )
    log.close()
    return tmp_path


def lines(campus: Path, *arguments: str) -> list[str]:
    told = run("access-log", *arguments, "--campus", campus)
    assert told.code == 0, told
    return told.out.splitlines()


def test_it_says_who_opened_a_student_s_pages_or_found_one(campus: Path) -> None:
    both = [
        "2026-11-23 08:00:05  p-1aaa  opened  /students/7Q4K/plan/",
        "2026-12-05 19:46:40  p-2bbb  searched  8B2M 7Q4K",
    ]
    for name in ("7Q4K", "students/7Q4K/plan", "records/students/7Q4K/plan.yml"):
        assert lines(campus, "who", name) == both
    assert lines(campus, "who", "9ZZZ") == ["Nobody opened a page about 9ZZZ."]


def test_it_says_what_a_person_did(campus: Path) -> None:
    assert lines(campus, "person", "p-1aaa") == [
        "2026-11-23 08:00:00  p-1aaa  signed in  127.0.0.1",
        "2026-11-23 08:00:05  p-1aaa  opened  /students/7Q4K/plan/",
    ]
    assert lines(campus, "person", "p-9zzz") == ["p-9zzz opened nothing."]


def test_it_proves_the_log_also_against_a_line_noted_before(campus: Path) -> None:
    (noted,) = lines(campus, "head")
    assert lines(campus, "verify") == ["The access log is as it was written: 2026-11, 2026-12; 3 rows."]
    told = run("access-log", "verify", "--head", noted, "--campus", campus)
    assert "holds what you named" in " ".join(told.out.split())
    wrong = run("access-log", "verify", "--head", "3 " + "0" * 64, "--campus", campus)
    assert wrong.code == 1
    assert "row 3: is not the row noted earlier" in " ".join(wrong.out.split())
    assert (
        "is not a row of the access log" in run("access-log", "verify", "--head", "three", "--campus", campus).sentence
    )


def test_what_was_changed_is_named_with_its_place(campus: Path) -> None:
    with sqlite3.connect(campus / ".sendbook/gate/audit/2026-11.db") as raw:
        raw.execute("UPDATE entry SET reader = 'p-9zzz' WHERE n = 2")
    raw.close()
    told = run("access-log", "verify", "--campus", campus)
    assert told.code == 1
    assert "2026-11.db, row 2: is not as it was written" in " ".join(told.out.split())


def test_a_damaged_month_is_one_sentence(campus: Path) -> None:
    (campus / ".sendbook/gate/audit/2026-11.db").write_bytes(b"no database" * 500)
    for command in (("who", "7Q4K"), ("person", "p-1aaa")):
        assert "2026-11.db is damaged" in run("access-log", *command, "--campus", campus).sentence
    assert run("access-log", "verify", "--campus", campus).code == 1


def test_months_are_deleted_on_purpose(campus: Path) -> None:
    told = run("access-log", "drop", "2026-11", "--campus", campus, "--as-of", "2027-01-05")
    assert told.out.startswith("Deleted: 2026-11.")
    assert lines(campus, "verify") == ["The access log is as it was written: 2026-12; 3 rows."]
    assert "is not a month" in run("access-log", "drop", "November", "--campus", campus).sentence


def test_a_lost_key_stops_the_server_and_the_sentence_says_how_to_go_on(campus: Path) -> None:
    (campus / ".sendbook/gate/audit.key").unlink()
    assert "is missing" in run("access-log", "verify", "--campus", campus).out
    told = run("access-log", "set-aside", "--campus", campus)
    assert told.code == 0
    assert lines(campus, "verify")[0].endswith("; 1 row.")
    (row,) = lines(campus, "who", "")
    assert "an older log was set aside" in row


def test_where_nothing_was_served_there_is_no_log(tmp_path: Path) -> None:
    for command in (("verify",), ("head",), ("who", "7Q4K"), ("set-aside",)):
        assert "nothing has been served" in run("access-log", *command, "--campus", tmp_path).sentence
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("asked", [("who", "7Q4K"), ("person", "p-1aaa")])
def test_an_answer_from_a_log_that_was_changed_says_so_first(campus: Path, asked: tuple[str, str]) -> None:
    with sqlite3.connect(campus / ".sendbook" / "gate" / "audit" / "2026-12.db") as month:
        month.execute("UPDATE entry SET reader = 'p-9zzz'")
    month.close()
    told = run("access-log", *asked, "--campus", campus)
    assert told.code == 1
    first, *others = told.out.splitlines()
    assert first.startswith("The access log has been changed, so don't rely on what follows. ")
    assert "2026-11-23 08:00:05  p-1aaa  opened  /students/7Q4K/plan/" in others


def test_a_clock_that_was_put_back_a_month_is_told(campus: Path) -> None:
    assert len(lines(campus, "verify")) == 1
    gate = campus / ".sendbook" / "gate"
    log = AuditLog(gate / "audit", gate / "audit.key")
    log.append([Event(at=NOVEMBER + 60, kind="page", reader="p-2bbb", subject="7Q4K", path="/students/7Q4K/")])
    log.close()
    proved, told = lines(campus, "verify")
    assert proved.endswith("2026-11, 2026-12; 4 rows.")
    assert told.startswith("1 row with the time of a month before that of an earlier row: the machine's clock")


def test_no_gate_can_begin_a_log_while_one_is_set_aside(campus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = campus / ".sendbook" / "gate"
    move = audit.shutil.move
    tried = []

    def move_and_start_a_gate(source: Path, target: Path) -> None:
        move(source, target)
        with pytest.raises(ServeError, match="Another gate is running"):
            AuditLog(gate / "audit", gate / "audit.key")
        tried.append(source)

    monkeypatch.setattr(audit.shutil, "move", move_and_start_a_gate)
    lines(campus, "set-aside")
    assert len(tried) >= 4, "two months, their list and the key"
    monkeypatch.undo()
    assert lines(campus, "verify")[0].endswith("; 1 row.")
    (kept,) = gate.glob("access-log-2*")
    assert sorted(one.name for one in (kept / "audit").glob("*.db")) == ["2026-11.db", "2026-12.db"]
    assert {one.name for one in kept.iterdir()} == {"access-log.json", "audit", "audit.key"}
