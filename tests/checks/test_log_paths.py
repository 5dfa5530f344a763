"""A path in a log is shown as far as nobody's name can be in it; the SENDCo's own terminal shows it whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sendbook.campus.shipped import example
from sendbook.checks.ci_reporters import reporters_with
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.leaks.ordinary import EVERYDAY
from sendbook.checks.log_paths import VOCABULARY, in_log, text_in_log
from sendbook.checks.reporters import as_text
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.site.build.held_list import HeldThing

REPORTERS = reporters_with(RULE_BOOK)
IN_LOGS = sorted(set(REPORTERS) - {"text"})
#: Each path that somebody chose, and what of it may be shown.
CHOSEN = {
    "handbook/amara-okafor.md": "handbook",
    "handbook/support-for-amara.md": "handbook",
    "handbook/plans/will-may.md": "handbook/plans",
    "handbook/Okafor/index.md": "handbook",
    "handbook/images/okafor.png": "handbook/images",
    "handbook/report.amara.md": "handbook",
    "handbook/07700900123.md": "handbook",
    "handbook/Łukasz.md": "handbook",
    "records/students/7Q4K/notes/amara-says.yml": "records/students/7Q4K/notes",
    "records/students/Amara Okafor/plan.yml": "records/students",
    "records/people/amara.yml": "records/people",
    "records/amara.docx": "records",
    "schemas/amara.schema.json": "schemas",
    "site_templates/own/amara.html": "site_templates/own",
}
SAFE = [
    "handbook/03-identification.md",
    "handbook/send-information-report.md",
    "records/students/7Q4K/plan.yml",
    "records/students/7Q4K/meetings/2026-11-03.yml",
    "records/people/p-3f8q.yml",
    "records/figures/2026-autumn.yml",
    "records/students/7Q4K/plan.yml.bak",
    "records/Thumbs.db",
    "site_templates/components/contact.html",
    "mkdocs.yml",
]


def _finding(path: str) -> Finding:
    return Finding(code="DOC-02", severity=Severity.ERROR, path=path, message="No day.", remedy=f"Put {path} right.")


@pytest.mark.parametrize("path", CHOSEN)
def test_a_name_that_somebody_chose_is_in_no_log(path: str) -> None:
    assert in_log(path) == CHOSEN[path]
    name = path.removeprefix(CHOSEN[path]).lstrip("/").partition(".")[0]
    for form in IN_LOGS:
        assert name not in REPORTERS[form]([_finding(path)]), form
    assert name not in as_text([_finding(path)], values=False)
    assert path in as_text([_finding(path)]), "the SENDCo's own terminal names the file"


@pytest.mark.parametrize("path", SAFE)
def test_a_path_that_can_be_nobody_s_name_is_shown_whole(path: str) -> None:
    assert in_log(path) == path
    assert path in as_text([_finding(path)], values=False)


def test_every_file_that_a_campus_starts_with_is_shown() -> None:
    files = [one for folder in ("records", "handbook") for one in (example() / folder).rglob("*") if one.is_file()]
    paths = [one.relative_to(example()).as_posix() for one in files]
    assert len(paths) > 100
    assert [path for path in paths if in_log(path) != path] == []


def test_no_word_that_is_shown_could_be_a_first_name_or_a_surname() -> None:
    assert {"law"} >= VOCABULARY & EVERYDAY


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "Permission denied (/srv/our school/handbook/amara okafor.md).",
            "Permission denied (/srv/our school/handbook).",
        ),
        ("The page amara.md has no title.", "The page a file has no title."),
        ("amara.schema.json can't be read.", "one of the files in schemas/ can't be read."),
        (
            "write one such as students/{student}/{day}-{name}.yml.",
            "write one such as students/{student}/{day}-{name}.yml.",
        ),
        ("write {amara-khan}.yml.", "write a file."),
        ("Look at records/students/7Q4K/plan.yml. Then go on.", "Look at records/students/7Q4K/plan.yml. Then go on."),
        ("Ids are folders in records/students.", "Ids are folders in records/students."),
    ],
)
def test_a_sentence_is_cut_only_where_it_says_a_path(sentence: str, told: str) -> None:
    assert text_in_log(sentence) == told


def test_what_is_held_back_is_named_in_a_log_without_the_page_s_own_name() -> None:
    held = HeldThing(path="handbook/amara-okafor.md", what="the newer version of a handbook page", why="")
    assert held.name_in_log == "the newer version of a handbook page, because of handbook"
    assert held.name.endswith("handbook/amara-okafor.md")
    assert replace(held, path="handbook/02-roles.md").name_in_log.endswith("handbook/02-roles.md")
