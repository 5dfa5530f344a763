"""A student's texts are looked through for others once the records are in shape, and not before."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sendbook.access.permits import Permits
from sendbook.access.sight import Standing
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example
from sendbook.checks.finding import Severity
from sendbook.site.build.last_good import pack
from sendbook.site.build.records_in_use import RecordsInUse
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_jobs import StudentJob, StudentJobs, WorkerInputs
from tests.checks_kit import tiny_campus
from tests.conftest import ON

PLAN = "records/students/2TST/plan.yml"
PROFILE = "records/students/2TST/profile.yml"
SUMMARY = "summary: Eli reads slowly"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny campus, in which the family reads the plan, and the plan names another student."""
    made = tiny_campus(tmp_path_factory.mktemp("job"))
    (made / "records/access.yml").write_bytes((example() / "records/access.yml").read_bytes())
    header = (made / "records/students/2TST/student.yml").read_text(encoding="utf-8")
    header = header[: header.index("family:")] + header[header.index("rights:") :]
    other = made / "records/students/3SYN/student.yml"
    other.parent.mkdir()
    other.write_text(header.replace("2TST", "3SYN").replace("Eli Student", "Freya Lindholm-Shaw"), encoding="utf-8")
    plan = made / PLAN
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace(SUMMARY, "summary: Sits with Freya Lindholm-Shaw."), encoding="utf-8")
    return made


@pytest.mark.parametrize(
    ("more", "errors"),
    [
        ("", {("TXT-02", PLAN)}),
        ("colour: green\n", {("unknown-field", PROFILE)}),
        ("colour: 'green\n", {("syntax", PROFILE)}),
    ],
    ids=["in shape", "a field too many", "not to be read"],
)
def test_whom_a_text_names_is_asked_of_records_in_shape_alone(
    root: Path, registry: SchemaRegistry, tmp_path: Path, more: str, errors: set[tuple[str, str]]
) -> None:
    campus = tmp_path / "campus"
    shutil.copytree(root, campus)
    with (campus / PROFILE).open("a", encoding="utf-8") as record:
        record.write(more)
    assert errors_in(campus, registry, tmp_path) == errors


def errors_in(root: Path, registry: SchemaRegistry, state: Path) -> set[tuple[str, str]]:
    """The errors that the student's job finds, each with its file."""
    folder = CampusFolder(root, registry)
    scan = folder.scan()
    inputs = WorkerInputs(
        root=root,
        schema_folders=registry.folders,
        shared=scan.unit(SHARED),
        students=frozenset(scan.students),
        cache=state / "cache.db",
        on=ON,
        headers=tuple(entry for entry in scan.entries if entry.kind == "student"),
    )
    with ParseCache(inputs.cache) as cache:
        common = SharedCampus(folder.load(inputs.shared).campus, ON, root)
        jobs = StudentJobs(inputs, folder, common, cache, None)
        done = jobs.do(StudentJob(student="2TST", entries=scan.unit("2TST")))
    return {(one.code, one.path) for one in done.built.findings if one.severity is Severity.ERROR}


STANDS = Standing(
    manner="family",
    permits=Permits({("plan", "agreed"): frozenset({"targets"})}),
    owners=frozenset(),
    opened=frozenset(),
    apart=frozenset(),
    own=False,
    family=True,
)
MORE = replace(STANDS, opened=frozenset({"p-2bbb"}))


@pytest.mark.parametrize(
    ("capped", "now", "opened"),
    [
        (None, MORE, {"p-4ddd": set(), "p-5eee": {"p-2bbb"}, "p-new1": None}),
        (None, STANDS, {"p-4ddd": set(), "p-5eee": set(), "p-new1": None}),
        (frozenset({"p-4ddd", "p-new1"}), MORE, {"p-4ddd": set(), "p-5eee": {"p-2bbb"}, "p-new1": None}),
        (frozenset({"p-5eee"}), MORE, {"p-4ddd": {"p-2bbb"}, "p-5eee": {"p-2bbb"}, "p-new1": {"p-2bbb"}}),
    ],
    ids=["everybody", "who stands narrower now", "some of them", "another one"],
)
def test_who_may_gain_nothing_is_held_to_how_they_stood_when_the_last_pages_were_made(
    capped: frozenset[str] | None, now: Standing, opened: dict[str, set[str] | None]
) -> None:
    """By what they stood as then; nobody who had no pages gets any."""
    before = pack("", (), (), {"p-4ddd": (STANDS, "narrow"), "p-5eee": (MORE, "wide")})
    jobs: Any = SimpleNamespace(in_use=RecordsInUse(records=(), capped=capped))
    cap = StudentJobs._cap(jobs, StudentJob(student="2TST", entries=(), before=before))
    assert cap is not None
    found = {reader: cap(reader, now) for reader in opened}
    assert {reader: one.opened if one is not None else None for reader, one in found.items()} == opened


@pytest.mark.parametrize("in_use", [None, RecordsInUse(records=())], ids=["as they lie in the folder", "all sound"])
def test_where_all_that_decides_access_can_be_read_nobody_is_held_to_anything(in_use: RecordsInUse | None) -> None:
    jobs: Any = SimpleNamespace(in_use=in_use)
    assert StudentJobs._cap(jobs, StudentJob(student="2TST", entries=())) is None
