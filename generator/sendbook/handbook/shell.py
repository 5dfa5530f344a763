"""The shell: an edition's page with everything but the page in it.

The engine renders the theme once an edition, with marks where a page's own pieces go. Here it is cut at those
marks into what the bundle keeps (:class:`sendbook.bundle.fragment.Shell`), which the gate joins with a
fragment when it answers. What is put in at a mark is HTML: it is escaped where it is made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from sendbook.bundle.fragment import Shell
from sendbook.errors import EngineError

__all__ = ["Shell", "cut", "fill", "marks_of"]

_MARK = re.compile(r"@@sendbook:([a-z_]+)@@")

_PRIVATE: Mapping[str, int] = {
    "title": 2,  # the window's title, and the header once the heading has scrolled away
    "account": 2,  # the name of who is signed in: next to the sign-out button, and in a phone's drawer
    "csrf": 2,  # the token in the forms for searching and for signing out
    "campus": 1,  # the reader's own ways round
    "nav": 1,
    "contents": 1,
    "content": 1,
}
_IN_THE_SEARCH = Counter(csrf=1)
_PUBLIC: Mapping[str, int] = {"title": 2, "nav": 1, "contents": 1, "content": 1}


def marks_of(edition: str, *, served: bool = True) -> Mapping[str, int]:
    """How often each mark is in the edition's shell; nobody is signed in to the public one.

    One that is not ``served`` by a gate has no form to search with.
    """
    marks = _PUBLIC if edition == "public" else _PRIVATE
    return marks if served else Counter(marks) - _IN_THE_SEARCH


def cut(html: str, expected: Mapping[str, int]) -> Shell:
    """Cut the rendered theme at its marks; a theme that lost or gained one is not the theme we know."""
    found = Counter(_MARK.findall(html))
    wrong = sorted(name for name in found.keys() | expected.keys() if found[name] != expected.get(name, 0))
    if wrong:
        told = "; ".join(f"'{name}' stands {found[name]} times, not {expected.get(name, 0)}" for name in wrong)
        raise EngineError(f"The theme no longer has the marks the shell is cut at: {told}.")
    parts = _MARK.split(html)
    return Shell(tuple(parts[0::2]), tuple(parts[1::2]))


def fill(shell: Shell, **marks: str) -> str:
    """The whole page as text; every mark must be given, as HTML, and no other name."""
    if marks.keys() != set(shell.marks):
        wanted, given = ", ".join(sorted(set(shell.marks))), ", ".join(sorted(marks))
        raise EngineError(f"The shell has marks for {wanted}, and was handed {given}.")
    pieces = [shell.literals[0]]
    for mark, literal in zip(shell.marks, shell.literals[1:], strict=True):
        pieces += [marks[mark], literal]
    return "".join(pieces)
