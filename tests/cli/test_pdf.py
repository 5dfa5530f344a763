"""``sendbook pdf``: one reader's document as a file, or one sentence why there is none."""

from __future__ import annotations

import os
import pty
import re
import stat
import subprocess
from pathlib import Path

import pytest

from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.depends_on import ids_under
from tests.checks_kit import spoil
from tests.cli.kit import DAY, Told, program, run, small_campus
from tests.conftest import copy_example
from tests.documents.samples import text_of
from tests.site.handbooks import write as write_page


@pytest.fixture
def campus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small campus; whatever is written without a name lands beside it."""
    monkeypatch.chdir(tmp_path)
    return small_campus(tmp_path / "campus")


def pdf(campus: Path, *arguments: str | Path) -> Told:
    return run("pdf", *arguments, "--campus", campus, *DAY)


def test_a_plan_is_written_under_a_name_that_tells_no_name(campus: Path, tmp_path: Path) -> None:
    told = pdf(campus, "plan", "2TST")
    assert told.code == 0, told
    assert (tmp_path / "plan-2TST.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert told.out == "Provision plan 2TST is in plan-2TST.pdf.\n"


def test_what_is_about_a_child_can_be_read_by_nobody_else_on_the_machine(campus: Path, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        assert pdf(campus, "plan", "2TST").code == 0
        (tmp_path / "there.pdf").write_bytes(b"From before, for all to read.")
        assert pdf(campus, "plan", "2TST", "-o", tmp_path / "there.pdf").code == 0
    finally:
        os.umask(before)
    for name in ("plan-2TST.pdf", "there.pdf"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_the_same_plan_is_the_same_bytes(campus: Path, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        assert pdf(campus, "plan", "2TST", "-o", tmp_path / name).code == 0
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_reader_who_may_not_see_it_is_refused_in_one_sentence(campus: Path, tmp_path: Path) -> None:
    sentence = pdf(campus, "plan", "2TST", "--for", "p-2bbb", "-o", tmp_path / "a.pdf").sentence
    assert "p-2bbb has no provision plan of 2TST: there is none that they may see." in sentence
    assert "To see why: sendbook why p-2bbb students/2TST/plan" in sentence
    assert not (tmp_path / "a.pdf").exists()


def test_a_draft_is_printed_for_the_senco_alone(campus: Path, tmp_path: Path) -> None:
    plan = (campus / "records/students/2TST/plan.yml").read_text(encoding="utf-8")
    (campus / "records/students/2TST/drafts").mkdir()
    draft = campus / "records/students/2TST/drafts/plan.yml"
    draft.write_text(plan.replace("state: agreed", "state: draft", 1), encoding="utf-8")
    told = pdf(campus, "draft-plan", "2TST")
    assert told.code == 0, told
    assert "Draft: not agreed" in text_of((tmp_path / "draft-plan-2TST.pdf").read_bytes())
    assert "Copy for staff" in text_of((tmp_path / "draft-plan-2TST.pdf").read_bytes())
    refused = pdf(campus, "draft-plan", "2TST", "--for", "p-2bbb").sentence
    assert "has no draft provision plan of 2TST: there is none that they may see." in refused
    assert "sendbook why p-2bbb students/2TST/drafts/plan" in refused


def test_those_a_draft_is_to_be_agreed_with_are_given_a_copy_of_their_own(tmp_path: Path) -> None:
    """It holds what they would read of it once it is agreed: no word for staff alone. A teacher is given none."""
    campus, target = copy_example(tmp_path / "campus"), tmp_path / "copy.pdf"
    draft = campus / "records/students/HK9B/drafts/plan.yml"
    text = draft.read_text(encoding="utf-8")
    begun = re.sub(r"^summary: (?:>-?\n  |\|-?\n  )?", r"\g<0>Only in the draft. ", text, count=1, flags=re.MULTILINE)
    assert begun != text
    draft.write_text(f"{begun}senco_notes: A word for nobody else.\n", encoding="utf-8")
    for somebody, heading in (("p-1db7", "Isla's next plan (draft)"), ("HK9B", "My next plan (draft)")):
        assert pdf(campus, "draft-plan", "HK9B", "--for", somebody, "-o", target).code == 0
        copy = text_of(target.read_bytes())
        assert heading in copy
        assert "Only in the draft." in copy
        assert "Draft: not agreed" in copy
        assert "Copy for staff" not in copy
        assert "A word for nobody else" not in copy
    assert "has no draft provision plan of HK9B" in pdf(campus, "draft-plan", "HK9B", "--for", "p-0ncm").sentence


def test_another_student_is_known_and_has_the_familys_pages_alone(campus: Path, tmp_path: Path) -> None:
    other = campus / "records/students/7Q4K"
    other.mkdir()
    header = (campus / "records/students/2TST/student.yml").read_text(encoding="utf-8")
    (other / "student.yml").write_text(header.replace("id: 2TST", "id: 7Q4K", 1), encoding="utf-8")
    there = tmp_path / "a.pdf"
    assert "7Q4K has no provision plan of 2TST" in pdf(campus, "plan", "2tst", "--for", "7Q4K", "-o", there).sentence
    assert not there.exists()
    text = "# Plan\n\n<!-- edition: family -->\nFor families.\n<!-- end edition -->\n"
    write_page(campus, "accessibility-plan.md", text, title="Plan", section=2, editions=["public", "family", "staff"])
    assert pdf(campus, "accessibility-plan", "--for", "7Q4K", "-o", there).code == 0
    assert "For families." in text_of(there.read_bytes())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("diary", "2TST"), "no document called “diary”. There are:"),
        (("paln", "2TST"), "no document called “paln”. Did you mean “plan”?"),
        (("plan",), "Name the student's id"),
        (("plan", "9ZZZ"), "no student “9ZZZ”"),
        (("plan", "2TST", "--for", "p-0000"), "nobody with the id “p-0000”"),
        (("profile", "2TST"), "no one-page profile of 2TST: there is none that they may see."),
        (("draft-plan", "2TST"), "no draft provision plan of 2TST: there is none."),
    ],
)
def test_what_there_is_not_is_told_in_one_sentence(campus: Path, asked: tuple[str, ...], said: str) -> None:
    assert said in pdf(campus, *asked).sentence


def test_a_record_that_is_wrong_is_told_and_nothing_is_printed(campus: Path, tmp_path: Path) -> None:
    change = {"file": "records/students/2TST/plan.yml", "replace": "state: agreed", "with": "state: maybe"}
    spoil(campus, change)
    told = pdf(campus, "plan", "2TST", "-o", tmp_path / "a.pdf")
    assert told.code == 1
    assert "records/students/2TST/plan.yml" in told.out
    assert not (tmp_path / "a.pdf").exists()


FIGURES = """id: 2026-autumn
state: computed
"""


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    "change",
    [
        {"file": "records/figures/2026-autumn.yml", "content": FIGURES},
        {"file": "records/figures/2026-autumn.yml", "content": "id: ["},
        {"file": "records/accessibility-plan.yml", "content": "actions: 3\n"},
        {"file": "records/people/p-2bbb.yml", "content": "id: p-2bbb\nname: 3\n"},
        {"file": "records/people/p-2bbb.yml", "content": "id: p-1aaa\nname: {full: Dr Who, known_as: Who}\n"},
        {"file": "records/withdrawn.yml", "content": "withdrawn: nothing\n"},
        {"file": "records/interventions/other.yml", "content": "id: not-other\nname: Other\n"},
    ],
    ids=lambda change: change["file"],
)
def test_a_mistake_in_what_a_plan_does_not_rest_on_stops_no_print(campus: Path, tmp_path: Path, change) -> None:
    assert pdf(campus, "plan", "2TST", "-o", tmp_path / "before.pdf").code == 0
    spoil(campus, change)
    assert change["file"] in run("check", "--campus", campus, *DAY).out
    told = pdf(campus, "plan", "2TST", "-o", tmp_path / "after.pdf")
    assert told.code == 0, told
    assert (tmp_path / "after.pdf").read_bytes() == (tmp_path / "before.pdf").read_bytes()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("campus.yml", "name: ", "name: 3 #"),
        ("access.yml", "grants:", "grant:"),
        ("interventions/paired-reading.yml", "id: paired-reading", "id: pared-reading"),
        ("people/p-1aaa.yml", "id: p-1aaa", "id: [p-1aaa"),
        ("people/p-2bbb.yml", "id: p-2bbb", "id: 2bbb"),
    ],
)
def test_a_mistake_in_what_a_plan_rests_on_stops_it(
    campus: Path, tmp_path: Path, file: str, old: str, new: str
) -> None:
    path = campus / "records" / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    told = pdf(campus, "plan", "2TST", *(("--for", "p-2bbb") if "2bbb" in file else ()), "-o", tmp_path / "a.pdf")
    assert told.code == 1
    assert f"records/{file}" in told.out
    assert not (tmp_path / "a.pdf").exists()


def test_a_teacher_is_known_by_way_of_the_group_they_teach(campus: Path, registry: SchemaRegistry) -> None:
    folder = CampusFolder(campus, registry)
    scan = folder.scan()
    under = ids_under(folder.load(scan.unit(SHARED)).campus, folder.load(scan.unit("2TST")).campus)
    text = (campus / "records/campus.yml").read_text(encoding="utf-8")
    teachers = re.findall(r"p-\w{4}", text.partition("teaching_groups:")[2])
    assert teachers
    assert {f"people/{teacher}" for teacher in teachers} <= under
    assert {"campus", "access", "interventions/paired-reading"} <= under


def test_a_dash_sends_the_pdf_on_and_nothing_else(campus: Path, tmp_path: Path) -> None:
    assert pdf(campus, "plan", "2TST", "-o", tmp_path / "a.pdf").code == 0
    asked = program("pdf", "plan", "2TST", "-o", "-", "--campus", campus, *DAY)
    done = subprocess.run(asked, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (tmp_path / "a.pdf").read_bytes()
    assert not (tmp_path / "-").exists()


def test_what_is_wrong_is_no_part_of_a_pdf_that_is_sent_on(campus: Path) -> None:
    (campus / "records/students/2TST/plan.yml").write_text("state: [", encoding="utf-8")
    told = pdf(campus, "plan", "2TST", "-o", "-")
    assert (told.code, told.out) == (1, "")
    assert "records/students/2TST/plan.yml" in told.err


def test_no_terminal_is_sent_a_pdf(campus: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(ours), os.fdopen(theirs, "w") as screen:
        asked = program("pdf", "plan", "2TST", "-o", "-", "--campus", campus, *DAY)
        done = subprocess.run(asked, stdout=screen, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(
        "sendbook: A PDF is not text for a screen: send it on, as in -o - | lp, or name a file"
    )
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "-").exists()


def test_a_page_of_the_handbook_is_the_publics_copy_unless_somebody_is_named(campus: Path, tmp_path: Path) -> None:
    text = "# SEN information report\n\nFor all.\n\n<!-- edition: staff -->\nFor staff.\n<!-- end edition -->\n"
    write_page(
        campus,
        "send-information-report.md",
        text,
        title="SEN information report",
        section=2,
        editions=["public", "staff"],
    )
    for name, more in (("all.pdf", ()), ("staff.pdf", ("--for", "p-1aaa"))):
        assert pdf(campus, "send-information-report", *more, "-o", tmp_path / name).code == 0
    assert "For staff." not in text_of((tmp_path / "all.pdf").read_bytes())
    assert "For staff." in text_of((tmp_path / "staff.pdf").read_bytes())


def test_a_handbook_without_the_page_is_told(campus: Path) -> None:
    (campus / "handbook" / "accessibility-plan.md").unlink()
    assert "no page with the id accessibility-plan" in pdf(campus, "accessibility-plan").sentence


def test_a_page_is_about_no_one_student(campus: Path) -> None:
    told = pdf(campus, "accessibility-plan", "2TST").sentence
    assert "not about one student. Leave the id out: sendbook pdf accessibility-plan" in told
