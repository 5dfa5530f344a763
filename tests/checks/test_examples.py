"""Every folder of ``tests/examples/invalid`` is a mistake; each must be found where it stands, and told once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.ci_reporters import reporters_with
from sendbook.checks.finding import Finding, Severity, has_errors
from sendbook.checks.reporters import as_text
from sendbook.checks.rules.rule import HOUSE_RULE
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.site.build.inspection import inspect
from tests.checks_kit import EXAMPLES, case, spoil, tiny_campus
from tests.history.kit import Repo

ON = date(2026, 11, 23)
RULES = (*RULE_BOOK.student, *RULE_BOOK.shared, *RULE_BOOK.documents)
CASES = sorted((EXAMPLES / "invalid").glob("*/case.yml"))
WARNED = sorted((EXAMPLES / "warned").glob("*/case.yml"))


@pytest.fixture(scope="module")
def registry() -> SchemaRegistry:
    return SchemaRegistry.load(schemas())


def code_of(path: Path) -> str:
    """The code of what is found in an example: its folder's name, up to a full stop where there are several of one."""
    return path.parent.name.partition(".")[0]


#: What a case says of its finding: where it is, in which words, what to do, what was probably meant, what was found.
READ = {"at": "pointer", "says": "message", "remedy": "remedy", "hint": "hint", "found": "found"}


def assert_reads(finding: Finding, change: dict[str, Any]) -> None:
    """Asks for every word that a person reads of a finding, and for nothing more, where the case says any."""
    if "says" not in change:
        return
    read = {name: getattr(finding, field) for name, field in READ.items()}
    expected = {name: change[name] for name in READ if name in change}
    assert {name: said for name, said in read.items() if said} == expected


def findings_in(root: Path, registry: SchemaRegistry) -> list[Finding]:
    own = root / "schemas"
    return list(inspect(CampusFolder(root, SchemaRegistry.load(schemas(), own) if own.is_dir() else registry), ON))


def test_the_tiny_campus_has_no_findings(tmp_path: Path, registry: SchemaRegistry) -> None:
    assert findings_in(tiny_campus(tmp_path), registry) == []


@pytest.mark.sample(10)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_a_mistake_is_one_finding_at_its_place(path: Path, tmp_path: Path, registry: SchemaRegistry) -> None:
    change = case(path)
    spoil(tiny_campus(tmp_path), change)
    if "also" in change:
        spoil(tmp_path, change["also"])
    every = findings_in(tmp_path, registry)
    # A contradiction may make other rules speak of other places: they are warnings, and told in the same run.
    found = [one for one in every if one.code not in change.get("follows", ())]
    told = [(finding.code, finding.path, finding.line, finding.message) for finding in found]
    assert [(finding.code, finding.path) for finding in found] == [(code_of(path), change["file"])], told
    assert {one.severity for one in every} - {found[0].severity} <= {Severity.WARNING}
    finding = found[0]
    for fact in ("line", "column"):
        if fact in change:
            assert getattr(finding, fact) == change[fact]
    assert_reads(finding, change)
    assert finding.message.endswith(".")
    assert finding.remedy


@pytest.mark.sample(10)
@pytest.mark.parametrize("path", WARNED, ids=lambda path: path.parent.name)
def test_what_asks_for_attention_is_one_warning(path: Path, tmp_path: Path, registry: SchemaRegistry) -> None:
    change = case(path)
    committed = Repo.begun(tmp_path) if "committed_on" in change else None
    spoil(committed.root if committed else tiny_campus(tmp_path), change)
    if committed:
        committed.commit(str(change["committed_on"]))
    if "also" in change:
        spoil(tmp_path, change["also"])
    found = [one for one in findings_in(tmp_path, registry) if one.code not in change.get("follows", ())]
    told = [(finding.code, finding.severity, finding.path) for finding in found]
    assert told == [(code_of(path), Severity.WARNING, change.get("path", change["file"]))]
    assert found[0].line is not None or ("line" in change and change["line"] is None)
    for fact in ("line", "column"):
        if fact in change:
            assert getattr(found[0], fact) == change[fact]
    assert_reads(found[0], change)


def test_every_rule_has_an_example() -> None:
    shown = {code_of(path) for path in [*CASES, *WARNED]}
    assert {rule.id for rule in RULES} <= shown


def test_every_rule_cites_its_source_and_says_what_it_rests_on() -> None:
    for rule in RULES:
        assert rule.source
        assert rule.parts or rule in RULE_BOOK.documents  # a page has no parts; who may read it may read of it
        assert ("(law" in rule.citation) is rule.law
        assert rule.confirmed or rule.source == HOUSE_RULE or "to be confirmed" in rule.citation


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2014-02-30", "impossible-date"),
        ("2014-13-45", "impossible-date"),
        ("yesterday", "wrong-format"),
        ("2014-2-3", "wrong-format"),
        ("2014-02-03T10:00", "wrong-format"),
        ('""', "wrong-format"),
        ("20140203", "wrong-type"),
    ],
)
def test_a_day_that_is_none_is_told_once(written: str, code: str, tmp_path: Path, registry: SchemaRegistry) -> None:
    """It may be no day and not be written as one either: the person has one thing to mend."""
    student = tiny_campus(tmp_path) / "records" / "students" / "2TST" / "student.yml"
    text = student.read_text(encoding="utf-8")
    student.write_text(text.replace("born: 2014-02-03", f"born: {written}"), encoding="utf-8")
    (finding,) = findings_in(tmp_path, registry)
    assert (finding.code, finding.line) == (code, 12)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("last_reviewed: 2026-09-14", "last_reviewed: 2026-09-31", 13),
        ("title: SEN information report", 'title: ""', 3),
    ],
)
def test_a_slip_at_the_top_of_a_page_is_told_once_and_not_where_others_link_to_it(
    old: str, new: str, line: int, tmp_path: Path, registry: SchemaRegistry
) -> None:
    """The page is there, and links to it lead to it again as soon as the slip is mended."""
    page = tiny_campus(tmp_path) / "handbook" / "send-information-report.md"
    text = page.read_text(encoding="utf-8")
    assert text.count(old) == 1
    page.write_text(text.replace(old, new), encoding="utf-8")
    (finding,) = findings_in(tmp_path, registry)
    assert (finding.code, finding.path, finding.line) == ("front-matter", "handbook/send-information-report.md", line)


def test_all_mistakes_of_a_campus_are_told_in_one_run(tmp_path: Path, registry: SchemaRegistry) -> None:
    tiny_campus(tmp_path)
    for name in ("tag", "unknown-field", "impossible-date", "missing-field"):
        spoil(tmp_path, case(EXAMPLES / "invalid" / name / "case.yml"))
    codes = {finding.code for finding in findings_in(tmp_path, registry)}
    assert codes >= {"tag", "unknown-field", "impossible-date", "missing-field"}


PLAN = "records/students/2TST/plan.yml"
REPORT = "handbook/send-information-report.md"


EARLY = ("by_date: 2026-12-09", "by_date: 2026-09-01")
SLIPS = ("\n## ", "\nTo be written: TODO [name].\n\n{{ 7 * 7 }}\n\n## ")
NOWHERE = ("\n## ", "\n[there](nowhere.md)\n\n## ")


@pytest.mark.parametrize(
    ("file", "spoiling", "other", "codes"),
    [
        # An unknown field or a link to nothing hides no rule about the same plan.
        (PLAN, ("lead: p-3ccc", "lead: p-9zzz"), EARLY, {"link-to-nothing", "TGT-01"}),
        (PLAN, ("state: agreed", "state: agreed\ncolour: red"), EARLY, {"unknown-field", "TGT-01"}),
        # Nor does what is missing at the top of a page hide what is wrong below.
        (REPORT, ("approved_on: ", "aproved_on: "), SLIPS, {"front-matter", "macro", "DOC-05"}),
        (REPORT, ("title: ", "titel: "), NOWHERE, {"front-matter", "link-nowhere"}),
    ],
    ids=["link", "unknown field", "missing day", "missing title"],
)
def test_one_mistake_hides_no_other_in_the_same_file(
    tmp_path: Path,
    registry: SchemaRegistry,
    file: str,
    spoiling: tuple[str, str],
    other: tuple[str, str],
    codes: set[str],
) -> None:
    page = tiny_campus(tmp_path) / file
    text = page.read_text(encoding="utf-8")
    for before, after in (spoiling, other):
        assert before in text
        text = text.replace(before, after, 1)
    page.write_text(text, encoding="utf-8")
    assert {one.code for one in findings_in(tmp_path, registry) if one.path == file} >= codes


def test_a_record_that_can_not_be_read_hides_no_rule_about_the_student_s_others(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    """And nobody is told that the student has no plan: there is one, which can't be read."""
    folder = tiny_campus(tmp_path) / "records/students/2TST"
    (folder / "plan.yml").write_text("state: 'agreed\n", encoding="utf-8")
    student = (folder / "student.yml").read_text(encoding="utf-8")
    (folder / "student.yml").write_text(
        student.replace("type: SPLD", "type: NSA\n    rank: 2\n  - id: other\n    type: OTH"), encoding="utf-8"
    )
    assert {one.code for one in findings_in(tmp_path, registry)} == {"syntax", "STU-01"}


def test_a_mistake_in_a_shared_record_hides_no_rule_about_students(tmp_path: Path, registry: SchemaRegistry) -> None:
    tiny_campus(tmp_path)
    spoil(tmp_path, case(EXAMPLES / "invalid/STU-02/case.yml"))
    campus = tmp_path / "records/campus.yml"
    campus.write_text(campus.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    assert {one.code for one in findings_in(tmp_path, registry)} == {"unknown-field", "STU-02"}


@pytest.mark.parametrize("days", [0, 40, 400, 800, 1500])
def test_no_rule_makes_an_error_of_passing_time(tmp_path: Path, registry: SchemaRegistry, days: int) -> None:
    """The whole tiny campus, on days far ahead."""
    root = tiny_campus(tmp_path)
    found = inspect(CampusFolder(root, registry), ON + timedelta(days=days))
    assert [one for one in found if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    ("end", "on", "told"),
    [("2027-03-31", date(2027, 3, 31), False), ("2027-03-31", date(2027, 4, 1), True)],
    ids=["the last good day", "the first bad day"],
)
def test_a_cycle_that_has_ended_is_a_warning_from_the_day_after(
    tmp_path: Path, registry: SchemaRegistry, end: str, on: date, told: bool
) -> None:
    root = tiny_campus(tmp_path)
    assert f"end: {end}" in (root / "records/accessibility-plan.yml").read_text(encoding="utf-8")
    found = [one for one in inspect(CampusFolder(root, registry), on) if one.code == "AP-5"]
    assert [one.severity for one in found] == [Severity.WARNING] * told


def test_a_status_that_has_ended_while_needs_are_recorded_is_a_warning(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    root = tiny_campus(tmp_path)
    student = root / "records/students/2TST/student.yml"
    text = student.read_text(encoding="utf-8")
    at = text.index("status:")
    begin = text.index("    from: ", at)
    line = text[begin : text.index("\n", begin)]
    student.write_text(text.replace(line, f"{line}\n    until: 2026-12-18", 1), encoding="utf-8")
    for on, severities in ((date(2026, 12, 18), []), (date(2026, 12, 19), [Severity.WARNING])):
        found = [one for one in inspect(CampusFolder(root, registry), on) if one.code == "STU-01"]
        assert [one.severity for one in found] == severities, on


def test_a_finding_names_the_student_and_the_programme_on_a_terminal_and_nowhere_else(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    plan = tiny_campus(tmp_path) / PLAN
    text = plan.read_text(encoding="utf-8")
    at = text.index("provision:")
    line = text.index("  - id: ", at)
    plan.write_text(text[:line] + text[line:].replace("    ", "    colour: red\n    ", 1), encoding="utf-8")
    (finding,) = findings_in(tmp_path, registry)
    known_as = str(CampusFolder(tmp_path, registry).load().campus.of_kind("student")[0].data["name"]["known_as"])
    assert finding.about.startswith(f"{known_as}: ")
    assert finding.about in as_text([finding])
    for form in reporters_with(RULE_BOOK).values():
        said = form([finding]) if form is not as_text else as_text([finding], values=False)
        assert finding.about not in said
        assert known_as not in said


def test_nothing_is_written_by_a_check(tmp_path: Path, registry: SchemaRegistry) -> None:
    tiny_campus(tmp_path)
    before = {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()}
    findings_in(tmp_path, registry)
    assert {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()} == before


def test_markup_and_template_expressions_are_only_text(tmp_path: Path, registry: SchemaRegistry) -> None:
    plan = tiny_campus(tmp_path) / "records/students/2TST/plan.yml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(
        text.replace("why: So that I can", "why: <script>alert(1)</script> {{ 7 * 7 }} so that I can"), encoding="utf-8"
    )
    assert findings_in(tmp_path, registry) == []


def test_a_warning_does_not_stop_publishing() -> None:
    warning = Finding(code="X", severity=Severity.WARNING, path="a", message="m", remedy="r")
    assert not has_errors([warning])


def test_the_documentation_lists_every_rule_as_it_is() -> None:
    page = Path(__file__).parents[2] / "docs" / "checks.md"
    if not page.is_file():
        pytest.skip("the documentation is not beside the tests")
    text = page.read_text(encoding="utf-8")
    for rule in RULES:
        assert f"| {rule.id} | {rule.title} | {rule.severities} | {rule.citation} |" in text
