"""What is wrong with a campus's own page templates, as findings, before a build stops at one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sendbook.campus.problems import Problem
from sendbook.campus.shipped import site_templates
from sendbook.errors import TemplateError
from sendbook.site.templates import FOLDERS, Templates
from sendbook.site.world import own_templates

_FOLDER = "site_templates"
_REMEDY = "Correct what the sentence names, or take the file out: ours is used then."


def template_problems(root: Path) -> Iterator[Problem]:
    """Templates of the campus at ``root`` that can't be read, and parts for all pages that can't be used."""
    own = own_templates(root)
    if own is None:
        return
    try:
        templates = Templates(site_templates(), own)
    except TemplateError as error:
        yield template_problem(_FOLDER, error)
        return
    for path in sorted(path for folder in FOLDERS for path in (own / folder).rglob("*.html")):
        name = path.relative_to(own).as_posix()
        try:
            templates.check(name)
        except TemplateError as error:
            yield template_problem(f"{_FOLDER}/{name}", error)


def template_problem(path: str, error: TemplateError) -> Problem:
    """What the error says, as a problem with a template."""
    return Problem(
        code="template", path=path, line=None, column=None, message=str(error), remedy=_REMEDY, pointer="", found=""
    )
