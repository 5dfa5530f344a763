"""Gives the headings of handbook pages their places, as an extension of Python-Markdown that the engine loads."""

from __future__ import annotations

from typing import Any

from markdown.extensions.toc import TocExtension  # type: ignore[import-untyped]

from sendbook.campus.heading_places import place_of


def makeExtension(**settings: Any) -> TocExtension:  # noqa: N802 - Python-Markdown asks for this name
    """Python-Markdown's table of contents with our places, in place of the one MkDocs sets up."""
    return TocExtension(slugify=place_of, **settings)
