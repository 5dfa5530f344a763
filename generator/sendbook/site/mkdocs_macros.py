"""The named macros for plain ``mkdocs build``, through mkdocs-macros-plugin.

The plugin would run any expression a page holds, so each page is first held against our own parse tree, and a
page with anything but our macros stops the build. It builds the staff edition: pages and blocks for others
are left out as our own engine leaves them out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from pathspec.gitignore import GitIgnoreSpec

from sendbook.campus import front_matter, strict_yaml
from sendbook.site.edition import cut_blocks
from sendbook.site.macros import Call, MacroValues, escape, expand

EDITION = "staff"
_PERSON_ID = re.compile(r"p-[0-9a-z]{4}")


class _Person:
    """What ``person("senco")`` stands for; printed by itself it is the name."""

    def __init__(self, values: MacroValues, key: str) -> None:
        self._values, self._key = values, key

    def __getattr__(self, attribute: str) -> str:
        said = self._values.say(Call(name="person", argument=self._key, attribute=attribute))
        if said is None:
            raise AttributeError(attribute)
        return escape(said)

    def __str__(self) -> str:
        return self.name


def define_env(env: Any) -> None:
    """Called by the plugin once: our macros, and the pages that are not for staff."""
    root = Path(env.project_dir)
    values = values_of(root)
    env.sendbook_values = values

    def said(name: str, argument: str) -> str:
        return escape(values.say(Call(name=name, argument=argument)) or "")

    env.macro(lambda key: _Person(values, key), "person")
    env.macro(lambda key: said("term", key), "term")
    env.macro(lambda key: said("campus", key), "campus")
    env.macro(lambda key: said("figure", key), "figure")
    env.conf["exclude_docs"] = GitIgnoreSpec.from_lines(f"/{path}" for path in _not_for_staff(root / "handbook"))


def on_pre_page_macros(env: Any) -> None:
    """Called before each page is rendered: refuse what is not ours, and leave other editions' blocks out."""
    path = f"handbook/{env.page.file.src_uri}"
    if "{" in str(env.page.title) or "render_macros" in env.page.meta:
        raise PluginError(f"{path}: the facts at the top of a page hold no macros.")
    text = cut_blocks(env.markdown, EDITION)
    for problem in expand(text, env.sendbook_values, path=path)[1]:
        raise PluginError(f"{path}: {problem.message} {problem.remedy}")
    env.markdown = text


def values_of(root: Path) -> MacroValues:
    """The values from a campus folder: its record, and the people it lists as contacts."""
    campus = _record(root, "records/campus.yml")
    contacts = campus.get("contacts")
    listed = contacts.values() if isinstance(contacts, Mapping) else ()
    ids = {item for item in listed if isinstance(item, str) and _PERSON_ID.fullmatch(item)}
    return MacroValues.from_campus(campus, {item: _record(root, f"records/people/{item}.yml") for item in sorted(ids)})


def _record(root: Path, path: str) -> Mapping[str, object]:
    try:
        parsed = strict_yaml.parse((root / path).read_bytes(), path)
    except OSError as error:
        raise PluginError(f"{path}: {error.strerror}.") from error
    if parsed.data is None:
        raise PluginError(f"{path}: {parsed.problems[0].message}")
    return parsed.data


def _not_for_staff(folder: Path) -> list[str]:
    paths = []
    for path in sorted(folder.rglob("*.md")):
        front = front_matter.split(path.read_bytes(), path.name).front
        editions = front.get("editions")
        if not isinstance(editions, list) or EDITION not in editions:
            paths.append(path.relative_to(folder).as_posix())
    return paths
