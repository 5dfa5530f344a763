"""The log says who opened what, and shows when it was tampered with."""

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from sendbook.bundle import LIBRARY, Bundle, Fragment
from sendbook.errors import ServeError
from sendbook.gate.app import Gate
from sendbook.gate.audit import AuditLog, drop, rows, set_aside
from sendbook.gate.audit_chain import Head
from sendbook.gate.audit_proof import Broken, head, verify
from tests.bundle.sites import AISHA, BEN, STYLE
from tests.gate.kit import PASSWORD, TEACHER, Browser, StoppedClock
from tests.gate.logs import DECEMBER, NOVEMBER, check, event, tamper

PLAN = f"/students/{AISHA}/plan/"


def kinds(gate: Gate) -> list[tuple[str, ...]]:
    return [row[1:4] for row in rows(gate.settings.audit)]


def test_each_page_of_a_record_is_one_row(teacher: Browser, gate: Gate):
    for path in (PLAN, f"{PLAN}plan.pdf", "/"):
        teacher.get(path)
    assert [row[1:] for row in rows(gate.settings.audit)] == [
        ("sign-in", "t", "", "", "127.0.0.1"),
        ("page", "t", AISHA, PLAN, ""),
        ("page", "t", AISHA, f"{PLAN}plan.pdf", ""),
        ("page", "t", "own", "/", ""),
    ]
    assert next(rows(gate.settings.audit))[0] == "2026-11-23T08:00:00+00:00"


def test_what_holds_no_record_is_not_written_down(teacher: Browser, browser: Browser, gate: Gate):
    for path in ("/handbook/", STYLE, "/absent/", "/search", "/signed-out", "/healthz"):
        teacher.get(path)
    browser.get("/handbook/")
    browser.get(PLAN)
    assert kinds(gate) == [("sign-in", "t", "")]


def test_a_library_page_is_written_down_because_it_names_the_members_of_groups(teacher: Browser, gate: Gate):
    with Bundle.open(gate.settings.bundle) as bundle, bundle.publish() as change:
        change.put_pages(LIBRARY, "staff", {"/library/reading/": Fragment(title="Reading", content="<p>Aisha</p>")})
        change.set_scope("t", LIBRARY, "staff", None, "for everyone who signs in")
    assert teacher.get("/library/reading/").status == 200
    assert list(rows(gate.settings.audit))[-1][1:] == ("page", "t", LIBRARY, "/library/reading/", "")


def test_failed_tries_are_written_without_what_was_typed(browser: Browser, gate: Gate):
    browser.sign_in(TEACHER, "wrong words here")
    browser.sign_in("my password by mistake", "tom@school.example")
    assert [row[1:] for row in rows(gate.settings.audit)] == [
        ("refused", "t", "", "", "127.0.0.1"),
        ("refused", "", "", "", "127.0.0.1"),
    ]


def test_a_search_says_whose_pages_were_listed_and_not_the_words(teacher: Browser, gate: Gate):
    teacher.get(teacher.post("/search", words="ruler", csrf_token=teacher.get("/search").token).header("location"))
    assert list(rows(gate.settings.audit))[-1][1:] == ("search", "t", "", "", f"{BEN} {AISHA}")
    kept = b"".join(file.read_bytes() for file in gate.settings.audit.iterdir())
    assert b"ruler" not in kept
    assert PASSWORD.encode() not in kept


def test_it_answers_who_opened_this_child_s_record(teacher: Browser, parent: Browser, gate: Gate):
    teacher.get(PLAN)
    parent.get(PLAN)
    teacher.get(f"/students/{BEN}/plan/")
    assert [row[2] for row in rows(gate.settings.audit, subject=AISHA)] == ["t", "p"]
    assert [row[3] for row in rows(gate.settings.audit, reader="p")] == ["", AISHA]


def test_signing_out_is_written(teacher: Browser, gate: Gate):
    teacher.post("/sign-out", csrf_token=teacher.get(PLAN).token)
    assert kinds(gate)[-1] == ("sign-out", "t", "")


def test_a_page_is_not_sent_if_its_row_can_not_be_written(teacher: Browser, gate: Gate, monkeypatch):
    def full_disk(_events: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(gate.auditor._log, "append", full_disk)
    answer = teacher.get(PLAN)
    assert answer.status == 500
    assert b"ruler" not in answer.body
    assert teacher.get("/handbook/").status == 200


def test_the_row_is_committed_before_the_answer(teacher: Browser, gate: Gate, monkeypatch):
    order = []
    append = gate.auditor._log.append
    monkeypatch.setattr(gate.auditor._log, "append", lambda events: (append(events), order.append("row")))
    real = gate._page
    monkeypatch.setattr(gate, "_page", lambda *given: (order.append("page"), real(*given))[1])
    teacher.get(PLAN)
    assert order == ["row", "page"]


@pytest.mark.parametrize("name", ["audit.key", "access-log.json"])
def test_without_its_key_or_its_list_of_months_a_log_is_not_gone_on_with(log: Path, name: str):
    (log.parent / name).unlink()
    with pytest.raises(ServeError, match=r"missing.*Restore it from your copy.*set-aside"):
        AuditLog(log, log.parent / "audit.key")
    assert not (log.parent / name).exists(), "none is made anew"
    assert "missing" in check(log).why


def test_another_key_or_a_changed_list_is_not_believed(log: Path):
    listed = log.parent / "access-log.json"
    good = listed.read_text()
    for bad in (good.replace('"dropped": ""', '"dropped": "2026-12-01"'), good[:-20], "[]", "{}", "", '{"months": 1}'):
        listed.write_text(bad)
        assert check(log) is not None
        with pytest.raises(ServeError, match="not as it was written"):
            AuditLog(log, log.parent / "audit.key")
    listed.write_text(good)
    assert check(log) is None
    (log.parent / "audit.key").write_bytes(bytes(32))
    assert "not as it was written" in check(log).why


def test_a_month_without_its_place_in_the_list_does_not_belong(log: Path):
    shutil.copyfile(log / "2026-11.db", log / "2026-10.db")
    assert check(log) is not None
    (log / "2026-10.db").unlink()
    (log / "2027-01.db").write_bytes((log / "2026-12.db").read_bytes())
    assert check(log) is not None


@pytest.mark.parametrize("damage", ["rubbish", "empty", "middle", "table", "column"])
@pytest.mark.parametrize("month", ["11", "12"])
def test_a_damaged_month_is_a_sentence(log: Path, month: str, damage: str):
    file = log / f"2026-{month}.db"
    whole = file.read_bytes()
    if damage == "rubbish":
        file.write_bytes(b"not a database at all" * 400)
    elif damage == "empty":
        file.write_bytes(b"")
    elif damage == "middle":
        file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    else:
        statement = "DROP TABLE entry" if damage == "table" else "ALTER TABLE entry DROP COLUMN chain"
        tamper(log, month, statement)
    assert check(log) == Broken(file.name, 0, "the file is damaged")
    with pytest.raises(ServeError, match=f"{file.name} is damaged.*set-aside"):
        list(rows(log))
    with pytest.raises(ServeError, match="set-aside"):
        AuditLog(log, log.parent / "audit.key")


def test_what_was_written_before_a_kill_is_listed_at_the_next_start(log: Path):
    killed = AuditLog(log, log.parent / "audit.key")
    killed.append([event(DECEMBER + 31 * 86400, 7), event(DECEMBER + 31 * 86400, 8)])
    os.close(killed._lock)  # no close: nothing is flushed or listed
    assert check(log) is None
    again = AuditLog(log, log.parent / "audit.key")
    again.append([event(DECEMBER + 31 * 86400, 9)])
    again.close()
    assert check(log) is None
    assert head(log, log.parent / "audit.key").n == 9


def test_months_deleted_on_purpose_are_not_missed_and_the_newest_stays(log: Path):
    assert drop(log, log.parent / "audit.key", "2026-12", date(2027, 1, 5)) == ("2026-11",)
    assert sorted(file.name for file in log.glob("*.db")) == ["2026-12.db"]
    assert check(log) is None
    again = AuditLog(log, log.parent / "audit.key")
    again.append([event(DECEMBER, 7)])
    again.close()
    assert check(log) is None
    with pytest.raises(ServeError, match="the newest is kept"):
        drop(log, log.parent / "audit.key", "2026-12", date(2027, 1, 5))


def test_a_month_deleted_on_purpose_can_not_be_put_back(log: Path):
    kept = (log / "2026-11.db").read_bytes()
    drop(log, log.parent / "audit.key", "2026-11", date(2027, 1, 5))
    (log / "2026-11.db").write_bytes(kept)
    assert check(log).segment == "2026-11.db"


def test_a_log_that_can_not_be_proved_is_set_aside_whole_and_a_new_one_says_so(log: Path):
    (log.parent / "audit.key").unlink()
    before = [row[4] for row in rows(log)]
    aside = set_aside(log, log.parent / "audit.key", DECEMBER)
    assert aside.name == "access-log-2026-12-05"
    assert [row[4] for row in rows(aside / log.name)] == before
    assert [row[1:] for row in rows(log)] == [("set-aside", "", "", "", aside.name)]
    assert check(log) is None
    assert set_aside(log, log.parent / "audit.key", DECEMBER).name == "access-log-2026-12-05-2"


def test_a_log_of_an_earlier_version_is_set_aside_and_not_taken_on_in_silence(tmp_path: Path):
    """Its months' beginnings are not sealed: taking such a log on would be a way round the seals."""
    folder = tmp_path / "audit"
    folder.mkdir(mode=0o700)
    with closing(sqlite3.connect(folder / "2026-11.db")) as old:
        old.execute("CREATE TABLE opening (n INTEGER NOT NULL, chain BLOB NOT NULL)")
    (tmp_path / "audit.key").write_bytes(bytes(32))
    (tmp_path / "audit.key").chmod(0o600)
    with pytest.raises(ServeError, match="set-aside"):
        AuditLog(folder, tmp_path / "audit.key")
    set_aside(folder, tmp_path / "audit.key", DECEMBER)
    AuditLog(folder, tmp_path / "audit.key").close()


def test_a_month_deleted_by_hand_is_missed_and_one_deleted_on_purpose_is_not(log: Path):
    first = Head(3, b"whatever stood in November")
    kept = (log / "2026-11.db").read_bytes()
    (log / "2026-11.db").unlink()
    assert check(log) == Broken("2026-11.db", 3, "this month is missing")
    (log / "2026-11.db").write_bytes(kept)
    (log / "2026-11.db").chmod(0o600)
    drop(log, log.parent / "audit.key", "2026-11", date(2027, 1, 5))
    assert check(log) is None
    assert check(log, Head(1, first.chain)) is None
    assert check(log, first).n == 3, "the end of November stands at the beginning of December"


def test_a_clock_set_back_does_not_break_the_order(log: Path):
    audit = AuditLog(log, log.parent / "audit.key")
    audit.append([event(NOVEMBER, 7)])
    audit.close()
    assert check(log) is None
    assert [row[4] for row in rows(log)][-1] == "/7/"


def test_only_one_gate_writes_to_a_log(log: Path):
    first = AuditLog(log, log.parent / "audit.key")
    with pytest.raises(ServeError, match="Another gate is running"):
        AuditLog(log, log.parent / "audit.key")
    first.close()


def test_log_and_key_are_their_owner_s_alone(log: Path):
    assert stat.S_IMODE(log.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in log.iterdir()} == {0o600}
    assert stat.S_IMODE((log.parent / "audit.key").stat().st_mode) == 0o600
    assert not (log / "audit.key").exists()


def test_a_damaged_key_is_told(log: Path):
    (log.parent / "audit.key").write_bytes(b"short")
    with pytest.raises(ServeError, match="damaged"):
        AuditLog(log, log.parent / "audit.key")


def test_the_log_of_a_served_gate_is_whole(teacher: Browser, gate: Gate, clock: StoppedClock):
    for _ in range(3):
        teacher.get(PLAN)
        clock.pass_time(20 * 60)
    assert verify(gate.settings.audit, gate.settings.state / "audit.key") is None
