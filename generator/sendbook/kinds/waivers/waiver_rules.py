"""The rules about waivers: one that is over is reviewed, and one that does nothing is not relied upon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.campus.foundation import CAMPUS
from sendbook.checks.case import Case, date_of
from sendbook.checks.rule_book import RuleBook
from sendbook.checks.rules.rule import HOUSE_RULE, Spot, rule
from sendbook.checks.waivers import RECORD_ID, WAIVED_ERRORS, path_of
from sendbook.kinds.waivers import WAIVERS

_PARTS = ((WAIVERS, "waivers"),)
#: What these find lies where no record has its place.
_OF_NO_RECORD = frozenset({"litter", "copy", "stray"})


@rule("WVR-01", "A waiver is reviewed after its last day", source=HOUSE_RULE, parts=_PARTS)
def last_day(case: Case) -> Iterator[Spot]:
    """What was meant for a time is decided anew. A text that was waived stays up as it is until it, or what was found
    in it, changes.
    """
    for index, entry in _entries(case):
        if date_of(entry["until"]) < case.on:
            message = "The last day of this waiver has passed."
            remedy = "Fix what it is about and remove it, or ask its owner to set a new last day."
            yield _spot(case, f"/waivers/{index}/until", message, remedy, found=entry["until"])


@rule("WVR-02", "A waiver is for something that can be waived", source=HOUSE_RULE, parts=_PARTS)
def can_be_waived(case: Case) -> Iterator[Spot]:
    """Every warning can be waived, but for names in public, and of the errors those about names and contact details in
    texts. A waiver of anything else has no effect.
    """
    place = case.campus.get(CAMPUS)
    setting = str((place.data.get("setting") or {}).get("type", "independent")) if place is not None else "independent"
    for index, entry in _entries(case):
        code = str(entry["rule"])
        has_effect = case.waivable(code, setting)
        if has_effect is None:
            message = "There is no such rule, so this waiver has no effect."
            yield _spot(case, f"/waivers/{index}/rule", message, "Give the code as sendbook check shows it.")
        elif not has_effect:
            message = "What this rule finds can't be waived, so this waiver has no effect."
            yield _spot(case, f"/waivers/{index}/rule", message, "Fix what it finds, and remove the waiver.")
        elif code.upper() in WAIVED_ERRORS and "seen" not in entry:
            message = "This waiver does not say what was seen, so it has no effect."
            remedy = "Add “seen:” with the letters and digits that sendbook check shows next to the finding."
            yield _spot(case, f"/waivers/{index}", message, remedy)


@rule("WVR-03", "A waiver is for a place that exists", source=HOUSE_RULE, parts=_PARTS)
def place_can_be(case: Case) -> Iterator[Spot]:
    """A waiver of a record that no kind has waives nothing, and nobody should rely on it."""
    for index, entry in _entries(case):
        path = path_of(str(entry["record"]))
        if str(entry["rule"]).casefold() in _OF_NO_RECORD:
            continue
        if not path.startswith("handbook/") and case.campus.registry.match(path.removeprefix("records/")) is None:
            message = "No record can be in that place, so this waiver has no effect."
            yield _spot(case, f"/waivers/{index}/record", message, "Write it like students/7Q4K/plan.")


@rule("WVR-04", "A waiver has an owner who works here", source=HOUSE_RULE, parts=_PARTS)
def owner_works_here(case: Case) -> Iterator[Spot]:
    """Who has left can't answer for it any more, and nobody would decide again after its last day."""
    for index, entry in _entries(case):
        if date_of(entry["until"]) >= case.on and not case.basis.accounts.works_on(str(entry["owner"]), case.on):
            message = "The owner of this waiver doesn't work here any more."
            yield _spot(
                case, f"/waivers/{index}/owner", message, "Name somebody who works here and is responsible for it."
            )


def _entries(case: Case) -> Iterator[tuple[int, Mapping[str, Any]]]:
    record = case.campus.get(RECORD_ID)
    yield from enumerate(record.data.get("waivers", ()) if record is not None else ())


def _spot(case: Case, pointer: str, message: str, remedy: str, *, found: str = "") -> Spot:
    record = case.campus.get(RECORD_ID)
    return Spot(record, pointer, message, remedy, found)  # type: ignore[arg-type] # there are entries, so there is a record


BOOK = RuleBook(
    shared=(last_day, can_be_waived, place_can_be, owner_works_here),
    what_to_do={
        "WVR-01": "Correct what the waiver is about and take it out, or have its owner decide on a new last day.",
        "WVR-02": "Give the code as sendbook check shows it, and “seen:” where it shows one; or take the waiver out.",
        "WVR-03": "Write the record like students/7Q4K/plan.",
        "WVR-04": "Name somebody who works here and is responsible for it.",
    },
)
