"""One student's turn in a build: load, check, project, render. Depends on nothing of any other student.

So a campus of any size streams through, in one process or several, and a change to one student costs one turn.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sendbook.access.student_file import ProjectedStudent
from sendbook.access.views import Scope, scopes
from sendbook.access.who import part_words, who_by_role
from sendbook.bundle.change import ScopeRow
from sendbook.bundle.fragment import Fragment
from sendbook.campus.records import Campus
from sendbook.checks.finding import Finding
from sendbook.site.code import code_digest
from sendbook.site.facts import facts_of_reading
from sendbook.site.reading import Entry, Reading, SeenBy, reading_of
from sendbook.site.search_docs import SearchDoc
from sendbook.site.student_pages import pages_of_reading
from sendbook.site.world import Around, World, digest_of

# Who may read the named list of who sees a student: those who keep the family's relations, because a name that is
# missing from the list tells of a restriction.
_NAMED_FOR = ("student", "family")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What a build takes of one student.

    ``pages`` and ``facts`` are by projection; those the bundle has already are left out. ``facts`` are JSON: what
    lists, home pages and the search box say of the student. ``signs_in_as`` is the student's name if they sign in.
    """

    student: str
    findings: tuple[Finding, ...] = ()
    scopes: tuple[ScopeRow, ...] = ()
    pages: Mapping[str, Mapping[str, Fragment]] = field(default_factory=dict, repr=False)
    facts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    signs_in_as: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sight:
    """A projection as some of its readers get it: with what surrounds it and the names they may see."""

    projected: ProjectedStudent
    around: Around
    family: Mapping[str, str]
    named: bool


def unit_of(
    world: World,
    own: Campus,
    student: str,
    *,
    there: Collection[str] = (),
    wanted: Callable[[str], bool] = lambda _reader: True,
) -> Unit:
    """The student's pages for every reader that is ``wanted``; projections already ``there`` are not rendered."""
    found, projections = scopes(own, student, world.on, basis=world.basis)
    found = tuple(scope for scope in found if wanted(scope.reader))
    named = _named(world, own, student, found, projections) if found else ()
    roles = _roles(world)
    shown: dict[str, _Sight] = {}
    rows = []
    for scope in found:
        one = _shown(world, scope, projections[scope.projection])
        key = digest_of(
            [
                scope.projection,
                one.around.digest,
                one.family,
                [_plain(entry) for entry in named] if one.named else [],
                [_plain(entry) for entry in roles],
                world.templates.digest,
                code_digest(),
            ]
        )
        shown[key] = one
        rows.append((scope.reader, key, scope.until, scope.because))
    pages, facts = {}, {}
    for key, one in shown.items():
        if key in there:
            continue
        reading = reading_of(
            one.projected,
            one.around.surroundings,
            family=one.family,
            seen_by=SeenBy(roles=roles, named=named if one.named else ()),
        )
        made = pages_of_reading(reading, world.templates)
        pages[key] = made.fragments
        facts[key] = _kept(reading, made.search, world)
    header = own.get(f"students/{student}/student")
    name = str(header.data["name"]["known_as"]) if header and "sign_in" in header.data else None
    return Unit(student=student, scopes=tuple(rows), pages=pages, facts=facts, signs_in_as=name)


def _kept(reading: Reading, search: Sequence[SearchDoc], world: World) -> bytes:
    """What this reader's own pages will need of the student, so that they need not be read again."""
    facts = facts_of_reading(reading, world.templates)
    kept = {
        "facts": facts,
        "search": search,
        "parts": sorted(reading.parts),
    }
    return json.dumps(kept, ensure_ascii=False).encode()


def _shown(world: World, scope: Scope, projected: ProjectedStudent) -> _Sight:
    around = world.around(scope.reader)
    return _Sight(
        projected=projected,
        around=around,
        family=_family_names(world, scope.reader, around, projected),
        named=_NAMED_FOR in projected.parts,
    )


def _family_names(world: World, reader: str, around: Around, projected: ProjectedStudent) -> dict[str, str]:
    """Names of the people this projection speaks of, as far as its readers may see them; everyone knows their own."""
    names = {}
    for person in sorted(_persons_in(projected)):
        if person in around.family_names:
            names[person] = around.family_names[person]
        elif person == reader:
            names[person] = world.reader(reader).name
    return names


def _persons_in(projected: ProjectedStudent) -> set[str]:
    found: set[str] = set()
    for record in projected.records.values():
        found.update(text for text in _texts(record.data) if text.startswith("p-"))
    return found


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _named(
    world: World, own: Campus, student: str, found: tuple[Scope, ...], projections: Mapping[str, ProjectedStudent]
) -> tuple[Entry, ...]:
    header = own.get(f"students/{student}/student")
    known_as = str(header.data["name"]["known_as"]) if header else ""
    entries = []
    for scope in found:
        parts = projections[scope.projection].parts
        entries.append(
            Entry(
                who=world.reader(scope.reader).name or known_as,
                because=scope.because,
                parts=tuple(dict.fromkeys(part_words(part) for _, part in sorted(parts))),
                until=scope.until.isoformat() if scope.until else None,
            )
        )
    return tuple(sorted(entries, key=lambda entry: (entry.who, entry.because)))


def _roles(world: World) -> tuple[Entry, ...]:
    """By duty and relation, from the policy alone: it tells nothing of anyone's circumstances."""
    return tuple(
        Entry(who=entry.who, because=" ".join(entry.reasons), parts=entry.sees)
        for entry in who_by_role(world.basis.policy, world.basis.kinds)
    )


def _plain(entry: Entry) -> list[object]:
    return [entry.who, entry.because, entry.parts, entry.until]
