"""Reports by professionals from outside: what they found, what they recommend, what became of it."""

from typing import Final

REPORT: Final = "report"
#: Decisions by which a recommendation is followed, as it is or in another form.
FOLLOWED: Final = frozenset({"accepted", "adapted"})
