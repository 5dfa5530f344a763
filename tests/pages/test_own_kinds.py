"""A kind of a student's records that a campus adds has a decent page from its schema alone, cut like any other."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from sendbook.bundle import Bundle
from sendbook.bundle.export import files
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.pages.own_papers import LINK
from sendbook.site.build.build import build
from tests.conftest import ON, Site, copy_site
from tests.site.small_student import is_sound

# One process builds for all of them.
pytestmark = [pytest.mark.xdist_group("own kinds"), pytest.mark.slow]

STUDENT = "7NVF"
LOG, VISIT = f"/students/{STUDENT}/more/reading-log/", f"/students/{STUDENT}/more/home-visit/"
DATE = {"$ref": "common.schema.json#/$defs/date"}
PERSON = {"$ref": "common.schema.json#/$defs/person_id", "x-link": "person"}


def text(title: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "description": f"{title}, in words.", "type": "string", **more}


def kind(name: str, title: str, path: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": f"{title} of a student.",
        "x-kind": name,
        "x-path": path,
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


READING_LOG = kind(
    "reading_log",
    "Reading log",
    "students/{student}/reading-log.yml",
    {
        "level": text(
            "Book band",
            enum=["light_blue", "dark_blue"],
            **{"x-part": "reading", "x-words": {"dark_blue": "Dark blue, the last"}},
        ),
        "box": {
            "title": "Box",
            "description": "Where.",
            "enum": [1, 2],
            "x-part": "reading",
            "x-words": {"2": "On the shelf"},
        },
        "began": {"title": "Began", "description": "First day.", "x-part": "reading", **DATE},
        "minutes": {
            "title": "Each evening",
            "description": "How long.",
            "type": "integer",
            "x-unit": "minutes",
            "x-part": "reading",
        },
        "at_home": {"title": "At home", "description": "Whether.", "type": "boolean", "x-part": "reading"},
        "likes": {
            "title": "Likes",
            "description": "What.",
            "type": "array",
            "x-part": "reading",
            "items": text("Thing"),
        },
        "books": {
            "title": "Books",
            "description": "Read this term.",
            "type": "array",
            "x-part": "reading",
            "x-key": "id",
            "items": {
                "title": "Book",
                "description": "One book.",
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "id": text("Short name"),
                    "name": text("Book"),
                    "with": {"title": "Read with", "description": "Who.", **PERSON},
                },
            },
        },
        "favourite": text("Favourite", **{"x-part": "reading", "x-link": "#/books"}),
        "worry": {
            "title": "A worry",
            "description": "For a few.",
            "type": "object",
            "additionalProperties": False,
            "x-part": "worries",
            "properties": {"what": text("What"), "who": {"title": "Who knows", "description": "Who.", **PERSON}},
        },
    },
)
HOME_VISIT = kind(
    "home_visit",
    "Home visit",
    "students/{student}/visits/{id}.yml",
    {"summary": text("Summary", **{"x-part": "visits"})},
)
RECORD = """\
level: dark_blue
box: 2
began: 2026-09-07
minutes: 15
at_home: true
likes:
  - Ships & <b>storms</b>
books:
  - id: heron
    name: The Heron
    with: p-kp3j
  - id: fen
    name: Fen
favourite: heron
worry:
  what: |-
    Reads {{ 7 * 7 }} words and stops.

    Nobody knows why.
  who: p-1ge7
"""
GRANTS = """\
  - id: family-reading
    relation: family
    kind: reading_log
    parts:
      - reading
    action: read
    reason: A family reads along.
covers:
"""


@pytest.fixture(scope="module")
def site(example_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    made = copy_site(example_site, tmp_path_factory.mktemp("own-kinds"))
    own = made.root / "schemas"
    own.mkdir()
    for one in (READING_LOG, HOME_VISIT):
        (own / f"{one['x-kind'].replace('_', '-')}.schema.json").write_text(json.dumps(one), encoding="utf-8")
    folder = made.root / "records/students" / STUDENT
    (folder / "reading-log.yml").write_text(RECORD, encoding="utf-8")
    (folder / "visits").mkdir()
    for day, said in (("2026-09-10", "We met the dog."), ("2026-11-05", "We had tea.")):
        (folder / "visits" / f"{day}.yml").write_text(f"summary: {said}\n", encoding="utf-8")
    access = made.root / "records/access.yml"
    access.write_text(access.read_text(encoding="utf-8").replace("covers:\n", GRANTS, 1), encoding="utf-8")
    report = build(CampusFolder(made.root, SchemaRegistry.load(schemas(), own)), ON, made.state)
    assert report.published, report.findings
    return made


def pages(site: Site, reader: str) -> dict[str, str]:
    with Bundle.reading(site.bundle) as bundle:
        return {path: content.decode() for path, content in files(bundle, reader, ON) if path.endswith("/")}


def content(html: str) -> str:
    return html.partition('id="sb-content"')[2].partition(">")[2].partition("</article>")[0]


def words(html: str) -> str:
    """The text of a page as it is heard, one space between any two words."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_it_lists_fields_by_title_in_the_schema_s_order_with_links_by_name(site: Site) -> None:
    inside = content(pages(site, "p-gba7")[LOG])
    is_sound(inside)
    said = words(inside)
    expected = (
        f"Reading log: Kwame {LINK} Reading log",
        "Book band Dark blue, the last Box On the shelf",
        "Began 7 September 2026 Each evening 15 minutes At home Yes Favourite The Heron",
        "Likes Ships & <b>storms</b>",
        "Books Book The Heron Read with Mr Ackroyd Book Fen",
        "A worry Who knows Ms Osei What Reads {{ 7 * 7 }} words and stops. Nobody knows why.",
    )
    places = [said.find(words) for words in expected]
    assert -1 not in places, said
    assert places == sorted(places)
    assert "heron" not in said, "the short name is for links, not for people"


@pytest.mark.slow
def test_several_records_of_a_kind_stand_on_one_page_the_last_day_first(site: Site) -> None:
    inside = content(pages(site, "p-gba7")[VISIT])
    is_sound(inside)
    said = words(inside)
    assert said == (
        f"Home visit: Kwame {LINK} 5 November 2026 Summary We had tea. 10 September 2026 Summary We met the dog."
    )


def test_each_reader_gets_the_parts_that_are_granted_and_no_page_where_none_is(site: Site) -> None:
    mother = pages(site, "p-1ge7")
    assert "The Heron" in content(mother[LOG])
    assert "worry" not in content(mother[LOG])
    assert VISIT not in mother
    assert "Home visit" not in "".join(mother.values())
    for reader in ("p-kp3j", "p-6xmg", "p-r4jh"):
        assert not {LOG, VISIT} & pages(site, reader).keys()


def test_the_drawer_and_who_can_see_this_know_it(site: Site) -> None:
    overview = pages(site, "p-1ge7")[f"/students/{STUDENT}/"]
    assert f'<a href="{LOG}">Reading log</a>' in overview


@pytest.mark.slow
def test_the_page_is_one_that_is_being_corrected_for_those_who_had_it_and_unknown_to_all_others(
    site: Site, tmp_path: Path
) -> None:
    """A mother whose access is narrower now waits for the log, and learns of no kind that she is not granted."""
    made = copy_site(site, tmp_path)
    header, plan = (made.root / f"records/students/{STUDENT}/{name}.yml" for name in ("student", "plan"))
    text = header.read_text(encoding="utf-8")
    begin = text.index("access: full", text.index("person: p-1ge7"))
    narrower = "access: named_parts\n    parts:\n      - profile\n      - reading"
    header.write_text(text[:begin] + narrower + text[begin + len("access: full") :], encoding="utf-8")
    plan.write_text(plan.read_text(encoding="utf-8").replace("state: agreed", "stat: agreed"), encoding="utf-8")
    report = build(CampusFolder(made.root, SchemaRegistry.load(schemas(), made.root / "schemas")), ON, made.state)
    assert report.held
    mother, senco = pages(made, "p-1ge7"), pages(made, "p-gba7")
    assert content(mother[LOG]) == content(mother[f"/students/{STUDENT}/"])
    assert "These pages are being corrected" in content(mother[LOG])
    assert VISIT not in mother
    assert "The Heron" in content(senco[LOG])


@pytest.mark.slow
def test_a_title_and_words_changed_in_the_schema_are_on_the_page_after_the_next_build(site: Site) -> None:
    own = site.root / "schemas"
    path = own / "reading-log.schema.json"
    before = path.read_text(encoding="utf-8")
    now = before.replace("Book band", "Colour of the book").replace("Dark blue, the last", "Navy")
    path.write_text(now, encoding="utf-8")
    assert build(CampusFolder(site.root, SchemaRegistry.load(schemas(), own)), ON, site.state).published
    assert "Colour of the book Navy" in words(pages(site, "p-1ge7")[LOG])


def test_the_schema_in_the_documentation_is_one_that_loads(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "own-kinds.md"
    if not page.is_file():
        pytest.skip("the documentation is not beside the tests")
    shown = re.findall(r"```json\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "reading-log.schema.json").write_text(shown[0], encoding="utf-8")
    kind_ = SchemaRegistry.load(schemas(), tmp_path).kinds["reading_log"]
    assert kind_.of_student
    assert kind_.is_valid({"minutes": 15, "books": [{"id": "heron", "name": "The Heron", "with": "p-kp3j"}]})
