"""What is wrong with a file before anybody asks what it says: one `Problem` for each mistake.

A problem is data: where it is, what is wrong in a plain sentence, and what to do about it. Turning problems
into findings with severities, and printing them, is left to the checks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in one file.

    ``path`` is relative to the campus folder, with forward slashes. ``line`` and ``column`` count from 1, as
    editors do, and are None where the file as a whole is meant. ``message`` and ``remedy`` never hold what stands
    in a record or on a page, only names of fields: they may be printed where names of children must not appear.
    What was found there, and what was probably meant, is kept apart in ``found`` and ``hint``.
    """

    code: str
    path: str
    line: int | None
    column: int | None
    message: str
    remedy: str
    pointer: str = ""
    found: str = ""
    hint: str = ""

    def moved_down(self, lines: int) -> Problem:
        """The same problem for a piece of a file that begins ``lines`` lines further down."""
        return self if self.line is None else replace(self, line=self.line + lines)
