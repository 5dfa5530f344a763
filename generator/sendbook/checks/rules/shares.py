"""Works out percentages again: in tables, next to a count and its whole, and in sentences (“12 of 40 pupils (30%)”)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sendbook.checks.rules.number_words import NUMBER, is_year, value_of
from sendbook.checks.rules.table_sums import NOT_ADDED, is_total
from sendbook.checks.tables import Cell, Holds, Table

_OTHER_SHARE = re.compile(
    r"\b(?:target|national(?:ly)?|england|last\s+year|change|growth|attendance|increase|difference|goal)\b",
    re.IGNORECASE,
)
_WHOLE_TITLE = re.compile(r"\b(?:of|total|roll|cohort|whole|all|asked|out\s+of|entered|invited)\b", re.IGNORECASE)
_OF_ALL = re.compile(
    r"\b(?:share|proportion|breakdown|split)\b"
    r"|(?:%|per\s?cent|percentage)\s+of\s+(?:the\s+|all\s+|our\s+)*(?:total|all|pupils|students|children|answers|replies|register|money)\b(?!\s+(?:who|that|in|with))",
    re.IGNORECASE,
)
_SEVERAL_ANSWERS = re.compile(
    r"\bmore\s+than\s+one\b|\bseveral\s+(?:answers|needs)\b|\btick(?:ed)?\s+all\b", re.IGNORECASE
)
_NEAR = Decimal(6)
_FEWEST_ROWS = 3
_STATEMENT = re.compile(r"(?:i|i'm|my|we|our)\b|(?:\S+\s+){5}", re.IGNORECASE)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongShare:
    """A percentage in a cell that is another; ``right`` is what it would be, or None where a column misses 100."""

    cell: Cell
    right: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongSentence:
    """The same in a sentence: where it begins, its words and what the percentage would be."""

    begin: int
    written: str
    right: Decimal


def wrong_shares(table: Table) -> Iterator[WrongShare]:
    """The percentages of a table that are not the share which their rows give."""
    for column in range(1, len(table.head)):
        if _is_of(table, column, Holds.SHARE) and not _OTHER_SHARE.search(table.title(column)):
            found = list(_beside_counts(table, column))
            yield from found
            if not found:
                yield from _misses_hundred(table, column)


def _is_of(table: Table, column: int, holds: Holds) -> bool:
    cells = [row[column] for row in table.rows if column < len(row)]
    return sum(cell.holds is holds for cell in cells) * 2 > len(cells) - 1 and any(
        cell.holds is holds for cell in cells
    )


def _beside_counts(table: Table, column: int) -> Iterator[WrongShare]:
    counts = [
        other
        for other in range(1, len(table.head))
        if other != column and _is_of(table, other, Holds.NUMBER) and not NOT_ADDED.search(table.title(other))
    ]
    best: list[tuple[Cell, Decimal]] = []
    most = 0
    for part in counts:
        for whole in (*(other for other in counts if other != part), None):
            pairs = list(_pairs(table, column, part, whole))
            right = sum(_agrees(cell, wanted) for cell, wanted in pairs)
            if right > most and right * 2 >= len(pairs):
                best, most = pairs, right
    if not best and len(counts) in (1, 2):
        best = _sure_pairs(table, column, counts)
    for cell, wanted in best:
        if not _agrees(cell, wanted):
            yield WrongShare(cell=cell, right=wanted)


def _pairs(table: Table, column: int, part: int, whole: int | None) -> Iterator[tuple[Cell, Decimal]]:
    """Each percentage of a column with what it would be: of another column, or of the total below it."""
    totals = [row[part] for row in table.rows if is_total(row[0].text, ()) and part < len(row)]
    for row in table.rows:
        if max(column, part, whole or 0) >= len(row):
            continue
        base = (totals[-1] if totals else None) if whole is None else row[whole]
        cell, count = row[column], row[part]
        if (
            base is None
            or {count.holds, base.holds} != {Holds.NUMBER}
            or cell.holds is not Holds.SHARE
            or not base.value
        ):
            continue
        if whole is None and row[0].text and is_total(row[0].text, ()) and cell.value == _HUNDRED:
            continue
        if count.value <= base.value and count.unit in ("", base.unit):
            yield cell, count.value / base.value * _HUNDRED


def _sure_pairs(table: Table, column: int, counts: list[int]) -> list[tuple[Cell, Decimal]]:
    """The pairs of a table that leaves no doubt what a percentage is of, although none of them agrees."""
    if len(counts) == 1:
        totals = [row for row in table.rows if is_total(row[0].text, ())]
        is_whole = bool(totals) and column < len(totals[-1]) and totals[-1][column].value == _HUNDRED
        return list(_pairs(table, column, counts[0], None)) if is_whole else []
    for part, whole in (counts, counts[::-1]):
        named = _WHOLE_TITLE.search(table.title(whole)) or len(table.rows) == 1
        rows = [row for row in table.rows if max(part, whole) < len(row)]
        if named and all(row[part].value <= row[whole].value for row in rows if row[part].holds is Holds.NUMBER):
            return list(_pairs(table, column, part, whole))
    return []


def _agrees(cell: Cell, wanted: Decimal) -> bool:
    """Whether a percentage is this share, rounded up, down or off."""
    return abs(cell.value - wanted) < Decimal(1).scaleb(-cell.places)


def _misses_hundred(table: Table, column: int) -> Iterator[WrongShare]:
    """A column that shares out a whole, has no total, and comes near to a hundred without being it."""
    rows = [row for row in table.rows if column < len(row)]
    cells = [row[column] for row in rows]
    if any(is_total(row[0].text, [row[0].text for row in rows]) for row in rows) or len(cells) < _FEWEST_ROWS:
        return
    if any(_STATEMENT.match(row[0].text) for row in rows):
        return  # what people agree to, and not parts of a whole
    if any(cell.holds is not Holds.SHARE for cell in cells) or _SEVERAL_ANSWERS.search(table.around):
        return
    if not _OF_ALL.search(f"{table.title(column)} {table.about}"):
        return
    off = abs(sum((cell.value for cell in cells), Decimal(0)) - _HUNDRED)
    slack = Decimal(1).scaleb(-max(cell.places for cell in cells)) * len(cells) / 2
    if slack < off <= _NEAR:
        yield WrongShare(cell=cells[-1])


_ABOUT = r"(?P<about>about|around|roughly|nearly|almost|just\s+(?:over|under)|over|under|some|approximately|c\.)?\s*"
_PERCENT = r"(?P<percent>\d+(?:\.\d+)?)\s*(?:%|per\s?cent)"
_PARTS = {
    "half": 50,
    "a half": 50,
    "a third": 33.3,
    "one third": 33.3,
    "two thirds": 66.7,
    "a quarter": 25,
    "one quarter": 25,
    "three quarters": 75,
    "a fifth": 20,
    "one fifth": 20,
    "a tenth": 10,
}
_PART = rf"(?P<words>{'|'.join(words.replace(' ', '[ -]') for words in _PARTS)})\b"
_COUNTED = (
    rf"(?<![\w.,£/-])(?P<part>{NUMBER})\s*(?:out\s+of|of|in|/)\s*(?:(?:the|our|all|these|those)\s+)*"
    rf"(?P<whole>{NUMBER})(?![\w%])"
)
_FORWARDS = re.compile(
    rf"{_COUNTED}(?P<between>[^.;:()%]{{0,60}}?)"
    rf"(?:\(\s*|,\s*|[\u2013\u2014]\s*|\s)(?:or\s+|that\s+is,?\s+|which\s+is\s+|i\.e\.\s+|=\s*|being\s+)?{_ABOUT}(?:{_PERCENT}|{_PART})"
    r"(?!\s*(?:more|fewer|less|higher|lower|up|down|than|points)\b)"
    r"(?!\s+of\b(?!\s+(?:them|those|the\s+(?:year|class|group|whole|total))\b))",
    re.IGNORECASE,
)
_BACKWARDS = re.compile(
    rf"{_ABOUT}{_PERCENT}(?P<between>[^.;:()%]{{0,60}}?)(?:\(\s*|,\s*(?:that\s+is,?\s+|which\s+is\s+|or\s+))"
    rf"{_COUNTED}",
    re.IGNORECASE,
)
_SURE_JOIN = re.compile(r"[(,\u2013\u2014=]|\b(?:or|that\s+is|which\s+is|i\.e\.|being)\b", re.IGNORECASE)
_SLACK = {"words": Decimal(5), "about": Decimal(3)}


def wrong_in_sentence(sentence: str) -> Iterator[WrongSentence]:
    """Counts of a whole whose percentage in the same sentence is another."""
    told: set[int] = set()
    for pattern in (_FORWARDS, _BACKWARDS):
        for match in pattern.finditer(sentence):
            part, whole = Decimal(str(value_of(match["part"]))), Decimal(str(value_of(match["whole"])))
            if is_year(match["whole"]) or not whole or part > whole or match.start("part") in told:
                continue
            if pattern is _FORWARDS and not _is_joined(sentence, match):
                continue
            words = (match.groupdict().get("words") or "").lower().replace("-", " ")
            given = Decimal(match["percent"]) if match["percent"] else Decimal(str(_PARTS[words]))
            right = part / whole * _HUNDRED
            if abs(given - right) >= _allowed(match, words):
                told.add(match.start("part"))
                yield WrongSentence(begin=match.start(), written=match.group(), right=right)


def _allowed(match: re.Match[str], words: str) -> Decimal:
    if words:
        return _SLACK["words"]
    if match["about"]:
        return _SLACK["about"]
    return Decimal(1).scaleb(-len(match["percent"].partition(".")[2]))


def _is_joined(sentence: str, match: re.Match[str]) -> bool:
    """Whether the percentage is said of the count before it, and of nothing named between the two."""
    value = "percent" if match["percent"] else "words"
    joined = sentence[match.end("between") : match.start(value)]
    return _SURE_JOIN.search(joined) is not None and not re.search(rf"\b{NUMBER}\b", match["between"], re.IGNORECASE)
