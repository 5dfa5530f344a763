"""The one-page profile: what helps a student, and what does not."""

from typing import Final

PROFILE: Final = "profile"
