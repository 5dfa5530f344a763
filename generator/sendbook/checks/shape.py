"""Checks whether a record has the shape its schema asks for, in sentences a SENDCo can act on.

`jsonschema` finds the errors; this module points at the line of each. `shape_words` says what is wanted, and `meant`
what was probably meant. Text from the record goes into ``found`` and ``hint`` only (see `finding`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.campus.strict_yaml import Position
from sendbook.campus.wanted import as_written
from sendbook.checks.field_names import field_meant, value_hint, what_to_do
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.shape_words import missing, said, schema_of, title_of

if TYPE_CHECKING:  # imported by the validator itself, once a file has an error
    from jsonschema.exceptions import ValidationError

Positions = Mapping[str, Position]


def check_shape(
    record: Record, kind: Kind, kinds: Mapping[str, Kind], positions: Callable[[], Positions]
) -> Iterator[Finding]:
    """Everything in ``record`` that its schema refuses; ``kinds`` are all there are.

    ``positions`` is called only if an error was found: it parses the file a second time.
    """
    errors = list(kind.validator.iter_errors(record.data))
    if not errors:
        return
    where = positions()
    misspelt = {suggested for error in errors for suggested in _suggested(error)}
    for error in _once_each(_leaves(errors)):
        if error.validator == "required" and (pointer_of(error.absolute_path), missing(error)) in misspelt:
            continue  # it is there under a name we have already asked about
        if error.validator == "additionalProperties":
            yield from _unknown_fields(error, record, kind, where)
            continue
        pointer = pointer_of(error.absolute_path)
        told = said(error, kind=kind, kinds=kinds)
        yield finding_at(
            record,
            where,
            pointer,
            code=_code(error),
            message=told.message,
            remedy=told.remedy,
            found=_found(error),
            hint=told.hint,
        )


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
    """The errors to report: of an "any of", those of the branch that fits best."""
    for error in errors:
        if error.context:
            yield min(error.context, key=lambda one: (-len(one.absolute_path), str(one.schema_path)))
        else:
            yield error


# Why a text is refused, the plainest reason first: an empty one is neither a day nor written as a day.
_TELLS_MOST = ("minLength", "pattern", "format")


def _once_each(errors: Iterable[ValidationError]) -> list[ValidationError]:
    """The errors without those that say of one text again that it is not written as it must be."""
    reported: list[ValidationError] = []
    of_text: dict[str, int] = {}  # where in the list the error about a text is
    for error in errors:
        place = pointer_of(error.absolute_path)
        if error.validator not in _TELLS_MOST:
            reported.append(error)
        elif place not in of_text:
            of_text[place] = len(reported)
            reported.append(error)
        elif _TELLS_MOST.index(error.validator) < _TELLS_MOST.index(str(reported[of_text[place]].validator)):
            reported[of_text[place]] = error
    return reported


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
    if value is None or isinstance(value, (dict, list)) or error.validator == "required":
        return ""
    return as_written(value)[:80] if not isinstance(value, str) else value[:80]


def _unknown_fields(error: ValidationError, record: Record, kind: Kind, where: Positions) -> Iterator[Finding]:
    """One finding a field. A field's name may be a person's words here, so it is in ``found`` alone."""
    pointer, schema = pointer_of(error.absolute_path), schema_of(error)
    known = schema.get("properties", {})
    present: Any = error.instance
    for field in present:
        if field in known:
            continue
        # The line is the field's own; the pointer, which logs show, stops at the group it is in.
        finding = finding_at(
            record,
            where,
            f"{pointer}{pointer_of([field])}",
            code="unknown-field",
            message=f"This is not a field of {title_of(error)}.",
            remedy=what_to_do(field, schema, kind.schema),
            found=str(field),
            hint=value_hint(present[field], field_meant(field, schema), schema),
        )
        yield replace(finding, pointer=pointer)


def _suggested(error: ValidationError) -> Iterator[tuple[str, str]]:
    """The group that an unknown field is in, with the field that was probably meant."""
    if error.validator == "additionalProperties":
        present: Any = error.instance
        for field in present:
            if field not in schema_of(error).get("properties", {}):
                yield pointer_of(error.absolute_path), field_meant(field, schema_of(error))
