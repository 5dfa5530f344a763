"""Works out whether the totals of a table are the sums of their parts.

A total is only called wrong if no sensible sum gives it: of the rows above, of those since the last subtotal, of the
subtotals, of the rows below a first row. Hidden numbers leave a range; what can't be added says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import prod

from sendbook.checks.tables import Cell, Holds, Table

_TOTAL = re.compile(
    r"(?:(?:grand\s+|overall\s+|the\s+)?totals?|sub-?\s?totals?|sum|overall|altogether|in\s+all|all|everybody|everyone)"
    r"(?:\s*\([^)]*\))?[:.]?|(?:grand\s+)?(?:total|sum)\s+(?!on\s+roll|roll|school|available).+|.+\s(?:sub-?)?total",
    re.IGNORECASE,
)
# “All students” may be the school, of whom the rows above are some: only where the rows share everybody out.
_ALL_OF_THEM = re.compile(
    r"all\s+(?:the\s+)?(?:pupils|students|children|years?|year\s+groups|groups|classes)", re.IGNORECASE
)
_SHARES_OUT = re.compile(
    r"(?:years?|y|key\s+stage|ks|class|boys|girls|primary|secondary|sixth\s+form)\b\s*\w*", re.IGNORECASE
)
#: Columns and rows whose numbers are never added up.
NOT_ADDED = re.compile(
    r"\b(?:averages?|mean|median|per|each|rates?|scores?|ratio|percentages?|attendance|ages?|aged|date|phone|telephone"
    r"|ratings?|marks?|stars|points|out\s+of\s+\d+|rooms?|ref|ids?|codes?|section|paragraph|page|level|grades?|rank|price|size)\b|%|^(?:years?|year\s+group|no\.?|step)$",
    re.IGNORECASE,
)
_NO_PART = re.compile(
    r"\b(?:averages?|mean|median|target|change|difference|last\s+year|previous\s+year|national(?:ly)?|england|percentage"
    r"|per\s+cent|goal)\b|%",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?:of\s+(?:which|whom|these|them)|including|incl\.?|thereof|among\s+(?:them|these))\b", re.IGNORECASE
)
_TIMES = re.compile(
    r"\b(?:per|each|a\s+(?:week|day|month|term)|weekly|rate|price|weeks|terms|times)\b|[\u00d7x]\s|@", re.IGNORECASE
)
_ROUNDED = re.compile(r"\bround(?:ed|ing|s)?\b", re.IGNORECASE)
_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row or column: its numbers in order, each with what its own title says, and how it is called."""

    title: str
    cells: tuple[Cell, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongTotal:
    """A total that is none, and what its parts add up to."""

    cell: Cell
    sum: Decimal


def wrong_totals(table: Table) -> Iterator[WrongTotal]:
    """The totals of a table that no sum of their parts gives."""
    rounded = _ROUNDED.search(table.around) is not None
    for line in columns_of(table):
        if not NOT_ADDED.search(line.title) or _shares_out_all(line):
            yield from _wrong(line, rounded=rounded)
    for line in rows_of(table):
        if not _NO_PART.search(line.title):
            yield from _wrong(line, rounded=rounded, by_row=True)


def _shares_out_all(line: Line) -> bool:
    """Whether a column of percentages has a hundred for its total: then they are parts of one whole."""
    pairs = zip(line.titles, line.cells, strict=True)
    return any(
        is_total(title, line.titles) and cell.holds is Holds.SHARE and cell.value == 100 for title, cell in pairs
    )


def columns_of(table: Table) -> Iterator[Line]:
    """The columns but for the first, which names the rows."""
    for column in range(1, len(table.head)):
        rows = [row for row in table.rows if column < len(row)]
        yield Line(
            title=table.title(column),
            cells=tuple(row[column] for row in rows),
            titles=tuple(row[0].text for row in rows),
        )


def rows_of(table: Table) -> Iterator[Line]:
    """The rows, without the columns whose numbers are never added up."""
    for row in table.rows:
        kept = [(cell, table.title(number)) for number, cell in enumerate(row) if number]
        kept = [(cell, title) for cell, title in kept if is_total(title) or not NOT_ADDED.search(title)]
        if kept:
            cells, titles = zip(*kept, strict=True)
            yield Line(title=row[0].text, cells=cells, titles=titles)


def is_total(title: str, others: Iterable[str] = ()) -> bool:
    """Whether a row or column called this holds totals; ``others`` are the titles next to it."""
    if _ALL_OF_THEM.fullmatch(title):
        named = [other for other in others if other and other != title]
        return bool(named) and all(_SHARES_OUT.match(other) for other in named)
    return _TOTAL.fullmatch(title) is not None


def _wrong(line: Line, *, rounded: bool, by_row: bool = False) -> Iterator[WrongTotal]:
    kinds = {cell.holds for cell in line.cells}
    if Holds.NUMBER in kinds and Holds.SHARE in kinds and not by_row:
        return
    for at, title in enumerate(line.titles):
        total = line.cells[at]
        if total.holds not in (Holds.NUMBER, Holds.SHARE) or not is_total(title, line.titles):
            continue
        choices = [parts for parts in parts_of(line, at) if _can_be_added(total, parts)]
        if not choices or any(fits(total, parts, rounded=rounded) for parts in choices):
            continue
        if by_row and _is_product(line, at):
            continue
        if _may_be_mean(title, total, choices[0]):
            continue
        numbers = [part.value for part in choices[0] if part.holds is total.holds]
        yield WrongTotal(cell=total, sum=sum(numbers, Decimal(0)))


def _may_be_mean(title: str, total: Cell, parts: Sequence[Cell]) -> bool:
    """Whether a row called Overall or All may give the middle of the others, such as a mark."""
    values = [part.value for part in parts if part.holds is total.holds]
    return re.fullmatch(r"(?:overall|all|everybody|everyone)\W*", title, re.IGNORECASE) is not None and (
        min(values) <= total.value <= max(values)
    )


def parts_of(line: Line, at: int) -> Iterator[list[Cell]]:
    """The cells that a total may be the sum of, in the order in which a reader would think of them."""
    totals = [number for number, title in enumerate(line.titles) if is_total(title, line.titles)]
    plain = [
        number
        for number in range(len(line.titles))
        if number not in totals and not _NO_PART.search(line.titles[number])
    ]
    last = max((number for number in totals if number < at), default=-1)
    following = min((number for number in totals if number > at), default=len(line.titles))
    above = [number for number in plain if number < at]
    choices = [
        [number for number in above if number > last],
        above,
        [number for number in totals if number < at],
        [*(number for number in totals if number < at), *(number for number in above if number > last)],
    ]
    if not above:
        choices += [
            [number for number in plain if at < number < following],
            [number for number in plain if number > at],
        ]
    for chosen in choices:
        for numbers in (chosen, [number for number in chosen if not _WITHIN.match(line.titles[number])]):
            if len(numbers) >= _FEWEST:
                yield [line.cells[number] for number in numbers]


def _can_be_added(total: Cell, parts: Sequence[Cell]) -> bool:
    if any(part.holds not in (total.holds, Holds.HIDDEN, Holds.EMPTY) for part in parts):
        return False
    numbers = [part for part in parts if part.holds is total.holds]
    units = {cell.unit.rstrip("s") for cell in (*numbers, total)} - {""}
    are_years = all(not part.unit and 1900 <= part.value <= 2100 for part in (*numbers, total))
    return bool(numbers) and len(units) < _FEWEST and not are_years


def fits(total: Cell, parts: Sequence[Cell], *, rounded: bool = False) -> bool:
    """Whether a total can be the sum of its parts; a hidden part may be anything from nought to its most."""
    numbers = [part for part in parts if part.holds is total.holds]
    least = sum((part.value for part in numbers), Decimal(0))
    hidden = [part for part in parts if part.holds is Holds.HIDDEN]
    most = least + sum((part.value for part in hidden), Decimal(0))
    if any(part.holds is Holds.EMPTY for part in parts):
        most = max(most, total.value)
    slack = _slack(total, numbers, rounded=rounded)
    if total.holds is Holds.SHARE:
        if hidden:
            most = max(most, total.value)
        values = [part.value for part in numbers]
        if min(values) <= total.value <= max(values) and total.value != 100:
            return True  # a mean of the rows, such as attendance
    return least - slack <= total.value <= most + slack


def _slack(total: Cell, numbers: Sequence[Cell], *, rounded: bool) -> Decimal:
    """How far a sum may be off because its parts were rounded."""
    places = max(part.places for part in (*numbers, total))
    if total.holds is Holds.SHARE:
        ends = 0 if total.value == 100 else 1
        return Decimal(1).scaleb(-places) * (len(numbers) + ends) / 2
    if not rounded:
        return Decimal(0)
    steps = (step for step in (10, 5) if all(cell.value % step == 0 for cell in (*numbers, total)))
    step = Decimal(next(steps, 0)) or (Decimal(1).scaleb(-places) if places else Decimal(0))
    return step * (len(numbers) + 1) / 2


def _is_product(line: Line, at: int) -> bool:
    """Whether a row's total is a number times another, or may be: eight sessions of 50 minutes."""
    numbers = [
        (cell.value, title)
        for cell, title in zip(line.cells[:at], line.titles[:at], strict=True)
        if cell.holds is Holds.NUMBER
    ]
    values = [value for value, _ in numbers]
    several = (prod(some) for size in range(_FEWEST, len(values) + 1) for some in combinations(values, size))
    return any(_TIMES.search(title) for _, title in numbers) or any(made == line.cells[at].value for made in several)
