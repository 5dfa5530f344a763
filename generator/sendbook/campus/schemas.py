"""The kinds of record a campus keeps: loads the schema files and hands out one `Kind` for each.

The schemas are the single source for checks, labels, parts, comparison and the order of fields. Loading a
campus's own schemas after the shipped ones adds kinds or replaces them. Validation itself is `jsonschema`'s,
its wording the checks'.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sendbook.campus import asked, dues, nodes, plausible, verdict
from sendbook.campus.defaults import Defaults, defaults_of, house_rules
from sendbook.campus.foundation import CAMPUS
from sendbook.campus.idle_schemas import Idle, idle_among, misnamed_in
from sendbook.campus.inlining import Schema, SchemaFiles
from sendbook.campus.leaves import Leaf, leaves_of
from sendbook.campus.link_fields import LinkField, id_segment, link_fields_of
from sendbook.campus.nodes import About, Node, Owner
from sendbook.campus.paths import PathPattern, compile_path
from sendbook.campus.read_dues import dues_of
from sendbook.campus.schema_faults import ALL, faults_among, faults_of_kind, readers_in
from sendbook.campus.schema_lines import with_line
from sendbook.campus.traits import Say, Traits, traits_of, value_in_words, with_headings_of
from sendbook.campus.ways import Way
from sendbook.campus.words import in_words
from sendbook.errors import SchemaError

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

__all__ = ["ALL", "About", "Kind", "Leaf", "Match", "Node", "Owner", "SchemaRegistry"]

# Counted up when the same schemas would find other records valid (a changed format), so that caches start
# afresh.
_CHECKING = "1"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind:
    """A kind of record. ``paths`` are as the schema writes them, relative to ``records/``; ``limits`` say what is
    believable of its dates and counts, ``defaults`` what a field counts as where a record leaves it out, ``forms``, by
    their way, what a form asks for its fields, ``dues`` what its records owe by when, and ``links`` are the fields that
    lead elsewhere.
    """

    name: str
    title: str
    description: str
    paths: tuple[str, ...]
    schema: Mapping[str, Any] = field(repr=False)
    root: Node = field(repr=False)
    parts: frozenset[str] = field(repr=False)
    of_student: bool
    file: str
    traits: Traits = field(default_factory=Traits, repr=False)
    limits: tuple[plausible.Limit, ...] = field(default=(), repr=False)
    defaults: Defaults = field(default_factory=dict, repr=False)
    forms: Mapping[Way, asked.Form] = field(default_factory=dict, repr=False)
    dues: tuple[dues.Due, ...] = field(default=(), repr=False)
    links: tuple[LinkField, ...] = field(default=(), repr=False)

    @cached_property
    def validator(self) -> Validator:
        """Checks data against the schema; made when first asked for.

        Importing jsonschema takes longer than a build with a warm cache, which checks nothing.
        """
        from jsonschema.exceptions import SchemaError as BadSchema

        made = verdict.validator(self.schema)
        try:
            made.check_schema(dict(self.schema))
        except BadSchema as error:
            raise SchemaError(f"{self.file} is not a JSON Schema at {error.json_path}: {error.message}.") from error
        return made

    def is_valid(self, data: Any) -> bool:
        """Whether data fits the schema: the validator's own answer, some ten times faster and without reasons."""
        return self._verdict(data)

    @cached_property
    def _verdict(self) -> Callable[[Any], bool]:
        return verdict.compiled(self.schema)

    @cached_property
    def with_confidences(self) -> frozenset[Node]:
        """The nodes at or below which an entry can be kept from the family by a field of its own."""
        return frozenset(_with_confidences(self.root))

    @cached_property
    def states(self) -> tuple[str, ...]:
        """What a record of this kind may say under ``state``; empty for a kind without one."""
        return tuple(self.schema.get("properties", {}).get("state", {}).get("enum", ()))

    def said(self, place: str, code: object) -> str:
        """A code in the words of its field; the place is as for `Node.at`: ``cycles/review/decision``."""
        node = self.root.at(place)
        return node.said(code) if node is not None else in_words(code)

    def name_of(self, data: Mapping[str, Any], say: Say = value_in_words) -> str:
        """What one record is called, for a reader who is shown this data and for whom ``say`` has words."""
        return self.traits.name_of(self.root, data, say) or self.title

    def titled(self, number: int) -> str:
        """The title over a number of records: “Professionals' reports” over two, “Professional's report” over one."""
        return self.traits.plural if number > 1 and self.traits.plural else self.title

    def part_in_words(self, part: str) -> str:
        """A part as a family would call it; no two parts of a student's records are called the same."""
        return self.traits.parts.get(part) or part.replace("_", " ")

    def id_of(self, record: str) -> str:
        """What links call a record of this kind by, from its path without ``.yml``; "" where there is only one."""
        segment = id_segment(self)
        found = (compile_path(path).match(f"{record}.yml") for path in self.paths) if segment else ()
        return next((keys[segment.strip("{}")] for keys in found if keys is not None), "")

    def leaves(self, data: Mapping[str, Any]) -> Iterator[Leaf]:
        """Every value of a record of this kind, with its part and what else access rests on."""
        return leaves_of(self.root, data)


def _with_confidences(node: Node) -> Iterator[Node]:
    below = (*node.properties.values(), *(one for one in (node.items, node.values) if one is not None))
    found = [one for child in below for one in _with_confidences(child)]
    if found or (node.owner is not None and node.owner.family_if is not None):
        yield node
    yield from found


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A path's kind, and what {student} and {id} stand for in it."""

    kind: Kind
    keys: Mapping[str, str]


class SchemaRegistry:
    """All kinds by name.

    ``front_matter`` holds the schemas of page headers (``x-front-matter``), which are no records. ``digest``
    changes when any schema does. ``idle`` is what the campus's own files say without any effect.
    """

    def __init__(
        self,
        kinds: Mapping[str, Kind],
        front_matter: Mapping[str, Kind],
        folders: tuple[Path, ...] = (),
        stamp: object = (),
        idle: tuple[Idle, ...] = (),
    ) -> None:
        self.folders = folders
        self._stamp = stamp
        self.kinds: Mapping[str, Kind] = MappingProxyType(dict(sorted(kinds.items())))
        self.front_matter: Mapping[str, Kind] = MappingProxyType(dict(sorted(front_matter.items())))
        self.idle = idle
        self.digest = _digest({**front_matter, **kinds}, idle)
        self._patterns = _patterns(self.kinds)
        self._by_shape: dict[tuple[int, str], tuple[tuple[PathPattern, Kind], ...]] = {}

    @classmethod
    def load(cls, *folders: Path) -> SchemaRegistry:
        """The kinds in these folders; one in a later folder replaces that of the same name. Absent folders are empty.

        Raises SchemaError with everything that is wrong with the first file that has something wrong.
        """
        stamp = _stamp(folders)
        kinds, front_matter, idle = _read(tuple(folder for folder in folders if _files(folder)), stamp)
        if not kinds:
            raise SchemaError(f"There are no schemas in {', '.join(map(str, folders))}.")
        return cls(kinds, front_matter, folders, stamp, (*idle, *_misnamed(folders)))

    def renewed(self) -> SchemaRegistry:
        """The kinds as the files describe them now: this registry, if none has changed since it was loaded."""
        return self if _stamp(self.folders) == self._stamp else SchemaRegistry.load(*self.folders)

    @cached_property
    def shipped(self) -> SchemaRegistry:
        """The kinds as sendbook comes with them: this registry, where the campus has no schemas of its own."""
        own = any(True for folder in self.folders[1:] for _ in folder.glob("*.schema.json"))
        return SchemaRegistry.load(self.folders[0]) if own else self

    def source(self, file: str) -> tuple[str, bytes] | None:
        """A schema file of the campus's own as it is written, with its path in the campus; None if there is none."""
        path = self.folders[-1] / file if self.folders else None
        return (f"{self.folders[-1].name}/{file}", path.read_bytes()) if path is not None and path.is_file() else None

    def match(self, path: str) -> Match | None:
        """The kind of a path below ``records/``; None if no schema knows the place."""
        name = path.rpartition("/")[2]
        shape = (path.count("/"), name if name in self._names else "")
        if shape not in self._by_shape:
            self._by_shape[shape] = tuple(pair for pair in self._patterns if pair[0].may_be_of(*shape))
        for pattern, kind in self._by_shape[shape]:
            keys = pattern.match(path)
            if keys is not None:
                return Match(kind=kind, keys=keys)
        return None

    @cached_property
    def _names(self) -> frozenset[str]:
        """The names of files that some pattern asks for."""
        return frozenset(pattern.text.rpartition("/")[2] for pattern, _ in self._patterns)

    @property
    def depth(self) -> int:
        """The most folders and names any path below ``records/`` has."""
        return max(pattern.depth for pattern, _ in self._patterns)


# One process opens many folders with the same schemas: each state of a campus's past, and each of its tests.
@lru_cache(maxsize=8)
def _read(
    folders: tuple[Path, ...], _stamped: object
) -> tuple[Mapping[str, Kind], Mapping[str, Kind], tuple[Idle, ...]]:
    """The kinds of records and of page headers that these folders describe, and what in them has no effect; read once
    while no file is another.
    """
    files = SchemaFiles(folders)
    kinds: dict[str, Kind] = {}
    front_matter: dict[str, Kind] = {}
    seen: set[tuple[int, str]] = set()
    faults: dict[str, list[str]] = {}
    readers: set[str] = set()
    for folder, name, schema in files.in_order():
        if "x-kind" not in schema:
            _check_definitions(files, name, schema)
            continue
        _check_name(files, name, schema["x-kind"])
        try:
            kind, wrong = _kind(name, files.inlined(folder, name), kinds.get(schema["x-kind"]))
        except RecursionError:  # of references, each in the next
            _refuse(
                files, name, ["/ has groups and references that are nested too deep: let them refer to fewer others"]
            )
            raise
        faults.setdefault(name, []).extend(wrong)
        if (folder, kind.name) in seen:
            _refuse(
                files, name, [f"/ has the x-kind “{kind.name}”, which another file next to it has too: take one out"]
            )
        seen.add((folder, kind.name))
        (front_matter if "x-front-matter" in schema else kinds)[kind.name] = kind
        # A campus may have no use for a duty that shipped schemas, or its copies of them, let read: nobody has it then.
        readers |= readers_in(kind)
    rules = house_rules(kinds[CAMPUS].defaults, {}) if CAMPUS in kinds else {}
    own = {kind for folder, kind in seen if folder > 0}
    # A kind that has a fault of its own may be why another's link to it seems to lead nowhere: its file comes first.
    in_turn = sorted(faults, key=lambda name: not faults[name])
    for name, fault in faults_among(kinds, own, rules, readers):  # only now, as one kind may name what another has
        faults[name].append(fault)
    for name in in_turn:
        _refuse(files, name, faults[name])
    return kinds, front_matter, idle_among(files)


def _misnamed(folders: tuple[Path, ...]) -> tuple[Idle, ...]:
    """What of the campus's own folder is not read, because of its name."""
    return tuple(Idle(file=name, misnamed=True) for folder in folders[1:] for name in misnamed_in(folder))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.schema.json"))


def _stamp(folders: Iterable[Path]) -> object:
    """What changes when a schema file does, or comes or goes, or one that may be meant as such."""
    folders = tuple(folders)
    files = [file for folder in folders for file in _files(folder)]
    stats = ((file, file.stat()) for file in files)
    read = tuple((str(file), found.st_mtime_ns, found.st_size, found.st_ino) for file, found in stats)
    return read, tuple(name for folder in folders[1:] for name in misnamed_in(folder))


def _kind(file: str, schema: Schema, shipped: Kind | None) -> tuple[Kind, list[str]]:
    """The kind a file describes, and what is wrong in it; ``shipped`` is the one of that name which it replaces."""
    is_front_matter = bool(schema.get("x-front-matter"))
    schema = with_headings_of(shipped.schema, schema) if shipped is not None else schema
    root, faults = nodes.build(schema, with_parts=not is_front_matter)
    faults += [f"/ has no {said}" for said in ("title", "description") if not schema.get(said)]
    patterns = () if is_front_matter else _compiled(schema, faults)
    if root.type != "object":
        faults.append("/ is not of type object")
    if len({pattern.of_student for pattern in patterns}) > 1:
        faults.append("/ has paths both inside and outside a student's folder")
    parts = frozenset(_parts(root))
    paths = tuple(pattern.text for pattern in patterns)
    traits, wrong = traits_of(schema, root, parts, paths, shipped.traits if shipped is not None else Traits())
    faults += wrong + faults_of_kind(schema["x-kind"], parts, paths, root)
    of_student = any(pattern.of_student for pattern in patterns)
    taken = shipped.limits if shipped is not None else ()
    limits, unbelievable = plausible.limits_of(root, of_student=of_student, shipped=taken)
    faults += unbelievable
    owed, not_owed = dues_of(root, of_student=of_student, shipped=shipped.dues if shipped is not None else ())
    faults += not_owed
    for annotation, said in (("x-plausible", limits), ("x-due", owed)):
        if said and is_front_matter:
            faults.append(f"/ has an {annotation}, which is asked of records alone")
    defaults, unfit = defaults_of(root, shipped.defaults if shipped is not None else {})
    faults += unfit
    forms, unclear = asked.forms_of(root, of_student=of_student, shipped=shipped.forms if shipped is not None else {})
    faults += unclear
    links = link_fields_of(root)
    if links and is_front_matter:
        faults.append("/ has an x-link, which is followed in records alone")
    kind = Kind(
        name=schema["x-kind"],
        title=schema.get("title", ""),
        description=schema.get("description", ""),
        paths=paths,
        schema=schema,
        root=root,
        parts=parts,
        of_student=of_student,
        file=file,
        traits=traits,
        limits=limits,
        defaults=defaults,
        forms=forms,
        dues=owed,
        links=links,
    )
    return kind, faults


def _refuse(files: SchemaFiles, name: str, faults: list[str]) -> None:
    if faults:
        source = files.source(name)
        raise SchemaError(f"{name} can't be used: {'; '.join(with_line(fault, source) for fault in faults)}.")


def _compiled(schema: Schema, faults: list[str]) -> tuple[PathPattern, ...]:
    said = schema.get("x-path", [])
    texts = [said] if isinstance(said, str) else said
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        faults.append("/ has an x-path that is neither a path nor a list of paths")
        return ()
    made = []
    for text in texts:
        try:
            made.append(compile_path(text))
        except ValueError as error:
            faults.append(f"/ x-path: {error}")
    if not said:
        faults.append("/ has no x-path")
    return tuple(made)


def _check_definitions(files: SchemaFiles, file: str, schema: Schema) -> None:
    if "$defs" not in schema or "x-path" in schema:
        _refuse(files, file, ['/ has neither an x-kind nor only definitions ($defs): add one, such as "reading_log"'])


def _check_name(files: SchemaFiles, file: str, said: object) -> None:
    """A kind's name is part of addresses, of commands and of grants, so it is one word of small letters."""
    if not isinstance(said, str) or _NAME.fullmatch(said) is None:
        remedy = "write small letters, digits and underscores, such as reading_log"
        _refuse(files, file, [f"/ has an x-kind that can't be the name of a kind: {remedy}"])


def _parts(node: Node) -> Iterator[str]:
    if node.is_leaf and node.part is not None:
        yield node.part
    if node.owner is not None and node.owner.part is not None:
        yield node.owner.part
    for inner in (*node.properties.values(), node.items, node.values):
        if inner is not None:
            yield from _parts(inner)


def _patterns(kinds: Mapping[str, Kind]) -> tuple[tuple[PathPattern, Kind], ...]:
    """Patterns with the fewest captured segments first, so that a fixed name wins over {id}."""
    patterns = [(compile_path(text), kind) for kind in kinds.values() for text in kind.paths]
    return tuple(sorted(patterns, key=lambda pair: (pair[0].text.count("{"), pair[0].text)))


def _digest(kinds: Mapping[str, Kind], idle: tuple[Idle, ...] = ()) -> str:
    schemas = {name: kind.schema for name, kind in sorted(kinds.items())}
    # A copy of a shipped kind takes over what its own schema doesn't say: names, parts in words, limits, defaults, dues
    limits = {name: sorted(map(plausible.described, kind.limits)) for name, kind in sorted(kinds.items())}
    traits = {name: asdict(kind.traits) for name, kind in sorted(kinds.items())}
    defaults = {name: dict(kind.defaults) for name, kind in sorted(kinds.items())}
    owed = {name: sorted(map(dues.described, kind.dues)) for name, kind in sorted(kinds.items())}
    said = [_CHECKING, schemas, limits, traits, defaults, owed, *map(asdict, idle)]
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
