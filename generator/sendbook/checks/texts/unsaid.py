"""Says of whom some texts certainly say nothing, and keeps it: only who is new or called otherwise is asked again.

What all families read names nobody it should not, nearly always, and there are thousands of people it could name. What
texts say of one person rests on the texts and that person alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sendbook.checks.leaks.scan import Hit, Scanner
from sendbook.checks.texts.chance import is_chance
from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Someone, Words
from sendbook.checks.texts.lettered import Sought
from sendbook.checks.texts.mentioned import mentioned


@dataclass(frozen=True)
class Unsaid:
    """Holds the people whose names and contact details are in none of some texts, however they are written.

    Names that are ``open``, as those of colleagues are, tell nothing of anybody who is called the same.
    """

    open: frozenset[Words] = field(repr=False)
    people: set[Someone] = field(default_factory=set, repr=False)
    _texts: set[str] = field(default_factory=set, repr=False)

    def leaves(self, texts: Iterable[str], everybody: Everybody) -> list[Someone]:
        """Returns those of everybody whom these texts say something of, in order of id; keeps who the others are.

        Of those who were in none of the texts of the last time only texts that are new are asked.
        """
        now = tuple(dict.fromkeys(texts))
        self.people.intersection_update(everybody.people)
        if self.people:
            new = tuple(text for text in now if text not in self._texts)
            self.people.difference_update(self._said(new, Everybody.of(self.people)) if new else ())
        asked = [one for one in everybody.people if one not in self.people]
        said = self._said(now, Everybody.of(asked) if self.people else everybody) if asked else []
        self.people.update(set(asked).difference(said))
        self._texts.clear()
        self._texts.update(now)
        return said

    def _said(self, texts: Sequence[str], people: Everybody) -> list[Someone]:
        """Who is in one of the texts; letters in a row alone say little: “Eve” is in “every” too."""
        sought = Sought.of(people.possible(mentioned("\n".join(texts))), near=False)
        scanners: dict[Someone, Scanner] = {}
        said: set[Someone] = set()
        for text, may_hold in zip(texts, sought.in_texts(texts), strict=True):
            for one in (held.someone for held in may_hold if held.someone not in said):
                if one not in scanners:
                    scanners[one] = Scanner(one.identifiers(near=False))
                if any(self._tells(hit, text) for hit in scanners[one].hits_once(text)):
                    said.add(one)
        return [one for one in sought.people if one in said]

    def _tells(self, hit: Hit, text: str) -> bool:
        named_openly = hit.code == "leak-name" and hit.key in self.open
        return not named_openly and not is_chance(hit, text)
