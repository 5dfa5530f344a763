"""An edition of the handbook as it comes out of the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sendbook.bundle.fragment import Shell
from sendbook.pages.contents import Heading


@dataclass(frozen=True, slots=True, kw_only=True)
class HandbookPage:
    """One page as a fragment; ``title``, ``summary`` and ``text`` are plain text, the other strings HTML.

    ``document`` says which of the documents that are asked for it is, if any.
    """

    id: str
    title: str
    summary: str
    nav: str
    contents: str
    content: str = field(repr=False)
    headings: tuple[Heading, ...]
    text: str = field(repr=False)
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Everything the bundle takes of one edition.

    ``assets`` are the theme's own files under content-hashed names, the same for every reader and even before
    signing in. ``files`` are the handbook's pictures and papers: they belong to the edition as its pages do.
    ``script_hashes`` are the CSP sources of the shell's inline scripts, quotes included. ``plain_shell`` is the shell
    without scripts, search box and sign-in, for pages that stand in a folder.
    """

    name: str
    shell: Shell
    plain_shell: Shell
    pages: Mapping[str, HandbookPage]
    nav: str = field(repr=False)
    assets: Mapping[str, tuple[bytes, str]] = field(repr=False)
    files: Mapping[str, tuple[bytes, str]] = field(repr=False)
    script_hashes: tuple[str, ...]
