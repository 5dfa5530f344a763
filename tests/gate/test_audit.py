"""The log says who opened what, and shows when it was tampered with."""

import sqlite3
import stat
from pathlib import Path

import pytest

from sendbook.bundle import LIBRARY, SEARCH_INDEX, Bundle, Fragment
from sendbook.errors import ServeError
from sendbook.gate.app import Gate
from sendbook.gate.audit import AuditLog, Broken, Event, Head, head, rows, verify
from tests.bundle.sites import AISHA, BEN, STYLE
from tests.gate.kit import PASSWORD, TEACHER, Browser, StoppedClock

PLAN = f"/students/{AISHA}/plan/"
NOVEMBER, DECEMBER = 1_795_420_800.0, 1_796_500_000.0


def kinds(gate: Gate) -> list[tuple[str, ...]]:
    return [row[1:4] for row in rows(gate.settings.audit)]


def test_each_page_of_a_record_is_one_row(teacher: Browser, gate: Gate):
    for path in (PLAN, f"{PLAN}plan.pdf", "/", SEARCH_INDEX):
        teacher.get(path)
    assert [row[1:] for row in rows(gate.settings.audit)] == [
        ("sign-in", "t", "", "", "127.0.0.1"),
        ("page", "t", AISHA, PLAN, ""),
        ("page", "t", AISHA, f"{PLAN}plan.pdf", ""),
        ("page", "t", "own", "/", ""),
        ("page", "t", "own", SEARCH_INDEX, ""),
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
    teacher.post("/search", words="ruler", csrf_token=teacher.get("/search").token)
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


def test_an_untouched_log_is_whole(log: Path):
    assert check(log) is None
    assert sorted(file.name for file in log.glob("*.db")) == ["2026-11.db", "2026-12.db"]
    assert [row[4] for row in rows(log)] == ["/1/", "/2/", "/3/", "/4/", "/5/", "/6/"]


@pytest.mark.parametrize("column", ["at", "kind", "reader", "subject", "path", "detail"])
def test_a_changed_row_is_found(log: Path, column: str):
    broken = tamper(log, "11", f"UPDATE entry SET {column} = {column} || 'x' WHERE n = 2")  # noqa: S608
    assert (broken.segment, broken.n) == ("2026-11.db", 2)


def test_a_removed_row_is_found(log: Path):
    assert tamper(log, "11", "DELETE FROM entry WHERE n = 2").n == 2


def test_a_removed_row_is_found_though_the_rest_is_renumbered(log: Path):
    broken = tamper(log, "12", "DELETE FROM entry WHERE n = 5", "UPDATE entry SET n = 5 WHERE n = 6")
    assert broken.n == 5


def test_two_rows_exchanged_are_found(log: Path):
    swap = (
        "UPDATE entry SET n = 99 WHERE n = 1",
        "UPDATE entry SET n = 1 WHERE n = 2",
        "UPDATE entry SET n = 2 WHERE n = 99",
    )
    assert tamper(log, "11", *swap).n == 1


def test_an_inserted_row_is_found(log: Path):
    assert (
        tamper(
            log,
            "12",
            "INSERT INTO entry SELECT 7, at, kind, reader, subject, path, detail, chain FROM entry WHERE n = 6",
        ).n
        == 7
    )


def test_a_chain_written_without_the_key_is_found(log: Path):
    (log.parent / "other").mkdir(mode=0o700)
    forged = AuditLog(log.parent / "other", log.parent / "other.key")
    forged.append([event(NOVEMBER, 1), event(NOVEMBER, 2), event(NOVEMBER, 3)])
    forged.close()
    (log.parent / "other" / "2026-11.db").rename(log / "2026-11.db")
    assert check(log).n == 1


def test_rows_cut_off_at_the_end_of_a_month_are_found_by_the_next(log: Path):
    assert tamper(log, "11", "DELETE FROM entry WHERE n = 3").segment == "2026-12.db"


def test_a_month_taken_out_of_the_middle_is_found(log: Path):
    audit = AuditLog(log, log.parent / "audit.key")
    audit.append([event(DECEMBER + 31 * 86400, 7)])
    audit.close()
    assert check(log) is None
    (log / "2026-12.db").unlink()
    assert check(log).segment == "2027-01.db"


def test_rows_cut_off_at_the_very_end_are_found_with_an_exported_head(log: Path):
    kept = head(log)
    assert kept.n == 6
    assert check(log, kept) is None
    assert tamper(log, "12", "DELETE FROM entry WHERE n = 6") is None, "nothing in the log itself can tell"
    assert check(log, kept) == Broken("", 6, "was cut off at the end")


def test_a_log_written_anew_is_found_with_an_exported_head(log: Path):
    kept = head(log)
    for file in log.glob("*.db"):
        file.unlink()
    audit = AuditLog(log, log.parent / "audit.key")
    audit.append([event(NOVEMBER, number) for number in range(8)])
    audit.close()
    assert check(log) is None
    assert check(log, kept).n == 6


def test_an_old_month_may_be_deleted(log: Path):
    first = Head(3, b"whatever stood in November")
    (log / "2026-11.db").unlink()
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
