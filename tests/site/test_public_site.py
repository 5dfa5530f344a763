"""Public pages are held up by what they rest on, and of the campus's own templates by those they are made with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Finding, Severity
from sendbook.handbook.public_home import PUBLIC_TEMPLATE
from sendbook.pages.template_faults import Fault, Noting
from sendbook.site.build import public_site
from sendbook.site.build.public_site import public_findings, template_findings
from tests.conftest import ON


def test_faults_of_the_public_page_of_components_and_of_all_are_found() -> None:
    names = (PUBLIC_TEMPLATE, "components/card.html", "", "sections/table.html", "own/child.html")
    templates: Any = SimpleNamespace(faults=tuple(Fault(name=name, said=f"{name} fails.") for name in names))
    press: Any = SimpleNamespace(own_digest="")
    noted = Noting(templates)
    noted.faults.add(Fault(name="theme/page.html", said="theme fails."))
    found = template_findings(templates, noted, press, ())
    assert [one.path for one in found] == [
        "site_templates",
        "site_templates/components/card.html",
        f"site_templates/{PUBLIC_TEMPLATE}",
        "site_templates/theme/page.html",
    ]


ERROR, WARNING = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("path", "severity", "told"),
    [
        ("handbook/01-about.md", WARNING, True),
        ("mkdocs.yml", WARNING, True),
        ("records/campus.yml", WARNING, True),
        ("records/accessibility-plan.yml", WARNING, True),
        ("records/figures/2025-26.yml", WARNING, True),
        ("records/people/p-1aaa.yml", WARNING, False),
        ("records/people/p-1aaa.yml", ERROR, True),
        ("records/access.yml", WARNING, False),
        ("records/access.yml", ERROR, True),
        ("records/students/2TST/student.yml", ERROR, True),
        ("records/students/2TST/student.yml", WARNING, False),
        ("records/students/2TST/plan.yml", ERROR, False),
        ("records/students/2TST/meetings/2026-09-09.yml", ERROR, False),
        ("records/people/p-unread.yml", WARNING, True),
        ("records/students/2TST/profile.yml", WARNING, False),
    ],
)
def test_of_warnings_those_about_public_pages_are_told_and_of_errors_all_but_those_in_a_student_s_own_records(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, registry: SchemaRegistry, path: str, severity: Severity, told: bool
) -> None:
    """Two files can't be read: a person's, whose name nobody knows then, and a student's profile."""
    one = Finding(code="x", severity=severity, path=path, message="M", remedy="R")
    unread = [
        SimpleNamespace(path=name) for name in ("records/people/p-unread.yml", "records/students/2TST/profile.yml")
    ]
    monkeypatch.setattr(public_site, "from_problem", lambda problem: replace(one, path=problem.path, code="unread"))
    monkeypatch.setattr(public_site, "Checker", lambda **_: SimpleNamespace(of_shared=lambda: [one]))
    monkeypatch.setattr(public_site, "handbook_findings", lambda *_, **__: [replace(one, code="y")])
    loaded: Any = SimpleNamespace(campus=Campus((), registry), problems=unread)
    found = public_findings(CampusFolder(tmp_path, registry), loaded, ON)
    codes = [finding.code for finding in found if finding.path == path and finding.code != "unread"]
    assert codes == ["x", "y"] * told
    assert [finding.path for finding in found if finding.code == "unread"] == ["records/people/p-unread.yml"]
