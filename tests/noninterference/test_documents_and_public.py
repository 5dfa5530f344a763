"""Promise one for what is printed and what anybody may read: nothing hidden is there, and a planted leak is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest

from sendbook.bundle.fragment import PrintData
from sendbook.bundle.schema import PUBLIC
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.documents.press import Press
from sendbook.site.build import student_build, student_jobs
from sendbook.site.readers import reader_site
from tests.conftest import Site
from tests.noninterference.conftest import Find
from tests.noninterference.oracle import visible
from tests.noninterference.sites import differences, site_of
from tests.noninterference.worlds import only, with_hidden_student_added

MOTHER, STUDENT = "p-1ge7", "7NVF"
SENCO, DRAFTED, DRAFTED_MOTHER, DRAFTED_TEACHER = "p-gba7", "HK9B", "p-1db7", "p-kp3j"


@pytest.fixture(scope="module")
def drafted(example_site: Site, registry: SchemaRegistry) -> Campus:
    """One student, whose next plan is being written."""
    return only(CampusFolder(example_site.root, registry).load().campus, (DRAFTED,))


@pytest.fixture(scope="module")
def campus(few: Campus) -> Campus:
    """A few students are enough."""
    return few


@pytest.fixture(scope="module")
def for_mother(campus: Campus, hidden_changed: Find) -> Campus:
    return hidden_changed(campus, MOTHER)[0]


@pytest.fixture(scope="module")
def for_public(campus: Campus, hidden_changed: Find) -> Campus:
    """Everything another that the public may not see: the records of all students, and most of the others."""
    changed, count = hidden_changed(campus, PUBLIC)
    assert count > 500
    assert visible(changed, PUBLIC) == visible(campus, PUBLIC)
    return changed


@pytest.mark.slow
def test_a_printed_document_says_the_same_byte_for_byte_whatever_is_hidden(
    campus: Campus, for_mother: Campus, example_site: Site, tmp_path: Path
) -> None:
    one, other = (
        site_of(each, MOTHER, example_site, tmp_path / name, press=Press().pdf)
        for name, each in (("one", campus), ("other", for_mother))
    )
    documents = [path for path in one if path.endswith(".pdf") and path.startswith("/students/")]
    assert len(documents) == 2
    assert all(one[path].startswith(b"%PDF") for path in documents)
    assert differences(one, other) == []


@pytest.mark.slow
@pytest.mark.parametrize("reader", [DRAFTED_MOTHER, pytest.param(DRAFTED_TEACHER, marks=pytest.mark.slow)])
def test_a_draft_reaches_nobody_who_sees_agreed_plans_only(
    reader: str, drafted: Campus, example_site: Site, tmp_path: Path
) -> None:
    """Neither its paper nor its page nor a trace of there being one."""
    agreed = [record for record in drafted.records.values() if not record.id.endswith("drafts/plan")]
    assert len(agreed) == len(drafted.records) - 1
    one = site_of(drafted, reader, example_site, tmp_path / "one")
    assert f"/students/{DRAFTED}/plan-{DRAFTED}.pdf" in one
    assert differences(one, site_of(Campus(agreed, drafted.registry), reader, example_site, tmp_path / "other")) == []


@pytest.mark.slow
def test_the_senco_prints_a_draft_that_says_so(drafted: Campus, example_site: Site, tmp_path: Path) -> None:
    """What the others are kept from is there."""
    site = site_of(drafted, SENCO, example_site, tmp_path / "one")
    path = f"/students/{DRAFTED}/draft-plan-{DRAFTED}.pdf"
    assert b'"draft":true' in site[path]
    assert path.encode() in site[f"/students/{DRAFTED}/draft/"]


@pytest.mark.slow
def test_the_public_reads_the_same_byte_for_byte_whatever_the_records_hold(
    campus: Campus, for_public: Campus, example_site: Site, tmp_path: Path
) -> None:
    one = site_of(campus, PUBLIC, example_site, tmp_path / "one")
    assert any(path.endswith(".pdf") for path in one)
    assert b"SEND at Larkfield" in one["/"]
    assert differences(one, site_of(for_public, PUBLIC, example_site, tmp_path / "other")) == []


@pytest.mark.slow
def test_the_public_reads_the_same_when_a_student_comes(campus: Campus, example_site: Site, tmp_path: Path) -> None:
    other = with_hidden_student_added(campus, PUBLIC)
    assert other is not None
    one = site_of(campus, PUBLIC, example_site, tmp_path / "one")
    assert differences(one, site_of(other, PUBLIC, example_site, tmp_path / "other")) == []


Leak = Callable[[pytest.MonkeyPatch], None]


def _prints(patch: pytest.MonkeyPatch, spoil: Callable[[bytes, Record], bytes]) -> None:
    """Print data made by somebody who has the whole plan at hand."""
    honest = student_jobs.build_student

    def careless(world: Any, own: Campus, student: str, **kept: Any) -> student_build.StudentBuild:
        made, plan = honest(world, own, student, **kept), own.get(f"students/{student}/plan")
        assert plan is not None
        pages = {
            key: {
                path: replace(one, content=spoil(one.content, plan)) if isinstance(one, PrintData) else one
                for path, one in below.items()
            }
            for key, below in made.pages.items()
        }
        return replace(made, pages=pages)

    patch.setattr(student_jobs, "build_student", careless)


def a_whole_record_in_print(patch: pytest.MonkeyPatch) -> None:
    _prints(patch, lambda data, plan: data + repr(plan.data).encode())


def the_length_of_a_document(patch: pytest.MonkeyPatch) -> None:
    _prints(patch, lambda data, plan: data + b" " * (len(repr(plan.data)) % 997))


def a_version_by_the_files_digest(patch: pytest.MonkeyPatch) -> None:
    _prints(patch, lambda data, plan: data + plan.digest.encode())


@pytest.mark.slow
@pytest.mark.parametrize(
    "leak",
    [the_length_of_a_document, a_whole_record_in_print, a_version_by_the_files_digest],
    ids=lambda leak: leak.__name__,
)
def test_a_leak_planted_in_print_is_found(
    leak: Leak, campus: Campus, for_mother: Campus, example_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leak(monkeypatch)
    one = site_of(campus, MOTHER, example_site, tmp_path / "one")
    found = differences(one, site_of(for_mother, MOTHER, example_site, tmp_path / "other"))
    assert any(path.endswith(".pdf") for path in found)


def a_live_count(patch: pytest.MonkeyPatch) -> None:
    _says(patch, lambda site: f"{len(site._bundle.remembered_of_all('files'))} students")


def private_details(patch: pytest.MonkeyPatch) -> None:
    """As a digest: names and addresses themselves the build finds and publishes nothing."""

    def digest(site: Any) -> str:
        told = repr([one.data for one in site._common.shared.of_kind("person")])
        return blake2b(told.encode(), digest_size=8).hexdigest()

    _says(patch, digest)


def _says(patch: pytest.MonkeyPatch, word: Callable[[Any], str]) -> None:
    honest = reader_site.ReaderSites._put_public

    def put(self: reader_site.ReaderSites) -> None:
        home = reader_site.public_home

        def spoiled(*given: Any, **kept: Any) -> Any:
            made = home(*given, **kept)
            return replace(made, content=made.content + word(self))

        with patch.context() as now:
            now.setattr(reader_site, "public_home", spoiled)
            honest(self)

    patch.setattr(reader_site.ReaderSites, "_put_public", put)


@pytest.mark.slow
@pytest.mark.parametrize("leak", [a_live_count, private_details], ids=lambda leak: leak.__name__)
def test_a_leak_planted_on_the_public_pages_is_found(
    leak: Leak, campus: Campus, for_public: Campus, example_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leak(monkeypatch)
    other = with_hidden_student_added(campus, PUBLIC) if leak is a_live_count else for_public
    assert other is not None
    one = site_of(campus, PUBLIC, example_site, tmp_path / "one")
    assert differences(one, site_of(other, PUBLIC, example_site, tmp_path / "other")) == ["/"]
