"""Access withdrawn by hand is gone at the next look-up, and stays gone."""

from sendbook.bundle import Bundle, look_up, restore, revoke, search
from tests.bundle.sites import AISHA, BEN, MONDAY, publish_site

PLAN = f"/students/{AISHA}/plan/"


def test_one_student_is_withdrawn_from_one_reader(bundle: Bundle):
    with Bundle.reading(bundle.path) as gate:
        revoke(bundle, "t", AISHA)
        assert look_up(gate.connection, "t", PLAN, MONDAY) is None
        assert look_up(gate.connection, "t", f"/students/{BEN}/plan/", MONDAY)
        assert look_up(gate.connection, "p", PLAN, MONDAY)
        assert [hit.subject for hit in search(gate.connection, "t", "ruler", MONDAY)] == [BEN]


def test_lists_that_name_the_student_go_with_them(bundle: Bundle):
    revoke(bundle, "t", AISHA)
    assert look_up(bundle.connection, "t", "/", MONDAY) is None


def test_a_reader_is_withdrawn_altogether(bundle: Bundle):
    revoke(bundle, "t")
    assert "t" not in bundle.readers()
    assert bundle.connection.execute("SELECT count(*) FROM scope WHERE reader = 't'").fetchone() == (0,)


def test_the_next_build_does_not_undo_it(bundle: Bundle):
    revoke(bundle, "t", AISHA)
    revoke(bundle, "p")
    with bundle.publish() as change:
        publish_site(change)
        change.set_scope("t", AISHA, "staff", None, "teaches 10X")
    assert look_up(bundle.connection, "t", PLAN, MONDAY) is None
    assert bundle.readers() == ("public", "t")
    assert bundle.revoked() == {("t", AISHA), ("p", "")}


def test_it_can_be_taken_back(bundle: Bundle):
    revoke(bundle, "t", AISHA)
    restore(bundle, "t", AISHA)
    with bundle.publish() as change:
        publish_site(change)
    assert look_up(bundle.connection, "t", PLAN, MONDAY)


def test_pages_nobody_else_sees_go_with_the_reader(bundle: Bundle):
    revoke(bundle, "p")
    assert bundle.connection.execute("SELECT count(*) FROM page WHERE projection = 'family'").fetchone() == (0,)
