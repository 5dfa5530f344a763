"""The example's term of history: it ends in today's example, is the same everywhere, and each step is sound."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pygit2
import pytest

from sendbook.access.people import People
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example
from sendbook.campus.strict_yaml import parse
from sendbook.campus.terms import Terms
from sendbook.checks.finding import has_errors
from sendbook.errors import ExampleError
from sendbook.example.history.campus_files import CampusFiles
from sendbook.example.history.edits import edit_from
from sendbook.example.history.known import forget
from sendbook.example.history.repository import digest_of_inputs, is_untouched, make_repository
from sendbook.example.history.term import term
from sendbook.site.build.inspection import inspect
from tests.conftest import copy_example
from tests.example.reading import campus_of, findings

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def made(example_repository: Path, tmp_path_factory: pytest.TempPathFactory) -> pygit2.Repository:
    folder = tmp_path_factory.mktemp("history") / "campus"
    shutil.copytree(example_repository, folder)
    return pygit2.Repository(folder)


@pytest.fixture
def campus(registry: SchemaRegistry) -> CampusFiles:
    return CampusFiles.read(example(), registry)


def commits(repository: pygit2.Repository) -> list[pygit2.Commit]:
    """Oldest first."""
    return list(repository.walk(repository.head.target, pygit2.enums.SortMode.TOPOLOGICAL))[::-1]


def files(repository: pygit2.Repository, commit: pygit2.Commit) -> Files:
    def below(tree: pygit2.Tree, start: str) -> Iterator[tuple[str, bytes]]:
        for item in tree:
            if isinstance(item, pygit2.Tree):
                yield from below(item, f"{start}{item.name}/")
            elif isinstance(item, pygit2.Blob):
                yield f"{start}{item.name}", item.data

    return dict(below(commit.tree, ""))


def records(there: Files) -> Files:
    return {path: content for path, content in there.items() if path.startswith("records/")}


def day_of(commit: pygit2.Commit) -> date:
    return datetime.fromtimestamp(commit.author.time, timezone(timedelta(minutes=commit.author.offset))).date()


def field(repository: pygit2.Repository, commit: pygit2.Commit, record: str, *names: str) -> object:
    """A field of a record as it was committed; entries of lists by their id. None where there is none."""
    source = files(repository, commit).get(f"records/{record}.yml")
    here: object = parse(source, record).data if source is not None else None
    for name in names:
        if isinstance(here, list):
            here = next((item for item in here if item["id"] == name), None)
        elif isinstance(here, dict):
            here = here.get(name)
    return here


def on_the_day(repository: pygit2.Repository, day: str) -> pygit2.Commit:
    return [commit for commit in commits(repository) if str(day_of(commit)) <= day][-1]


def test_the_last_commit_is_the_example_byte_for_byte(made: pygit2.Repository) -> None:
    last = files(made, commits(made)[-1])
    root = example()
    there = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("records", "handbook")
        for path in (root / folder).rglob("*")
        if path.is_file()
    }
    assert {path: content for path, content in last.items() if path != "mkdocs.yml"} == there
    assert last["mkdocs.yml"] == (root / "mkdocs.yml").read_bytes()
    assert made.status() == {}
    assert {path: (Path(made.workdir) / path).read_bytes() for path in last} == last


@pytest.mark.slow
def test_another_machine_makes_the_same_commits(
    made: pygit2.Repository, tmp_path: Path, registry: SchemaRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody Else")
    monkeypatch.setenv("LANG", "pl_PL.UTF-8")
    time.tzset()
    try:
        head = make_repository(example(), tmp_path / "campus", registry)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert head == str(made.head.target)


def test_it_is_a_term_of_school_days_written_by_five_people_of_the_staff(
    made: pygit2.Repository, registry: SchemaRegistry
) -> None:
    told = commits(made)
    days = {day_of(commit) for commit in told}
    campus = campus_of(records(files(made, told[-1])), registry)
    place = campus.get("campus")
    assert place is not None
    terms = Terms.from_campus(place.data)
    assert len(told) >= 40
    assert len(days) >= 20
    assert all(terms.is_school_day(day) for day in days)
    assert min(days) >= date(2026, 9, 1)
    assert max(days) <= date(2026, 11, 23)
    writers = {commit.author.email for commit in told}
    assert len(writers) == 5
    assert writers <= {person.email for person in People.from_campus(campus) if person.is_staff}
    assert all((commit.author, commit.author.time) == (commit.committer, commit.committer.time) for commit in told)


def test_no_message_names_a_student_or_anyone_of_a_family(made: pygit2.Repository, registry: SchemaRegistry) -> None:
    told = commits(made)
    campus = campus_of(records(files(made, told[-1])), registry)
    names = {name for record in campus.of_kind("student") for name in record.data["name"]["full"].split()}
    names |= {record.data["name"]["known_as"] for record in campus.of_kind("student")}
    family = [record for record in campus.of_kind("person") if "family" in record.data]
    names |= {name for record in family for name in record.data["name"]["full"].split()}
    for commit in told:
        assert not names & set(re.findall(r"[\w'-]+", commit.message)), commit.message


@pytest.mark.slow
def test_nothing_dated_later_stands_in_an_earlier_commit(made: pygit2.Repository) -> None:
    dated = re.compile(rb"^ +(?:- )?(?:on|as_of|done_on|shared_with_family_on): (2026-\d\d-\d\d)$|^ +on: ()$", re.M)
    for commit in commits(made)[3:]:
        day = str(day_of(commit)).encode()
        for path, content in files(made, commit).items():
            if path.endswith("/plan.yml") or "/meetings/" in path:
                later = [found for found, _ in dated.findall(content) if found > day]
                assert not later, (commit.message, path, later)


@pytest.mark.slow
def test_a_few_commits_have_no_errors_on_their_day(made: pygit2.Repository, registry: SchemaRegistry) -> None:
    told = commits(made)
    for number in (0, 2, len(told) // 3, len(told) * 2 // 3, -2):
        there = records(files(made, told[number]))
        found = findings(campus_of(there, registry), there, day_of(told[number]))
        assert not has_errors(found), (told[number].message, found)


@pytest.mark.slow
def test_every_commit_has_no_errors_on_its_day(
    made: pygit2.Repository, registry: SchemaRegistry, tmp_path: Path
) -> None:
    copy = pygit2.clone_repository(made.path, str(tmp_path / "copy"))
    for commit in commits(copy):
        copy.reset(commit.id, pygit2.enums.ResetMode.HARD)
        found = inspect(CampusFolder(tmp_path / "copy", registry), day_of(commit))
        assert not has_errors(found), (commit.message, found)


def test_it_tells_the_stories_the_demonstration_shows(made: pygit2.Repository) -> None:
    """A child since the last meeting, provision up, provision down after a review, a note nobody else sees, access."""

    def at(day: str, record: str, *names: str) -> object:
        return field(made, on_the_day(made, day), record, *names)

    homework = ("students/7NVF/plan", "provision", "homework", "sessions_per_week")
    assert (at("2026-10-11", *homework), at("2026-10-12", *homework)) == (2, 3)
    reading = ("students/AT4M/plan", "provision", "paired", "sessions_per_week")
    assert (at("2026-10-13", *reading), at("2026-10-15", *reading)) == (4, 3)
    assert at("2026-10-13", "students/AT4M/meetings/2026-10-14") is None
    assert at("2026-10-15", "students/AT4M/meetings/2026-10-14", "type") == "annual_review"
    lessons = ("students/HK9B/plan", "provision", "in-lessons", "sessions_per_week")
    assert (at("2026-10-19", *lessons), at("2026-10-20", *lessons)) == (10, 8)
    assert at("2026-10-19", "students/HK9B/plan", "cycles", "settling", "review") is None
    assert at("2026-10-20", "students/HK9B/plan", "cycles", "settling", "review", "on") == "2026-10-20"
    assert at("2026-11-13", "students/7NVF/plan", "senco_notes") is None
    assert at("2026-11-16", "students/7NVF/plan", "senco_notes")
    assert at("2026-09-18", "access", "shares", "psychologist-plan-amelie") is None
    assert at("2026-09-21", "access", "shares", "psychologist-plan-amelie", "person") == "p-1n9b"
    assert at("2026-09-18", "students/7NVF/drafts/plan", "state") == "draft"
    assert at("2026-09-24", "students/7NVF/plan", "state") == "agreed"


def test_the_note_that_only_the_sendco_sees_is_all_its_commit_changed(made: pygit2.Repository) -> None:
    told = commits(made)
    number = next(number for number, one in enumerate(told) if one.message.startswith("7NVF: note to myself"))
    before, after = files(made, told[number - 1]), files(made, told[number])
    changed = [path for path in after if after[path] != before.get(path)]
    assert changed == ["records/students/7NVF/plan.yml"]
    added = set(after[changed[0]].splitlines()) - set(before[changed[0]].splitlines())
    assert added
    assert before[changed[0]] in after[changed[0]]


def undo_all(campus: CampusFiles) -> None:
    for commit in reversed(term()[1:]):
        commit.undo(campus)


@pytest.mark.sample(1)
@pytest.mark.parametrize(
    ("take_out", "named"),
    [
        (
            (b"    sessions_per_week: 3\n    minutes: 45\n", b"    minutes: 45\n"),
            "provision/homework/sessions_per_week",
        ),
        (
            (b"    sessions_per_week: 3\n    minutes: 45\n", b"    sessions_per_week: 2\n    minutes: 45\n"),
            "before and after",
        ),
        ((b"  - id: homework\n    intervention", b"  - id: club\n    intervention"), "provision/homework"),
    ],
)
def test_an_edit_that_no_longer_fits_the_records_is_named(
    take_out: tuple[bytes, bytes], named: str, campus: CampusFiles, registry: SchemaRegistry
) -> None:
    path = "records/students/7NVF/plan.yml"
    assert take_out[0] in campus.files[path]
    changed = CampusFiles({**campus.files, path: campus.files[path].replace(*take_out)}, registry)
    with pytest.raises(
        ExampleError, match=r"2026-10-12 09:15 “7NVF: homework club.*”, edit \d: students/7NVF/plan"
    ) as told:
        undo_all(changed)
    assert named in str(told.value)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ({"changed": "students/7NVF/plan", "at": "targets/none/why", "from": "x"}, "has no targets/none"),
        ({"added": "students/7NVF/none"}, "no record students/7NVF/none"),
        ({"added": "students/7NVF/plan", "at": "strategies/none"}, "has no strategies/none"),
        ({"removed": "students/7NVF/plan", "at": "strategies/strip", "was": {"id": "strip"}}, "still has"),
        ({"removed": "students/7NVF/plan", "at": "strategies/x", "was": {"id": "x"}, "after": "y"}, "stood after y"),
        ({"reworded": "handbook/index.md", "now": "no such words", "from": "x"}, "does not hold"),
        ({"reworded": "handbook/none.md", "now": "x", "from": "y"}, "no page"),
        ({"recorded": [3, 13], "since": "2027-01-01"}, "nothing in Years 3 to 13"),
        ({"drafted": [3, 3]}, "no plan was a draft"),
    ],
)
def test_an_edit_with_nothing_to_take_back_says_so(edit: dict[str, object], said: str, campus: CampusFiles) -> None:
    with pytest.raises(ExampleError, match=said):
        edit_from(edit).undo(campus)


def test_an_edit_of_no_known_form_is_refused() -> None:
    with pytest.raises(ExampleError, match="no edit has the fields changed, at"):
        edit_from({"changed": "students/7NVF/plan", "at": "summary"})


def test_what_is_known_on_a_day_holds_nothing_later(campus: CampusFiles) -> None:
    assert forget(campus, "7NVF", "2026-09-30")
    plan = campus.data("students/7NVF/plan")
    progress = {entry["on"] for target in plan["targets"] for entry in target.get("progress", ())}
    assert max(progress) == "2026-09-25"
    assert plan["provision"][0]["delivery"]["as_of"] == "2026-09-30"
    assert plan["provision"][0]["delivery"]["planned"] < 49
    assert not forget(campus, "7NVF", "2026-09-30")
    assert forget(campus, "7NVF", "2026-09-10")
    assert not campus.has("students/7NVF/plan")
    draft = campus.data("students/7NVF/drafts/plan")
    assert (draft["state"], "agreed_on" in draft) == ("draft", False)
    assert [target["id"] for target in draft["targets"]] == ["fewer-exits", "working-minutes"]
    assert "targets" not in draft["provision"][0]


def test_the_digest_moves_with_any_file_and_stays_otherwise(tmp_path: Path, registry: SchemaRegistry) -> None:
    root = copy_example(tmp_path / "campus")
    before = digest_of_inputs(root, registry)
    assert digest_of_inputs(root, registry) == before == digest_of_inputs(example(), registry)
    page = root / "handbook" / "index.md"
    page.write_bytes(page.read_bytes() + b"\n")
    assert digest_of_inputs(root, registry) != before


def test_a_repository_somebody_worked_in_is_told_from_one_left_alone(made: pygit2.Repository, tmp_path: Path) -> None:
    copy = pygit2.clone_repository(made.path, str(tmp_path / "copy"))
    last = str(copy.head.target)
    assert is_untouched(tmp_path / "copy", last)
    assert not is_untouched(tmp_path / "copy", "0" * 40)
    assert not is_untouched(tmp_path, last)
    (tmp_path / "copy" / "records" / "campus.yml").write_text("id: x\n")
    assert not is_untouched(tmp_path / "copy", last)
