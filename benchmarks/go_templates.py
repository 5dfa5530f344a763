"""Our page templates in Hugo's language, so that Hugo can be handed the same data and the same templates as we are.

Translated from what Jinja2 reads of them, so that the two can't drift apart. It knows what our templates use and
nothing else: anything new stops the benchmark with its name. What comes out is what somebody who keeps a Hugo site
would write: one partial a template, one a component, a component's arguments handed over as a list.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes

#: Names whose values are HTML that has been made already.
_READY_MADE = frozenset({"chart"})
#: Names whose length is that of a text; of all others it is that of a list.
_TEXTS = frozenset({"text"})

Scope = Mapping[str, str]


def translated(templates: Path) -> dict[str, str]:
    """Every template of a student's pages, and the components they call, by its place below ``layouts/partials``."""
    environment = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True)
    waiting = [
        f"{folder}/{path.name}" for folder in ("pages", "sections") for path in (templates / folder).glob("*.html")
    ]
    found = {"prose.html": _PROSE, "as_lines.html": _LINES, "linked.html": _LINKED}
    while waiting:
        name = waiting.pop()
        if name not in found:
            tree = environment.parse((templates / name).read_text(encoding="utf-8"))
            macros = [node for node in tree.body if isinstance(node, nodes.Macro)]
            # A component may have macros for its own use next to the one that it is called after.
            found |= {_component(macro.name): "".join(_called(macro)) for macro in macros}
            if not macros:
                found[name] = "".join(["{{ $handed := . }}", *_written(tree.body, {})])
            waiting += [_component(call.node.name) for call in tree.find_all(nodes.Call)]
    return found


def _component(name: str) -> str:
    return f"components/{name}.html"


# Paragraphs stand between blank lines.
_PROSE = '{{ range split . "\\n\\n" }}<p>{{ . }}</p>{{ end }}'
_LINES = '{{ range $place, $line := split (printf "%v" .) "\\n" }}{{ if $place }}<br>{{ end }}{{ $line }}{{ end }}'
# As pages/reached.py does it. Go lets no scheme but http and mailto into an address unless it is said to be safe.
_LINKED = (
    "{{ $said := strings.TrimSpace . }}"
    "{{ if findRE `^\\+?[0-9][0-9 ()/.-]{4,}$` $said }}"
    '<a href="{{ printf "tel:%s" (replaceRE `[^0-9+]` "" $said) | safeURL }}">{{ . }}</a>'
    '{{ else if findRE `^[^\\s@:/?#&]+@[^\\s@:/?#&]+$` $said }}<a href="mailto:{{ $said }}">{{ . }}</a>'
    "{{ else }}{{ . }}{{ end }}"
)


def _called(macro: nodes.Macro) -> Iterator[str]:
    """A component's arguments come as a list, all other templates' as a mapping."""
    names = [argument.name for argument in macro.args]
    yield "".join(f"{{{{ ${name} := index . {place} }}}}" for place, name in enumerate(names))
    yield from _written(macro.body, {name: f"${name}" for name in names})


def _written(body: Iterable[nodes.Node], scope: Scope) -> Iterator[str]:
    for node in body:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                yield _output(part, scope)
        elif isinstance(node, nodes.If):
            yield from _if(node, scope)
        elif isinstance(node, nodes.For):
            yield from _for(node, scope)
        else:
            raise _unknown(node)


def _output(node: nodes.Node, scope: Scope) -> str:
    if isinstance(node, nodes.TemplateData):
        return node.data
    if isinstance(node, nodes.CondExpr):
        other = _output(node.expr2, scope) if node.expr2 else ""
        return f"{{{{ if {_said(node.test, scope)} }}}}{_output(node.expr1, scope)}{{{{ else }}}}{other}{{{{ end }}}}"
    if isinstance(node, nodes.Name) and node.name == "inside":
        inside = _said(node, scope)
        return f"{{{{ partial {inside}.template {inside}.values }}}}"
    ready = isinstance(node, nodes.Getattr) and node.attr in _READY_MADE
    return f"{{{{ {_said(node, scope)}{' | safeHTML' if ready else ''} }}}}"


def _if(node: nodes.If, scope: Scope) -> Iterator[str]:
    yield f"{{{{ if {_said(node.test, scope)} }}}}"
    yield from _written(node.body, scope)
    for other in node.elif_:
        yield f"{{{{ else if {_said(other.test, scope)} }}}}"
        yield from _written(other.body, scope)
    if node.else_:
        yield "{{ else }}"
        yield from _written(node.else_, scope)
    yield "{{ end }}"


def _for(node: nodes.For, scope: Scope) -> Iterator[str]:
    """``loop`` is there as ``$loopIndex`` and ``$loopAll``; what is nested hides what is round it, as in Jinja2."""
    yield f"{{{{ $loopAll := {_said(node.iter, scope)} }}}}{{{{ range $loopIndex, $loopItem := $loopAll }}}}"
    inner = dict(scope)
    if isinstance(node.target, nodes.Tuple):
        for place, part in enumerate(node.target.items):
            inner[part.name] = f"${part.name}"
            yield f"{{{{ ${part.name} := index $loopItem {place} }}}}"
    else:
        inner[node.target.name] = f"${node.target.name}"
        yield f"{{{{ ${node.target.name} := $loopItem }}}}"
    yield from _written(node.body, inner)
    yield "{{ end }}"


def _said(node: nodes.Node, scope: Scope) -> str:
    """An expression. Go knows no operators but functions, and brackets do no harm."""
    say = _EXPRESSIONS.get(type(node))
    if say is None:
        raise _unknown(node)
    return say(node, scope)


def _name(node: nodes.Name, scope: Scope) -> str:
    return scope.get(node.name, f"$handed.{node.name}")


def _attribute(node: nodes.Getattr, scope: Scope) -> str:
    if isinstance(node.node, nodes.Name) and node.node.name == "loop":
        return _LOOP[node.attr]
    return f"{_said(node.node, scope)}.{node.attr}"


_LOOP = {"index0": "$loopIndex", "first": "(eq $loopIndex 0)", "last": "(eq (add $loopIndex 1) (len $loopAll))"}


def _filter(node: nodes.Filter, scope: Scope) -> str:
    value = _said(node.node, scope)
    if node.name in ("prose", "as_lines", "linked"):
        return f'(partial "{node.name}.html" {value})'
    if node.name == "join":
        return f"(delimit {value} {_said(node.args[0], scope)})"
    if node.name == "length":
        is_text = isinstance(node.node, nodes.Name) and node.node.name in _TEXTS
        return f"({'strings.RuneCount' if is_text else 'len'} {value})"
    raise _unknown(node)


def _call(node: nodes.Call, scope: Scope) -> str:
    handed = " ".join(_said(argument, scope) for argument in node.args)
    return f'(partial "{_component(node.node.name)}" (slice {handed}))'


def _compare(node: nodes.Compare, scope: Scope) -> str:
    (operand,) = node.ops
    return f"({operand.op} {_said(node.expr, scope)} {_said(operand.expr, scope)})"


_EXPRESSIONS: dict[type[nodes.Node], Callable[[Any, Scope], str]] = {
    nodes.Name: _name,
    nodes.Getattr: _attribute,
    nodes.Getitem: lambda node, scope: f"(index {_said(node.node, scope)} {_said(node.arg, scope)})",
    nodes.Const: lambda node, _scope: json.dumps(node.value, ensure_ascii=False),
    nodes.Tuple: lambda node, scope: f"(slice {' '.join(_said(item, scope) for item in node.items)})",
    nodes.Dict: lambda node, scope: (
        f"(dict {' '.join(_said(one, scope) for item in node.items for one in (item.key, item.value))})"
    ),
    nodes.Or: lambda node, scope: f"(or {_said(node.left, scope)} {_said(node.right, scope)})",
    nodes.Not: lambda node, scope: f"(not {_said(node.node, scope)})",
    nodes.Filter: _filter,
    nodes.Call: _call,
    nodes.Compare: _compare,
}


def _unknown(node: nodes.Node) -> SystemExit:
    return SystemExit(f"A page template holds what the benchmark can't say in Hugo's language yet: {node!r}")
