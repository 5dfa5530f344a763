"""The rules about public documents: what they ask of which school, where they look, and what they leave alone."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.catalogue import BY_ID, ITEMS
from sendbook.checks.document_checks import check_documents
from sendbook.checks.documents import DocumentCase
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.reporters import as_json, as_text
from sendbook.checks.rules.plain_words import JARGON, jargon_in, reading_score
from sendbook.checks.rules.rule import Duty
from sendbook.checks.runner import where_in
from sendbook.handbook.documents import document_case
from sendbook.handbook.folder import front_matter_schema, read
from sendbook.handbook.handbook_problems import handbook_problems
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.site.build.inspection import inspect
from tests.checks_kit import tiny_campus

ON = date(2026, 11, 23)
REPORT = "handbook/send-information-report.md"
BY_CODE = {rule.id: rule for rule in RULE_BOOK.every}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The tiny campus, on disk."""
    return tiny_campus(tmp_path)


def case_of(root: Path, registry: SchemaRegistry, on: date = ON) -> DocumentCase:
    folder = CampusFolder(root, registry)
    scan = folder.scan()
    students = [entry for entry in scan.entries if entry.kind == "student"]
    pages = read(root, front_matter_schema(schemas())).pages
    shared = folder.load(scan.unit("shared")).campus
    return document_case(folder, shared, pages, students, on, published=RULE_BOOK.published)


def findings(root: Path, registry: SchemaRegistry, on: date = ON) -> list[Finding]:
    return list(
        check_documents(case_of(root, registry, on), where_in(CampusFolder(root, registry)), RULE_BOOK.documents)
    )


def edit(root: Path, old: str, new: str, path: str = REPORT) -> None:
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_catalogue_holds_what_the_law_counts() -> None:
    """Schedule 1 has thirteen numbered paragraphs, the third of them seven parts; section 69(3)(b) has four items."""
    numbered = {item.id for item in ITEMS if item.source.startswith("SEND Regulations") and not item.within}
    assert numbered == {f"SENIR-{number}" for number in range(1, 14)}
    assert sum(item.within == "SENIR-3" for item in ITEMS) == 7
    assert sum("s.69(3)(b)" in item.source for item in ITEMS) == 4
    made_up_of_others = {item.within for item in ITEMS}
    assert sum(item.must and item.id not in made_up_of_others for item in ITEMS) == 23
    assert all(item.id in BY_CODE for item in ITEMS)
    assert len(BY_ID) == len(ITEMS)


@pytest.mark.parametrize(
    ("setting", "duty", "word", "severity"),
    [
        ("independent", Duty.HOUSE, "(policy)", Severity.WARNING),
        ("independent_section_41", Duty.HOUSE, "(policy)", Severity.WARNING),
        ("academy", Duty.LAW, "(law)", Severity.ERROR),
        ("maintained", Duty.LAW, "(law)", Severity.ERROR),
    ],
)
def test_a_finding_says_whether_the_list_is_law_for_this_school_and_stops_it_only_then(
    root: Path, registry: SchemaRegistry, setting: str, duty: Duty, word: str, severity: Severity
) -> None:
    edit(root, "type: independent", f"type: {setting}", "records/campus.yml")
    edit(root, ' { data-answers="SENIR-2" }', "")
    # The pages of the small campus call it independent, which DOC-38 finds wherever it is none.
    (finding,) = [one for one in findings(root, registry) if one.code != "DOC-38"]
    assert BY_CODE["SENIR-2"].duty_in(setting) is duty
    assert (finding.code, finding.severity) == ("SENIR-2", severity)
    assert finding.source == f"SEND Regulations 2014, Schedule 1, paragraph 2 {word}"


def test_the_accessibility_plan_is_law_for_every_school() -> None:
    for setting in ("independent", "independent_section_41", "academy", "maintained"):
        assert BY_CODE["AP-2"].duty_in(setting) is Duty.LAW


def test_publishing_is_law_for_state_funded_schools_alone() -> None:
    assert BY_CODE["DOC-14"].duty_in("academy") is Duty.LAW
    assert BY_CODE["DOC-14"].duty_in("independent") is Duty.HOUSE


def test_what_is_for_staff_alone_answers_nothing_and_is_not_looked_through(
    root: Path, registry: SchemaRegistry
) -> None:
    """The public reads the public edition: a passage they do not get answers nothing for them."""
    before = "## Equipment"
    edit(
        root, before, "<!-- edition: staff -->\n\nFor 23 of our students: TBC.\n\n<!-- end edition -->\n\n## Equipment"
    )
    assert findings(root, registry) == []
    edit(
        root,
        '## Year by year { data-answers="SENIR-C82" }\n',
        '<!-- edition: staff -->\n\n## Years { data-answers="SENIR-C82" }\n',
    )
    file = root / REPORT
    file.write_text(file.read_text(encoding="utf-8") + "\n<!-- end edition -->\n", encoding="utf-8")
    assert [finding.code for finding in findings(root, registry)] == ["SENIR-C82"]


@pytest.mark.parametrize(
    "harmless",
    [
        "Year 8 students and groups of up to six students read together.",
        "Two of our teachers know this well. We meet three times a year.",
        "See [the plan](accessibility-plan.md), <https://a.example/12-students>, or `23 students`.",
        "- [x](index.md)",
        "The child's own words, and a will to learn, may do more.",
        "We end on page 12. Students come first.",
    ],
)
def test_plain_sentences_are_left_alone(root: Path, registry: SchemaRegistry, harmless: str) -> None:
    edit(root, "This page says what we do.", f"This page says what we do.\n\n{harmless}")
    assert findings(root, registry) == []


@pytest.mark.sample(6)
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("We help 31 students.", "DOC-06"),
        ("About 19% of our pupils have a plan.", "DOC-06"),
        ("Twenty-four of the younger children come.", "DOC-06"),
        ("There are three disabled students.", "DOC-22"),
        ("We have 130 children on roll.", "DOC-06"),
        ("Insert name here.", "DOC-05"),
        ("Lorem ipsum dolor.", "DOC-05"),
        ("Ring [telephone number].", "DOC-05"),
        ("Ring XXXX.", "DOC-05"),
        ("Ring ____.", "DOC-05"),
        ("Eli\nStudent was glad.", "DOC-07"),
        ("We thank ELI STUDENT for it.", "DOC-07"),
        ("Ask Dee Mother.", "DOC-07"),
        ("Ask Mr Teacher.", "DOC-07"),
        ("Write to dee@families.example.", "DOC-07"),
        ("Write to senco@tiny.example.", "DOC-08"),
    ],
)
def test_what_a_tired_hand_types_is_found(root: Path, registry: SchemaRegistry, typed: str, code: str) -> None:
    """A name is found across a line's end and in capitals; an address of the family is as good as a name."""
    edit(root, "This page says what we do.", f"This page says what we do.\n\n{typed}")
    found = findings(root, registry)
    assert {finding.code for finding in found} == {code}
    assert all(finding.line == 21 for finding in found)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("title: ", "title: Eli Student and ", 3),
        ("summary: ", "summary: Eli Student. ", 4),
        ("# ", "# Eli Student, ", 13),
    ],
)
def test_nobody_is_named_on_any_page_that_anybody_may_read(
    root: Path, registry: SchemaRegistry, old: str, new: str, line: int
) -> None:
    """The gate shows those pages to anybody, whether or not they answer a duty."""
    page = root / "handbook/index.md"
    text = page.read_text(encoding="utf-8")
    assert "public" in text
    page.write_text(re.sub(rf"^{old}", new, text, count=1, flags=re.MULTILINE), encoding="utf-8")
    (found,) = findings(root, registry)
    assert (found.code, found.path, found.line) == ("DOC-07", "handbook/index.md", line)
    assert found.severity is Severity.ERROR
    page.write_text(page.read_text(encoding="utf-8").replace("public, ", ""), encoding="utf-8")
    assert findings(root, registry) == []


def test_one_name_on_a_page_is_one_finding_at_the_first_place(root: Path, registry: SchemaRegistry) -> None:
    """A full name holds a surname, and the same child is named again further down: one thing to mend."""
    student = root / "records" / "students" / "2TST" / "student.yml"
    text = student.read_text(encoding="utf-8")
    student.write_text(text.replace("full: Eli Student", "full: Eli John Quartermain-Stoke"), encoding="utf-8")
    said = "Eli Quartermain-Stoke and\nDee Mother came.\n\nMiss Stoke asked E. Quartermain-Stoke, and Dee Mother."
    edit(root, "This page says what we do.", f"This page says what we do.\n\n{said}")
    found = findings(root, registry)
    assert [(one.code, one.line, one.column, one.found) for one in found] == [
        ("DOC-07", 21, 1, "Eli Quartermain-Stoke"),
        ("DOC-07", 22, 1, "Dee Mother"),
    ]
    assert found[0].remedy.endswith("It is on line 24 as well.")
    page = root / REPORT
    page.write_text(page.read_text(encoding="utf-8").replace("title: ", "title: Dee Mother on "), encoding="utf-8")
    mother = next(one for one in findings(root, registry) if one.line == 3)
    assert mother.remedy.endswith("It is on lines 22 and 24 as well.")
    assert len(findings(root, registry)) == 2


def test_two_children_of_one_surname_are_two_names(root: Path, registry: SchemaRegistry) -> None:
    student = root / "records" / "students" / "2TST" / "student.yml"
    text = student.read_text(encoding="utf-8")
    student.write_text(text.replace("full: Eli Student", "full: Eli Quartermain"), encoding="utf-8")
    other = root / "records" / "students" / "3TST" / "student.yml"
    other.parent.mkdir()
    other.write_text(text.replace("id: 2TST", "id: 3TST").replace("full: Eli Student", "full: Ina Quartermain")
                     .replace("known_as: Eli", "known_as: Ina"), encoding="utf-8")  # fmt: skip
    edit(root, "This page says what we do.", "This page says what Eli Quartermain and Ina Quartermain do.")
    assert [one.found for one in findings(root, registry)] == ["Eli Quartermain", "Ina Quartermain"]


def test_a_name_found_stands_on_the_users_own_terminal_and_nowhere_else(root: Path, registry: SchemaRegistry) -> None:
    edit(root, "This page says what we do.", "This page is about Eli Student.")
    found = findings(root, registry)
    assert "Eli Student" in as_text(found)
    assert "Eli" not in as_text(found, values=False)
    assert "Eli" not in as_json(found)


def test_thresholds_and_words_to_avoid_are_the_campuss_own(root: Path, registry: SchemaRegistry) -> None:
    rules = (
        "house_rules:\n  oldest_report_days: 60\n  fewest_words_a_passage: 21\n  jargon:\n    - bully\n    - bullying\n"
    )
    edit(root, "tutor_groups:", f"{rules}tutor_groups:", "records/campus.yml")
    codes = {finding.code for finding in findings(root, registry)}
    assert codes == {"DOC-04", "DOC-10", "DOC-15"}


def test_each_item_is_answered_by_one_passage_of_a_good_report(root: Path, registry: SchemaRegistry) -> None:
    report = case_of(root, registry).report
    assert report is not None
    found = {item.id: report.answering(item.id) for item in ITEMS}
    assert all(len(passages) == 1 for passages in found.values())
    assert [passage.anchor for passage in found["SENIR-3a"]] == ["does-it-work"]
    assert found["SENIR-2"][0].text.startswith("Teachers look at how each student")


def test_a_page_that_can_not_be_read_is_not_told_to_be_missing_as_well(root: Path, registry: SchemaRegistry) -> None:
    edit(root, "last_reviewed: 2026-09-14", "last_reviewed: 2026-09-31")
    found = inspect(CampusFolder(root, registry), ON)
    assert "front-matter" in {finding.code for finding in found}
    assert "SENIR-00" not in {finding.code for finding in found}


def test_a_second_check_looks_for_no_names_and_says_the_same_until_one_is_added(
    root: Path, registry: SchemaRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is found rests on the pages, the records and the day: a new child's name is looked for at once."""
    for path in root.rglob("*.*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))  # files written long ago, whose stamp is trusted
    edit(root, "This page says what we do.", "This page says what Zebedee does.")
    os.utime(root / REPORT, (1_700_000_000, 1_700_000_000))
    asked = []
    asking = "sendbook.site.build.document_findings.document_case"
    monkeypatch.setattr(asking, lambda *a: asked.append(1) or document_case(*a))
    student = root / "records" / "students" / "2TST" / "student.yml"
    with ParseCache(tmp_path / "cache.db") as cache:
        folder = CampusFolder(root, registry)
        looks = [inspect(folder, ON, cache) for _ in range(3)]
        assert looks == [()] * 3
        assert len(asked) == 1
        student.write_text(student.read_text(encoding="utf-8").replace("known_as: Eli", "known_as: Zebedee"), "utf-8")
        looks = [{finding.code for finding in inspect(folder, ON, cache)} for _ in range(2)]
        assert looks == [{"DOC-09"}] * 2
        assert len(asked) == 2


def test_time_passes_by_the_day_asked_for(root: Path, registry: SchemaRegistry) -> None:
    """The same files a year on: reviews have lapsed, steps are overdue, and the cycle has ended."""
    codes = {finding.code for finding in findings(root, registry, date(2027, 11, 23))}
    assert codes == {"AP-5", "AP-7", "AP-8", "AP-18", "DOC-10", "DOC-11"}


def test_rules_not_yet_in_force_are_not_asked(root: Path, registry: SchemaRegistry) -> None:
    edit(root, ' { data-answers="SENIR-2" }', "")
    before = {finding.code for finding in findings(root, registry, date(2014, 8, 31))}
    after = {finding.code for finding in findings(root, registry, date(2014, 9, 1))}
    assert "SENIR-2" not in before
    assert "SENIR-2" in after


def test_a_strand_is_kept_alive_by_what_was_done_and_not_by_what_was_dropped(
    root: Path, registry: SchemaRegistry
) -> None:
    case = case_of(root, registry)
    (plan,) = case.campus.of_kind("accessibility_plan")
    done = [one for one in plan.data["actions"] if one["status"] == "done"]
    dropped = [one for one in plan.data["actions"] if one["status"] == "dropped"]
    strands = {one["strand"] for one in done}
    assert strands == {"environment"}

    def codes(actions: list[object]) -> set[str]:
        record = Record(
            id=plan.id, kind=plan.kind, student=None, path=plan.path, digest="0", data={**plan.data, "actions": actions}
        )
        changed = replace(case, campus=case.campus.with_records([record]))
        where = where_in(CampusFolder(root, registry))
        return {one.code for one in check_documents(changed, where, RULE_BOOK.documents)} & {"AP-2", "AP-3", "AP-4"}

    assert codes([*done, *dropped]) == {"AP-2", "AP-4"}


def test_a_page_saved_while_it_is_looked_at_is_not_known_as_what_it_was(
    root: Path, registry: SchemaRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mistake in the newer words would be hidden for as long as nothing else changes."""
    page = root / REPORT

    def meanwhile(*arguments: Any, **more: Any) -> object:
        found = handbook_problems(*arguments, **more)
        page.write_text(page.read_text(encoding="utf-8") + "\nThe rest is TBC.\n", encoding="utf-8")
        return found

    def codes(cache: ParseCache) -> set[str]:
        return {one.code for one in inspect(CampusFolder(root, registry), ON, cache)}

    for path in (one for name in ("records", "handbook") for one in (root / name).rglob("*.*")):
        os.utime(path, (1_700_000_000, 1_700_000_000))  # files written long ago, whose stamp is trusted
    with ParseCache(tmp_path / "state/build/cache.db") as cache:
        monkeypatch.setattr("sendbook.site.build.handbook_findings.handbook_problems", meanwhile)
        assert "DOC-05" not in codes(cache)
        monkeypatch.undo()
        assert "DOC-05" in codes(cache)


def test_the_reading_score_is_words_a_sentence_and_the_share_of_long_words() -> None:
    text = ["We read a book each day. " * 10]
    assert reading_score(text) == 6.0
    assert reading_score(["Wonderful " * 20 + "cats. " + "It is so. " * 10]) == pytest.approx(51 / 11 + 100 * 20 / 51)
    assert reading_score(["Too short to have a score."]) is None


def test_jargon_is_found_as_a_word_and_letters_only_as_they_are_written() -> None:
    assert list(jargon_in("A holistic view, holistically.", JARGON)) == [(3, "holistic")]
    assert list(jargon_in("Add salt. SALT visits.", JARGON)) == [(11, "SALT")]
