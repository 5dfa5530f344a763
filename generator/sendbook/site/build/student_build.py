"""Builds one student's pages: standings, projections, facts, pages. Depends on nothing of any other student.

So a campus of any size streams through, in one process or several, and a change to one student costs one job.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import NamedTuple

from sendbook.access.opening import related_as
from sendbook.access.people import address_of
from sendbook.access.relations import student_relations
from sendbook.access.spans import Span
from sendbook.access.student_file import ProjectedStudent
from sendbook.access.views import Cap, Scope, scopes
from sendbook.bundle.addresses import stands_for
from sendbook.bundle.fragment import Content
from sendbook.bundle.publication import ScopeRow
from sendbook.campus.code import code_digest
from sendbook.campus.digests import digest_of
from sendbook.campus.records import Campus, Record
from sendbook.checks.finding import Finding
from sendbook.checks.texts.reaching import Reached, texts_of
from sendbook.history.versions import History
from sendbook.kinds.printed import documents_of
from sendbook.kinds.student_pages import pages_of_reading
from sendbook.pages.asked import Asked, AskedPlace
from sendbook.pages.charts import Drawings
from sendbook.pages.once import Once
from sendbook.pages.reading import WhoSees
from sendbook.pages.template_faults import Fault, Noting
from sendbook.site.build.asked_before import AskedBefore, packed_asked
from sendbook.site.build.changes import Changes
from sendbook.site.build.family_contacts import with_phones
from sendbook.site.build.how_reached import reached_in
from sendbook.site.build.kept_pasts import KeptPasts
from sendbook.site.build.last_good import pack
from sendbook.site.build.page_source import PageSource, page_source, persons_by_projection
from sendbook.site.build.past_told import sentences_at_home
from sendbook.site.build.remembered import keep
from sendbook.site.build.shared_campus import SharedCampus, persons_in, plain

_NOTHING_ASKED: AskedBefore = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentBuild:
    """Holds what a build takes of one student.

    ``pages`` and ``facts`` are by projection; those the bundle has already are left out. ``facts`` are JSON: what
    lists, home pages and the search box say of the student. ``signs_in_as`` is the student's name if they have an
    account today, ``address`` stands for the address they sign in with, ``account_until`` is its last day, if any.
    ``faults`` are those of the campus's templates with which pages or facts were made, by projection.
    ``texts`` are what the family and the student read, and ``past`` the sentences among it that tell of earlier
    versions.
    ``asked`` is what pages ask of their surroundings, packed, and ``reaches`` are the people of whom they may say how
    they are reached. ``related`` are the duties and relations by which anybody stands to the student, as grants call
    them.
    ``last_good`` is all this was made of, for the day on which a record of the student has an error. ``words`` are
    those of the student's texts, ``letters`` their letters in a row, and ``called`` is the digest of the
    student's own record.
    """

    student: str
    findings: tuple[Finding, ...] = ()
    scopes: tuple[ScopeRow, ...] = ()
    pages: Mapping[str, Mapping[str, Content]] = field(default_factory=dict, repr=False)
    facts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    faults: Mapping[str, frozenset[Fault]] = field(default_factory=dict)
    texts: frozenset[str] = field(default=frozenset(), repr=False)
    past: tuple[Reached, ...] = field(default=(), repr=False)
    signs_in_as: str | None = field(default=None, repr=False)
    address: str = field(default="", repr=False)
    account_until: date | None = None
    asked: bytes = field(default=b"", repr=False)
    reaches: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()
    last_good: bytes = field(default=b"", repr=False)
    words: bytes = field(default=b"", repr=False)
    letters: bytes = field(default=b"", repr=False)
    called: bytes = b""


class _Given(NamedTuple):
    """A reader's scope, what its pages are made from, and a digest of that without what they ask around them."""

    scope: Scope
    base: str
    source: PageSource

    @property
    def made_from(self) -> tuple[str, str]:
        """Names all that its pages may be made from; readers who have it in common have the same pages."""
        return self.base, self.source.around.digest


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made for a student's readers: names of projections by what they are made from, and what is new."""

    names: dict[tuple[str, str], str] = field(default_factory=dict)
    asked: dict[str, Collection[AskedPlace]] = field(default_factory=dict)
    pages: dict[str, Mapping[str, Content]] = field(default_factory=dict)
    facts: dict[str, bytes] = field(default_factory=dict)
    faults: dict[str, frozenset[Fault]] = field(default_factory=dict)


def build_student(
    common: SharedCampus,
    own: Campus,
    student: str,
    *,
    there: Collection[str] = (),
    asked: AskedBefore = _NOTHING_ASKED,
    wanted: Callable[[str], bool] = lambda _reader: True,
    history: History | None = None,
    pasts: KeptPasts | None = None,
    cap: Cap | None = None,
) -> StudentBuild:
    """Makes the student's pages for every reader that is ``wanted``; projections already ``there`` are not rendered.

    ``asked`` is what the pages that are there have asked of their surroundings. With a ``history`` they tell what
    changed; the name of a projection's pages then rests on what they tell of it, never on what it holds besides.
    ``pasts`` keep what that came to, and know what it came to before.
    ``cap`` holds readers to what they had before.
    """
    # Who may see the student, each with one of the few different projections. From here on nothing else is read.
    found, projections = scopes(own, student, common.on, basis=common.basis, cap=cap)
    found = tuple(scope for scope in found if wanted(scope.reader))
    named = _named(common, own, student, found, projections) if found else ()
    # What changed is worked out before pages have a name: a day that changed nothing for a reader must not move theirs.
    before = pasts.of(student) if pasts is not None else None
    changes = Changes(common, own, student, history, before, cap=cap) if history is not None and found else None
    given = _given(common, found, projections, named, changes)
    if changes is not None and pasts is not None:
        pasts.keep(student, changes.kept())
    made = _made(common, given, named, there, asked)
    # The student's own account does not depend on who else may see them.
    header = own.get(f"students/{student}/student")
    account = account_of(common, header)
    related = related_as(student_relations(header, common.basis)) if header is not None else frozenset[str]()
    # For the next build: what was read at home, and all that is needed to leave the pages up while there is an error.
    past = tuple(sentences_at_home(own, student, ((one.scope.reader, one.source) for one in given)))
    keys = {one.scope.reader: made.names[one.made_from] for one in given}
    stood = {
        one.scope.reader: (one.scope.stands, keys[one.scope.reader]) for one in given if one.scope.stands is not None
    }
    return StudentBuild(
        student=student,
        scopes=tuple((one.reader, keys[one.reader], one.until, one.because) for one in (each.scope for each in given)),
        pages=made.pages,
        facts=made.facts,
        faults=made.faults,
        asked=packed_asked(made.asked),
        reaches=reached_in(chain.from_iterable(made.asked.values())).union(
            *(persons_in(record.data) for record in own.of_student(student))
        ),
        texts=texts_of(found, projections) | {one.text for one in past},
        past=past,
        signs_in_as=str(header.data["name"]["known_as"]) if header and account else None,
        address=stands_for(address_of(header.data)) if header and account else "",
        account_until=account.until if account else None,
        related=related,
        last_good=pack(
            common.rules_for(related),
            related,
            own.of_student(student),
            stood,
            past,
            {keys[one.scope.reader]: with_phones(one.source.contacts, one.source.phones) for one in given},
        ),
    )


def _given(
    common: SharedCampus,
    found: Iterable[Scope],
    projections: Mapping[str, ProjectedStudent],
    named: Iterable[WhoSees],
    changes: Changes | None,
) -> list[_Given]:
    """Returns what each reader is given, with a digest of all that its pages are made of but what they ask around them.

    That is known when they have been made: which colleague's telephone is on a page, the page itself says.
    """
    named_digest = digest_of([plain(entry) for entry in named])
    made_by = [common.templates.digest, code_digest(), common.shared.registry.digest]
    persons = persons_by_projection(projections)
    given = []
    for scope in found:
        source = page_source(common, scope, projections[scope.projection], persons[scope.projection], changes)
        base = digest_of(
            [
                scope.projection,
                source.family,
                source.phones,
                source.contacts,
                named_digest if source.named else "",
                source.told.plain(),
                source.over_by,
                source.around.surroundings.term_start,
                made_by,
            ]
        )
        given.append(_Given(scope, base, source))
    return given


def _made(
    common: SharedCampus,
    given: Iterable[_Given],
    named: tuple[WhoSees, ...],
    there: Collection[str],
    asked: AskedBefore,
) -> _Made:
    """Renders pages and facts under a name that rests on all they are made of, and on nothing else.

    Those that are ``there`` already are left out: made of the same, in surroundings that still hold the same at every
    place they ``asked`` for.
    """
    made = _Made()
    templates = Once(common.templates)
    drawn: dict[str, Drawings] = {}
    by_base: dict[str, dict[str, PageSource]] = {}
    # What two readers are given under one name is the same, so it is rendered once.
    for one in given:
        by_base.setdefault(one.base, {})[one.source.around.digest] = one.source
    for base, sources in by_base.items():
        places = asked.get(base)
        names = _names(base, sources, places) if places is not None else {}
        if places is None or not all(name in there for name in names.values()):
            # What pages ask may depend on what they are answered, so their name rests on all that any of them asked.
            noted = Asked()
            noted.places.update(places or ())
            rendered = {
                around: _rendered(source, named, templates, drawn.setdefault(around, Drawings()), noted)
                for around, source in sources.items()
            }
            places = noted.places
            names = _names(base, sources, places)
            for around, (pages, facts, faults) in rendered.items():
                name = names[around]
                made.pages[name], made.facts[name] = pages, facts
                if faults:
                    made.faults[name] = faults
        made.asked[base] = places
        made.names.update({(base, around): name for around, name in names.items()})
    return made


def _names(base: str, sources: Mapping[str, PageSource], places: Collection[AskedPlace]) -> dict[str, str]:
    """The name of what is made in each of some surroundings, by the digest of these, if it asks for these places."""
    return {around: digest_of([base, source.around.answers.digest(places)]) for around, source in sources.items()}


def _rendered(
    source: PageSource,
    named: tuple[WhoSees, ...],
    templates: Once,
    drawn: Drawings,
    noted: Asked,
) -> tuple[Mapping[str, Content], bytes, frozenset[Fault]]:
    """Renders pages, and returns them with what lists say and the faults of templates."""
    reading = source.reading(
        seen_by=named if source.named else (),
        drawn=drawn.noting(noted),
        asked=noted,
    )
    noting = Noting(templates)
    made = pages_of_reading(reading, noting, documents_of(reading))
    return {**made.fragments, **made.documents}, keep(reading, noting), frozenset(noting.faults)


def account_of(common: SharedCampus, header: Record | None) -> Span | None:
    """Returns the days of the student's own account, if today is one of them."""
    days = common.basis.accounts.days(header.data) if header else ()
    return next((span for span in days if span.holds(common.on)), None)


def _named(
    common: SharedCampus,
    own: Campus,
    student: str,
    found: tuple[Scope, ...],
    projections: Mapping[str, ProjectedStudent],
) -> tuple[WhoSees, ...]:
    header = own.get(f"students/{student}/student")
    known_as = str(header.data["name"]["known_as"]) if header else ""
    entries = [
        WhoSees(
            who=common.reader(scope.reader).name or known_as,
            because=scope.because,
            parts=common.in_words(projections[scope.projection].parts),
            until=scope.until.isoformat() if scope.until else None,
        )
        for scope in found
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.who, entry.because)))
