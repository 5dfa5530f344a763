"""Reads schema files and puts what each ``$ref`` refers to in its place, once, when the registry loads.

Validation is three times faster without references. A schema that refers to itself can't be put in place, and
is an error. Which keywords a schema may use is decided here too: an unknown one would silently check nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sendbook.campus import strict_yaml
from sendbook.campus.words import did_you_mean
from sendbook.errors import SchemaError

Schema = dict[str, Any]

HOLDS_SCHEMA = frozenset(
    {"items", "additionalProperties", "unevaluatedProperties", "propertyNames", "contains", "not", "if", "then", "else"}
)
HOLDS_SCHEMAS = frozenset({"allOf", "anyOf", "oneOf"})
HOLDS_NAMED_SCHEMAS = frozenset({"properties", "dependentSchemas"})
ANNOTATIONS = frozenset({"title", "description", "default", "examples", "deprecated", "$comment"})
OUR_ANNOTATIONS = frozenset(
    {
        *("x-kind", "x-path", "x-front-matter"),
        *("x-part", "x-key", "x-link", "x-about", "x-owner", "x-say", "x-unit", "x-law", "x-ordered", "x-written"),
        *("x-words", "x-plausible", "x-form", "x-due"),
        *(
            "x-called",
            "x-day",
            "x-id",
            "x-plural",
            "x-parts",
            "x-withheld",
            "x-together",
            "x-order",
            "x-retain",
            "x-settled",
            "x-heading",
            "x-fold",
            "x-why",
        ),
    }
)
_CHECKS = frozenset(
    {
        *("type", "enum", "const", "required", "dependentRequired", "format", "pattern", "minLength", "maxLength"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minProperties", "maxProperties"),
        *("minItems", "maxItems", "uniqueItems", "minContains", "maxContains"),
    }
)
_KNOWN = (
    *(HOLDS_SCHEMA | HOLDS_SCHEMAS | HOLDS_NAMED_SCHEMAS | ANNOTATIONS | OUR_ANNOTATIONS | _CHECKS),
    *("$schema", "$id", "$defs", "$ref"),
)
KNOWN = frozenset(_KNOWN)
# What is read as it stands, so that anything else would stop the reading half way: its type, and what to say of it.
_TYPES: Mapping[str, tuple[type, str]] = {
    **dict.fromkeys(HOLDS_NAMED_SCHEMAS, (dict, "an object with a schema for each name")),
    **dict.fromkeys(HOLDS_SCHEMAS | {"enum", "required"}, (list, "a list")),
    **dict.fromkeys(("title", "description", "x-part", "x-say", "x-law"), (str, "a text")),
}
# What decides which fields there are; saying it twice would leave open which is meant.
_SHAPES = HOLDS_SCHEMA | HOLDS_SCHEMAS | HOLDS_NAMED_SCHEMAS | {"type"}


# Deeper than any school's form, and far from where Python gives up.
_DEEPEST = 200
_MARKS = re.compile(r'[\[\]{}]|"(?:[^"\\]|\\.)*"', re.DOTALL)
# A character that is written as two halves, a half without the other, or anything else behind a backslash.
_ESCAPED = re.compile(
    r"\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(\\u[dD][89a-fA-F][\da-fA-F]{2})|\\.", re.DOTALL
)


class SchemaFiles:
    """The schema files of several folders; a reference is looked for in its own folder first, then in those before."""

    def __init__(self, folders: Iterable[Path]) -> None:
        found = [sorted(folder.glob("*.schema.json")) for folder in folders if folder.is_dir()]
        self._folders = [{path.name: read_schema(path) for path in paths} for paths in found]
        self._paths = {path.name: path for paths in found for path in paths}

    def in_order(self) -> list[tuple[int, str, Schema]]:
        """Every file as (number of its folder, name, schema as written), the first folder first."""
        return [(number, name, schema) for number, files in enumerate(self._folders) for name, schema in files.items()]

    def source(self, name: str) -> bytes:
        """A file as it is written; of two with one name, that of the later folder."""
        return self._paths[name].read_bytes()

    def inlined(self, folder: int, name: str) -> Schema:
        """A file's schema without references and definitions."""
        schema = self._folders[folder][name]
        whole = {key: value for key, value in schema.items() if key not in ("$defs", "$id")}
        inlined: Schema = _Inlining(self, name).schema(whole, _Place(folder, name, ""), ())
        return inlined

    def resolve(self, folder: int, file: str, pointer: str, said_in: str) -> tuple[int, Any]:
        """The folder and the piece a reference means."""
        for number in range(folder, -1, -1):
            if file in self._folders[number]:
                return number, _at(self._folders[number][file], pointer, said_in)
        raise SchemaError(f"{said_in} refers to {file}, which is in none of the schema folders.")


def read_schema(path: Path) -> Schema:
    """A schema file as it is written."""
    source = path.read_bytes()
    if wrong := _not_to_be_read(source.decode("utf-8", "replace")):
        raise SchemaError(f"{path.name} can't be read as JSON: {wrong}.")
    try:
        schema = json.loads(source, object_pairs_hook=_no_key_twice)
    except ValueError as error:
        raise SchemaError(f"{path.name} can't be read as JSON: {_in_plain_words(error)}.") from error
    if not isinstance(schema, dict):
        raise SchemaError(f"{path.name} does not hold a schema (an object).")
    return schema


def _not_to_be_read(text: str) -> str:
    """Says where brackets are nested too deep, or half a character is written, as only JSON can; "" if nowhere."""
    depth = 0
    for found in _MARKS.finditer(text):
        mark = found[0]
        depth += (mark in "[{") - (mark in "]}")
        if depth > _DEEPEST:
            look = "look for brackets that were repeated by mistake"
            return f"{_line_of(text, found.start())}: its brackets are nested more than {_DEEPEST} deep; {look}"
        if half := next((one for one in _ESCAPED.finditer(mark) if one[1]), None):
            at = _line_of(text, found.start() + half.start())
            return f"{at}: it has half a character (\\ud800 to \\udfff); write the whole one"
    return ""


def _line_of(text: str, offset: int) -> str:
    before = text[:offset]
    line, column = before.count("\n") + 1, offset - before.rfind("\n")
    return strict_yaml.Position(line=line, column=column).in_words()


def _in_plain_words(error: Exception) -> str:
    """What is wrong with a file's JSON, where, and what to look for."""
    if isinstance(error, json.JSONDecodeError):
        look = "look there, and just before, for a comma, quote or bracket too many or too few"
        return f"line {error.lineno}, column {error.colno}: {look}"
    if isinstance(error, UnicodeDecodeError):
        return "it is not text in UTF-8; save it as UTF-8"
    return str(error) if isinstance(error, _KeyTwiceError) else "it has a number that is far too long"


class _KeyTwiceError(ValueError):
    """Says which key is there twice in one object."""


def _no_key_twice(pairs: list[tuple[str, Any]]) -> Schema:
    made = dict(pairs)
    if len(made) != len(pairs):
        twice = next(key for key, _ in pairs if [other for other, _ in pairs].count(key) > 1)
        raise _KeyTwiceError(f"the key “{twice}” is there twice in one object")
    return made


class _Place(NamedTuple):
    """A piece of a schema file: the number of its folder, the file, and the JSON pointer to the piece."""

    folder: int
    file: str
    pointer: str

    def below(self, *keys: str | int) -> _Place:
        """The piece inside this one that these keys lead to."""
        return self._replace(pointer=self.pointer + strict_yaml.pointer_of(keys))


class _Inlining:
    def __init__(self, files: SchemaFiles, said_in: str) -> None:
        self._files = files
        self._said_in = said_in

    def schema(self, schema: Any, at: _Place, within: tuple[_Place, ...]) -> Any:
        """A schema with the references in it replaced; ``within`` are the references it is being put in place of."""
        if not isinstance(schema, Mapping):
            return schema
        self._refuse_unusable(schema, at)
        made = {key: self._value(key, value, at.below(key), within) for key, value in schema.items() if key != "$ref"}
        return self._with_reference(made, schema["$ref"], at, within) if "$ref" in schema else made

    def _value(self, key: str, value: Any, at: _Place, within: tuple[_Place, ...]) -> Any:
        if key in HOLDS_SCHEMA:
            return self.schema(value, at, within)
        if key in HOLDS_SCHEMAS and isinstance(value, list):
            return [self.schema(one, at.below(number), within) for number, one in enumerate(value)]
        if key in HOLDS_NAMED_SCHEMAS and isinstance(value, Mapping):
            return {name: self.schema(one, at.below(name), within) for name, one in value.items()}
        return value

    def _with_reference(self, made: Schema, reference: Any, at: _Place, within: tuple[_Place, ...]) -> Schema:
        file_named, mark, pointer = str(reference).partition("#")
        if not mark or not pointer.startswith("/"):
            raise SchemaError(f"{self._said_in} has the reference “{reference}”; write file#/$defs/name.")
        file = file_named or at.file
        folder, found = self._files.resolve(at.folder, file, pointer, self._said_in)
        step = _Place(folder, file, pointer)
        if step in within:
            raise SchemaError(f"{self._said_in}: “{reference}” refers to itself, which a record's schema may not.")
        target = self.schema(found, step, (*within, step))
        return self._both(target, made, str(reference))

    def _both(self, target: Any, beside: Schema, reference: str) -> Schema:
        """What a reference means together with what is next to it: titles and such replace, checks add up."""
        if not isinstance(target, dict):
            raise SchemaError(f"{self._said_in}: “{reference}” is not a schema.")
        clashes = {key: value for key, value in beside.items() if _clashes(key, value, target)}
        shapes = [key for key in clashes if key in _SHAPES]
        if shapes:
            raise SchemaError(f"{self._said_in}: what is next to “{reference}” has other {', '.join(shapes)}.")
        both = {**target, **{key: value for key, value in beside.items() if key not in clashes}}
        return {**both, "allOf": [*both.get("allOf", ()), clashes]} if clashes else both

    def _refuse_unusable(self, schema: Mapping[str, Any], at: _Place) -> None:
        unknown = [key for key in schema if key not in KNOWN]
        if unknown:
            told = f"{at.file} uses “{unknown[0]}”, which sendbook does not know"
            raise SchemaError(f"{told}{self._line(at.below(unknown[0]))}.{did_you_mean(unknown[0], KNOWN)}")
        for key, (type_, called) in _TYPES.items():
            if schema.get(key) is not None and not isinstance(schema[key], type_):
                told = f"{at.file} has “{key}” with something that is not {called}"
                raise SchemaError(f"{told}{self._line(at.below(key))}.")

    def _line(self, at: _Place) -> str:
        position = strict_yaml.positions(self._files.source(at.file)).get(at.pointer)
        return f" ({position.in_words()})" if position is not None else ""


def _clashes(key: str, value: Any, target: Schema) -> bool:
    return key in target and key not in ANNOTATIONS | OUR_ANNOTATIONS and value != target[key]


def _at(schema: Schema, pointer: str, said_in: str) -> Any:
    found: Any = schema
    for step in pointer[1:].split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(found, Mapping) or name not in found:
            raise SchemaError(f"{said_in} refers to {pointer}, which does not exist.")
        found = found[name]
    return found
