"""An error holds back what rests on it and nothing else; what takes access away bites all the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Severity
from tests.conftest import Site
from tests.site.one_fault_kit import (
    CORRECTED,
    HEADER,
    PLAN,
    STUDENT,
    add,
    break_plan,
    built,
    change,
    give_class,
    members,
    scopes,
    seen_by,
    teachers_in,
)


@pytest.fixture
def site(own_site: Site) -> Site:
    return own_site


def test_a_student_with_an_error_keeps_the_last_good_pages_and_everybody_else_goes_on(
    site: Site, registry: SchemaRegistry
) -> None:
    before = {who: seen_by(site, who) for who in ("p-gba7", *members(site)["family"], *members(site)["teaches"][:2])}
    there = scopes(site)
    break_plan(site)
    change(site, "records/students/01FB/student.yml", "known_as: Chantelle", "known_as: Chantal")
    report = built(site, registry)
    assert report.published
    assert not report.is_whole
    assert report.held == (f"the pages of student {STUDENT}, because of {PLAN}",)
    assert scopes(site) == there
    for who, pages in before.items():
        after = seen_by(site, who)
        assert {path: after[path] for path in pages if f"/{STUDENT}/" in path} == {
            path: content for path, content in pages.items() if f"/{STUDENT}/" in path
        }
    assert b"Chantal" in b"".join(seen_by(site, "p-gba7").values())


def test_the_sendco_s_home_names_what_is_held_and_nobody_else_s_does(site: Site, registry: SchemaRegistry) -> None:
    others = [*members(site)["family"], *members(site)["teaches"]]
    before = {who: seen_by(site, who)["/"] for who in others}
    break_plan(site)
    built(site, registry)
    home = seen_by(site, "p-gba7")["/"].decode()
    assert PLAN in home
    assert "Kwame" in home
    assert "Held back until you correct it" in home
    for who in others:
        assert seen_by(site, who)["/"] == before[who]
    change(site, PLAN, "stat: agreed", "state: agreed")
    assert built(site, registry).is_whole
    assert PLAN not in seen_by(site, "p-gba7")["/"].decode()


@pytest.mark.slow
def test_anybody_who_stands_narrower_since_is_told_that_the_pages_are_being_corrected(
    site: Site, registry: SchemaRegistry
) -> None:
    """The mother may see one part from now on; her last good pages hold more. The page says nothing of the fault."""
    (mother, *_) = members(site)["family"]
    assert CORRECTED not in b"".join(seen_by(site, mother).values())
    text = (site.root / HEADER).read_text(encoding="utf-8")
    item = text.index(f"person: {mother}")
    begin = text.index("access: full", item)
    narrower = "access: named_parts\n    parts:\n      - profile"
    (site.root / HEADER).write_text(text[:begin] + narrower + text[begin + len("access: full") :], encoding="utf-8")
    break_plan(site)
    built(site, registry)
    pages = {path: content for path, content in seen_by(site, mother).items() if f"/{STUDENT}/" in path}
    assert pages
    for path, content in pages.items():
        assert CORRECTED in content, path
        for word in (b"plan.yml", b"error", b"Kwame"):
            assert word not in content.partition(b"<article")[2].partition(b"</article>")[0], (path, word)
    assert CORRECTED not in b"".join(
        content for path, content in seen_by(site, "p-gba7").items() if f"/{STUDENT}/" in path
    )


@pytest.mark.slow
def test_a_parent_s_number_that_is_taken_out_comes_down_though_another_record_is_broken(
    site: Site, registry: SchemaRegistry
) -> None:
    """Who saw it waits for the correction; others, and the parent whose number it was, go on reading."""
    mum, there = "p-1ge7", scopes(site)
    break_plan(site)
    add(site, "records/people/p-b7gq.yml", "  language: Twi\n")  # there is more to know of somebody now, and not less
    assert built(site, registry).published
    assert scopes(site) == there
    number = b"07700 900214"
    saw = {one for one in there if any(number in page for path, page in seen_by(site, one).items() if STUDENT in path)}
    assert {"p-gba7"} <= saw < there.keys() - {mum}
    change(site, f"records/people/{mum}.yml", "  phone: 07700 900214\n", "")
    assert built(site, registry).published
    now = scopes(site)
    assert {one for one in there if now[one] != there[one]} == saw
    for one in saw:
        pages = [page for path, page in seen_by(site, one).items() if STUDENT in path]
        assert not [page for page in pages if number in page]
        assert any(CORRECTED in page for page in pages)


@pytest.mark.slow
def test_a_revocation_bites_though_another_record_is_broken(site: Site, registry: SchemaRegistry) -> None:
    teacher, other = members(site)["teaches"][:2]
    break_plan(site)
    add(
        site,
        "records/access.yml",
        f"  - id: no-more\n    person: {teacher}\n    student: {STUDENT}\n    from: 2026-11-01\n    reason: Moved.\n",
    )
    report = built(site, registry)
    assert report.published
    assert teacher not in scopes(site)
    assert other in scopes(site)
    assert not [path for path in seen_by(site, teacher) if f"/{STUDENT}/" in path]


@pytest.mark.slow
def test_words_that_are_shared_no_more_come_down_with_the_page(site: Site, registry: SchemaRegistry) -> None:
    """The gate of an entry that can be read counts, whichever record has the error."""
    break_plan(site)
    folder = site.root / f"records/students/{STUDENT}"
    records = sorted(folder.rglob("*.yml"))
    shared = next((one for one in records if "share_with_family: true" in one.read_text(encoding="utf-8")), None)
    if shared is None:
        pytest.skip("the example shares nothing of this student's own words")
    text = shared.read_text(encoding="utf-8")
    shared.write_text(text.replace("share_with_family: true", "share_with_family: false"), encoding="utf-8")
    built(site, registry)
    (mother, *_) = members(site)["family"]
    assert CORRECTED in seen_by(site, mother)[f"/students/{STUDENT}/"]


@pytest.mark.sample(1)
@pytest.mark.parametrize("broken", ["last_line", "first_line"])
def test_words_that_are_shared_no_more_come_down_though_their_file_is_no_sound_yaml(
    site: Site, registry: SchemaRegistry, broken: str
) -> None:
    """One save took the words from the family and broke the file elsewhere: what can be read of it counts."""
    (mother, *_) = members(site)["family"]
    words = b"it doesn't beep"
    assert words in b"".join(seen_by(site, mother).values()).replace(b"&#39;", b"'").replace("\u2019".encode(), b"'")
    change(site, PLAN, "share_with_family: true", "share_with_family: false")
    if broken == "last_line":
        add(site, PLAN, 'reason: "never closed\n')
    else:
        change(site, PLAN, "state: agreed", 'state: "agreed')
    built(site, registry)
    assert CORRECTED in seen_by(site, mother)[f"/students/{STUDENT}/"]
    assert words not in b"".join(seen_by(site, mother).values()).replace(b"&#39;", b"'")


def test_a_plan_taken_back_to_draft_comes_down_though_its_file_is_no_sound_yaml(
    site: Site, registry: SchemaRegistry
) -> None:
    (mother, *_) = members(site)["family"]
    change(site, PLAN, "state: agreed", "state: draft")
    add(site, PLAN, 'notes: "never closed\n')
    built(site, registry)
    assert CORRECTED in seen_by(site, mother)[f"/students/{STUDENT}/"]


@pytest.mark.slow
def test_a_plan_that_is_no_sound_yaml_takes_nothing_from_those_it_takes_nothing_from(
    site: Site, registry: SchemaRegistry
) -> None:
    there = scopes(site)
    add(site, PLAN, 'notes: "never closed\n')
    built(site, registry)
    assert scopes(site) == there


@pytest.mark.slow
def test_of_a_student_s_own_record_that_can_not_be_read_every_removal_bites(
    site: Site, registry: SchemaRegistry
) -> None:
    """The mother's access is taken away in a version that has a slip elsewhere; the others keep the last good pages."""
    (mother, *_) = members(site)["family"]
    text = (site.root / HEADER).read_text(encoding="utf-8")
    item = text.index(f"person: {mother}")
    begin = text.index("access: full", item)
    text = text[:begin] + "access: none" + text[begin + len("access: full") :]
    (site.root / HEADER).write_text(text.replace("known_as: Kwame", "known_as: 'Kwame", 1), encoding="utf-8")
    there = scopes(site)
    report = built(site, registry)
    assert report.published
    assert {one.code for one in report.findings if one.severity is Severity.ERROR} & {"syntax", "text-over-lines"}
    assert scopes(site) == {reader: kept for reader, kept in there.items() if reader != mother}


@pytest.mark.slow
def test_while_the_student_s_own_record_is_broken_nobody_comes_to_see_them(
    site: Site, registry: SchemaRegistry
) -> None:
    there = scopes(site)
    change(site, HEADER, "year_group:", "year_grup:")
    outsider = next(one for one in teachers_in(site) if one not in there)
    give_class(site, outsider)
    built(site, registry)
    assert set(scopes(site)) <= set(there)
    assert outsider not in scopes(site)


@pytest.mark.slow
def test_a_new_student_whose_first_record_is_broken_is_seen_by_nobody(site: Site, registry: SchemaRegistry) -> None:
    folder = site.root / "records/students/8B2M"
    folder.mkdir()
    text = (site.root / HEADER).read_text(encoding="utf-8").replace(f"id: {STUDENT}", "id: 8B2M", 1)
    (folder / "student.yml").write_text(text.replace("year_group:", "year_grup:"), encoding="utf-8")
    report = built(site, registry)
    assert report.published
    assert scopes(site, "8B2M") == {}


@pytest.mark.slow
def test_a_page_of_the_handbook_with_an_error_stays_as_it_was_and_the_others_go_on(
    site: Site, registry: SchemaRegistry
) -> None:
    report_page = "/handbook/send-information-report/"
    before = seen_by(site, "public")[report_page]
    change(site, "handbook/send-information-report.md", "approved_on:", "aproved_on:")
    add(site, "handbook/send-information-report.md", "\nWords that are not to come out yet.\n")
    add(site, "handbook/accessibility-plan.md", "\nWords that come out at once.\n")
    report = built(site, registry)
    assert report.published
    assert [one for one in report.held if "send-information-report" in one]
    after = seen_by(site, "public")
    assert b"not to come out yet" not in b"".join(after.values())
    assert b"come out at once" in after["/handbook/accessibility-plan/"]
    assert b"Words that" not in before
    assert _article(after[report_page]) == _article(before)


def _article(page: bytes) -> bytes:
    return page.partition(b"<article")[2].partition(b"</article>")[0]


@pytest.mark.slow
def test_stray_files_hold_nothing_back(site: Site, registry: SchemaRegistry) -> None:
    folder = site.root / f"records/students/{STUDENT}"
    for name in ("Thumbs.db", "plan.yml.bak", "notes.docx", "plan (1).yml", "~$plan.docx"):
        (folder / name).write_bytes(b"\x00")
    change(site, HEADER, "known_as: Kwame", "known_as: Kwamé")
    report = built(site, registry)
    assert report.is_whole
    assert "Kwamé".encode() in seen_by(site, "p-gba7")[f"/students/{STUDENT}/"]
    named = {Path(one.path).name for one in report.findings if one.path.startswith(f"records/students/{STUDENT}/")}
    assert named >= {"Thumbs.db", "plan.yml.bak", "notes.docx", "plan (1).yml", "~$plan.docx"}


@pytest.mark.slow
def test_a_record_out_of_place_holds_its_student_back_though_all_that_is_read_is_as_it_was(
    site: Site, registry: SchemaRegistry
) -> None:
    assert built(site, registry).is_whole  # from here on each file is known to be as it was
    stray = f"records/students/{STUDENT}/meeting/2026-11-20.yml"
    (site.root / stray).parent.mkdir()
    (site.root / stray).write_text("state: agreed\n", encoding="utf-8")
    for _ in range(2):
        assert built(site, registry).held == (f"the pages of student {STUDENT}, because of {stray}",)
    assert stray in seen_by(site, "p-gba7")["/"].decode()
    (site.root / stray).unlink()
    (site.root / stray).parent.rmdir()
    assert built(site, registry).is_whole


@pytest.mark.slow
@pytest.mark.parametrize(
    "on",
    [
        date(2027, 4, 1),
        pytest.param(date(2028, 3, 1), marks=pytest.mark.slow),
        pytest.param(date(2030, 6, 3), marks=pytest.mark.slow),
    ],
)
def test_passing_time_holds_nothing_back(site: Site, registry: SchemaRegistry, on: date) -> None:
    report = built(site, registry, on)
    assert [one for one in report.findings if one.severity is Severity.ERROR] == []
    assert report.is_whole
    assert "AP-5" in {one.code for one in report.findings}
