"""A campus's own templates are tried on all that its pages show; a campus without any waits for no trial."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.site.build import inspection
from sendbook.site.build.inspection import inspect
from tests.checks_kit import tiny_campus
from tests.conftest import ON

#: The template of a library entry's page, which fails on the name of a member of a group.
ENTRY = "site_templates/own/intervention.html"
FAILS_ON_A_MEMBER = "{% for group in groups %}{% for one in group.members %}{{ nowhere }}{% endfor %}{% endfor %}\n"
GRANT_OF_ALL = """grants:
  - id: senco-all
    role: senco
    kind: all
    parts:
      - all
    action: read
    reason: The SENDCo sees all of it.
"""
GROUP = """groups:
  - id: one
    name: Tuesday readers
    led_by: p-3ccc
    when: Tuesdays
    from: 2026-09-14
"""
MEMBERS = """    members:
      - student: 2TST
        from: 2026-09-14
"""


def wrong_templates(root: Path, registry: SchemaRegistry) -> list[str]:
    return [one.path for one in inspect(CampusFolder(root, registry), ON) if one.code == "template"]


def test_a_page_of_the_campus_is_tried_with_the_students_it_names(tmp_path: Path, registry: SchemaRegistry) -> None:
    root = tiny_campus(tmp_path)
    access, entry = root / "records/access.yml", root / "records/interventions/paired-reading.yml"
    access.write_text(access.read_text("utf-8").replace("grants:\n", GRANT_OF_ALL, 1), encoding="utf-8")
    own = root / ENTRY
    own.parent.mkdir(parents=True)
    own.write_text(FAILS_ON_A_MEMBER, encoding="utf-8")
    alone = entry.read_text(encoding="utf-8")
    entry.write_text(f"{alone}{GROUP}", encoding="utf-8")
    assert wrong_templates(root, registry) == []
    entry.write_text(f"{alone}{GROUP}{MEMBERS}", encoding="utf-8")
    assert wrong_templates(root, registry) == [ENTRY]


@pytest.mark.parametrize("more", ["", "odd: 1\n"], ids=["sound records", "an error in the campus's own record"])
def test_a_campus_without_templates_of_its_own_waits_for_no_trial(
    tmp_path: Path, registry: SchemaRegistry, monkeypatch: pytest.MonkeyPatch, more: str
) -> None:
    root = tiny_campus(tmp_path)
    with (root / "records/campus.yml").open("a", encoding="utf-8") as place:
        place.write(more)
    for trial in ("Rehearsal", "template_problems"):
        monkeypatch.setattr(inspection, trial, lambda *_, **__: pytest.fail("our own templates were tried"))
    found = inspect(CampusFolder(root, registry), ON)
    assert any(one.path == "records/campus.yml" for one in found) == bool(more)
