"""The build as a whole: publishes or refuses, does no work twice, and leaves nothing behind."""

from __future__ import annotations

import fcntl
import json
import shutil
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sendbook.bundle import Bundle, live_reader
from sendbook.bundle.export import files
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import Finding, Severity
from sendbook.errors import BundleError
from sendbook.site.build import document_findings, inspection
from sendbook.site.build.build import Options, build
from sendbook.site.build.handbook_findings import handbook_findings
from sendbook.site.readers import student_lists
from tests.cli.kit import small_campus
from tests.conftest import ON, Site

#: The classes of student 7NVF.
KWAMES = frozenset(
    f"{years}-{subject}"
    for years, subjects in (("y8", "english maths science humanities spanish"), ("y7-9", "art computing pe"))
    for subject in subjects.split()
)

#: Somebody's mother, as far as a record of her has to go.
PARENT = """\
id: p-qh11
name: {full: Mara Quill-Hart, known_as: Mrs Quill-Hart}
family: {phone: "01632 960111"}
"""


def built(site: Site, registry: SchemaRegistry, **options: object):
    return build(CampusFolder(site.root, registry), ON, site.state, Options(**options))


def export_of(site: Site, reader: str) -> dict[str, bytes]:
    with Bundle.reading(site.bundle) as bundle:
        return dict(files(bundle, reader, ON))


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.slow
def test_building_again_renders_nothing(own_site: Site, registry: SchemaRegistry) -> None:
    report = built(own_site, registry)
    assert (report.published, report.rendered, report.readers) == (True, 0, 0)


@pytest.mark.slow
def test_an_error_leaves_a_student_s_last_good_pages_as_they_were(own_site: Site, registry: SchemaRegistry) -> None:
    before = export_of(own_site, "p-gba7")
    change(own_site.root / "records/students/7NVF/plan.yml", "state: agreed", "stat: agreed")
    report = built(own_site, registry)
    assert report.published
    assert not report.is_whole
    assert report.held == ("the pages of student 7NVF, because of records/students/7NVF/plan.yml",)
    assert [finding.code for finding in report.findings if finding.severity == "error"] == ["unknown-field"]
    after = export_of(own_site, "p-gba7")
    assert {path for path in before if before[path] != after[path]} == {"/"}, "the SENDCo's home says so"


@pytest.mark.slow
def test_an_error_in_the_handbook_leaves_the_last_good_page_as_it_was(own_site: Site, registry: SchemaRegistry) -> None:
    before = export_of(own_site, "p-r4jh")
    page = own_site.root / "handbook/index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n{{ 7 * 7 }}\n", encoding="utf-8")
    report = built(own_site, registry)
    assert report.published
    assert report.held == ("the newer version of a handbook page, because of handbook/index.md",)
    after = export_of(own_site, "p-r4jh")
    assert {path for path in before if before[path] != after[path]} <= {"/compliance/", "/search/pages.json"}


@pytest.mark.slow
def test_a_page_saved_while_it_is_checked_is_published_as_it_was_checked(
    own_site: Site, registry: SchemaRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has looked at the newer words yet: the next build does, and refuses them."""
    page = own_site.root / "handbook/index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nChecked words.\n", encoding="utf-8")

    def checked(*arguments: Any, **more: Any) -> tuple[Finding, ...]:
        found = handbook_findings(*arguments, **more)
        page.write_text(page.read_text(encoding="utf-8") + "\nAsk Chantelle Sinclair-Boyd.\n", encoding="utf-8")
        return found

    monkeypatch.setattr("sendbook.site.build.handbook_checks.handbook_findings", checked)
    assert built(own_site, registry).published
    everything = b"".join(export_of(own_site, "public").values())
    assert b"Checked words" in everything
    assert b"Chantelle" not in everything
    monkeypatch.undo()
    report = built(own_site, registry)
    assert {finding.code for finding in report.findings if finding.severity is Severity.ERROR} == {"DOC-07"}


@pytest.mark.slow
def test_a_public_page_that_comes_to_name_somebody_new_is_taken_down(own_site: Site, registry: SchemaRegistry) -> None:
    """The page itself is as it was, and served: it comes down, and everything else comes out. So does a page that only
    families read and that holds the same name.
    """
    change(own_site.root / "records/students/01FB/student.yml", "full: Chantelle Sinclair-Boyd", "full: Equality Act")
    assert b"Equality Act" in b"".join(export_of(own_site, "public").values())
    report = built(own_site, registry)
    assert report.published
    assert {finding.code for finding in report.findings if finding.severity is Severity.ERROR} == {"DOC-07", "TXT-02"}
    after = export_of(own_site, "public")
    assert b"Equality Act" not in b"".join(after.values())
    assert any(b"This page is being corrected" in content for content in after.values())


def test_the_documents_are_looked_through_again_only_for_a_name_they_could_hold(
    tmp_path: Path, registry: SchemaRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for a name they hold no more: what was found of it then is gone."""
    asked: list[str] = []
    honest = document_findings.check_documents
    monkeypatch.setattr(
        document_findings, "check_documents", lambda *given, **more: (asked.append("again"), honest(*given, **more))[1]
    )

    def errors_and_looks() -> tuple[set[str], bool]:
        asked.clear()
        with ParseCache(tmp_path / "state/build/cache.db") as cache:
            found = inspection.inspect(CampusFolder(root, registry), ON, cache)
        return {one.code for one in found if one.severity is Severity.ERROR}, bool(asked)

    root = small_campus(tmp_path / "campus")
    record = root / "records/students/2TST/student.yml"
    change(root / "handbook/send-information-report.md", "From Year 9 we", "By the Equality Act we")
    change(record, "full: Eli Student", "full: Eli Sinclair-Boyd")
    assert errors_and_looks() == (set(), True)
    change(record, "full: Eli Sinclair-Boyd", "full: Eli Sinclair-Boyde")
    assert errors_and_looks() == (set(), False)
    change(record, "full: Eli Sinclair-Boyde", "full: Equality Act")
    assert errors_and_looks() == ({"DOC-07"}, True)
    change(record, "full: Equality Act", "full: Eli Sinclair-Boyd")
    assert errors_and_looks() == (set(), True)
    # A telephone number of somebody's family is looked for as names are.
    parent = root / "records/people/p-qh11.yml"
    parent.write_text(PARENT, encoding="utf-8")
    assert errors_and_looks() == (set(), True), "somebody new is known as who they are"
    change(parent, "01632 960111", "01632 960112")
    assert errors_and_looks() == (set(), False)
    change(root / "handbook/send-information-report.md", "By the Equality Act we", "On 01632 960113 we")
    assert errors_and_looks() == (set(), True)
    change(parent, "01632 960112", "01632 960113")
    assert errors_and_looks() == ({"DOC-07"}, True)
    change(parent, "01632 960113", "01632 960112")
    assert errors_and_looks() == (set(), True)


def test_a_changed_field_changes_the_pages_that_show_it_and_no_other_students(
    own_site: Site, registry: SchemaRegistry
) -> None:
    before = export_of(own_site, "p-gba7")
    plan = own_site.root / "records/students/7NVF/plan.yml"
    change(plan, "in_force_from: 2026-09-14", "in_force_from: 2026-09-08")
    report = built(own_site, registry)
    after = export_of(own_site, "p-gba7")
    changed = {path for path in before if before[path] != after[path]}
    assert report.published
    assert changed
    assert all(path.startswith(("/students/7NVF/", "/search/")) for path in changed), changed


@pytest.mark.slow
def test_incremental_and_fresh_builds_give_the_same_site(
    own_site: Site, registry: SchemaRegistry, tmp_path: Path
) -> None:
    change(own_site.root / "records/students/7NVF/student.yml", "known_as: Kwame", "known_as: Kwamé")
    assert built(own_site, registry).published
    fresh = Site(own_site.root, tmp_path / "fresh")
    fresh.state.mkdir(mode=0o700)
    assert built(fresh, registry).published
    for reader in ("p-gba7", "p-1ge7", "p-kp3j", "p-r4jh"):
        assert export_of(own_site, reader) == export_of(fresh, reader)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "made"),
    [
        # Another class, of the same year: the sheet that is left is made anew, and the one that is come to.
        ("  - group: y8-english\n", "  - group: y7-9-drama\n", {"y8-english", "y7-9-drama"}),
        ("  full: Kwame Joseph Osei-Darko", "  full: Kwame Jo Osei-Darko", {"y8-english", "y7-9-pe"}),
    ],
)
def test_of_all_class_sheets_only_those_of_the_student_s_classes_are_made_again(
    own_site: Site,
    registry: SchemaRegistry,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    before: str,
    after: str,
    made: set[str],
) -> None:
    """And the site is the one that a fresh build makes."""
    sheets: list[str] = []
    honest = student_lists._sheet
    monkeypatch.setattr(
        student_lists, "_sheet", lambda desk, group, *how: (sheets.append(group["id"]), honest(desk, group, *how))[1]
    )
    change(own_site.root / "records/students/7NVF/student.yml", before, after)
    assert built(own_site, registry).published
    assert made <= set(sheets) <= KWAMES | made
    fresh = Site(own_site.root, tmp_path / "fresh")
    fresh.state.mkdir(mode=0o700)
    assert built(fresh, registry).published
    assert len(set(sheets)) > len(KWAMES | made)
    for reader in ("p-gba7", "p-kp3j", "p-6xmg"):
        assert export_of(own_site, reader) == export_of(fresh, reader)


@pytest.mark.slow
def test_one_process_and_several_give_the_same_site(own_site: Site, registry: SchemaRegistry, tmp_path: Path) -> None:
    from sendbook.site.build import workers

    several = Site(own_site.root, tmp_path / "several")
    several.state.mkdir(mode=0o700)
    few, workers.FEW = workers.FEW, 1
    try:
        assert built(several, registry, workers=2).published
    finally:
        workers.FEW = few
    assert export_of(own_site, "p-gba7") == export_of(several, "p-gba7")


@pytest.mark.slow
def test_a_student_who_is_gone_leaves_no_trace_in_the_state_folder(own_site: Site, registry: SchemaRegistry) -> None:
    group = own_site.root / "records/interventions/phonics-catch-up.yml"
    change(group, "      - student: 60D4\n        from: 2026-09-28\n", "")
    change(group, "    members:\n", "")
    folder = own_site.root / "records/students/60D4"
    assert b"Finnegan" in b"".join(path.read_bytes() for path in folder.rglob("*.yml"))
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()
    assert built(own_site, registry).published
    for path in own_site.state.rglob("*"):
        if path.is_file() and "engine" not in path.parts:
            assert b"Orla" not in path.read_bytes(), path
    with sqlite3.connect(own_site.bundle) as connection:
        assert connection.execute("SELECT count(*) FROM scope WHERE subject = '60D4'").fetchone() == (0,)
    assert not [path for path in export_of(own_site, "p-gba7") if "60D4" in path]


@pytest.mark.slow
def test_a_student_nothing_else_names_leaves_no_trace_either(own_site: Site, registry: SchemaRegistry) -> None:
    """Then no other file changes, and no other student takes a turn."""
    folder = own_site.root / "records/students/01FB"
    assert b"Chantelle" in (folder / "student.yml").read_bytes()
    shutil.rmtree(folder)
    assert built(own_site, registry).published
    for path in own_site.state.rglob("*"):
        assert not path.is_file() or b"Chantelle" not in path.read_bytes(), path


@pytest.mark.slow
def test_only_one_build_of_a_campus_runs_at_a_time(own_site: Site, registry: SchemaRegistry) -> None:
    """What one read before a change must not be published after another has published the change."""
    held = []

    def look(_done: int, _all: int) -> None:
        with (own_site.state / "build/build.lock").open() as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held.append(True)

    change(own_site.root / "records/students/7NVF/student.yml", "known_as: Kwame", "known_as: Kwamé")
    assert built(own_site, registry, progress=look).published
    assert held


def test_a_bundle_that_others_may_read_is_refused_and_not_thrown_away(own_site: Site, registry: SchemaRegistry) -> None:
    own_site.bundle.chmod(0o644)
    with pytest.raises(BundleError, match="chmod 600"):
        built(own_site, registry)
    own_site.bundle.chmod(0o600)
    assert export_of(own_site, "p-gba7")


@pytest.mark.slow
def test_a_bundle_of_another_version_is_made_again(own_site: Site, registry: SchemaRegistry) -> None:
    before = export_of(own_site, "p-gba7")
    with sqlite3.connect(own_site.bundle) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'version'")
    assert built(own_site, registry).published
    assert export_of(own_site, "p-gba7") == before


@pytest.mark.slow
def test_the_site_of_some_readers_and_then_of_all_is_the_whole_site(own_site: Site, registry: SchemaRegistry) -> None:
    before = export_of(own_site, "p-r4jh")
    assert "/handbook/" in before
    assert built(own_site, registry, wanted=frozenset({"p-gba7"})).published
    assert built(own_site, registry).published
    assert export_of(own_site, "p-r4jh") == before


@pytest.mark.slow
def test_who_leaves_has_a_last_day_without_another_build(own_site: Site, registry: SchemaRegistry) -> None:
    person = own_site.root / "records/people/p-kp3j.yml"
    person.write_text(person.read_text(encoding="utf-8").rstrip() + "\n  left_on: 2026-12-18\n", encoding="utf-8")
    assert built(own_site, registry).published
    with Bundle.reading(own_site.bundle) as bundle:
        assert live_reader(bundle.connection, "p-kp3j", date(2026, 12, 18))
        assert live_reader(bundle.connection, "p-kp3j", date(2026, 12, 19)) is None


@pytest.mark.slow
def test_a_parent_who_stops_working_here_keeps_a_parents_shell_without_another_build(
    own_site: Site, registry: SchemaRegistry
) -> None:
    people = CampusFolder(own_site.root, registry).load().campus.of_kind("person")
    both = next(one for one in people if {"staff", "family"} <= one.data.keys() and "left_on" not in one.data["staff"])
    change(own_site.root / both.path, "staff:\n", "staff:\n  left_on: 2026-12-18\n")
    assert built(own_site, registry).published
    with Bundle.reading(own_site.bundle) as bundle:
        editions = [live_reader(bundle.connection, both.data["id"], date(2026, 12, day)) for day in (18, 19)]
    assert [one and one.edition for one in editions] == ["staff", "family"]


def test_somebody_of_an_agency_has_a_last_day_when_their_share_has(own_site: Site) -> None:
    with Bundle.reading(own_site.bundle) as bundle:
        assert live_reader(bundle.connection, "p-1n9b", date(2026, 12, 18))
        assert live_reader(bundle.connection, "p-1n9b", date(2026, 12, 19)) is None


@pytest.mark.slow
def test_a_student_given_the_sign_in_address_of_another_is_refused(own_site: Site, registry: SchemaRegistry) -> None:
    """Both places are told, though in this build only one of the two students was read."""
    before = export_of(own_site, "p-gba7")
    other = own_site.root / "records/students/3QNM/student.yml"
    (address,) = [line for line in other.read_text(encoding="utf-8").splitlines() if line.startswith("  email: ")]
    student = own_site.root / "records/students/7NVF/student.yml"
    change(student, "email: kwame.od@students.larkfield.example", f"email: {address.removeprefix('  email: ').upper()}")
    report = built(own_site, registry)
    told = {(finding.code, finding.path) for finding in report.findings if finding.severity == "error"}
    assert told == {("same-sign-in", f"records/students/{one}/student.yml") for one in ("3QNM", "7NVF")}
    assert report.held == ("the pages of student 7NVF, because of records/students/7NVF/student.yml",)
    after = export_of(own_site, "p-gba7")
    assert {path for path in before if before[path] != after[path]} == {"/"}


@pytest.mark.slow
def test_a_schema_changed_while_another_build_was_waited_for_is_the_one_that_counts(own_site: Site) -> None:
    own = own_site.root / "schemas"
    folder = CampusFolder(own_site.root, SchemaRegistry.load(schemas(), own))
    schema = json.loads((schemas() / "profile.schema.json").read_text(encoding="utf-8"))
    own.mkdir()
    (own / "profile.schema.json").write_text(
        json.dumps({**schema, "required": [*schema["required"], "exams"]}), encoding="utf-8"
    )
    report = build(folder, ON, own_site.state)
    assert not report.is_whole
    assert {finding.code for finding in report.findings if finding.severity == "error"} == {"missing-field"}
