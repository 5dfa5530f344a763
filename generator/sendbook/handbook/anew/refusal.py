"""Why a file is not rewritten: a sentence, and what to do."""

from __future__ import annotations


class NotMadeError(Exception):
    """A file that can't be read whole, or that holds what no file of the handbook may hold. Becomes a finding."""

    def __init__(self, message: str, remedy: str, code: str = "handbook-file", *, is_damage: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.code = code
        self.is_damage = is_damage
