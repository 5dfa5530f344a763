"""``sendbook add KIND``: the beginning of a record, in its place, with a free id and a hint above each field."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from rich.console import Console

from sendbook.campus.folder import CampusFolder
from sendbook.campus.link_fields import what_to_write
from sendbook.campus.links import Links
from sendbook.campus.paths import RECORD_ID, STUDENT_ID
from sendbook.campus.records import Campus
from sendbook.campus.schemas import Kind
from sendbook.campus.skeleton import Known, skeleton
from sendbook.campus.terms import Terms
from sendbook.campus.words import lowered
from sendbook.checks.link_meant import LISTED_AT_MOST, listed
from sendbook.cli.options import open_campus
from sendbook.errors import SendbookError

# Crockford's base 32: I, L, O and U are left out, because they pass for other letters and digits.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LISTS = ("terms", "measures", "teaching_groups", "tutor_groups")
_A_TERM = timedelta(weeks=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """What is asked for: a kind, and which fields besides those that must be there.

    ``name`` is the id of the student it is about; for a record about no student, such as an entry of the library, its
    own id. ``record`` is the own id of a student's record, where its kind asks a person for one.
    """

    kind: str
    name: str = ""
    record: str = ""
    also: tuple[str, ...] = ()


def add(root: Path, what: What, on: date, console: Console) -> int:
    """Writes the file; raises `SendbookError` where there is one already."""
    folder = open_campus(root)
    campus = folder.load().campus
    kinds = folder.registry.kinds
    name = what.kind.replace("-", "_")
    if name not in kinds:
        raise SendbookError(f"There is no kind “{what.kind}”. Kinds: {', '.join(kinds)}.")
    kind = kinds[name]
    unknown = [one for one in what.also if one not in kind.root.properties]
    if unknown:
        raise SendbookError(f"“{unknown[0]}” is no field of this kind. Fields: {', '.join(kind.root.properties)}.")
    if kind.name != "campus":
        _needs_campus_record(folder, campus)
    student = _student(campus, kind, what.name)
    own = _own_id(campus, kind, student, what, on)
    path = _path(kind, student, own)
    if (folder.root / path).exists():
        raise SendbookError(f"{path} is there already.{_second_of_the_day(kind, own)}{_free(folder, kind, what)}")
    text = skeleton(kind.schema, _known(campus, kind, own, on), what.also)
    (folder.root / path).parent.mkdir(parents=True, exist_ok=True)
    (folder.root / path).write_text(text, encoding="utf-8")
    console.print(f"{path} is begun. Fill in what is empty, then run sendbook check.")
    if "{day}" in kind.traits.id_of:
        holds = "is" if kind.traits.id_of == "{day}" else "has"
        named = f"The file's name {holds} the day of the {lowered(kind.title)}"
        console.print(f"{named}; for another day delete the file and give --on DATE.")
    return 0


def _needs_campus_record(folder: CampusFolder, campus: Campus) -> None:
    """Raises `SendbookError` where the campus record has errors: its terms, groups and SENDCo go into new records."""
    record = campus.get("campus")
    if record is None or not campus.fits(record):
        what = "has errors" if (folder.root / "records/campus.yml").exists() else "is missing"
        raise SendbookError(
            f"records/campus.yml {what}, and a new record takes dates and ids from it. Run sendbook check and correct "
            "it first; then run this command again."
        )


def _student(campus: Campus, kind: Kind, asked: str) -> str:
    """The student the record belongs to; a new student's id where it is the student's own record."""
    if not kind.of_student:
        return ""
    if kind.name == "student":
        if asked and re.fullmatch(STUDENT_ID, asked) is None:
            raise SendbookError(
                f"“{asked}” can't be a student's id: write four capital letters and digits, at least one of each, such "
                "as 7Q4K; I, L, O and U are not used. Or leave it out: sendbook makes one."
            )
        return asked or next(made for made in iter(_random, "") if made not in campus.students)
    if asked not in campus.students:
        known = f"“{asked}” is no student's id." if asked else "Name the student's id as well."
        raise SendbookError(f"{known} Ids are the names of folders in records/students.")
    return asked


def _own_id(campus: Campus, kind: Kind, student: str, what: What, on: date) -> str:
    """The record's own id, made as its schema says; a record of which there is one has the student's, or the kind's."""
    id_of, named = kind.traits.id_of, what.record if student else what.name
    if what.record and not (student and "{name}" in id_of):
        raise SendbookError("A record of this kind is not named with --id. Leave it out.")
    if not id_of:
        return student or kind.name.replace("_", "-")
    if "{name}" in id_of and re.fullmatch(RECORD_ID, named) is None:
        say = " with --id" if student else ""
        wrong = f"“{named}” can't be the name of a record." if named else f"Name the record as well{say}."
        raise SendbookError(f"{wrong} Write small letters, digits and dashes, such as paired-reading.")
    taken = {record.id.rpartition("/")[2] for record in campus.of_kind(kind.name) if record.student in (None, student)}
    while True:
        made = id_of.format(day=on.isoformat(), year=on.year, random=_random().lower(), name=named)
        if made not in taken or "{random}" not in id_of:
            return made


def _free(folder: CampusFolder, kind: Kind, what: What) -> str:
    """What to write instead of a name that is taken, where a name is asked for."""
    if kind.name == "student":
        return " Leave the id out: sendbook makes one that is free."
    named = what.record if kind.of_student else what.name
    if kind.traits.id_of != "{name}" or not named:
        return ""
    paths = ((one, _path(kind, what.name, one)) for one in (f"{named}-{number}" for number in count(2)))
    free = next(one for one, path in paths if not (folder.root / path).exists())
    return f" “{named}” is taken; “{free}”, for example, is free."


def _second_of_the_day(kind: Kind, own: str) -> str:
    """What to do for another record of a day, of a kind whose records go by their day alone."""
    if kind.traits.id_of != "{day}":
        return ""
    named = ", and write that under “id:” in it as well" if "id" in kind.root.properties else ""
    return f" For another of the same day copy it as {own}-2.yml{named}."


def _random() -> str:
    """Four letters and digits, at least one of each, so that they can't be taken for a word or a number."""
    while True:
        made = "".join(secrets.choice(_LETTERS) for _ in range(4))
        if not made.isdigit() and not made.isalpha():
            return made


def _path(kind: Kind, student: str, own: str) -> str:
    """Where a new record of a kind lies: the first of its places that is not for drafts."""
    places = [path for path in kind.paths if "drafts/" not in path] or list(kind.paths)
    return "records/" + places[0].replace("{student}", student).replace("{id}", own)


def _known(campus: Campus, kind: Kind, own: str, on: date) -> Known:
    place = campus.get("campus")
    data = place.data if place is not None and campus.fits(place) else {}
    linked = {f"campus#/{name}": str(data[name][0]["id"]) for name in _LISTS if data.get(name)}
    linked["person"] = str(data.get("contacts", {}).get("senco", ""))
    terms = Terms.from_campus(data)
    term = terms.term_on(on) or terms.next_term_after(on)
    if term is not None:
        linked["campus#/terms"] = term.id
    ends = term.end if term is not None else on + _A_TERM
    starts = _next_school_day(terms, on)
    written = {one.link.to: what_to_write(one.link, kind, campus.registry.kinds) for one in kind.links}
    return Known(
        id=own, on=on, starts=starts, term_ends=ends, linked=linked, listed=_listed(campus, kind), written=written
    )


def _listed(campus: Campus, kind: Kind) -> dict[str, str]:
    """The entries of the campus's lists that a kind links to, where these are short enough to stand above a field."""
    links, kinds = Links.of(campus), campus.registry.kinds
    to = {one.link.to: one.link for one in kind.links if one.link.kind and one.link.steps}
    there = {name: links.of_kind(link.kind, link.steps) for name, link in to.items() if not kinds[link.kind].of_student}
    return {
        name: "; ".join(listed({own: tuple(filter(None, [one.name()])) for own, one in entries.items()}))
        for name, entries in there.items()
        if entries and len(entries) <= LISTED_AT_MOST
    }


def _next_school_day(terms: Terms, on: date) -> date:
    """Today if there is school, or the next school day; where no terms are set, the next day that is no weekend."""
    found = terms.add_school_days(on - timedelta(days=1), 1)
    return found or next(day for day in (on + timedelta(days=n) for n in range(14)) if terms.is_working_day(day))
