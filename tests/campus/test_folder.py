"""The folder on disk: what is read, what is refused, and what a second load does not read again."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sendbook.campus import folder as folder_module
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Record
from sendbook.errors import CampusNotFound

Put = Callable[..., Path]
LONG_AGO = 1_700_000_000


def problems(folder: CampusFolder) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in folder.scan().problems]


def test_records_are_loaded_with_id_kind_student_path_and_digest(folder: CampusFolder, put: Put) -> None:
    source = b"state: agreed\nsummary: Ready\n"
    put("students/7Q4K/plan.yml", source)
    loaded = folder.load()
    digest = hashlib.sha256(source).hexdigest()
    path = "records/students/7Q4K/plan.yml"
    assert loaded.problems == ()
    assert loaded.sources[path] == digest
    assert list(loaded.campus.records) == ["campus", "students/7Q4K/plan"]
    assert loaded.campus.get("students/7Q4K/plan") == Record(
        id="students/7Q4K/plan",
        kind="plan",
        student="7Q4K",
        path=path,
        digest=digest,
        data={"state": "agreed", "summary": "Ready"},
    )
    assert (folder.root / path).read_bytes() == source


def test_one_unit_is_loaded_without_reading_the_others(folder: CampusFolder, put: Put) -> None:
    put("students/7Q4K/plan.yml")
    put("students/7Q4K/drafts/plan.yml")
    put("students/8B2M/plan.yml", b"\xff broken")
    put("interventions/talk.yml", "name: Talk\n")
    scan = folder.scan()
    assert list(scan.units) == ["shared", "7Q4K", "8B2M"]
    assert scan.students == ("7Q4K", "8B2M")
    loaded = folder.load(scan.unit("7Q4K"))
    assert list(loaded.campus.records) == ["students/7Q4K/drafts/plan", "students/7Q4K/plan"]
    assert loaded.problems == ()
    shared = folder.load(scan.unit("shared")).campus
    assert list(shared.records) == ["campus", "interventions/talk"]
    assert shared.with_records(loaded.campus.records.values()).students == ("7Q4K",)
    assert scan.unit("9X9X") == ()


def test_problems_of_files_are_collected_and_the_rest_is_loaded(folder: CampusFolder, put: Put) -> None:
    put("students/7Q4K/plan.yml", "state: draft\nstate: draft\n")
    put("students/8B2M/plan.yml", "state: 'x\n")
    put("students/9X9X/plan.yml")
    put("notes.txt", "x")
    loaded = folder.load()
    assert [(problem.code, problem.path) for problem in loaded.problems] == [
        ("stray", "records/notes.txt"),
        ("duplicate-key", "records/students/7Q4K/plan.yml"),
        ("syntax", "records/students/8B2M/plan.yml"),
    ]
    assert loaded.campus.students == ("9X9X",)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("plan.yml", "unknown-place"),
        ("students/7Q4K/other.yml", "unknown-place"),
        ("students/7Q4K/plan.yaml", "unknown-place"),
        ("students/7Q4K/drafts/deep/er/plan.yml", "unknown-place"),
        ("students/1234/plan.yml", "unknown-place"),
        ("interventions/talk.md", "stray"),
        ("students/Amira Khan/plan.yml", "name-in-path"),
        ("students/AMIR/plan.yml", "name-in-path"),
        ("students/7Q4K/Amira.yml", "name-in-path"),
        ("interventions/Talk.yml", "name-in-path"),
        ("interventions/łukasz.yml", "name-in-path"),
        ("interventions/o'brien.yml", "name-in-path"),
    ],
)
def test_a_file_in_no_known_place_is_a_problem(folder: CampusFolder, put: Put, path: str, code: str) -> None:
    put(path)
    ((found, where),) = problems(folder)
    assert found == code
    assert f"records/{path}".startswith(where)


LITTER = (
    "students/.DS_Store",
    "students/7Q4K/.plan.yml.swp",
    "students/7Q4K/Thumbs.db",
    "students/7Q4K/desktop.ini",
    "students/7Q4K/plan.yml.bak",
    "students/7Q4K/plan.yml~",
    "students/7Q4K/#plan.yml#",
    "students/7Q4K/~$plan.docx",
    "students/7Q4K/plan.yml.orig",
    ".hidden/plan.yml",
)


@pytest.mark.parametrize("path", LITTER)
def test_what_systems_and_editors_leave_behind_is_passed_over(folder: CampusFolder, put: Put, path: str) -> None:
    put(path, b"\x00")
    told = problems(folder)
    assert [code for code, _ in told] == ["litter"] * len(told)
    assert f"records/{path}".startswith(told[0][1]) or told[0][1] == "records/students"
    assert [entry.path for entry in folder.scan().entries] == ["records/campus.yml"]


def test_git_s_own_files_are_not_spoken_of(folder: CampusFolder, put: Put) -> None:
    put("students/7Q4K/plan.yml")
    put(".gitkeep", "")
    put(".gitignore", "x")
    assert problems(folder) == []


@pytest.mark.parametrize(
    "name",
    [
        "plan (1).yml",
        "plan - Copy.yml",
        "plan - Copy (2).yml",
        "plan copy.yml",
        "plan v2.yml",
        "plan-2.yml",
        "plan final.yml",
        "plan_BACKUP_123.yml",
        "plan-MARYS-PC.yml",
        "Copy of plan.yml",
        "plan.sync-conflict-20261123-101500-ABCDEFG.yml",
        "plan (SENDCo's conflicted copy 2026-11-23).yml",
        "plan_conflict-20261123.yml",
        "plan-DESKTOP-7Q4K.yml",
        "plan-backup.yml",
    ],
)
def test_a_copy_of_a_record_is_named_and_not_read(folder: CampusFolder, put: Put, name: str) -> None:
    put("students/7Q4K/plan.yml")
    put(f"students/7Q4K/{name}")
    assert problems(folder) == [("copy", f"records/students/7Q4K/{name}")]
    assert folder.scan().unit("7Q4K")[0].path == "records/students/7Q4K/plan.yml"


def test_a_copy_in_a_folder_of_ids_is_no_record_of_its_own(folder: CampusFolder, put: Put) -> None:
    """Its name would do for one; a record that is called so with no other beside it is one."""
    put("interventions/talk.yml", "id: talk\n")
    put("interventions/talk-copy.yml", "id: talk\n")
    put("interventions/hard-copy.yml", "id: hard-copy\n")
    assert problems(folder) == [("copy", "records/interventions/talk-copy.yml")]


def test_a_copy_without_its_original_may_be_the_record(folder: CampusFolder, put: Put) -> None:
    """Then somebody renamed it, and it is not passed over."""
    put("students/7Q4K/plan (1).yml")
    assert problems(folder)[0][0] in ("unknown-place", "name-in-path")


@pytest.mark.parametrize("path", ["students/7Q4K/scan.pdf", "students/7Q4K/Report.docx", "notes.txt"])
def test_a_file_that_can_be_no_record_is_named(folder: CampusFolder, put: Put, path: str) -> None:
    put(path, b"\x00")
    assert ("stray", f"records/{path}") in problems(folder)


def test_an_empty_folder_is_passed_over(folder: CampusFolder, put: Put) -> None:
    put("students/7Q4K/plan.yml")
    (folder.root / "records/students/8B2M/meetings").mkdir(parents=True)
    assert problems(folder) == [("litter", "records/students/8B2M")]


def test_links_are_refused_wherever_they_lead(folder: CampusFolder, put: Put, tmp_path: Path) -> None:
    inside = put("students/7Q4K/plan.yml")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "plan.yml").write_text("state: agreed\n")
    students = inside.parent.parent
    (students / "8B2M").symlink_to(tmp_path / "outside", target_is_directory=True)
    (students / "9X9X").mkdir()
    (students / "9X9X" / "plan.yml").symlink_to(inside)
    (students / "7Q4K" / "drafts").symlink_to(tmp_path / "nowhere")
    paths = ("7Q4K/drafts", "8B2M", "9X9X/plan.yml")
    assert problems(folder) == [("link", f"records/students/{path}") for path in paths]
    assert folder.load().campus.students == ("7Q4K",)


def test_a_records_folder_that_is_a_link_is_refused(folder: CampusFolder, put: Put, tmp_path: Path) -> None:
    records = folder.root / "records"
    records.rename(tmp_path / "elsewhere")
    records.symlink_to(tmp_path / "elsewhere")
    assert problems(folder) == [("link", "records")]
    assert len(folder.load().campus) == 0


def test_what_is_no_plain_file_is_refused_and_never_opened(folder: CampusFolder, put: Put) -> None:
    plan = put("students/7Q4K/plan.yml")
    plan.unlink()
    os.mkfifo(plan)
    assert problems(folder) == [("not-a-file", "records/students/7Q4K/plan.yml")]


@pytest.mark.parametrize("name", [b"p-\xff\xfe.yml", b"p-a\nb.yml", b"p-\x1b[31m.yml"])
def test_a_name_that_can_not_be_printed_is_a_problem_that_can(folder: CampusFolder, put: Put, name: bytes) -> None:
    put("interventions/talk.yml", "name: Talk\n")
    Path(os.fsdecode(os.fsencode(folder.root / "records" / "interventions") + b"/" + name)).touch()
    [(_, path)] = problems(folder)
    assert path.isprintable()
    assert path.encode().startswith(b"records/interventions/p-")


def test_a_file_of_fifty_megabytes_is_refused_by_its_size(
    folder: CampusFolder, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.truncate(put("students/7Q4K/plan.yml"), 50_000_000)
    opened: list[str] = []
    read = CampusFolder.read
    monkeypatch.setattr(CampusFolder, "read", lambda self, entry: (opened.append(entry.path), read(self, entry))[1])
    (problem,) = folder.load().problems
    assert problem.code == "too-large"
    assert opened == ["records/campus.yml"]


def test_a_file_swapped_for_a_link_or_pipe_after_the_scan_is_not_followed(folder: CampusFolder, put: Put) -> None:
    plan = put("students/7Q4K/plan.yml")
    other = put("students/8B2M/plan.yml")
    large = put("students/9X9X/plan.yml")
    scan = folder.scan()
    plan.unlink()
    plan.symlink_to(folder.root / "records" / "campus.yml")
    other.unlink()
    os.mkfifo(other)
    os.truncate(large, 2_000_000)
    loaded = folder.load(scan.entries)
    assert [problem.code for problem in loaded.problems] == ["unreadable"] * 3
    assert loaded.campus.students == ()


def test_a_folder_without_a_campus_is_an_error(folder: CampusFolder) -> None:
    (folder.root / "records" / "campus.yml").unlink()
    with pytest.raises(CampusNotFound, match=r"campus\.yml is missing"):
        folder.scan()


def test_garbage_collection_rests_while_loading_and_goes_on_after(
    folder: CampusFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    parse = folder_module.parse
    monkeypatch.setattr(folder_module, "parse", lambda *given: (seen.append(gc.isenabled()), parse(*given))[1])
    folder.load()
    assert seen == [False]
    assert gc.isenabled()


class Reads:
    """Counts the files that are opened and those that are parsed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened: list[str] = []
        self.parsed: list[str] = []
        read, parse = CampusFolder.read, folder_module.parse
        monkeypatch.setattr(CampusFolder, "read", lambda s, entry: (self.opened.append(entry.path), read(s, entry))[1])
        monkeypatch.setattr(
            folder_module, "parse", lambda source, path: (self.parsed.append(path), parse(source, path))[1]
        )


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    return Reads(monkeypatch)


def _long_ago(folder: CampusFolder) -> None:
    for file in folder.root.rglob("*.yml"):
        os.utime(file, (LONG_AGO, LONG_AGO))


def test_a_second_load_reads_nothing(folder: CampusFolder, put: Put, tmp_path: Path, reads: Reads) -> None:
    put("students/7Q4K/plan.yml")
    _long_ago(folder)
    with ParseCache(tmp_path / "parsed.db") as cache:
        first = folder.load(cache=cache)
        reads.opened.clear()
        reads.parsed.clear()
        second = folder.load(cache=cache)
    assert (second.campus, second.sources, second.problems) == (first.campus, first.sources, first.problems)
    assert (reads.opened, reads.parsed) == ([], [])


def test_only_a_changed_file_is_read_again(folder: CampusFolder, put: Put, tmp_path: Path, reads: Reads) -> None:
    put("students/7Q4K/plan.yml", "state: draft\n")
    put("students/8B2M/plan.yml")
    _long_ago(folder)
    with ParseCache(tmp_path / "parsed.db") as cache:
        folder.load(cache=cache)
        reads.opened.clear()
        put("students/7Q4K/plan.yml", "state: agree\n")  # of the same length
        changed = folder.load(cache=cache).campus
    assert changed.records["students/7Q4K/plan"].data == {"state": "agree"}
    assert reads.opened == ["records/students/7Q4K/plan.yml"]


def test_a_file_touched_but_not_changed_is_not_parsed_again(
    folder: CampusFolder, put: Put, tmp_path: Path, reads: Reads
) -> None:
    with ParseCache(tmp_path / "parsed.db") as cache:
        folder.load(cache=cache)
        reads.parsed.clear()
        _long_ago(folder)
        assert folder.load(cache=cache).campus.records["campus"].data == {"name": "Larkfield"}
    assert reads.parsed == []


def test_a_file_written_just_now_is_not_trusted_by_its_time(
    folder: CampusFolder, put: Put, tmp_path: Path, reads: Reads
) -> None:
    with ParseCache(tmp_path / "parsed.db") as cache:
        folder.load(cache=cache)
        reads.opened.clear()
        folder.load(cache=cache)
    assert reads.opened == ["records/campus.yml"]


def test_a_file_with_problems_is_told_again_each_time(folder: CampusFolder, put: Put, tmp_path: Path) -> None:
    put("students/7Q4K/plan.yml", "a: 1\na: 2\n")
    _long_ago(folder)
    with ParseCache(tmp_path / "parsed.db") as cache:
        first, second = folder.load(cache=cache), folder.load(cache=cache)
    assert [problem.code for problem in first.problems] == ["duplicate-key"]
    assert second.problems == first.problems


def test_two_files_with_the_same_bytes_are_two_records(folder: CampusFolder, put: Put, tmp_path: Path) -> None:
    put("students/7Q4K/plan.yml")
    put("students/8B2M/plan.yml")
    with ParseCache(tmp_path / "parsed.db") as cache:
        for _ in range(2):
            assert folder.load(cache=cache).campus.students == ("7Q4K", "8B2M")
