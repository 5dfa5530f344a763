"""Whatever is changed in the log behind the gate's back is found: by the chain, the list of months or a noted head."""

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendbook.errors import ServeError
from sendbook.gate.audit import AuditLog, rows
from sendbook.gate.audit_proof import Broken, head, verify
from tests.gate.logs import DECEMBER, NOVEMBER, check, event, tamper

PIECES = ("2026-11.db", "2026-12.db", "2027-01.db")
COLUMNS = ("n", "at", "kind", "reader", "subject", "path", "detail", "chain")


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
    assert broken.segment == "2026-12.db"


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
    forged = AuditLog(log.parent / "other" / "audit", log.parent / "other" / "audit.key")
    forged.append([event(NOVEMBER, 1), event(NOVEMBER, 2), event(NOVEMBER, 3)])
    forged.close()
    (log.parent / "other" / "audit" / "2026-11.db").rename(log / "2026-11.db")
    assert check(log).segment == "2026-11.db"


def test_rows_cut_off_at_the_end_of_a_month_are_found(log: Path):
    assert tamper(log, "11", "DELETE FROM entry WHERE n = 3").segment == "2026-11.db"


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_rows_cut_off_at_the_beginning_of_a_month_are_found(log: Path, kept: int):
    """Also where the beginning is made to say that it follows the row cut off."""
    cut = f"UPDATE opening SET n = {3 - kept}, chain = (SELECT chain FROM entry WHERE n = {3 - kept})"  # noqa: S608
    broken = tamper(log, "11", cut, f"DELETE FROM entry WHERE n <= {3 - kept}")  # noqa: S608
    assert broken == Broken("2026-11.db", 0, "the beginning is not as it was written")


def test_a_month_is_not_taken_for_another(log: Path):
    (log / "2026-11.db").rename(log / "swap")
    (log / "2026-12.db").rename(log / "2026-11.db")
    (log / "swap").rename(log / "2026-12.db")
    assert check(log) is not None
    (log / "2026-12.db").rename(log / "2026-10.db")
    assert check(log) is not None


def test_an_older_copy_of_the_newest_month_is_found_without_any_row_noted(log: Path):
    shutil.copytree(log, log.parent / "older")
    more = AuditLog(log, log.parent / "audit.key")
    more.append([event(DECEMBER, 7)])
    more.close()
    assert check(log) is None
    shutil.copyfile(log.parent / "older" / "2026-12.db", log / "2026-12.db")
    assert check(log) == Broken("2026-12.db", 7, "rows at the end are missing, or are others")


def test_an_older_copy_of_the_whole_log_is_found(log: Path):
    shutil.copytree(log, log.parent / "older")
    more = AuditLog(log, log.parent / "audit.key")
    more.append([event(DECEMBER + 31 * 86400, 7)])
    more.close()
    shutil.rmtree(log)
    shutil.move(log.parent / "older", log)
    assert check(log).segment == "2027-01.db"
    with pytest.raises(ServeError, match="not as it was written"):
        AuditLog(log, log.parent / "audit.key")


def test_an_older_copy_of_everything_is_found_by_a_row_noted_elsewhere(log: Path):
    shutil.copytree(log.parent, log.parent.parent / "older")
    more = AuditLog(log, log.parent / "audit.key")
    more.append([event(DECEMBER, 7)])
    more.close()
    noted = head(log, log.parent / "audit.key")
    older = log.parent.parent / "older" / log.name
    assert verify(older, older.parent / "audit.key") is None, "nothing there can tell"
    assert verify(older, older.parent / "audit.key", [noted]) == Broken("", 7, "was cut off at the end")


@st.composite
def tamperings(draw: st.DrawFn) -> list[tuple[str, ...]]:
    """Some changes of the files, of rows and of the beginnings of months."""
    made: list[tuple[str, ...]] = []
    for _ in range(draw(st.integers(1, 3))):
        month, other = draw(st.sampled_from(PIECES)), draw(st.sampled_from(PIECES))
        kind = draw(st.sampled_from(["delete", "swap", "older", "cut", "row", "opening", "list", "key"]))
        column, n = draw(st.sampled_from(COLUMNS)), draw(st.integers(1, 9))
        made.append((kind, month, other, column, str(n)))
    return made


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A gate's folder with a log of three months, and an older copy of it."""
    base = tmp_path_factory.mktemp("months")
    for at, number in ((NOVEMBER, 1), (NOVEMBER, 2), (DECEMBER, 3), (DECEMBER, 4), (DECEMBER + 31 * 86400, 5)):
        audit = AuditLog(base / "gate" / "audit", base / "gate" / "audit.key")
        audit.append([event(at, number)])
        audit.close()
        if number == 3:
            shutil.copytree(base / "gate", base / "older")
    return base / "gate", base / "older"


@given(tamperings())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_tampering_goes_unseen(months: tuple[Path, Path], changes: list[tuple[str, ...]]) -> None:
    """Whatever is done without the key, it is found with the newest row noted elsewhere; and nothing else is."""
    gate, older = months
    noted = head(gate / "audit", gate / "audit.key")
    with TemporaryDirectory() as folder:
        mine = Path(shutil.copytree(gate, Path(folder) / "gate"))
        for change in changes:
            _do(mine, older, *change)
        found = verify(mine / "audit", mine / "audit.key", [noted])
        as_it_was = everything(mine) == everything(gate) and (mine / "access-log.json").exists()
        assert (found is None) == as_it_was


def everything(gate: Path) -> object:
    """What the log and its key say."""
    found: list[object] = []
    for file in sorted((gate / "audit").glob("*.db")):
        with closing(sqlite3.connect(file)) as segment:
            segment.text_factory = bytes
            tables = ("entry", "opening")
            found.append((file.name, *(segment.execute(f"SELECT * FROM {one}").fetchall() for one in tables)))  # noqa: S608
    key = gate / "audit.key"
    return found, key.read_bytes() if key.exists() else b""


def _do(gate: Path, older: Path, kind: str, month: str, other: str, column: str, n: str) -> None:
    file, second = gate / "audit" / month, gate / "audit" / other
    if kind in ("list", "key"):
        path = gate / {"list": "access-log.json", "key": "audit.key"}[kind]
        path.unlink(missing_ok=True)
        if int(n) > 5:
            shutil.copyfile(older / path.name, path)
            path.chmod(0o600)
    elif not file.exists():
        return
    elif kind == "delete":
        file.unlink()
    elif kind == "swap" and second.exists() and second != file:
        one, two = file.read_bytes(), second.read_bytes()
        file.write_bytes(two)
        second.write_bytes(one)
    elif kind == "older" and (older / "audit" / month).exists():
        shutil.copyfile(older / "audit" / month, file)
    elif kind in ("cut", "row", "opening"):
        with closing(sqlite3.connect(file, isolation_level=None)) as segment, suppress(sqlite3.IntegrityError):
            if kind == "cut":
                segment.execute("UPDATE opening SET (n, chain) = (SELECT n, chain FROM entry ORDER BY n LIMIT 1)")
                segment.execute("DELETE FROM entry WHERE n = (SELECT min(n) FROM entry)")
            elif kind == "row":
                value = f"{column} + 1" if column == "n" else f"{column} || 'x'"
                segment.execute(f"UPDATE entry SET {column} = {value} WHERE n = (SELECT max(n) FROM entry)")  # noqa: S608
            else:
                segment.execute("UPDATE opening SET n = n + ?", (int(n),))


def test_a_month_taken_out_of_the_middle_is_found(log: Path):
    audit = AuditLog(log, log.parent / "audit.key")
    audit.append([event(DECEMBER + 31 * 86400, 7)])
    audit.close()
    assert check(log) is None
    (log / "2026-12.db").unlink()
    assert check(log) == Broken("2026-12.db", 6, "this month is missing")


def test_rows_cut_off_at_the_very_end_are_found(log: Path):
    kept = head(log, log.parent / "audit.key")
    assert kept.n == 6
    assert check(log, kept) is None
    found = Broken("2026-12.db", 6, "rows at the end are missing, or are others")
    assert tamper(log, "12", "DELETE FROM entry WHERE n = 6") == found


def test_a_log_written_anew_is_found_with_an_exported_head(log: Path):
    kept = head(log, log.parent / "audit.key")
    for file in [*log.glob("*.db"), log.parent / "access-log.json"]:
        file.unlink()
    audit = AuditLog(log, log.parent / "audit.key")
    audit.append([event(NOVEMBER, number) for number in range(8)])
    audit.close()
    assert check(log) is None
    assert check(log, kept).n == 6
