"""The handbook's few named macros, expanded by us before MkDocs sees a page.

A page may hold ``{{ person("senco").email }}``, ``{{ term("spring") }}``, ``{{ campus("name") }}``,
``{{ campus("local_offer").url }}``, and what kinds of record bring (``pages/macro.py``): one named call with one
constant, and at most one attribute.
Anything else between braces is a finding. Jinja2 is used for its parse tree only: no template of a page is ever
rendered, because a template language in a page runs whatever the page holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial

from jinja2 import Environment, TemplateSyntaxError, nodes

from sendbook.campus.problems import Problem
from sendbook.pages.escaped_markdown import escape
from sendbook.pages.macro import SaidByMacro

STAFF_FIELDS = ("name", "full_name", "job_title", "email", "phone", "qualified_as")
#: The macros that speak of the campus and its people; kinds of record bring others.
_OURS = {"campus": 'campus("name")', "person": 'person("senco").email', "term": 'term("spring")'}

_FIRST_MONTH = 9  # a school year begins in September
# An address that is nothing but an address in Markdown, HTML and Jinja2; the schema lets no other in.
_ADDRESS = re.compile(r"https://[a-z0-9][a-z0-9.-]*(/[A-Za-z0-9/._-]*)?")
_START = re.compile(r"\{\{|\{%|\{#|%\}|#\}")
_PARSER = Environment(autoescape=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One macro as written: ``person("senco").email``."""

    name: str
    argument: str
    attribute: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroValues:
    """What the macros say: plain text by name, chosen when this is made and never looked up from a page.

    ``places`` are the parts of the campus record that have facts of their own (``office``, ``local_offer`` …);
    ``of_kinds`` are the macros that kinds of record bring, by name, with what they say.
    """

    campus: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    of_kinds: Mapping[str, SaidByMacro] = field(default_factory=dict)

    @classmethod
    def from_campus(
        cls,
        campus: Mapping[str, object],
        people: Mapping[str, Mapping[str, object]],
        of_kinds: Mapping[str, SaidByMacro] | None = None,
        *,
        on: date | None = None,
    ) -> MacroValues:
        """From the campus record and the people's records by id, both as an edition's readers may see them.

        Of people only those listed in ``contacts`` are taken, and of those only the ``staff`` section: the
        handbook is read by families and the public, and a parent who works here is a person like any other.
        ``on`` says which school year's terms are meant.
        """
        contacts = _mapping(campus.get("contacts"))
        listed = {
            str(key): _staff_fields(people[identifier])
            for key, identifier in contacts.items()
            if isinstance(identifier, str) and identifier in people
        }
        office = {"name": "the school office", **_texts(_mapping(campus.get("office")))}
        return cls(
            campus=_texts(campus),
            places={key: _texts(value) for key, value in campus.items() if isinstance(value, Mapping)},
            terms=_terms(campus.get("terms"), on),
            people={"senco_office": office, **listed},
            of_kinds=of_kinds or {},
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all macros, in alphabetical order."""
        return tuple(sorted((*_OURS, *self.of_kinds)))

    @property
    def how(self) -> str:
        """How macros are written, for those who wrote something else."""
        of_kinds = (said.macro.example for said in self.of_kinds.values() if said.macro.example)
        *first, last = (_OURS["person"], _OURS["term"], _OURS["campus"], *of_kinds)
        return f"Write {', '.join(first)} or {last} between double braces, or plain text."

    def is_block(self, call: Call) -> bool:
        """Whether a call stands for more than words, and so has to be alone on its line."""
        return call.name in self.of_kinds and self.of_kinds[call.name].macro.block

    def say(self, call: Call) -> str | None:
        """The text a call stands for, or None if there is no such thing."""
        if call.name == "person":
            return self.people.get(call.argument, {}).get(call.attribute or "name")
        if call.name == "campus" and call.attribute is not None:
            return self.places.get(call.argument, {}).get(call.attribute)
        if call.name in self.of_kinds:
            return self.of_kinds[call.name].say(call.argument, call.attribute)
        if call.attribute is not None:
            return None
        named = {"term": self.terms, "campus": self.campus}
        return named.get(call.name, {}).get(call.argument)

    def markdown(self, call: Call) -> str | None:
        """The same as Markdown that shows it as text and nothing else."""
        said = self.say(call)
        if said is None or self.is_block(call):
            return said
        return said if call.attribute == "url" and _ADDRESS.fullmatch(said) else escape(said)

    def known(self, call: Call) -> tuple[str, str]:
        """What to do about a call that stands for nothing, and the names that would have worked."""
        if not self.campus and not self.terms:
            closed = "This edition's readers can't see the campus record: see “everyone: public” in records/access.yml."
            return closed, ""
        if call.name in self.of_kinds:
            return self.of_kinds[call.name].instead(call.argument)
        return "Use a name that exists.", self._known_names(call)

    def _known_names(self, call: Call) -> str:
        if call.name == "person" and call.argument in self.people:
            return f"Known of {call.argument}: {_listed(self.people[call.argument])}."
        if call.name == "campus" and call.argument in self.places:
            return f"Known of {call.argument}: {_listed(self.places[call.argument])}."
        named: Mapping[str, Mapping[str, object]] = {
            "person": self.people,
            "term": self.terms,
            "campus": self.campus,
        }
        places = {name: fields for name, fields in self.places.items() if fields} if call.name == "campus" else {}
        more = f" With a field behind a dot: {_listed(places)}." if places else ""
        return f"Known names: {_listed(named[call.name])}.{more}"


def expand(body: str, values: MacroValues, *, path: str = "", first_line: int = 1) -> tuple[str, tuple[Problem, ...]]:
    """The body with every macro replaced by its escaped text, and what may not stand there.

    ``first_line`` is the line of the file on which the body begins. Where there is a problem the text is left
    as written, so the caller must not hand it on.
    """
    pieces: list[str] = []
    problems: list[Problem] = []
    done = 0
    while (start := _START.search(body, done)) is not None:
        end = _end_of(body, start)
        written = body[start.start() : end]
        text, wrong = _replace(written, values, alone=_is_alone(body, start.start(), end))
        pieces += [body[done : start.start()], text]
        if wrong is not None:
            line, column = _position(body, start.start(), first_line)
            problems.append(wrong(path=path, line=line, column=column))
        done = end
    pieces.append(body[done:])
    return "".join(pieces), tuple(problems)


@lru_cache(maxsize=1_000)  # each edition of a page, and each check of it, asks for the same few
def parse(written: str) -> Call | None:
    """The call between the braces, or None if it is anything but one call with one constant."""
    inner = written[2:-2]
    if inner[:1] in "-+" or inner[-1:] in "-+":
        return None
    try:
        body = _PARSER.parse(written).body
    except TemplateSyntaxError:
        return None
    if len(body) != 1 or not isinstance(body[0], nodes.Output) or len(body[0].nodes) != 1:
        return None
    expression: nodes.Node = body[0].nodes[0]
    attribute = None
    if isinstance(expression, nodes.Getattr):
        attribute, expression = expression.attr, expression.node
    return _call(expression, attribute)


def _call(expression: nodes.Node, attribute: str | None) -> Call | None:
    if not isinstance(expression, nodes.Call) or not isinstance(expression.node, nodes.Name):
        return None
    if expression.kwargs or expression.dyn_args or expression.dyn_kwargs or len(expression.args) != 1:
        return None
    argument = expression.args[0]
    if not isinstance(argument, nodes.Const) or not isinstance(argument.value, str):
        return None
    return Call(name=expression.node.name, argument=argument.value, attribute=attribute)


_Wrong = Callable[..., Problem]


def _replace(written: str, values: MacroValues, *, alone: bool) -> tuple[str, _Wrong | None]:
    call = parse(written) if written.startswith("{{") and written.endswith("}}") else None
    if call is None or call.name not in values.names:
        return written, partial(_not_allowed, values)
    said = values.markdown(call)
    if said is None:
        return written, lambda **place: _unknown(call, values, **place)
    if values.is_block(call) and not alone:
        return written, _not_alone
    return said, None


def _is_alone(body: str, begin: int, end: int) -> bool:
    """Whether nothing else is on the line."""
    line = body[body.rfind("\n", 0, begin) + 1 : begin] + body[end:].partition("\n")[0]
    return not line.strip() and begin == body.rfind("\n", 0, begin) + 1


def _not_allowed(values: MacroValues, *, path: str, line: int, column: int) -> Problem:
    return Problem(
        code="macro",
        path=path,
        line=line,
        column=column,
        message="On a handbook page only our macros can be between braces, and this is something else.",
        remedy=values.how,
    )


def _not_alone(*, path: str, line: int, column: int) -> Problem:
    return Problem(
        code="macro-alone",
        path=path,
        line=line,
        column=column,
        message="This becomes a whole table, so it needs a line of its own.",
        remedy="Put it at the start of a line, with nothing before or after it.",
    )


_CALLED: Mapping[str, str] = {"campus": "entry in the campus record"}


def _unknown(call: Call, values: MacroValues, *, path: str, line: int, column: int) -> Problem:
    asked = f'{call.name}("{call.argument}")' + (f".{call.attribute}" if call.attribute else "")
    remedy, known = values.known(call)
    called = values.of_kinds[call.name].macro.called if call.name in values.of_kinds else ""
    return Problem(
        code="macro-unknown",
        path=path,
        line=line,
        column=column,
        message=f"There is no such {called or _CALLED.get(call.name, call.name)}.",
        remedy=remedy,
        found=asked,
        hint=known,
    )


def _end_of(body: str, start: re.Match[str]) -> int:
    closing = {"{{": "}}", "{%": "%}", "{#": "#}"}.get(start.group())
    found = body.find(closing, start.end()) if closing else -1
    return found + 2 if found >= 0 else start.end()


def _position(body: str, offset: int, first_line: int) -> tuple[int, int]:
    before = body[:offset]
    return first_line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1


def _listed(names: Mapping[str, object]) -> str:
    return ", ".join(sorted(names)) or "none yet"


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _texts(data: Mapping[str, object]) -> dict[str, str]:
    return {key: value for key, value in data.items() if isinstance(value, str)}


def _staff_fields(person: Mapping[str, object]) -> dict[str, str]:
    staff = _mapping(person.get("staff"))
    if not staff:
        return {}
    name = _mapping(person.get("name"))
    named = _texts({**staff, "name": name.get("known_as"), "full_name": name.get("full")})
    return {key: named[key] for key in STAFF_FIELDS if key in named}


def _terms(listed: object, on: date | None) -> dict[str, str]:
    """Each term by its id, and by its season: ``spring`` is the spring term of the school year of ``on``.

    Where that year has none listed, or no day is given, it is the last one listed.
    """
    terms = [_mapping(item) for item in listed] if isinstance(listed, list | tuple) else []
    spans = sorted((str(term.get("start")), str(term.get("end")), str(term.get("id"))) for term in terms)
    begins = "" if on is None else f"{on.year if on.month >= _FIRST_MONTH else on.year - 1}-09-01"
    seasons: dict[str, str] = {}
    for start, _, identifier in spans:
        season = identifier.split("-")[0]
        if season not in seasons or not begins or seasons[season] < begins:
            seasons[season] = start
    by_start = {(identifier.split("-")[0], start): _from_to(start, end) for start, end, identifier in spans}
    short = {season: by_start[season, start] for season, start in seasons.items()}
    return {**short, **{identifier: _from_to(start, end) for start, end, identifier in spans}}


def _from_to(start: str, end: str) -> str:
    """``6 January to 26 March 2027``; dates that can't be read are said as they are written."""
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return f"{start} to {end}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {first:%B}{year} to {last.day} {last:%B} {last.year}"
