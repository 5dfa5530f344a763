"""Whom to ask is one page for all who are shown the same, however many sorts of reader these are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from sendbook.access.people import Reader
from sendbook.bundle import Bundle, look_up, revoke
from sendbook.bundle.schema import DIRECTORY
from sendbook.bundle.withdrawals import Withdrawals
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example
from sendbook.pages.template_faults import Fault
from sendbook.pages.templates import Templates
from sendbook.site.build.faults_kept import FaultsKept
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.readers.directory import PATH
from sendbook.site.readers.made_for_many import MadeForMany
from sendbook.site.readers.renewed_pages import RenewedPages
from tests.checks_kit import tiny_campus
from tests.conftest import ON

PAGE = "own/people.html"
COLLEAGUE = """id: p-6fff
name:
  full: Ann Lee
  known_as: Ms Lee
staff:
  job_title: Teacher
  roles:
    - role: teacher
      since: 2024-09-01
"""


def common_of(root: Path, registry: SchemaRegistry) -> SharedCampus:
    (root / "records/people/p-6fff.yml").write_text(COLLEAGUE, encoding="utf-8")
    grants = (example() / "records/access.yml").read_text(encoding="utf-8").split("\ncovers:")[0]
    (root / "records/access.yml").write_text(f"{grants}\n", encoding="utf-8")
    folder = CampusFolder(root, registry)
    return SharedCampus(folder.load(folder.scan().unit(SHARED)).campus, ON, root)


def published(common: SharedCampus, place: Path) -> tuple[list[bytes | None], set[str]]:
    """What the pages of each sort of reader rest on, and the templates that failed.

    Staff, families, and a parent who is called as a colleague is; each with a student's pages and without.
    """
    colleague = common.basis.people["p-6fff"]
    parent = next(one for one in common.basis.people if one.is_family and not one.is_staff)
    readers = (colleague, parent, replace(parent, name=colleague.name))
    with Bundle.create(place) as bundle, bundle.publish() as change:
        faults = FaultsKept(bundle, change)
        made = RenewedPages(MadeForMany(common=common, bundle=bundle, change=change, faults=faults), ())
        given = {made.projection(one, sees_students=sees) for one in readers for sees in (True, False)}
        assert len(given) == 6
        for number, projection in enumerate(sorted(given)):
            change.set_reader(f"p-r{number:03}", name="Somebody", edition="family")
            change.set_scope(f"p-r{number:03}", DIRECTORY, projection, None, "Everyone may ask.")
        rests_on = [bundle.remembered(DIRECTORY, projection) for projection in given]
        return rests_on, {fault.name for _, fault in faults.all()}


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the page shows, each time that it is made."""
    times: list[str] = []
    make = Templates.made

    def made(self: Templates, name: str, values: Mapping[str, Any]) -> tuple[Markup, Fault | None]:
        if name == PAGE:
            times.append(repr(values))
        return make(self, name, values)

    monkeypatch.setattr(Templates, "made", made)
    return times


def test_it_is_made_once_for_all_who_are_shown_the_same(
    tmp_path: Path, registry: SchemaRegistry, rendered: list[str]
) -> None:
    published(common_of(tiny_campus(tmp_path / "campus"), registry), tmp_path / "bundle.db")
    assert 1 < len(rendered) == len(set(rendered)) < 6


def test_a_fault_behind_it_is_remembered_of_each_sort_of_reader(tmp_path: Path, registry: SchemaRegistry) -> None:
    """All of them are made again by the next build, so that the fault is told as long as one of the pages is up."""
    root = tiny_campus(tmp_path / "campus")
    own = root / "site_templates" / PAGE
    own.parent.mkdir(parents=True)
    own.write_text("{{ nowhere }}", encoding="utf-8")
    rests_on, failing = published(common_of(root, registry), tmp_path / "bundle.db")
    assert failing == {PAGE}
    assert all((kept or b"").startswith(b"with a fault") for kept in rests_on)


def put(bundle: Bundle, common: SharedCampus, readers: Sequence[Reader], withdrawn: str = "") -> str:
    """Publishes whom to ask for these readers as a build does; meanwhile access is taken from one of them by hand."""
    with bundle.publish() as change:
        faults = FaultsKept(bundle, change)
        made = RenewedPages(MadeForMany(common=common, bundle=bundle, change=change, faults=faults), ())
        for gone in set(bundle.readers()) - {one.id for one in readers}:
            change.remove_reader(gone)
        for one in readers:
            projection = made.projection(one, sees_students=True)
            change.set_reader(one.id, name=one.name, edition="family")
            change.set_scope(one.id, DIRECTORY, projection, None, "Everyone may ask.")
        made.renew({one.id: one for one in readers})
        if withdrawn:
            with Withdrawals(bundle.path) as withdrawals:
                withdrawals.add(withdrawn, "")
    return projection


def is_sent(bundle: Bundle, reader: Reader) -> bool:
    return look_up(bundle.connection, reader.id, PATH, ON) is not None


@pytest.mark.parametrize(
    "between",
    [pytest.param(True, id="with a publication between"), pytest.param(False, id="in the next publication")],
)
@pytest.mark.parametrize("meanwhile", [True, False], ids=["during a publication", "between publications"])
def test_who_comes_to_stand_as_the_last_reader_did_from_whom_access_was_taken_is_sent_the_page(
    tmp_path: Path, registry: SchemaRegistry, meanwhile: bool, between: bool
) -> None:
    """With the last of its readers the page goes, and the one who comes after them is sent a new one."""
    root = tiny_campus(tmp_path / "campus")
    people = root / "records/people"
    record = (people / "p-4ddd.yml").read_text(encoding="utf-8")
    (people / "p-7ggg.yml").write_text(record.replace("p-4ddd", "p-7ggg"), encoding="utf-8")
    common = common_of(root, registry)
    colleague, parent, other = (common.basis.people[one] for one in ("p-6fff", "p-4ddd", "p-7ggg"))
    with Bundle.create(tmp_path / "bundle.db") as bundle:
        before = put(bundle, common, [colleague, parent], withdrawn=parent.id if meanwhile else "")
        assert is_sent(bundle, parent) is not meanwhile
        if not meanwhile:
            assert revoke(bundle.path, parent.id)
        assert before not in bundle.projections(DIRECTORY)
        if between:
            put(bundle, common, [colleague])
        assert put(bundle, common, [colleague, other]) == before
        assert is_sent(bundle, colleague)
        assert is_sent(bundle, other)
