"""While access rules or people can't be read nobody gains, and what takes access away counts all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.bundle import Bundle, stands_for
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.site.build.build import build
from sendbook.site.build.removals import take_away
from tests.checks_kit import tiny_campus
from tests.conftest import ON, Site
from tests.site.one_fault_kit import (
    CORRECTED,
    HEADER,
    PLAN,
    STUDENT,
    add,
    append,
    break_plan,
    built,
    change,
    give_class,
    members,
    scope_of,
    scopes,
    seen_by,
    teachers_in,
)


@pytest.fixture
def site(own_site: Site) -> Site:
    return own_site


MOTHER = "records/people/p-4ddd.yml"


@pytest.mark.slow
def test_pages_made_under_other_access_rules_are_not_left_up(site: Site, registry: SchemaRegistry) -> None:
    teacher = members(site)["teaches"][0]
    break_plan(site)
    text = (site.root / "records/access.yml").read_text(encoding="utf-8")
    begin = text.index("relation: teaches")
    cut = text.index("        - ", begin)
    (site.root / "records/access.yml").write_text(text[:cut] + text[text.index("\n", cut) + 1 :], encoding="utf-8")
    add(site, "records/people/p-gba7.yml", "family:\n  language: English\n")  # the SENDCo is somebody's parent here
    built(site, registry)
    sheets = {path: page for path, page in seen_by(site, teacher).items() if path.startswith("/groups/") and path[8:]}
    lacking = [path for path, page in sheets.items() if f"student {STUDENT}".encode() in page]
    assert lacking
    header = (site.root / HEADER).read_text(encoding="utf-8")
    assert all(f"group: {path.removeprefix('/groups/').strip('/')}\n" in header for path in lacking)
    assert PLAN in seen_by(site, "p-gba7")["/"].decode()
    assert all(
        CORRECTED in content
        for path, content in seen_by(site, teacher).items()
        if path.startswith(f"/students/{STUDENT}/")
    )


@pytest.mark.slow
def test_while_the_policy_is_broken_nobody_gains_and_removals_bite(site: Site, registry: SchemaRegistry) -> None:
    teacher, there = members(site)["teaches"][0], scopes(site)
    outsider = next(one for one in teachers_in(site) if one not in there)
    give_class(site, outsider)
    path = "records/access.yml"
    add(site, path, f"  - id: no-more\n    person: {teacher}\n    from: 2026-11-01\n    reason: Left.\n")
    change(site, path, "grants:\n", "grants:\n  - id: ['\n")
    report = built(site, registry)
    assert report.published
    assert not report.is_whole
    assert "everything that would give somebody more access, because of records/access.yml" in report.held
    assert set(scopes(site)) == set(there) - {teacher}
    assert scope_of(site, teacher) == set()


@pytest.mark.slow
def test_while_the_policy_is_broken_no_student_comes_to_have_an_account(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    root, state = tiny_campus(tmp_path / "campus"), tmp_path / "state"
    campus, policy, student = (
        root / "records" / one for one in ("campus.yml", "access.yml", "students/2TST/student.yml")
    )
    append(campus, "student_accounts:\n  youngest: 11\n")
    assert build(CampusFolder(root, registry), ON, state).is_whole
    sound = policy.read_text(encoding="utf-8")
    policy.write_text(f"{sound}odd: 1\n", encoding="utf-8")
    decision = "account_decision:\n  on: 2026-09-01\n  by: p-1aaa\n  reason: Asked for it.\n"
    append(student, f"sign_in:\n  email: eli@tiny.example\n{decision}")
    assert build(CampusFolder(root, registry), ON, state).published
    with Bundle.reading(state / "site/bundle.db") as bundle:
        assert "2TST" not in bundle.readers()
    policy.write_text(sound, encoding="utf-8")
    assert build(CampusFolder(root, registry), ON, state).published
    with Bundle.reading(state / "site/bundle.db") as bundle:
        assert "2TST" in bundle.readers()


def addresses(state: Path) -> dict[str, str]:
    with Bundle.reading(state / "site/bundle.db") as bundle:
        return bundle.addresses()


@pytest.mark.slow
def test_a_changed_address_bites_in_a_record_that_can_not_be_used(tmp_path: Path, registry: SchemaRegistry) -> None:
    """Of a sound record the new address holds, and of one with an error neither: the mother is not shut out else."""
    root, state = tiny_campus(tmp_path / "campus"), tmp_path / "state"
    folder, sound = CampusFolder(root, registry), (root / MOTHER).read_text(encoding="utf-8").rstrip("\n")
    (root / MOTHER).write_text(f"{sound}\nsign_in:\n  email: old@tiny.example\n", encoding="utf-8")
    assert build(folder, ON, state).is_whole
    assert addresses(state)["p-4ddd"] == stands_for("old@tiny.example")
    (root / MOTHER).write_text(f"{sound}\nsign_in:\n  email: new@tiny.example\nodd: 1\n", encoding="utf-8")
    assert build(folder, ON, state).published
    assert addresses(state)["p-4ddd"] == stands_for("")
    (root / MOTHER).write_text(f"{sound}\nsign_in:\n  email: new@tiny.example\n", encoding="utf-8")
    assert build(folder, ON, state).is_whole
    assert addresses(state)["p-4ddd"] == stands_for("new@tiny.example")
    (root / MOTHER).write_text(f"{sound}\nsign_in:\n  email: third@tiny.example\nodd: ['\n", encoding="utf-8")
    with Bundle.open(state / "site/bundle.db") as bundle:
        take_away(bundle, root, ON)
    assert "p-4ddd" not in addresses(state)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after"),
    [("person: p-4ddd", "person: P-4DDD"), ("group: 8-english", "group: 8 English!")],
)
def test_a_name_that_can_be_nobody_s_holds_the_student_and_not_the_build(
    tmp_path: Path, registry: SchemaRegistry, before: str, after: str
) -> None:
    root, state = tiny_campus(tmp_path / "campus"), tmp_path / "state"
    header = root / "records/students/2TST/student.yml"
    assert build(CampusFolder(root, registry), ON, state).is_whole
    header.write_text(header.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    report = build(CampusFolder(root, registry), ON, state)
    assert report.held == ("the pages of student 2TST, because of records/students/2TST/student.yml",)


@pytest.mark.slow
def test_a_student_s_changed_address_bites_in_a_record_that_can_not_be_used(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    root, state = tiny_campus(tmp_path / "campus"), tmp_path / "state"
    folder, header = CampusFolder(root, registry), root / "records/students/2TST/student.yml"
    append(root / "records/campus.yml", "student_accounts:\n  youngest: 11\n")
    sound = header.read_text(encoding="utf-8").rstrip("\n")
    account = "account_decision:\n  on: 2026-09-01\n  by: p-1aaa\n  reason: Asked for it.\nsign_in:\n  email: "
    header.write_text(f"{sound}\n{account}eli@tiny.example\n", encoding="utf-8")
    assert build(folder, ON, state).is_whole
    header.write_text(f"{sound}\n{account}eli@tiny.example\nodd: 1\n", encoding="utf-8")
    assert build(folder, ON, state).published
    assert addresses(state)["2TST"] == stands_for("eli@tiny.example")
    header.write_text(f"{sound}\n{account}other@tiny.example\nodd: 1\n", encoding="utf-8")
    assert build(folder, ON, state).published
    assert "2TST" not in addresses(state)


@pytest.mark.slow
def test_a_broken_person_keeps_at_most_what_they_had(site: Site, registry: SchemaRegistry) -> None:
    there = scopes(site)
    outsider = next(one for one in teachers_in(site) if one not in there)
    had = scope_of(site, outsider)
    give_class(site, outsider)
    change(site, f"records/people/{outsider}.yml", "job_title:", "job_titel:")
    report = built(site, registry)
    assert report.published
    assert scope_of(site, outsider) == had
    change(site, f"records/people/{outsider}.yml", "job_titel:", "job_title:")
    assert built(site, registry).is_whole
    assert outsider in scopes(site)


@pytest.mark.slow
def test_a_broken_person_s_last_day_bites(site: Site, registry: SchemaRegistry) -> None:
    teacher = members(site)["teaches"][0]
    path = f"records/people/{teacher}.yml"
    change(site, path, "staff:\n", "staff:\n  left_on: 2026-11-20\n")
    change(site, path, "job_title:", "job_titel:")
    assert built(site, registry).published
    assert teacher not in scopes(site)


def test_where_nothing_can_be_published_what_the_records_take_away_bites_all_the_same(site: Site) -> None:
    """A court order, a last working day and a revocation, in files of which one can't be read as a whole."""
    (mother, *_), (teacher, other, *_) = members(site)["family"], members(site)["teaches"]
    text = (site.root / HEADER).read_text(encoding="utf-8")
    at = text.index("access: full", text.index(f"person: {mother}"))
    order = "court_orders:\n      - effect: no_contact\n        from: 2026-11-01\n    "
    (site.root / HEADER).write_text(text[:at] + order + text[at:] + "odd: ['\n", encoding="utf-8")
    change(site, f"records/people/{teacher}.yml", "staff:\n", "staff:\n  left_on: 2026-11-20\n")
    over = f"  - id: over\n    person: {other}\n    from: 2026-01-01\n    until: 2026-02-01\n    reason: Leave.\n"
    add(site, "records/access.yml", over)
    before = set(scopes(site))
    with Bundle.open(site.bundle) as bundle:
        take_away(bundle, site.root, ON)
    assert before - set(scopes(site)) == {mother, teacher}
    assert scope_of(site, teacher) == set()
    assert other in scopes(site)
