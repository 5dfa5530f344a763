"""Each rule names the parts of records that it reads: a finding is for those who may see all of these.

A part that no schema has is seen by nobody, and what such a rule finds would be shown to nobody.
"""

from __future__ import annotations

import pytest

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.kinds.meeting.rules import in_time as meetings_in_time
from sendbook.kinds.plan.rules import changes, plans
from sendbook.kinds.plan.rules import in_time as plans_in_time
from sendbook.kinds.rule_book import RULE_BOOK

KINDS = SchemaRegistry.load(schemas()).kinds
#: What rules about plans and meetings read, by the rule.
READS = {
    "PLAN-01": {"plan: plan", "student: status"},
    "PLAN-02": {"plan: plan"},
    "PLAN-03": {"plan: plan"},
    "PLAN-04": {"plan: plan"},
    "PLAN-05": {"plan: targets"},
    "PLAN-06": {"plan: cycles"},
    "PLAN-07": {"plan: plan"},
    "PLAN-08": {"plan: plan"},
    "PLAN-10": {"plan: plan", "plan: targets"},
    "TGT-09": {"plan: targets"},
    "TGT-10": {"plan: targets"},
    "CHG-01": {"plan: targets", "plan: plan"},
    "CHG-02": {"plan: provision", "plan: cycles", "meeting: meetings"},
    # Who of a family was at a meeting is not for everybody who reads what was said there.
    "MTG-01": {"meeting: meetings", "meeting: family_present"},
    "MTG-02": {"meeting: meetings"},
    "MTG-04": {"meeting: meetings"},
}
RULES = (*plans.RULES, *plans_in_time.RULES, *meetings_in_time.RULES, *changes.RULES.rules)


def test_every_part_that_a_rule_reads_is_in_the_schema_of_its_kind() -> None:
    read = {(rule.id, kind, part) for rule in RULE_BOOK.every for kind, part in rule.parts}
    assert len(read) > 100
    assert {one for one in read if one[1] not in KINDS or one[2] not in KINDS[one[1]].parts} == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_about_plans_or_meetings_is_for_those_who_see_all_that_it_reads(rule) -> None:
    assert {f"{kind}: {part}" for kind, part in rule.parts} == READS[rule.id]
