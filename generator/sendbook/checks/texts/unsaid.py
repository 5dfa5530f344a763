"""Says of whom some texts certainly say nothing, and keeps it: only who is new or called otherwise is asked again.

What all families read names nobody it should not, nearly always, and there are thousands of people it could name. What
texts say of one person rests on the texts and that person alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sendbook.checks.leaks.scan import Hit, Scanner
from sendbook.checks.texts.chance import is_chance
from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Someone, Words
from sendbook.checks.texts.lettered import Sought
from sendbook.checks.texts.mentioned import Mentioned, mentioned


@dataclass(frozen=True)
class Unsaid:
    """Holds texts, and the people whose names and contact details are in none of them, however they are written.

    Names that are ``open``, as those of colleagues are, tell nothing of anybody who is called the same.
    """

    texts: Sequence[str] = field(repr=False)
    open: frozenset[Words] = field(repr=False)
    people: set[Someone] = field(default_factory=set, repr=False)

    @cached_property
    def _mentioned(self) -> Mentioned:
        return mentioned("\n".join(self.texts))

    def leaves(self, everybody: Everybody) -> list[Someone]:
        """Returns those of everybody whom the texts may say something of, in order of id; keeps who the others are."""
        asked = [one for one in everybody.people if one not in self.people]
        sought = Sought.of((Everybody.of(asked) if self.people else everybody).possible(self._mentioned), near=False)
        said = self._said(sought)
        self.people.intersection_update(everybody.people)
        self.people.update(one for one in asked if one not in said)
        return [one for one in sought.people if one in said]

    def _said(self, sought: Sought) -> set[Someone]:
        """Who is in one of the texts; letters in a row alone say little: “Eve” is in “every” too."""
        scanners: dict[Someone, Scanner] = {}
        said: set[Someone] = set()
        for text, may_hold in zip(self.texts, sought.in_texts(self.texts), strict=True):
            for one in (held.someone for held in may_hold if held.someone not in said):
                if one not in scanners:
                    scanners[one] = Scanner(one.identifiers(near=False))
                if any(self._tells(hit, text) for hit in scanners[one].hits_once(text)):
                    said.add(one)
        return said

    def _tells(self, hit: Hit, text: str) -> bool:
        named_openly = hit.code == "leak-name" and hit.key in self.open
        return not named_openly and not is_chance(hit, text)
