"""Words what is wrong with the shape of a field: what is wanted there, and the line to write in its place.

``message`` and ``remedy`` hold the schema's words alone. The line to write may hold what is in the record, and is the
``hint``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sendbook.campus.link import read_link
from sendbook.campus.link_fields import id_segment, what_to_write
from sendbook.campus.schemas import Kind
from sendbook.campus.verdict import compiled
from sendbook.campus.wanted import as_written, choices, wanted
from sendbook.checks.meant import hint

if TYPE_CHECKING:  # imported by the validator itself, once a file has an error
    from jsonschema.exceptions import ValidationError

_NOW = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a group of fields",
}
_SAME_ID = "The file or folder has the same name as the id: rename it too."


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a finding says about one error."""

    message: str
    remedy: str
    hint: str = ""


def said(error: ValidationError, *, kind: Kind | None, kinds: Mapping[str, Kind]) -> Said:
    """The sentences for an error, other than an unknown field, in a record of a kind, or in a page of no kind.

    ``kinds`` are all there are: links may lead to any of them.
    """
    schema = schema_of(error)
    title, name = title_of(error), _name(error)
    needed = _is_needed(error, kind.schema if kind is not None else None)
    limit: Any = error.validator_value
    match error.validator:
        case "required":
            return _missing_field(error, title)
        case "type":
            return _wrong_type(error, title, name, needed=needed)
        case "enum" | "const":
            if error.instance is None:
                return Said(message=_is_empty(title), remedy=_or_take_out(_choose(schema), needed=needed))
            offered = hint(error.instance, schema, name)
            remedy = "Put it in quotation marks." if _lacks_quotes(error.instance, schema) else _choose(schema)
            return Said(message=f"{title} is not one of its choices.", remedy=remedy, hint=offered)
        case "pattern" | "format":
            return _wrong_form(error, title, name, kind, kinds)
        case "minLength":
            return Said(
                message=f"{title} is empty.", remedy="Fill it in." if needed else "Fill it in, or take the line out."
            )
        case "minItems":
            remedy = "Add an entry." if needed else "Add an entry, or take the field out."
            return Said(message=f"{title} is an empty list.", remedy=remedy)
        case "uniqueItems":
            return Said(message=f"{title} has the same entry twice.", remedy="Take one of them out.")
        case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum":
            offered = hint(error.instance, schema, name)
            return Said(message=f"{title} is {_too(error)}.", remedy=_bound(error, limit), hint=offered)
        case "maxLength":
            return Said(message=f"{title} is too long.", remedy=f"Keep it to {limit:,} characters or fewer.")
        case "maxItems":
            return Said(message=f"{title} has too many entries.", remedy=f"Keep {limit:,} at most.")
        case _:
            return Said(message=f"{title} is not written as it should be.", remedy=_look_up(kind))


def schema_of(error: ValidationError) -> Mapping[str, Any]:
    """The piece of schema that an error is about."""
    return error.schema if isinstance(error.schema, Mapping) else {}


def title_of(error: ValidationError) -> str:
    """What the field is called: its title, or its name where it has none."""
    title = schema_of(error).get("title")
    if title:
        return f"“{title}”"
    names = [step for step in error.absolute_path if isinstance(step, str)]
    if not names:
        return "The record"
    return f"“{names[-1]}”" if _name(error) else f"An entry of “{names[-1]}”"


def missing(error: ValidationError) -> str:
    """The field an error of `required` is about: jsonschema makes one error a field, and names it first."""
    return error.message.split("'")[1]


def _name(error: ValidationError) -> str:
    """The field's name; "" for an entry of a list, and for the record itself."""
    last = error.absolute_path[-1] if error.absolute_path else ""
    return last if isinstance(last, str) else ""


def _missing_field(error: ValidationError, title: str) -> Said:
    name = missing(error)
    field: Mapping[str, Any] = schema_of(error).get("properties", {}).get(name, {})
    message = f"{title}: “{name}” ({field.get('title', name)}) is missing."
    if field.get("type") == "object":
        return Said(
            message=message, remedy=f"Add “{name}:” here, and below it, two spaces further in: {_fields(field)}."
        )
    if "enum" in field:
        return Said(message=message, remedy=f"Add a line “{name}: …” here. {_choose(field)}")
    return Said(message=message, remedy=f"Add a line “{name}: …” here: {wanted(field)}.")


def _wrong_type(error: ValidationError, title: str, name: str, *, needed: bool) -> Said:
    schema, value = schema_of(error), error.instance
    offered = hint(value, schema, name)
    if value is None:
        return _nothing(schema, title, name, needed=needed)
    kinds = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    now = _NOW[type(value)]
    match kinds[0]:
        case "object":
            return Said(
                message=f"{title} has fields of its own, and here it is {now}.",
                remedy=_below(schema, name, value),
                hint=offered,
            )
        case "array":
            remedy = "Begin each entry on a line of its own, with a dash and a space."
            entry = schema.get("items", {})
            if entry.get("type") == "object":
                remedy += f" An entry has these fields: {_fields(entry)}."
            if isinstance(value, dict):
                remedy = (
                    "Put a dash and a space before the first field of each entry, and indent the others to match it."
                )
            return Said(message=f"{title} is a list, and here it is {now}.", remedy=remedy, hint=offered)
        case "boolean":
            return Said(
                message=f"{title} is either true or false.", remedy="Write true for yes, or false for no.", hint=offered
            )
        case "number" | "integer":
            remedy = f"Write {wanted(schema)}, in digits alone: no unit, no comma, no quotes."
            return Said(
                message=f"{title} should be {wanted(schema)}, and here it is {now}.", remedy=remedy, hint=offered
            )
        case _:
            return _not_text(schema, value, title, offered)


def _nothing(schema: Mapping[str, Any], title: str, name: str, *, needed: bool) -> Said:
    kind = schema.get("type")
    remedy = _or_take_out(f"Write it after the colon: {wanted(schema)}.", needed=needed)
    if kind in ("object", "array"):
        what = "its fields" if kind == "object" else "its entries, each after a dash and a space,"
        remedy = f"Write {what} below “{name}:”, two spaces further in{'' if needed else ', or take the line out'}."
    elif kind == "string" and schema.get("format") != "date":
        remedy += " The word “null” and a lone ~ count as nothing; if you meant one, put it in quotes."
    return Said(message=_is_empty(title), remedy=remedy)


def _or_take_out(remedy: str, *, needed: bool) -> str:
    """The same with the other way out, where the field may be left out."""
    return remedy if needed else f"{remedy} Or take the line out."


def _is_needed(error: ValidationError, schema: Mapping[str, Any] | None) -> bool:
    """Whether the field that an error is about has to be there, as the schema of its record says of what holds it.

    An entry of a list can always be taken out. Where the schema isn't at hand, as for a page, nothing is offered.
    """
    steps = list(error.absolute_path)
    for step in steps[:-1]:
        inner = (schema or {}).get("items") if isinstance(step, int) else (schema or {}).get("properties", {}).get(step)
        schema = inner if isinstance(inner, Mapping) else (schema or {}).get("additionalProperties")
        schema = schema if isinstance(schema, Mapping) else {}
    return bool(steps) and (schema is None or steps[-1] in schema.get("required", ()))


def _is_empty(title: str) -> str:
    return f"{title} is empty: nothing is written here."


def _not_text(schema: Mapping[str, Any], value: Any, title: str, offered: str) -> Said:
    single = not isinstance(value, list | dict)
    quotes_do = single and compiled(dict(schema))(as_written(value))
    if "x-written" in schema and single and not quotes_do and (offered or schema.get("format") == "date"):
        remedy = f"Write {wanted(schema)}."
        return Said(message=f"{title} is not written as it should be.", remedy=remedy, hint=offered)
    message = f"{title} should be text, and here it is {_NOW[type(value)]}."
    if isinstance(value, list) and schema.get("format") == "date":
        remedy = f"Write {wanted(schema)}, without brackets and without a dash."
    elif isinstance(value, dict):
        remedy = "A colon and a space, or braces, make a group of it: put the whole text in quotes."
    elif isinstance(value, list):
        remedy = "Dashes or square brackets make a list of it: put the whole text in quotes, or write it below “|”."
    else:
        remedy = "Put it in quotes, so that it stays as you write it."
    return Said(message=message, remedy=remedy, hint=offered)


def _wrong_form(error: ValidationError, title: str, name: str, kind: Kind | None, kinds: Mapping[str, Kind]) -> Said:
    schema = schema_of(error)
    offered = hint(error.instance, schema, name)
    if error.validator == "format" and error.validator_value == "date":
        remedy = f"Write {wanted(schema)}."
        return Said(message=f"{title} is not a day in the calendar.", remedy=remedy, hint=offered)
    remedy = f"Write {wanted(schema)}." if "x-written" in schema else _described(schema, kind)
    if "x-link" in schema and kind is not None:
        remedy += f" It is an id, not a name: {what_to_write(read_link(schema['x-link']), kind, kinds)}."
    own_id = list(error.absolute_path) == ["id"] and kind is not None and bool(id_segment(kind))
    return Said(
        message=f"{title} is not written as it should be.",
        remedy=f"{remedy} {_SAME_ID}" if own_id else remedy,
        hint=offered,
    )


def _described(schema: Mapping[str, Any], kind: Kind | None) -> str:
    """For a field of a campus's own schema whose pattern has no words: nobody is shown a pattern."""
    description = str(schema.get("description", ""))
    return f"It is described so: “{description}” {_look_up(kind)}" if description else _look_up(kind)


def _look_up(kind: Kind | None) -> str:
    if kind is None:
        return "See how other pages write it."
    return f"See how it is written with sendbook schema {kind.name}."


def _choose(schema: Mapping[str, Any]) -> str:
    return f"Choose one of: {', '.join(choices(schema))}."


def _lacks_quotes(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether it is one of the choices but for the quotation marks, without which YAML reads a number."""
    return not isinstance(value, str | bool) and str(value) in schema.get("enum", ())


def _below(schema: Mapping[str, Any], name: str, value: Any) -> str:
    if isinstance(value, list):
        return f"Take the dash away; each of its fields has a line of its own: {_fields(schema)}."
    if not name:
        return f"Begin with “- ” and a field's name, and put each field on a line of its own: {_fields(schema)}."
    return f"Write its fields below “{name}:”, each on a line of its own, two spaces further in: {_fields(schema)}."


def _fields(schema: Mapping[str, Any]) -> str:
    """The fields of a group, those that must be there first."""
    names = list(schema.get("properties", {}))
    required = [name for name in names if name in schema.get("required", ())]
    others = [name for name in names if name not in required]
    told = f"{', '.join(required)} (must be there)" if required else ""
    return ", ".join(filter(None, [told, *others]))


def _too(error: ValidationError) -> str:
    return "too small" if "inimum" in str(error.validator) else "too large"


def _bound(error: ValidationError, limit: Any) -> str:
    return {
        "minimum": f"It must be {limit:,} or more.",
        "maximum": f"It must be {limit:,} or less.",
        "exclusiveMinimum": f"It must be more than {limit:,}.",
        "exclusiveMaximum": f"It must be less than {limit:,}.",
    }[str(error.validator)]
