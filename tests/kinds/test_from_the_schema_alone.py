"""A kind that a campus makes up needs no code: all that shipped kinds have, it has from its schema alone.

`made_up/` holds two such kinds, one of a student's records and one of the campus's, and their grants.
"""

from __future__ import annotations

import json
import re
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from sendbook.bundle import Bundle, search
from sendbook.bundle.export import files
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.history.comparison import compare
from sendbook.history.names import Names
from sendbook.history.narration import narrate
from sendbook.site.build.build import build
from tests.cli.kit import run, small_campus
from tests.documents.samples import text_of

# One process builds for all of them.
pytestmark = pytest.mark.xdist_group("made-up kinds")

MADE_UP = Path(__file__).parent / "made_up"
ON = date(2026, 11, 23)
SENCO, PRINCIPAL, TEACHER, MOTHER = "p-1aaa", "p-2bbb", "p-3ccc", "p-4ddd"
SWIMMING: Mapping[str, Any] = {
    "pool": "Marsh Pool",
    "began": "2026-09-07",
    "stroke": "float",
    "lengths": 4,
    "teacher": TEACHER,
    "target": "pace",
    "check_by": "2026-11-20",
}
MINIBUS: Mapping[str, Any] = {
    "name": "Blue bus",
    "wheelchairs": 2,
    "insured_until": "2026-11-22",
    "riders": [{"id": "one", "student": "2TST", "stop": "Mill Lane", "target": "pace"}],
}
LESSONS, BUS = "records/students/2TST/swimming/2026-09-07.yml", "records/minibuses/blue-bus.yml"


@dataclass(frozen=True)
class Campus:
    """A small campus with the two kinds, and where its site is kept."""

    root: Path

    @property
    def state(self) -> Path:
        return self.root.parent / "state"

    def write(self, path: str, data: Mapping[str, Any]) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(yaml.safe_dump(dict(data), sort_keys=False), encoding="utf-8")

    @property
    def folder(self) -> CampusFolder:
        return CampusFolder(self.root, SchemaRegistry.load(schemas(), self.root / "schemas"))


def campus_in(folder: Path) -> Campus:
    made = Campus(small_campus(folder / "campus"))
    (made.root / "schemas").mkdir()
    for schema in MADE_UP.glob("*.schema.json"):
        shutil.copy(schema, made.root / "schemas")
    access = made.root / "records/access.yml"
    grants = (MADE_UP / "access.yml").read_text(encoding="utf-8")
    access.write_text(
        access.read_text(encoding="utf-8").replace("grants:\n", f"grants:\n{grants}", 1), encoding="utf-8"
    )
    made.write(LESSONS, SWIMMING)
    made.write(BUS, MINIBUS)
    return made


@pytest.fixture(scope="module")
def campus(tmp_path_factory: pytest.TempPathFactory) -> Campus:
    made = campus_in(tmp_path_factory.mktemp("made-up"))
    report = build(made.folder, ON, made.state)
    assert report.published, report.findings
    return made


def pages(campus: Campus, reader: str) -> dict[str, str]:
    """What a reader is sent, in words, by path."""
    with Bundle.reading(campus.state / "site/bundle.db") as bundle:
        found = {path: content.decode() for path, content in files(bundle, reader, ON) if path.endswith("/")}
    return {path: words(html) for path, html in found.items()}


def words(html: str) -> str:
    inside = html.partition('id="sb-content"')[2].partition(">")[2].partition("</article>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).split())


def test_check_finds_what_is_wrong_in_one(tmp_path: Path) -> None:
    """A form that is broken, a link to nothing, a day in the future; and what is owed, only from the day after."""
    made = campus_in(tmp_path)
    assert found(made, date(2026, 11, 20)) == set()
    assert found(made, date(2026, 11, 21)) == {("DUE-01", "/check_by")}
    assert found(made, date(2026, 11, 23)) == {("DUE-01", "/check_by"), ("DUE-01", "/insured_until")}
    made.write(LESSONS, {**SWIMMING, "target": "paces", "began": "2026-12-07"})
    assert found(made, date(2026, 11, 20)) == {("link-to-nothing", "/target"), ("day-in-future", "/began")}
    made.write(LESSONS, {**SWIMMING, "lengths": "four"})
    made.write(BUS, {**MINIBUS, "riders": [{**MINIBUS["riders"][0], "student": "2TSX"}]})
    assert found(made, date(2026, 11, 20)) == {("wrong-type", "/lengths"), ("link-to-nothing", "/riders/0/student")}


def found(campus: Campus, on: date) -> set[tuple[str, str]]:
    """What `sendbook check` says of the campus: the code, and where in the record."""
    told = run("check", "--campus", campus.root, "--as-of", on.isoformat(), "--format", "json")
    return {(one["code"], one["pointer"]) for one in json.loads(told.out)}


def test_it_has_a_page_that_says_each_value_for_those_who_may_see_it(campus: Campus) -> None:
    path = "/students/2TST/more/swimming/"
    said = pages(campus, MOTHER)[path]
    for value in ("Marsh Pool, 7 September 2026", "Floats, with an adult at hand", "4 lengths", "20 November 2026"):
        assert value in said, said
    assert "reading" not in said, "the short name of a target is for links, not for people"
    assert path not in pages(campus, TEACHER)


def test_one_of_the_campus_has_a_page_too(campus: Campus) -> None:
    ((path, said),) = [(path, said) for path, said in pages(campus, TEACHER).items() if "Blue bus" in said]
    assert "2 wheelchairs" in said
    assert path not in pages(campus, MOTHER)


def test_what_it_owes_is_on_the_home_page_of_those_who_see_it(campus: Campus) -> None:
    assert "Check the armbands at Marsh Pool" in pages(campus, SENCO)["/"]
    assert "Check the armbands" not in pages(campus, TEACHER)["/"]


def test_what_changed_in_it_is_told_in_sentences() -> None:
    registry = SchemaRegistry.load(schemas(), MADE_UP)
    before = Record(
        id="students/2TST/swimming/2026-09-07", kind="swimming", student="2TST", path="", digest="a", data=SWIMMING
    )
    after = replace(before, digest="b", data={**SWIMMING, "lengths": 6, "stroke": "front_crawl"})
    sides = {before.id: before}, {after.id: after}
    (told,) = narrate(compare(*sides, registry.kinds), *sides, registry.kinds, Names(), tellers={})
    assert " ".join(told.title.split()) == "Marsh Pool, 7 September 2026"
    said = [sentence.text for passage in told.passages for sentence in passage.sentences]
    assert said == [
        "Stroke changed from floats, with an adult at hand to front crawl.",
        "The distance without a rest is now 6 lengths (it was 4).",
    ]


def test_search_finds_it_by_its_words(campus: Campus) -> None:
    with Bundle.reading(campus.state / "site/bundle.db") as bundle:
        paths = {
            reader: [hit.path for hit in search(bundle.connection, reader, "marsh floats", ON)]
            for reader in (MOTHER, TEACHER)
        }
    assert paths == {MOTHER: ["/students/2TST/more/swimming/"], TEACHER: []}


def test_it_can_be_printed_by_those_who_see_it_and_by_nobody_else(campus: Campus, tmp_path: Path) -> None:
    path = "/students/2TST/more/swimming/swimming-2TST.pdf"
    with Bundle.reading(campus.state / "site/bundle.db") as bundle:
        papers = {reader: dict(files(bundle, reader, ON)) for reader in (MOTHER, TEACHER)}
    assert "Floats, with an adult at hand" in papers[MOTHER][path].decode()
    assert path not in papers[TEACHER]
    target = tmp_path / "swimming.pdf"
    options = ["--campus", campus.root, "--as-of", ON.isoformat(), "-o", target]
    told = run("pdf", "swimming", "2TST", "--for", MOTHER, *options)
    assert told.code == 0, told
    assert "Swimming lessons 2TST is in" in " ".join(told.out.split())
    assert "Floats, with an adult at hand" in text_of(target.read_bytes())
    assert run("pdf", "swimming", "2TST", "--for", TEACHER, *options).code != 0


def test_one_of_the_campus_can_be_printed_too_as_each_reader_sees_it(campus: Campus, tmp_path: Path) -> None:
    path = "/records/minibus/minibus.pdf"
    with Bundle.reading(campus.state / "site/bundle.db") as bundle:
        papers = {reader: dict(files(bundle, reader, ON)) for reader in (SENCO, TEACHER, MOTHER)}
        pages = {reader: found["/records/minibus/"].decode() for reader, found in papers.items() if path in found}
    assert sorted(pages) == [SENCO, TEACHER]
    assert all(f'<a href="{path}">Print or save this page as PDF</a>' in page for page in pages.values())
    printed = {reader: papers[reader][path].decode() for reader in pages}
    for reader, text in printed.items():
        assert "2 wheelchairs" in text
        assert "Copy for staff" in text
        assert ("Mill Lane" in text) == ("Mill Lane" in pages[reader])
    target = tmp_path / "bus.pdf"
    options = ["--campus", campus.root, "--as-of", ON.isoformat(), "-o", target]
    told = run("pdf", "minibus", "--for", TEACHER, *options)
    assert told.code == 0, told
    assert ("Mill Lane" in text_of(target.read_bytes())) == ("Mill Lane" in printed[TEACHER])
    assert stat.S_IMODE(target.stat().st_mode) == 0o600, "it may name students"
    assert "Mill Lane" in printed[SENCO]
    assert run("pdf", "minibus", *options).code == 0, "the SENDCo's copy"
    assert "Mill Lane" in text_of(target.read_bytes())
    refused = run("pdf", "minibus", "--for", MOTHER, *options)
    assert "p-4ddd sees nothing of the minibuses" in refused.sentence
    told = run("pdf", "minibus", "2TST", *options).sentence
    assert "is about the school, not about one student. Leave the id out: sendbook pdf minibus" in told


def test_a_paper_of_the_campus_is_not_made_of_what_is_wrong(tmp_path: Path) -> None:
    made, target = campus_in(tmp_path), tmp_path / "bus.pdf"
    options = ["--campus", made.root, "--as-of", ON.isoformat(), "-o", target]
    made.write(BUS, {**MINIBUS, "wheelchairs": "two"})
    told = run("pdf", "minibus", *options)
    assert (told.code, target.exists()) == (1, False)
    assert "wrong-type" in told.out
    made.write(BUS, MINIBUS)
    header = made.root / "records/students/2TST/student.yml"
    header.write_text(f"{header.read_text(encoding='utf-8')}: :\n", encoding="utf-8")
    assert (run("pdf", "minibus", *options).code, target.exists()) == (1, False)


def test_its_questions_can_be_read_out(campus: Campus) -> None:
    told = run("schema", "swimming", "--questions", "--campus", campus.root)
    assert "At which pool?" in told.out
    assert "Choose one: Front crawl; Floats, with an adult at hand." in " ".join(told.out.split())
    assert "Choose one of the student's" in " ".join(told.out.split())
