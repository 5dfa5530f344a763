"""Who gets the compliance page in a build, and what of the campus's records each of them sees on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sendbook.access.decide import Judge
from sendbook.access.parts import ALL
from sendbook.access.people import Reader
from sendbook.access.shared import shared_record, whos_of
from sendbook.bundle.fragment import Fragment
from sendbook.bundle.schema import HANDBOOK
from sendbook.bundle.store import Bundle
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.strict_yaml import parse
from sendbook.checks.documents import PLAN_RECORD
from sendbook.checks.finding import Finding, in_order
from sendbook.handbook.compliance_places import PLAN_PATH
from sendbook.handbook.edition import SourcePage
from sendbook.handbook.macro_values import macro_values
from sendbook.pages.templates import Renders
from sendbook.site.build.inspection import handbook_findings
from sendbook.site.build.world import World
from sendbook.site.campus.compliance import Compliance, asked_of, compliance
from sendbook.site.campus.compliance_page import OPENED_BY, compliance_page

#: Under this name the bundle remembers what the page rests on.
REMEMBERED = "compliance"
# What a finding about a public document may rest on, besides pages that everybody reads.
_RECORDS = ("campus", "accessibility-plan")


@dataclass(frozen=True, slots=True)
class Seen:
    """What readers who may be called the same see: (kind, part) pairs, and the accessibility plan cut down to them."""

    parts: frozenset[tuple[str, str]]
    plan: Mapping[str, Any] | None = field(repr=False)


def compliance_of(
    folder: CampusFolder, pages: Sequence[SourcePage], world: World, findings: Iterable[Finding], *, told: bool
) -> Compliance:
    """What the page rests on, gathered anew.

    ``pages`` are those that come out, ``told`` says that the handbook's findings are among these already.
    """
    values = macro_values(world.shared, world.on, "public", basis=world.basis)
    place = world.shared.get("campus")
    setting = str((place.data.get("setting") or {}).get("type", "")) if place else ""
    own = () if told else handbook_findings(folder, world.shared, world.on, sound=True)
    return compliance(pages, asked_of(setting), values, in_order([*findings, *own]), as_written(folder, world.shared))


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


class ComplianceDesk:
    """The compliance page of one build's readers."""

    def __init__(self, world: World, bundle: Bundle) -> None:
        self._world = world
        self._bundle = bundle
        self._judge = Judge(world.shared, world.basis)
        self._seen: dict[frozenset[str], Seen | None] = {}

    def seen_by(self, reader: Reader) -> Seen | None:
        """What a reader sees on the page, or None if the page is not theirs."""
        whos = whos_of(reader, self._world.on, self._world.basis)
        if whos not in self._seen:
            self._seen[whos] = self._look(reader)
        return self._seen[whos]

    def page(self, seen: Seen, templates: Renders, nav: str) -> Fragment:
        """The page, with these links in the drawer."""
        on = self._world.on
        return compliance_page(self._known, seen.plan, seen.parts, templates, on=on, nav=nav)

    def _look(self, reader: Reader) -> Seen | None:
        world = self._world
        everywhere = self._everywhere(reader)
        parts = everywhere | {pair for name in _RECORDS for pair in self._parts(reader, name)}
        if OPENED_BY not in parts:
            return None
        plan = world.shared.get("accessibility-plan")
        cut = shared_record(plan, reader, world.on, world.basis) if plan else None
        return Seen(parts, cut.data if cut else None)

    def _parts(self, reader: Reader, name: str) -> list[tuple[str, str]]:
        record = self._world.shared.get(name)
        if record is None:
            return []
        kind = self._world.basis.kinds[record.kind]
        return [
            (record.kind, part)
            for part in sorted(kind.parts)
            if self._judge.decide(reader, "read", part, record, self._world.on).allowed
        ]

    def _everywhere(self, reader: Reader) -> frozenset[tuple[str, str]]:
        """What is granted whole, of every record of a kind: what rests on names shows to nobody with less."""
        basis = self._world.basis
        grants = [
            grant
            for who in whos_of(reader, self._world.on, basis)
            for grant in basis.policy.grants_to(who)
            if grant.action == "read" and grant.states is None and not grant.of
        ]
        return frozenset(
            (kind.name, part)
            for kind in basis.kinds.values()
            if any(ALL in grant.parts_of(kind) for grant in grants)
            for part in kind.parts
        )

    @cached_property
    def _known(self) -> Compliance:
        """Read when it is first asked for: the build has remembered it by then."""
        kept = self._bundle.remembered(HANDBOOK, REMEMBERED)
        return Compliance.unpacked(kept) if kept else Compliance(documents=(), rows=(), findings=())
