"""Finds sentences that promise a change and name nothing anyone could see or count: “To improve his reading”.

A target is read on its own: on a card, a class sheet, a wall at home. Its measure says how much, but only the sentence
says what the student will be doing. A number within the sentence is enough (“to improve from 32 to 50 words a minute”);
a date, a year group or the number of sessions is not, because none of them says what will have changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

_NUMBER_WORD = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundred)"
)
_ANY_NUMBER = rf"(?:\d+(?:[.,]\d+)?|one|{_NUMBER_WORD})"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_SPAN = r"(?:school )?(?:days?|weeks?|months?|half[- ]?terms?|terms?|years?)"
# Numbers that count nothing the student does: days, ages, year groups, rooms, sizes of a task, sessions of help.
_COUNTS_NOTHING = re.compile(
    r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b"
    rf"|\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? \d{{4}})?\b(?= |[.,;)]|$)"
    r"|\b20\d\d(?:[/-]\d\d(?:\d\d)?)?\b"
    rf"|\b(?:in|within|over|after|during|for|by|throughout) (?:the )?(?:next |last |coming |first )?"
    rf"{_ANY_NUMBER} {_SPAN}\b"
    r"|\bhalf[- ]?terms?\b|\b(?:by )?age(?:d| of)? \d+\b"
    r"|(?<!to )\b(?:years?|key stage|ks|term|week|phase|unit|chapter|paper|page|period|lesson|room|class"
    r"|form|set|group|section|y) ?\d+\b(?! (?:level|standard|expectation|word list|objectives))"
    r"|\b(?:1|2|one|two)[ -]?(?::|to)[ -]?(?:1|one)\b"
    rf"|\b{_ANY_NUMBER}-[a-z]+(?:-[a-z]+)?"
    rf"|\b(?:through|via) (?:\w+ ){{0,4}}{_ANY_NUMBER}\b[^.;]*"
    rf"|\b(?:with|through|during|via|using|in|from|by|having|receiving) (?:\w+ ){{0,2}}{_ANY_NUMBER} (?:x )?"
    r"(?:\w+ )?(?:sessions?|interventions?|lessons? (?:of|with)|hours? of)\b[^.;]*",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"\d|\b(?:{_NUMBER_WORD}|half|quarter|thirds?|twice|double|dozen|(?:one|none) (?:of|in|out)|per ?cent)\b",
    re.IGNORECASE,
)

_SOMEONE = (
    r"(?:s?he|\(s\)he|he/she|she/he|they|it|i|we|you"
    r"|(?:the|this|our|my|your|each|every) (?:student|pupil|child|learner|young person|boy|girl|son|daughter)"
    r"|students?|pupils?|child|learner)"
)
_NAME = r"[A-ZÀ-ÖØ-ÞŁŚŻ][\w\u2019'-]*(?: [A-ZÀ-ÖØ-ÞŁŚŻ][\w\u2019'-]*){0,2}"
_MUST = r"(?:will|shall|should|would|could|can|must|may|needs?|has|have|is|are|wants?|hopes?|aims?|likes?)"
_BEFORE = re.compile(
    r"""(?:[\s"'“”\u2018\u2019*•·\u2013\u2014-]+|\(?\w{1,2}[.)]\s+)"""
    r"|(?:by|in|during|at|within|over|throughout|when|on|after|for|as|with|through|using|given)\b[^,;:]{1,80}[,:]\s*"
    r"|(?:[\w'\u2019]+ )?(?:target|goal|aim|objective|next step|outcome)s? (?:is|are|will be)\b(?: for)?\s+"
    r"|[\w &/\u2019'-]{1,40}:\s+",
    re.IGNORECASE,
)
# The number of an entry in a list, which counts nothing.
_NUMBERED = re.compile(
    r"^\W*(?:(?:\(?(?:\d{1,2}|[a-z])[.)])+|(?:short )?(?:target|goal|aim|outcome|objective|step) ?\d*[.):]|\W)\s+",
    re.IGNORECASE,
)
# What may come between the person and the verb that counts.
_HELPING = re.compile(
    r"(?:to|for|will|shall|should|would|could|can|must|may|also|and|then|now|further|always|still|just"
    r"|(?:needs?|has|have|is|are|wants?|hopes?|aims?|would like|likes?|is going|starts?|begins?|be|seeks?) to"
    r"|(?:be |is |are )?able to|(?:has|have|is|are)(?= (?:\w+ed|grown|becom|improving|developing|increasing|growing))"
    r"|be (?:supported|helped|encouraged|enabled|taught|given \w+) to"
    r"|(?!early|family|daily|only|apply|reply|supply|rely|fly|comply|multiply)[a-z]+ly)\b[\s,]*",
    re.IGNORECASE,
)

_OWN = (
    r"(?:(?:his|her|their|my|your|our|the|own|a|an|some|good|further|greater|more|better|increased"
    r"|[\w'-]+(?:'s?|\u2019s?)) )*"
)
_QUALITIES = (
    r"(?:self[- ]\w+|confidence|resilience|independence|fluency|vocabulary|stamina|skills?|relationships?|friendships?"
    r"|knowledge|understanding|awareness|attainment|attendance|concentration|focus|attention|expression|accuracy|care"
    r"|motivation|engagement|comprehension|esteem|progress|improvement|control|strategies|literacy|numeracy|behaviou?r)"
)
#: Verbs for getting better, and for carrying on, in any of their forms.
_CHANGING = (
    r"(?:improv|develop|increas|enhanc|strengthen|consolidat|maximis|optimis|boost|maintain|reduc|decreas|minimis"
    r"|overcom)(?:e[sd]?|s|ed|ing|ings|ment|ments|ement|ements|ation)?"
    # To go on to college, or to become a mentor, is a change anybody could see.
    r"|progress(?:es|ed|ing)?(?! (?:on ?)?(?:in)?to\b)"
    r"|continu(?:es?|ed|ing)(?! (?:into|at|in (?:education|training))\b)"
    r"|becom(?:es?|ing) (?:more|better|less|increasingly|an? (?:more|better)|\w+er\b|(?:self-)?\w+(?:ent|ful|ive)\b)"
    rf"|(?:mak|show|demonstrat|see|achiev)(?:e?s?|ing) {_OWN}(?:\w+ )?(?:progress|improvements?|understanding)"
    r"|work(?:s|ing)? (?:towards?|hard|harder|better|well|more)"
    r"|work(?:s|ing)? (?:on|at)(?! (?:\w+ ){1,3}(?:tasks?|work|activit\w+|exercises?|worksheets?|puzzles?|pieces?"
    r"|questions?|projects?)\b)"
    r"|(?:carr(?:y|ies)|carrying|keep(?:s|ing)?) (?:on\b|(?:work|try|improv|develop|practis)ing)"
    r"|(?:get(?:s|ting)?|do(?:es|ing)?) (?:better|well|more|on (?:better|well)|(?:his|her|their|my) best)"
    rf"|(?:build|gain|rais|grow|extend|broaden|deepen|widen)(?:e?s?|ing)?(?: (?:on|up|in))? {_OWN}(?:[\w-]+ ){{0,2}}"
    rf"{_QUALITIES}|gr(?:ow|ew)(?:n|s|ing)? (?:more|in (?:confidence|independence|fluency)\b)"
    r"|gr(?:ow|ew)(?:n|s|ing)?(?=\W*$)"
    r"|(?:be|is|are|feel(?:s|ing)?|being|have|has|having|show(?:s|ing)?|demonstrat(?:es?|ing)) (?:an? |the )?"
    r"(?:even |much |far )?(?:more|better|less|fewer|greater|improved|increased|higher|further|happier|calmer|kinder"
    r"|safer|stronger)"
    r"|(?:achiev|reach|fulfil|realis|meet)(?:l?e?s?|ing) (?:his|her|their|my) (?:full |true )?potential"
    r"|achiev(?:es?|ing) (?:more|well|better|success)|catch(?:es|ing)? up|clos(?:es?|ing) the gap"
    r"|mov(?:es?|ing) forwards?|(?:better|improved|increased|greater|enhanced|more) \w+"
)
#: Verbs for what goes on in somebody's mind, or that no two people would see alike.
_UNSEEN = (
    r"(?:understand|know|access|enjoy|appreciate|feel|learn|realise|believe|value|engage|cope|behave|concentrate|focus"
    r"|regulate|become|participate more|be|experience)(?:s|d|es|ing)?|is|are|being|tr(?:y|ies|ying)"
    rf"|manag(?:es?|ing) {_OWN}(?:emotions?|feelings?|behaviou?r|anger|anxiety|worr\w+|time|self\w*)"
    r"|pay(?:s|ing)? (?:better |more |closer )?attention"
)
_COMPARED = re.compile(
    r"\b(?:more|less) (?!(?:than|often|frequently|regularly|quickly|daily|weekly)\b)[a-z]+ly\b"
    rf"|\b(?:with|showing|using) (?:more|better|greater|improved|increased) (?:\w+ ){{0,2}}\w+|\bmore {_QUALITIES}\b"
    r"|\bbetter(?=\W*$| (?:in|at|with|during|when|on|and)\b)",
    re.IGNORECASE,
)
_AREA = (
    r"(?:reading|writing|spellings?|maths|mathematics|english|science|handwriting|phonics|literacy|numeracy|speech"
    r"|language|communication|punctuation|grammar|organisation|homework|(?:social|motor|life|listening|thinking"
    r"|emotional|fine|gross|sensory|independent|learning|study)(?: \w+)? skills|anger management|transition"
    rf"|{_QUALITIES})"
)
_AREA_ALONE = re.compile(rf"(?:{_OWN}{_AREA}(?:,| and| in| with| of| &)? ?)+[.!]?", re.IGNORECASE)
#: A longer text is no sentence; what it begins with decides.
_LONGEST = 600
_SO_THAT = re.compile(r"\bso (?:that )?(?=\w)", re.IGNORECASE)


def says_a_number(text: str) -> bool:
    """Whether a sentence counts something, days, year groups and sessions of help aside."""
    return _COUNTED.search(without_days(text)) is not None


def without_days(text: str) -> str:
    """A sentence without the numbers in it that count nothing."""
    return _COUNTS_NOTHING.sub(" ", text)


def vague_change(text: str, names: Iterable[str] = ()) -> str | None:
    """The words that promise a change without saying which; None if there are none or something can be counted.

    ``names`` are what the person it is about is called: a sentence may begin with them.
    """
    return _vague(text, tuple(names), _CHANGING)


def vague_target(text: str, names: Iterable[str] = ()) -> str | None:
    """As `vague_change`, and also where a target is about what nobody can see, as “understands”."""
    return _vague(text, tuple(names), f"{_CHANGING}|{_UNSEEN}")


def _vague(text: str, names: tuple[str, ...], verbs: str) -> str | None:
    plain = _NUMBERED.sub("", " ".join(text[:_LONGEST].split()))
    if says_a_number(plain):
        return None
    said = _from_the_verb(plain, names, verbs)
    found = _nothing_seen(said, verbs)
    reason = _SO_THAT.search(said)
    if found and reason:  # “to improve his reading so that he reads menus alone”: the second half can be seen
        shown = _from_the_verb(said[reason.end() :], names, f"{verbs}|{_UNSEEN}")
        found = _nothing_seen(shown, f"{verbs}|{_UNSEEN}")
    return found


def _nothing_seen(said: str, verbs: str) -> str | None:
    found = re.match(rf"(?:{verbs})\b", said, re.IGNORECASE) or _AREA_ALONE.fullmatch(said) or _COMPARED.search(said)
    return found.group(0).strip() if found else None


def _from_the_verb(text: str, names: tuple[str, ...], verbs: str) -> str:
    """The sentence without what comes before its verb: a label, “By July,”, a name, “will be able to”."""
    leads = _leads(tuple(name for name in names if name and _may_hold(text, name)))
    said = _after_a_strange_name(text, verbs)
    before = ""
    while said != before:
        before = said
        for lead in leads:
            ends = [found.end() for one in lead if (found := one.match(said)) is not None]
            if ends and min(ends) < len(said):
                said = said[min(ends) :]
    return said


def _may_hold(text: str, name: str) -> bool:
    """Whether a name may be in a text, small or in capitals; if in doubt, yes.

    Outside ASCII a letter has more than two ways to be written, so nothing is ruled out there.
    """
    return not (text.isascii() and name.isascii()) or name.lower() in text.lower()


@lru_cache(maxsize=64)
def _leads(names: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], ...], ...]:
    """What may come before the verb of a sentence, where the person it is about may be called by these names; of each,
    every way to write it.
    """
    if not names:
        # “His reading improves” is about the reading as much as about him.
        matter = rf"{_OWN}{_AREA}(?: and {_OWN}{_AREA})? (?={_MUST}\b|(?:{_CHANGING})\b)"
        wish, by, someone = _of_somebody(_SOMEONE, rf"(?:{_SOMEONE} )?")
        return (_BEFORE,), (wish,), (by,), (re.compile(matter, re.IGNORECASE),), (someone,), (_HELPING,)
    # Compiling all of it anew for each student would take longer than the rest of the rule.
    before, *of_anybody, helping = _leads(())
    wish, by, someone = _of_somebody("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    named = ((wish,), (by,), (), (someone,))
    return before, *(both + one for both, one in zip(named, of_anybody, strict=True)), helping


def _of_somebody(called: str, who: str = "") -> Iterator[re.Pattern[str]]:
    """A wish for them, a day or time before them, and they by themselves: “help him to”, “By the end of term he”.

    ``who`` may wish it. What comes before a wish is taken off as well, so a student's names need not know of it.
    """
    someone = rf"(?:for )?(?:{called})\b(?=\s)\s*"
    wish = (
        rf"{who}(?:(?:want|expect)s?|would like|support(?:s|ing)?|help(?:s|ing)?|enabl(?:es?|ing)"
        rf"|encourag(?:es?|ing)|allow(?:s|ing)?) (?:{called}|him|her|them) (?:to )?"
    )
    yield re.compile(wish, re.IGNORECASE)
    # without a comma
    yield re.compile(rf"(?:by|in|at|during|within|over|when|after|from)\b.{{1,70}}?\b(?={someone}{_MUST}\b)", re.I)
    yield re.compile(someone, re.IGNORECASE)


def _after_a_strange_name(text: str, verbs: str) -> str:
    """Without a name that isn't the student's, as in a copied plan. With “to” it might be a verb: “Asks to be …”."""
    follows = rf"{_MUST}\b|to (?:{_CHANGING})\b|(?=\w+s\b)(?i:{verbs})\b"
    found = re.match(rf"(?:[Ff]or )?{_NAME} (?={follows})", text)
    return text[found.end() :] if found else text
