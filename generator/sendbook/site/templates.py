"""The page templates: one Jinja2 environment, made once, that escapes everything and forgives no missing name.

What templates are handed is data and stays data: text of a record that looks like HTML or like a template is shown
as text. Our own templates run in a plain environment; as soon as a campus brings templates of its own, all run in
Jinja2's sandbox, which keeps them from anything but what they were handed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import blake2b
from io import StringIO
from pathlib import Path
from types import CodeType
from typing import Any, Protocol

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, Template, TemplateNotFound, nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.runtime import new_context
from markupsafe import Markup, escape

from sendbook.campus import code_words, words
from sendbook.errors import TemplateError
from sendbook.site.reached import linked
from sendbook.site.sandbox import Sandbox
from sendbook.site.texts import as_lines, prose

FOLDERS = ("components", "own", "pages", "sections")

# What a template that is written wrongly, or that asks for too much, makes Python say.
_ON_MISTAKE = (TypeError, LookupError, AttributeError, ValueError, ArithmeticError, RecursionError, MemoryError)
_TEMPLATE_AT_MOST = 1 << 18


class Renders(Protocol):
    """Whatever makes HTML of a template's name and the values for it."""

    def render(self, name: str, values: Mapping[str, Any]) -> Markup: ...


class Templates:
    """The templates of a campus: `render` them, and their `digest` for the keys of what they made."""

    def __init__(self, shipped: Path, campus: Path | None = None) -> None:
        """``campus`` is the campus's own ``site_templates`` folder, if it has one; its files go first."""
        roots = [root for root in (campus, shipped) if root is not None and _has_templates(root)]
        if campus is not None:
            _refuse_links(campus)
        if not _has_templates(shipped):
            raise TemplateError(f"There are no page templates in {shipped}.")
        self._environment = _environment(roots, sandboxed=len(roots) > 1)
        self._templates: dict[str, Template] = {}
        self._components: dict[str, Any] = {}
        self._load_components(roots)
        self.digest = _digest(roots)

    def render(self, name: str, values: Mapping[str, Any]) -> Markup:
        """The template's output, already escaped.

        The context is filled directly, which is twice as fast as ``Template.render``: templates have what they are
        handed, the components and the filters, and no globals.
        """
        template = self._templates.get(name) or self._load(name)
        if isinstance(self._environment, Sandbox):
            self._environment.begin()
        try:
            handed = {**self._components, **values}
            context = new_context(self._environment, name, template.blocks, handed, shared=True)
            return Markup("".join(template.root_render_func(context)))  # noqa: S704  (each piece is escaped)
        except (JinjaError, *_ON_MISTAKE) as error:
            raise TemplateError(f"The template {name} can't be used: {_reason(error)}") from error

    def check(self, name: str) -> None:
        """Raises `TemplateError` if this template can't be read; whether it can be used shows where it is rendered."""
        self._load(name)

    def _load_components(self, roots: list[Path]) -> None:
        """Makes every component known to all templates by its file's name, which is the name of its macro.

        Importing them in each template would cost as much as half the rendering.
        """
        names = {path.stem for root in roots for path in (root / "components").glob("*.html")}
        for name in sorted(names):
            try:
                module = self._load(f"components/{name}.html").make_module(self._components, shared=True)
            except (JinjaError, *_ON_MISTAKE) as error:
                raise TemplateError(f"The template components/{name}.html can't be used: {_reason(error)}") from error
            if hasattr(module, name):
                self._components[name] = getattr(module, name)

    def _load(self, name: str) -> Template:
        try:
            template = self._templates[name] = self._environment.get_template(name)
        except TemplateNotFound as error:
            raise TemplateError(f"There is no template called {error.name}.") from error
        except (JinjaError, SyntaxError, *_ON_MISTAKE) as error:
            raise TemplateError(f"The template {name} is not one Jinja2 can read: {_reason(error)}") from error
        return template


def escaped(value: object) -> str:
    """What `markupsafe.escape` makes of a value, three times as fast for text that needs no escaping.

    The templates put pieces together as text, so a piece needs no wrapping of its own.
    """
    if type(value) is str:
        # Five looks for one character each are ten times as fast as one for any of the five.
        if "&" in value or "<" in value or ">" in value or "'" in value or '"' in value:
            return escape(value)
        return value
    return value if type(value) is Markup else escape(value)


class _Loader(FileSystemLoader):
    """Knows the folders of page templates alone: no other file, which nobody has looked at, can be included in one."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if template.partition("/")[0] not in FOLDERS:
            raise TemplateNotFound(template)
        source, path, is_current = super().get_source(environment, template)
        if len(source) > _TEMPLATE_AT_MOST:
            raise TemplateError(f"The template {template} is larger than {_TEMPLATE_AT_MOST >> 10} KB. Cut it down.")
        return source, path, is_current


class _Compiled(BytecodeCache):
    """The code of templates read before in this process, as long as their text is the same.

    Reading and compiling them is most of the time of a build in which little has changed. Nothing is kept on disk,
    where it would have to be proved.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        text, code = self._kept.get(bucket.key, ("", None))
        bucket.code = code if text == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key] = bucket.checksum, bucket.code


# The sandbox's code is other code.
_COMPILED = {sandboxed: _Compiled() for sandboxed in (False, True)}


class _Compiler(CodeGenerator):
    """Writes templates that escape with `escaped`, read a mapping's values directly and call components directly.

    In the sandbox reading and calling are Jinja2's own, which is what keeps the sandbox closed.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - the name is Jinja2's
        """``a.b`` of a mapping is its value; Jinja2 would first try an attribute, and fail."""
        if self.environment.sandboxed or not isinstance(node.node, nodes.Name):
            super().visit_Getattr(node, frame)
            return
        held = self._written(node.node, frame)
        self.write(
            f"({held}[{node.attr!r}] if {held}.__class__ is dict else environment.getattr({held}, {node.attr!r}))"
        )

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """A call by name with nothing but arguments in their order is a component's."""
        plain = isinstance(node.node, nodes.Name) and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if self.environment.sandboxed or forward_caller or not plain:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _written(self, name: nodes.Name, frame: Frame) -> str:
        """What stands for a name in the code that is written."""
        stream, self.stream = self.stream, StringIO()
        self.visit(name, frame)
        written, self.stream = self.stream.getvalue(), stream
        return written

    def _output_child_pre(
        self,
        node: nodes.Expr,  # noqa: ARG002 - the signature is Jinja2's
        frame: Frame,
        finalize: CodeGenerator._FinalizeInfo,
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            raise TemplateError("A page template may not turn escaping off.")
        self.write("environment.sendbook_escaped(")
        if finalize.src is not None:
            self.write(finalize.src)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - the name is Jinja2's
        """``a ~ b`` in the sandbox is held to a size."""
        if not self.environment.sandboxed:
            super().visit_Concat(node, frame)
            return
        self.write("environment.joined((")
        for piece in node.nodes:
            self.visit(piece, frame)
            self.write(", ")
        self.write("))")


def _environment(roots: list[Path], *, sandboxed: bool) -> Environment:
    kind = Sandbox if sandboxed else Environment
    environment = kind(
        loader=ChoiceLoader([_Loader(root) for root in roots]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=_COMPILED[sandboxed],
    )
    environment.filters.pop("safe", None)  # what is HTML comes as Markup; nothing else may pass for it
    environment.filters.pop("xmlattr", None)  # a key of a record would become an attribute of whatever name
    environment.code_generator_class = _Compiler
    counted = (lambda value: environment.written(escaped(value))) if isinstance(environment, Sandbox) else escaped
    environment.extend(sendbook_escaped=counted)
    environment.filters.update(
        prose=prose,
        as_lines=as_lines,
        linked=linked,
        day=words.day,
        short_day=words.short_day,
        number=words.number,
        pounds=words.pounds,
        said=code_words.said,
        sentence=words.sentence,
    )
    return environment


def _has_templates(root: Path) -> bool:
    return any((root / folder).is_dir() for folder in FOLDERS)


def _refuse_links(campus: Path) -> None:
    """A link among a campus's templates could put any file of this machine on a page."""
    for path in (campus, *(found for folder in FOLDERS for found in (campus / folder, *(campus / folder).rglob("*")))):
        if path.is_symlink():
            raise TemplateError(f"{path.name} in site_templates is a link to another place; put the file itself there.")


def _digest(roots: list[Path]) -> str:
    digest = blake2b(digest_size=20)
    for root in roots:
        for folder in FOLDERS:
            for path in sorted((root / folder).rglob("*.html")):
                for piece in (path.relative_to(root).as_posix().encode(), path.read_bytes()):
                    digest.update(len(piece).to_bytes(8, "big") + piece)
        digest.update(b"/")
    return digest.hexdigest()


def own_digest(campus: Path | None) -> str:
    """Changes with any template of a campus's own; nothing where it has none."""
    return _digest([campus]) if campus is not None and _has_templates(campus) else ""


def _reason(error: Exception) -> str:
    """The error's own words, which name a template, a line or a key, never a value of a record."""
    if isinstance(error, RecursionError):
        return "it calls itself without end."
    if isinstance(error, JinjaError):
        return (error.message or "no reason was given").rstrip(".") + "."
    return f"{type(error).__name__}."


__all__ = ["Markup", "Renders", "Templates", "escape"]
