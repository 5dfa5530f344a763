"""Access withdrawn by hand is gone at the next look-up, and stays gone."""

import stat
from pathlib import Path

import pytest

from sendbook.bundle import HANDBOOK, Bundle, Fragment, live_reader, look_up, restore, revoke, search
from tests.bundle.sites import AISHA, BEN, MONDAY, publish_site, small_site, subjects_of

PLAN = f"/students/{AISHA}/plan/"


def test_one_student_is_withdrawn_from_one_reader(bundle: Bundle):
    with Bundle.reading(bundle.path) as gate:
        revoke(bundle.path, "t", AISHA)
        assert look_up(gate.connection, "t", PLAN, MONDAY) is None
        assert look_up(gate.connection, "t", f"/students/{BEN}/plan/", MONDAY)
        assert look_up(gate.connection, "p", PLAN, MONDAY)
        assert [hit.subject for hit in search(gate.connection, "t", "ruler", MONDAY)] == [BEN]


def test_lists_that_name_the_student_go_with_them(bundle: Bundle):
    revoke(bundle.path, "t", AISHA)
    assert look_up(bundle.connection, "t", "/", MONDAY) is None


def test_a_reader_is_withdrawn_altogether(bundle: Bundle):
    revoke(bundle.path, "t")
    assert "t" not in bundle.readers()
    assert bundle.connection.execute("SELECT count(*) FROM scope WHERE reader = 't'").fetchone() == (0,)


def test_the_next_build_does_not_undo_it(bundle: Bundle):
    revoke(bundle.path, "t", AISHA)
    revoke(bundle.path, "p")
    with bundle.publish() as change:
        publish_site(change)
        change.set_scope("t", AISHA, "staff", None, "teaches 10X")
    assert look_up(bundle.connection, "t", PLAN, MONDAY) is None
    assert bundle.readers() == ("public", "t")
    assert bundle.revoked() == {("t", AISHA), ("p", "")}


def test_it_can_be_taken_back(bundle: Bundle):
    revoke(bundle.path, "t", AISHA)
    restore(bundle.path, "t", AISHA)
    with bundle.publish() as change:
        publish_site(change)
    assert look_up(bundle.connection, "t", PLAN, MONDAY)


def test_pages_nobody_else_sees_go_with_the_reader(bundle: Bundle):
    revoke(bundle.path, "p")
    assert bundle.connection.execute("SELECT count(*) FROM page WHERE projection = 'family'").fetchone() == (0,)


@pytest.mark.slow
def test_it_bites_while_a_build_is_publishing_and_the_build_takes_it_out_at_its_end(bundle: Bundle):
    """A build of a large campus holds the bundle for minutes; access is withdrawn within the moment all the same."""
    with Bundle.reading(bundle.path) as gate:
        with bundle.publish() as change:
            publish_site(change)
            assert revoke(bundle.path, "t", AISHA) is False, "the bundle is not free"
            assert look_up(gate.connection, "t", PLAN, MONDAY) is None
            assert look_up(gate.connection, "t", "/", MONDAY) is None, "the home page names the student"
            assert [hit.subject for hit in search(gate.connection, "t", "ruler", MONDAY)] == [BEN]
            assert look_up(gate.connection, "t", f"/students/{BEN}/plan/", MONDAY)
            assert revoke(bundle.path, "p") is False
            assert live_reader(gate.connection, "p", MONDAY) is None
            publish_site(change)
        assert look_up(gate.connection, "t", PLAN, MONDAY) is None
        assert look_up(gate.connection, "t", "/", MONDAY) is None
        assert subjects_of(bundle, "t") == {BEN, HANDBOOK}
        assert "p" not in bundle.readers()


def test_a_build_that_fails_gives_nothing_back(bundle: Bundle):
    def publish() -> None:
        with bundle.publish() as change:
            publish_site(change)
            revoke(bundle.path, "t", AISHA)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        publish()
    assert look_up(bundle.connection, "t", PLAN, MONDAY) is None
    assert look_up(bundle.connection, "t", "/", MONDAY) is None


def test_the_next_build_makes_the_readers_own_pages_anew(bundle: Bundle):
    revoke(bundle.path, "t", AISHA)
    home = Fragment(title="Home", content="<ul><li>Ben</ul>", search="")
    with bundle.publish() as change:
        change.set_own_pages("t", {"/": home}, until=None)
    assert look_up(bundle.connection, "t", "/", MONDAY)


def test_a_bundle_made_anew_obeys_what_was_withdrawn_from_the_old_one(bundle: Bundle, tmp_path: Path):
    revoke(bundle.path, "t", AISHA)
    bundle.close()
    for file in tmp_path.glob("bundle.db*"):
        file.unlink()
    with small_site(tmp_path) as fresh:
        assert look_up(fresh.connection, "t", PLAN, MONDAY) is None
        assert "t" in fresh.readers()


def test_the_file_is_its_owners_alone(bundle: Bundle):
    revoke(bundle.path, "t", AISHA)
    assert stat.S_IMODE(bundle.path.with_name("withdrawals.db").stat().st_mode) == 0o600
