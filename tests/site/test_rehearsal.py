"""A campus's own templates are tried on all that its pages show; a campus without any waits for no trial."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import Finding
from sendbook.checks.finding_cache import FindingCache
from sendbook.handbook.folder import front_matter_schema, read
from sendbook.site.build import inspection
from sendbook.site.build.inspection import inspect
from sendbook.site.build.rehearsal import Rehearsal
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


def test_what_a_trial_found_is_remembered_for_the_next_check(
    tmp_path: Path, registry: SchemaRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To try the templates takes as long as a build does."""
    folder = CampusFolder(tiny_campus(tmp_path / "campus"), registry)
    own = folder.root / "site_templates/own/home.html"
    own.parent.mkdir(parents=True)
    own.write_text("{{ nowhere }}\n", encoding="utf-8")
    with ParseCache(tmp_path / "cache.db") as cache:
        found = tried(folder, cache)
        assert [one.path for one in found] == ["site_templates/own/home.html"]
        with monkeypatch.context() as patch:
            patch.setattr(Rehearsal, "_tried", lambda *_: pytest.fail("tried once more"))
            assert tried(folder, cache) == found
        own.write_text("<p>Good morning.</p>\n", encoding="utf-8")
        assert tried(folder, cache) == ()


def tried(folder: CampusFolder, cache: ParseCache) -> tuple[Finding, ...]:
    """What one process finds, which has nothing from the one before it but the cache."""
    scan = folder.scan()
    loaded = folder.load(scan.unit(SHARED), cache)
    return Rehearsal(
        folder=folder,
        shared=loaded.campus,
        scan=scan,
        on=ON,
        cache=cache,
        finding_cache=FindingCache(cache, loaded, scan, ON, ""),
        history=None,
        handbook=read(folder.root, front_matter_schema(schemas())),
        told=(),
    ).findings()
