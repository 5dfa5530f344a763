"""Whether data fits a schema, yes or no, and fast: the schema is made into functions once.

`jsonschema` spends most of its time on being able to say what is wrong and where, which is asked of few files. Its
verdict is the measure: what is not one of the plain cases below is handed to it, and a test holds both to the same
answers. It is imported only when such a case, or a file with an error, turns up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sendbook.campus.formats import FORMATS, format_checker
from sendbook.campus.inlining import ANNOTATIONS, OUR_ANNOTATIONS, Schema

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

Test = Callable[[Any], bool]

_TYPES: Mapping[str, Test] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "integer": lambda value: (isinstance(value, int) and not isinstance(value, bool)) or _is_whole(value),
}
# "properties", "required" and "additionalProperties" are tested in one go over the fields.
_FIELDS = frozenset({"properties", "required", "additionalProperties"})
_TESTED_ELSEWHERE = _FIELDS | ANNOTATIONS | OUR_ANNOTATIONS | {"$schema", "then", "else", "minContains", "maxContains"}


def validator(schema: Mapping[str, Any]) -> Validator:
    """`jsonschema`'s validator for the messages, with our formats, and with pence counted exactly."""
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend

    def multiple_of(checking: Validator, unit: Any, value: Any, _: Any) -> Any:
        if checking.is_type(value, "number") and not is_multiple(value, unit):
            yield ValidationError(f"{value!r} is not a multiple of {unit}")

    exact = extend(Draft202012Validator, {"multipleOf": multiple_of})  # type: ignore[no-untyped-call]
    made: Validator = exact(schema, format_checker=format_checker())
    return made


def is_multiple(value: float, unit: float) -> bool:
    """Whether a number is a multiple of another as both are written: 0.29 is one of 0.01, as floats it is not."""
    return (Fraction(repr(value)) / Fraction(repr(unit))).denominator == 1


def compiled(schema: Any) -> Test:
    """The function that says whether data fits a schema without references."""
    if not isinstance(schema, dict):
        return _by_jsonschema(schema)
    tests = [_test(keyword, said, schema) for keyword, said in schema.items() if keyword not in _TESTED_ELSEWHERE]
    if _FIELDS & schema.keys():
        tests.append(_fields(schema))
    return tests[0] if len(tests) == 1 else _all(tests)


def _all(tests: list[Test]) -> Test:
    def fits(value: Any) -> bool:
        # A plain loop here and below: `all` of a generator takes twice as long, and this runs for every value.
        for test in tests:  # noqa: SIM110
            if not test(value):
                return False
        return True

    return fits


def _test(keyword: str, said: Any, schema: Schema) -> Test:
    make = _PLAIN_CASES.get(keyword)
    test = make(said) if make is not None else None
    return test if test is not None else _by_jsonschema({keyword: said, **_beside(keyword, schema)})


def _beside(keyword: str, schema: Schema) -> Schema:
    """Keywords that mean something only together."""
    together = {"if": ("then", "else"), "contains": ("minContains", "maxContains")}.get(keyword, ())
    if keyword == "unevaluatedProperties":
        return {key: value for key, value in schema.items() if key not in ANNOTATIONS | OUR_ANNOTATIONS}
    return {name: schema[name] for name in together if name in schema}


def _by_jsonschema(schema: Any) -> Test:
    made: list[Validator] = []

    def fits(value: Any) -> bool:
        if not made:
            made.append(validator(schema))
        return made[0].is_valid(value)

    return fits


def _fields(schema: Schema) -> Test:
    required = tuple(schema.get("required", ()))
    known = {name: compiled(inner) for name, inner in schema.get("properties", {}).items()}
    others = schema.get("additionalProperties", True)
    other = compiled(others) if isinstance(others, dict) else (lambda _: others is not False)

    def fits(value: Any) -> bool:
        if not isinstance(value, dict):
            return True
        for name in required:
            if name not in value:
                return False
        for name, inner in value.items():  # noqa: SIM110
            if not known.get(name, other)(inner):
                return False
        return True

    return fits


def _type(said: Any) -> Test | None:
    if isinstance(said, str):
        return _TYPES.get(said)
    tests = [_TYPES[name] for name in said if name in _TYPES]
    return lambda value: any(test(value) for test in tests)


def _enum(said: Any) -> Test | None:
    known = frozenset(said)
    if all(isinstance(one, str) for one in said):
        return lambda value: isinstance(value, str) and value in known
    if all(isinstance(one, int) and not isinstance(one, bool) for one in said):
        is_number = _TYPES["number"]
        return lambda value: is_number(value) and value in known
    return None  # 1 and true are told apart by rules of their own


def _items(said: Any) -> Test | None:
    if not isinstance(said, dict):
        return None
    item = compiled(said)

    def fits(value: Any) -> bool:
        if isinstance(value, list):
            for inner in value:
                if not item(inner):
                    return False
        return True

    return fits


def _unique(said: Any) -> Test:
    carefully = _by_jsonschema({"uniqueItems": said})

    def fits(value: Any) -> bool:
        if isinstance(value, list) and all(isinstance(inner, str) for inner in value):
            return not said or len(set(value)) == len(value)
        return carefully(value)

    return fits


def _pattern(said: str) -> Test:
    search = re.compile(said).search
    return lambda value: not isinstance(value, str) or search(value) is not None


def _of_text(holds: Callable[[int, Any], bool]) -> Callable[[Any], Test]:
    return lambda said: lambda value: not isinstance(value, str) or holds(len(value), said)


def _of_list(holds: Callable[[int, Any], bool]) -> Callable[[Any], Test]:
    return lambda said: lambda value: not isinstance(value, list) or holds(len(value), said)


def _of_number(holds: Callable[[Any, Any], bool]) -> Callable[[Any], Test]:
    is_number = _TYPES["number"]
    return lambda said: lambda value: not is_number(value) or holds(value, said)


def _is_whole(value: Any) -> bool:
    return isinstance(value, float) and value.is_integer()


def _all_of(said: list[Any]) -> Test:
    return _all([compiled(one) for one in said])


def _any_of(said: list[Any]) -> Test:
    tests = [compiled(one) for one in said]
    return lambda value: any(test(value) for test in tests)


_PLAIN_CASES: Mapping[str, Callable[[Any], Test | None]] = {
    "type": _type,
    "enum": _enum,
    "pattern": _pattern,
    "format": FORMATS.get,
    "items": _items,
    "uniqueItems": _unique,
    "allOf": _all_of,
    "anyOf": _any_of,
    "minLength": _of_text(lambda length, said: length >= said),
    "maxLength": _of_text(lambda length, said: length <= said),
    "minItems": _of_list(lambda length, said: length >= said),
    "maxItems": _of_list(lambda length, said: length <= said),
    "minimum": _of_number(lambda value, said: value >= said),
    "maximum": _of_number(lambda value, said: value <= said),
    "exclusiveMinimum": _of_number(lambda value, said: value > said),
    "exclusiveMaximum": _of_number(lambda value, said: value < said),
    "multipleOf": _of_number(is_multiple),
}
