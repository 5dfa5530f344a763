"""What is wrong with a campus's own page templates: which file, which line, and a sentence that tells nothing else.

A template may fail with one student's values alone. So nothing that was handed to it is repeated: a sentence is made
of what went wrong, and of words that the template's own text holds.
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Any

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.runtime import Macro
from markupsafe import Markup

from sendbook.campus.problems import Problem
from sendbook.errors import TemplateError
from sendbook.pages.sandbox import LimitError
from sendbook.pages.template_engine import COMPONENTS, ENDING

FOLDER = "site_templates"
# What a template that is written wrongly, or that asks for too much, makes Python say.
_BY_PYTHON = (
    TypeError, LookupError, AttributeError, ValueError, ArithmeticError, RuntimeError, MemoryError, AssertionError,
)  # fmt: skip
ON_MISTAKE = (JinjaError, SyntaxError, TemplateError, *_BY_PYTHON)
_REMEDY = "Correct what the sentence names, or take the file out. Until then ours is used wherever it fails."
# Only a name that stands alone: what is asked of a value may come out of a record.
_NO_SUCH_NAME = re.compile(r"'([A-Za-z_]\w*)' is undefined")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fault:
    """One fault in one template: ``name`` is its place below ``site_templates``, ``line`` 0 where the file is meant."""

    name: str
    line: int = 0
    said: str

    @property
    def path(self) -> str:
        """The file, as findings name it."""
        return f"{FOLDER}/{self.name}" if self.name else FOLDER

    def problem(self) -> Problem:
        """The fault as a problem with a file."""
        message = f"The template {self.name} can't be used: {self.said}" if self.name else self.said
        return Problem(
            code="template",
            path=self.path,
            line=self.line or None,
            column=1 if self.line else None,
            message=message,
            remedy=_REMEDY,
        )


def fault_in_reading(name: str, error: BaseException) -> Fault:
    """What is wrong with a template that can't be read, whatever it is handed: its own text may be quoted."""
    if isinstance(error, TemplateSyntaxError):
        return Fault(name=name, line=error.lineno, said=_sentence(error.message or "it is not one Jinja2 can read"))
    if isinstance(error, UnicodeDecodeError):
        return Fault(name=name, said="it is not text in UTF-8.")
    if isinstance(error, TemplateError):
        return Fault(name=name, said=_sentence(str(error)))
    return Fault(name=name, said=_reason(error))


def fault_in_rendering(rendered: str, error: BaseException, own: Collection[str]) -> Fault | None:
    """Which of a campus's ``own`` templates made a rendering fail; None if none had a hand in it.

    ``rendered`` is the name that was asked for.
    """
    place = _place(error.__traceback__, own) or ((rendered, 0) if rendered in own else None)
    if place is not None:
        return Fault(name=place[0], line=place[1], said=_reason(error))
    if any(name.startswith(COMPONENTS) for name in own):
        return Fault(name="", said=f"Our template {rendered} can't be used with your components.")
    return None


def _place(trace: TracebackType | None, own: Collection[str]) -> tuple[str, int] | None:
    """The innermost of the campus's own templates, with its line."""
    found: tuple[str, int] | None = None
    by_ours = False
    while trace is not None:
        frame = trace.tb_frame
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            by_ours = template.name not in own
            if not by_ours:
                found = template.name, template.get_corresponding_lineno(trace.tb_lineno)
        elif by_ours and frame.f_code is Macro.__call__.__code__:
            # Ours calls a component as ours is called; the campus's takes something else.
            component = f"{COMPONENTS}{frame.f_locals['self'].name}{ENDING}"
            found = (component, 0) if component in own else found
        trace = trace.tb_next
    return found


def _reason(error: BaseException) -> str:
    """Why it failed, in words of ours: Python's and Jinja2's may hold a value of a record."""
    if isinstance(error, LimitError):
        return str(error)
    if isinstance(error, RecursionError):
        return "it calls itself without end."
    if isinstance(error, TemplateNotFound):
        return "it asks for a template that isn't there."
    if isinstance(error, UndefinedError):
        missing = _NO_SUCH_NAME.fullmatch(error.message or "")
        return f"it asks for {missing[1]}, which isn't there." if missing else "it asks for a value that isn't there."
    if isinstance(error, TypeError):
        return "it uses a value, a filter or a component in a way that doesn't fit."
    if isinstance(error, ArithmeticError):
        return "it calculates something that has no result."
    if isinstance(error, JinjaError):
        return "it does something that a page template may not do."
    return f"what it does with a value doesn't work ({type(error).__name__})."


def _sentence(text: str) -> str:
    return text.rstrip(".") + "."


class Makes(ABC):
    """Makes HTML of a template's name and the values for it, and says what was wrong with the campus's own template."""

    __slots__ = ()

    @abstractmethod
    def made(self, name: str, values: Mapping[str, Any]) -> tuple[Markup, Fault | None]:
        """The HTML, and the fault because of which it was made with ours."""


class Noting:
    """Renders, and notes each fault: what is made with it rests on these."""

    __slots__ = ("_makes", "faults")

    def __init__(self, makes: Makes) -> None:
        self._makes = makes
        self.faults: set[Fault] = set()

    def render(self, name: str, values: Mapping[str, Any]) -> Markup:
        """What the template makes of the values."""
        markup, fault = self._makes.made(name, values)
        if fault is not None:
            self.faults.add(fault)
        return markup


def packed(faults: Iterable[Fault]) -> bytes | None:
    """Faults as the bundle keeps them; None for none."""
    said = [asdict(one) for one in sorted(faults)]
    return json.dumps(said, ensure_ascii=False).encode() if said else None


def unpacked(kept: bytes | None) -> Iterator[Fault]:
    """The same as they were."""
    yield from (Fault(**one) for one in json.loads(kept or b"[]"))
