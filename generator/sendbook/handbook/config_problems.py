"""What may be wrong in a campus's mkdocs.yml.

That file serves ``mkdocs build`` on somebody's own machine; our engine never reads it. It is checked all the
same, because MkDocs runs whatever code it names: hooks, plugins, tags and templates from outside the campus.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import yaml

from sendbook.campus.problems import Problem

NAME = "mkdocs.yml"
MACROS_MODULE = "sendbook.site.mkdocs_macros"
PLUGINS_ALLOWED = frozenset({"search", "material/search", "macros"})
MACROS_OPTIONS_ALLOWED = frozenset({"modules", "on_undefined", "on_error_fail", "verbose"})
EXTENSIONS_ALLOWED = frozenset({
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "meta", "pymdownx.details", "pymdownx.emoji",
    "pymdownx.superfences", "sane_lists", "smarty", "tables", "toc",
})  # fmt: skip
TAGS_ALLOWED = frozenset({
    "tag:yaml.org,2002:python/name:material.extensions.emoji.twemoji",
    "tag:yaml.org,2002:python/name:material.extensions.emoji.to_svg",
})  # fmt: skip
_REFUSED = {
    "INHERIT": "takes settings from another file",
    "hooks": "runs Python files at each build",
    "repo_url": "makes every reader's browser contact another website about the repository",
    "edit_uri": "points readers at the repository",
    "google_analytics": "tells another website who reads what",
}
_AT_MOST = 1 << 16
_DEEPEST = 16

Node = yaml.nodes.Node


def config_problems(root: Path) -> Iterator[Problem]:
    """What is wrong with ``mkdocs.yml`` of the campus at ``root``; nothing if there is none."""
    path = root / NAME
    if path.is_symlink():
        yield _problem(None, "This is a link to another place.", "Put the file itself here.", "handbook-file")
        return
    if not path.is_file():
        return
    source = path.read_bytes()
    if len(source) > _AT_MOST:
        yield _problem(None, "This file is far larger than settings can be.", "Cut it down.", "too-large")
        return
    try:
        wrong = _shape(source.decode())
        top = None if wrong else yaml.compose(source.decode(), yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        message, remedy = "This is not YAML we can read.", "Correct the line."
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        yield _problem(line, message, remedy if mark else "Save the file as “UTF-8” in your editor.", "syntax", column)
        return
    if wrong:
        yield wrong
        return
    yield from _of_document(top, root)


def _shape(text: str) -> Problem | None:
    """What would make the file grow or sink without end: references and depth, seen before anything is built."""
    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        if isinstance(event, yaml.AliasEvent):
            remedy = "Write each setting out in its own place."
            return _problem(line, "A setting is repeated by reference (*).", remedy, "anchor", column)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return _problem(line, "Settings are nested too deep.", "Cut it down.", "too-deep", column)
    return None


def _of_document(top: Node | None, root: Path) -> Iterator[Problem]:
    if not isinstance(top, yaml.MappingNode):
        yield _problem(
            1, "The file must hold settings by name.", "Begin with site_name: and go on from there.", "syntax"
        )
        return
    yield from _tags(top)
    settings = {key.value: value for key, value in top.value if isinstance(key, yaml.ScalarNode)}
    for name, does in _REFUSED.items():
        if name in settings:
            yield _at(settings[name], f"'{name}' {does}.", "Take it out.")
    yield from _plugins(settings.get("plugins"))
    yield from _extensions(settings.get("markdown_extensions"))
    yield from _theme(settings.get("theme"), root)
    for name in ("extra_javascript", "extra_css"):
        yield from _assets(name, settings.get(name))
    docs = settings.get("docs_dir")
    if docs is None or docs.value != "handbook":
        yield _at(docs or top, "'docs_dir' must be handbook.", "Write docs_dir: handbook.")


def _tags(node: Node) -> Iterator[Problem]:
    """Any tag beyond YAML's own plain ones; each could read the environment or run code."""
    plain = node.tag.startswith("tag:yaml.org,2002:") and "python" not in node.tag
    if not plain and node.tag not in TAGS_ALLOWED:
        yield _at(
            node,
            f"The tag {node.tag.removeprefix('tag:yaml.org,2002:')} runs code or reads secrets.",
            "Write the value.",
        )
    children = node.value if isinstance(node, yaml.SequenceNode) else ()
    if isinstance(node, yaml.MappingNode):
        children = [part for pair in node.value for part in pair]
    for child in children:
        yield from _tags(child)


def _plugins(node: Node | None) -> Iterator[Problem]:
    for name, options in _named(node):
        if name.value not in PLUGINS_ALLOWED:
            yield _at(name, f"The plugin {name.value} is not one of search and macros.", "Take it out.")
        elif name.value == "macros":
            yield from _macros(options)


def _macros(options: Node | None) -> Iterator[Problem]:
    for name, value in _pairs(options):
        if name.value not in MACROS_OPTIONS_ALLOWED:
            yield _at(name, f"'{name.value}' lets pages run what is not ours.", "Take it out.")
        elif name.value == "modules" and [item.value for item in _items(value)] != [MACROS_MODULE]:
            yield _at(value, "The macros must be ours and no others.", f"Write modules: [{MACROS_MODULE}].")


def _extensions(node: Node | None) -> Iterator[Problem]:
    for name, _ in _named(node):
        if name.value == "pymdownx.snippets":
            yield _at(name, "Snippets put any file of the machine on a page.", "Take it out.")
        elif name.value not in EXTENSIONS_ALLOWED:
            yield _at(
                name,
                f"The engine does not know {name.value}; the pages would look different here.",
                "Take it out.",
            )


def _theme(node: Node | None, root: Path) -> Iterator[Problem]:
    settings = {name.value: value for name, value in _pairs(node)}
    name = settings.get("name", node)
    if name is None or name.value != "material":
        return
    font = settings.get("font")
    if font is None or font.value != "false":
        yield _at(
            font or name,
            "Without 'font: false' every page fetches its fonts from Google.",
            "Write font: false.",
        )
    custom = settings.get("custom_dir")
    if custom is not None and not _inside(custom.value, root):
        yield _at(custom, "'custom_dir' must be a folder of this campus.", "Name a folder next to mkdocs.yml.")


def _inside(written: object, root: Path) -> bool:
    plain = PurePosixPath(str(written))
    if plain.is_absolute() or ".." in plain.parts or "\\" in str(written):
        return False
    return (root / plain).resolve().is_relative_to(root.resolve())


def _assets(name: str, node: Node | None) -> Iterator[Problem]:
    for item in _items(node):
        path = next((value for key, value in _pairs(item) if key.value == "path"), item)
        if isinstance(path.value, str) and ("//" in path.value or ":" in path.value):
            yield _at(
                path,
                f"'{name}' would be fetched from another website.",
                "Put the file into the handbook folder.",
            )


def _named(node: Node | None) -> Iterator[tuple[Node, Node | None]]:
    """Plugins or extensions, written as names, as one-key mappings, or as one mapping."""
    yield from _pairs(node)
    for item in _items(node):
        if isinstance(item, yaml.ScalarNode):
            yield item, None
        else:
            yield from _pairs(item)


def _items(node: Node | None) -> list[Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _pairs(node: Node | None) -> list[tuple[Node, Node]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _at(node: Node, message: str, remedy: str) -> Problem:
    mark = node.start_mark
    return _problem(mark.line + 1, message, remedy, column=mark.column + 1)


def _problem(
    line: int | None, message: str, remedy: str, code: str = "mkdocs-setting", column: int | None = None
) -> Problem:
    return Problem(code=code, path=NAME, line=line, column=column, message=message, remedy=remedy, pointer="")
