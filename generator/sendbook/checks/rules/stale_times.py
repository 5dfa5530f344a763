"""Tells a time that has passed, and is spoken of as if it had not, from history.

“By July 2024 every door will have a ramp” is stale; “Since 2014”, “the audit of 2024 found”, “the Act of 2010” and last
year's results are history. Only what the tense or a word such as “this year” settles is called stale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from sendbook.checks.rules.spoken_times import Time, times_in

_I = re.IGNORECASE
# So many letters before and after a time are looked at: a sentence may have no end.
_NEAR = 160
_FUTURE = re.compile(
    r"\b(?:will|shall|won't|going\s+to|(?:plan|aim|intend|expect|hope|want)s?\s+to|(?:is|are)\s+(?:to\s+be\b|due|planned)"
    r"|is\s+to\s+(?!the)|are\s+to\b)",
    _I,
)
_IRREGULAR = (
    r"could|would|was|were|(?<!has )(?<!have )had|did|began|became|built|brought|came|found"
    r"|gave|got|held|kept|made|met|said|told|took|went|won|wrote|ran|left|led|bought|saw|thought|taught|rose|fell|grew|chose|spent|sent|paid"
)
_ENDS_IN_ED = r"(?!need\b|feed\b|speed\b|indeed\b)[a-z]{2,}ed"
_PRESENT = re.compile(
    r"\b(?:is|are|am|has|have|does|do|can|must|offers?|provides?|gives?|runs?|meets?|works?|uses?|teach(?:es)?|trains?|looks?"
    r"|helps?|means?|covers?|applies|apply|keeps?|hold|holds|starts?|begins?)\b|\bwe\s+(?:\w+ly\s+)?(?![a-z]*ed\b)[a-z]+\b",
    _I,
)
# A finite verb of the past: not “are trained”, nor “adapted lessons”.
_PAST = re.compile(
    rf"\b(?:{_IRREGULAR})\b|\b(?:we|they|it|he|she|who|which|that|staff|school|proprietor|governors|committee|council|parents"
    rf"|students|pupils|surveyor|senc[oO]|sendc[oO]|teachers?|government)\s+(?:\w+ly\s+)?{_ENDS_IN_ED}\b",
    _I,
)
# “published in 2015”, “the plan made in March 2024”, “the survey of 2023”.
_DATED = re.compile(
    rf"\b(?:{_ENDS_IN_ED}|made|written|built|held|set|begun|given|taken|done|put|born|started|law|act|regulations?|standards"
    rf"|code\s+of\s+practice|guidance|bill|paper|edition)\s*\(?(?:\w+\s+){{0,2}}?(?:in|on|of|from|by|during)?\s*\(?\s*$",
    _I,
)
_IS_DONE = re.compile(rf"\b(?:is|are|be|being|gets?)\s+(?:\w+ly\s+)?{_ENDS_IN_ED}\s+(?:\w+\s+){{0,2}}?in\s+$", _I)
_HISTORY = re.compile(
    r"\b(?:since|ago|compared|than|up\s+from|down\s+from|earlier|over\s+the\s+(?:last|past)|in\s+the\s+past|history|previous"
    r"|first\s+time|used\s+to|founded|opened|results?|figures?|accounts|surveys?|audits?|census|outcomes|inspection|inspected)\b",
    _I,
)
_THIS = re.compile(
    r"\b(?P<which>this|current|present|next|coming|last)\s+(?:(?:school|academic|calendar)\s+)?(?:year|term|autumn|spring|summer|winter)"
    r"(?:'s)?(?:\s+\w+){0,2}?[\s,:(\u2013-]*(?:is\s+|of\s+|in\s+)?$",
    _I,
)
_NOW = re.compile(
    r"\b(?:now|currently|today|at\s+present|at\s+the\s+moment|as\s+(?:of|at)|correct\s+in)[\s,(:]*(?:in\s+)?$", _I
)
_DEADLINE = re.compile(
    r"\b(?:by|before|no\s+later\s+than|due(?:\s+in|\s+by|\s+on)?|ready\s+(?:in|by|for)|until|next\s+review(?:\s+\w+){0,2}"
    r"|review(?:ed)?\s+(?:by|due|date)|deadline)[\s:]*(?:the\s+)?(?:(?:end|start|beginning|middle)\s+of\s+)?$",
    _I,
)
_BEFORE = re.compile(r"\bbefore\s+(?:the\s+)?$|\b(?:start|beginning)\s+of\s+$", _I)
_WITHIN = re.compile(
    r"\b(?:in|during|for|throughout|at|on)\s+(?:the\s+)?(?:(?:school|academic)\s+year\s+)?(?:(?:end|start|beginning|middle)\s+of\s+)?$",
    _I,
)
_FROM = re.compile(r"\b(?:from|starting|beginning|as\s+from)\s+(?:the\s+)?$", _I)
_TO = re.compile(r"\b(?:to|until|till|-|\u2013)\s*(?:the\s+end\s+of\s+)?$|\u2013\s*$", _I)
_RUNS = re.compile(r"\b(?:runs?|covers?|lasts?|is\s+for|applies|in\s+force|valid)\b", _I)
_LAST_DONE = re.compile(
    r"\blast\s+(?:counted|reviewed|updated|checked|trained|asked|revised|looked|read)\b[^.;]{0,40}\b(?:in|on)\s+(?:the\s+)?$",
    _I,
)
_COVERS = re.compile(r"\b(?:covers?|describes?)\s+(?:the\s+)?(?:\w+\s+)?(?:years?|period)?\s*$", _I)
_STAMP = re.compile(
    r"^\W*(?:date\s+of\s+)?(?:last\s+|date\s+)?(?:reviewed|updated|revised|approved|agreed|adopted|read\s+through|version|review|approval)"
    r"(?:\s+(?:on|in|by|date)|\s+by\s+[\w\s]{2,30}?)?[\s:,\u2013-]*$",
    _I,
)
_YEARLY = re.compile(
    r"\b(?:reports?|plans?|policy|priorities|targets|goals|training|terms?|dates|offer|provision|this\s+year|school\s+year|programme)\b",
    _I,
)
_LAW = re.compile(r"\b(?:act|regulations|order|code|bill|guidance|standards)\b", _I)
_YEAR = timedelta(days=366)


def stale_in(sentence: str, page_day: date, on: date, *, heading: bool = False) -> Iterator[Time]:
    """The times of a sentence that have passed and are spoken of as current or still to come.

    ``page_day`` is the day the page's words are of: what a page calls current is held against its school year. What is
    promised is held against the day itself, ``on``.
    """
    year_begins = date(page_day.year if page_day.month >= 9 else page_day.year - 1, 9, 1)
    for time in times_in(sentence):
        before, after = sentence[max(0, time.begin - _NEAR) : time.begin], sentence[time.end : time.end + _NEAR]
        if _is_over(before, after, time, year_begins, page_day, on, heading=heading):
            yield time


def _is_over(
    before: str, after: str, time: Time, year_begins: date, page_day: date, on: date, *, heading: bool
) -> bool:
    told = _THIS.search(before)
    if told:
        return _is_another_year(told["which"].lower(), time, year_begins)
    if _NOW.search(before):
        return time.until < year_begins and not _PAST.search(before + after)
    if _STAMP.match(before) and len(after.split()) < 6:
        return time.until < page_day - _YEAR
    if _LAST_DONE.search(before):
        return time.until < page_day - _YEAR
    if heading:
        return _is_old_heading(before, after, time, year_begins)
    if _is_history(before, after):
        return False
    clause = _clause(before, after)
    if _DEADLINE.search(before):
        last = time.first - timedelta(days=1) if _BEFORE.search(before) else time.until
        return last < on and not _PAST.search(clause)
    if _COVERS.search(before):
        return time.until < (year_begins if time.is_school_year else on) and not _PAST.search(clause)
    if _TO.search(before) and _RUNS.search(before) and not _PAST.search(clause):
        return time.until < on
    if _FROM.search(before) or _FUTURE.search(clause):
        return time.until < on and _FUTURE.search(clause) is not None
    if not _WITHIN.search(before) or _PAST.search(clause):
        return False
    return time.until < year_begins and (time.is_school_year or _PRESENT.search(clause) is not None)


def _is_another_year(which: str, time: Time, year_begins: date) -> bool:
    """Whether “this year”, “next year” or “last year” can't be the year named after it."""
    if which == "last":
        return time.until < year_begins - timedelta(days=730)
    first_good = year_begins if which in ("this", "current", "present") else year_begins + timedelta(days=121)
    return time.until < first_good


def _is_old_heading(before: str, after: str, time: Time, year_begins: date) -> bool:
    words = before + after
    if _HISTORY.search(words) or _PAST.search(words) or _LAW.search(words):
        return False
    return time.until < year_begins and _YEARLY.search(words) is not None


def _is_history(before: str, after: str) -> bool:
    near = before[-60:]
    if re.search(r"\bborn\s+\w+\s+(?:the\s+)?$", near, _I):
        return True
    if _DATED.search(near) and not _IS_DONE.search(near) and not _DEADLINE.search(before):
        return True
    if re.match(r"\s+(?:act|regulations?|order|code|guidance|edition|standards)\b", after, _I):
        return True
    return _HISTORY.search(before + after) is not None and not (
        _FUTURE.search(before + after) or _DEADLINE.search(before)
    )


def _clause(before: str, after: str) -> str:
    """The clause around a time, a mark in the time's place; the whole sentence if it has one clause."""
    start = max((found.end() for found in re.finditer(r"[;:]\s|\b(?:but|what|which|than)\b", before)), default=0)
    end = re.search(r"[;:]\s|\b(?:but|which)\b", after)
    return f"{before[start:]}§{after[: end.start() if end else len(after)]}"
