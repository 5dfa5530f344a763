"""What all families read, the library and their edition of the handbook, tells nobody's home and names no student."""

from __future__ import annotations

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Finding
from sendbook.site.build.inspection import inspect
from tests.site.test_texts_at_home import (
    DAD,
    NUMBER,
    ON,
    Small,
    built,
    built_once,
    checked,
    codes,
    export_of,
    site,
    written,
)

# One process builds for all of them.
pytestmark = pytest.mark.xdist_group("texts for all")

__all__ = ["built_once", "site"]

LIBRARY = "records/interventions/paired-reading.yml"
WORDS = "Someone reads with you."
PAGE = "handbook/visits.md"
_FRONT = """---
id: visits
title: Visits
summary: How to visit us.
section: 5
editions: [family, staff]
version: "1.0"
owner: senco
approved_on: 2026-09-01
review_by: 2027-08-31
---

# Visits

"""


def page(site: Small, text: str, *, editions: str = "[family, staff]") -> None:
    """A page that families read, and the public doesn't."""
    (site.root / PAGE).write_text(_FRONT.replace("[family, staff]", editions) + text + "\n", encoding="utf-8")


def told(site: Small, registry: SchemaRegistry) -> list[Finding]:
    return [one for one in inspect(CampusFolder(site.root, registry), ON) if one.path in (PAGE, LIBRARY)]


LEAKS = [
    (f"Ring {NUMBER} before you come.", "TXT-01"),
    ("Ring O7700 9OO214 before you come.", "TXT-01"),
    ("We meet at Tannery Ct, no. 12.", "TXT-01"),
    ("Freya Lindholm-Shaw drew the map.", "TXT-02"),
    ("Samuel Darko made the benches.", "TXT-02"),
    ("Thanks to <span title='Freya Lindholm-Shaw'>a friend</span>.", "TXT-02"),
]


@pytest.mark.sample(2)
@pytest.mark.parametrize(("text", "code"), LEAKS)
def test_a_page_for_families_tells_nobodys_home_and_names_nobody(
    site: Small, registry: SchemaRegistry, text: str, code: str
) -> None:
    page(site, f"Come at any time.\n\n{text}")
    (finding,) = [one for one in told(site, registry) if one.code.startswith("TXT")]
    assert (finding.code, finding.severity, finding.path, finding.line) == (code, "error", PAGE, 17)


@pytest.mark.sample(1)
@pytest.mark.parametrize(
    "text",
    [
        "Ring 07700 900215 before you come, or the school office.",
        "Ask our SENCO first. Shaw is a name that many have.",
        "We meet in Tannery Court, 12 May 2027.",
        "<!-- edition: staff -->\nFreya Lindholm-Shaw helps.\n<!-- end edition -->",
    ],
)
def test_what_families_may_read_is_no_finding(site: Small, registry: SchemaRegistry, text: str) -> None:
    page(site, text)
    assert [one.code for one in told(site, registry) if one.code.startswith("TXT")] == []


def test_an_entry_of_the_library_that_cant_be_read_hides_nothing_of_a_page(
    site: Small, registry: SchemaRegistry
) -> None:
    with (site.root / LIBRARY).open("a", encoding="utf-8") as file:
        file.write("colour: green\n")
    assert [one.code for one in told(site, registry)] == ["unknown-field"]
    page(site, f"Ring {NUMBER} before you come.")
    assert [one.code for one in told(site, registry) if one.severity == "error"] == ["TXT-01", "unknown-field"]


def test_a_file_out_of_place_hides_nothing_of_what_all_read(site: Small, registry: SchemaRegistry) -> None:
    (site.root / "records/notes.yml").write_text("said: On the telephone.\n", encoding="utf-8")
    assert [one.code for one in told(site, registry)] == []
    page(site, f"Ring {NUMBER} before you come.")
    written(site, "Freya Lindholm-Shaw reads with you.", LIBRARY, WORDS)
    assert sorted((one.code, one.path) for one in told(site, registry) if one.severity == "error") == [
        ("TXT-01", PAGE),
        ("TXT-02", LIBRARY),
    ]


def test_what_the_public_reads_too_is_found_once(site: Small, registry: SchemaRegistry) -> None:
    page(site, "Freya Lindholm-Shaw drew the map.", editions="[public, family, staff]")
    found = {one.code for one in told(site, registry)}
    assert "DOC-07" in found
    assert not any(code.startswith("TXT") for code in found)


def test_a_build_holds_the_page_back_and_publishes_the_rest(site: Small, registry: SchemaRegistry) -> None:
    page(site, "Come at any time.")
    assert built(site, registry).is_whole
    page(site, f"Come at any time, and ring {NUMBER}.")
    report = built(site, registry)
    assert codes(report.findings) == ["TXT-01"]
    assert report.published
    sent = b"\n".join(export_of(site, DAD).values())
    assert NUMBER.encode() not in sent
    assert b"Come at any time." in sent  # as it was published last


@pytest.mark.slow
def test_a_page_that_becomes_a_leak_comes_down_without_a_change_of_its_own(
    site: Small, registry: SchemaRegistry
) -> None:
    page(site, "The club is on 07700 900999.")
    assert built(site, registry).is_whole
    written(site, "07700 900999", "records/people/p-4ddd.yml", NUMBER)
    assert "TXT-01" in codes(checked(site, registry))
    assert "TXT-01" in codes(built(site, registry).findings)
    assert b"900999" not in b"\n".join(export_of(site, DAD).values())


@pytest.mark.parametrize(("text", "code"), [(f"Ring {NUMBER}.", "TXT-01"), ("Ask Freya Lindholm-Shaw.", "TXT-02")])
def test_the_library_tells_nobodys_home_and_names_nobody(
    site: Small, registry: SchemaRegistry, text: str, code: str
) -> None:
    written(site, text, LIBRARY, WORDS)
    (finding,) = [one for one in told(site, registry) if one.code.startswith("TXT")]
    assert (finding.code, finding.path, finding.pointer) == (code, LIBRARY, "/in_plain_words")
    assert finding.line is not None
    report = built(site, registry)
    assert codes(report.findings) == [code]
    assert text.encode() not in b"\n".join(export_of(site, DAD).values())


def test_a_text_of_the_library_that_becomes_a_leak_comes_down_and_nothing_else_does(
    site: Small, registry: SchemaRegistry
) -> None:
    written(site, "Ring 07700 900999.", LIBRARY, WORDS)
    assert built(site, registry).is_whole
    before = export_of(site, DAD)
    assert b"900999" in b"\n".join(before.values())
    written(site, "07700 900999", "records/people/p-4ddd.yml", NUMBER)
    assert codes(built(site, registry).findings) == ["TXT-01"]
    after = export_of(site, DAD)
    assert b"900999" not in b"\n".join(after.values())
    assert b"This text is being corrected." in b"\n".join(after.values())
    assert after.keys() == before.keys()
    assert b"without the text that must not be read" in b"\n".join(export_of(site, "p-1aaa").values())
    written(site, NUMBER, "records/people/p-4ddd.yml", "07700 900999")
    assert built(site, registry).is_whole
    assert export_of(site, DAD) == before


def test_so_it_does_where_another_shared_record_has_an_error(site: Small, registry: SchemaRegistry) -> None:
    written(site, f"Ring {NUMBER}.", LIBRARY, WORDS)
    plan = site.root / "records/accessibility-plan.yml"
    plan.write_text(plan.read_text("utf-8") + "nonsense: 1\n", encoding="utf-8")
    assert "TXT-01" in codes(built(site, registry).findings)
    assert NUMBER.encode() not in b"\n".join(export_of(site, DAD).values())


@pytest.mark.parametrize("stray", ["records/students/3SYN/notes.yml", "records/notes.yml"])
def test_so_it_does_where_a_file_is_out_of_place(site: Small, registry: SchemaRegistry, stray: str) -> None:
    """An error that is in no record of the campus's own spares none of them the look at what they tell families."""
    written(site, f"Ring {NUMBER}.", LIBRARY, WORDS)
    (site.root / stray).write_text("id: notes\n", encoding="utf-8")
    assert "TXT-01" in codes(built(site, registry).findings)
    assert NUMBER.encode() not in b"\n".join(export_of(site, DAD).values())


def test_a_check_finds_all_of_it_while_a_students_record_has_an_error(site: Small, registry: SchemaRegistry) -> None:
    """One run finds what a build would find: the page that families read, and the page that anybody reads."""
    page(site, f"Ring {NUMBER} before you come.")
    (site.root / "handbook/open.md").write_text(
        _FRONT.replace("[family, staff]", "[public, family, staff]").replace("visits", "open") + "Freya Lindholm-Shaw.",
        encoding="utf-8",
    )
    plan = site.root / "records/students/2TST/plan.yml"
    plan.write_text(plan.read_text("utf-8") + "nonsense: 1\n", encoding="utf-8")
    found = {(one.code, one.path) for one in inspect(CampusFolder(site.root, registry), ON)}
    assert ("unknown-field", "records/students/2TST/plan.yml") in found
    assert ("TXT-01", PAGE) in found
    assert ("DOC-07", "handbook/open.md") in found
