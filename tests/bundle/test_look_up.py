"""A reader gets what stands under exactly their keys, and nothing else."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendbook.bundle import PUBLIC, Bundle, live_reader, look_up
from sendbook.bundle.fragment import text_piece
from sendbook.bundle.look_up import LIVE_READER, LOOK_UP, SHELL, page, shell_of
from sendbook.bundle.pieces import plain
from sendbook.bundle.search import statement
from tests.bundle.sites import AISHA, BEN, MONDAY, STYLE

PLAN = f"/students/{AISHA}/plan/"
shared_bundle = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_each_reader_gets_the_page_of_their_projection(bundle: Bundle):
    teacher = look_up(bundle.connection, "t", PLAN, MONDAY)
    parent = look_up(bundle.connection, "p", PLAN, MONDAY)
    shell = shell_of(bundle.connection, "family")
    assert b"1,200" in page(None, teacher.pieces(), deflated=False)
    assert b"1,200" not in page(None, parent.pieces(), deflated=False)
    assert parent.shell == shell[0]
    assert (parent.subject, parent.reader_name, parent.edition) == (AISHA, "Ana Núñez", "family")


def test_not_yours_is_absent(bundle: Bundle):
    assert look_up(bundle.connection, "p", f"/students/{BEN}/plan/", MONDAY) is None
    assert look_up(bundle.connection, "p", "/", MONDAY) is None
    assert look_up(bundle.connection, "nobody", PLAN, MONDAY) is None


def test_access_ends_after_its_last_day_without_a_build(bundle: Bundle):
    path = f"/students/{BEN}/plan/"
    assert look_up(bundle.connection, "t", path, MONDAY)
    assert look_up(bundle.connection, "t", path, MONDAY + timedelta(days=1)) is None
    assert look_up(bundle.connection, "t", "/", MONDAY + timedelta(days=1)) is None, "the list names Ben"
    assert look_up(bundle.connection, "t", PLAN, MONDAY + timedelta(days=1))


def test_a_reader_who_has_left_sees_nothing_after_their_last_day(bundle: Bundle):
    with bundle.publish() as change:
        change.set_reader("t", name="Tom Reed", edition="staff", until=MONDAY)
    assert live_reader(bundle.connection, "t", MONDAY)
    later = MONDAY + timedelta(days=1)
    assert live_reader(bundle.connection, "t", later) is None
    assert look_up(bundle.connection, "t", PLAN, later) is None


def test_an_asset_is_the_same_for_everybody(bundle: Bundle):
    found = {look_up(bundle.connection, reader, STYLE, MONDAY) for reader in ("t", "p", PUBLIC, "nobody")}
    assert len(found) == 1
    asset = found.pop()
    assert (asset.subject, bool(asset.hashed), asset.file(deflated=False)) == (None, True, b"b{color:#123}")


def test_a_pdf_is_kept_as_it_is(bundle: Bundle):
    found = look_up(bundle.connection, "p", f"{PLAN}plan.pdf", MONDAY)
    assert (found.form, found.file(deflated=True)) == ("raw", f"%PDF plan of {AISHA}".encode())


@pytest.mark.parametrize(
    "path", [PLAN[:-1], PLAN.upper(), PLAN + "/", "/" + PLAN, PLAN + "\0", PLAN + ".", "", "\udc80"]
)
def test_a_path_that_is_only_alike_is_absent(bundle: Bundle, path: str):
    assert look_up(bundle.connection, "t", path, MONDAY) is None


@shared_bundle
@given(reader=st.one_of(st.sampled_from(["t", "p", PUBLIC]), st.text(max_size=5)), path=st.text(max_size=40))
def test_no_other_path_finds_anything(bundle: Bundle, reader: str, path: str):
    known = {row[0] for row in bundle.connection.execute("SELECT path FROM route UNION SELECT path FROM asset")}
    if path not in known:
        assert look_up(bundle.connection, reader, path, MONDAY) is None


@pytest.mark.parametrize("query", [LOOK_UP, LIVE_READER, SHELL])
def test_every_question_of_the_gate_is_answered_by_keys(bundle: Bundle, query: str):
    """No table is walked through: a scan would compare what it was not asked for."""
    steps = [
        row[3] for row in bundle.connection.execute(f"EXPLAIN QUERY PLAN {query}", ("a", "b", "c")[: query_keys(query)])
    ]
    reads = [step for step in steps if step.startswith(("SCAN", "SEARCH"))]
    assert reads
    assert all(step.startswith("SEARCH") and "=?" in step and ">" not in step for step in reads), steps


def test_a_search_reads_only_pages_of_the_reader_s_scope(bundle: Bundle):
    keys = {"day": "", "reader": "t", "t0_0": " a", "limit": 5}
    steps = [row[3] for row in bundle.connection.execute(f"EXPLAIN QUERY PLAN {statement([(' a',)])}", keys)]
    assert [step.split()[:2] for step in steps if step.startswith(("SCAN", "SEARCH"))] == [
        ["SEARCH", "reader"],
        ["SEARCH", "scope"],
        ["SEARCH", "taken"],
        ["SEARCH", "page"],
        ["SEARCH", "text"],
    ]


def query_keys(query: str) -> int:
    return 3 if "?3" in query else 2 if "?2" in query else 1


def test_an_edition_that_holds_for_some_days_is_followed_by_the_other(bundle: Bundle):
    """A teacher who is a parent too keeps a parent's shell, and no member of staff's, after the last working day."""
    with bundle.publish() as change:
        change.set_reader("t", name="Tom Reed", edition="staff", edition_until=MONDAY, later_edition="family")
    tuesday = MONDAY + timedelta(days=1)
    for day, edition in ((MONDAY, "staff"), (tuesday, "family")):
        reader = live_reader(bundle.connection, "t", day)
        found = look_up(bundle.connection, "t", f"/students/{AISHA}/plan/", day)
        assert reader
        assert found
        assert (reader.edition, found.edition) == (edition, edition)


def test_a_reader_has_their_own_drawer_in_which_the_page_being_read_is_marked(bundle: Bundle):
    """Found by exact keys as everything is; what stands in it after the working days is the other one."""
    with bundle.publish() as change:
        mine = change.put_drawer({"": "<li>Home", "/handbook/": "<li>HERE"})
        later = change.put_drawer({"": "<li>Later"})
        change.set_reader(
            "t",
            name="Tom Reed",
            edition="staff",
            drawer=mine,
            edition_until=MONDAY,
            later_edition="family",
            later_drawer=later,
        )
    tuesday = MONDAY + timedelta(days=1)

    def shown(path: str, day: date) -> bytes:
        return plain((look_up(bundle.connection, "t", path, day).pieces()["campus"],))

    assert (shown(PLAN, MONDAY), shown("/handbook/", MONDAY)) == (b"<li>Home", b"<li>HERE")
    assert shown(PLAN, tuesday) == shown("/handbook/", tuesday) == b"<li>Later"
    assert plain((text_piece(live_reader(bundle.connection, "t", MONDAY, "/handbook/").drawer),)) == b"<li>HERE"
    assert "campus" not in look_up(bundle.connection, "p", PLAN, MONDAY).pieces()


def test_a_drawer_nobody_has_is_not_kept(bundle: Bundle):
    for links in ("<li>One", "<li>Two"):
        with bundle.publish() as change:
            change.set_reader("t", name="Tom Reed", edition="staff", drawer=change.put_drawer({"": links}))
    kept = bundle.connection.execute("SELECT body FROM drawer").fetchall()
    assert [plain((text_piece(body),)) for (body,) in kept] == [b"<li>Two"]
