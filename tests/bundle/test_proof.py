"""A bundle is gone on with only as its last publication left it, also where it stays open from save to save."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendbook.bundle import Bundle
from sendbook.bundle.proof import Proof
from sendbook.errors import BundleError
from sendbook.seals import Seals
from tests.bundle.sites import AISHA, BEN, SHELL, small_site

_SUBJECTS, _READERS = st.sampled_from([AISHA, BEN, "library"]), st.sampled_from(["t", "p", "q"])
_VALUES = st.sampled_from([None, b"", b"facts", b"facts of a longer kind"])
#: What a publication may do to rows that are sealed: what it calls, and with what.
_STEPS = st.one_of(
    st.tuples(st.just("remember"), _SUBJECTS, st.sampled_from(["files", "digest"]), _VALUES),
    st.tuples(
        st.just("set_scope"), _READERS, _SUBJECTS, st.sampled_from(["one", "two"]), st.none(), st.just("related")
    ),
    st.tuples(st.just("forget"), _SUBJECTS),
    st.tuples(st.just("remove_reader"), _READERS),
    st.tuples(st.just("set_meta"), st.sampled_from(["script_hashes", "note"]), st.sampled_from(["[]", "[1]"])),
    st.tuples(st.just("start_afresh")),
)


def proved(bundle: Bundle) -> bool:
    """What somebody finds who opens the bundle now, and reads all of it."""
    with Bundle.reading(bundle.path) as another:
        return another.prove()


@settings(max_examples=40)
@given(publications=st.lists(st.lists(_STEPS, max_size=4), max_size=4))
def test_who_keeps_a_bundle_open_seals_it_as_one_who_reads_all_of_it(
    publications: list[list[tuple[object, ...]]],
) -> None:
    with TemporaryDirectory() as folder, small_site(Path(folder) / "site") as bundle:
        for steps in publications:
            with bundle.publish() as change:
                for name, *given_to in steps:
                    getattr(change, str(name))(*given_to)
            assert bundle.prove()
            assert proved(bundle)


@settings(max_examples=40)
@given(publications=st.lists(st.tuples(st.lists(_STEPS, max_size=4), st.booleans()), max_size=4))
def test_who_keeps_a_bundle_open_remembers_of_all_what_is_in_it(
    publications: list[tuple[list[tuple[object, ...]], bool]],
) -> None:
    """Before, within and after each publication, whether it is committed or given up."""
    with TemporaryDirectory() as folder, small_site(Path(folder) / "site") as bundle:
        assert bundle.prove()
        for steps, given_up in publications:
            _of_all(bundle)
            try:
                with bundle.publish() as change:
                    for name, *given_to in steps:
                        getattr(change, str(name))(*given_to)
                        _of_all(bundle)
                    if given_up:
                        change.put_pages(AISHA, "one", {"no path": None})
            except BundleError:
                assert given_up
            _of_all(bundle)
            assert bundle.prove()
        with Bundle.reading(bundle.path) as another:
            assert another.prove()
            assert {key: dict(another.remembered_of_all(key)) for key in ("files", "digest")} == _of_all(bundle)


def _of_all(bundle: Bundle) -> dict[str, dict[str, bytes]]:
    """What is remembered of all, proved to be what the rows say one by one."""
    found = {key: dict(bundle.remembered_of_all(key)) for key in ("files", "digest")}
    rows = bundle.connection.execute("SELECT unit, key FROM memory WHERE key IN ('files', 'digest')").fetchall()
    assert {(unit, key) for key, of_all in found.items() for unit in of_all} == set(rows)
    assert all(found[key][unit] == bundle.remembered(unit, key) for unit, key in rows)
    return found


def test_what_another_remembers_meanwhile_is_remembered_of_all(tmp_path: Path) -> None:
    with small_site(tmp_path / "site") as bundle:
        with bundle.publish() as change:
            change.remember(AISHA, "files", b"one")
        assert bundle.remembered_of_all("files") == {AISHA: b"one"}
        with Bundle.open(bundle.path) as another, another.publish() as change:
            change.remember(BEN, "files", b"two")
        assert bundle.remembered_of_all("files") == {AISHA: b"one", BEN: b"two"}
        bundle.prove()
        bundle.doubt()
        assert bundle.remembered_of_all("files") == {}


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO scope VALUES ('z', 'a subject', 'one', NULL, 'because')",
        "DELETE FROM scope WHERE reader = 't'",
        "UPDATE scope SET reader = 'z' WHERE reader = 't'",
        "UPDATE scope SET until = '2031-01-01'",
        "UPDATE reader SET name = 'Somebody'",
        "UPDATE shell SET marks = 'content'",
        "INSERT INTO memory VALUES ('unit', 'key', x'00', x'00')",
        "INSERT INTO meta VALUES ('note', 'x')",
        "CREATE TRIGGER more AFTER INSERT ON page BEGIN INSERT INTO scope VALUES ('z', 's', 'o', NULL, 'b'); END",
    ],
)
def test_what_another_connection_writes_is_found_by_one_who_had_it_open(statement: str, tmp_path: Path) -> None:
    with small_site(tmp_path / "site") as bundle:
        assert bundle.prove()
        with closing(sqlite3.connect(bundle.path)) as another, another:
            another.execute(statement)
        assert not bundle.prove()
        with bundle.publish() as change:
            change.set_shell("staff", SHELL)
        assert not proved(bundle), "and a publication does not vouch for it"
        with bundle.publish() as change:
            change.start_afresh()
        bundle.doubted = False
        assert proved(bundle), "but for what it makes anew"


def test_bytes_that_were_written_past_the_database_have_it_read_again(tmp_path: Path) -> None:
    with small_site(tmp_path / "site") as bundle:
        assert bundle.prove()
        at = bundle.path.read_bytes().index(b"everybody")  # why somebody is in a scope
        with bundle.path.open("r+b") as file:
            file.seek(at)
            file.write(b"nob")
        os.utime(bundle.path, ns=(0, 0))
        assert bundle.was_written_past, "what SQLite has read of it is not asked"
        with pytest.raises(BundleError, match="by something else"):
            bundle.prove()
    assert not proved(bundle)


def test_a_publication_that_is_given_up_changes_no_seal(tmp_path: Path) -> None:
    with small_site(tmp_path / "site") as bundle:
        with pytest.raises(BundleError), bundle.publish() as change:  # noqa: PT012 - what came before is given up
            change.remember(AISHA, "files", b"one")
            change.put_pages(AISHA, "one", {"no path": None})
        assert bundle.prove()
        with bundle.publish() as change:
            change.remember(BEN, "files", b"two")
        assert bundle.prove()
        assert proved(bundle)


def test_a_group_of_rows_is_read_again_only_where_it_was_touched(tmp_path: Path) -> None:
    with small_site(tmp_path / "site") as bundle:
        with bundle.publish() as change:
            change.remember(AISHA, "files", b"one")
            change.remember(BEN, "files", b"one")
        asked: list[str] = []
        bundle.connection.set_trace_callback(asked.append)
        with bundle.publish() as change:
            change.remember(AISHA, "files", b"two")
        bundle.connection.set_trace_callback(None)
        read = [one for one in asked if one.startswith("SELECT unit, key, seal FROM memory")]
        assert len(read) == 1
        assert f"unit = '{AISHA}'" in read[0]
        assert not [one for one in asked if "FROM scope WHERE 1" in one and "subject =" not in one]


def test_another_file_in_the_place_of_the_open_one_is_seen(tmp_path: Path) -> None:
    with small_site(tmp_path / "site") as bundle:
        assert bundle.is_there
        bundle.path.rename(tmp_path / "site" / "aside.db")
        assert not bundle.is_there
        assert bundle.was_written_past
        (tmp_path / "site" / "bundle.db").write_bytes(b"another")
        assert not bundle.is_there


def test_a_row_that_moves_to_another_group_is_noted_in_both(tmp_path: Path) -> None:
    small_site(tmp_path / "site").close()
    with Bundle.open(tmp_path / "site" / "bundle.db") as bundle:
        proof = Proof(bundle.connection, Seals.beside(bundle.path, "bundle"))
        assert proof.is_as_left()
        proof.watch()
        bundle.connection.execute("UPDATE scope SET subject = 'elsewhere' WHERE subject = ?", (AISHA,))
        proof.seal()
        assert proof.is_as_left()
