"""Text that stands on a page written in Markdown as text and as nothing else."""

from __future__ import annotations


def escape(text: str) -> str:
    """Text that neither Markdown, HTML nor Jinja2 takes for anything but text."""
    return "".join(char if char.isalnum() else " " if char.isspace() else f"&#{ord(char)};" for char in text)
