"""Finds pages that call the school what campus.yml says it is not: independent, maintained, an academy.

The kind of school decides which duties are law, whom a parent can turn to and who approves the public documents. Other
schools may be of any kind: only what a page says of ours is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sendbook.checks.documents import DocumentCase
from sendbook.checks.finding import PageSpot
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.checks.rules.said import said_in

_STATE = frozenset({"maintained", "academy"})
_INDEPENDENT = frozenset({"independent", "independent_section_41"})
_NAMES: Mapping[str, str] = {
    "maintained": "a maintained school",
    "academy": "an academy",
    "independent_section_41": "an independent school approved under section 41",
    "independent": "an independent school that is not approved under section 41",
}
#: Each kind in the words of a page, and the settings of campus.yml that it fits.
_KINDS: tuple[tuple[str, str, frozenset[str]], ...] = (
    (
        r"(?:independent|private|fee-paying)(?: [a-z-]+){0,2}? school",
        "an independent school",
        _INDEPENDENT,
    ),
    (
        r"(?:(?:local[- ]authority )?maintained|voluntary[- ](?:aided|controlled))(?: [a-z-]+){0,3}? school",
        "a maintained school",
        frozenset({"maintained"}),
    ),
    (r"state(?:-funded)?(?: [a-z-]+){0,2}? school", "a state-funded school", _STATE),
    (r"academy(?! (?:of|sponsor|trust))|free school", "an academy or free school", frozenset({"academy"})),
    (r"section 41 school", "a section 41 school", frozenset({"independent_section_41"})),
)
# What may describe us before the kind is named: “a small, friendly independent school”, not “a partner of an academy”.
_LIKE = r"(?:(?!(?:of|to|for|near|next|with|from|than|like|between|not|an?|the)\b)[\w'-]+,? ){0,4}?"
_OURS = r"(?:(?:our|this|the) (?:school|campus|academy|college|nursery) is|we are|we're)"
# A sentence may begin with the school's name from a macro; what is left of it begins with “is”.
_SAYS = (
    r"(?:\b{ours}|^{name}\s*is) (?:an? ){like}(?P<kind>{kind})\b(?!'s| partner)",
    r"\bas an? {like}(?P<kind>{kind}),? (?:we|our)\b",
    r"\bour [a-z]+ as an? {like}(?P<kind>{kind})\b",
    r"\b(?P<kind>{kind})s? (?:such as|like) (?:ours|us)\b",
)
_MAYBE = re.compile(r"\b(?:if|whether|unless|where|when|until|before)\b", re.I)
#: Other sentences that hold for some kinds of school alone: what is found, what it says, and where it is true.
_TRUE_OF_SOME: tuple[tuple[re.Pattern[str], str, frozenset[str]], ...] = (
    (
        re.compile(r"\b(?:the|our) proprietor\b(?! of an?\b)", re.I),
        "that you have a proprietor",
        frozenset({"academy"}) | _INDEPENDENT,
    ),
    (re.compile(r"\bour (?:multi-)?academy trust\b", re.I), "that you have an academy trust", frozenset({"academy"})),
    (
        re.compile(
            r"\bdo(?:es)?(?: not|n't) (?:ask|require|oblige) us to publish (?:this|an|our) (?:\w+ ){0,2}report", re.I
        ),
        "that the law does not ask you for the report",
        _INDEPENDENT,
    ),
    (
        re.compile(r"\bno (?:automatic )?right to see the (?:whole )?(?:school|educational) record", re.I),
        "that parents have no right to see the school record",
        frozenset({"academy"}) | _INDEPENDENT,
    ),
    (
        re.compile(r"\bwe are not bound by the (?:SEND )?Code\b", re.I),
        "that the SEND Code of Practice does not bind you",
        frozenset({"independent"}),
    ),
    (
        re.compile(r"\b(?:we are|school is)\b[^.]* approved under section 41\b", re.I),
        "that you are approved under section 41",
        frozenset({"independent_section_41"}),
    ),
)
_OTHER_SCHOOLS = re.compile(r"\b(?:independent|private) schools?\b|\bacadem(?:y|ies)\b", re.I)


@rule("DOC-38", "A page says what kind of school this is as campus.yml does", source=HOUSE_RULE, parts=())
def kind_as_set(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """The kind of school decides which duties are law, what parents have a right to and who approves the documents.
    Yours is “type” under “setting” in campus.yml; what a page says of other schools is not looked at.
    """
    setting = str((case.place.get("setting") or {}).get("type", ""))
    if setting not in _NAMES:
        return
    remedy = f"Write what holds for {_NAMES[setting]}, or correct “type” under “setting” in campus.yml."
    name = str(case.place.get("name", ""))
    for said in said_in(case):
        for begin, sentence in said.block.sentences():
            found = _claim(sentence, setting, name)
            if found is not None:
                (start, end), says = found
                message = f"This says {says}; campus.yml says that you are {_NAMES[setting]}."
                yield said.spot(begin + start, begin + end, message, remedy)
    for page in case.documents.values():
        if setting == "maintained" and re.search(r"\bproprietor\b", page.approved_by, re.I):
            message = f"This says that a proprietor approved it; campus.yml says that you are {_NAMES[setting]}."
            yield page.fact("approved_by", message, remedy, found=page.approved_by)


def _claim(sentence: str, setting: str, name: str) -> tuple[tuple[int, int], str] | None:
    """Where a sentence says of us what is not so for this setting, and what it says."""
    for kind, called, fits in _KINDS:
        if setting in fits:
            continue
        for says in _SAYS:
            pattern = says.format(ours=_OURS, name=f"(?:{re.escape(name)})?", like=_LIKE, kind=kind)
            found = re.search(pattern, sentence, re.I)
            if found and not _MAYBE.search(sentence, 0, found.start("kind")):
                return found.span(), f"that you are {called}"
    for pattern_of, says, fits in _TRUE_OF_SOME:
        if setting not in fits and (found := pattern_of.search(sentence)):
            if setting == "maintained" and "proprietor" in says and _OTHER_SCHOOLS.search(sentence):
                continue
            return found.span(), says
    return None


RULES: tuple[Rule[DocumentCase], ...] = (kind_as_set,)
