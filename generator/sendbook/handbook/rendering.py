"""A page's Markdown as HTML, with the extensions the engine uses: what a reader's browser would be handed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sendbook.handbook.print_pages import site_extensions


@lru_cache(maxsize=200)  # a build asks for the same bodies for its checks and for what the public will read
def rendered(body: str) -> str:
    """The HTML of a body whose macros are said already."""
    reader = _reader()
    reader.reset()
    return str(reader.convert(body))


@lru_cache(maxsize=1)
def _reader() -> Any:
    from markdown import Markdown  # type: ignore[import-untyped]  # here, because most builds read no page

    names, settings = site_extensions()
    return Markdown(extensions=names, extension_configs=settings)
