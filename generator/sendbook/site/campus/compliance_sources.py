"""Gathers what the compliance page rests on in a build, and remembers it for builds in which nothing of it changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sendbook.bundle.schema import HANDBOOK
from sendbook.bundle.store import Bundle
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.strict_yaml import parse
from sendbook.checks.finding import Finding, in_order
from sendbook.handbook.edition import SourcePage
from sendbook.kinds.accessibility_plan import PLAN_RECORD
from sendbook.kinds.accessibility_plan.published_plan import PLAN_PATH
from sendbook.site.build.handbook_findings import handbook_findings
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.campus.compliance import Compliance, asked_of, compliance
from sendbook.site.macro_values import macro_values

#: Under this name the bundle remembers what the page rests on.
REMEMBERED = "compliance"


def compliance_of(
    folder: CampusFolder, pages: Sequence[SourcePage], common: SharedCampus, findings: Iterable[Finding], *, told: bool
) -> Compliance:
    """What the page rests on, gathered anew.

    ``pages`` are those that come out, ``told`` says that the handbook's findings are among these already.
    """
    values = macro_values(common.shared, common.on, "public", basis=common.basis)
    place = common.shared.get("campus")
    setting = (place.data.get("setting") or {}).get("type") if place else None
    own = () if told else handbook_findings(folder, common.shared, common.on, sound=True)
    return compliance(pages, asked_of(setting), values, in_order([*findings, *own]), as_written(folder, common.shared))


def as_written(folder: CampusFolder, shared: Campus) -> Campus:
    """The shared records with the accessibility plan as its file is now, which the findings speak of.

    While the file has an error, an earlier version is shown in its place. A step is named only where both have it: the
    newer words may be what is wrong.
    """
    record = shared.get(PLAN_RECORD)
    path = folder.root / PLAN_PATH
    written = parse(path.read_bytes(), PLAN_PATH).data if record is not None and path.is_file() else None
    if record is None or written is None or written == record.data:
        return shared
    now = written.get("actions")
    shown = {str(one.get("id")): one for one in record.data.get("actions", ())}
    listed = now if isinstance(now, list) else []  # the file may have anything there: its mistake is what is found
    steps = [shown.get(str(one.get("id")), {}) if isinstance(one, dict) else {} for one in listed]
    return shared.with_records([replace(record, data={**record.data, "actions": steps})])


def remembered_compliance(bundle: Bundle) -> Compliance:
    """What the page rests on, as this build or an earlier one remembered it."""
    kept = bundle.remembered(HANDBOOK, REMEMBERED)
    return Compliance.unpacked(kept) if kept else Compliance(documents=(), rows=(), findings=())
