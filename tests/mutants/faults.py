"""Finds the places of a module where a small slip could be, and says what each would change.

A fault is a piece of the text put in the place of another, so that what a person would see in a review can be shown.
What no test can notice is left alone: annotations, docstrings, imports, assertions, and texts put together from pieces.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A slip in a module: between two bytes of its text stands something else."""

    sort: str
    line: int
    begin: int
    end: int
    before: str
    after: str

    def put_into(self, source: bytes) -> bytes:
        """Returns the module's text with the fault."""
        return source[: self.begin] + self.after.encode() + source[self.end :]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slip:
    """What stands in the place of a node."""

    sort: str
    node: ast.AST
    text: str


def faults_of(source: bytes) -> list[Fault]:
    """Finds each fault that can be planted in a module, in the order of the text."""
    tree = ast.parse(source)
    starts = _line_starts(source)
    made = (_fault(slip, source, starts) for node, function in _nodes(tree, None) for slip in _slips(node, function))
    return sorted(set(filter(None, made)), key=lambda fault: (fault.begin, fault.end, fault.sort, fault.after))


def is_sound(fault: Fault, source: bytes) -> bool:
    """Returns whether the module can still be read with the fault: a slip that no editor would pass is none."""
    try:
        compile(fault.put_into(source), "fault", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def _line_starts(source: bytes) -> list[int]:
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _fault(slip: _Slip, source: bytes, starts: list[int]) -> Fault | None:
    node: Any = slip.node
    begin = starts[node.lineno - 1] + node.col_offset
    end = starts[node.end_lineno - 1] + node.end_col_offset
    before = source[begin:end].decode()
    if before == slip.text or before.startswith("elif"):  # an "elif" can't be taken out by itself
        return None
    return Fault(sort=slip.sort, line=node.lineno, begin=begin, end=end, before=before, after=slip.text)


def _nodes(node: ast.AST, function: _Function | None) -> Iterator[tuple[ast.AST, _Function | None]]:
    """Yields the nodes that say what is done, each with the function it is in."""
    yield node, function
    inner = node if isinstance(node, _Function) else function
    for name, value in ast.iter_fields(node):
        if name in _PASSED_OVER.get(type(node), ()):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_silent(child) and not _only_crashes(node, child):
                yield from _nodes(child, inner)


#: Fields of nodes that say what something is, and do nothing.
_PASSED_OVER: Mapping[type[ast.AST], tuple[str, ...]] = {
    ast.FunctionDef: ("decorator_list", "returns"),
    ast.AsyncFunctionDef: ("decorator_list", "returns"),
    ast.ClassDef: ("decorator_list", "bases", "keywords"),
    ast.arg: ("annotation",),
    ast.AnnAssign: ("annotation",),
    ast.Raise: ("exc",),
}


def _is_silent(node: ast.AST) -> bool:
    """Returns whether a fault in it shows nowhere, or is about typing."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Tuple)
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.unparse(node.test)
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "TypeVar"
    if isinstance(node, ast.keyword):
        # That two lists are of one length, which they are; and what a value looks like to somebody who debugs.
        return node.arg in ("strict", "repr")
    if isinstance(node, ast.Assign):
        return isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__"
    return isinstance(node, ast.JoinedStr | ast.Assert | ast.Import | ast.ImportFrom | ast.pattern)


def _only_crashes(node: ast.AST, child: ast.AST) -> bool:
    """Returns whether a fault in it would stop the first test that comes by: that is too easy to count as caught."""
    if isinstance(node, ast.Subscript):
        return child is node.slice and isinstance(child, ast.Constant) and isinstance(child.value, str)
    return isinstance(node, ast.Assign) and child is node.value and isinstance(node.targets[0], ast.Tuple)


def _slips(node: ast.AST, function: _Function | None) -> Iterator[_Slip]:
    for kind, slips in _BY_NODE.items():
        if isinstance(node, kind):
            yield from slips(node, function)


def _in_brackets(node: ast.expr) -> str:
    """Returns an expression as text that can stand anywhere an expression can."""
    return f"({ast.unparse(node)})"


_OTHER_COMPARISON: Mapping[type[ast.cmpop], tuple[str, type[ast.cmpop]]] = {
    ast.Lt: ("boundary", ast.LtE),
    ast.LtE: ("boundary", ast.Lt),
    ast.Gt: ("boundary", ast.GtE),
    ast.GtE: ("boundary", ast.Gt),
    ast.Eq: ("opposite", ast.NotEq),
    ast.NotEq: ("opposite", ast.Eq),
    ast.In: ("opposite", ast.NotIn),
    ast.NotIn: ("opposite", ast.In),
    ast.Is: ("opposite", ast.IsNot),
    ast.IsNot: ("opposite", ast.Is),
}


def _compared(node: ast.Compare, function: _Function | None) -> Iterator[_Slip]:
    for place, operator in enumerate(node.ops):
        sort, other = _OTHER_COMPARISON[type(operator)]
        ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
        yield _Slip(sort=sort, node=node, text=_in_brackets(ast.Compare(node.left, ops, node.comparators)))


def _joined(node: ast.BoolOp, function: _Function | None) -> Iterator[_Slip]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield _Slip(sort="and for or", node=node, text=_in_brackets(ast.BoolOp(other, node.values)))
    for place in range(len(node.values)):
        rest = [*node.values[:place], *node.values[place + 1 :]]
        left = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
        yield _Slip(sort="condition left out", node=node, text=_in_brackets(left))


def _negated(node: ast.UnaryOp, function: _Function | None) -> Iterator[_Slip]:
    if isinstance(node.op, ast.Not):
        yield _Slip(sort="not left out", node=node, text=_in_brackets(node.operand))


def _asked(node: ast.If | ast.While | ast.IfExp, function: _Function | None) -> Iterator[_Slip]:
    turned = _in_brackets(ast.UnaryOp(ast.Not(), node.test))
    yield _Slip(sort="condition negated", node=node.test, text=turned)


def _guard(node: ast.If, function: _Function | None) -> Iterator[_Slip]:
    ends = (ast.Return, ast.Continue, ast.Break, ast.Raise)
    if not node.orelse and isinstance(node.body[-1], ends):
        yield _Slip(sort="statement left out", node=node, text="pass")


def _filtered(node: ast.comprehension, function: _Function | None) -> Iterator[_Slip]:
    for test in node.ifs:
        yield _Slip(sort="filter left out", node=test, text="True")


def _listed(node: ast.Tuple | ast.List | ast.Set, function: _Function | None) -> Iterator[_Slip]:
    if isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
        return
    for place in range(len(node.elts)):
        rest = [*node.elts[:place], *node.elts[place + 1 :]]
        text = ast.unparse(type(node)(rest)) if rest or not isinstance(node, ast.Set) else "set()"
        yield _Slip(sort="entry left out", node=node, text=f"({text})")


def _mapped(node: ast.Dict, function: _Function | None) -> Iterator[_Slip]:
    for place in range(len(node.keys)):
        keys = [*node.keys[:place], *node.keys[place + 1 :]]
        values = [*node.values[:place], *node.values[place + 1 :]]
        yield _Slip(sort="entry left out", node=node, text=ast.unparse(ast.Dict(keys, values)))


def _constant(node: ast.Constant, function: _Function | None) -> Iterator[_Slip]:
    value = node.value
    if isinstance(value, bool):
        yield _Slip(sort="constant", node=node, text=repr(not value))
    elif isinstance(value, int | float):
        yield _Slip(sort="constant", node=node, text=repr(value + 1))
    elif isinstance(value, str):
        yield _Slip(sort="words", node=node, text=f"({'x' + value!r})")


def _added(node: ast.BinOp, function: _Function | None) -> Iterator[_Slip]:
    numbers = [side for side in (node.left, node.right) if isinstance(side, ast.Constant | ast.Call | ast.Name)]
    other = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}.get(type(node.op))
    words = [side for side in (node.left, node.right) if isinstance(side, ast.JoinedStr | ast.List | ast.Tuple)]
    if other and numbers and not words:
        yield _Slip(sort="sum", node=node, text=_in_brackets(ast.BinOp(node.left, other(), node.right)))


_OTHER_CALL = {"any": "all", "all": "any", "min": "max", "max": "min"}


def _called(node: ast.Call, function: _Function | None) -> Iterator[_Slip]:
    if isinstance(node.func, ast.Name) and node.func.id in _OTHER_CALL:
        yield _Slip(sort="opposite", node=node.func, text=_OTHER_CALL[node.func.id])
        return  # whose order means nothing
    types = _types(function)
    for place, (one, other) in enumerate(zip(node.args, node.args[1:], strict=False)):
        if isinstance(one, ast.Name) and isinstance(other, ast.Name) and one.id != other.id:
            said = types.get(one.id)
            if said and said == types.get(other.id):
                args = [*node.args[:place], other, one, *node.args[place + 2 :]]
                text = ast.unparse(ast.Call(node.func, args, node.keywords))
                yield _Slip(sort="arguments swapped", node=node, text=text)


def _types(function: _Function | None) -> dict[str, str]:
    """The types of a function's parameters, as they are written there."""
    if function is None:
        return {}
    every = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    return {one.arg: ast.unparse(one.annotation) for one in every if one.annotation}


#: What a function returns that found nothing, by how its type begins.
_NOTHING = {
    "list": "[]",
    "tuple": "()",
    "dict": "{}",
    "Mapping": "{}",
    "str": '""',
    "int": "0",
    "frozenset": "frozenset()",
    "set": "set()",
    "Iterator": "iter(())",
}


def _returned(node: ast.Return, function: _Function | None) -> Iterator[_Slip]:
    if node.value is None or function is None or function.returns is None:
        return
    said = ast.unparse(function.returns)
    if said == "bool":
        yield _Slip(sort="opposite", node=node.value, text=_in_brackets(ast.UnaryOp(ast.Not(), node.value)))
    elif said.endswith("| None"):
        yield _Slip(sort="nothing returned", node=node.value, text="None")
    elif (nothing := _NOTHING.get(said.partition("[")[0])) is not None:
        yield _Slip(sort="nothing returned", node=node.value, text=nothing)


def _stated(node: ast.Expr, function: _Function | None) -> Iterator[_Slip]:
    if isinstance(node.value, ast.Call | ast.Yield | ast.YieldFrom | ast.Await):
        yield _Slip(sort="statement left out", node=node, text="pass")


def _dropped(node: ast.stmt, function: _Function | None) -> Iterator[_Slip]:
    yield _Slip(sort="statement left out", node=node, text="pass")


_BY_NODE: Mapping[Any, Callable[[Any, _Function | None], Iterator[_Slip]]] = {
    ast.Compare: _compared,
    ast.BoolOp: _joined,
    ast.UnaryOp: _negated,
    (ast.If, ast.While, ast.IfExp): _asked,
    ast.If: _guard,
    ast.comprehension: _filtered,
    (ast.Tuple, ast.List, ast.Set): _listed,
    ast.Dict: _mapped,
    ast.Constant: _constant,
    ast.BinOp: _added,
    ast.Call: _called,
    ast.Return: _returned,
    ast.Expr: _stated,
    (ast.AugAssign, ast.Continue, ast.Break, ast.Raise): _dropped,
}
