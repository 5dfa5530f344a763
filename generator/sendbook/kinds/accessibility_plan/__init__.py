"""The three-year accessibility plan, its strands and their actions."""

from typing import Final

ACCESSIBILITY_PLAN: Final = "accessibility_plan"
#: The id of the one record of the kind.
PLAN_RECORD: Final = "accessibility-plan"
