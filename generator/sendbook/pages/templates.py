"""The page templates: ours, and before them those of the campus.

What templates are handed is data and stays data: text of a record that looks like HTML or like a template is shown
as text. Our own templates run in a plain environment; as soon as a campus brings templates of its own, all run in
Jinja2's sandbox, which keeps them from anything but what they were handed. Where one of the campus's can't be read,
or fails with the values of one page, ours of that name is used there, and the fault is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol

from markupsafe import Markup, escape

from sendbook.campus.stand_ins import kept_elsewhere
from sendbook.errors import TemplateError
from sendbook.pages.template_engine import COMPONENTS, ENDING, FOLDERS, Engine, escaped
from sendbook.pages.template_faults import ON_MISTAKE, Fault, Makes, fault_in_reading, fault_in_rendering

__all__ = ["FOLDERS", "Markup", "Renders", "Templates", "escape", "escaped", "own_digest"]

_TEMPLATE_AT_MOST = 1 << 18


class Renders(Protocol):
    """Renders a template, by its name and its values, into HTML."""

    def render(self, name: str, values: Mapping[str, Any]) -> Markup: ...


class Templates(Makes):
    """The templates of a campus: `render` them, and their `digest` for the keys of what they made.

    What comes out depends on the template's name and the values alone, never on what was rendered before. ``faults``
    are those of the campus's own templates that show without any values.
    """

    def __init__(self, shipped: Path, campus: Path | None = None) -> None:
        """``campus`` is the campus's own ``site_templates`` folder, if it has one; its files go first."""
        if not any((shipped / folder).is_dir() for folder in FOLDERS):
            raise TemplateError(f"There are no page templates in {shipped}.")
        self._shipped = Engine(shipped)
        names = {path.stem for path in (shipped / COMPONENTS).glob(f"*{ENDING}")}
        for name in sorted(names):
            self._shipped.add_component(name)
        read = _OwnFiles(campus)
        self.digest = _digest(shipped, read.digest)
        self.own = frozenset(read.files)
        self._usable = dict(read.files)
        self._mixed = Engine(shipped, self._usable) if self.own else self._shipped
        self.faults = tuple(sorted((*read.faults, *self._unusable(names))))

    def render(self, name: str, values: Mapping[str, Any]) -> Markup:
        """The template's output, already escaped."""
        return self.made(name, values)[0]

    def made(self, name: str, values: Mapping[str, Any]) -> tuple[Markup, Fault | None]:
        """Renders a template and returns the fault that made us use our own template, if there was one."""
        try:
            return self._mixed.render(name, values), None
        except ON_MISTAKE as error:
            fault = fault_in_rendering(name, error, self._usable)
            try:
                return self._shipped.render(name, values), fault
            except ON_MISTAKE as again:
                told = fault or next((one for one in self.faults if one.name == name), None)
                told = told or fault_in_rendering(name, again, (name,))
                raise TemplateError(told.problem().message if told is not None else str(again)) from again

    def _unusable(self, shipped: set[str]) -> Iterator[Fault]:
        """Removes the templates that can't work with any values."""
        for look in (self._mixed.load, self._refuse_endless):
            for name in sorted(self._usable):
                try:
                    look(name)
                except ON_MISTAKE as error:
                    yield self._without(name, fault_in_reading(name, error))
        own = {name.removeprefix(COMPONENTS).removesuffix(ENDING) for name in self._usable if _is_component(name)}
        for name in sorted(shipped | own) if self.own else ():
            fault = self._fault_in_component(name, shipped)
            if fault is not None:
                yield self._without(fault.name, fault)
                if name in shipped:
                    self._mixed.add_component(name)

    def _fault_in_component(self, name: str, shipped: set[str]) -> Fault | None:
        """Registers a component, unless it can't be used."""
        file = f"{COMPONENTS}{name}{ENDING}"
        try:
            if self._mixed.add_component(name) or name not in shipped:
                return None
        except ON_MISTAKE as error:
            found = fault_in_rendering(file, error, self._usable) or fault_in_reading(file, error)
            return replace(found, name=file, line=found.line if found.name == file else 0)
        return Fault(name=file, said=f"it has no macro called {name}, which is what other templates call.")

    def _refuse_endless(self, name: str) -> None:
        """Raises `TemplateError` for a template that includes itself, perhaps by others, or one that can't be known.

        How deep it could go would depend on who calls, so it would not come out the same in each process.
        """
        waiting, seen = [name], set[str]()
        while waiting:
            for inner in self._mixed.refers_to(self._usable[waiting.pop()].decode()):
                if inner is None:
                    raise TemplateError(
                        "it, or what it includes, has to write out the name of the template that it includes."
                    )
                if inner == name:
                    raise TemplateError("it includes itself without end.")
                if inner in self._usable and inner not in seen:
                    seen.add(inner)
                    waiting.append(inner)

    def _without(self, name: str, fault: Fault) -> Fault:
        self._usable.pop(name, None)
        self._mixed.forget(name)
        return fault


class _OwnFiles:
    """A campus's own templates as they are on the disk: read once, so that what is looked at is what is used.

    A link among them could put any file of this machine on a page, so none is followed.
    """

    def __init__(self, campus: Path | None) -> None:
        self.files: dict[str, bytes] = {}
        self.faults: list[Fault] = []
        self._digest = blake2b(digest_size=20)
        if campus is not None and self._is_usable(campus, ""):
            for folder in FOLDERS:
                self._read(campus, campus / folder)

    @property
    def digest(self) -> str:
        """Returns a digest of all files, usable or not; empty if there are none."""
        return self._digest.hexdigest() if self.files or self.faults else ""

    def _read(self, campus: Path, folder: Path) -> None:
        if not self._is_usable(folder, folder.name) or not folder.is_dir():
            return
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(campus).as_posix()
            if self._is_usable(path, name) and path.suffix == ENDING and path.is_file():
                self._take(path, name)

    def _take(self, path: Path, name: str) -> None:
        try:
            if path.stat().st_size > _TEMPLATE_AT_MOST:
                return self._refuse(name, f"it is larger than {_TEMPLATE_AT_MOST >> 10} KB.")
            content = path.read_bytes()
        except OSError:
            return self._refuse(name, "the file can't be opened.")
        elsewhere = kept_elsewhere(content)
        if elsewhere is not None:
            return self._refuse(name, f"{elsewhere.message[0].lower()}{elsewhere.message[1:]} {elsewhere.remedy}")
        self.files[name] = content
        return self._note(name, content)

    def _is_usable(self, path: Path, name: str) -> bool:
        if path.is_symlink():
            self._refuse(name, f"{path.name} in site_templates is a link to another place; put the file itself there.")
        return not path.is_symlink()

    def _refuse(self, name: str, said: str) -> None:
        self.faults.append(Fault(name=name, said=said))
        self._note(name, said.encode())

    def _note(self, name: str, content: bytes) -> None:
        for piece in (name.encode(), content):
            self._digest.update(len(piece).to_bytes(8, "big") + piece)


def own_digest(campus: Path | None) -> str:
    """Returns a digest of the campus's own templates; empty if it has none."""
    return _OwnFiles(campus).digest


def _is_component(name: str) -> bool:
    return name.startswith(COMPONENTS) and name.count("/") == 1


def _digest(shipped: Path, own: str) -> str:
    digest = blake2b(own.encode(), digest_size=20)
    for folder in FOLDERS:
        for path in sorted((shipped / folder).rglob(f"*{ENDING}")):
            for piece in (path.relative_to(shipped).as_posix().encode(), path.read_bytes()):
                digest.update(len(piece).to_bytes(8, "big") + piece)
    return digest.hexdigest()
