"""The sandbox for templates of a campus's own: what they may use, by list, and how much of it.

Jinja2's sandbox keeps a template from anything but what it was handed. It bounds neither time nor memory, and some of
its filters make HTML of whatever they are given. So filters and methods are listed here, everything that grows is held
to a size before it is made, and each rendering has a number of steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

#: No filter of Jinja2's but these: the others make HTML, or a text as long as somebody says.
FILTERS = frozenset({
    "abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "forceescape",
    "groupby", "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject",
    "rejectattr", "reverse", "select", "selectattr", "sort", "string", "sum", "title", "trim", "truncate",
    "unique", "upper", "urlencode", "wordcount",
})  # fmt: skip
_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset({
        "capitalize", "casefold", "count", "endswith", "find", "index", "isalpha", "isdigit", "isspace", "lower",
        "lstrip", "partition", "removeprefix", "removesuffix", "rpartition", "rsplit", "rstrip", "split",
        "splitlines", "startswith", "strip", "title", "upper",
    }),
    int: frozenset(),
    float: frozenset({"is_integer"}),
    bytes: frozenset(),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
}  # fmt: skip
#: Letters, or entries, of anything that a template makes.
LONGEST = 200_000
#: Letters of a page, with the blocks that are kept while it is made.
_WRITTEN_AT_MOST = 20_000_000
#: Turns of loops and calls in one rendering: two hundred times what the largest of our own pages takes. Not more, for a
#: template that goes on and on does so on each page, and the site is to come out all the same.
STEPS = 200_000
_A_CALL = 5
#: Calls within calls. Python's own limit counts its callers too, so it would not be the same in each process.
_DEEPEST = 40
_LETTERS_A_STEP = 50
_LARGEST_BITS = 4096
# Filters that take no longer for more.
_AT_ONCE = frozenset({"count", "d", "default", "first", "last", "length"})
_GROWING = frozenset({"*", "**", "+", "%", "-", "/", "//"})


class LimitError(SecurityError):
    """A template asks for more than a page needs; says so in a sentence that holds nothing of what it was handed."""


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment whose templates can neither run away nor grow without end."""

    intercepted_binops = _GROWING

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.filters.keys() - FILTERS:
            del self.filters[name]
        self.filters["join"] = self._join
        for name in self.filters.keys() - _AT_ONCE:
            self.filters[name] = self._priced(self.filters[name])
        self.filters["sendbook_counted"] = self._counted
        self.globals.clear()
        self._steps = 0
        self._length = 0
        self._depth = 0

    def begin(self) -> None:
        """From here on another rendering is counted."""
        self._steps = 0
        self._length = 0
        self._depth = 0

    def step(self, price: int = 1) -> None:
        """Counts a turn of a loop, or what takes as long as so many."""
        self._steps += price
        if self._steps > STEPS:
            raise LimitError("its loops or calls never end.")

    def written(self, text: str) -> str:
        """Counts what is put on the page, or into a block that is kept."""
        self._length += len(text)
        if self._length > _WRITTEN_AT_MOST:
            raise LimitError("it writes far more than a page can hold.")
        return text

    def joined(self, pieces: Sequence[Any]) -> str:
        """What ``~`` makes."""
        self._allow(sum(len(str(piece)) for piece in pieces))
        return markup_join(pieces)

    def _counted(self, value: Iterable[Any]) -> Iterator[Any]:
        for one in value:
            self.step()
            yield one

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - the names are Jinja2's
        """A call, counted; a component that is called by itself without end is stopped before Python is."""
        __self.step(_A_CALL + _price(getattr(__obj, "__self__", None)))
        if __self._depth == _DEEPEST:
            raise LimitError("it calls itself without end.")
        __self._depth += 1
        try:
            return super().call(__context, __obj, *args, **kwargs)
        finally:
            __self._depth -= 1

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """A calculation whose result has a bearable size."""
        if operator == "*":
            self._check_product(left, right)
        elif operator == "**":
            _check_power(left, right)
        elif operator == "%" and isinstance(left, str | bytes):
            raise LimitError("% may not put values into a text; write them one after the other.")
        elif operator == "+" and hasattr(left, "__len__") and hasattr(right, "__len__"):
            self._allow(len(left) + len(right))
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Of texts, numbers and lists only methods that make nothing longer."""
        for kind, allowed in _METHODS.items():
            if isinstance(obj, kind) and hasattr(kind, attr) and attr not in allowed:
                return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ARG002 - the signature is Jinja2's
        """Nothing: ``"{}".format`` is not among the methods."""
        return

    def _priced(self, made: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that counts how much it is given."""
        first = 1 if hasattr(made, "jinja_pass_arg") else 0

        @wraps(made)
        def priced(*args: Any, **kwargs: Any) -> Any:
            self.step(1 + _price(args[first]) if len(args) > first else 1)
            return made(*args, **kwargs)

        return priced

    def _allow(self, length: int) -> None:
        if length > LONGEST:
            raise LimitError("it makes a text or a list far longer than a page can hold.")
        self.step(1 + length // _LETTERS_A_STEP)

    def _check_product(self, left: Any, right: Any) -> None:
        for many, times in ((left, right), (right, left)):
            if hasattr(many, "__len__") and isinstance(times, int):
                self._allow(len(many) * max(times, 0))
                return
        if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > _LARGEST_BITS:
            raise LimitError("it makes far too large a number.")

    def _join(self, value: Iterable[Any], d: str = "", attribute: str | None = None) -> str:
        """Jinja2's `join`, held to a size: escaped like everything else that is put together."""
        pieces = [escape(one if attribute is None else self.getitem(one, attribute)) for one in value]
        self._allow(sum(map(len, pieces)) + len(d) * len(pieces))
        return Markup(escape(d)).join(pieces)  # noqa: S704 - each piece is escaped

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Every loop goes through a count."""
        template = super()._parse(source, name, filename)
        for loop in list(template.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, "sendbook_counted", [], [], None, None, lineno=loop.lineno)
        return template


def _check_power(base: Any, exponent: Any) -> None:
    if not isinstance(base, int | float) or not isinstance(exponent, int | float):
        raise LimitError("** is for numbers.")
    if isinstance(base, int) and isinstance(exponent, int) and base.bit_length() * exponent > _LARGEST_BITS:
        raise LimitError("it makes far too large a number.")


def _price(value: Any) -> int:
    """How many steps it takes to go through a value: one an entry, and letters go faster."""
    if isinstance(value, str):
        return len(value) // _LETTERS_A_STEP
    return len(value) if hasattr(value, "__len__") else 0
