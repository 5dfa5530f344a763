"""Reports by professionals from outside: what they found, what they recommend, what became of it."""

from typing import Final

REPORT: Final = "report"
