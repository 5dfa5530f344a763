"""Whether a record has the shape its schema asks for, told in sentences a SENDCo can act on.

`jsonschema` finds the errors; this module words them, points at the line, and suggests the nearest known name.
Text from the record goes into ``found`` only (see `finding`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.campus.strict_yaml import Position
from sendbook.checks.finding import Finding, Severity

if TYPE_CHECKING:  # imported by the validator itself, once a file has an error
    from jsonschema.exceptions import ValidationError

Positions = Mapping[str, Position]

_TYPES = {
    "object": "a group of fields",
    "array": "a list (each entry on its own line, beginning with “- ”)",
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}
_PATTERNS = {
    "student id": "four capitals and digits, such as 7Q4K",
    "person id": "p- and four small letters and digits, such as p-3f8q",
    "date": "a day written as year-month-day, such as 2026-11-23",
}


def check_shape(record: Record, kind: Kind, positions: Callable[[], Positions]) -> Iterator[Finding]:
    """Everything in ``record`` that its schema refuses.

    ``positions`` is called only if there is something to tell: it parses the file a second time.
    """
    errors = list(kind.validator.iter_errors(record.data))
    if not errors:
        return
    where = positions()
    misspelt = {suggested for error in errors for suggested in _suggested(error)}
    for error in _once_each(_leaves(errors)):
        if error.validator == "required" and (pointer_of(error.absolute_path), _missing(error)) in misspelt:
            continue  # it is there under a name we have already asked about
        if error.validator == "additionalProperties":
            yield from _unknown_fields(error, record, where)
            continue
        pointer = pointer_of(error.absolute_path)
        message, remedy = _sentence(error, _title(error, pointer))
        yield finding_at(record, where, pointer, code=_code(error), message=message, remedy=remedy, found=_found(error))


def finding_at(
    record: Record,
    positions: Positions,
    pointer: str,
    *,
    code: str,
    message: str,
    remedy: str,
    found: str = "",
    hint: str = "",
    severity: Severity = Severity.ERROR,
    source: str = "",
    parts: tuple[tuple[str, str], ...] = (),
    seen: str = "",
    text: str = "",
) -> Finding:
    """A finding about one place of a record; the nearest enclosing place with a position gives line and column."""
    place = _nearest(positions, pointer)
    return Finding(
        code=code,
        severity=severity,
        path=record.path,
        line=place.line if place else None,
        column=place.column if place else None,
        pointer=pointer,
        message=message,
        remedy=remedy,
        found=found,
        hint=hint,
        source=source,
        parts=parts,
        seen=seen,
        text=text,
    )


def pointer_of(parts: Any) -> str:
    """A JSON pointer (RFC 6901) from a sequence of keys and indexes."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def _nearest(positions: Positions, pointer: str) -> Position | None:
    while pointer and pointer not in positions:
        pointer = pointer.rpartition("/")[0]
    return positions.get(pointer)


def _leaves(errors: list[ValidationError]) -> Iterator[ValidationError]:
    """The errors to tell: of an "any of", those of the branch that fits best."""
    for error in errors:
        if error.context:
            yield min(error.context, key=lambda one: (-len(one.absolute_path), str(one.schema_path)))
        else:
            yield error


# Why a text is refused, the plainest reason first: an empty one is neither a day nor written as a day.
_TELLS_MOST = ("minLength", "pattern", "format")


def _once_each(errors: Iterable[ValidationError]) -> list[ValidationError]:
    """The errors without those that say of one text again that it is not written as it must be."""
    told: dict[str, int] = {}
    kept: list[ValidationError] = []
    for error in errors:
        place = pointer_of(error.absolute_path)
        if error.validator not in _TELLS_MOST:
            kept.append(error)
        elif place not in told:
            told[place] = len(kept)
            kept.append(error)
        elif _TELLS_MOST.index(error.validator) < _TELLS_MOST.index(str(kept[told[place]].validator)):
            kept[told[place]] = error
    return kept


def _code(error: ValidationError) -> str:
    return {
        "additionalProperties": "unknown-field",
        "required": "missing-field",
        "type": "wrong-type",
        "enum": "unknown-value",
        "const": "unknown-value",
        "format": "impossible-date" if error.validator_value == "date" else "wrong-format",
        "pattern": "wrong-format",
        "minLength": "empty-text",
        "maxLength": "text-too-long",
        "minimum": "number-too-small",
        "exclusiveMinimum": "number-too-small",
        "maximum": "number-too-large",
        "minItems": "list-too-short",
        "maxItems": "list-too-long",
        "uniqueItems": "listed-twice",
    }.get(str(error.validator), "wrong-shape")


def _found(error: ValidationError) -> str:
    value = error.instance
    return "" if isinstance(value, (dict, list)) else str(value)[:80]


def _sentence(error: ValidationError, name: str) -> tuple[str, str]:
    wanted: Any = error.validator_value
    match error.validator:
        case "required":
            missing = _missing(error)
            title = _schema(error).get("properties", {}).get(missing, {}).get("title", missing)
            return f"{name}: “{missing}” ({title}) is missing.", f"Add a line “{missing}: …” here."
        case "type":
            return f"{name} is not {_types(wanted)}.", f"Write {_types(wanted)}.{_type_hint(error, wanted)}"
        case "enum":
            near = _nearest_value(error.instance, wanted)
            known = ", ".join(str(value) for value in wanted)
            return f"{name} is not one of the known values.", (
                f"Did you mean “{near}”? Known: {known}." if near else f"Use one of: {known}."
            )
        case "format" if wanted == "date":
            return (
                f"{name} is not a day in the calendar.",
                "Write the day as year-month-day, such as 2026-11-23.",
            )
        case "pattern" | "format":
            return f"{name} is not written as it must be.", f"Write {_pattern_words(error, wanted)}."
        case "minLength" | "minItems":
            return f"{name} is empty.", "Fill it in, or take the line out."
        case "uniqueItems":
            return f"{name} holds the same entry twice.", "Take one of them out."
        case "minimum" | "exclusiveMinimum":
            return f"{name} is too small.", f"The smallest value allowed is {wanted}."
        case "maximum":
            return f"{name} is too large.", f"The largest value allowed is {wanted}."
        case "maxLength":
            return f"{name} is too long.", f"Keep it under {wanted} characters."
        case _:
            return f"{name} does not have the shape it must have.", "Compare it with `sendbook schema`."


def _type_hint(error: ValidationError, wanted: Any) -> str:
    """How to write what was probably meant; text is what people mean by most of what YAML takes for something else."""
    value: Any = error.instance
    if wanted == "boolean":
        return " Write it as true or false, in small letters."
    if wanted in ("number", "integer") and isinstance(value, str):
        return " Digits only, with a point before decimals: 0.5, 1200; no unit, no comma, no plus."
    if wanted != "string":
        return ""
    if value is None:
        return " Nothing is written here; if you meant the word “null”, put it in quotes."
    if isinstance(value, dict):
        return " A colon and a space, or braces, make a group of it: put the whole text in quotes."
    if isinstance(value, list):
        return " Dashes or square brackets make a list of it: put the whole text in quotes, or write it below “|”."
    return " Put it in quotes, so that it is kept as you write it."


def _unknown_fields(error: ValidationError, record: Record, where: Positions) -> Iterator[Finding]:
    """One finding a field. What is in a field's place may be a person's words: it is told as something found."""
    pointer = pointer_of(error.absolute_path)
    known = list(_schema(error).get("properties", {}))
    present: Any = error.instance
    for field in present:
        if field in known:
            continue
        near = _meant(field, known)
        finding = finding_at(
            record,
            where,
            f"{pointer}{pointer_of([field])}",
            code="unknown-field",
            message=f"This is not a field of {_title(error, pointer)}.",
            remedy=f"Did you mean “{near}”?" if near else f"Known fields here: {', '.join(known)}.",
            found=str(field),
        )
        yield replace(finding, pointer=pointer)


def _meant(field: str, known: list[str]) -> str:
    return next(iter(get_close_matches(field, known, n=1, cutoff=0.6)), "")


def _suggested(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Where an unknown field stands, with the field that was probably meant."""
    if error.validator == "additionalProperties":
        known = list(_schema(error).get("properties", {}))
        present: Any = error.instance
        for field in present:
            if field not in known:
                yield pointer_of(error.absolute_path), _meant(field, known)


def _missing(error: ValidationError) -> str:
    """The field an error of `required` is about: jsonschema makes one error a field, and names it first."""
    return error.message.split("'")[1]


def _schema(error: ValidationError) -> Mapping[str, Any]:
    return error.schema if isinstance(error.schema, Mapping) else {}


def _title(error: ValidationError, pointer: str) -> str:
    title = _schema(error).get("title")
    return f"“{title}”" if title else (f"“{pointer.rpartition('/')[2]}”" if pointer else "The record")


def _types(wanted: Any) -> str:
    names: list[str] = wanted if isinstance(wanted, list) else [wanted]
    return " or ".join(_TYPES.get(name, name) for name in names)


def _nearest_value(value: Any, known: list[Any]) -> str:
    near = get_close_matches(str(value), [str(one) for one in known], n=1, cutoff=0.5)
    return near[0] if near else ""


def _pattern_words(error: ValidationError, wanted: Any) -> str:
    pattern = str(_schema(error).get("pattern", wanted))
    if "0-9A-HJKMNP" in pattern:
        return _PATTERNS["student id"]
    if pattern.startswith("^p-"):
        return _PATTERNS["person id"]
    if pattern.startswith("^[0-9]{4}-"):
        return _PATTERNS["date"]
    if pattern.startswith("^\\S"):
        return "one line of text without spaces at its ends"
    if error.validator_value == "email":
        return "an e-mail address, such as name@larkfield.example"
    return f"it to fit the pattern {pattern}"
