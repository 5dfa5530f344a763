"""Whichever of the shipped templates a campus has a broken copy of, its site is the one that ours make."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from sendbook.bundle import PUBLIC, Bundle
from sendbook.bundle.export import files
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import site_templates
from sendbook.pages.templates import FOLDERS, Markup, Templates
from sendbook.site.build.build import Options, build
from tests.conftest import ON, Site
from tests.site.test_own_templates_that_fail import broken, own

pytestmark = pytest.mark.slow

NAMES = sorted(
    path.relative_to(site_templates()).as_posix()
    for folder in FOLDERS
    for path in (site_templates() / folder).glob("*.html")
)
#: The example as it is built here has no history, and nothing that is empty.
UNUSED = {f"components/{name}.html" for name in ("changed_day", "changed_records", "empty")}
Calls = dict[str, list[Mapping[str, Any]]]


@pytest.fixture(scope="module")
def calls(example_site: Site, tmp_path_factory: pytest.TempPathFactory, registry: SchemaRegistry) -> Calls:
    """What each template is handed when the example is built, the first times."""
    found: Calls = {}
    render = Templates.made

    def noted(self: Templates, name: str, values: Mapping[str, Any]) -> tuple[Markup, Any]:
        if len(found.setdefault(name, [])) < 8:
            found[name].append(values)
        return render(self, name, values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Templates, "made", noted)
        state = tmp_path_factory.mktemp("noted")
        assert build(CampusFolder(example_site.root, registry), ON, state / "state", Options(workers=1)).published
    return found


@pytest.mark.parametrize("name", NAMES)
def test_one_broken_template_changes_no_byte_and_is_the_one_that_is_named(
    calls: Calls, tmp_path: Path, name: str
) -> None:
    own(tmp_path, name, broken(name))
    plain, with_own = Templates(site_templates()), Templates(site_templates(), tmp_path / "site_templates")
    faults = set(with_own.faults)
    for template, handed in calls.items():
        for values in handed:
            markup, fault = with_own.made(template, values)
            assert markup == plain.render(template, values)
            faults |= {fault} if fault is not None else set()
    used = name in calls or (name.startswith("components/") and name not in UNUSED)
    assert {one.name for one in faults} == ({name} if used else set())


def test_all_broken_at_once_the_site_is_ours(own_site: Site, registry: SchemaRegistry) -> None:
    before = _sent(own_site)
    for name in NAMES:
        own(own_site.root, name, broken(name))
    report = build(CampusFolder(own_site.root, registry), ON, own_site.state)
    assert report.published
    named = {one.path.removeprefix("site_templates/") for one in report.findings if one.code == "template"}
    assert {"pages/student.html", "own/home.html", "own/held.html", "components/pairs.html"} <= named <= set(NAMES)
    after = _sent(own_site)
    told = {reader for reader, pages in before.items() if pages.get("/") != after[reader].get("/")}
    assert told == {"p-gba7"}
    for reader in told:
        before[reader].pop("/")
        after[reader].pop("/")
    assert after == before


def _sent(site: Site) -> dict[str, dict[str, bytes]]:
    with Bundle.reading(site.bundle) as bundle:
        return {reader: dict(files(bundle, reader, ON)) for reader in (*bundle.readers(), PUBLIC)}
