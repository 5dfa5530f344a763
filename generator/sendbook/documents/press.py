"""The press: print data in, an accessible PDF out (PDF/UA-1 and PDF/A-2a), the same bytes for the same data.

Typst is handed a template and JSON. Its root is an empty folder, it knows no packages and no fonts but ours, and what
is printed reaches it as data alone, so no text of a record can be markup. A press keeps its compilers warm, one for
each thread; never fork a process in which one has been used, because Typst's own threads don't survive it.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sendbook.campus.letters import SHIPPED, Letters
from sendbook.campus.shipped import site_templates
from sendbook.documents.kinds import template_of
from sendbook.documents.lettering import printable
from sendbook.documents.row_headers import with_row_headers
from sendbook.errors import DocumentError

if TYPE_CHECKING:
    import typst

_LOG = logging.getLogger("sendbook.press")
#: Where a campus keeps document templates of its own.
OWN = "site_templates/documents"
_HOUSE = "house"
_TEMPLATE_AT_MOST = 1 << 18
_MISSING = re.compile(r"unknown variable: ([\w-]+)")
_PLACE = re.compile(r"\.typ:(\d+):")
_STANDARDS: tuple[Any, ...] = ("a-2a", "ua-1")

#: The date in the file of a document that nobody has approved yet: a file needs one, and the same at each print.
_NO_DAY = "2000-01-01"


class Press:
    """Prints a campus's documents. Made cheaply: templates are read at once, fonts when the first PDF is made."""

    def __init__(self, root: Path | None = None, nothing: str = "") -> None:
        """``root`` is the campus's folder: templates and fonts of its own (``site_templates``) go before ours.

        ``nothing`` is an empty folder for Typst to look into; without one, it is made.
        """
        self._nothing = nothing
        own = root / OWN if root is not None else None
        self._own = _own_templates(own) if own is not None and own.resolve() != (site_templates() / "documents") else {}
        self._letters = Letters(root)
        names = _our_templates()
        self._ours = {name: _Source.of(name, {}) for name in names}
        self._sources = {name: _Source.of(name, self._own) for name in names}
        self._here = threading.local()
        self._one_at_a_time = threading.Lock()

    def pdf(self, data: bytes) -> bytes:
        """The PDF of print data; with our templates where the campus's own can't be used for them, which is logged.

        May be called in several threads at once. Raises `DocumentError` if ours can't be used; no text of a record can
        do that.
        """
        said = json.loads(data)
        source = self._sources[template_of(said)]
        try:
            return self._printed(said, source)
        except _Refused as error:
            fault = source.fault(error)
            if not source.own:
                raise DocumentError(f"The document template {fault.name} can't be used: {fault.said}") from None
        _LOG.warning("%s/%s can't be used, so ours is: %s", OWN, fault.name, fault.said)
        return self._with_ours(said)

    def fault(self, data: bytes) -> OwnFault | None:
        """Why the campus's own templates can't be used for print data; None if they can, or if it has none."""
        said = json.loads(data)
        source = self._sources[template_of(said)]
        if source.own:
            try:
                self._printed(said, source)
            except _Refused as error:
                return source.fault(error)
        return None

    @property
    def own_digest(self) -> str:
        """Changes with any document template of the campus's own; nothing where it has none."""
        if not self._own:
            return ""
        return blake2b(repr(sorted(self._own.items())).encode(), digest_size=16).hexdigest()

    def _with_ours(self, said: Mapping[str, Any]) -> bytes:
        source = self._ours[template_of(said)]
        try:
            return self._printed(said, source)
        except _Refused as error:
            fault = source.fault(error)
            raise DocumentError(f"The document template {fault.name} can't be used: {fault.said}") from None

    def _printed(self, said: Mapping[str, Any], source: _Source) -> bytes:
        try:
            return self._compiled(said, printable(said, self._letters), source)
        except _Refused:
            # The fonts lack something that looking at single letters did not tell: print what every font has.
            return self._compiled(said, printable(said, self._letters, plain=True), source)

    def _compiled(self, said: Mapping[str, Any], shown: Any, source: _Source) -> bytes:
        import typst

        compiler = self._compiler
        inputs = {"data": json.dumps(shown, ensure_ascii=False), "fonts": self._families}
        day = datetime.combine(date.fromisoformat(said["version"]["day"] or _NO_DAY), time(12), tzinfo=UTC)
        try:
            made = compiler.compile(
                input=source.text,
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=list(_STANDARDS),
                timestamp=day,
            )
        except typst.TypstError as error:
            # Its own words only: the longer ones quote what was to be printed.
            place = _PLACE.search(error.diagnostic)
            raise _Refused(_without_values(error.message), int(place[1]) if place else 0) from None
        if not isinstance(made, bytes):
            raise DocumentError("Typst gave no PDF.")
        return with_row_headers(made)

    @property
    def _compiler(self) -> typst.Compiler:
        """This thread's compiler: one can't be used by two threads at once."""
        if not hasattr(self._here, "compiler"):
            import typst

            with self._one_at_a_time:  # what follows is made once and shared by all threads
                empty, fonts = self._empty, self._fonts
            self._here.compiler = typst.Compiler(
                b"", root=empty, font_paths=fonts, package_path=empty, package_cache_path=empty
            )
        compiler: typst.Compiler = self._here.compiler
        return compiler

    @cached_property
    def _empty(self) -> str:
        if self._nothing:
            return self._nothing
        folder = tempfile.mkdtemp(prefix="sendbook-press-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return folder

    @cached_property
    def _fonts(self) -> typst.Fonts:
        import typst

        return typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in self._letters.folders],
        )

    @cached_property
    def _families(self) -> str:
        """Ours first, then whatever else the folders hold, by name."""
        there = {font.family for font in self._fonts.fonts()}
        return json.dumps([*SHIPPED, *sorted(there - set(SHIPPED))])


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class OwnFault:
    """What is wrong with a document template: the file's name, the line (0 where it is not known), and a sentence."""

    name: str
    line: int
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """A template with the house style before it: one text, so that Typst needs no file at all.

    ``parts`` are the files it is made of, by name, in their order; ``own`` says which of them are the campus's. Our
    house style is before a campus's own, so that one made from an older version, or one that changes a few things, has
    all that our templates ask for.
    """

    parts: tuple[tuple[str, bytes], ...]
    own: frozenset[str]

    @classmethod
    def of(cls, name: str, own: Mapping[str, bytes]) -> _Source:
        """A campus's ``own`` files go before ours."""
        house, template = f"{_HOUSE}.typ", f"{name}.typ"
        before = (("our own " + house, _ours(house)), (house, own[house])) if house in own else ((house, _ours(house)),)
        last = own[template] if template in own else _ours(template)
        return cls(parts=(*before, (template, last)), own=frozenset({house, template} & own.keys()))

    @property
    def text(self) -> bytes:
        """What Typst is handed."""
        return b"\n".join(content for _, content in self.parts)

    def fault(self, error: _Refused) -> OwnFault:
        """What is wrong, in the file it is in; where that one is ours, in the campus's that goes with it."""
        name, line = self._place_of(error.line)
        if self.own and name not in self.own:
            name, line = min(self.own), 0
        return OwnFault(
            name=name, line=line, said=f"{error.said or 'Typst refuses it'}{f' (line {line})' if line else ''}."
        )

    def _place_of(self, line: int) -> tuple[str, int]:
        """The file that a line of the whole text is from, and its line there; the template where none is known."""
        for name, content in self.parts:
            here = content.count(b"\n") + 1
            if 0 < line <= here:
                return name, line
            line -= here
        return self.parts[-1][0], 0


class _Refused(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, said: str, line: int) -> None:
        super().__init__(said)
        self.said = said
        self.line = line


def _own_templates(folder: Path) -> dict[str, bytes]:
    """The campus's own document templates; what is a link, or can't be opened, is none of them."""
    found = {}
    if not folder.is_symlink() and not folder.parent.is_symlink():
        for path in sorted(folder.glob("*.typ")):
            with suppress(OSError):
                if path.is_file() and not path.is_symlink() and path.stat().st_size <= _TEMPLATE_AT_MOST:
                    found[path.name] = path.read_bytes()
    return found


def _our_templates() -> list[str]:
    """The names of our document templates; the house style goes before each of them, and is none itself."""
    _ours(f"{_HOUSE}.typ")
    return sorted(path.stem for path in (site_templates() / "documents").glob("*.typ") if path.stem != _HOUSE)


def _ours(name: str) -> bytes:
    try:
        return (site_templates() / "documents" / name).read_bytes()
    except FileNotFoundError:
        raise DocumentError(f"There is no document template called {name}.") from None


def _without_values(message: str) -> str:
    """An error's words up to where it begins to quote; a name that is not there is the template's own."""
    missing = _MISSING.fullmatch(message)
    if missing:
        return f"it asks for {missing[1]}, which isn't there"
    return re.split(r"[:`\"(]", message)[0].strip()
