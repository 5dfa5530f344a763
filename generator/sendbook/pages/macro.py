"""Describes a macro of the handbook that a kind of record brings, such as ``{{ figure("send") }}``, as data.

The handbook knows how macros are written and put into its pages. What one says comes from the kind, from the records
as all readers of an edition may see them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sendbook.campus.records import Campus
from sendbook.campus.schemas import Kind

#: What a macro says: by what is written between its brackets, then by the name behind the dot ("value" for none).
Texts = Mapping[str, Mapping[str, str]]
#: The name under which a macro's text is that has nothing behind its dot.
PLAIN = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroSources:
    """What macros may speak of in an edition: the campus's records as all its readers may see them.

    ``place`` is the campus's own record, ``staff`` are the records of those who work here by person, and ``contacts``
    the people whom the campus names, by duty.
    """

    records: Campus
    kinds: Mapping[str, Kind]
    place: Mapping[str, Any]
    staff: Mapping[str, Mapping[str, Any]]
    contacts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """A macro: its name on a page, and what it says.

    One with ``attributes`` may have a name behind a dot; a ``block`` is Markdown ready to stand on a page, and so alone
    on its line. The rest is for findings: ``called`` is what it stands for, ``none_yet`` what to do while there is
    nothing, ``unknown`` what to do about a name that isn't there, ``known`` what the names that would have worked are
    called, and ``example`` how it is written.
    """

    name: str
    says: Callable[[MacroSources], Texts] = field(repr=False)  # a digest is made of what a macro says
    attributes: bool = False
    block: bool = False
    called: str = ""
    none_yet: str = ""
    unknown: str = "Use a name that exists."
    known: str = "Known names"
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidByMacro:
    """A macro with what it says in an edition."""

    macro: Macro
    texts: Texts

    def say(self, argument: str, attribute: str | None) -> str | None:
        """The text a call stands for, or None if there is no such thing."""
        if attribute is not None and not self.macro.attributes:
            return None
        return self.texts.get(argument, {}).get(attribute or PLAIN)

    def instead(self, argument: str) -> tuple[str, str]:
        """What to do about a call that stands for nothing, and the names that would have worked."""
        if not self.texts:
            return self.macro.none_yet, ""
        if argument in self.texts and self.macro.attributes:
            return "Use a name that exists.", f"Known of {argument}: {', '.join(sorted(self.texts[argument]))}."
        return self.macro.unknown, f"{self.macro.known}: {', '.join(sorted(self.texts))}."
