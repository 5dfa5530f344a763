"""The SEN information report: every item of the catalogue is answered, and what changes comes from the records.

State-funded schools must publish it; an independent school that does so follows the same list by choice. Each item is a
rule of its own, so that a finding, its explanation and the compliance page speak of one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sendbook.campus.passages import Passage
from sendbook.campus.words import listed
from sendbook.checks.catalogue import ITEMS, CatalogueItem
from sendbook.checks.documents import PATHS, PLAN, REPORT, Document, DocumentCase
from sendbook.checks.finding import PageSpot, Severity
from sendbook.checks.rules.rule import STATE_FUNDED, Rule, rule

_IN_FORCE = date(2014, 9, 1)
_FRESH = "SEND Code of Practice 2015, 6.79"
_SENCO = re.compile(r"\{\{\s*person\(\s*[\"']senco[\"']\s*\)\s*(?:\.\s*(?P<what>\w+))?\s*\}\}")
_CALLED = {
    "advice_service": "the advice service",
    "complaints": "the way to complain",
    "dsl": "the safeguarding lead",
    "local_offer": "the Local Offer",
    "office": "the school office",
    "principal": "the principal",
    "senco": "the SENCo",
}
_PLACE = re.compile(r"\{\{\s*campus\(\s*[\"'](?P<place>\w+)[\"']\s*\)\s*\.\s*(?P<what>\w+)\s*\}\}")


def _is_answered(item: CatalogueItem) -> Rule[DocumentCase]:
    severity = Severity.ERROR if item.must else Severity.WARNING

    def test(case: DocumentCase) -> Iterator[PageSpot]:
        report = case.report
        if report is not None and not report.answering(item.id):
            message = f"No passage says {item.asks}."
            remedy = f'Write it, and put {{ data-answers="{item.id}" }} behind its heading.'
            yield report.spot(report.body_line, message, remedy)

    test.__doc__ = f"A passage of the report says {item.asks}, and has {item.id} behind its heading."
    return rule(
        item.id,
        f"The report says {item.asks}",
        source=item.source,
        confirmed=item.confirmed,
        law=item.must,
        binds=STATE_FUNDED if item.must else None,
        in_force_from=_IN_FORCE,
        severity=severity,
        parts=(),
    )(test)


@rule("SENIR-00", "There is a SEN information report", source="Children and Families Act 2014 s.69", law=True,
      confirmed=True, binds=STATE_FUNDED, in_force_from=_IN_FORCE, parts=())  # fmt: skip
def report_exists(case: DocumentCase) -> Iterator[PageSpot]:
    """A page of the handbook says of itself that it is the report."""
    if case.report is None:
        message = "There is no SEN information report."
        remedy = "Write this page, and put document: send_information_report at its top."
        yield PageSpot(path=PATHS[REPORT], message=message, remedy=remedy)


@rule("SENIR-F1", "The SENCo is named from the records", source="SEND Regulations 2014, Schedule 1, paragraph 4",
      law=True, confirmed=True, binds=STATE_FUNDED, in_force_from=_IN_FORCE, parts=())  # fmt: skip
def senco_from_records(case: DocumentCase) -> Iterator[PageSpot]:
    """Name and contact details come from the records, so that they are right on the day somebody else takes over."""
    for report, passage in _passages(case, "SENIR-4"):
        asked = {found["what"] or "name" for found in _SENCO.finditer(_source(report, passage))}
        if not asked & {"name", "full_name"}:
            remedy = 'Write {{ person("senco").name }} where the name belongs.'
            yield report.spot(passage.line, "The SENCo is not named from the records here.", remedy)
        elif not asked & {"email", "phone"}:
            remedy = 'Add {{ person("senco").email }} and {{ person("senco").phone }}.'
            yield report.spot(passage.line, "Nothing says how to reach the SENCo.", remedy)


@rule("SENIR-F2", "The advice service can be reached", source="SEND Regulations 2014, Schedule 1, paragraph 11",
      law=True, binds=STATE_FUNDED, in_force_from=_IN_FORCE, parts=())  # fmt: skip
def advice_from_records(case: DocumentCase) -> Iterator[PageSpot]:
    """Families find the council's free advice service with a telephone number or an address, from the records."""
    for report, passage in _passages(case, "SENIR-11"):
        if not _asked(report, passage, "advice_service") & {"phone", "email", "url"}:
            message = "Nothing says how to reach the council's advice service."
            remedy = 'Add {{ campus("advice_service").phone }}, and fill in advice_service in campus.yml.'
            yield report.spot(passage.line, message, remedy)


@rule("SENIR-F3", "The Local Offer is linked to", source="SEND Regulations 2014, Schedule 1, paragraph 13",
      law=True, binds=STATE_FUNDED, in_force_from=_IN_FORCE, parts=())  # fmt: skip
def offer_linked(case: DocumentCase) -> Iterator[PageSpot]:
    """Where it is published means an address, and it comes from the records."""
    for report, passage in _passages(case, "SENIR-13"):
        if "url" not in _asked(report, passage, "local_offer"):
            remedy = 'Link to it: [the Local Offer]({{ campus("local_offer").url }}).'
            yield report.spot(passage.line, "Nothing says where the Local Offer is published.", remedy)


@rule("SENIR-F4", "The accessibility plan is linked to", source="Children and Families Act 2014 s.69(3)(b)(iv)",
      law=True, confirmed=True, binds=STATE_FUNDED, in_force_from=_IN_FORCE, parts=())  # fmt: skip
def plan_linked(case: DocumentCase) -> Iterator[PageSpot]:
    """The plan itself, or a link to it."""
    plan = case.documents.get(PLAN)
    file = plan.path.rpartition("/")[2] if plan else "accessibility-plan.md"
    for report, passage in _passages(case, "SENIR-69biv"):
        targets = {link.target.partition("#")[0].rpartition("/")[2] for link in passage.links}
        if file not in targets:
            message = "This passage does not lead to the accessibility plan."
            yield report.spot(passage.line, message, f"Link to it: [accessibility plan]({file}).")


@rule("SENIR-F5", "A new SENCo brings a fresh look", source=_FRESH, confirmed=True, parts=())
def fresh_after_change(case: DocumentCase) -> Iterator[PageSpot]:
    """What changes in the year is put right as soon as possible: the page is read through when the SENCo changes."""
    report, senco = case.report, case.place.get("contacts", {}).get("senco")
    record = case.campus.get(f"people/{senco}")
    if report is None or record is None or report.last_reviewed is None:
        return
    duties = (record.data.get("staff") or {}).get("duties", ())
    begun = max((duty["from"] for duty in duties if duty["role"] == "senco"), default="")
    days = case.threshold("days_to_update_a_document")
    if report.last_reviewed < begun and (case.on - date.fromisoformat(begun)).days > days:
        message = f"Somebody else became SENCo over {days} days ago, after the page was last read through."
        remedy = "Read it through with the new SENCo, and set last_reviewed."
        yield report.fact("last_reviewed", message, remedy)


@rule("SENIR-F6", "The report gets a new date when its facts change", source=_FRESH, confirmed=True, parts=())
def dated_anew(case: DocumentCase) -> Iterator[PageSpot]:
    """Its contacts, the way to complain and the Local Offer's address come from the records, so the words change with
    them: the page says so within the days the campus allows. The days come from git; where there is no repository, or a
    copy of one without older commits, nothing is known and nothing is said.
    """
    report, days = case.report, case.threshold("days_to_update_a_document")
    late = {fact: day for fact, day in case.facts_changed.items() if (case.on - day).days > days}
    if late and any(True for _ in fresh_after_change.test(case)):  # the same news, told already
        late = {fact: day for fact, day in late.items() if fact.about != "senco"}
    if report is None or not late:
        return
    what = listed(sorted({_CALLED.get(fact.about, fact.about.replace("_", " ")) for fact in late}))
    message = (
        f"The records changed over {days} days ago in what the report says of {what}, and it is dated before that."
    )
    remedy = f"Read it through, and set changed_on (it was on {max(late.values())}), or have it approved again."
    yield report.fact("changed_on" if report.changed_on else "approved_on", message, remedy)


def _passages(case: DocumentCase, item: str) -> Iterator[tuple[Document, Passage]]:
    """The first passage that answers an item; a missing or a second one is another rule's."""
    for passage in case.report.answering(item)[:1] if case.report else ():
        if passage.words and case.report:
            yield case.report, passage


def _source(report: Document, passage: Passage) -> str:
    """A passage as it is written."""
    later = [other.line for other in report.passages if other.line > passage.line and other.level <= passage.level]
    lines = report.body.split("\n")
    begin = passage.line - report.body_line
    return "\n".join(lines[begin : (later[0] - report.body_line) if later else len(lines)])


def _asked(report: Document, passage: Passage, place: str) -> set[str]:
    """What a passage asks of a place of the campus record."""
    return {found["what"] for found in _PLACE.finditer(_source(report, passage)) if found["place"] == place}


RULES: tuple[Rule[DocumentCase], ...] = (
    report_exists,
    *map(_is_answered, ITEMS),
    senco_from_records,
    advice_from_records,
    offer_linked,
    plan_linked,
    fresh_after_change,
    dated_anew,
)
