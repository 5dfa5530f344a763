"""The provision plan of a student: needs, outcomes, targets, provision, strategies, cycles."""

from typing import Final

PLAN: Final = "plan"
