"""What changed in schemas and templates since a commit is told: by `check --since`, by `diff` and by `why`."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.access.schema_changes import own_changes
from sendbook.campus.folder import CampusFolder
from sendbook.checks.changes import check_changes
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks.schema_kit import name_them, put, registry, write
from tests.cli.kit import run
from tests.conftest import ON
from tests.history.kit import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A campus with a schema and a template of its own, committed, and both changed since; the records are not."""
    repo = Repo.begun(tmp_path / "campus")
    write(repo.root, "plan")
    template = repo.root / "site_templates/student/plan.html"
    template.parent.mkdir(parents=True)
    template.write_text("then", encoding="utf-8")
    repo.commit("2026-10-01")
    write(repo.root, "plan", put("senco_notes", x_part="plan"))
    template.write_text("now", encoding="utf-8")
    return repo


def test_check_since_tells_of_changed_schemas_and_templates(repo: Repo) -> None:
    found = check_changes(CampusFolder(repo.root, registry(repo.root)), "HEAD", ON, RULE_BOOK)
    assert [(one.code, one.path) for one in found] == [
        ("ACC-10", "schemas/plan.schema.json"),
        ("ACC-10", "site_templates/student/plan.html"),
    ]
    assert (
        "/senco_notes of a plan changed with the schema: “part senco_notes” then, “part plan” now" in found[0].message
    )
    assert found[0].line is not None
    repo.commit("2026-10-02")
    assert check_changes(CampusFolder(repo.root, registry(repo.root)), "HEAD", ON, RULE_BOOK) == ()


def test_check_since_tells_of_a_schema_that_came_or_went(repo: Repo) -> None:
    repo.commit("2026-10-02")
    (repo.root / "schemas/plan.schema.json").unlink()
    found = check_changes(CampusFolder(repo.root, registry(repo.root)), "HEAD", ON, RULE_BOOK)
    assert ["“part plan” then, “part senco_notes” now" in one.message for one in found] == [True]


def test_schemas_that_cannot_be_read_are_said_to_be_so(repo: Repo) -> None:
    plan = repo.root / "schemas/plan.schema.json"
    good = plan.read_bytes()
    plan.write_text("{", encoding="utf-8")
    repo.commit("2026-10-02")
    plan.write_bytes(good)
    found = check_changes(CampusFolder(repo.root, registry(repo.root)), "HEAD", ON, RULE_BOOK)
    assert ["can't be read" in one.message for one in found] == [True]


def test_diff_and_why_tell_of_them_too(repo: Repo) -> None:
    told = run("diff", "--campus", repo.root, "--as-of", str(ON))
    assert "Who sees /senco_notes of a plan changed with the schema" in told.err
    assert "site_templates/student/plan.html: a template changed" in told.err
    assert "Nothing has changed" in told.out
    why = " ".join(run("why", "p-2bbb", "students/2TST/plan", "--campus", repo.root, "--as-of", str(ON)).out.split())
    assert "/senco_notes of a plan: shipped “part senco_notes”, here “part plan”. access.yml gives no reason" in why
    assert "templates of its own in site_templates/" in why
    name_them(repo.root, list(own_changes(registry(repo.root))))
    why = " ".join(run("why", "p-2bbb", "students/2TST/plan", "--campus", repo.root, "--as-of", str(ON)).out.split())
    assert "Reason: It was agreed with the data protection officer." in why


def test_a_reader_s_diff_is_refused_while_schemas_open_what_is_not_named(repo: Repo) -> None:
    done = run("diff", "--campus", repo.root, "--for", "p-2bbb", "--as-of", str(ON))
    assert done.code != 0
    assert "schemas change who sees what" in done.err
