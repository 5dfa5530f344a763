"""Meetings with the family and about the student, and what was agreed there."""

from typing import Final

MEETING: Final = "meeting"
