"""Ids, short names, addresses and choices as people write them: ``p-onei``, ``Group 7A``, ``Autism``, ``Year 7``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from sendbook.checks.meant.guess import Guess, bare

_UNUSED = str.maketrans("ILOU", "110V")  # of Crockford's base 32: too like other letters and digits
_FROM_WEB = re.compile(r"^(?:https?:/*|www\.)", re.IGNORECASE)

# What people write in place of a code, besides the code's own words.
_OTHERS: Mapping[str, str] = {
    word: code
    for code, words in {
        "ASD": "autistic, asc, autism spectrum disorder, autistic spectrum disorder, autism spectrum condition",
        "SPLD": "dyslexia, dyscalculia",
        "SLCN": "speech and language",
        "HI": "deaf",
        "VI": "visual impairment",
        "DS": "downs syndrome, down's syndrome",
        "K": "sen support, send support, support",
        "E": "ehcp, ehc, education health and care plan",
        "N": "no sen, none",
        "F": "girl",
        "M": "boy",
        "mother": "mum, mom, mummy",
        "father": "dad, daddy",
        "grandparent": "grandmother, grandfather, gran, nan, grandad",
        "sibling": "brother, sister",
        "support_assistant": "ta, lsa, teaching assistant, learning support assistant",
        "principal": "headteacher, head teacher, head",
        "committee_member": "governor",
        "dsl": "designated safeguarding lead",
        "dpo": "data protection officer",
        "R": "reception, yr",
        "N2": "nursery",
        "independent": "independent school, private, private school",
        "maintained": "maintained school, state school",
        "isi": "independent schools inspectorate",
        "one_to_one": "1:1, 1-1",
        "phone": "telephone, mobile",
        "letter": "post",
        "in_person": "face to face",
        "met": "achieved",
        "partly_met": "partially met",
        "agreed": "approved, final",
    }.items()
    for word in words.split(", ")
}
_NO_WORDS: Mapping[str, str] = {}
_YEAR = re.compile(r"(?:year|yr|y)\.? ?(\d{1,2})(?: ?[a-z])?|(\d{1,2})", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:wave|tier|rank|level) ?(\d)", re.IGNORECASE)


def choice_meant(value: object, known: Sequence[Any], words: Mapping[str, str] = _NO_WORDS) -> Iterator[Guess]:
    """The choices a value may mean: written another way, said in ``words`` (by code), or misspelt."""
    said = ("yes" if value else "no") if isinstance(value, bool) else bare(str(value))
    plain = _plain(said)
    by_words = {_plain(words[str(code)]): code for code in known if str(code) in words}
    for code in known:
        if plain == _plain(str(code)) or by_words.get(plain) == code:
            yield Guess(value=code)
    number = _YEAR.fullmatch(said) or _NUMBERED.fullmatch(said)
    if number:
        digits = next(one for one in number.groups() if one)
        yield from (Guess(value=code) for code in known if str(code) == str(int(digits)))
    if plain in _OTHERS and _OTHERS[plain] in known:
        yield Guess(value=_OTHERS[plain], sure=False)
    spelt = {_plain(str(code)): code for code in known} | by_words
    near = get_close_matches(plain, list(spelt), n=1, cutoff=0.7) if len(plain) > 2 else []
    yield from (Guess(value=spelt[one], sure=False) for one in near)


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text).strip(" .").casefold()


def text_meant(text: str) -> Iterator[Guess]:
    """Ways to write a text that a field may take: as an id, a short name, an address, or without what is round it."""
    said = bare(text)
    yield Guess(value=text.strip())
    yield Guess(value=said)
    yield Guess(value=bare(re.sub(r"[{}<>]", "", said)))
    yield from _ids(said)
    yield from _addresses(said)
    for version in (said.removeprefix("v").removeprefix("V").strip(), said.upper(), said.lower()):
        yield Guess(value=version)
    yield Guess(value=_joined(said, "-"))
    yield Guess(value=_joined(said, "_"))
    if re.search(r"\d{3}", said) and not re.search(r"\bext", said, re.IGNORECASE):  # a telephone number
        yield Guess(value=re.sub(r"\s+", " ", re.sub(r"[^0-9 ()+-]", " ", said)).strip())


def link_spelt(text: str) -> Iterator[Guess]:
    """Other spellings of an id that points to an entry: no id is made from words, for there may be no such entry."""
    said = bare(text)
    yield from (Guess(value=value) for value in (said, said.lower(), said.upper()))
    yield from _ids(said)


def _ids(said: str) -> Iterator[Guess]:
    """A student's or a person's id without the letters that aren't used; nothing is made of what may be a name."""
    if not re.search(r"\d", said) and not re.match(r"[pP][-_ ]", said):
        return
    letters = re.sub(r"[^0-9A-Za-z]", "", said)
    if len(letters) == 4:
        yield Guess(value=letters.upper().translate(_UNUSED), sure=False)
    marked = re.match(r"[pP][-_ ]", said) or len(letters) == 5
    of_person = letters[1:] if marked and letters[:1] in "pP" else letters
    if len(of_person) == 4:
        yield Guess(value=f"p-{of_person.upper().translate(_UNUSED).lower()}", sure=False)


def _addresses(said: str) -> Iterator[Guess]:
    mail = re.sub(r"^mailto:|[<>\s]|[.,;]+$", "", re.sub(r" (?:at|\(at\)|\[at\]) ", "@", said), flags=re.IGNORECASE)
    if "@" in said or "@" in mail:
        yield Guess(value=re.sub(r"(?:\(|\[)dot(?:\)|\])", ".", mail))
    if _FROM_WEB.match(said) or re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?", said):
        host, slash, rest = re.sub(r"^https?:/*", "", said, flags=re.IGNORECASE).partition("/")
        yield Guess(value=f"https://{host.lower()}{slash}{rest}")


def _joined(said: str, mark: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", said.replace("&", " and ")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", mark, ascii_only.lower().replace("'", "")).strip(mark)[:48].strip(mark)
