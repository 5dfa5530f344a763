"""What a change lets go of doesn't stay behind."""

import pytest

from sendbook.bundle import HANDBOOK, LIBRARY, Bundle, Compressor, File, Fragment, Shell, look_up, prepare
from sendbook.errors import BundleError
from tests.bundle.sites import AISHA, BEN, MONDAY, SHELL, STYLE, plan

PLAN = f"/students/{AISHA}/plan/"


def count(bundle: Bundle, table: str) -> int:
    return bundle.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608


OWN_OBJECT = "SELECT object FROM page WHERE subject = 'own' AND projection = 'q' AND path = ?"


def loose_ends(bundle: Bundle) -> list[str]:
    """Rows that nothing refers to, or that refer to nothing."""
    queries = {
        "object": "SELECT id FROM object WHERE id NOT IN (SELECT object FROM page UNION SELECT object FROM asset)",
        "text": "SELECT object FROM text WHERE object NOT IN (SELECT id FROM object)",
        "page": "SELECT * FROM page WHERE subject <> 'handbook' "
        "AND (subject, projection) NOT IN (SELECT subject, projection FROM scope)",
        "route": "SELECT * FROM route WHERE (subject, path) NOT IN (SELECT subject, path FROM page)",
        "unrouted": "SELECT * FROM page WHERE (path, subject) NOT IN (SELECT path, subject FROM route)",
    }
    return [name for name, query in queries.items() if bundle.connection.execute(query).fetchone()]


def test_a_published_site_has_no_loose_ends(bundle: Bundle):
    assert loose_ends(bundle) == []


def test_a_projection_no_reader_has_is_not_kept(bundle: Bundle):
    with bundle.publish() as change:
        change.put_pages(AISHA, "nobody's", {PLAN: Fragment(title="Secret", content="x")})
    assert count(bundle, "page WHERE projection = 'nobody''s'") == 0
    assert loose_ends(bundle) == []


def test_a_projection_takes_over_what_another_has_below_a_path_and_the_other_may_go(bundle: Bundle):
    """With the very objects, of its own subject alone; what is beside the path is not taken."""
    there = {path: Fragment(title=path, content="x") for path in ("/help/", "/help/reading/", "/helpers/", "/rules/")}
    with bundle.publish() as change:
        change.put_pages(LIBRARY, "old", there)
        change.set_scope("p", LIBRARY, "old", None, "all")
    objects = "SELECT path, object FROM page WHERE subject = 'library' AND projection = ? ORDER BY path"
    before = dict(bundle.connection.execute(objects, ("old",)).fetchall())
    with bundle.publish() as change:
        taken = change.take_over(LIBRARY, "old", "new", "/help/")
        assert taken == {"/help/", "/help/reading/"}
        assert change.take_over(AISHA, "old", "new", "/help/") == frozenset()
        assert change.take_over(LIBRARY, "nobody's", "new", "/rules/") == frozenset()
        change.put_pages(LIBRARY, "new", {**dict.fromkeys(taken), "/rules/": Fragment(title="R", content="y")})
        change.set_scope("p", LIBRARY, "new", None, "all")
    now = dict(bundle.connection.execute(objects, ("new",)).fetchall())
    assert now.keys() == {"/help/", "/help/reading/", "/rules/"}
    assert {path: now[path] for path in taken} == {path: before[path] for path in taken}
    assert now["/rules/"] != before["/rules/"]
    assert bundle.connection.execute(objects, ("old",)).fetchall() == []
    assert look_up(bundle.connection, "p", "/helpers/", MONDAY) is None
    assert loose_ends(bundle) == []


def test_an_edition_of_the_handbook_waits_for_its_first_reader(bundle: Bundle):
    """A build that changes nothing of the handbook does not hand it over again."""
    with bundle.publish() as change:
        change.put_pages(HANDBOOK, "family", {"/handbook/": Fragment(title="Handbook", content="<p>For families.</p>")})
    with bundle.publish() as change:
        change.set_scope("p", HANDBOOK, "family", None, "family")
    assert look_up(bundle.connection, "p", "/handbook/", MONDAY)


def test_a_reader_s_old_projection_goes_when_they_get_a_new_one(bundle: Bundle):
    with bundle.publish() as change:
        change.put_pages(AISHA, "family 2", {PLAN: plan(AISHA, "Aisha", costs=False)})
        change.set_scopes(AISHA, [("t", "staff", None, "teaches 10X"), ("p", "family 2", None, "mother")])
    assert {row[0] for row in bundle.connection.execute("SELECT projection FROM page WHERE subject = ?", (AISHA,))} == {
        "staff",
        "family 2",
    }
    assert look_up(bundle.connection, "p", f"{PLAN}plan.pdf", MONDAY) is None
    assert loose_ends(bundle) == []


def test_a_path_that_is_no_longer_put_is_gone(bundle: Bundle):
    with bundle.publish() as change:
        change.put_pages(AISHA, "staff", {PLAN: plan(AISHA, "Aisha Núñez", costs=True)})
        change.put_pages(AISHA, "family", {PLAN: plan(AISHA, "Aisha Núñez", costs=False)})
    assert look_up(bundle.connection, "t", f"{PLAN}plan.pdf", MONDAY) is None
    assert loose_ends(bundle) == []


def test_a_forgotten_student_leaves_nothing(bundle: Bundle):
    with bundle.publish() as change:
        change.forget(AISHA)
    for table in ("page", "scope", "route"):
        assert count(bundle, f"{table} WHERE subject = '{AISHA}'") == 0
    assert loose_ends(bundle) == []


def test_a_removed_reader_leaves_nothing(bundle: Bundle):
    with bundle.publish() as change:
        change.remove_reader("t")
    assert count(bundle, "scope WHERE reader = 't'") == 0
    assert bundle.readers() == ("p", "public")
    assert loose_ends(bundle) == []


def test_one_reader_s_scope_changes_alone(bundle: Bundle):
    with bundle.publish() as change:
        change.set_scope("p", BEN, "family", None, "covers")
        change.put_pages(BEN, "family", {f"/students/{BEN}/plan/": plan(BEN, "Ben Okoro", costs=False)})
    assert bundle.readers_of(BEN) == ("p", "t")
    with bundle.publish() as change:
        change.remove_scope("p", BEN)
    assert bundle.readers_of(BEN) == ("t",)
    assert loose_ends(bundle) == []


def test_own_pages_that_are_the_same_are_kept_once(bundle: Bundle):
    pages = {"/": Fragment(title="Home", content="<p>Nobody yet.</p>", search="")}
    before = count(bundle, "object")
    with bundle.publish() as change:
        for reader in ("p", "q", "r"):
            change.set_own_pages(reader, pages, until=None)
    assert count(bundle, "object") == before + 1


def test_a_page_may_be_left_as_it_stands(bundle: Bundle):
    home = Fragment(title="Home", content="<p>One.</p>", search="")
    with bundle.publish() as change:
        change.set_own_pages("q", {"/": home, "/students/": home, "/register/": home}, until=None)
    with bundle.publish() as change:
        other = Fragment(title="Home", content="<p>Two.</p>", search="")
        change.set_own_pages("q", {"/": other, "/students/": None}, until=None)
    assert bundle.paths("own", "q") == {"/", "/students/"}
    found = [bundle.connection.execute(OWN_OBJECT, (path,)).fetchone()[0] for path in ("/", "/students/")]
    assert found[0] != found[1]
    assert loose_ends(bundle) == []
    with pytest.raises(BundleError, match="no page under /register/"), bundle.publish() as change:
        change.set_own_pages("q", {"/register/": None}, until=None)


def test_two_subjects_can_not_have_one_path(bundle: Bundle):
    """Or one child's page might stand where another's is looked for."""
    with pytest.raises(BundleError, match="belongs to 7Q4K"), bundle.publish() as change:
        change.put_pages(BEN, "staff", {PLAN: plan(BEN, "Ben", costs=True)})


def test_a_page_and_an_asset_can_not_have_one_path(bundle: Bundle):
    with pytest.raises(BundleError, match="at once"), bundle.publish() as change:
        change.put_pages(HANDBOOK, "staff", {STYLE: Fragment(title="x", content="x")})
    with pytest.raises(BundleError, match="at once"), bundle.publish() as change:
        change.set_assets({"/handbook/": File(media_type="text/css", content=b"")})


@pytest.mark.parametrize(
    "path", ["", "a", "//", "/a//b", "/../a", "/a/..", "/a/./b", "/.", "/a\\b", "/a\0", "/a\n", "/a/../", "a/b"]
)
def test_a_path_that_could_leave_its_folder_is_refused(bundle: Bundle, path: str):
    with pytest.raises(BundleError, match="not a path"), bundle.publish() as change:
        change.put_pages(AISHA, "staff", {path: Fragment(title="x", content="x")})


@pytest.mark.parametrize("path", ["/a", "/a/", "/.well-known/security.txt", "/a..b/", "/...", "/Größe/"])
def test_a_plain_path_is_accepted(bundle: Bundle, path: str):
    with bundle.publish() as change:
        change.put_pages(AISHA, "staff", {path: Fragment(title="x", content="x")})
    assert look_up(bundle.connection, "t", path, MONDAY)


def test_assets_that_are_no_longer_given_are_gone(bundle: Bundle):
    with bundle.publish() as change:
        change.set_assets({"/assets/new.js": File(media_type="text/javascript", content=b"1")})
    assert look_up(bundle.connection, "t", STYLE, MONDAY) is None
    assert loose_ends(bundle) == []


def test_a_changed_shell_gets_a_new_digest_and_no_page_is_written(bundle: Bundle):
    old = look_up(bundle.connection, "t", PLAN, MONDAY)
    with bundle.publish() as change:
        change.set_shell("staff", Shell.cut("<h1>@@title@@</h1>@@content@@"))
        change.set_shell("family", SHELL)
    new = look_up(bundle.connection, "t", PLAN, MONDAY)
    assert (new.digest, new.body) == (old.digest, old.body)
    assert new.shell != old.shell


def test_content_prepared_elsewhere_is_kept_like_any_other(bundle: Bundle):
    content = Fragment(title="Prepared", content="<p>In a worker.</p>")
    with bundle.publish() as change:
        change.put_pages(AISHA, "staff", {PLAN: prepare(content, Compressor())})
    there = bundle.connection.execute("SELECT digest FROM object").fetchall()
    changes = bundle.connection.total_changes
    with bundle.publish() as change:
        change.put_pages(AISHA, "staff", {PLAN: content})
    assert bundle.connection.execute("SELECT digest FROM object").fetchall() == there
    assert bundle.connection.total_changes == changes


def test_the_version_is_not_a_build_s_to_set(bundle: Bundle):
    with pytest.raises(ValueError, match="schema's"), bundle.publish() as change:
        change.set_meta("version", "2")
