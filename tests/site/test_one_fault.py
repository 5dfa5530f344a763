"""An error holds back what rests on it and nothing else; what takes access away bites all the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.bundle import Bundle, stands_for
from sendbook.bundle.export import files
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Severity
from sendbook.site.build import Report, build
from sendbook.site.removals import take_away
from tests.checks_kit import tiny_campus
from tests.conftest import ON, Site

CORRECTED = b"These pages are being corrected"
#: A student with a teacher, a mother who may see the plan, and a plan to break.
STUDENT = "7NVF"
PLAN = f"records/students/{STUDENT}/plan.yml"
HEADER = f"records/students/{STUDENT}/student.yml"


@pytest.fixture
def site(own_site: Site) -> Site:
    return own_site


def built(site: Site, registry: SchemaRegistry, on: date = ON) -> Report:
    return build(CampusFolder(site.root, registry), on, site.state)


def seen_by(site: Site, reader: str, on: date = ON) -> dict[str, bytes]:
    with Bundle.reading(site.bundle) as bundle:
        return dict(files(bundle, reader, on))


def scopes(site: Site, student: str = STUDENT) -> dict[str, str]:
    with Bundle.reading(site.bundle) as bundle:
        return {reader: projection for reader, (projection, _) in bundle.scopes_of(student).items()}


def change(site: Site, path: str, before: str, after: str, count: int = 1) -> None:
    file = site.root / path
    text = file.read_text(encoding="utf-8")
    assert text.count(before) >= 1, before
    file.write_text(text.replace(before, after, count), encoding="utf-8")


def add(site: Site, path: str, text: str) -> None:
    _append(site.root / path, text)


def break_plan(site: Site) -> None:
    change(site, PLAN, "state: agreed", "stat: agreed")


def members(site: Site) -> dict[str, list[str]]:
    """Who sees the student, by what they are: read from the example, so that it may change."""
    with Bundle.reading(site.bundle) as bundle:
        rows = bundle.connection.execute("SELECT reader, because FROM scope WHERE subject = ?", (STUDENT,)).fetchall()
    words = {"teaches": "teaches this student", "family": "is this student's mother", "senco": "is the SENDCo"}
    return {what: sorted(reader for reader, because in rows if said in because) for what, said in words.items()}


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


def test_whoever_stands_narrower_since_is_told_that_the_pages_are_being_corrected(
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
def test_pages_made_under_other_access_rules_are_not_left_up(site: Site, registry: SchemaRegistry) -> None:
    teacher = members(site)["teaches"][0]
    break_plan(site)
    text = (site.root / "records/access.yml").read_text(encoding="utf-8")
    begin = text.index("relation: teaches")
    cut = text.index("      - ", begin)
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


def test_a_plan_that_is_no_sound_yaml_takes_nothing_from_those_it_takes_nothing_from(
    site: Site, registry: SchemaRegistry
) -> None:
    there = scopes(site)
    add(site, PLAN, 'notes: "never closed\n')
    built(site, registry)
    assert scopes(site) == there


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
    assert {one.code for one in report.findings if one.severity is Severity.ERROR} >= {"syntax"}
    assert scopes(site) == {reader: kept for reader, kept in there.items() if reader != mother}


@pytest.mark.slow
def test_while_the_student_s_own_record_is_broken_nobody_comes_to_see_them(
    site: Site, registry: SchemaRegistry
) -> None:
    there = scopes(site)
    change(site, HEADER, "year_group:", "year_grup:")
    outsider = next(one for one in _teachers(site) if one not in there)
    _give_class(site, outsider)
    built(site, registry)
    assert set(scopes(site)) <= set(there)
    assert outsider not in scopes(site)


def _teachers(site: Site) -> list[str]:
    people = sorted((site.root / "records/people").glob("*.yml"))
    return [one.stem for one in people if "role: teacher" in one.read_text(encoding="utf-8")]


def _give_class(site: Site, person: str) -> None:
    """Has a teacher teach a class the student is in."""
    text = (site.root / "records/campus.yml").read_text(encoding="utf-8")
    at = text.index("- id: y8-english")
    teachers = text.index("    teachers:\n", at) + len("    teachers:\n")
    entry = f"      - person: {person}\n        from: 2026-09-01\n"
    (site.root / "records/campus.yml").write_text(text[:teachers] + entry + text[teachers:], encoding="utf-8")


def test_while_the_policy_is_broken_nobody_gains_and_removals_bite(site: Site, registry: SchemaRegistry) -> None:
    teacher, there = members(site)["teaches"][0], scopes(site)
    outsider = next(one for one in _teachers(site) if one not in there)
    _give_class(site, outsider)
    path = "records/access.yml"
    add(site, path, f"  - id: no-more\n    person: {teacher}\n    from: 2026-11-01\n    reason: Left.\n")
    change(site, path, "grants:\n", "grants:\n  - id: ['\n")
    report = built(site, registry)
    assert report.published
    assert not report.is_whole
    assert "everything that would give somebody more access, because of records/access.yml" in report.held
    assert set(scopes(site)) == set(there) - {teacher}
    assert _scope_of(site, teacher) == ()


def test_while_the_policy_is_broken_no_student_comes_to_have_an_account(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    root, state = tiny_campus(tmp_path / "campus"), tmp_path / "state"
    campus, policy, student = (
        root / "records" / one for one in ("campus.yml", "access.yml", "students/2TST/student.yml")
    )
    _append(campus, "student_accounts:\n  youngest: 11\n")
    assert build(CampusFolder(root, registry), ON, state).is_whole
    sound = policy.read_text(encoding="utf-8")
    policy.write_text(f"{sound}odd: 1\n", encoding="utf-8")
    decision = "account_decision:\n  on: 2026-09-01\n  by: p-1aaa\n  reason: Asked for it.\n"
    _append(student, f"sign_in:\n  email: eli@tiny.example\n{decision}")
    assert build(CampusFolder(root, registry), ON, state).published
    with Bundle.reading(state / "bundle.db") as bundle:
        assert "2TST" not in bundle.readers()
    policy.write_text(sound, encoding="utf-8")
    assert build(CampusFolder(root, registry), ON, state).published
    with Bundle.reading(state / "bundle.db") as bundle:
        assert "2TST" in bundle.readers()


MOTHER = "records/people/p-4ddd.yml"


def addresses(state: Path) -> dict[str, str]:
    with Bundle.reading(state / "bundle.db") as bundle:
        return bundle.addresses()


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
    with Bundle.open(state / "bundle.db") as bundle:
        take_away(bundle, root, ON)
    assert "p-4ddd" not in addresses(state)


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


def test_a_student_s_changed_address_bites_in_a_record_that_can_not_be_used(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    root, state = tiny_campus(tmp_path / "campus"), tmp_path / "state"
    folder, header = CampusFolder(root, registry), root / "records/students/2TST/student.yml"
    _append(root / "records/campus.yml", "student_accounts:\n  youngest: 11\n")
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


def _append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + "\n" + text, encoding="utf-8")


@pytest.mark.slow
def test_a_broken_person_keeps_at_most_what_they_had(site: Site, registry: SchemaRegistry) -> None:
    there = scopes(site)
    outsider = next(one for one in _teachers(site) if one not in there)
    had = {subject for subject, *_ in _scope_of(site, outsider)}
    _give_class(site, outsider)
    change(site, f"records/people/{outsider}.yml", "job_title:", "job_titel:")
    report = built(site, registry)
    assert report.published
    assert {subject for subject, *_ in _scope_of(site, outsider)} == had
    change(site, f"records/people/{outsider}.yml", "job_titel:", "job_title:")
    assert built(site, registry).is_whole
    assert outsider in scopes(site)


def _scope_of(site: Site, reader: str) -> tuple[tuple[str, str, date | None], ...]:
    with Bundle.reading(site.bundle) as bundle:
        return bundle.scope_of(reader)


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
    assert _scope_of(site, teacher) == ()
    assert other in scopes(site)


def test_a_new_student_whose_first_record_is_broken_is_seen_by_nobody(site: Site, registry: SchemaRegistry) -> None:
    folder = site.root / "records/students/8B2M"
    folder.mkdir()
    text = (site.root / HEADER).read_text(encoding="utf-8").replace(f"id: {STUDENT}", "id: 8B2M", 1)
    (folder / "student.yml").write_text(text.replace("year_group:", "year_grup:"), encoding="utf-8")
    report = built(site, registry)
    assert report.published
    assert scopes(site, "8B2M") == {}


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
