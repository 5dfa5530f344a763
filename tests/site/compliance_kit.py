"""A report, an accessibility plan and what was found in them, and the compliance page made of these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.rules.rule import Duty
from sendbook.handbook.edition import SourcePage
from sendbook.handbook.macros import MacroValues
from sendbook.kinds.accessibility_plan.plan_progress import Progress
from sendbook.pages.templates import Templates
from sendbook.site.campus.compliance import Asked, Compliance, compliance
from sendbook.site.campus.compliance_page import compliance_page
from tests.conftest import ON

BODY = """# SEN information report

## Whom we help { #whom data-answers="SENIR-1" }

We help **everybody**, says {{ person("senco").name }}. Come and ask us whatever you like.

## Complaints { #complaints data-answers="SENIR-9 SENIR-7" }

Write to us.

## Complaints again { #again data-answers="SENIR-9" }

Write to us twice.

<!-- edition: staff -->

## For staff { #staff data-answers="SENIR-4" }

Only for staff.

<!-- end edition -->
"""


REPORT = SourcePage(
    path="report.md",
    id="report",
    title="SEN information report",
    summary="What we do.",
    section=11,
    editions=("public", "family", "staff"),
    version="2.0",
    owner="senco",
    approved_on="2026-09-01",
    approved_by="the proprietor",
    document="send_information_report",
    last_reviewed="2026-09-01",
    review_by="2027-09-01",
    body=BODY,
    body_line=12,
)


PLAN_PAGE = replace(
    REPORT,
    path="accessibility-plan.md",
    title="Accessibility plan",
    document="accessibility_plan",
    body="# Accessibility plan\n\n## The steps { #steps }\n\nAs follows.\n",
)


VALUES = MacroValues(people={"senco": {"name": "Mrs <Okonjo>"}})


ASKED = tuple(
    Asked(
        id=one, title=f"Item {one}", source="SEND Regulations", duty=Duty.HOUSE, confirmed=one != "SENIR-9", must=True
    )
    for one in ("SENIR-1", "SENIR-4", "SENIR-7", "SENIR-9")
)


PLAN: Mapping[str, Any] = {
    "cycle": {"start": "2024-04-01", "end": "2027-03-31"},
    "approval": {"on": "2024-03-20", "by": "The proprietor"},
    "next_review": "2027-01-29",
    "reviews": [{"on": "2026-10-05"}],
    "actions": [
        {"id": "A-1", "strand": "curriculum", "action": "Do this", "status": "on_track", "due": "2026-11-22"},
        {"id": "A-2", "strand": "environment", "action": "Do that", "status": "done", "due": "2025-01-01"},
        {
            "id": "A-3",
            "strand": "environment",
            "action": "Go on",
            "status": "at_risk",
            "due": "2026-11-23",
            "start": "2024-05-01",
        },
    ],
}


def record(id_: str, kind: str, path: str, data: Mapping[str, Any]) -> Record:
    return Record(id=id_, kind=kind, student=None, path=path, digest="", data=data)


TERM = {"id": "spring-2027", "name": "Spring term 2027"}


SHARED = Campus(
    [
        record("accessibility-plan", "accessibility_plan", "records/accessibility-plan.yml", PLAN),
        record("campus", "campus", "records/campus.yml", {"terms": [TERM]}),
        record("figures/2027-spring", "figures", "records/figures/2027-spring.yml",
               {"id": "2027-spring", "term": "spring-2027", "state": "approved"}),
    ],
    SchemaRegistry.load(schemas()),
)  # fmt: skip


def finding(path: str = "handbook/report.md", **more: Any) -> Finding:
    plain = {"code": "X", "severity": Severity.WARNING, "message": "This is old.", "remedy": "Read it.", "line": 3}
    return Finding(path=path, **{**plain, **more})


def known(*findings: Finding) -> Compliance:
    return compliance([REPORT, PLAN_PAGE], ASKED, VALUES, findings, SHARED)


def shown(
    templates: Templates,
    *findings: Finding,
    plan: Mapping[str, Any] | None = None,
    sees: frozenset[tuple[str, str]] = frozenset(),
    on: date = ON,
) -> str:
    progress = (
        Progress(data=plan, kind=SHARED.registry.kinds["accessibility_plan"], on=on) if plan is not None else None
    )
    return compliance_page(known(*findings), progress, sees, templates, on=on).content


def text(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", html).split()))


def opened_up(page: str) -> str:
    """What is read only by somebody who opens a fold."""
    return text(" ".join(re.findall(r"<details.*?</details>", page, re.DOTALL)))


def at_a_glance(page: str) -> str:
    """What everybody reads who opens no fold."""
    return text(re.sub(r"<details.*?</details>", " ", page, flags=re.DOTALL))
