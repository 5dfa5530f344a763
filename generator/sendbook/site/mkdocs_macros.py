"""The named macros for plain ``mkdocs build``, through mkdocs-macros-plugin.

The plugin would run any expression a page holds, so each page is first held against our own parse tree, and a
page with anything but our macros stops the build. It builds the staff edition: pages and blocks for others
are left out as our own engine leaves them out.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from pathspec.gitignore import GitIgnoreSpec

from sendbook.campus import front_matter
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.heading_places import place_of
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.errors import SendbookError
from sendbook.handbook.edition import cut_blocks
from sendbook.handbook.macros import Call, MacroValues, expand
from sendbook.site.macro_values import macro_values

EDITION = "staff"


class _Said:
    """What a call such as ``person("senco")`` stands for; printed by itself, or asked for an attribute."""

    def __init__(self, values: MacroValues, name: str, argument: str) -> None:
        self._values, self._name, self._argument = values, name, argument

    def __getattr__(self, attribute: str) -> str:
        said = self._values.markdown(Call(name=self._name, argument=self._argument, attribute=attribute))
        if said is None:
            raise AttributeError(attribute)
        return said

    def __str__(self) -> str:
        return self._values.markdown(Call(name=self._name, argument=self._argument)) or ""


def define_env(env: Any) -> None:
    """Called by the plugin once: our macros, and the pages that are not for staff."""
    root = Path(env.project_dir)
    values = values_of(root)
    env.sendbook_values = values

    for name in values.names:
        env.macro(partial(_Said, values, name), name)
    env.conf["mdx_configs"].setdefault("toc", {})["slugify"] = place_of
    env.conf["exclude_docs"] = GitIgnoreSpec.from_lines(f"/{path}" for path in _not_for_staff(root / "handbook"))


def on_pre_page_macros(env: Any) -> None:
    """Called before each page is rendered: refuse what is not ours, and leave other editions' blocks out."""
    path = f"handbook/{env.page.file.src_uri}"
    if "{" in str(env.page.title) or "render_macros" in env.page.meta:
        raise PluginError(f"{path}: the facts at the top of a page hold no macros.")
    text = cut_blocks(env.markdown, EDITION)
    for problem in expand(text, env.sendbook_values, path=path)[1]:
        said = filter(None, (problem.message, problem.found, problem.remedy, problem.hint))
        raise PluginError(f"{path}: {' '.join(said)}")
    env.markdown = text


def values_of(root: Path) -> MacroValues:
    """The values from a campus folder, as all who work there may see them."""
    own = root / "schemas"
    folders = [schemas()] if own.resolve() == schemas().resolve() else [schemas(), own]
    try:
        folder = CampusFolder(root, SchemaRegistry.load(*folders))
        loaded = folder.load(folder.scan().unit(SHARED))
    except (OSError, SendbookError) as error:
        raise PluginError(f"The records can't be read: {error}") from error
    for problem in loaded.problems:
        raise PluginError(f"{problem.path}: {problem.message}")
    return macro_values(loaded.campus, None, EDITION)


def _not_for_staff(folder: Path) -> list[str]:
    paths = []
    for path in sorted(folder.rglob("*.md")):
        front = front_matter.split(path.read_bytes(), path.name).front
        editions = front.get("editions")
        if not isinstance(editions, list) or EDITION not in editions:
            paths.append(path.relative_to(folder).as_posix())
    return paths
