"""The shared records that all else is checked against while some of them are wrong.

A shared record with an error is left out, and a student whose records rest on it is asked only what can be asked
without it. A file out of place takes nothing with it, unless it may be a record under a wrong name. A build has the
last sound versions to fall back on (`site/build/records_in_use.py`); a check, perhaps without history, leaves them out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from sendbook.access.projection import known
from sendbook.campus.folder import RECORDS, Scan
from sendbook.campus.foundation import PERSON
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.depends_on import ids_under
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.waivers import RECORD_ID as WAIVERS

#: Without one of these nobody can say who reads what.
_NEEDED = frozenset({"campus", "access"})
#: No page is made of these.
_UNDER_NO_PAGE = frozenset({WAIVERS, "access-tests", "withdrawn", "interventions", "figures"})
_ALIKE = 0.7

#: Checks shared records, of which those at these paths are known to be out of use.
Check = Callable[[Campus, frozenset[str]], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundShared:
    """The shared records without an error, and the ids of the ``wrong`` ones.

    A person's record with a field that nobody knows is among the first as well, without the field: texts are looked
    through for everybody's name. ``whole`` is False where no rule can be sure of anything: the campus, its policy or
    its schemas are wrong. ``errors`` are the paths of all that is wrong, files out of place included.
    """

    campus: Campus = field(repr=False)
    wrong: frozenset[str] = frozenset()
    errors: frozenset[str] = frozenset()
    whole: bool = True

    @property
    def left_out(self) -> frozenset[str]:
        """The paths of the records that are out of use."""
        return frozenset(f"{RECORDS}/{one}.yml" for one in self.wrong)

    @property
    def knows_people(self) -> bool:
        """Whether everybody on the campus is there to be asked about."""
        return self.whole and not any(one.startswith("people/") for one in self.wrong)

    @property
    def under_no_page(self) -> frozenset[str]:
        """The paths with an error that no page of the handbook rests on; none while pages rest on another."""
        kinds = {one.partition("/")[0] for one in self.wrong}
        return self.errors if self.whole and kinds <= _UNDER_NO_PAGE else frozenset()

    def carries(self, own: Campus) -> bool:
        """Whether all is right that rules about a student's records rest on; none asks what the library says."""
        under = self.wrong & ids_under(self.campus, own) if self.whole and self.wrong else frozenset()
        return self.whole and all(one.startswith("interventions/") for one in under)


def sound_among(shared: Campus, scan: Scan, findings: Iterable[Finding], check: Check) -> SoundShared:
    """What is right among the shared records, given the ``findings`` in them and in files out of place."""
    errors = frozenset(one.path for one in findings if one.severity is Severity.ERROR)
    errors = frozenset(path for path in errors if not path.startswith(f"{RECORDS}/students/"))
    registry = shared.registry
    wrong = frozenset(one for path in errors for one in _meant(path, scan, registry))
    whole = not any(_holds_records(path, registry) for path in errors)
    while True:
        # A waiver that can't be read may be of anything that is in a text.
        whole = whole and not wrong & _NEEDED and not (WAIVERS in wrong and shared.get(WAIVERS) is None)
        campus = Campus((one for one in shared.records.values() if one.id not in wrong), registry)
        made = SoundShared(campus=campus, wrong=wrong, errors=errors, whole=whole)
        if not (whole and wrong):
            return made  # nothing is wrong, or too much
        # What a rule said nothing of, because of one record, may be wrong in another.
        found = (one for one in check(campus, made.left_out) if one.severity is Severity.ERROR and is_shared(one.path))
        more = frozenset(_id(one.path) for one in found) - wrong
        if not more:
            return replace(made, campus=campus.with_records(_named(shared, wrong)))
        wrong |= more


def is_shared(path: str) -> bool:
    """Whether a path lies among the records that belong to no student."""
    return path.startswith(f"{RECORDS}/") and not path.startswith(f"{RECORDS}/students/")


def alike(stray: str, path: str) -> bool:
    """Whether a file out of place may be meant as the record of this path."""
    one, other = PurePosixPath(stray), PurePosixPath(path)
    names = one.name.lower().partition(".")[0], other.name.lower().partition(".")[0]
    return one.parent == other.parent and SequenceMatcher(None, *names).ratio() >= _ALIKE


def _meant(path: str, scan: Scan, registry: SchemaRegistry) -> Iterable[str]:
    """The ids of the records that a path with an error is, or may be meant as; none of a file that is no record."""
    if not is_shared(path):
        return
    if registry.match(path.removeprefix(f"{RECORDS}/")) is not None:
        yield _id(path)
        return
    there = {entry.path for entry in scan.entries}
    place = PurePosixPath(path)
    same_name = str(place.with_name(f"{place.name.partition('.')[0]}.yml")) if place.name.partition(".")[0] else path
    of_one = [f"{RECORDS}/{text}" for kind in registry.kinds.values() for text in kind.paths if "{" not in text]
    for record in {same_name, *(one for one in of_one if alike(path, one))} - there:
        if registry.match(record.removeprefix(f"{RECORDS}/")) is not None:
            yield _id(record)


def _named(shared: Campus, wrong: frozenset[str]) -> Iterable[Record]:
    """The people among the wrong records whose known fields are right, with these alone."""
    kind = shared.registry.kinds[PERSON]
    for record in shared.of_kind(PERSON):
        data = known(record, kind) if record.id in wrong else None
        if data is not None and kind.is_valid(data):
            yield replace(record, data=data)


def _holds_records(path: str, registry: SchemaRegistry) -> bool:
    """Whether a path with an error is a folder of shared records, or a schema: all may rest on what it holds."""
    shared = [f"{RECORDS}/{text}" for kind in registry.kinds.values() if not kind.of_student for text in kind.paths]
    return not path.startswith(f"{RECORDS}/") or any(one.startswith(f"{path}/") for one in shared)


def _id(path: str) -> str:
    return path.removeprefix(f"{RECORDS}/").removesuffix(".yml")
