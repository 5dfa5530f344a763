"""The non-interference test can fail: each leak planted here, of the kinds real code might spring, is found by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sendbook.bundle.fragment import File, Fragment, PrintData
from sendbook.campus.records import Campus, Record
from sendbook.kinds.intervention import library_pages
from sendbook.kinds.student_pages import StudentPages
from sendbook.site.build import student_build, student_jobs
from sendbook.site.readers import reader_site
from sendbook.site.readers.own_pages import OwnSite
from tests.conftest import Site
from tests.noninterference.conftest import Find
from tests.noninterference.oracle import visible
from tests.noninterference.sites import differences, site_of
from tests.noninterference.worlds import with_hidden_student_added

READER = "p-1ge7"  # the mother of one student with two households
STUDENT = "7NVF"
OTHER = "3QNM"

Leak = Callable[["Peek", pytest.MonkeyPatch], None]


class Peek:
    """What no page may know: the whole records, as a careless programmer might reach for them."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}

    def text(self) -> str:
        return repr(sorted((one.id, repr(one.data)) for one in self.records.values()))

    def of(self, student: str) -> list[Record]:
        return [one for one in self.records.values() if one.student == student]

    def header(self) -> dict[str, Any]:
        return dict(self.records[f"students/{STUDENT}/student"].data)


@pytest.fixture
def peek(monkeypatch: pytest.MonkeyPatch) -> Peek:
    seen, honest = Peek(), student_jobs.build_student

    def peeking(world: Any, own: Campus, student: str, **options: Any) -> student_build.StudentBuild:
        seen.records.update(world.shared.records)
        seen.records.update(own.records)
        return honest(world, own, student, **options)

    monkeypatch.setattr(student_jobs, "build_student", peeking)
    return seen


def pages_of_students(monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Fragment], Fragment]) -> None:
    honest = student_build.pages_of_reading

    def leaking(*given: Any) -> StudentPages:
        made = honest(*given)
        return replace(made, fragments={path: spoil(page) for path, page in made.fragments.items()})

    monkeypatch.setattr(student_build, "pages_of_reading", leaking)


def own_pages(monkeypatch: pytest.MonkeyPatch, spoil: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    honest = reader_site.own_site_of

    def leaking(*args: Any, **kept: Any) -> OwnSite:
        site = honest(*args, **kept)
        return replace(site, pages=spoil(site.pages))

    monkeypatch.setattr(reader_site, "own_site_of", leaking)


def in_content(add: Callable[[], str]) -> Callable[[Fragment], Fragment]:
    return lambda page: replace(page, content=page.content + add())


def a_count(peek: Peek, patch: pytest.MonkeyPatch) -> None:
    def counted(pages: dict[str, Any]) -> dict[str, Any]:
        students = {one.student for one in peek.records.values()} - {None}
        return {**pages, "/": replace(pages["/"], content=f"{pages['/'].content}<p>One of {len(students)}</p>")}

    own_pages(patch, counted)


def an_order(peek: Peek, patch: pytest.MonkeyPatch) -> None:
    def ordered() -> str:
        others = sorted(peek.of(STUDENT), key=lambda one: (len(repr(one.data)), one.id))
        return "".join(f"<li>{one.kind}</li>" for one in others)

    pages_of_students(patch, in_content(ordered))


def a_title(peek: Peek, patch: pytest.MonkeyPatch) -> None:
    pages_of_students(patch, lambda page: replace(page, title=f"{page.title} {peek.header()['born']}"))


def a_size(peek: Peek, patch: pytest.MonkeyPatch) -> None:
    pages_of_students(patch, in_content(lambda: " " * (len(peek.text()) % 997)))


def a_date(peek: Peek, patch: pytest.MonkeyPatch) -> None:
    pages_of_students(patch, in_content(lambda: max(_days(peek, OTHER))))


def _days(peek: Peek, student: str) -> Iterator[str]:
    for record in peek.of(student):
        yield from (word.strip("',]})") for word in repr(record.data).split() if word.startswith("'20"))


def a_label(peek: Peek, patch: pytest.MonkeyPatch) -> None:
    """What a search says of a page besides its title."""

    def told(page: Fragment) -> Fragment:
        notes = peek.records[f"students/{STUDENT}/plan"].data.get("senco_notes")
        return replace(page, label=replace(page.label, place=f"{page.label.place} {notes}"))

    pages_of_students(patch, told)


def a_digest(peek: Peek, patch: pytest.MonkeyPatch) -> None:
    pages_of_students(patch, in_content(lambda: f"<i id='v-{hash(peek.text()) & 0xFFFF}'></i>"))


def a_gap(peek: Peek, patch: pytest.MonkeyPatch) -> None:
    def gaps() -> str:
        plan = peek.records[f"students/{STUDENT}/plan"].data
        return "<li></li>" * len(plan.get("family_voice", ()))

    pages_of_students(patch, in_content(gaps))


def a_link(peek: Peek, patch: pytest.MonkeyPatch) -> None:
    def linked() -> str:
        students = {str(one.student) for one in peek.records.values() if one.student}
        return "".join(f"<a href='/students/{one}/'></a>" for one in sorted(students))

    pages_of_students(patch, lambda page: replace(page, nav=page.nav + linked()))


def a_page(peek: Peek, patch: pytest.MonkeyPatch) -> None:
    def more(pages: dict[str, Any]) -> dict[str, Any]:
        extra = {f"/notes/{one.student}/": pages["/"] for one in peek.records.values() if one.kind == "profile"}
        return {**pages, **extra}

    own_pages(patch, more)


def a_file(peek: Peek, patch: pytest.MonkeyPatch) -> None:
    def filed(pages: dict[str, Any]) -> dict[str, Any]:
        return {**pages, "/all.json": File(media_type="application/json", content=peek.text().encode())}

    own_pages(patch, filed)


def searchable_text(peek: Peek, patch: pytest.MonkeyPatch) -> None:
    def notes(page: Fragment) -> Fragment:
        return replace(
            page, search=f"{page.content} {peek.records[f'students/{STUDENT}/plan'].data.get('senco_notes')}"
        )

    pages_of_students(patch, notes)


def an_absence(peek: Peek, patch: pytest.MonkeyPatch) -> None:
    def told() -> str:
        return "" if "senco_notes" in peek.records[f"students/{STUDENT}/plan"].data else "<p>No further notes.</p>"

    pages_of_students(patch, in_content(told))


def a_group_size(peek: Peek, patch: pytest.MonkeyPatch) -> None:
    honest = library_pages.library_pages_of

    def sized(library: Any, *rest: Any) -> Any:
        members = sum(
            len(group.get("members", ()))
            for one in peek.records.values()
            if one.kind == "intervention"
            for group in one.data.get("groups", ())
        )
        students = len({one.student for one in peek.records.values()} - {None})
        pages = honest(library, *rest)
        return {path: replace(page, content=f"{page.content}{members}/{students}") for path, page in pages.items()}

    patch.setattr(library_pages, "library_pages_of", sized)


def a_printed_document(peek: Peek, patch: pytest.MonkeyPatch) -> None:
    """A value that no page shows, in what a PDF is printed from."""
    honest = student_build.documents_of

    def leaking(reading: Any) -> dict[str, PrintData]:
        told = f" {peek.header()['born']}".encode()
        return {path: PrintData(content=one.content + told) for path, one in honest(reading).items()}

    patch.setattr(student_build, "documents_of", leaking)


LEAKS = [
    a_printed_document,
    a_count,
    an_order,
    a_title,
    a_size,
    a_date,
    a_label,
    a_digest,
    a_gap,
    a_link,
    a_page,
    a_file,
    searchable_text,
    an_absence,
    a_group_size,
]


@pytest.fixture(scope="module")
def campus(few: Campus) -> Campus:
    """A few students are enough for a leak to show."""
    return few


@pytest.fixture(scope="module")
def others(campus: Campus, hidden_changed: Find, hidden_removed: Find) -> list[Campus]:
    """The campus with what the reader may not see changed, taken away, and added to."""
    changed, _ = hidden_changed(campus, READER)
    removed, _ = hidden_removed(campus, READER)
    added = with_hidden_student_added(campus, READER)
    assert added is not None
    assert all(visible(other, READER) == visible(campus, READER) for other in (changed, removed, added))
    return [changed, removed, added]


@pytest.mark.slow
@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
def test_a_planted_leak_is_found(
    leak: Leak,
    peek: Peek,
    campus: Campus,
    others: list[Campus],
    example_site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leak(peek, monkeypatch)
    one = site_of(campus, READER, example_site, tmp_path / "one")
    found = []
    for number, other in enumerate(others):
        peek.records.clear()
        found = differences(one, site_of(other, READER, example_site, tmp_path / f"other-{number}"))
        if found:
            break
    assert found, "the leak went unnoticed"


@pytest.mark.slow
def test_without_a_leak_nothing_is_found(
    campus: Campus, others: list[Campus], example_site: Site, tmp_path: Path
) -> None:
    one = site_of(campus, READER, example_site, tmp_path / "one")
    for number, other in enumerate(others):
        assert differences(one, site_of(other, READER, example_site, tmp_path / f"other-{number}")) == []
