"""The rule about what is withdrawn from the past: a place that is misspelt would go on being shown."""

from __future__ import annotations

from collections.abc import Iterator

from sendbook.access.withdrawn import RECORD_ID, leads_somewhere, steps_of
from sendbook.campus.foundation import WITHDRAWN
from sendbook.checks.case import Case
from sendbook.checks.finding import Severity
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule

_PARTS = ((WITHDRAWN, "withdrawn"),)


@rule("WDN-01", "What is withdrawn has a place", source=HOUSE_RULE, severity=Severity.ERROR, parts=_PARTS)
def place_exists(case: Case) -> Iterator[Spot]:
    """A record or field that does not exist withdraws nothing, and what was wrong would go on standing in the past."""
    record = case.campus.get(RECORD_ID)
    for index, entry in enumerate(record.data.get("withdrawn", ()) if record is not None else ()):
        match = case.campus.registry.match(f"{entry['record']}.yml")
        if match is None or "student" not in match.keys:
            message = "No student's record can be there, so nothing is withdrawn."
            yield Spot(record, f"/withdrawn/{index}/record", message, "Write it like students/7Q4K/plan.")  # type: ignore[arg-type]
        elif not leads_somewhere(match.kind, steps_of(str(entry.get("pointer", "")))):
            message = "That kind of record has no such place, so nothing is withdrawn."
            remedy = "Write fields and short names of entries, no numbers: /targets/reads-aloud/why."
            yield Spot(record, f"/withdrawn/{index}/pointer", message, remedy)  # type: ignore[arg-type]


RULES: tuple[Rule[Case], ...] = (place_exists,)
