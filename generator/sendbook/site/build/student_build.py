"""Builds one student's pages: standings, projections, facts, pages. Depends on nothing of any other student.

So a campus of any size streams through, in one process or several, and a change to one student costs one job.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from sendbook.access.people import address_of
from sendbook.access.spans import Span
from sendbook.access.student_file import ProjectedStudent
from sendbook.access.views import Cap, Scope, scopes
from sendbook.access.who import words_of
from sendbook.bundle.addresses import stands_for
from sendbook.bundle.fragment import Content
from sendbook.bundle.publication import ScopeRow
from sendbook.campus.code import code_digest
from sendbook.campus.digests import digest_of
from sendbook.campus.records import Campus, Record
from sendbook.checks.finding import Finding
from sendbook.checks.texts.reaching import AT_HOME, Reached, texts_of
from sendbook.history.versions import History
from sendbook.kinds.days import ENDS, MET_ON
from sendbook.kinds.places import place_linked
from sendbook.kinds.printed import documents_of
from sendbook.kinds.student_pages import pages_of_reading
from sendbook.pages.changed_days import NOTHING_TOLD, Told
from sendbook.pages.charts import Drawings
from sendbook.pages.once import Once
from sendbook.pages.reading import DRAFTS, Entry, Reading, SeenBy, known_as, last_met, over_by, reading_of
from sendbook.pages.template_faults import Fault, Noting
from sendbook.site.build.changes import Changes
from sendbook.site.build.family_contacts import Contacts, family_contacts, family_phones
from sendbook.site.build.last_good import pack
from sendbook.site.build.remembered import keep
from sendbook.site.build.shared_campus import Around, SharedCampus, persons_in, plain

# Who may read the named list of who sees a student: those who keep the family's relations, because a name that is
# missing from the list tells of a restriction.
_NAMED_FOR = ("student", "family")


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentBuild:
    """What a build takes of one student.

    ``pages`` and ``facts`` are by projection; those the bundle has already are left out. ``facts`` are JSON: what
    lists, home pages and the search box say of the student. ``signs_in_as`` is the student's name if they have an
    account today, ``address`` stands for the address they sign in with, ``account_until`` is its last day, if any.
    ``faults`` are those of the campus's templates with which pages or facts were made, by projection.
    ``texts`` are what the family and the student read, and ``past`` the sentences among it that tell of earlier
    versions.
    ``last_good`` is all this was made of, for the day on which a record of the student has an error.
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
    last_good: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sight:
    """A projection as some of its readers get it: with what surrounds it and the names they may see."""

    projected: ProjectedStudent
    around: Around
    family: Mapping[str, str]
    phones: Mapping[str, str]
    contacts: Contacts
    named: bool
    over_by: str
    told: Told = NOTHING_TOLD


class _Given(NamedTuple):
    """A reader's scope, the name of the projection they are given, and the projection with what surrounds it."""

    scope: Scope
    key: str
    sight: _Sight


def build_student(
    common: SharedCampus,
    own: Campus,
    student: str,
    *,
    there: Collection[str] = (),
    wanted: Callable[[str], bool] = lambda _reader: True,
    history: History | None = None,
    cap: Cap | None = None,
) -> StudentBuild:
    """The student's pages for every reader that is ``wanted``; projections already ``there`` are not rendered.

    With a ``history`` they tell what changed; the name of a projection's pages then rests on what they tell of it,
    never on what it holds besides. ``cap`` holds readers to what they had before.
    """
    found, projections = scopes(own, student, common.on, basis=common.basis, cap=cap)
    found = tuple(scope for scope in found if wanted(scope.reader))
    named = _named(common, own, student, found, projections) if found else ()
    changes = Changes(common, own, student, history) if history is not None and found else None
    sights = _sights(common, found, projections, named, changes)
    pages, facts, faults = _rendered(common, sights, named, there)
    header = own.get(f"students/{student}/student")
    account = account_of(common, header)
    past = tuple(_past_told(own, student, sights))
    stood = {one.scope.reader: (one.scope.stands, one.key) for one in sights if one.scope.stands is not None}
    return StudentBuild(
        student=student,
        scopes=tuple((one.scope.reader, one.key, one.scope.until, one.scope.because) for one in sights),
        pages=pages,
        facts=facts,
        faults=faults,
        texts=texts_of(found, projections) | {one.text for one in past},
        past=past,
        signs_in_as=str(header.data["name"]["known_as"]) if header and account else None,
        address=stands_for(address_of(header.data)) if header and account else "",
        account_until=account.until if account else None,
        last_good=pack(common.rules_digest, own.of_student(student), stood, past),
    )


def _sights(
    common: SharedCampus,
    found: Iterable[Scope],
    projections: Mapping[str, ProjectedStudent],
    named: Iterable[Entry],
    changes: Changes | None,
) -> list[_Given]:
    """What each reader is given, under a name that rests on all its pages are made of, and on nothing else."""
    named_digest = digest_of([plain(entry) for entry in named])
    made_by = [common.roles_digest, common.templates.digest, code_digest()]
    persons = _persons_by_projection(projections)
    given = []
    for scope in found:
        one = _shown(common, scope, projections[scope.projection], persons[scope.projection], changes)
        key = digest_of(
            [
                scope.projection,
                one.around.digest,
                one.family,
                one.phones,
                one.contacts,
                named_digest if one.named else "",
                one.told.plain(),
                one.over_by,
                made_by,
            ]
        )
        given.append(_Given(scope, key, one))
    return given


def _rendered(
    common: SharedCampus, sights: Iterable[_Given], named: tuple[Entry, ...], there: Collection[str]
) -> tuple[dict[str, Mapping[str, Content]], dict[str, bytes], dict[str, frozenset[Fault]]]:
    """Pages, what lists say, and faults of templates, by projection, but for those that are ``there`` already."""
    pages: dict[str, Mapping[str, Content]] = {}
    facts: dict[str, bytes] = {}
    faults: dict[str, frozenset[Fault]] = {}
    templates = Once(common.templates)
    drawn: dict[str, Drawings] = {}
    # What two readers are given under one name is the same, so it is rendered once.
    for key, one in {given.key: given.sight for given in sights if given.key not in there}.items():
        reading = reading_of(
            one.projected,
            one.around.surroundings,
            family=one.family,
            phones=one.phones,
            contacts=one.contacts,
            seen_by=SeenBy(roles=common.roles, named=named if one.named else ()),
            told=one.told,
            over_by=one.over_by,
            where=place_linked,
            drawn=drawn.setdefault(one.around.digest, Drawings()),
        )
        noting = Noting(templates)
        made = pages_of_reading(reading, noting, documents_of(reading))
        pages[key] = {**made.fragments, **made.documents}
        facts[key] = keep(reading, noting)
        if noting.faults:
            faults[key] = frozenset(noting.faults)
    return pages, facts, faults


def account_of(common: SharedCampus, header: Record | None) -> Span | None:
    """The days of the student's own account, if today is one of them."""
    days = common.basis.accounts.days(header.data) if header else ()
    return next((span for span in days if span.holds(common.on)), None)


def told_at_home(
    common: SharedCampus,
    own: Campus,
    student: str,
    at_home: Sequence[Scope],
    projections: Mapping[str, ProjectedStudent],
    history: History,
) -> tuple[Reached, ...]:
    """The ``past`` of a student's build by itself, from the scopes of those at home."""
    persons = _persons_by_projection({scope.projection: projections[scope.projection] for scope in at_home})
    changes = Changes(common, own, student, history)
    sights = [
        _Given(scope, "", _shown(common, scope, projections[scope.projection], persons[scope.projection], changes))
        for scope in at_home
    ]
    return tuple(_past_told(own, student, sights))


def _past_told(own: Campus, student: str, sights: Iterable[_Given]) -> Iterator[Reached]:
    """Every sentence about an earlier version that somebody at home reads, once for each record it is told of."""
    header = own.get(f"students/{student}/student")
    readers: dict[tuple[str, str], set[str]] = {}
    for scope, _, one in sights:
        if one.projected.manner in AT_HOME:
            for place, sentence in one.told.sentences():
                readers.setdefault((place, sentence), set()).add(scope.reader)
    for (place, sentence), who in readers.items():
        record = own.get(f"students/{student}/{place}") or header
        if record is not None:
            yield Reached(record=record, pointer="", text=sentence, readers=frozenset(who))


def reading_for(common: SharedCampus, own: Campus, student: str, reader: str) -> Reading | None:
    """What one reader sees of one student, as pages and documents read it; None for nothing at all."""
    found, projections = scopes(own, student, common.on, basis=common.basis)
    scope = next((scope for scope in found if scope.reader == reader), None)
    if scope is None:
        return None
    persons = _persons_by_projection(projections)[scope.projection]
    one = _shown(common, scope, projections[scope.projection], persons)
    return reading_of(
        one.projected,
        one.around.surroundings,
        family=one.family,
        phones=one.phones,
        contacts=one.contacts,
        over_by=one.over_by,
        where=place_linked,
    )


def reading_of_draft_for(common: SharedCampus, own: Campus, student: str, place: str, reader: str) -> Reading | None:
    """What one of the family, or the student, would read of the draft at a place if it were agreed as it stands.

    They are shown no drafts; this is the copy they are given before the meeting at which they agree it. None for
    everybody else, and where nothing is being drafted there.
    """
    if own.get(f"students/{student}/{place}") is None:
        return None
    reading = reading_for(common, with_draft_agreed(own, student, place), student, reader)
    if reading is None or reading.manner not in ("family", "student"):
        return None
    return reading.as_draft(place.removeprefix(DRAFTS))


def with_draft_agreed(own: Campus, student: str, place: str) -> Campus:
    """A student's records as they would be if the draft at a place were agreed as it is.

    What that is called is for the schema to say: the last state that it calls settled, or else the last that it names.
    """
    draft, in_force = own.get(f"students/{student}/{place}"), f"students/{student}/{place.removeprefix(DRAFTS)}"
    if draft is None:
        return own
    others = [record for record in own.records.values() if record.id not in (draft.id, in_force)]
    kind = own.registry.kinds[draft.kind]
    states = kind.traits.settled or kind.states
    agreed = replace(draft, id=in_force, data={**draft.data, **({"state": states[-1]} if states else {})})
    return Campus([*others, agreed], own.registry)


def _shown(
    common: SharedCampus,
    scope: Scope,
    projected: ProjectedStudent,
    persons: Iterable[str],
    changes: Changes | None = None,
) -> _Sight:
    reader, around = scope.reader, common.around(scope.reader)
    spoken_of = sorted({*persons, *changes.persons(reader)}) if changes is not None else persons
    family = _family_names(common, scope, around, spoken_of)
    return _Sight(
        projected=projected,
        around=around,
        family=family,
        phones=family_phones(common, reader, around, projected, family),
        contacts=family_contacts(common, reader, around, projected),
        named=_NAMED_FOR in projected.parts,
        over_by=over_by(projected, ENDS, common.on.isoformat()),
        told=changes.told_to(reader, around, family, known_as(projected), last_met(projected, MET_ON))
        if changes is not None
        else NOTHING_TOLD,
    )


def _family_names(common: SharedCampus, scope: Scope, around: Around, persons: Iterable[str]) -> dict[str, str]:
    """Names of the people a projection speaks of, as far as its reader may see them: their own among them, and those of
    the people they live with.
    """
    names = {}
    for person in persons:
        name = common.family_name(around, person)
        if name is None and (person == scope.reader or person in scope.at_home):
            name = common.called(person)
        if name is not None:
            names[person] = name
    return names


def _persons_by_projection(projections: Mapping[str, ProjectedStudent]) -> dict[str, list[str]]:
    """The people each projection speaks of. A record that several projections share is looked through once."""
    in_record: dict[int, frozenset[str]] = {}
    found = {}
    for name, projected in projections.items():
        persons: set[str] = set()
        for record in projected.records.values():
            if id(record) not in in_record:
                in_record[id(record)] = frozenset(persons_in(record.data))
            persons |= in_record[id(record)]
        found[name] = sorted(persons)
    return found


def _named(
    common: SharedCampus,
    own: Campus,
    student: str,
    found: tuple[Scope, ...],
    projections: Mapping[str, ProjectedStudent],
) -> tuple[Entry, ...]:
    header = own.get(f"students/{student}/student")
    known_as = str(header.data["name"]["known_as"]) if header else ""
    entries = []
    for scope in found:
        parts = projections[scope.projection].parts
        entries.append(
            Entry(
                who=common.reader(scope.reader).name or known_as,
                because=scope.because,
                parts=words_of(parts, common.basis.kinds),
                until=scope.until.isoformat() if scope.until else None,
            )
        )
    return tuple(sorted(entries, key=lambda entry: (entry.who, entry.because)))
