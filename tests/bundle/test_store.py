"""The file: private, checked when opened, and published to all at once or not at all."""

import sqlite3
import stat
from pathlib import Path

import pytest

from sendbook.bundle import Bundle, Fragment, look_up
from sendbook.errors import BundleError, SpentBundle
from tests.bundle.sites import AISHA, MONDAY, publish_site

PLAN = f"/students/{AISHA}/plan/"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_file_and_its_log_can_be_read_by_their_owner_only(tmp_path: Path):
    with Bundle.create(tmp_path / "state" / "bundle.db") as bundle, bundle.publish() as change:
        publish_site(change)
        files = [file for file in (tmp_path / "state").rglob("*") if file.is_file()]
        assert {mode(file) for file in files} == {0o600}
    assert mode(tmp_path / "state") == mode(tmp_path / "state" / "keys") == 0o700


def test_a_folder_that_others_may_enter_is_refused(tmp_path: Path):
    open_folder = tmp_path / "open"
    open_folder.mkdir(mode=0o755)
    with pytest.raises(BundleError, match="chmod 700"):
        Bundle.create(open_folder / "bundle.db")


def test_a_file_that_others_may_read_is_refused(bundle: Bundle):
    bundle.path.chmod(0o640)
    with pytest.raises(BundleError, match="chmod 600"):
        Bundle.open(bundle.path)


def test_a_bundle_is_never_made_over_an_old_one(bundle: Bundle):
    with pytest.raises(BundleError, match="there already"):
        Bundle.create(bundle.path)


def test_what_is_no_bundle_is_refused(tmp_path: Path):
    with pytest.raises(BundleError, match="build the site first"):
        Bundle.open(tmp_path / "absent.db")
    text = tmp_path / "text.db"
    text.write_text("not a database, and long enough to be taken for one " * 40)
    text.chmod(0o600)
    with pytest.raises(BundleError, match="can't be read"):
        Bundle.open(text)
    other = tmp_path / "other.db"
    sqlite3.connect(other).execute("CREATE TABLE a (b)")
    other.chmod(0o600)
    with pytest.raises(BundleError, match="is not a bundle"):
        Bundle.reading(other)


def test_a_bundle_of_another_version_is_refused(bundle: Bundle):
    bundle.connection.execute("UPDATE meta SET value = '0' WHERE key = 'version'")
    with pytest.raises(SpentBundle, match="another version"):
        Bundle.reading(bundle.path)


def test_a_bundle_that_was_never_finished_can_be_made_again(tmp_path: Path):
    tmp_path.chmod(0o700)
    (tmp_path / "bundle.db").touch(mode=0o600)
    with pytest.raises(SpentBundle):
        Bundle.reading(tmp_path / "bundle.db")


def test_a_bundle_opened_for_reading_can_not_be_written(bundle: Bundle):
    with Bundle.reading(bundle.path) as reading:
        with pytest.raises(BundleError, match="the old one stays"), reading.publish() as change:
            change.forget(AISHA)
        assert look_up(reading.connection, "t", PLAN, MONDAY)


def test_a_publication_that_fails_leaves_the_old_site(bundle: Bundle):
    before = list(bundle.connection.iterdump())
    with pytest.raises(ZeroDivisionError), bundle.publish() as change:  # noqa: PT012
        change.forget(AISHA)
        change.set_meta("script_hashes", "[]")
        raise ZeroDivisionError
    assert list(bundle.connection.iterdump()) == before


def test_another_reader_sees_the_old_site_until_the_new_one_is_whole(bundle: Bundle):
    with Bundle.reading(bundle.path) as gate:
        with bundle.publish() as change:
            change.put_pages(AISHA, "staff", {PLAN: Fragment(title="New", content="<p>New.</p>")})
            change.set_scopes(AISHA, [("t", "staff", None, "teaches 10X")])
            assert look_up(gate.connection, "p", PLAN, MONDAY), "the parent's access ends with the commit"
            assert b"New" not in look_up(gate.connection, "t", PLAN, MONDAY).body
        assert look_up(gate.connection, "p", PLAN, MONDAY) is None
        assert look_up(gate.connection, "t", PLAN, MONDAY).body != b""


def test_publishing_the_same_site_again_changes_nothing(bundle: Bundle):
    before = bundle.connection.total_changes
    with bundle.publish() as change:
        publish_site(change)
    # set_meta writes its value; no page, scope, reader, shell or asset is written
    assert bundle.connection.total_changes - before == 1


def test_what_a_build_remembers_is_kept_with_the_site(bundle: Bundle):
    with bundle.publish() as change:
        change.remember(AISHA, "digest", b"abc")
        change.remember("shared", "digest", b"def")
        change.remember("shared", "rows", b"r")
        change.remember("shared", "rows", None)
    assert bundle.remembered(AISHA, "digest") == b"abc"
    assert bundle.remembered("shared", "rows") is None
    assert bundle.remembered_of_all("digest") == {AISHA: b"abc", "shared": b"def"}
    with bundle.publish() as change:
        change.forget(AISHA)
    assert bundle.remembered(AISHA, "digest") is None


def test_it_says_what_it_holds(bundle: Bundle):
    assert bundle.readers() == ("p", "public", "t")
    assert bundle.subjects() == ("2B9M", AISHA, "handbook", "own")
    assert bundle.readers_of(AISHA) == ("p", "t")
    assert bundle.meta("script_hashes") == '["sha256-abc"]'
    assert bundle.meta("absent") is None
    assert bundle.revoked() == frozenset()
