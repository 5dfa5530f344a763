"""Looks through everything that is to be public for somebody who may not be named there.

What is found is reported where a person can correct it: in the handbook's own file if the words are there, otherwise
in the file that was made. The words themselves are kept apart (``found``), as values of records always are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from sendbook.checks.finding import Finding, Severity, in_order
from sendbook.checks.leaks.addresses import is_house
from sendbook.checks.leaks.days import days_in
from sendbook.checks.leaks.digits import rows_of_digits
from sendbook.checks.leaks.disguises import every_reading, in_plain_letters
from sendbook.checks.leaks.folding import TAG, Folded, Gap, folded
from sendbook.checks.leaks.identifiers import LONG, Identifier, Identifiers, Written
from sendbook.checks.leaks.pieces import Piece, Unread, page_pieces, pieces_of
from sendbook.checks.leaks.spelling import as_contact

#: A page's Markdown, by the path of the file it becomes: its own path, and its text.
Sources = Mapping[str, tuple[str, str]]

_AS_ADDRESS = re.compile(r"[\w'-]+(?:[._@][\w'-]+)+")
_BORN = re.compile(r"\bborn\b|\bbirth|\bd\.?\s?o\.?\s?b\b", re.I)
#: What is not within a name, but between two.
_PARTS_NAMES = re.compile(rf"[{TAG}\n<>,;:|/]")
_LETTER_OF_TAG = re.compile(r"(?:</|.?<)[abipqsu][\s>/]", re.DOTALL)
_NEAR = 80
_CONTACT = "leak-contact"
_PREFIX = 3
_SHORT_WORD = 3
#: As many identifiers are looked for one by one before a text is read letter by letter.
_FEW = 50

_REMEDIES = {
    "leak-name": "Write what the person does instead of who they are. People who may be named are under “contacts” in "
    "campus.yml; a word that isn't a name here goes under “public_words” there.",
    "leak-id": "Take it out; an id belongs only in the records.",
    _CONTACT: "Take it out, or give the school office's.",
    "leak-birth": "Take it out; if it is the date of something else, nothing needs doing.",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: what, how it was written, and where in the text."""

    what: str
    code: str
    severity: Severity
    written: str
    offset: int
    key: tuple[str, ...]


class Scanner:
    """Looks for one campus's identifiers."""

    def __init__(self, identifiers: Identifiers) -> None:
        self._identifiers = identifiers
        self._sizes = {len(number) for number in identifiers.numbers}
        self._asked: dict[str, tuple[Hit, ...]] = {}
        self._few = (
            tuple({identifier.letters for identifier in identifiers.words}) if len(identifiers.words) <= _FEW else ()
        )
        self._all = _index(identifiers.words)
        self._certain = _index(tuple(identifier for identifier in identifiers.words if identifier.certain))
        self._contact = _index(tuple(identifier for identifier in identifiers.words if identifier.code == _CONTACT))
        self._ends_of_contacts: dict[str, list[Identifier]] = defaultdict(list)
        self._begins_of_contacts: dict[str, list[Identifier]] = defaultdict(list)
        for contact in identifiers.contacts:
            self._ends_of_contacts[contact.words[-1]].append(contact)
            self._begins_of_contacts[contact.words[0]].append(contact)

    @property
    def asked(self) -> Collection[str]:
        """The texts that all has been looked for in."""
        return self._asked

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Everything in a text that tells who somebody is; a text that was looked through is remembered."""
        if text not in self._asked:
            self._asked[text] = tuple(self.hits_once(text))
        return self._asked[text]

    def hits_once(self, text: str, *, only_certain: bool = False) -> Iterator[Hit]:
        """The same of a text that nobody will ask for again."""
        told: set[tuple[tuple[str, ...], int]] = set()
        # What is the same for every campus holds nobody in disguise.
        hits = chain.from_iterable(
            self._read(reading, only_certain=only_certain)
            for reading in ((text,) if only_certain else every_reading(text))
        )
        for hit in hits if only_certain else chain(hits, self._contacts(text)):
            if (hit.key, hit.offset) not in told:
                told.add((hit.key, hit.offset))
                yield hit

    def _read(self, text: str, *, only_certain: bool) -> Iterator[Hit]:
        yield from self._words(folded(text), self._certain if only_certain else self._all)
        yield from self._numbers(text)
        if not only_certain:
            yield from self._births(text)

    def _contacts(self, text: str) -> Iterator[Hit]:
        """Ways to reach somebody that are written in another way than they usually are."""
        plain = in_plain_letters(text)
        reading = as_contact(plain)
        if reading != plain:
            yield from self._words(folded(reading), self._contact)

    def _words(self, folded: Folded, index: _Index) -> Iterator[Hit]:
        letters = folded.letters
        if self._few and not any(sought in letters for sought in self._few):
            return
        for start in folded.starts:
            for size in index.sizes:
                for sought, identifier in index.identifiers.get(letters[start : start + size], ()):
                    # Most of what begins alike goes on otherwise.
                    if not letters.startswith(sought, start) or folded.gap(start) is Gap.APOSTROPHE:
                        continue
                    if _stands(identifier, folded, start) and not self._is_no_initial(identifier, folded, start):
                        end = start + len(sought)
                        yield Hit(
                            identifier.what,
                            identifier.code,
                            identifier.severity,
                            folded.as_written(start, end).replace("\0", ""),
                            folded.place(start),
                            identifier.words,
                        )

    def _is_no_initial(self, identifier: Identifier, folded: Folded, start: int) -> bool:
        """Whether what reads as an initial beside a surname is a tag's letter, or stands apart from a contact's name.

        “Mr Smith.</p>” is not “Smith P”, and “Mr Smith” with “A worry …” in the next line is not “Smith A”. In
        “A Smith, J Brown” the contact Jane Smith is not named, and in “Jane Smith, A Smith” somebody else is as well.
        """
        words, end = identifier.words, start + len(identifier.letters)
        if identifier.code == _CONTACT or len(words) == 1:
            return False
        if len(words[-1]) == 1:
            stops = folded.gap(end - 1) is Gap.STOP
            return _is_tag(folded, end - 1) or (
                (stops or _is_apart(folded.parted_by(end - 1)))
                and any(
                    _is_at(contact, folded, end - 1 - len(contact.letters))
                    for contact in self._ends_of_contacts.get(words[-2], ())
                )
            )
        if len(words[0]) == 1:
            return _is_tag(folded, start) or (
                _is_apart(folded.parted_by(start + 1))
                and any(_is_at(contact, folded, start + 1) for contact in self._begins_of_contacts.get(words[1], ()))
            )
        return False

    def _numbers(self, text: str) -> Iterator[Hit]:
        if not self._identifiers.numbers:
            return
        for start, end, digits in rows_of_digits(text):
            for size in self._sizes:
                for at in range(len(digits) - size + 1):
                    what = self._identifiers.numbers.get(digits[at : at + size])
                    if what:
                        written = text[start:end].replace("\0", "")
                        yield Hit(what, _CONTACT, Severity.ERROR, written, start, (digits[at : at + size],))

    def _births(self, text: str) -> Iterator[Hit]:
        """A student's day of birth. By itself it may be the date of something else, such as an Act."""
        if not self._identifiers.births:
            return
        for start, end, days in days_in(text):
            for day in days:
                if day in self._identifiers.births:
                    around = text[max(0, start - _NEAR) : end + _NEAR]
                    severity = Severity.ERROR if _BORN.search(around) else Severity.WARNING
                    written = text[start:end].replace("\0", "")
                    # A day only asked about where it is written does not answer for it next to "born".
                    key = (day, severity)
                    yield Hit("a student's day of birth", "leak-birth", severity, written, start, key)


def leaks(
    files: Mapping[str, bytes], identifiers: Identifiers, *, sources: Sources | None = None, theme: Collection[str] = ()
) -> tuple[Finding, ...]:
    """What is in these files (by path) that must not be public; see `look_through`."""
    return look_through(files, Scanner(identifiers), sources=lambda: sources or {}, theme=theme).findings


@dataclass(frozen=True, slots=True)
class LookedThrough:
    """What was found, and every text that was looked at and may hold more names tomorrow."""

    findings: tuple[Finding, ...]
    texts: frozenset[str] = field(repr=False)


def look_through(
    files: Mapping[str, bytes],
    scanner: Scanner,
    *,
    sources: Callable[[], Sources] = dict,
    theme: Collection[str] = (),
) -> LookedThrough:
    """The one guard of everything that is to be public: `sendbook check`, each build and `sendbook publish` ask it.

    ``files`` are bytes by path, as they would be sent. ``sources`` answers where they were made of; it is asked only if
    something is found. ``theme`` are files that are the same for every campus: only what can't be chance is looked for
    in them.
    """
    unread: list[Finding] = []
    found: list[tuple[str, Piece, Hit]] = []
    texts: set[str] = set()
    for path, content in files.items():
        for piece in pieces_of(path, content):
            if isinstance(piece, Unread):
                unread.append(_unread(piece, path))
                continue
            if path not in theme:
                texts.add(piece.text)
            hits = scanner.hits_once(piece.text, only_certain=True) if path in theme else scanner.hits(piece.text)
            found += [(path, piece, hit) for hit in hits]
    at_source = _in_sources(scanner, sources()) if found else {}
    findings = [*unread, *(_finding(hit, path, piece) for path, piece, hit in found if hit.key not in at_source)]
    # What stands only in the lines of another edition was never in the files.
    seen = {hit.key for _, _, hit in found}
    findings += [finding for key in seen & at_source.keys() for finding in at_source[key]]
    return LookedThrough(in_order(_widest(findings)), frozenset(texts))


def _in_sources(scanner: Scanner, sources: Sources) -> dict[tuple[str, ...], list[Finding]]:
    found: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for path, text in sources.values():
        for piece in page_pieces(text):
            for hit in scanner.hits_once(piece.text):
                found[hit.key].append(_finding(hit, path, piece))
    return found


def _finding(hit: Hit, path: str, piece: Piece) -> Finding:
    line = column = None
    if piece.line is not None:
        line = piece.line + piece.text.count("\n", 0, hit.offset)
        column = 1
    where = f", in {piece.place}" if piece.place else ""
    asks = " may stand here" if hit.severity is Severity.WARNING else " stands here"
    return Finding(
        code=hit.code,
        severity=hit.severity,
        path=path,
        line=line,
        column=column,
        message=f"{hit.what[:1].upper()}{hit.what[1:]}{asks}{where}, and everybody could read it.",
        remedy=_REMEDIES[hit.code],
        found=hit.written,
    )


def _unread(piece: Unread, path: str) -> Finding:
    return Finding(
        code="leak-unread",
        severity=Severity.ERROR if piece.forbids else Severity.WARNING,
        path=path,
        message=piece.what,
        remedy=piece.remedy,
    )


def _widest(findings: list[Finding]) -> Iterator[Finding]:
    """One finding a line and code: the gravest and longest, for a full name holds a surname too."""
    best: dict[tuple[str, int | None, str], Finding] = {}
    for finding in findings:
        key = (finding.path, finding.line, finding.code)
        other = best.get(key)
        if other is None or _weight(finding) > _weight(other):
            best[key] = finding
    yield from best.values()


def _weight(finding: Finding) -> tuple[bool, int, str]:
    return finding.severity is Severity.ERROR, len(finding.found), finding.message


@dataclass(frozen=True, slots=True)
class _Index:
    """Tells, each with all its letters, by the first of them; and how many letters those are."""

    identifiers: Mapping[str, list[tuple[str, Identifier]]]
    sizes: tuple[int, ...]


def _index(identifiers: tuple[Identifier, ...]) -> _Index:
    index: dict[str, list[tuple[str, Identifier]]] = defaultdict(list)
    for identifier in identifiers:
        index[identifier.letters[:_PREFIX]].append((identifier.letters, identifier))
    return _Index(index, tuple(sorted(set(map(len, index)))))


def _stands(identifier: Identifier, folded: Folded, start: int) -> bool:
    """Whether the identifier, whose letters come next in the text, is there whole, with nothing in the wrong place."""
    end = start + len(identifier.letters)
    if not _ends(folded, end):
        return False
    at = start
    for number, word in enumerate(identifier.words):
        if number and not _parted(folded, at, len(identifier.words[number - 1]), identifier):
            return False
        widest = max((folded.gap(place) or Gap.SOFT for place in range(at + 1, at + len(word))), default=Gap.SOFT)
        if widest > (Gap.HARD if _is_long(identifier) else Gap.APOSTROPHE):
            return False
        at += len(word)
    return _is_written(identifier, folded, start, end)


def _is_apart(between: str) -> bool:
    """Whether what is between two words has them in two lines, or in two places of a page."""
    return any(mark in between for mark in f"{TAG}<>\n")


def _is_at(identifier: Identifier, folded: Folded, start: int) -> bool:
    """Whether an identifier stands at a place in the letters as one would write it: whole, in one line, and no list."""
    end = start + len(identifier.letters)
    return (
        start >= 0
        and folded.letters.startswith(identifier.letters, start)
        and folded.gap(start) not in (None, Gap.APOSTROPHE)
        and _stands(identifier, folded, start)
        and not _PARTS_NAMES.search(folded.as_written(start, end))
    )


def _is_tag(folded: Folded, letter: int) -> bool:
    """Whether a single letter is the name of a tag, as pages are written: small, and nothing but it after the angle."""
    return bool(_LETTER_OF_TAG.fullmatch(folded.around(letter, letter + 1, before=2, behind=1)))


def _is_long(identifier: Identifier) -> bool:
    """Whether so many letters in this order can be no chance, wherever they are parted."""
    return identifier.joined and len(identifier.words) > 1 and len(identifier.letters) >= LONG


def _ends(folded: Folded, end: int) -> bool:
    return end == len(folded.letters) or folded.gap(end) is not None


def _parted(folded: Folded, at: int, before: int, identifier: Identifier) -> bool:
    """Whether a new word may begin here: behind a space or tag, behind an initial's dot, or unseen in a long name."""
    gap = folded.gap(at)
    if gap is None:
        return _is_long(identifier) or (identifier.joined and identifier.code == _CONTACT)
    if gap is Gap.STOP:
        return before <= _SHORT_WORD
    return gap not in (Gap.APOSTROPHE, Gap.END)


def _is_written(identifier: Identifier, folded: Folded, start: int, end: int) -> bool:
    if identifier.written is Written.ANYHOW:
        return True
    if identifier.written is Written.NO_ARTICLE:
        return not _has_article(identifier, folded, start, end)
    written = folded.as_written(start, end).replace("\0", "")
    if identifier.written is Written.AS_HOUSE:
        return is_house(folded.as_written(start, end), folded.behind(end))
    if identifier.written is Written.AS_CODE:
        return written in (identifier.exact, identifier.exact.upper()) and not folded.touches(start, end)
    at, capitals = start, True
    for word in identifier.words:
        capitals = capitals and not folded.as_written(at, at + 1).islower()
        at += len(word)
    return capitals or bool(len(identifier.words) > 1 and _AS_ADDRESS.fullmatch(written))


def _has_article(identifier: Identifier, folded: Folded, start: int, end: int) -> bool:
    """Whether the “a” that a name begins or ends with is written as the word: small, apart, and with no dot."""
    begins, ends = folded.as_written(start, start + 2), folded.as_written(end - 2, end)
    return bool(
        (identifier.words[0] == "a" and re.match(r"a\0*\s", begins))
        or (identifier.words[-1] == "a" and re.search(r"\s\0*a$", ends) and not folded.behind(end).startswith("."))
    )
