"""What is under a path: a fragment of a page, or a file; and the shell that a fragment is joined to.

A fragment holds only what differs between pages (title, the student's links, the contents list, the content),
so that a changed handbook title changes one shell and not sixty thousand pages. The bundle does not look
inside: everything here is HTML that is sent as it stands, escaped where it was made.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sendbook.bundle.pieces import EMPTY, Compressor, Piece, pack, together, unpack

#: A mark as it is in a shell before it is cut.
MARK = re.compile(r"@@([a-z][a-z0-9_]*)@@")

_TEXT_TYPES = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/manifest+json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What `/search` says of a page besides its title, as plain text; nothing here goes into the page.

    `kind` is what kind of page it is, `whose` the full name of the student it is about, `place` their year and tutor
    group. `names` are the names that this page is the first answer to; they are on the page as well.
    """

    kind: str = ""
    whose: str = ""
    place: str = ""
    names: str = ""

    def fields(self) -> tuple[bytes, ...]:
        """The four texts."""
        return tuple(value.encode() for value in (self.kind, self.whose, self.place, self.names))


NO_LABEL = Label()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """One page without its shell; `title`, `nav`, `contents` and `content` are HTML, used where the mark stands.

    `search` is the plain text `/search` finds the page by: None takes it from `content`, "" leaves the page out
    (lists and home pages, which only repeat what stands elsewhere).
    """

    title: str
    content: str
    nav: str = ""
    contents: str = ""
    search: str | None = None
    label: Label = NO_LABEL

    def fields(self) -> tuple[bytes, ...]:
        """The four pieces in the order they are kept in: title, nav, contents, content."""
        return tuple(value.encode() for value in (self.title, self.nav, self.contents, self.content))


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file sent as it is. `hashed` says that its path changes with its content, so that it may be kept for ever."""

    media_type: str
    content: bytes
    hashed: bool = False

    @property
    def is_text(self) -> bool:
        """Text is kept deflated; a PDF or a font is compressed already."""
        return self.media_type.startswith(_TEXT_TYPES)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintData:
    """What a document is printed from (JSON); the document itself is made when somebody asks for it.

    A campus has many thousands of documents, of which few are ever opened: compiling them all would be most of a build.
    """

    content: bytes
    media_type: str = "application/pdf"


Content = Fragment | File | PrintData
#: Makes the document of print data.
Press = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Shell:
    """An edition's page with marks for what differs: literals and marks alternate, a literal first and last.

    A mark may stand several times (a title is in the head and in the bar). `title`, `nav`, `contents` and
    `content` come from the fragment; `account` (the name of who is signed in) and `csrf` (the token of the
    session, for forms in the shell) come from the gate; a mark nobody fills is left empty.
    """

    literals: tuple[str, ...]
    marks: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.literals) != len(self.marks) + 1:
            raise ValueError("a shell has one literal more than it has marks")

    @classmethod
    def cut(cls, html: str) -> "Shell":
        """Cut a whole page at its marks, written `@@title@@`."""
        parts = MARK.split(html)
        return cls(tuple(parts[0::2]), tuple(parts[1::2]))


@dataclass(frozen=True, slots=True, eq=False)
class CutShell:
    """A shell as it comes from the bundle: its literals compressed. Each is itself only, so that one can be a key."""

    literals: tuple[Piece, ...]
    marks: tuple[str, ...]

    def fill(self, pieces: Mapping[str, Piece]) -> list[Piece]:
        """The shell's literals with the pieces at their marks."""
        filled = [self.literals[0]]
        for mark, literal in zip(self.marks, self.literals[1:], strict=True):
            filled.append(pieces.get(mark, EMPTY))
            filled.append(literal)
        return filled

    def filled(self, pieces: Mapping[str, Piece]) -> "CutShell":
        """The shell with these marks filled for good; the other marks stay."""
        literals, marks, run = [], [], [self.literals[0]]
        for mark, literal in zip(self.marks, self.literals[1:], strict=True):
            if mark in pieces:
                run += pieces[mark], literal
            else:
                literals.append(together(run))
                marks.append(mark)
                run = [literal]
        return CutShell((*literals, together(run)), tuple(marks))


def compress_shell(shell: Shell, compressor: Compressor) -> CutShell:
    """The shell with its literals compressed."""
    return CutShell(tuple(compressor.piece(literal.encode()) for literal in shell.literals), shell.marks)


def pack_shell(shell: CutShell) -> tuple[str, bytes]:
    """A shell as the two values of its row: its marks, and its literals."""
    return " ".join(shell.marks), pack(shell.literals)


def unpack_shell(marks: str, body: bytes) -> CutShell:
    """The shell of a row."""
    names = tuple(marks.split())
    return CutShell(tuple(unpack(body, len(names) + 1)), names)


def fragment_pieces(body: bytes) -> dict[str, Piece]:
    """The pieces of a kept fragment, by mark."""
    title, nav, contents, content = unpack(body, 4)
    return {"title": title, "nav": nav, "contents": contents, "content": content}


def text_piece(body: bytes) -> Piece:
    """The one piece of a kept text file."""
    return unpack(body, 1)[0]
