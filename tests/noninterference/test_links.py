"""A link tells its readers nothing of what it leads to beyond what they see there."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sendbook.bundle.fragment import Fragment
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.history.versions import History
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_build import StudentBuild, build_student
from tests.campus.small_schemas import field, group, kind
from tests.checks_kit import tiny_campus
from tests.history.kit import Repo

ON = date(2026, 11, 23)
STUDENT, MOTHER, SENCO, PRINCIPAL, TEACHER = "2TST", "p-4ddd", "p-1aaa", "p-2bbb", "p-3ccc"
VISIT = kind(
    "visit",
    "students/{student}/visits/{id}.yml",
    {
        "place": field(title="Place", **{"x-part": "places"}),
        "serves": field(title="Serves", **{"x-link": "plan#/targets"}),
        "after": field(title="After", **{"x-link": "visit"}),
        "trip": field(title="Trip", **{"x-link": "trip"}),
        "all": field(title="All", type="array", items=field(**{"x-link": "plan#/targets"})),
        "steps": field(
            title="Steps",
            type="array",
            items=group({"id": field(), "done": field()}, title="Step", **{"x-part": "places"}),
            **{"x-key": "id"},
        ),
        "next": field(title="Next", **{"x-link": "#/steps"}),
    },
    title="Home visit",
    **{"x-called": "Visit to {place}", "x-parts": {"open": "visits", "places": "where visits were"}},
)
TRIP = kind("trip", "trips/{id}.yml", {"name": field(title="Name")}, title="Trip")
GRANT = """\
  - id: {role}-{kind}s
    {who}
    kind: {kind}
    parts: [{parts}]
    action: read
    reason: They were there.
"""
RECORDS = {
    "students/2TST/visits/one.yml": (
        "place: The mill\nserves: pace\ntrip: zoo\nall:\n- pace\nsteps:\n- id: ring\n  done: Rang\nnext: ring\n"
    ),
    "students/2TST/visits/two.yml": "after: one\n",
    "trips/zoo.yml": "name: To the zoo\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    campus = tiny_campus(tmp_path / "campus")
    (campus / "schemas").mkdir()
    for schema in (VISIT, TRIP):
        (campus / f"schemas/{schema['x-kind']}.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    for path, text in RECORDS.items():
        (campus / "records" / path).parent.mkdir(parents=True, exist_ok=True)
        (campus / "records" / path).write_text(text, encoding="utf-8")
    access = campus / "records/access.yml"
    family = GRANT.format(role="family", who="relation: family", kind="visit", parts="open")
    senco = GRANT.format(role="senco", who="role: senco", kind="visit", parts="open, places")
    targets = GRANT.format(role="senco", who="role: senco", kind="target", parts="targets").replace(
        "d: target", "d: plan"
    )
    text = access.read_text(encoding="utf-8").replace("grants:\n", f"grants:\n{family}{senco}{targets}", 1)
    access.write_text(text, encoding="utf-8")
    return campus


def sent(root: Path, reader: str) -> tuple[str, Mapping[str, Any]]:
    """What a reader is sent of the student's pages, and the name of the projection that says which."""
    unit = built(root)
    (key,) = [key for who, key, _, _ in unit.scopes if who == reader]
    return key, unit.pages[key]


def built(root: Path) -> StudentBuild:
    registry = SchemaRegistry.load(schemas(), root / "schemas")
    campus = CampusFolder(root, registry).load().campus
    own, common = type(campus)(campus.of_student(STUDENT), campus.registry), SharedCampus(campus.shared, ON, root)
    with History.open(root, registry, root / ".sendbook", ON) or nullcontext() as history:
        return build_student(common, own, STUDENT, history=history)


def facts(root: Path, reader: str) -> bytes:
    """What lists and home pages are made of for a reader."""
    unit = built(root)
    return unit.facts[next(key for who, key, _, _ in unit.scopes if who == reader)]


def named(root: Path, what: str) -> None:
    """Gives what the mother doesn't see names, wherever they are written; she sees the links to it."""
    for path in (root / "records/students/2TST").rglob("*.yml"):
        text = path.read_text(encoding="utf-8")
        for old in ("pace", "zoo", "ring"):
            text = re.sub(rf"(: |- ){old}(?:-[a-z0-9-]+)?$", rf"\1{old}-{what}", text, flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")
    (trip,) = (root / "records/trips").glob("zoo*.yml")
    trip.rename(trip.with_name(f"zoo-{what}.yml"))


def text_of(page: Any) -> str:
    """All that is sent of a page; of a document the data it is made from."""
    if isinstance(page, Fragment):
        return "".join((page.title, page.nav, page.contents, page.content, page.search or "", repr(page.label)))
    return repr(page)


def grant(root: Path, role: str, kind: str, parts: str) -> None:
    said = GRANT.format(role=f"{role}-{kind}", who=f"role: {role}", kind=kind, parts=parts)
    change(root, "access.yml", "grants:\n", f"grants:\n{said}")


def change(root: Path, path: str, old: str, new: str) -> None:
    file = root / "records" / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("students/2TST/plan.yml", "Reads a new page aloud", "Reads two new pages aloud"),
        ("students/2TST/visits/one.yml", "The mill", "The farm"),
        ("trips/zoo.yml", "To the zoo", "To the sea"),
    ],
)
def test_what_is_hidden_of_what_is_linked_moves_nothing(root: Path, path: str, old: str, new: str) -> None:
    before, of_senco = sent(root, MOTHER), sent(root, SENCO)
    assert f"/students/{STUDENT}/more/visit/" in before[1]
    change(root, path, old, new)
    assert sent(root, MOTHER) == before
    if not path.startswith("trips/"):
        assert sent(root, SENCO) != of_senco


@pytest.mark.parametrize(("first", "second"), [("panic", "grief"), ("a-court-order", "9qz"), ("2026-05-01", "zzz")])
def test_an_id_that_is_made_of_words_is_not_shown_where_the_thing_itself_is_not(
    root: Path, first: str, second: str
) -> None:
    """The link is in sight and what it leads to is not: an id such as `panic-attacks` would say it all the same."""
    named(root, first)
    once, of_lists = sent(root, MOTHER)[1], facts(root, MOTHER)
    named(root, second)
    assert sent(root, MOTHER)[1] == once
    page = text_of(once[f"/students/{STUDENT}/more/visit/"])
    assert [sort for sort in ("A target", "A trip", "A step") if sort not in page] == []
    assert not [path for path, one in once.items() if re.search(f"{first}|{second}|pace|zoo|ring-", text_of(one))]
    assert facts(root, MOTHER) == of_lists


def test_a_record_that_a_reader_does_not_see_is_not_among_what_links_here(root: Path) -> None:
    """One sees the plan and the visits, another the plan alone: for that one no visit moves a byte."""
    grant(root, "principal", "plan", "plan, targets")
    grant(root, "teacher", "plan", "plan, targets")
    grant(root, "teacher", "visit", "open")
    plan = f"/students/{STUDENT}/plan/"
    linked = sent(root, TEACHER)[1][plan]
    before = sent(root, PRINCIPAL)
    assert "Mentioned in" in text_of(linked)
    assert "Home visit" in text_of(linked)
    assert "Mentioned in" not in text_of(before[1][plan])
    change(root, "students/2TST/visits/one.yml", "serves: pace\n", "")
    change(root, "students/2TST/visits/one.yml", "all:\n- pace\n", "")
    assert sent(root, PRINCIPAL) == before
    assert "Mentioned in" not in text_of(sent(root, TEACHER)[1][plan])


def test_what_changed_does_not_show_the_id_of_what_is_not_seen(root: Path) -> None:
    """That another thing is linked is in sight, and no more: which it is now, or was, changes no byte."""
    repo = Repo(root, root)
    repo.git("init", "--quiet", "--initial-branch=main")
    pages = []
    for begun, ended in (("panic", "grief"), ("court", "arrest")):
        named(root, begun)
        repo.commit("2026-10-01")
        named(root, ended)
        repo.commit("2026-10-08")
        pages.append(sent(root, MOTHER)[1])
        shutil.rmtree(root / ".git")
        shutil.rmtree(root / ".sendbook", ignore_errors=True)
        repo.git("init", "--quiet", "--initial-branch=main")
    assert pages[0] == pages[1]
    told = text_of(pages[0][f"/students/{STUDENT}/history/"])
    for words in ("Serves changed to another target", "Trip changed to another trip", "Next changed to another step"):
        assert f"{words}." in told
    assert told.count("Changed to another target.") == 1  # the list
    assert not re.search("panic|grief|pace|zoo|ring-", told)


def test_one_who_sees_less_of_what_is_linked_is_not_told_what_another_is(root: Path) -> None:
    """Two who are called alike and see the same visits: the words of one are not the other's."""
    grant(root, "principal", "visit", "open")
    grant(root, "principal", "plan", "targets")
    grant(root, "teacher", "visit", "open")
    change(root, "students/2TST/visits/two.yml", "after: one", "serves: pace")
    repo = Repo(root, root)
    repo.git("init", "--quiet", "--initial-branch=main")
    repo.commit("2026-10-01")
    change(root, "students/2TST/visits/two.yml", "serves: pace", "serves: talk")
    target = (root / "records/students/2TST/plan.yml").read_text(encoding="utf-8").partition("targets:\n")[2]
    target = target.partition("provision:")[0].replace("id: pace", "id: talk").replace("Reads a new page", "Talks")
    change(root, "students/2TST/plan.yml", "provision:\n", f"{target}provision:\n")
    repo.commit("2026-10-08")
    told = {who: text_of(sent(root, who)[1][f"/students/{STUDENT}/history/"]) for who in (PRINCIPAL, TEACHER)}
    assert "Serves changed from “Reads a new page aloud” to “Talks aloud”." in told[PRINCIPAL]
    assert "Serves changed to another target." in told[TEACHER]
    assert "aloud" not in told[TEACHER]
