"""The messages between the processes of `sendbook serve`, each a frozen dataclass of plain values.

A value is text, a whole number, yes or no, bytes, or several texts; `codec` writes nothing else. To add a message,
write its class here and name it in `MESSAGES`: a process that does not know it refuses it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginGate:
    """Tells a gate what to serve: the first line it is sent. An empty ``day`` is the machine's own.

    ``listening`` is the number of the open socket that visitors come to, ``press`` the address of the press.
    """

    state: str
    name: str
    behind: tuple[str, ...]
    day: str
    listening: int
    press: str
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginPress:
    """Tells a press whose templates and fonts to use, and an empty folder that Typst takes for the whole disk."""

    root: str
    nothing: str
    listening: int
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginBuilder:
    """Tells a builder which campus to build. ``at_once`` has it build before anybody asks.

    ``sockets`` is the folder that is of no use once the supervisor has ended. Sign-ins are made for a ``demo`` alone.
    """

    root: str
    state: str
    day: str
    demo: bool
    watch: bool
    at_once: bool
    listening: int
    sockets: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintDocument:
    """Asks the press for a document, named by the digest of its print data."""

    document: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Answers with the PDF."""

    document: str
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPrinted:
    """Answers that a document can't be made, in a sentence that holds no value of a record."""

    document: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildAgain:
    """Asks the builder to build the site from the files as they are now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """Answers what came of it: whether a site was published, and whether nothing of it is held back."""

    published: bool
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSignIns:
    """Asks the builder, which has the records, to make the demonstration's sign-ins and show them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInsShown:
    """Answers that they are on the screen; the passwords are nowhere else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Answers that what was asked could not be done, in one sentence for the person who started sendbook."""

    sentence: str


Message = (
    BeginGate
    | BeginPress
    | BeginBuilder
    | PrintDocument
    | Printed
    | NotPrinted
    | BuildAgain
    | Built
    | ShowSignIns
    | SignInsShown
    | Failed
)
#: Each message under the name it has on the line.
MESSAGES: dict[str, type[Message]] = {
    "begin-gate": BeginGate,
    "begin-press": BeginPress,
    "begin-builder": BeginBuilder,
    "print": PrintDocument,
    "printed": Printed,
    "not-printed": NotPrinted,
    "build-again": BuildAgain,
    "built": Built,
    "show-sign-ins": ShowSignIns,
    "sign-ins-shown": SignInsShown,
    "failed": Failed,
}
