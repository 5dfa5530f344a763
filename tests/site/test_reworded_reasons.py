"""Where the words of access.yml come to: those of a grant on one page of the campus, those of an exception on the pages
of its student that list by name who can see them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sendbook.bundle import Bundle
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.kinds.intervention import library_pages
from sendbook.site.build.build import BuildResult, Options, build
from sendbook.site.campus import who_can_see_page
from tests.conftest import ON, Site

PATH = "/who-can-see/"
_EVERYTHING = """
SELECT scope.reader, page.path, object.digest FROM scope
    JOIN page USING (subject, projection) JOIN object ON object.id = page.object
UNION ALL SELECT 'drawer ' || name, path, body FROM drawer
"""
_SCOPES = "SELECT reader, subject, until, because FROM scope"
_OF_THE_PAGE = "SELECT DISTINCT object FROM page WHERE path = ?"


def access(root: Path) -> Path:
    return root / "records" / "access.yml"


def reworded(site: Site, registry: SchemaRegistry, entries: str, identity: str) -> BuildResult:
    """The site once more, after the reason of one entry of access.yml was put in other words."""
    data = yaml.safe_load(access(site.root).read_text(encoding="utf-8"))
    (entry,) = [one for one in data[entries] if one["id"] == identity]
    entry["reason"] = "Said in other words."
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1_000)
    access(site.root).write_text(text, encoding="utf-8")
    return build(CampusFolder(site.root, registry), ON, site.state, Options())


def pages(site: Site) -> dict[tuple[str, str], bytes]:
    with Bundle.reading(site.bundle) as bundle:
        return {(reader, path): seen for reader, path, seen in bundle.connection.execute(_EVERYTHING)}


def scopes(site: Site) -> dict[tuple[str, str], tuple[str | None, str]]:
    with Bundle.reading(site.bundle) as bundle:
        rows = bundle.connection.execute(_SCOPES)
        return {(reader, subject): (until, because) for reader, subject, until, because in rows}


def test_no_scope_holds_the_words_of_a_grant(example_site: Site) -> None:
    said = yaml.safe_load(access(example_site.root).read_text(encoding="utf-8"))["grants"]
    reasons = {" ".join(str(grant["reason"]).split()).rstrip(".") for grant in said}
    held = {because for _, because in scopes(example_site).values()}
    assert len(held) > 100
    assert not [because for because in held if any(reason in because for reason in reasons)]


def test_a_reader_has_the_page_if_they_have_a_student_s_pages_and_not_otherwise(example_site: Site) -> None:
    there, seen = pages(example_site), scopes(example_site)
    readers = {reader for reader, _ in seen} - {"public"}
    with_students = {reader for reader, subject in seen if subject not in ("handbook", "library", "directory", "own")}
    assert {reader for reader, path in there if path == PATH} == with_students
    assert readers - with_students, "somebody in the example has none"


def test_it_is_made_three_times_for_all_readers(example_site: Site) -> None:
    """For staff, for families and for students."""
    with Bundle.reading(example_site.bundle) as bundle:
        assert len(bundle.connection.execute(_OF_THE_PAGE, (PATH,)).fetchall()) == 3


def test_a_reworded_reason_of_a_grant_changes_one_page_and_no_student_s(
    own_site: Site, registry: SchemaRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The provision library, which is in the same projections, is taken over from those before."""
    before, held = pages(own_site), scopes(own_site)
    made: list[str] = []
    render = who_can_see_page._pages
    monkeypatch.setattr(who_can_see_page, "_pages", lambda *given: made.append(given[0]) or render(*given))
    monkeypatch.setattr(library_pages, "library_pages_of", lambda *_given: made.append("library"))
    report = reworded(own_site, registry, "grants", "teaches-emergency")
    assert report.is_whole
    assert report.rendered == 0, "no projection of a student"
    assert set(made) == {"staff", "family", "student"}
    after = pages(own_site)
    assert {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)} == {
        one for one in before if one[1] == PATH
    }
    assert scopes(own_site) == held


@pytest.mark.parametrize(
    ("entries", "identity", "person", "student"),
    [("shares", "psychologist-plan-amelie", "p-1n9b", "REE9"), ("covers", "exams-for-rowan", "p-he07", "E5GJ")],
)
def test_a_reworded_reason_of_an_exception_is_on_the_list_by_name_of_its_student_alone(
    entries: str, identity: str, person: str, student: str, own_site: Site, registry: SchemaRegistry
) -> None:
    before, held = pages(own_site), scopes(own_site)
    report = reworded(own_site, registry, entries, identity)
    assert report.is_whole
    after, now = pages(own_site), scopes(own_site)
    assert after.keys() == before.keys()
    differ = {one for one in before if before[one] != after[one]}
    assert differ
    assert {path for _, path in differ} == {f"/students/{student}/who-can-see/"}
    assert {one for one in held if held[one] != now[one]} == {(person, student)}
    assert "Said in other words." in now[person, student][1]
