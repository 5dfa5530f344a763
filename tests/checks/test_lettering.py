"""A bullet pasted from a word processor is a list on the page and on paper, so the check of letters is silent about it.

The same sign anywhere else has no font and prints as a box: that is found.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.letters import Letters
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.typed_text import in_lines
from sendbook.checks.finding import Finding
from sendbook.checks.lettering import NAMES
from sendbook.kinds.printed import documents_of, printed_as
from sendbook.pages.reading import reading_of
from sendbook.pages.texts import as_lines
from tests.checks_kit import found_in_records, tiny_campus
from tests.documents.samples import pages_of, plan, press, reading
from tests.site.own_pages_kit import ASSISTANT, SENCO, TEACHER, own
from tests.site.small_student import around, facts, pages, projected, records

PLAN = "records/students/2TST/plan.yml"
SUMMARY = "summary: Eli reads slowly and carefully. We are working on pace."
SIGNS = [
    "\uf0b7",
    "\uf0a7",
    "\uf0d8",
    "\uf0fc",
    "\uf076",
    "\uf0a8",
    "\uf02d",
    "\u2022",
    "\u25aa",
    "\u25cf",
    "\xb7",
    "o\t",
]
PRIVATE = [sign for sign in SIGNS if sign >= "\ue000"]
BOX = "\N{WHITE SQUARE}"


def findings(root: Path, registry: SchemaRegistry, typed: str) -> list[Finding]:
    file = tiny_campus(root) / PLAN
    text = file.read_text(encoding="utf-8")
    below = "|\n" + "\n".join(f"  {line}" for line in typed.split("\n"))
    file.write_text(text.replace(SUMMARY, f"summary: {below}"), encoding="utf-8")
    return [one for one in found_in_records(root, registry, date(2026, 11, 23)) if one.code == "unprintable"]


def test_a_pasted_list_gives_no_finding(tmp_path: Path, registry: SchemaRegistry) -> None:
    typed = "Bring:\n" + "\n".join(f"{sign} a pump" for sign in SIGNS)
    assert findings(tmp_path, registry, typed) == []


@pytest.mark.parametrize(
    "typed",
    ["Ring \uf0b7 the office", "a pump\uf0b7", "Bring:\n\uf0b7 a pump\nRing \uf0b7 the office", "\uf04a well done"],
)
def test_the_same_sign_where_it_begins_no_list_is_found(tmp_path: Path, registry: SchemaRegistry, typed: str) -> None:
    (found,) = findings(tmp_path, registry, typed)
    assert found.line == 6


def test_a_name_is_shown_as_it_is_written_so_a_bullet_before_it_is_found(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    file = tiny_campus(tmp_path) / "records/students/2TST/student.yml"
    text = file.read_text(encoding="utf-8")
    assert text.count("known_as: ") == 1
    file.write_text(text.replace("known_as: ", "known_as: \uf0b7 "), encoding="utf-8")
    found = found_in_records(tmp_path, registry, date(2026, 11, 23))
    assert "unprintable" in {one.code for one in found}


def _with_lists(sign: str) -> dict[str, dict[str, Any]]:
    """The small student with pasted lists where a page and a paper show paragraphs, lines and one line."""
    data = records()
    typed = f"{sign} pumps\n{sign} pens"
    data["plan"]["summary"] = f"Bring:\n{typed}"
    data["student"]["emergency"] |= {"watch_for": typed, "medicine": f"Both:\n{typed}", "do": [f"{sign} Sit him up"]}
    data["profile"]["help"] = [{"id": "h1", "text": f"I need:\n{typed}"}]
    return data


@pytest.mark.parametrize("sign", SIGNS)
def test_a_pasted_list_is_one_in_the_data_of_every_paper(sign: str) -> None:
    one = reading(_with_lists(sign))
    said = json.loads(printed_as("plan", one) or b"")["said"]
    about = next(section["said"] for section in said["sections"] if section["name"] == "about")
    assert about["summary"] == ["Bring:", {"ordered": False, "start": 1, "items": ["pumps", "pens"]}]
    emergency = next(section["said"] for section in said["sections"] if section["name"] == "emergency")
    assert emergency["watch_for"] == "• pumps\n• pens"
    assert emergency["medicine"] == "Both:\n• pumps\n• pens"
    profile = json.loads(printed_as("profile", one) or b"")["said"]
    helps = next(one for one in profile["lists"] if one["title"] == "How to help me")
    assert helps["items"][0]["text"] == "I need:\n• pumps\n• pens"
    if sign in PRIVATE:
        assert emergency["do"] == ["• Sit him up"]
        assert not Letters().missing(repr(profile) + repr(said))


def test_a_pasted_list_prints_without_a_box_and_one_within_it_below_its_entry() -> None:
    data = plan({"summary": "Bring:\n\uf0b7\ta pump\no\twith a needle\n\uf0b7\ta pen"})
    text = pages_of(press().pdf(data))[0]
    assert BOX not in text
    assert text.index("Bring:") < text.index("a pump") < text.index("with a needle") < text.index("a pen")


@pytest.mark.parametrize("sign", PRIVATE)
def test_a_line_of_a_page_has_a_bullet_in_the_place_of_a_pasted_sign(sign: str) -> None:
    assert as_lines(f"{sign} a pump") == in_lines(f"{sign} a pump") == "• a pump"


def _pasted(value: Any, how: str) -> Any:
    """A record's data with a pasted list in every text of several words, but for names and what is in headings."""
    if isinstance(value, str):
        return how.format(value) if " " in value else value
    if isinstance(value, dict):
        return {key: inner if NAMES.search(f"/{key}") else _pasted(inner, how) for key, inner in value.items()}
    return [_pasted(inner, how) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("how", ["\uf0b7 {}", "{}:\n\uf0b7\tpens\n\uf0a7\tpumps", "{}: \uf0b7 pens \uf0b7 pumps"])
def test_no_page_no_list_and_no_paper_shows_a_sign_the_check_is_silent_about(how: str) -> None:
    projection = projected(_pasted(records(), how))
    one = reading_of(projection, around())
    shown = {path: page.content for path, page in pages(projection).fragments.items()}
    shown |= {path: data.content.decode() for path, data in documents_of(one).items()}
    for reader in (TEACHER, ASSISTANT, SENCO):
        shown |= {f"{reader} {path}": page.content for path, page in own(reader, [facts(projection)]).items()}
    assert len(shown) > 12
    assert [path for path, text in shown.items() if re.search("[\uf0a7\uf0b7]", text)] == []
