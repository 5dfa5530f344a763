"""Says where a finding about the public documents is: the page and its passage, or the step of the accessibility plan.

Lines and file names are for the terminal, where somebody has the file open. On a page a finding has a link to what the
reader can look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from sendbook.campus.passages import Passage
from sendbook.campus.records import Campus, Record
from sendbook.campus.words import sentence
from sendbook.checks.documents import PATHS, PLAN, REPORT
from sendbook.checks.finding import Finding
from sendbook.handbook.edition import SourcePage
from sendbook.kinds.accessibility_plan import ACCESSIBILITY_PLAN, PLAN_RECORD
from sendbook.kinds.accessibility_plan.action_table import step_anchor
from sendbook.kinds.accessibility_plan.published_plan import PLAN_PATH

FIGURES = "records/figures/"
_DOCUMENTS = {REPORT: "SEN information report", PLAN: "Accessibility plan"}
_STEPS = "actions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A document, a part of it ("" for all of it), and its address ("" if it has none)."""

    document: str
    part: str = ""
    url: str = ""

    def __str__(self) -> str:
        return f"{self.document}, {self.part}" if self.part else self.document


def place_key(finding: Finding) -> str:
    """File and place of a finding: findings with the same are at one place."""
    return f"{finding.path}:{finding.line}:{finding.pointer}"


def places_of(
    findings: Iterable[Finding],
    passages: Sequence[tuple[SourcePage, Passage]],
    pages: Sequence[SourcePage],
    shared: Campus,
) -> dict[str, Place]:
    """The place of each finding by `place_key`; ``pages`` and their ``passages`` are the public edition's.

    ``shared`` has the records as the findings speak of them.
    """
    return {place_key(one): _place(one, passages, pages, shared) for one in findings}


def _place(
    finding: Finding, passages: Sequence[tuple[SourcePage, Passage]], pages: Sequence[SourcePage], shared: Campus
) -> Place:
    if finding.path == PLAN_PATH:
        page = next((one for one in pages if one.document == PLAN), None)
        fields = shared.registry.kinds[ACCESSIBILITY_PLAN].schema.get("properties", {})
        return _in_the_plan(finding, shared.get(PLAN_RECORD), page, fields)
    if finding.path.startswith(FIGURES):
        return _in_figures(shared.get(f"figures/{PurePosixPath(finding.path).stem}"), shared.get("campus"))
    page = next((one for one in pages if f"handbook/{one.path}" == finding.path), None)
    if page is None:
        return Place(document=_called(finding.path))
    above = [one for of, one in passages if of is page and finding.line is not None and one.line <= finding.line]
    passage = max(above, key=lambda one: one.line, default=None)
    if passage is None or passage.level == 1:
        return Place(document=page.title, url=page.url)
    return Place(document=page.title, part=f"“{passage.title}”", url=f"{page.url}#{passage.anchor}")


def _in_the_plan(finding: Finding, plan: Record | None, page: SourcePage | None, fields: Mapping[str, Any]) -> Place:
    """The step, or the field, of the accessibility plan; all of it where the record can't be read."""
    document, url = _DOCUMENTS[PLAN], page.url if page else ""
    field, _, rest = finding.pointer.removeprefix("/").partition("/")
    if plan is None or not field:
        return Place(document=document, url=url)
    index = rest.partition("/")[0]
    steps = plan.data.get(_STEPS)
    if field == _STEPS and isinstance(steps, list) and index.isdigit() and int(index) < len(steps):
        step = steps[int(index)]
        said = step.get("action") if isinstance(step, Mapping) else None
        if isinstance(said, str):
            anchor = f"#{step_anchor(step)}" if url else ""
            return Place(document=document, part=f"step “{said.strip().rstrip('.')}”", url=f"{url}{anchor}")
    titled = str(fields.get(field, {}).get("title", ""))
    return Place(document=document, part=f"“{titled}”" if titled else "", url=url)


def _in_figures(release: Record | None, campus: Record | None) -> Place:
    if release is None:
        return Place(document="Figures")
    terms = campus.data.get("terms", ()) if campus else ()
    term = next((str(one["name"]) for one in terms if one.get("id") == release.data.get("term")), "")
    url = f"/figures/#figures-{release.data.get('id')}" if release.data.get("state") == "approved" else ""
    return Place(document="Figures", part=term, url=url)


def _called(path: str) -> str:
    """What a page that isn't there, or isn't public, is called: as the document it should be, or as its file."""
    for sort, at in PATHS.items():
        if at == path:
            return _DOCUMENTS.get(sort, sort)
    return sentence(PurePosixPath(path).stem.lstrip("0123456789-").replace("-", " "))


_ON_A_LINE = re.compile(r"\bon line \d+(?: of [\w./-]+)? already")
_LINES = re.compile(r",? (?:also )?(?:on|in) lines? \d+(?:(?:, | and )\d+)*")
_ITEM = re.compile(r"\bSENIR-\w+")


def in_plain_words(text: str, titles: Mapping[str, str]) -> str:
    """A finding's sentence for a page: without lines, and with an item's title in place of its code."""
    told = _LINES.sub("", _ON_A_LINE.sub("somewhere else already", text))
    return _ITEM.sub(lambda found: f"“{titles[found[0]]}”" if found[0] in titles else "this point", told)
