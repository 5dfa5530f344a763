"""The gate's own pages: a handful of templates, joined to a shell of the bundle.

Everything they say is made at the request, so their content goes into the answer uncompressed: they hold the
tokens of forms and words that somebody typed.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import escape

from sendbook.bundle import Fragment
from sendbook.bundle.fragment import CutShell, Shell, compress_shell
from sendbook.bundle.look_up import drawer_pieces, page
from sendbook.bundle.pieces import Compressor, Piece, stored
from sendbook.errors import ServeError


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page's title and content, as HTML."""

    title: str
    content: str


class Pages:
    """The templates in a folder; each names its own title."""

    def __init__(self, folder: Path) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self.bare = compress_shell(Shell.cut(self._source(folder / "bare.html")), Compressor())
        self.account = lru_cache(maxsize=1024)(self._account)
        self.token = lru_cache(maxsize=1024)(self._token)
        self.personal = lru_cache(maxsize=256)(self._personal)
        self.not_found = self.render("not_found")
        self.server_error = self.render("server_error")

    def render(self, page_name: str, /, **values: object) -> Rendered:
        """A page's title and content."""
        try:
            module = self._templates.get_template(f"{page_name}.html").make_module(values)
        except TemplateError as error:
            raise ServeError(f"The gate's page {page_name} can't be made: {error}.") from error
        return Rendered(str(getattr(module, "title", "")), str(module))

    def whole(
        self,
        shell: CutShell | None,
        rendered: Rendered,
        *,
        name: str,
        csrf: str,
        deflated: bool,
        drawer: bytes | None = None,
    ) -> bytes:
        """The page in a shell, or in our own bare one if the bundle has none for this reader."""
        pieces = {
            "title": stored(rendered.title.encode()),
            "content": stored(rendered.content.encode()),
            "account": self.account(name),
            "csrf": self.token(csrf),
            **drawer_pieces(drawer),
        }
        return page(shell or self.bare, pieces, deflated=deflated)

    def _personal(self, shell: CutShell | None, name: str, csrf: str) -> CutShell:
        """A shell with what is the same on all pages of a session; without one, our own bare one."""
        return (shell or self.bare).filled({"account": self.account(name), "csrf": self.token(csrf)})

    @staticmethod
    def _account(name: str) -> Piece:
        """Who is signed in; the way out is in the shell."""
        return stored(str(escape(name)).encode())

    @staticmethod
    def _token(csrf: str) -> Piece:
        """The token of the session's forms."""
        return stored(csrf.encode())

    @staticmethod
    def _source(file: Path) -> str:
        try:
            return file.read_text("utf-8")
        except FileNotFoundError:
            raise ServeError(f"The gate's page {file.name} is missing from {file.parent}.") from None


def not_found_fragment(folder: Path) -> Fragment:
    """The page for whatever isn't there, for an export to hold (`export(..., also={"/404.html": ...})`)."""
    rendered = Pages(folder).not_found
    return Fragment(title=rendered.title, content=rendered.content, search="")
