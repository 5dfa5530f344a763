"""Names of councils and schools in a text: found by the word they end in, and by the capitals before it.

Nobody has a list of all schools. So a name is what begins with a capital and is no general word, right before
“County Council”, “Primary School” and the like; and whether it is ours is asked of its own words alone: “Marlshire”,
of “Marlshire's Local Offer” and “Marlshire County Council” alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sendbook.checks.blocks import Block
from sendbook.checks.place_words import GENERAL, KINDS, NO_AREA, NO_PLACE

_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*'?\.?|&")
_CHOOSING = re.compile(r"(?!(?:wok|worth|dork|tr|epp|bark|ketter|eal|haver|lanc|read)ing$)\w+ing$")

_SAME_FOR_ALL = KINDS - {"saint", "st", "village", "royal", "free", "first"}
_NATIONAL = frozenset({"national", "international", "british", "european", "university"})
# “A Rights Respecting School”, “the Virtual School”: what a school is, or one that is no building.
_WHAT_IT_IS = frozenset(
    {
        *("virtual", "respecting", "friendly", "informed", "eco", "healthy", "thrive", "forest", "summer", "ready"),
        *("inclusive", "accredited", "aware", "safe"),
    }
)
_NOUNS = frozenset({"school", "academy", "college", "nursery", "campus", "council", "sendiass", "offer"})
_LETTERS = 4
_JOINS = frozenset({"and", "&", "upon", "on", "under", "with", "le"})
_BEFORE_OF = frozenset({"borough", "city", "isle", "isles", "riding", "church", "lady", "heart", "forest", "vale"})

_COUNCIL = re.compile(
    r"\b(?:(?:county|city|borough|district|metropolitan|unitary|parish|town) )*council\b"
    r"(?! tax|(?-i: (?:for|of) [A-Z]))"
    r"|\b(?:send? )?local offer\b|\bSENDIASS?\b|\b(?:send? )?information,? advice,? (?:and|&) support service\b"
    r"|\b(?:local authority|LA)\b",
    re.IGNORECASE,
)
_OURS_IS = re.compile(r"\b(?:[Ll]ocal [Aa]uthority|LA|[Cc]ouncil) is ((?:the )?[A-Z][\w'-]+)")
_CAPITALS = r"[A-Z][\w'-]+(?: (?:(?:and|&|upon) )?[A-Z][\w'-]+)*"
_BOROUGH = re.compile(rf"\b(?:London|Royal|Metropolitan) Borough of ({_CAPITALS})")
_OFFER_OF = re.compile(rf"\b[Ll]ocal [Oo]ffer (?:of|for|in) ({_CAPITALS})")
_SCHOOL = re.compile(
    r"\b(?P<kind>(?:(?:primary|secondary|infants?|juniors?|high|grammar|nursery|community|church of england"
    r"|c\.? ?of e\.?|ce|rc|roman catholic|catholic|prep|preparatory|middle|lower|upper|senior|comprehensive|special"
    r"|free|first|village|technical|sixth[ -]form|boys'?|girls'?|voluntary|aided|controlled|va|vc|day|pre|and|&)"
    r"[ -]+)*)"
    r"(?P<noun>school|academy|college|nursery|pre-?school|playgroup|kindergarten"
    r"|(?-i:(?:Primary|Infants|Juniors)\b(?! (?:and\b|&|(?!SEND?\b|Information|Policy)[A-Z]))))\b"
    r"(?! (?:of|for) (?!further|england)|'s? hospital| hospital)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"'?s? (?:nurses?|nursing|office|council|action|improvement|business|development|admissions?|uniform|days?|trips?"
    r"|website|meals?|holidays?|governors?|leaders?|leadership|readiness|attendance|census|standards|workforce"
    r"|inspections?|sports?|games|partnership|life|transport|food|rules|polic(?:y|ies)|handbook|prospectus|age|aged"
    r"|health|hours|year|work|bus|run|places?|fees|gates?|counsell\w+|library|librarian|system|forum|exclusion\w*"
    r"|class(?:es|room)?|direct)\b",
    re.IGNORECASE,
)
_AT = re.compile(
    r"(?:\b[Hh]ere at|(?:^|(?<=[.!?] ))At|\b[Ww]e at"
    r"|\b(?:pupils|students|children|staff|team|everyone|life) (?:at|of)) "
    r"(?P<name>(?:St\.? )?[A-Z][\w'-]*(?: (?:(?:and|&|of|on|upon) )?[A-Z][\w'-]+)*)"
    r"(?P<after>,? (?:we|our|all|every|each|is|are)\b)?"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A place a text names: from where to where, and its own words. ``by_noun`` is false for “here at Oakwood”."""

    start: int
    end: int
    words: frozenset[str]
    by_noun: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """Places a page may name. ``own`` are the words of our name, ``around`` those of our address and council.

    ``others`` has the words of each other place that the campus lists.
    """

    own: frozenset[str]
    around: frozenset[str]
    others: tuple[frozenset[str], ...]

    def has_council(self, named: Named) -> bool:
        """Whether a council of this name is ours or is listed."""
        return named.words <= self.around | self.own or self._listed(named.words)

    def has_school(self, named: Named) -> bool:
        """Whether a school of this name is ours or is listed."""
        ours = named.words <= self.own | self.around and (bool(named.words & self.own) or not named.by_noun)
        return ours or self._listed(named.words)

    def _listed(self, words: frozenset[str]) -> bool:
        return any(words <= other for other in self.others)


def own_words(*names: str) -> frozenset[str]:
    """The words of names that tell them from others."""
    return frozenset(word for name in names for word in _folded(name) if word not in _SAME_FOR_ALL)


def names_a_place(name: str) -> bool:
    """Whether a name has a word of its own, as “our council” has none."""
    return not own_words(name) <= GENERAL


def known_places(own: str, around: Iterable[str], others: Iterable[str]) -> Known:
    """What a campus knows: its own name, its address and council, and the other places it lists."""
    return Known(own_words(own), own_words(*around), tuple(own_words(name) for name in others))


def councils_in(block: Block) -> Iterator[Named]:
    """The councils a text names, by their own name, their Local Offer or their advice service."""
    text = block.text
    for pattern in (_BOROUGH, _OFFER_OF, _OURS_IS):
        for found in pattern.finditer(text):
            if (words := own_words(found[1])) and not words <= GENERAL:
                yield Named(found.start(), found.end(), words)
    for found in _COUNCIL.finditer(text):
        name = _before(block, found.start(), shouted=found.group().isupper())
        before = text[: found.start()].rstrip().rpartition(" ")[2].casefold()
        if name is not None and not (found.group().casefold() == "council" and before in NO_AREA):
            yield Named(name[0], found.end(), name[1])


def schools_in(block: Block, *, title: bool) -> Iterator[Named]:
    """The schools, nurseries and colleges a text names; in a ``title`` all words may have capitals."""
    text = block.text
    told: list[tuple[int, int]] = []
    for found in _SCHOOL.finditer(text):
        kind = found["kind"].strip(" -")
        lone_is_none = found["noun"][0].islower() and not kind
        name = _before(block, found.start(), lone_is_none=lone_is_none, shouted=found["noun"].isupper())
        if name is None or (not kind and _GOES_ON.match(text, found.end())):
            continue
        told.append((name[0], found.end()))
        yield Named(name[0], found.end(), name[1])
    for found in () if title else _AT.finditer(text):
        words = [word for word in _folded(found["name"]) if word not in _SAME_FOR_ALL]
        sure = found.group().casefold().startswith("here at") or found["after"]
        free = all(found.end("name") <= first or found.start("name") >= end for first, end in told)
        if free and sure and words and not any(word in NO_PLACE for word in _folded(found["name"])):
            yield Named(found.start("name"), found.end("name"), frozenset(words), by_noun=False)


def _before(
    block: Block, end: int, *, lone_is_none: bool = False, shouted: bool = False
) -> tuple[int, frozenset[str]] | None:
    """Where the name begins that ends right before a place, and its own words; None if there is none.

    A lone word at the beginning of a sentence may be no name (``lone_is_none``); in ``shouted`` text a short word in
    capitals is not taken for letters that stand for others.
    """
    words = list(_WORD.finditer(block.text, 0, end))
    taken: list[re.Match[str]] = []
    after = end
    for word in reversed(words):
        if block.text[word.end() : after].strip() or (word.group().endswith(".") and not _saint(word)):
            break
        if (taken and word.group().casefold() in _NOUNS) or not _may_be_named(word.group(), words, word, taken):
            break
        taken.insert(0, word)
        after = word.start()
    begins = block.sentence(end - 1, end)[0]
    while taken and _is_general(taken[0].group(), begins=taken[0].start() == begins, shouted=shouted):
        if taken[0].group() == "Our" and taken[1:] and taken[1].group() == "Lady":
            break
        taken.pop(0)
    own = own_words(*(one.group() for one in taken))
    if taken and taken[-1].group().casefold() in _WHAT_IT_IS:
        return None
    lone = len(taken) == 1 and taken[0].start() == begins
    if own <= GENERAL or own & _NATIONAL or (lone and lone_is_none):
        return None
    return taken[0].start(), own


def _may_be_named(word: str, words: list[re.Match[str]], at: re.Match[str], taken: list[re.Match[str]]) -> bool:
    if word[0].isupper():
        return True
    index = words.index(at)
    before = words[index - 1].group() if index else ""
    if not taken or not before[:1].isupper():
        return word == "the" and before == "of" and bool(taken)
    if word == "of":
        return before.casefold() in _BEFORE_OF
    return word in _JOINS and before.casefold() not in GENERAL


def _saint(word: re.Match[str]) -> bool:
    return word.group() in ("St.", "Ste.")


def _is_general(word: str, *, begins: bool, shouted: bool) -> bool:
    bare = word.casefold().rstrip(".")
    if bare.removesuffix("'s") in GENERAL or bare in _JOINS or bare in ("of", "the"):
        return True
    short = word.isupper() and len(word) <= _LETTERS and not shouted
    return short or (begins and _CHOOSING.match(bare) is not None)


def _folded(name: str) -> list[str]:
    return [
        word.group().casefold().removesuffix("'s").rstrip("'") for word in _WORD.finditer(name.replace("\u2019", "'"))
    ]


_HOST = re.compile(r"https?://(?:www\.)?(?P<host>[\w.-]+)", re.IGNORECASE)
_COUNCILS_PAGES = re.compile(r"\.gov\.uk$|local-?offer|sendias", re.IGNORECASE)
_GOVERNMENT = re.compile(
    r"^(?:gov\.uk|(?:.*\.)?(?:service|education|legislation|ofsted|justice|parliament|hse|publishing|judiciary|dwp|hmrc)"
    r"\.gov\.uk)$",
    re.IGNORECASE,
)


def hosts_of_councils(text: str) -> Iterator[tuple[int, str]]:
    """Where a line has an address of a council, of a Local Offer or of an advice service, and its host."""
    for found in _HOST.finditer(text):
        host = found["host"].casefold().rstrip(".")
        if _COUNCILS_PAGES.search(host) and not _GOVERNMENT.search(host):
            yield found.start(), host
