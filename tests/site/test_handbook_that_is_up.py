"""A handbook that is up is asked only what may have come to be wrong with it, and never one that has to come down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sendbook.bundle import Bundle
from sendbook.bundle.schema import HANDBOOK
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import Severity
from sendbook.checks.finding_cache import FindingCache
from sendbook.handbook.folder import front_matter_schema, read
from sendbook.handbook.sound_handbook import LastPages
from sendbook.places import Places
from sendbook.site.build.build_handbook import BuiltHandbook, built_handbook
from sendbook.site.build.build_inputs import BuildInputs
from sendbook.site.build.handbook_checks import HandbookChecks
from sendbook.site.build.handbook_site import HandbookSite, handbook_digest_of, said_in
from sendbook.site.build.records_in_use import RecordsInUse
from sendbook.site.build.remembered import SHARED_CAMPUS
from sendbook.site.build.shared_campus import SharedCampus
from tests.checks_kit import tiny_campus
from tests.conftest import ON
from tests.site import handbooks

VISITS = "handbook/visits.md"
FOR_FAMILIES = {"editions": ["family", "staff"], "title": "Visits"}


@pytest.fixture
def inputs(tmp_path: Path, registry: SchemaRegistry, monkeypatch: pytest.MonkeyPatch) -> Iterator[BuildInputs]:
    """What a build of the tiny campus works with. The engine is left out: here it matters what it is handed."""
    monkeypatch.setattr(HandbookSite, "build", lambda *_: None)
    folder = CampusFolder(tiny_campus(tmp_path / "campus"), registry)
    handbooks.write(folder.root, "visits.md", "# Visits\n\nCome at any time.\n", **FOR_FAMILIES)
    places, scan = Places(tmp_path), folder.scan()
    with ParseCache(tmp_path / "cache.db") as cache, Bundle.create(tmp_path / "bundle.db") as bundle:
        loaded = folder.load(scan.unit(SHARED), cache)
        yield BuildInputs(
            folder=folder,
            scan=scan,
            on=ON,
            places=places,
            cache=cache,
            finding_cache=FindingCache(cache, loaded, scan, ON, ""),
            bundle=bundle,
            history=None,
        )


def built(inputs: BuildInputs, leaking: frozenset[str] = frozenset()) -> BuiltHandbook:
    records = inputs.folder.load(inputs.scan.unit(SHARED), inputs.cache).campus.records
    return built_handbook(inputs, RecordsInUse(records=tuple(records.values())), leaking=leaking)


def put_up(inputs: BuildInputs) -> None:
    """Has the bundle remember the handbook as it is as the one that was published."""
    common = common_of(inputs)
    digest = handbook_digest_of(inputs.folder.root, common, said_in(common))
    with inputs.bundle.publish() as change:
        change.remember(HANDBOOK, "digest", digest.encode())


def common_of(inputs: BuildInputs) -> SharedCampus:
    return SharedCampus(inputs.folder.load(inputs.scan.unit(SHARED)).campus, ON, inputs.folder.root)


def name_a_student(inputs: BuildInputs) -> None:
    handbooks.write(inputs.folder.root, "visits.md", "# Visits\n\nEli Student drew the map.\n", **FOR_FAMILIES)


def test_the_pages_are_kept_as_the_last_ones_when_they_are_published_and_not_before(inputs: BuildInputs) -> None:
    """A page that comes to have an error tomorrow is then shown as it was."""
    made = built(inputs)
    assert None not in (made.site, made.sound)
    for neither in ({"site": None}, {"sound": None}, {"site": None, "sound": None}):
        remember(inputs, replace(made, **neither))
        assert LastPages(inputs.bundle).get("visits.md") is None
    remember(inputs, made)
    visits = LastPages(inputs.bundle).get("visits.md")
    assert visits is not None
    assert visits.body == "\n# Visits\n\nCome at any time.\n"


def remember(inputs: BuildInputs, book: BuiltHandbook) -> None:
    with inputs.bundle.publish() as change:
        book.remember(change)
    assert inputs.bundle.remembered(SHARED_CAMPUS, "said") == book.said.encode()


def test_a_handbook_that_is_up_and_in_order_stays_as_it_is(inputs: BuildInputs) -> None:
    put_up(inputs)
    book = built(inputs)
    assert (book.site, book.asked, book.held) == (None, False, frozenset())


def test_a_page_saved_since_is_published_after_all_is_asked_of_it(inputs: BuildInputs) -> None:
    put_up(inputs)
    handbooks.write(inputs.folder.root, "visits.md", "# Visits\n\nCome on any day.\n", **FOR_FAMILIES)
    book = built(inputs)
    assert (book.site is not None, book.asked, book.held) == (True, True, frozenset())


@pytest.mark.parametrize(("more", "is_another"), [(0, True), (1, False)], ids=["as large as may be", "too large"])
def test_a_file_that_may_be_published_makes_another_handbook_with_each_byte_of_it(
    inputs: BuildInputs, monkeypatch: pytest.MonkeyPatch, more: int, is_another: bool
) -> None:
    """One that is too large is refused, so that nobody need read it."""
    monkeypatch.setattr("sendbook.handbook.folder.FILE_AT_MOST", 1000)
    common, paper = common_of(inputs), inputs.folder.root / "handbook" / "map.pdf"
    digests = set()
    for last in (b"a", b"b"):
        paper.write_bytes(b"x" * (999 + more) + last)
        digests.add(handbook_digest_of(inputs.folder.root, common, ""))
    assert len(digests) == 1 + is_another


def test_a_page_that_is_up_and_names_a_student_to_families_comes_down(inputs: BuildInputs) -> None:
    """The student is new, and the page as it was."""
    name_a_student(inputs)
    put_up(inputs)
    book = built(inputs)
    assert (book.site is not None, book.asked, book.held) == (True, True, {VISITS})


def test_a_page_that_is_up_and_leaks_in_public_comes_down_whatever_is_found_in_it(inputs: BuildInputs) -> None:
    put_up(inputs)
    book = built(inputs, leaking=frozenset({VISITS}))
    assert (book.site is not None, book.held) == (True, {VISITS})


def test_what_stands_in_for_pages_is_asked_all_that_the_pages_are(inputs: BuildInputs) -> None:
    """The rules of pages, whom families read of, and what the public is sent."""
    root = inputs.folder.root
    name_a_student(inputs)
    handbooks.write(root, "rules.md", "# Rules\n\n{{ 7 * 7 }}\n", **FOR_FAMILIES)
    handbooks.write(root, "open.md", "# Open\n\n`Eli Student`\n", editions=["public", "family", "staff"])
    common = common_of(inputs)
    checks = HandbookChecks.of(inputs, common.shared)
    found = checks.of_version(common, checks.strangers(common), read(root, front_matter_schema(schemas())))
    assert {one.path for one in found if one.severity is Severity.ERROR} == {
        VISITS,
        "handbook/rules.md",
        "handbook/open.md",
    }
