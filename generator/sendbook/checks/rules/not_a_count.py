"""Numbers before “pupils” that count nobody in particular: labels, ratios, limits, conditions, other schools.

A number in a public page is only dangerous where it says how many children of this school something is true of.
"""

from __future__ import annotations

import re

from sendbook.checks.rules.number_words import NUMBER

_I = re.IGNORECASE
#: So many letters before and after a number are looked at: a sentence may have no end.
NEAR = 160
# “Year 3 pupils”, “Room 12”: the digits name something. “This year 3 pupils” is a count.
_LABEL = (
    r"(?<!this )(?<!last )(?<!next )(?<!each )(?<!every )(?<!per )(?<!first )(?<!second )(?<!third )"
    r"\b(?:years?(?:\s+groups?)?|key\s+stages?|ks|stages?|levels?|tiers?|waves?|sets?|class|forms?|bands?|blocks?|rooms?|floors?|houses?|pages?|grades?|phases?|units?"
    r"|steps?|items?|parts?|chapters?|sections?|paragraphs?|schedules?|sch\.?|appendix|annex|tables?|figures?|fig\.|types?"
    r"|questions?|papers?|no\.|aged?|ages|bus|route|line|module|gate|building|standard|articles?|art\.|regulations?|reg\.?"
    r"|version|volume|box|lesson|period|at|since|until|by|chapter|group(?=\s+\d+\s+(?:students|pupils)))"
)
_IS_LABEL = re.compile(rf"{_LABEL}\s*(?:\d+[a-z]?\s*(?:,|and|or|to|&|/|-|\u2013)\s*)*$", _I)
# “… two or three pupils”, “3 to 5”, “between two and”.
_RANGE = re.compile(rf"(?:\b{NUMBER}\s*(?:\b(?:to|or|and)\b|-|\u2013|/)\s*|\bbetween\s+)$", _I)
_ONE_IN = re.compile(rf"\b{NUMBER}\s*\b(?:in|out\s+of)(?:\s+every)?\s+$", _I)
_ADULT = (
    r"(?:adults?|teachers?|assistants?|tas?|staff|helpers?|tutors?|mentors?|coach(?:es)?|instructors?|therapists?"
    r"|supervisors?|leaders?|grown-ups?|ratio|person|one|1|2|two)"
)
_LIMITED = re.compile(
    r"(?:\b(?:up\s+to|at\s+most|at\s+least|(?:no|not)\s+more\s+than|(?:a\s+)?(?:maximum|minimum)(?:\s+of)?|max\.?|min\.?"
    r"|fewer\s+than|less\s+than|more\s+than|over|below|above|under|exceeds?|limited\s+to|as\s+(?:few|many)\s+as|(?:room|places?|space|seats?|capacity)\s+for"
    r"|seats|every|per|each|any|no|not|never|another|ratio\s+of|than|that|this|like|enough\s+for)\s+"
    r"|[1-9]\s*:\s*)$",
    _I,
)
_RATIO = re.compile(rf"\b{_ADULT}\s+(?:to|for|with|per|and)\s+(?:every\s+|each\s+|up\s+to\s+|about\s+)*$", _I)
_GROUPED = re.compile(
    r"(?:\b(?:groups?|pairs?|trios?|teams?|tables?|circles?|clusters?|batches|classes|sessions|workshops|sets)\s*"
    r"(?:of|with|for|\(|,|:|made\s+up\s+of|consisting\s+of|is\s+for|are\s+for|is|are)"
    r"|\b(?:groups|pairs|teams|classes|sessions|tables)\s+(?:have|has|hold|take|seat)"
    r"|\b(?:each|every|a|any)\s+(?:\w+\s+)?(?:group|team|table|session|class)\s+(?:has|holds|takes|seats|is|for|of))"
    r"\s*(?:about|around|only|just|usually|often|mostly|never|always|up\s+to)?\s*$",
    _I,
)
_CONDITION = re.compile(
    r"(?:(?:^|[.;:,(]\s*|\b(?:and|or|but|even|so|as)\s+)(?:should|wherever|suppose|imagine|however)\b[^.;:,]*"
    r"|\b(?:if|whether|unless|whenever)\b[^.;:,]{0,50}|\b(?:what|whatever|how)\s+(?:\w+\s+)?|\b(?:let\s+us|let's)\s+say\s+)$",
    _I,
)
_WHEN = re.compile(r"\b(?:when|where|once|until|while)\b[^.;:,]{0,40}$", _I)
_PAST = re.compile(
    r"^[^.;:,]*?\b(?:was|were|had|did|came|left|went|became|told|(?<!has\s)(?<!have\s)(?!need\b|feed\b|indeed\b)\w+ed)\b",
    _I,
)
_NEVER = re.compile(r"\b(?:not|never|isn't|aren't|rarely|nobody|no\s+one|nor)\b[^.;:,]{0,20}$", _I)
_MAY = re.compile(r"^\s+(?:\w+ly\s+)?(?:may|might|should|must|would|can\s+(?:share|work|sit|play|read))\b", _I)
_DISTRIBUTED = re.compile(
    r"^\W*(?:\w+\W+){0,3}?(?:at\s+(?:a|any\s+one)\s+time|at\s+once|per\b|to\s+(?:one|an|each|every|a|1)\s+(?:adult|teacher"
    r"|assistant|member)|or\s+(?:more|fewer|less)\b|max(?:imum)?\b|at\s+most\b|a\s+(?:time|lesson|session|table|group|class)\b)"
    r"|^\s+(?:(?:in|from|of|for|on)\s+)?(?:each|every|any)\s+(?!of\b)",
    _I,
)
_RATE = re.compile(
    r"^\s+(?:in|out\s+of|of)\s+(?:every\s+)?(?:(?:ten|twenty|a\s+hundred|five|four|three|six|eight|thirty|forty|fifty)\b"
    r"|(?!(?:19|20)\d\d\b)\d+\b)(?!\s+(?:lessons|rooms|weeks|subjects|schools))",
    _I,
)
_ANOTHER = re.compile(r"^(?!\s+(?:uses|has|had|is|was|joined|came|left|wears|receives|with)\b)[^.]*\banother\b", _I)
_MOTTO = re.compile(r"^,\s+one\s+", _I)
# What belongs to students without counting them: “four students' toilets”, “5 students' council meetings”.
_WORK = re.compile(
    r"^['\u2019]s?\s+(?:exercise\s+)?(?:books?|work|writing|folders?|toilets?|councils?|voices?|lockers?|entrances?|committees?|forums?"
    r"|panels?|newsletters?|surveys?|questionnaires?|workshops?|kitchens?|rooms?|clubs?)\b",
    _I,
)
_IN_OFFICE = re.compile(
    r"^\s+(?:\w+\s+){0,3}?(?:sits?|serves?|represents?|speaks?|speak|are\s+elected|is\s+elected|are\s+chosen|is\s+chosen)\b"
    r"|^\s+on\s+(?:the|our)\s+(?:\w+\s+){0,3}(?:council|committee|panel|forum)\b",
    _I,
)
_ELSEWHERE = re.compile(
    r"\b(?:national(?:ly)?|in\s+England|across\s+England|in\s+the\s+UK|in\s+Britain|across\s+the\s+country|in\s+(?:this|the)\s+country"
    r"|worldwide|(?:local\s+authority|council|county|borough|city|region)(?:'s)?\s+(?:average|area|figures?)"
    r"|in\s+(?:our|the)\s+(?:county|borough|region|area|city)|(?:in|of|at|across)\s+(?:all|most|other|many)\s+(?:\w+\s+)?schools"
    r"|research|studies|study|survey\s+of\s+schools|in\s+the\s+population|of\s+all\s+(?:children|pupils|young\s+people)\s+in"
    r"|England's|average\s+(?:school|class)|typical(?:ly)?\s+(?:class|school)|in\s+a\s+(?:typical|usual|class)\b"
    r"|at\s+another\s+school|other\s+schools?)\b",
    _I,
)
_HERE = re.compile(r"\b(?:our|on\s+roll|at\s+(?:this|our)\s+school|in\s+(?:this|our)\s+school|here)\b", _I)


def is_label(sentence: str, begin: int, number: str) -> bool:
    """Whether digits name something: a year group, a room, a page, an age, a time."""
    return number[:1].isdigit() and _IS_LABEL.search(sentence[max(0, begin - NEAR) : begin]) is not None


def is_rate(sentence: str, begin: int) -> bool:
    """Whether a number is the second of a share, such as the five of “one in five”."""
    return _ONE_IN.search(sentence[max(0, begin - NEAR) : begin]) is not None


def counts_nobody_here(sentence: str, begin: int, end: int, value: float, *, ours: bool) -> bool:
    """Whether a number is true of any school, or is a figure for somebody else."""
    return is_general(sentence, begin, end, value, ours=ours) or is_of_somebody_else(sentence, begin, end, ours=ours)


def is_general(sentence: str, begin: int, end: int, value: float, *, ours: bool) -> bool:
    """Whether a number sets a limit, a ratio or a condition, or is true of any school: it counts nobody."""
    before, after = sentence[max(0, begin - NEAR) : begin], sentence[end : end + NEAR]
    if _RANGE.search(before) or _LIMITED.search(before) or _RATIO.search(before) or _GROUPED.search(before):
        return True
    if _CONDITION.search(before) or _NEVER.search(before) or _WORK.search(after) or _IN_OFFICE.search(after):
        return True
    if is_rate(sentence, begin):
        return not ours
    if _WHEN.search(before) and not _PAST.search(after):
        return True
    if _DISTRIBUTED.search(after) or re.match(r"\s+than\b", after):
        return True
    if ours:
        return False
    if sentence.endswith("?") or _MOTTO.search(after):
        return True
    one_for_all = value == 1 and (_ANOTHER.search(after) or after.startswith("'s"))
    return bool(_MAY.search(after) or _RATE.search(after) or one_for_all)


def is_of_somebody_else(sentence: str, begin: int, end: int, *, ours: bool) -> bool:
    """Whether the sentence gives a figure for the country, the council's area or schools at large."""
    start = max(0, begin - NEAR)
    near = sentence[start : end + NEAR]
    if ours or not _ELSEWHERE.search(near):
        return False
    clause = _clause(near, begin - start, end - start)
    return not _HERE.search(clause) or _ELSEWHERE.search(clause) is not None


def _clause(sentence: str, begin: int, end: int) -> str:
    """The part of the sentence around a place, between commas and brackets."""
    start = max(sentence.rfind(mark, 0, begin) for mark in ",;:(") + 1
    stops = [at for mark in ",;:)" if (at := sentence.find(mark, end)) >= 0]
    return sentence[start : min(stops, default=len(sentence))]
