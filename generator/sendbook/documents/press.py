"""The press: print data in, an accessible PDF out (PDF/UA-1 and PDF/A-2a), the same bytes for the same data.

Typst is handed a template and JSON. Its root is an empty folder, it knows no packages and no fonts but ours, and what
is printed reaches it as data alone, so no text of a record can be markup. A press keeps its compilers warm, one for
each thread; never fork a process in which one has been used, because Typst's own threads don't survive it.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sendbook.campus.letters import SHIPPED, Letters
from sendbook.campus.shipped import site_templates
from sendbook.documents.kinds import KINDS
from sendbook.documents.lettering import printable
from sendbook.errors import DocumentError

if TYPE_CHECKING:
    import typst

_HOUSE = "house"
_PLACE = re.compile(r"\.typ:(\d+):")
_STANDARDS: tuple[Any, ...] = ("a-2a", "ua-1")

#: The date in the file of a document that nobody has approved yet: a file needs one, and the same at each print.
_NO_DAY = "2000-01-01"


class Press:
    """Prints a campus's documents. Made cheaply: templates are read at once, fonts when the first PDF is made."""

    def __init__(self, root: Path | None = None) -> None:
        """``root`` is the campus's folder: templates and fonts of its own (``site_templates``) go before ours."""
        own = [root / "site_templates" / "documents"] if root is not None else []
        self._folders = [place for place in (*own, site_templates() / "documents") if place.is_dir()]
        self._letters = Letters(root)
        self._sources = {name: self._source(kind.printed_with) for name, kind in KINDS.items()}
        self._here = threading.local()
        self._one_at_a_time = threading.Lock()

    def pdf(self, data: bytes) -> bytes:
        """The PDF of print data. Raises `DocumentError` if a template can't be used; no text of a record can do that.

        May be called in several threads at once.
        """
        said = json.loads(data)
        try:
            return self._compiled(said, printable(said, self._letters))
        except _Refused:
            # The fonts lack something that looking at single letters did not tell: print what every font has.
            try:
                return self._compiled(said, printable(said, self._letters, plain=True))
            except _Refused as error:
                template = KINDS[said["kind"]].printed_with
                raise DocumentError(f"The document template {template}.typ can't be used: {error}.") from None

    def _compiled(self, said: Mapping[str, Any], shown: Any) -> bytes:
        import typst

        compiler = self._compiler
        inputs = {"data": json.dumps(shown, ensure_ascii=False), "fonts": self._families}
        day = datetime.combine(date.fromisoformat(said["version"]["day"] or _NO_DAY), time(12), tzinfo=UTC)
        try:
            made = compiler.compile(
                input=self._sources[said["kind"]],
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=list(_STANDARDS),
                timestamp=day,
            )
        except typst.TypstError as error:
            # Its own words only: the longer ones quote what was to be printed.
            raise _Refused(_without_values(error.message) + self._line(error.diagnostic)) from None
        if not isinstance(made, bytes):
            raise DocumentError("Typst gave no PDF.")
        return made

    def _source(self, name: str) -> bytes:
        """A template with the house style before it: one text, so that Typst needs no file at all."""
        return b"\n".join(self._read(part) for part in (_HOUSE, name))

    def _read(self, name: str) -> bytes:
        for folder in self._folders:
            path = folder / f"{name}.typ"
            if path.is_file() and not path.is_symlink():
                return path.read_bytes()
        raise DocumentError(f"There is no document template called {name}.typ.")

    def _line(self, diagnostic: str) -> str:
        """Where in the template it was; the house style is before it."""
        found = _PLACE.search(diagnostic)
        line = int(found[1]) - self._read(_HOUSE).count(b"\n") - 1 if found else 0
        return f" (line {line})" if line > 0 else ""

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


class _Refused(Exception):  # noqa: N818 - never leaves this module
    pass


def _without_values(message: str) -> str:
    """An error's words up to where it begins to quote."""
    return re.split(r"[:`\"(]", message)[0].strip()
