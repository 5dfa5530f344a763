"""Says of whom some texts certainly say nothing, and keeps it: only who is new or called otherwise is asked again.

What all families read names nobody it should not, nearly always, and there are thousands of people it could name. What
texts say of one person rests on the texts and that person alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Someone
from sendbook.checks.texts.lettered import Sought
from sendbook.checks.texts.mentioned import Mentioned, mentioned


@dataclass(frozen=True)
class Unsaid:
    """Holds texts, and the people whose names and contact details are in none of them, however they are written."""

    texts: Sequence[str] = field(repr=False)
    people: set[Someone] = field(default_factory=set, repr=False)

    @cached_property
    def _mentioned(self) -> Mentioned:
        return mentioned("\n".join(self.texts))

    def leaves(self, everybody: Everybody) -> list[Someone]:
        """Returns those of everybody whom the texts may say something of, in order of id; keeps who the others are."""
        asked = [one for one in everybody.people if one not in self.people]
        sought = Sought.of((Everybody.of(asked) if self.people else everybody).possible(self._mentioned), near=False)
        said = {held.someone for of_text in sought.in_texts(self.texts) for held in of_text}
        self.people.intersection_update(everybody.people)
        self.people.update(one for one in asked if one not in said)
        return [one for one in sought.people if one in said]
