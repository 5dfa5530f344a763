"""Finds how many students of the school a text counts: “three of our deaf pupils”, “our only wheelchair user”.

Each way of writing a count is a pattern of its own. What only looks like a count (a ratio, a limit, a share of children
nationally, “Year 3 pupils”) is `not_a_count`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sendbook.checks.rules.not_a_count import (
    NEAR,
    counts_nobody_here,
    is_general,
    is_label,
    is_of_somebody_else,
    is_rate,
)
from sendbook.checks.rules.number_words import NUMBER, is_year, value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count of students in a text: where it is, how many, and whether it is a share and no number of them."""

    begin: int
    written: str
    value: float
    share: bool = False


_PEOPLE = (
    r"(?:students|pupils|children|learners|girls|boys|kids|youngsters|teenagers|young\s+people|young\s+carers"
    r"|(?:wheelchair|braille|bsl|aac|hearing[- ]aid|cochlear\s+implant|frame|sign\s+language)[- ]users|twins|siblings"
    r"|brothers|sisters|boarders|leavers|sixth[- ]formers|year\s+\d{1,2}s"
    r"|(?:ehc|education,\s+health\s+and\s+care)\s+plans|ehcps)"
)
_PERSON = (
    r"(?:student|pupil|child|learner|girl|boy|kid|youngster|teenager|young\s+person|young\s+carer"
    r"|(?:wheelchair|braille|bsl|aac|hearing[- ]aid|cochlear\s+implant|frame|sign\s+language)[- ]user|twin|sibling"
    r"|brother|sister|boarder|leaver|sixth[- ]former)"
)
#: So many or fewer may point at a child.
FEW = 5
#: Somebody who is, or some who are, counted as a student.
NOUN = re.compile(rf"\b(?:{_PEOPLE}|{_PERSON})\b(?![-']?\w)", re.IGNORECASE)
_OURS = r"(?:(?:our|the|these|those|its|all|school's)\s+)*"
_SOME = r"(?P<between>(?:[A-Za-z][\w'/-]*,?\s+|(?<=year\s)\d{1,2}\s+|(?<=stage\s)\d\s+){0,5}?)"
_BEFORE = r"(?<![\w.,£$€/:\u2013-])"
_AGAIN = r"(?:\s*\((?:\d+|[a-z]+)\))?"
_SHARE = r"(?P<share>\s?%|\s+per\s?cent)?"
_WHOLE = rf"(?P<whole>(?:out\s+)?of\s+{_OURS}{NUMBER}\s+)"
_PART = r"(?P<part>(?:(?:out\s+)?of|in)\s+)"

_NUMBERED = re.compile(
    rf"{_BEFORE}(?P<number>{NUMBER}){_SHARE}{_AGAIN}\s*(?<=[\s%])(?:{_WHOLE}|{_PART})?(?P<ours>{_OURS}){_SOME}"
    rf"(?P<noun>{_PEOPLE}|{_PERSON})\b(?!-\w)",
    re.IGNORECASE,
)
_ONLY = re.compile(
    rf"\b(?:our|the|its|one)\s+(?:one\s+and\s+)?(?:only|sole|one|lone|single)\s+{_SOME}(?P<noun>{_PERSON})\b(?!-\w)",
    re.IGNORECASE,
)
_IN_SERVICE = (
    r"(?:has|have|had|having|is|are|was|were|uses?|used|needs?|needed|receives?|received|gets?|got|holds?|held|attends?"
    r"|attended|came|come|comes|left|joined|with|on|wears?|wore|do|does|did|went|moved|took|passed|reached|made|started)"
)
# The number is of those named before: “Of our pupils, three have …”, “24 pupils, 3 with an EHC plan”, “two of them”.
_OF_THOSE = re.compile(
    rf"(?:[,;:(]\s*(?:and\s+|including\s+|of\s+(?:whom|them|these)[,\s]+)?|^|\b(?:only|just|and|while|but)\s+){_BEFORE}"
    rf"(?P<number>{NUMBER})\s+(?:of\s+(?:them|these|those|whom)\s+)?(?:\w+ly\s+)?{_IN_SERVICE}\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(rf"{_BEFORE}(?P<number>{NUMBER})\s+of\s+(?:them|these|those|whom|which)\b", re.IGNORECASE)
# “Pupils with an EHC plan: 3”, “the number of pupils … is 4”, “pupils (n = 2)”.
_NAMED = re.compile(
    rf"\b{_PEOPLE}\b(?:\s+(?:with|who|on|in|at|receiving|having|needing|using)\b[^:=().;|]{{1,60}})?\s*"
    rf"(?::|=|\(\s*(?:n\s*=\s*)?)\s*(?P<number>{NUMBER})\s*(?=[),;]|\.?\s*$)",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(
    rf"\b(?:number|count|total)\s+of\s+[^.:;=|]{{0,40}}?{_PEOPLE}\b[^.:;=|]{{0,60}}?(?:[:=]|\b(?:is|was|are|were|to|at)\b)"
    rf"\s*(?:only\s+|just\s+|now\s+)*(?P<number>{NUMBER})(?![\w%.]*\s*(?:%|per\s?cent|to\b|\u2013|-|or\b))",
    re.IGNORECASE,
)
# “Number on the SEND register in Year 9: 3”: who is counted goes without saying.
_ON_REGISTER = re.compile(
    r"\b(?:number|count|total)\s+(?:on|with|at|receiving)\s+[^.:;=|]{0,20}?\b(?:registers?|SEND?|EHCPs?|EHC\s+plans?)\b"
    rf"[^.:;=|]{{0,40}}(?:[:=]|\b(?:is|was)\b)\s*(?P<number>{NUMBER})\s*(?=[),;]|\.?\s*$)",
    re.IGNORECASE,
)
# Nobody counts here, and still it is one child: “our blind student”, “the pupil with cystic fibrosis joined us”.
_TRAIT = (
    r"(?:deaf|deafblind|blind|partially\s+sighted|autistic|disabled|diabetic|epileptic|dyslexic|dyspraxic|adopted|fostered"
    r"|looked[ -]after|non-?verbal|tube-fed|(?:visually|hearing|physically)[ -]impaired|wheelchair-using|refugee)"
)
_OUR_ONE = re.compile(
    rf"\bour\s+(?:(?:new|youngest|oldest|own)\s+)?(?:year\s+\d{{1,2}}\s+)?{_TRAIT}\s+(?:year\s+\d{{1,2}}\s+)?"
    rf"(?P<noun>{_PERSON})\b(?!['\u2019-]\w)",
    re.IGNORECASE,
)
_THE_ONE = re.compile(
    rf"\b(?:the|a)\s+(?P<noun>{_PERSON})\s+with\s+(?:an?\s+)?(?:[a-z'-]+\s+){{1,4}}?(?:has\s+)?"
    r"(?:joined|came\s+to\s+us|left\s+us|moved\s+(?:here|away)|started\s+(?:here|in|with))\b",
    re.IGNORECASE,
)
# No word between a number and those who are counted.
_NEVER_BETWEEN = frozenset(
    """
    in on at to for from with by about as into over under after before between during per than that which who
    whom whose when where while if because so but not no is are was were be been being has had do does did can
    could will would may might must shall should get gets give gives help helps make makes take takes let lets
    ask asks say says tell tells most many some each every any few later then now here there only together
    once again also still never always often usually sometimes january february march april june july august
    september october november december am pm mm cm km kg staff adult teacher assistant of until till since a an
    the how what our visit lift door page point day hour term week month minute way
    """.split()  # noqa: SIM905 - a list to be read
)
_PLURALS_BETWEEN = frozenset(["needs", "services", "arts", "sports", "maths", "physics", "traveller's"])
_COMPOUND = re.compile(
    r"\s+(?:with|who|whose|has|had|is|was|in|on|at|from|and|or|but|to|for|of|by|under|that|when|where|because|so|then"
    r"|came|left|said|told|went|got|can|cannot|can't|could|will|does|did|as|about|than|per|aged|here|there|may|might"
    r"|must|should|would|also|only|not|this|last|\d|\w+(?:s|ed|ly|ing))\b",
    re.IGNORECASE,
)


def counts_in(sentence: str, earlier: str = "") -> Iterator[Count]:
    """The counts in one sentence, each place once. ``earlier`` is the text before it: “three of them” may mean it."""
    found: dict[int, Count] = {}
    for make in (_numbered, _only, _named, _of_those, _one_meant):
        for count in make(sentence, earlier):
            found.setdefault(count.begin, count)
    return iter(sorted(found.values(), key=lambda count: count.begin))


def _numbered(sentence: str, _earlier: str) -> Iterator[Count]:
    begin = 0
    while match := _NUMBERED.search(sentence, begin):
        begin = match.end("whole" if match["whole"] else "number")
        if not _is_counted(sentence, match) or is_label(sentence, match.start("number"), match["number"]):
            continue
        is_share = bool(match["share"])
        is_part = (match["part"] or "").lower().startswith("in") or is_rate(sentence, match.start())
        ours = _is_ours(match["ours"])
        if _is_numbering(sentence, match) or _is_other(sentence, match):
            continue
        value = value_of(match["number"])
        if not counts_nobody_here(sentence, match.start(), match.end(), value, ours=ours):
            yield Count(begin=match.start(), written=match.group(), value=value, share=is_share or is_part)


def _is_numbering(sentence: str, match: re.Match[str]) -> bool:
    """Whether a heading's own number comes first: “3 Pupils with medical needs”."""
    after = sentence[match.end("number") :].lstrip()
    is_first = not sentence[: match.start()].strip() and match["number"].isdigit() and after[:1].isupper()
    return is_first and not re.match(rf"\s+{_IN_SERVICE}\b(?<!with)", sentence[match.end() :], re.IGNORECASE)


def _is_other(sentence: str, match: re.Match[str]) -> bool:
    """Whether somebody may do a thing with so many others: “a pupil may bring one other pupil”."""
    before = sentence[max(0, match.start() - NEAR) : match.start()]
    return "other " in match["between"].lower() and bool(re.search(r"\b(?:may|can|should|must|might)\b", before))


def _is_ours(written: str) -> bool:
    return bool(re.search(r"\bour\b|school's", written, re.IGNORECASE))


def _is_counted(sentence: str, match: re.Match[str]) -> bool:
    """Whether the number says how many of the noun there are, by its grammar."""
    if is_year(match["number"]) or not may_be_between(match["between"]):
        return False
    value, noun = value_of(match["number"]), match["noun"]
    if match["share"]:
        return True
    if value != int(value):
        return False
    is_plural = re.fullmatch(_PEOPLE, noun, re.IGNORECASE) is not None
    one_of_some = match["whole"] or match["part"]
    if value == 1 and not match["number"].isdigit():
        if is_plural != bool(one_of_some):
            return False
    elif not is_plural and value != 1:
        return False
    return is_plural or _stands_alone(sentence[match.end() :])


def _stands_alone(rest: str) -> bool:
    """Whether “pupil” is a pupil and no part of another word, as in “one pupil passport” or “one student council”."""
    if re.match(r"\s+(?:premium|councils?|voice|passports?|profiles?|surveys?)\b", rest, re.IGNORECASE):
        return False
    return not re.match(r"\s+[a-z]", rest, re.IGNORECASE) or _COMPOUND.match(rest) is not None


def may_be_between(words: str) -> bool:
    """Whether words between a number and a noun describe the noun, as in “three very young deaf pupils”."""
    words = re.sub(r"\blooked[ -]after\b", "", words, flags=re.IGNORECASE)
    for word in re.findall(r"[A-Za-z][\w'/-]*", words):
        small = word.lower()
        if small in _NEVER_BETWEEN or re.fullmatch(NUMBER, small):
            return False
        is_plural = small.endswith("s") and not small.endswith(("ss", "'s", "ous"))
        if is_plural and small not in _PLURALS_BETWEEN:
            return False
    return True


def _one_meant(sentence: str, _earlier: str) -> Iterator[Count]:
    for pattern in (_OUR_ONE, _THE_ONE):
        for match in pattern.finditer(sentence):
            rest = sentence[match.end("noun") :]
            if (pattern is _THE_ONE or _stands_alone(rest)) and not is_general(
                sentence, match.start(), match.end(), 1, ours=True
            ):
                yield Count(begin=match.start(), written=match.group(), value=1)


def _only(sentence: str, _earlier: str) -> Iterator[Count]:
    for match in _ONLY.finditer(sentence):
        ours = match.group().lower().startswith(("our", "its"))
        if not may_be_between(match["between"]) or not _stands_alone(sentence[match.end() :]):
            continue
        if not counts_nobody_here(sentence, match.start(), match.end(), 1, ours=ours):
            yield Count(begin=match.start(), written=match.group(), value=1)


def _named(sentence: str, _earlier: str) -> Iterator[Count]:
    for pattern in (_NAMED, _NUMBER_OF, _ON_REGISTER):
        for match in pattern.finditer(sentence):
            if is_year(match["number"]) or re.search(r"\b(?:up to|at most|maximum)\b", match.group(), re.IGNORECASE):
                continue
            if is_of_somebody_else(sentence, match.start(), match.end(), ours=" our " in f" {match.group().lower()}"):
                continue
            value = value_of(match["number"])
            if value == int(value):
                yield Count(begin=match.start("number"), written=match["number"], value=value)


def _of_those(sentence: str, earlier: str) -> Iterator[Count]:
    for pattern in (_OF_THOSE, _OF_THEM):
        for match in pattern.finditer(sentence):
            before = sentence[max(0, match.start("number") - NEAR) : match.start("number")]
            value = value_of(match["number"])
            if value != int(value) or not _speaks_of_students(f"{earlier[-NEAR:]} {before}"):
                continue
            begin, end = match.start("number"), match.end()
            if is_label(sentence, begin, match["number"]):
                continue
            if not counts_nobody_here(sentence, begin, end, value, ours=False):
                yield Count(begin=begin, written=sentence[begin:end], value=value)


_MANY = re.compile(r"\b(?:[a-z][\w'-]*s|children|people|staff|women|men)\b", re.IGNORECASE)
_NOT_MANY = frozenset(
    """
    is was has does this as us its his less across always perhaps yes gets uses needs receives comes goes plus
    """.split()  # noqa: SIM905 - a list to be read
)


def _speaks_of_students(before: str) -> bool:
    """Whether the last word for many things, before a number without a noun, is one for students who are counted."""
    plurals = [found for found in _MANY.finditer(before) if found.group().lower() not in _NOT_MANY]
    if not plurals:
        return False
    last = plurals[-1]
    start = max((found.start() for found in NOUN.finditer(before)), default=-1)
    noun = next((found for found in NOUN.finditer(before) if found.start() == start), None)
    if noun is None or noun.end() < last.end():
        # The noun may be followed by a list of what they have: “24 pupils with EHC plans”, “pupils on our registers”.
        return bool(noun and re.fullmatch(r"\s+(?:with|on|in)\b[^.;:,]*", before[noun.end() : last.end()]))
    lead = before[max(0, noun.start() - 60) : noun.start()].lower()
    if re.search(r"\b(?:every|each)\b[\w\s]*$", lead):
        return False
    return bool(re.search(rf"\b(?:of|among|our|are|have|has|had|teach|all|{NUMBER})\b[\w\s'-]*$", lead))
