"""Finds numbers of one to five students on public pages: so small a number may show which child is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from sendbook.checks.blocks import Sort
from sendbook.checks.documents import Document, DocumentCase
from sendbook.checks.finding import PageSpot
from sendbook.checks.rules.pupil_counts import FEW, NOUN, counts_in, may_be_between
from sendbook.checks.rules.rule import Rule, Spot, rule
from sendbook.checks.rules.said import said_to_all
from sendbook.checks.rules.table_sums import NOT_ADDED, Line, columns_of, is_total, rows_of
from sendbook.checks.tables import Cell, Holds, Table

#: A person who can be singled out is identified, whatever the means a reader has.
_IDENTIFIABLE = "UK GDPR Art 4(1), recital 26"

_NOT_THESE = re.compile(
    r"\b(?:groups?|max(?:imum)?|min(?:imum)?|most|least|up\s+to|at\s+a\s+time|adults?|staff|teachers?|assistants?|ratio|places|needed|weeks?"
    r"|hours?|minutes?|days?|sessions?|lessons?|times|visits|meetings|rooms?|cost|price|steps?|years?\s+groups?|year|age|target"
    r"|national|england|terms?\s+of|section|page|clubs?|subjects?)\b|%",
    re.IGNORECASE,
)
_DESCRIBED = r"(?:(?![a-z-]*s\s)[a-z-]+\s+){0,2}"
_COUNTED_ABOVE = re.compile(
    rf"\b(?:(?:numbers?|counts?|total)\s+of|how\s+many)\s+{_DESCRIBED}{NOUN.pattern}"
    rf"|^\W*{NOUN.pattern}\s+(?:by|on|with|in\s+each)\b",
    re.IGNORECASE | re.MULTILINE,
)
_TITLE = re.compile(
    rf"(?:(?:number|no\.?|total)\s+of\s+|how\s+many\s+)?(?P<between>(?:[a-z'-]+\s+){{0,3}})(?:{NOUN.pattern})"
    r"(?:\s+(?:with|on|in|who|having|receiving|supported|using|helped|taking|by)\b.*|\s*\(.*\))?",
    re.IGNORECASE,
)
# Who is counted where neither the column nor the text above names students: “SEN support” by kind of need or year.
_LEVEL = re.compile(r"(?:sen\s+support|ehc\s+plans?|ehcps?|send?|sen\s+register)", re.IGNORECASE)
_NEED = re.compile(
    r"communication|interaction|cognition|learning|social|emotional|mental|sensory|physical|autis|dyslexi|dyspraxi|adhd|hearing"
    r"|vision|visual|speech|language|medical|behaviour|spld|mld|sld|pmld|slcn|semh|down|boys|girls|primary|secondary"
    r"|(?:year|key\s+stage|y|ks)\s*\d|^(?:7|8|9|1[0-3]|[1-6])$|reception|nursery|sixth|total|all",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"\b(?:send?co|teachers?|assistants?|staff|therapists?|nurses?|counsellors?|mentors?|psychologists?|adults?|governors?)\b",
    re.IGNORECASE,
)
_COUNTED_ROW = re.compile(
    rf"(?:(?:number|total)\s+of\s+|all\s+|our\s+)?(?:[a-z-]+\s+){{0,3}}{NOUN.pattern}", re.IGNORECASE
)
_PLAIN_TITLE = re.compile(
    r"(?:numbers?|no\.?|counts?|total|how\s+many|all|boys|girls|(?:20\d\d(?:[/\u2013-]\d\d)?)|autumn|spring|summer|year\s+\d+|key\s+stage\s+\d"
    r"|primary|secondary|sixth\s+form|now|last\s+year|this\s+year|sen\s+support|ehc\s+plans?|ehcps?)",
    re.IGNORECASE,
)
_PEOPLE_UNITS = frozenset(
    {"", "pupil", "pupils", "student", "students", "child", "children", "learner", "learners", "boys", "girls"}
)
_SURELY_HIDDEN = re.compile(
    r"c|x|\*+|supp.*|withheld|not\s+shown|<.*|fewer.*|less.*|under.*|1\s*(?:to|-|\u2013).*", re.IGNORECASE
)
_REMEDY = "Say it without a number, write “fewer than six”, or use a released figure, which hides small numbers."


@rule("DOC-22", "No sentence gives a number of one to five students", source=_IDENTIFIABLE, law=True, parts=())
def few_in_sentences(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """Where a page counts one to five students, readers can often tell who they are. Group sizes, ratios, limits, year
    groups, and figures for the country or the council's area count nobody here.
    """
    for said in said_to_all(case):
        if said.block.sort in (Sort.ROW, Sort.HEAD_ROW):
            continue  # each cell is looked at by itself
        for begin, sentence in said.block.sentences():
            for count in counts_in(sentence, said.text[:begin]):
                if not count.share and 1 <= count.value <= FEW:
                    start = begin + count.begin
                    message = "This number of students is so small that readers may know who they are."
                    yield said.spot(start, start + len(count.written), message, _REMEDY)


@rule("DOC-23", "No table gives a number of one to five students", source=_IDENTIFIABLE, law=True, parts=())
def few_in_tables(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """A cell that counts one to five students is hidden, and no total gives a hidden cell away."""
    for page in case.for_anybody:
        for table in page.tables:
            yield from _few_in(page, table)


def _few_in(page: Document, table: Table) -> Iterator[PageSpot]:
    told: set[tuple[int, int]] = set()
    for cell in _few_cells(table):
        told.add((cell.line, cell.column))
        message = "This number of students is so small that readers may know who they are."
        yield page.spot(cell.line, message, _REMEDY, column=cell.column, found=cell.text)
    if not _is_about_students(table):
        return
    for line in (*columns_of(table), *rows_of(table)):
        for cell in _given_away(line):
            if (cell.line, cell.column) not in told:
                told.add((cell.line, cell.column))
                message = "Readers can work out this hidden number: it is the total less the other numbers."
                remedy = "Hide a second cell of the same row or column, or leave the total out."
                yield page.spot(cell.line, message, remedy, column=cell.column, found=cell.text)


def _few_cells(table: Table) -> Iterator[Cell]:
    above = _COUNTED_ABOVE.search(table.about) is not None
    for row in table.rows:
        for number, cell in enumerate(row):
            title, label = table.title(number), row[0].text if number else ""
            if cell.holds is Holds.NUMBER and number:
                if _is_few(cell) and _counts(title, label, cell, above=above):
                    yield cell
            elif cell.holds is Holds.WORDS:
                counts = list(counts_in(cell.text))
                if any(not count.share and 1 <= count.value <= FEW for count in counts) and not _NOT_THESE.search(
                    title
                ):
                    yield cell


def _is_few(cell: Cell) -> bool:
    return cell.unit in _PEOPLE_UNITS and not cell.places and 1 <= cell.value <= FEW


def _counts(title: str, label: str, cell: Cell, *, above: bool) -> bool:
    """Whether a number counts students: by its unit, its column, its row, or what is said above the table."""
    if _NOT_THESE.search(title) or (NOT_ADDED.search(title) and not NOUN.search(title)):
        return False
    title_of = _TITLE.fullmatch(title)
    if cell.unit or (title_of is not None and may_be_between(title_of["between"])):
        return True
    if _NOT_THESE.search(label) or _STAFF.search(label):
        return False
    if _LEVEL.fullmatch(title) and _NEED.search(label):
        return True
    return _COUNTED_ROW.match(label) is not None or (above and _PLAIN_TITLE.fullmatch(title) is not None)


def _is_about_students(table: Table) -> bool:
    words = " ".join([table.about, *(cell.text for cell in table.head), *(row[0].text for row in table.rows if row)])
    is_by_level = any(_LEVEL.fullmatch(cell.text) for cell in table.head)
    return is_by_level or NOUN.search(words) is not None


def _given_away(line: Line) -> Iterator[Cell]:
    """The one hidden cell of a row or column whose total and other numbers are all shown."""
    totals = [at for at, title in enumerate(line.titles) if is_total(title, line.titles)]
    if len(totals) != 1 or _NOT_THESE.search(line.title):
        return
    total = line.cells[totals[0]]
    parts = [cell for at, cell in enumerate(line.cells) if at not in totals]
    hidden = [cell for cell in parts if cell.holds is Holds.HIDDEN and _SURELY_HIDDEN.fullmatch(cell.text)]
    numbers = [cell for cell in parts if cell.holds is Holds.NUMBER]
    is_plain = total.holds is Holds.NUMBER and total.unit in _PEOPLE_UNITS
    if len(hidden) != 1 or len(numbers) + 1 != len(parts) or not numbers or not is_plain:
        return
    rest = total.value - sum((cell.value for cell in numbers), Decimal(0))
    are_rounded = all(cell.value % FEW == 0 for cell in (*numbers, total))
    if 0 < rest <= FEW and not are_rounded:
        yield hidden[0]


RULES: tuple[Rule[DocumentCase], ...] = (few_in_sentences, few_in_tables)
