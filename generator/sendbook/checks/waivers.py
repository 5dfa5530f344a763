"""Applies what the SENDCo has said is meant to be so (``records/waivers.yml``): one function for every door.

A waiver names a rule, a place in a record, a reason, an owner and a last day. Any warning can be waived, and of the
errors those about texts (`WAIVED_ERRORS`): there the waiver names what was seen as well, a digest of the text and the
words found in it, so that it ends with either. A digest is kept, and git is not asked, because a waiver must mean the
same on the server, in a fresh clone and in a folder without any history. After the last day a warning comes back. An
error does not: nothing has become worse, so the SENDCo is reminded (WVR-01), and pages stay up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import Kind
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.texts.places import pointer_to

RECORD_ID = "waivers"
#: The errors that may be meant: what a text says of others.
WAIVED_ERRORS = frozenset({"TXT-01", "TXT-02"})
#: Those that nobody waives: they are about waivers, or about who is named to everybody. A word that is no name there is
#: declared once, in campus.yml.
NEVER_WAIVED = frozenset({"WVR-01", "WVR-02", "WVR-03", "leak-name", "leak-id", "leak-contact"})

RecordOf = Callable[[str], Record | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """One entry: which rule, where, until when; ``seen`` is the digest of the text and the words found in it."""

    rule: str
    path: str
    place: str
    until: date
    seen: str = ""

    def is_over(self, on: date) -> bool:
        """Whether the last day has passed."""
        return on > self.until


def waivers_in(record: Record | None) -> Iterator[Waiver]:
    """The entries of the record, as far as they can be read; one that can't waives nothing."""
    entries = record.data.get("waivers", ()) if record is not None else ()
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, Mapping):
            try:
                yield _waiver(entry)
            except (KeyError, ValueError):
                continue


def _waiver(entry: Mapping[str, Any]) -> Waiver:
    return Waiver(
        rule=str(entry["rule"]).upper(),
        path=path_of(str(entry["record"])),
        place=str(entry.get("pointer", "")),
        until=date.fromisoformat(str(entry["until"])),
        seen=str(entry.get("seen", "")).casefold(),
    )


def path_of(named: str) -> str:
    """The file a waiver means by a record's id, such as ``students/7Q4K/plan``, or by a page of the handbook."""
    named = named.removesuffix(".yml")
    return (
        named
        if named.startswith(("handbook/", "records/")) and "." in named
        else f"records/{named.removeprefix('records/')}.yml"
    )


def waived(
    findings: Iterable[Finding], record: Record | None, on: date, *, record_of: RecordOf, kinds: Mapping[str, Kind]
) -> tuple[Finding, ...]:
    """The findings without those that are meant to be so; ``record_of`` gives a record by its id, to find places in
    it.
    """
    findings = tuple(findings)
    by_path: dict[tuple[str, str], list[Waiver]] = {}
    for waiver in waivers_in(record):
        by_path.setdefault((waiver.rule, waiver.path), []).append(waiver)
    if not by_path:
        return findings

    def is_waived(finding: Finding) -> bool:
        return any(
            _covers(waiver, finding, on) and _is_at(waiver, finding, record_of, kinds)
            for waiver in by_path.get((finding.code.upper(), finding.path), ())
        )

    return tuple(finding for finding in findings if not is_waived(finding))


def waived_in(campus: Campus, findings: Iterable[Finding], on: date) -> tuple[Finding, ...]:
    """The same where all records that findings are about are in one campus."""
    return waived(findings, campus.get(RECORD_ID), on, record_of=campus.get, kinds=campus.registry.kinds)


def _covers(waiver: Waiver, finding: Finding, on: date) -> bool:
    if finding.code in NEVER_WAIVED:
        return False
    if finding.severity is Severity.ERROR:
        return finding.code in WAIVED_ERRORS and bool(waiver.seen) and waiver.seen == finding.seen
    return not waiver.is_over(on) and (not waiver.seen or waiver.seen == finding.seen)


def _is_at(waiver: Waiver, finding: Finding, record_of: RecordOf, kinds: Mapping[str, Kind]) -> bool:
    """Whether the finding is at the waiver's place, or within it."""
    if not waiver.place.strip("/"):
        return True
    record = record_of(finding.path.removeprefix("records/").removesuffix(".yml"))
    kind = kinds.get(record.kind) if record is not None else None
    if record is None or kind is None:
        return False
    pointer = pointer_to(kind, record.data, waiver.place)
    return pointer is not None and f"{finding.pointer}/".startswith(f"{pointer}/")
