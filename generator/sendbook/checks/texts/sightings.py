"""Finds what a text's readers are not entitled to: which words, about whom, and who would read them.

Whether somebody may be named to a reader is asked of what the reader may see anyway: colleagues stand in the directory,
a household knows its own, and who is family to two children knows both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any

from sendbook.access.basis import Basis
from sendbook.access.relations import student_relations
from sendbook.access.shared import apart_in
from sendbook.access.sight import standing
from sendbook.campus.foundation import CAMPUS, PERSON
from sendbook.campus.records import Campus, Record
from sendbook.checks.finding import Severity
from sendbook.checks.leaks.digits import in_digits
from sendbook.checks.leaks.folding import words_of
from sendbook.checks.leaks.scan import Hit, Scanner
from sendbook.checks.texts.chance import is_chance
from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Someone, Words, contact_of
from sendbook.checks.texts.lettered import Held, Lettered, Sought
from sendbook.checks.texts.mentioned import Mentioned, mentioned_in
from sendbook.checks.texts.places import place_of
from sendbook.checks.texts.reaching import Reached, every_text, texts_reaching

CONTACT, NAME, LONE, OLDER = "TXT-01", "TXT-02", "TXT-03", "TXT-04"

#: Of whom something was found, what, and who would read it.
_Said = tuple[Someone, Hit, tuple[str, ...]]
#: Finds a student's own record, to see who is family to them too.
HeaderOf = Callable[[str], Record | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A part of a text that some of its readers are not entitled to.

    ``place`` is the pointer with short names. ``whose`` says of whom the words are, in general words; ``near`` that it
    is the student's own family. ``seen`` stands for this text with these details: a waiver names it, so that it ends
    when either changes. ``whole`` is the text, ``spans`` say where the words are in it, and ``whom`` are the files of
    those they are of: for asking which is older.
    """

    code: str
    record: Record
    pointer: str
    place: str
    whose: str
    near: bool
    written: str = field(repr=False)
    keys: frozenset[str] = field(repr=False)
    readers: tuple[str, ...]
    seen: str
    text: str = field(repr=False)
    offset: int = 0
    past: bool = False
    whole: str = field(default="", repr=False)
    spans: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    whom: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class StudentTexts:
    """One student's texts: what they mention to any reader, and those that somebody at home reads that day."""

    own: Campus
    student: str
    on: date
    basis: Basis

    @cached_property
    def mentioned(self) -> Mentioned:
        """Returns what all of the student's records mention, to any reader."""
        return mentioned_in(self.every())

    def every(self, *, addresses: bool = False) -> Iterator[str]:
        """Yields every text of the student's records, for any reader; if asked, with ``addresses`` to sign in with."""
        roots = {name: kind.root for name, kind in self.basis.kinds.items()}
        for one in self.own.of_student(self.student):
            yield from every_text(roots.get(one.kind), one.data, addresses=addresses)

    @cached_property
    def at_home(self) -> list[Reached]:
        """The texts that the family or the student reads."""
        return texts_reaching(self.own, self.student, self.on, self.basis)


@dataclass(frozen=True)
class Looker:
    """Looks through one student's texts, for ``others`` or, without any, for the student's own family."""

    shared: Campus
    own: Campus
    student: str
    on: date
    basis: Basis
    others: Everybody | None = None
    header_of: HeaderOf = lambda _student: None
    _memo: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def sightings(self, texts: StudentTexts | None = None) -> list[Sighting]:
        """Everything in today's texts of the student that somebody at home reads and is not entitled to.

        ``texts`` are the student's, where the caller has them: they are asked about the family and about all others.
        """
        texts = texts or StudentTexts(self.own, self.student, self.on, self.basis)
        candidates = self._candidates(texts.mentioned)
        return self.among(texts.at_home, candidates) if candidates else []

    def in_past(self, texts: Iterable[Reached]) -> list[Sighting]:
        """Checks the sentences about earlier versions in the same way."""
        texts = tuple(texts)
        candidates = self._candidates(mentioned_in(text.text for text in texts))
        return self.among(texts, candidates, past=True) if candidates else []

    def may_find(self, letters: Lettered) -> bool:
        """Whether texts with these letters may tell somebody at home more of the others than names that they may read
        anyway; if in doubt, yes. No text in which something is found has other letters.
        """
        people = self.others.by_id.values() if self.others is not None else ()
        held = Sought.of(self._of_other_homes(people), near=False).in_letters(letters)
        own = _names_of([Someone.of_student(self._header.data)]) if self._header is not None else frozenset()
        return any(one.contact or not (one.names - own) <= self.names_at_work for one in held)

    def among(self, texts: Sequence[Reached], candidates: list[Someone], *, past: bool = False) -> list[Sighting]:
        """Finds these people in these texts; returns one sighting for each place and code."""
        scanners: dict[str, Scanner] = {}
        sought = Sought.of(candidates, near=self.others is None)
        found: list[Sighting] = []
        for text, may_hold in zip(texts, sought.in_texts(text.text for text in texts), strict=True):
            hits: list[tuple[Someone, Hit]] = []
            # Most texts hold none of them, or only a first name that they share with the student, which is known much
            # sooner than where in the text it is.
            for one in (held.someone for held in may_hold if self._could_tell(held, text.readers)):
                if one.id not in scanners:
                    scanners[one.id] = Scanner(one.identifiers(near=self._is_near(one)))
                hits += [(one, hit) for hit in self._hits(one, scanners[one.id], text.text)]
            if not hits:
                continue
            told: dict[str, list[_Said]] = {}
            for one, hit in hits:
                readers = tuple(sorted(r for r in text.readers if not self._is_entitled(r, one, hit, text.text)))
                if readers:
                    told.setdefault(_code(hit), []).append((one, hit, readers))
            found += [self._sighting(code, text, said, past=past) for code, said in _without_lone(told).items()]
        return found

    def _candidates(self, mentioned: Mentioned) -> list[Someone]:
        if self.others is None:
            return [one for one in self._family.values() if mentioned.may_hold(one, near=True)]
        return self._of_other_homes(self.others.possible(mentioned))

    def _of_other_homes(self, people: Iterable[Someone]) -> list[Someone]:
        own = {*self._family, self.student}
        return [one for one in people if one.id not in own]

    def _could_tell(self, held: Held, readers: Iterable[str]) -> bool:
        """Whether a text may say more of somebody than names that all its readers may read anyway; if in doubt, yes."""
        return held.contact or any(not self._open_names(reader).issuperset(held.names) for reader in readers)

    def _hits(self, one: Someone, scanner: Scanner, text: str) -> Iterator[Hit]:
        yield from (hit for hit in scanner.hits_once(text) if not is_chance(hit, text))
        if self._is_near(one) and one.local_numbers:
            yield from _local_numbers(one.local_numbers, text)

    def _is_near(self, one: Someone) -> bool:
        return one.id in self._family

    def _is_entitled(self, reader: str, one: Someone, hit: Hit, text: str) -> bool:
        """Tells whether a reader may read these words: their own, or those of somebody they may know."""
        key = tuple(str(word) for word in hit.key)
        if reader == one.id or self._may_know(reader, one, contact=hit.code == "leak-contact"):
            return True
        if hit.code == "leak-contact":
            return key in self._open_contact(reader)
        if (one.at_work and one.id in self._family) or key in self._open_names(reader):
            return True
        # “Beata Cristina Florea” is a colleague, even if a mother is called Cristina Florea.
        return any(_is_part_of(name, key, hit, text) for name in self._open_names(reader) if len(name) > len(key))

    def _may_know(self, reader: str, one: Someone, *, contact: bool) -> bool:
        """Whether a reader may know somebody by name, or how they are reached; asked anew for each word, so kept."""
        key = ("may know", reader, one.id, contact)
        if key not in self._memo:
            self._memo[key] = self._may_be_told_of(reader, one, contact=contact)
        return bool(self._memo[key])

    def _may_be_told_of(self, reader: str, one: Someone, *, contact: bool) -> bool:
        if one.at_work and not contact:
            return True
        if one.id in self._family:
            if reader != self.student:
                return (reader, one.id) not in self._apart
            # A child may name all of the family. Where there are two homes, the child is no bridge to either's address.
            return not contact or not any(one.id in pair for pair in self._apart)
        if not one.student:
            return False
        header = self.header_of(one.id)
        if header is None:
            return False
        if reader == self.student:
            return not set(self._family).isdisjoint(str(item["person"]) for item in header.data.get("family", ()))
        return standing(student_relations(header, self.basis), reader, frozenset(), self.on, self.basis) is not None

    def _open_names(self, reader: str) -> frozenset[Words]:
        """Forms of names that belong to somebody this reader may know as well: the student, colleagues, their own."""
        key = ("open names", reader)
        if key not in self._memo:
            self._memo[key] = self.names_at_work | _names_of(self._may_be_known(reader, contact=False))
        found: frozenset[Words] = self._memo[key]
        return found

    def _open_contact(self, reader: str) -> frozenset[Words]:
        """Contact details that somebody this reader may know has as well, and those of the campus."""
        key = ("open contact", reader)
        if key not in self._memo:
            self._memo[key] = self._desks | contact_of(self._may_be_known(reader, contact=True), near=True)
        found: frozenset[Words] = self._memo[key]
        return found

    def _may_be_known(self, reader: str, *, contact: bool) -> list[Someone]:
        """The student, and those of the family whom this reader may know."""
        known = [
            one for one in self._family.values() if one.id == reader or self._may_know(reader, one, contact=contact)
        ]
        return [*known, Someone.of_student(self._header.data)] if self._header is not None else known

    @cached_property
    def _header(self) -> Record | None:
        return self.own.get(f"students/{self.student}/student")

    @cached_property
    def _family(self) -> Mapping[str, Someone]:
        """The student's own family, by id."""
        family = self._header.data.get("family", ()) if self._header is not None else ()
        records = (self.shared.get(f"people/{item['person']}") for item in family)
        return {one.id: one for one in (Someone.of_person(record.data) for record in records if record is not None)}

    @cached_property
    def _apart(self) -> frozenset[tuple[str, str]]:
        return frozenset(apart_in(self._header.data)) if self._header is not None else frozenset()

    @property
    def names_at_work(self) -> frozenset[Words]:
        """The names of everybody in the staff directory; gathered once for all students."""
        if "names at work" not in self.basis.memo:
            people = self.shared.of_kind(PERSON)
            colleagues = [Someone.of_person(one.data) for one in people if "staff" in one.data]
            self.basis.memo["names at work"] = _names_of(colleagues)
        found: frozenset[Words] = self.basis.memo["names at work"]
        return found

    @property
    def _desks(self) -> frozenset[Words]:
        """How the campus and its colleagues are reached at work; gathered once for all students."""
        if "desks" not in self.basis.memo:
            place = self.shared.get(CAMPUS)
            staff = [one.data["staff"] for one in self.shared.of_kind(PERSON) if "staff" in one.data]
            desks = [_desk(data) for data in ([place.data] if place is not None else []) + staff]
            self.basis.memo["desks"] = contact_of(desks, near=True)
        found: frozenset[Words] = self.basis.memo["desks"]
        return found

    def _sighting(
        self, code: str, text: Reached, said: list[tuple[Someone, Hit, tuple[str, ...]]], *, past: bool
    ) -> Sighting:
        keys = sorted({" ".join(map(str, hit.key)) for _, hit, _ in said})
        longest = max((hit for _, hit, _ in said), key=lambda hit: len(hit.written))
        kind = self.basis.kinds.get(text.record.kind)
        return Sighting(
            code=code,
            record=text.record,
            pointer=text.pointer,
            place=place_of(kind, text.record.data, text.pointer) if kind is not None else "",
            near=any(self._is_near(one) for one, _, _ in said),
            whose=_whose(self._family, [one for one, _, _ in said]),
            written=longest.written,
            offset=longest.offset,
            keys=frozenset(keys),
            readers=tuple(sorted({reader for _, _, readers in said for reader in readers})),
            seen=_digest([code, text.text, *keys])[:12],
            text=text_digest(text.text),
            past=past,
            whole=text.text,
            spans=tuple(sorted({(hit.offset, hit.offset + len(hit.written)) for _, hit, _ in said})),
            whom=tuple(sorted({_file_of(one) for one, _, _ in said})),
        )


def text_digest(text: str) -> str:
    """Returns a short digest that identifies a text."""
    return _digest([text])[:16]


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _code(hit: Hit) -> str:
    if hit.severity is not Severity.ERROR:
        return LONE
    return CONTACT if hit.code == "leak-contact" else NAME


def _without_lone(told: Mapping[str, list[_Said]]) -> dict[str, list[_Said]]:
    """Without names that stand within an address, and without first names and surnames within a name in full."""
    contact, full = told.get(CONTACT, []), told.get(NAME, [])
    kept = {
        CONTACT: contact,
        NAME: _not_within(full, contact),
        LONE: _not_within(told.get(LONE, []), [*contact, *full]),
    }
    return {code: said for code, said in kept.items() if said}


def _not_within(said: list[_Said], longer: list[_Said]) -> list[_Said]:
    wholes = [frozenset(map(str, hit.key)) for _, hit, _ in longer]
    return [one for one in said if not any(words.issuperset(map(str, one[1].key)) for words in wholes)]


def _is_part_of(name: Words, key: Words, hit: Hit, text: str) -> bool:
    """Whether the words of a hit stand in this longer name, and the text has the rest of it around them."""
    for at in range(len(name) - len(key) + 1):
        if name[at : at + len(key)] == key:
            before, behind = name[:at], name[at + len(key) :]
            written = words_of(text[: hit.offset]), words_of(text[hit.offset + len(hit.written) :])
            if written[0][len(written[0]) - at :] == before and written[1][: len(behind)] == behind:
                return True
    return False


def _local_numbers(sought: Iterable[str], text: str) -> Iterator[Hit]:
    """Finds a telephone number without its dialling code, on its own."""
    for found in re.finditer(r"(?<![\d/.-])\d(?:[ \-\0]*\d){4,}\d(?![\d/-])", in_digits(text)):
        digits = re.sub(r"\D", "", found.group())
        if digits in sought:
            written = text[found.start() : found.end()]
            yield Hit("a number", "leak-contact", Severity.ERROR, written, found.start(), (digits,))


def _names_of(people: Iterable[Someone]) -> frozenset[Words]:
    """Every form of these names, each of their words by itself included."""
    found: set[Words] = set()
    for one in people:
        found.update(one.names_as_known(), one.lone_names, one.name.firsts, one.name.lasts, one.name.tokens)
    return frozenset(found)


def _file_of(one: Someone) -> str:
    return f"records/students/{one.id}/student.yml" if one.student else f"records/people/{one.id}.yml"


def _whose(family: Mapping[str, Someone], people: list[Someone]) -> str:
    if any(one.id in family for one in people):
        return "the other household"
    return "another student" if any(one.student for one in people) else "somebody else"


def _desk(data: Mapping[str, Any]) -> Someone:
    """Contact details anywhere below a value, as if they were one person's."""
    found: dict[str, list[str]] = {"email": [], "phone": [], "address": []}
    waiting: list[Any] = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, Mapping):
            for name, inner in value.items():
                if name in found and isinstance(inner, str):
                    found[name].append(inner)
                else:
                    waiting.append(inner)
    return Someone(
        id="",
        full="?",
        known_as="?",
        emails=tuple(found["email"]),
        phones=tuple(found["phone"]),
        addresses=tuple(found["address"]),
    )
