"""Check, build and papers go through one guard: a family reads of nobody else, and waivers hold at each door."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.console import Console

from sendbook.bundle import Bundle
from sendbook.bundle.export import files
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example
from sendbook.checks.ci_reporters import reporters_with
from sendbook.checks.finding import Finding, has_errors
from sendbook.checks.reporters import as_text
from sendbook.cli.pdf import What, pdf
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.site.build.build import BuildResult, build
from sendbook.site.build.inspection import inspect
from tests.checks_kit import FATHER, tiny_campus
from tests.history.kit import Repo

# One process builds for all of them.
pytestmark = pytest.mark.xdist_group("texts at home")

ON = date(2026, 11, 23)
PLAN = "records/students/2TST/plan.yml"
SUMMARY = "Eli reads slowly"
MUM, DAD = "p-4ddd", "p-5eee"
NUMBER = "07700 900214"


class Small(NamedTuple):
    """A campus of two students, one of whom has parents who live apart, and its state folder."""

    root: Path
    state: Path


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory, registry: SchemaRegistry) -> Small:
    folder = tmp_path_factory.mktemp("two-homes")
    root = tiny_campus(folder / "campus")
    grants = (example() / "records" / "access.yml").read_text(encoding="utf-8").split("\ncovers:")[0]
    (root / "records" / "access.yml").write_text(f"{grants}\n", encoding="utf-8")
    small = Small(root, folder / "state")
    written(
        small,
        "family:\n  phone: 07700 900214\n  address: 12 Tannery Court, Wexcombe ZZ9 1TC",
        "records/people/p-4ddd.yml",
        "family:",
    )
    (root / "records/people/p-5eee.yml").write_text(
        "id: p-5eee\nname:\n  full: Samuel Kofi Darko\n  known_as: Mr Darko\nfamily:\n  phone: 07700 900387\n",
        encoding="utf-8",
    )
    written(small, FATHER, "records/students/2TST/student.yml", "\nrights:")
    add_student(small, "3SYN", "Freya Lindholm-Shaw", "Freya")
    assert built(small, registry).published
    return small


@pytest.fixture
def site(built_once: Small, tmp_path: Path) -> Small:
    """A copy of a campus that is built: the handbook is not made again for each test."""
    shutil.copytree(built_once.root, tmp_path / "campus")
    shutil.copytree(built_once.state, tmp_path / "state")
    (tmp_path / "state").chmod(0o700)
    return Small(tmp_path / "campus", tmp_path / "state")


def written(site: Small, text: str, path: str = PLAN, before: str = SUMMARY) -> None:
    file = site.root / path
    old = file.read_text(encoding="utf-8")
    assert old.count(before) == 1
    file.write_text(old.replace(before, text), encoding="utf-8")


def built(site: Small, registry: SchemaRegistry, on: date = ON) -> BuildResult:
    return build(CampusFolder(site.root, registry), on, site.state)


def checked(site: Small, registry: SchemaRegistry, on: date = ON, *, cache: bool = True) -> list[Finding]:
    if not cache:
        return _about_texts(inspect(CampusFolder(site.root, registry), on))
    with ParseCache(site.state / "build/cache.db") as kept:
        return _about_texts(inspect(CampusFolder(site.root, registry), on, kept))


def _about_texts(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.code.startswith(("TXT", "WVR"))]


def codes(findings: Iterable[Finding]) -> list[str]:
    return [one.code for one in _about_texts(findings)]


def add_student(site: Small, identity: str, full: str, known_as: str) -> None:
    """A student like the first, of another name and without a family or a plan."""
    text = (site.root / "records/students/2TST/student.yml").read_text(encoding="utf-8")
    text = text[: text.index("family:")] + text[text.index("rights:") :]
    text = text.replace("2TST", identity).replace("full: Eli Student", f"full: {full}")
    target = site.root / f"records/students/{identity}/student.yml"
    target.parent.mkdir()
    target.write_text(text.replace("known_as: Eli", f"known_as: {known_as}"), encoding="utf-8")


def waiver(site: Small, finding: Finding, until: str, place: str = "/summary", *, seen: bool = True) -> None:
    record = finding.path.removeprefix("records/").removesuffix(".yml")
    (site.root / "records/waivers.yml").write_text(
        f"waivers:\n  - id: meant\n    rule: {finding.code}\n    record: {record}\n    pointer: {place}\n"
        + (f"    seen: {finding.seen}\n" if seen else "")
        + f"    reason: Both parents asked for it.\n    owner: p-1aaa\n    until: {until}\n",
        encoding="utf-8",
    )


def export_of(site: Small, reader: str) -> dict[str, bytes]:
    with Bundle.reading(site.state / "site/bundle.db") as bundle:
        return dict(files(bundle, reader, ON))


def test_nothing_of_the_kind_is_here_to_begin_with(site: Small, registry: SchemaRegistry) -> None:
    assert not has_errors(inspect(CampusFolder(site.root, registry), ON))
    assert checked(site, registry) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"Mum is on {NUMBER} now. {SUMMARY}", "TXT-01"),
        (f"He sits with Freya Lindholm-Shaw. {SUMMARY}", "TXT-02"),
    ],
)
def test_check_and_build_find_the_same_and_the_old_page_stays(
    site: Small, registry: SchemaRegistry, text: str, code: str
) -> None:
    before = export_of(site, DAD)
    written(site, text)
    for cache in (True, False):
        (finding,) = checked(site, registry, cache=cache)
        assert (finding.code, finding.severity, finding.path, finding.pointer) == (code, "error", PLAN, "/summary")
        assert finding.line == 6
    assert codes(built(site, registry).findings) == [code]
    after = export_of(site, DAD)
    assert {name for name in before if "2TST" in name} <= after.keys()
    assert not any(NUMBER.encode() in content or b"Lindholm" in content for content in after.values())


def test_what_was_seen_is_for_ones_own_screen_alone(site: Small, registry: SchemaRegistry) -> None:
    written(site, f"Mum is on {NUMBER} now. {SUMMARY}")
    found = checked(site, registry)
    for name, report in reporters_with(RULE_BOOK).items():
        if name != "text":
            assert "900214" not in report(found)
            assert found[0].seen not in report(found)
            assert found[0].text not in report(found)
    assert NUMBER in as_text(found)
    assert NUMBER not in as_text(found, values=False)
    assert f"pointer: /summary, seen: {found[0].seen}" in as_text(found)


def test_a_new_number_in_an_old_text_is_an_error(site: Small, registry: SchemaRegistry) -> None:
    written(site, f"The club is on 07700 900999. {SUMMARY}")
    assert codes(built(site, registry).findings) == []
    written(site, "07700 900999", "records/people/p-4ddd.yml", NUMBER)
    assert codes(checked(site, registry)) == ["TXT-01"]
    assert codes(built(site, registry).findings) == ["TXT-01"]


@pytest.mark.parametrize(("git", "code"), [(True, "TXT-01"), (False, "TXT-04")])
def test_another_home_s_new_number_is_found_in_an_old_text_at_once(
    site: Small, registry: SchemaRegistry, git: bool, code: str
) -> None:
    """Nothing of the student in whose plan it is has changed, and none of their records names that person."""
    person = "records/people/p-6fff.yml"
    (site.root / person).write_text(
        "id: p-6fff\nname:\n  full: Ivy Ostrowska\n  known_as: Ms Ostrowska\nfamily:\n  phone: 07700 900111\n", "utf-8"
    )
    if git:
        repo = Repo(site.root, site.root)
        repo.git("init", "--quiet", "--initial-branch=main")
        repo.commit("2026-09-10")
    written(site, f"The club is on 07700 900999. {SUMMARY}")
    assert codes(built(site, registry).findings) == []
    for before, number, told in (("111", "222", []), ("222", "999", [code]), ("999", "111", [])):
        written(site, f"07700 900{number}", person, f"07700 900{before}")
        assert codes(built(site, registry).findings) == codes(checked(site, registry)) == told


@pytest.mark.sample(2)
@pytest.mark.parametrize(("git", "code"), [(True, "TXT-02"), (False, "TXT-04")])
@pytest.mark.parametrize("new", [True, False], ids=["somebody comes", "somebody is called otherwise"])
def test_a_student_s_new_name_is_found_in_an_old_text_at_once(
    site: Small, registry: SchemaRegistry, git: bool, code: str, new: bool
) -> None:
    """Nothing of the student in whose plan it is has changed. Where there is a history, only what it holds is old."""
    if not new:
        add_student(site, "2VNE", "Agatha Quill", "Agatha")
    if git:
        repo = Repo(site.root, site.root)
        repo.git("init", "--quiet", "--initial-branch=main")
        repo.commit("2026-09-10")
    written(site, f"He likes to sit with Perpetua Vane. {SUMMARY}")
    assert codes(built(site, registry).findings) == []
    if new:
        add_student(site, "2VNE", "Agatha Quill", "Agatha")
        assert codes(built(site, registry).findings) == []
    header = "records/students/2VNE/student.yml"
    for before, name, told in (("Agatha Quill", "Perpetua Vane", [code]), ("Perpetua Vane", "Agatha Quill", [])):
        text = (site.root / header).read_text(encoding="utf-8")
        (site.root / header).write_text(text.replace(before, name), encoding="utf-8")
        assert codes(built(site, registry).findings) == codes(checked(site, registry)) == told


def test_a_new_student_named_as_in_an_old_text_holds_nothing_back(site: Small, registry: SchemaRegistry) -> None:
    written(site, f"He likes to sit with Perpetua Vane. {SUMMARY}")
    report = built(site, registry)
    assert report.published, report.findings
    assert codes(report.findings) == []
    before = export_of(site, DAD)
    add_student(site, "2VNE", "Perpetua Vane", "Perpetua")
    (finding,) = checked(site, registry)
    assert (finding.code, finding.severity, finding.path) == ("TXT-04", "warning", PLAN)
    assert built(site, registry).published
    assert export_of(site, DAD) == before
    written(site, f"On the bus too. {SUMMARY}")
    assert codes(checked(site, registry)) == ["TXT-02"]
    assert "TXT-02" in codes(built(site, registry).findings)


def test_a_family_that_is_another_student_s_no_more_reads_the_name_no_more(
    site: Small, registry: SchemaRegistry
) -> None:
    """Nothing changed but who is family to the other student; the one in whose plan the name is has the same files."""
    own = (site.root / "records/students/2TST/student.yml").read_text(encoding="utf-8")
    family = own[own.index("family:") : own.index("rights:")]
    add_student(site, "2VNE", "Perpetua Vane", "Perpetua")
    header = "records/students/2VNE/student.yml"
    written(site, f"{family}rights:", header, "rights:")
    repo = Repo(site.root, site.root)
    repo.git("init", "--quiet", "--initial-branch=main")
    repo.commit("2026-09-10")
    written(site, f"He likes to sit with Perpetua Vane. {SUMMARY}")
    assert codes(built(site, registry).findings) == codes(checked(site, registry)) == []
    written(site, "", header, family)
    assert codes(built(site, registry).findings) == codes(checked(site, registry)) == ["TXT-02"]


def test_a_text_written_after_the_name_is_an_error_whatever_was_checked_before(
    site: Small, registry: SchemaRegistry
) -> None:
    add_student(site, "2VNE", "Perpetua Vane", "Perpetua")
    assert built(site, registry).published
    written(site, f"He likes to sit with Perpetua Vane. {SUMMARY}")
    assert codes(checked(site, registry)) == ["TXT-02"]
    assert codes(checked(site, registry)) == ["TXT-02"]


def test_a_student_who_is_called_otherwise_now_is_found_in_what_was_known(
    site: Small, registry: SchemaRegistry
) -> None:
    """Nothing of the student whose plan it is has changed since the last check."""
    written(site, f"He likes to sit with Perpetua Vane. {SUMMARY}")
    assert checked(site, registry) == []
    written(site, "full: Perpetua Vane", "records/students/3SYN/student.yml", "full: Freya Lindholm-Shaw")
    assert codes(checked(site, registry)) == ["TXT-02"]


LAST_DAY = date(2026, 12, 18)


@pytest.mark.parametrize(
    ("on", "told"),
    [(ON, []), (LAST_DAY, []), (date(2026, 12, 19), ["WVR-01"])],
)
def test_a_waiver_holds_to_its_last_day_and_is_a_reminder_after(
    site: Small, registry: SchemaRegistry, on: date, told: list[str]
) -> None:
    written(site, f"Mum is on {NUMBER} now. {SUMMARY}")
    waiver(site, checked(site, registry)[0], LAST_DAY.isoformat())
    found = [one.code for one in checked(site, registry, on) if "waivers" in one.path or one.path == PLAN]
    assert found == told
    if on == ON:
        assert built(site, registry).published


def test_the_error_comes_back_when_the_text_or_the_detail_changes(site: Small, registry: SchemaRegistry) -> None:
    written(site, f"Mum is on {NUMBER} now. {SUMMARY}")
    waiver(site, checked(site, registry)[0], "2026-11-01")
    assert codes(checked(site, registry)) == ["WVR-01"]
    written(site, "Mum was on", before="Mum is on")
    assert codes(checked(site, registry)) == ["TXT-01", "WVR-01"]
    assert "TXT-01" in codes(built(site, registry).findings)
    written(site, "Mum is on", before="Mum was on")
    assert codes(checked(site, registry)) == ["WVR-01"]
    written(site, "12 Tannery Court", before=f"on {NUMBER}")
    assert codes(checked(site, registry)) == ["TXT-01", "WVR-01"]


def test_a_text_that_was_published_on_a_waiver_is_an_error_without_it(site: Small, registry: SchemaRegistry) -> None:
    written(site, f"He sits with Freya Lindholm-Shaw. {SUMMARY}")
    waiver(site, checked(site, registry)[0], LAST_DAY.isoformat())
    assert built(site, registry).published
    (site.root / "records/waivers.yml").unlink()
    assert codes(checked(site, registry)) == ["TXT-02"]
    assert codes(built(site, registry).findings) == ["TXT-02"]


def test_a_waiver_of_another_place_or_without_what_was_seen_has_no_effect(
    site: Small, registry: SchemaRegistry
) -> None:
    written(site, f"Mum is on {NUMBER} now. {SUMMARY}")
    (finding,) = checked(site, registry)
    waiver(site, finding, "2027-01-01", "/reason")
    assert codes(checked(site, registry)) == ["TXT-01"]
    waiver(site, finding, "2027-01-01", seen=False)
    assert codes(checked(site, registry)) == ["TXT-01", "WVR-02"]


def test_a_warning_comes_back_after_the_last_day_of_its_waiver(site: Small, registry: SchemaRegistry) -> None:
    written(site, f"The cat is called Freya. {SUMMARY}")
    (finding,) = checked(site, registry)
    assert (finding.code, finding.severity) == ("TXT-03", "warning")
    waiver(site, finding, LAST_DAY.isoformat())
    assert codes(checked(site, registry, LAST_DAY)) == []
    assert codes(checked(site, registry, date(2026, 12, 19))) == ["TXT-03", "WVR-01"]


def test_any_warning_can_be_waived_at_a_place_that_short_names_lead_to(site: Small, registry: SchemaRegistry) -> None:
    text = (site.root / "records/students/2TST/student.yml").read_text(encoding="utf-8")
    unconfirmed = FATHER.replace("    confirmed:\n      on: 2025-09-04\n      by: p-1aaa\n", "")
    text = text.replace(FATHER, unconfirmed)
    (site.root / "records/students/2TST/student.yml").write_text(text, encoding="utf-8")
    folder = CampusFolder(site.root, registry)
    (finding,) = (one for one in inspect(folder, ON) if one.code == "FAM-02")
    waiver(site, finding, "2026-12-01", "/family/mother", seen=False)
    assert "FAM-02" in [one.code for one in inspect(folder, ON)]
    waiver(site, finding, "2026-12-01", "/family/father", seen=False)
    assert "FAM-02" not in [one.code for one in inspect(folder, ON)]


def _printed(site: Small, kind: str, reader: str | None) -> tuple[int, str]:
    with io.StringIO() as said:
        what = What(kind=kind, identity="2TST", reader=reader, output=site.root.parent / "paper.pdf")
        return pdf(site.root, what, ON, Console(file=said, width=400)), said.getvalue()


@pytest.mark.parametrize("text", [f"Mum is on {NUMBER}.", "He sits with Freya Lindholm-Shaw."])
def test_what_is_not_published_is_not_printed_for_the_family_either(site: Small, text: str) -> None:
    written(site, f"{text} {SUMMARY}")
    code, said = _printed(site, "plan", DAD)
    assert code == 1
    assert "TXT-0" in said
    assert not (site.root.parent / "paper.pdf").exists()


@pytest.mark.parametrize("text", [f"Mum is on {NUMBER}.", "He sits with Freya Lindholm-Shaw."])
def test_the_familys_copy_of_a_draft_is_looked_through_as_well(site: Small, text: str) -> None:
    """Nobody at home reads a draft on the site, so nothing is found there; the paper is for the meeting."""
    plan = (site.root / PLAN).read_text(encoding="utf-8").replace("state: agreed", "state: draft")
    draft = site.root / "records/students/2TST/drafts/plan.yml"
    draft.parent.mkdir()
    draft.write_text(plan.replace(SUMMARY, f"{text} {SUMMARY}"), encoding="utf-8")
    code, said = _printed(site, "draft-plan", DAD)
    assert code == 1
    assert "records/students/2TST/drafts/plan.yml" in said
    assert _printed(site, "draft-plan", None)[0] == 0


@pytest.mark.slow
def test_a_first_build_of_a_fresh_copy_goes_by_the_history(site: Small, registry: SchemaRegistry) -> None:
    """Nothing was published from here: what git has had before the name came holds nothing back."""
    repo = Repo(site.root, site.root)
    repo.git("init", "--quiet", "--initial-branch=main")
    written(site, f"He likes to sit with Perpetua Vane. {SUMMARY}")
    repo.commit("2026-09-10")
    add_student(site, "2VNE", "Perpetua Vane", "Perpetua")
    repo.commit("2026-09-11")
    shutil.rmtree(site.state)
    report = built(site, registry)
    assert codes(report.findings) == ["TXT-04"]
    assert report.is_whole
    assert any(b"Perpetua" in content for content in export_of(site, DAD).values())
    written(site, f"On the bus too. {SUMMARY}")
    assert "TXT-02" in codes(built(site, registry).findings)
