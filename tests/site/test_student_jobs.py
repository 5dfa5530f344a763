"""A student's texts are looked through for others once the records are in shape, and not before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example
from sendbook.checks.finding import Severity
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
