"""``sendbook new DIR``: a campus of one's own that is sound from the first minute."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.campus.strict_yaml import parse
from sendbook.documents.kinds import DocumentKind
from sendbook.handbook.print_pages import PAGE_DOCUMENTS
from sendbook.kinds.printed import DOCUMENTS
from tests.cli.kit import DAY, git, run, small_campus

NAME = 'St [b]Mary\'s: "Upper" School'


@pytest.fixture(scope="module")
def campus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "Our School"
    told = run("new", folder, "--name", NAME, *DAY)
    assert told.code == 0, told
    assert NAME in told.out
    assert f"cd '{folder}'" in told.out
    return folder


@pytest.mark.slow
def test_it_checks_clean_but_for_what_nobody_here_has_written_or_approved_yet(campus: Path) -> None:
    """The report and the plan are drafts, and names and addresses are to be written: a check says no more."""
    told = run("check", "--campus", campus, *DAY, "--format", "json")
    assert told.code == 0, told.out
    found = json.loads(told.out)
    assert {one["severity"] for one in found} == {"warning"}
    unapproved = {one["path"] for one in found if one["code"] == "approval-missing"}
    others = [one["path"] for one in found if one["code"] != "approval-missing"]
    assert unapproved | {"handbook/accessibility-plan.md", "handbook/send-information-report.md"} == {
        f"handbook/{page.name}" for page in (campus / "handbook").glob("*.md")
    }
    assert {path for path in others if not path.startswith("records/people/")} == {
        "handbook/accessibility-plan.md",
        "handbook/send-information-report.md",
        "records/accessibility-plan.yml",
        "records/campus.yml",
    }
    assert sum(one["code"] == "CAM-01" for one in found) == 27  # names, numbers and addresses, each in its place
    assert sum(one["code"] == "CAM-02" for one in found) == 1
    assert {one["code"] for one in found} - {"approval-missing"} == {
        "CAM-01",
        "CAM-02",
        "DOC-10",
        "DOC-13",
        "AP-9",
        "AP-15",
        "AP-16",
        "AP-17",
        "AP-19",
    }


def test_git_takes_up_no_print_under_any_name_it_is_saved_by(campus: Path) -> None:
    """Whatever kind it is of: one of today's, a draft, or a kind that this campus brings."""
    kinds = [
        *DOCUMENTS.values(),
        *PAGE_DOCUMENTS.values(),
        DocumentKind(name="swimming-log", title="Swimming log", private=True),
    ]
    names = {kind.file_name("7Q4K" if kind.private else "").removesuffix(".pdf") for kind in kinds}
    assert {"plan-7Q4K", "draft-plan-7Q4K", "swimming-log-7Q4K"} <= names
    saved_as = ("{}.pdf", "{} (1).pdf", "Copy of {}.pdf", "{} - Copy.pdf", "{}.PDF")
    places = ("", "Prints for Monday/", "records/students/7Q4K/")
    prints = sorted(place + name.format(one) for place in places for name in saved_as for one in names)
    assert git(campus, "check-ignore", *prints).stdout.splitlines() == prints


def test_git_takes_up_the_papers_of_the_handbook(campus: Path) -> None:
    papers = ["handbook/accessibility-plan.pdf", "handbook/papers/plan-2026.PDF", "records/students/7Q4K/plan.yml"]
    assert git(campus, "check-ignore", *papers).stdout == ""


def test_no_page_of_its_handbook_says_that_somebody_approved_it(campus: Path) -> None:
    fronts = [page.read_text(encoding="utf-8").split("\n---\n")[0] for page in (campus / "handbook").glob("*.md")]
    assert fronts
    assert all("approved_" not in front and "minute_ref" not in front for front in fronts)


@pytest.mark.slow
def test_its_site_builds_and_every_contact_can_have_theirs_exported(campus: Path, tmp_path: Path) -> None:
    there = ("--campus", campus, "--state", tmp_path / "state", *DAY)
    assert run("build", *there).code == 0
    for person in sorted((campus / "records" / "people").glob("*.yml")):
        assert run("export", person.stem, tmp_path / person.stem, *there).code == 0
        assert (tmp_path / person.stem / "index.html").is_file()
        assert (tmp_path / person.stem / "handbook" / "index.html").is_file()


FAR_DAYS = ("2027-04-01", "2028-09-01", "2030-01-01")


@pytest.mark.sample(1)
@pytest.mark.parametrize("day", FAR_DAYS)
def test_time_that_passes_makes_no_error_of_it(campus: Path, day: str) -> None:
    """Nobody has touched it since: terms, reviews and plans are long over, and that asks for attention only."""
    told = run("check", "--campus", campus, "--as-of", day, "--format", "json")
    found = json.loads(told.out)
    assert told.code == 0, [one for one in found if one["severity"] == "error"]
    assert {one["severity"] for one in found} == {"warning"}


@pytest.mark.slow
def test_it_is_published_whole_years_later(campus: Path, tmp_path: Path) -> None:
    """From one build to the next, and where the first build ever is on a far day."""
    for day in (*FAR_DAYS, FAR_DAYS[-1]):
        told = run("build", "--campus", campus, "--state", tmp_path / "state", "--as-of", day)
        assert told.code == 0, told
        assert "Held back" not in told.out
    fresh = run("build", "--campus", campus, "--state", tmp_path / "fresh", "--as-of", FAR_DAYS[-1])
    assert fresh.code == 0, fresh


def test_it_is_a_git_repository_with_everything_committed(campus: Path) -> None:
    assert git(campus, "status", "--porcelain").stdout == ""
    assert git(campus, "log", "--format=%s").stdout == f"Begin the records of {NAME}\n"
    assert "records/campus.yml" in git(campus, "ls-files").stdout.splitlines()


def test_git_will_not_hold_the_site_or_its_database(campus: Path) -> None:
    assert git(campus, "check-ignore", ".sendbook/bundle.db", "site/index.html").returncode == 0


def test_it_has_no_accounts_and_names_nobody(campus: Path) -> None:
    assert not (campus / ".sendbook").exists()
    people = [path.read_text(encoding="utf-8") for path in (campus / "records" / "people").glob("*.yml")]
    assert people
    assert all("(name of the " in person and "sign_in" not in person for person in people)
    addresses = set(re.findall(r"[\w.+-]+@[\w.-]+", "\n".join(people)))
    assert addresses
    assert all(address.endswith(".example") for address in addresses)


def test_vs_code_finds_a_schema_for_every_place_a_record_can_be(campus: Path, registry: SchemaRegistry) -> None:
    settings = json.loads((campus / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    mapped = {glob: campus / schema for schema, globs in settings["yaml.schemas"].items() for glob in globs}
    assert set(mapped) == {
        "records/" + path.replace("{student}", "*").replace("{id}", "*")
        for kind in registry.kinds.values()
        for path in kind.paths
    }
    assert all(schema.is_file() for schema in mapped.values())
    extensions = json.loads((campus / ".vscode" / "extensions.json").read_text(encoding="utf-8"))
    assert "redhat.vscode-yaml" in extensions["recommendations"]


def test_whatever_the_schemas_there_refer_to_is_there_too(campus: Path) -> None:
    folder = campus / ".vscode" / "schemas"
    for schema in folder.glob("*.schema.json"):
        for name in re.findall(r'"\$ref": "([^"#]+)#', schema.read_text(encoding="utf-8")):
            assert (folder / name).is_file()


def test_the_handbook_builds_with_plain_mkdocs_settings(campus: Path) -> None:
    settings = (campus / "mkdocs.yml").read_text(encoding="utf-8")
    assert "docs_dir: handbook" in settings
    assert "pip install -e" not in settings
    assert (campus / "handbook" / "index.md").is_file()


@pytest.mark.slow
def test_the_hook_refuses_a_broken_record_and_takes_a_mended_one(campus: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", f"{command_folder(tmp_path)}{os.pathsep}{os.environ['PATH']}")
    assert git(tmp_path, "clone", "--quiet", str(campus), "clone").returncode == 0
    clone = tmp_path / "clone"
    git(clone, "config", "core.hooksPath", ".githooks")  # as the folder's README says
    record = clone / "records" / "campus.yml"
    good = record.read_text(encoding="utf-8")
    record.write_text(good + "nonsense: 1\n", encoding="utf-8")
    refused = git(clone, "commit", "--all", "-m", "Break it")
    assert refused.returncode != 0
    assert "unknown-field" in refused.stdout + refused.stderr
    record.write_text(good.replace("Upper", "Lower"), encoding="utf-8")
    assert git(clone, "commit", "--all", "-m", "Rename it").returncode == 0


def test_git_shows_a_changed_record_in_readable_lines(campus: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", f"{command_folder(tmp_path)}{os.pathsep}{os.environ['PATH']}")
    record = campus / "records" / "people" / "p-1sen.yml"
    good = record.read_text(encoding="utf-8")
    record.write_text(good.replace("job_title: SENDCo", "job_title: Lead for inclusion"), encoding="utf-8")
    told = git(campus, "diff")
    assert told.returncode == 0, told.stderr
    readable = told.stdout
    record.write_text("job_title: [", encoding="utf-8")
    broken = git(campus, "diff")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    record.write_text(good.replace("job_title: SENDCo", "job_title: Lead for inclusion"), encoding="utf-8")
    plain = git(campus, "diff").stdout
    record.write_text(good, encoding="utf-8")
    assert "-Work on campus / job title: SENDCo\n+Work on campus / job title: Lead for inclusion\n" in readable
    assert "+job_title: [" in broken.stdout
    assert broken.returncode == 0
    assert "+  job_title: Lead for inclusion\n" in plain


def test_the_hook_says_so_where_sendbook_is_not_installed(campus: Path) -> None:
    hook = campus / ".githooks" / "pre-commit"
    done = subprocess.run([hook], cwd=campus, env={"PATH": "/nowhere"}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "not installed" in done.stderr


def command_folder(tmp_path: Path) -> Path:
    """A folder for the PATH that holds ``sendbook``, wherever it is installed."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "sendbook"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sendbook "$@"\n')
    script.chmod(0o755)
    return folder


def test_the_repository_uses_the_hook(campus: Path) -> None:
    assert git(campus, "config", "core.hooksPath").stdout == ".githooks\n"
    assert os.access(campus / ".githooks" / "pre-commit", os.X_OK)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me")
    assert "is not empty" in run("new", tmp_path).sentence
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "campus").write_text("keep me")
    assert "Name a new folder" in run("new", tmp_path / "campus").sentence


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert run("new", tmp_path, *DAY).code == 0


def test_without_git_it_says_so_and_leaves_nothing(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert "git is not installed" in run("new", tmp_path / "campus").sentence
    assert list(tmp_path.iterdir()) == []


def test_no_dates_of_another_school_are_in_it(campus: Path) -> None:
    text = (campus / "records/campus.yml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    assert data["terms"] == []
    assert "assessment_points" not in data
    assert "# No term dates yet." in text
    assert "terms this year" not in (campus / "handbook/02-roles.md").read_text(encoding="utf-8")


def test_the_next_three_steps_name_the_sign_in(tmp_path: Path) -> None:
    without = run("new", tmp_path / "one", *DAY).out
    assert "1. cd " in without
    assert "“sign_in:”" in without
    assert "sendbook account p-1sen" in without
    told = run("new", tmp_path / "two", "--senco-email", "ada@hill.sch.uk", *DAY).out
    assert "sign in as ada@hill.sch.uk, once sendbook account p-1sen has asked for a password" in told


def test_the_groups_it_shows_how_to_write_are_right_once_the_mark_is_taken_away(campus: Path) -> None:
    registry = SchemaRegistry.load(schemas())
    text = (campus / "records/campus.yml").read_text(encoding="utf-8")
    shown = text.partition("# tutor_groups:\n")
    groups = (shown[1] + shown[2]).replace("# ", "").replace("#", "")
    parsed = parse((shown[0] + groups).encode(), "records/campus.yml")
    assert parsed.data is not None
    assert registry.kinds["campus"].is_valid(parsed.data)
    assert {"tutor_groups", "teaching_groups"} <= parsed.data.keys()


@pytest.mark.parametrize(("day", "asked"), [("2026-11-23", False), ("2027-03-25", False), ("2027-03-26", True)])
def test_new_term_dates_are_asked_for_from_the_day_after_the_last_term(day: str, asked: bool, tmp_path: Path) -> None:
    """A school between two terms, or on the last day of the last one, is left alone."""
    made = asked_codes(small_campus(tmp_path / "campus"), day)
    assert ("CAM-02" in made) is asked


def asked_codes(campus: Path, day: str) -> set[str]:
    told = run("check", "--campus", campus, "--as-of", day, "--format", "json")
    return {one["code"] for one in json.loads(told.out)}


def test_nobody_else_on_the_machine_may_enter_a_new_campus(campus: Path) -> None:
    """It will hold records about children, and the state folder within it has always been closed like this."""
    assert campus.stat().st_mode & 0o777 == 0o700
