"""Holds rules by what they are asked of: those of one kind of record, those of the foundation, or all of them.

The checks are handed one book with every rule in it, so that they need not know which kinds of record there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.ways import Way
from sendbook.checks.agreed import parts_to_agree
from sendbook.checks.case import Case
from sendbook.checks.change import RecordChange
from sendbook.checks.documents import DocumentCase
from sendbook.checks.finding import Severity
from sendbook.checks.rules.rule import Parts, Rule
from sendbook.checks.rules.schema_rules import OwnFilesChange
from sendbook.checks.rules.text_rules import TextCase


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRules:
    """Rules about changes of one kind of record.

    ``lists`` are the lists whose lost entries these rules ask about: they know when an entry may go.
    """

    rules: tuple[Rule[RecordChange], ...]
    lists: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, eq=False)
class RuleBook:
    """Rules, and what to do about their findings.

    ``student`` rules are asked of one student's records, ``shared`` ones of the records that belong to no student,
    ``texts`` of what families and students read, ``documents`` of the documents that the law or a policy asks for.
    Asked of a comparison with an earlier version, with ``sendbook check --since``, are ``changes`` of a kind of
    record, ``own_files`` of the campus's own schemas and templates, and ``losses`` of what is gone, by type of loss.
    ``what_to_do`` has one or two sentences for each rule, by its code. ``from_schemas`` make rules of what the schemas
    say, which may be the campus's own; ``own_words`` are dates of which a rule of its own asks: by kind and way,
    and the time that is counted from them, if any.
    ``published`` are the parts of kinds of record that stand on pages of the handbook, and are looked through with
    these. ``end_with_support`` are the kinds of record that are over when a student's support is.
    """

    student: tuple[Rule[Case], ...] = ()
    shared: tuple[Rule[Case], ...] = ()
    texts: tuple[Rule[TextCase], ...] = ()
    changes: Mapping[str, ChangeRules] = field(default_factory=dict)
    own_files: tuple[Rule[OwnFilesChange], ...] = ()
    losses: Mapping[type, tuple[Rule[Any], ...]] = field(default_factory=dict)
    documents: tuple[Rule[DocumentCase], ...] = ()
    what_to_do: Mapping[str, str] = field(default_factory=dict)
    from_schemas: tuple[Callable[[SchemaRegistry, RuleBook], RuleBook], ...] = ()
    own_words: frozenset[tuple[str, Way, str]] = frozenset()
    published: Mapping[str, frozenset[str]] = field(default_factory=dict)
    end_with_support: frozenset[str] = frozenset()

    def with_schemas(self, registry: SchemaRegistry) -> RuleBook:
        """Adds the rules that these schemas make."""
        return bound([self, *(make(registry, self) for make in self.from_schemas)])

    def goes_on_after_support(self, rule: Rule[Any]) -> bool:
        """Whether a rule is asked of a student whose support has ended: as it says itself, or if it finds errors, or if
        none of the records it rests on is over then.
        """
        if rule.after_support is not None:
            return rule.after_support
        return rule.severity is Severity.ERROR or self.end_with_support.isdisjoint(kind for kind, _ in rule.parts)

    def parts_of(self, rule: Rule[Any], registry: SchemaRegistry) -> Parts:
        """The parts a rule rests on: its own, or for one about what is gone those with the state of a record."""
        return parts_to_agree(registry) if rule.id in self._of_losses else rule.parts

    @cached_property
    def _of_losses(self) -> frozenset[str]:
        return frozenset(rule.id for rules in self.losses.values() for rule in rules)

    @cached_property
    def every(self) -> tuple[Rule[Any], ...]:
        """Every rule, whatever it is asked of."""
        of_losses = (rule for rules in self.losses.values() for rule in rules)
        of_changes = (rule for changes in self.changes.values() for rule in changes.rules)
        asked = (self.student, self.shared, self.texts, of_changes, of_losses, self.own_files, self.documents)
        return tuple(rule for rules in asked for rule in rules)

    @cached_property
    def of_documents(self) -> frozenset[str]:
        """The codes of the rules about documents."""
        return frozenset(rule.id for rule in self.documents)


def bound(books: Iterable[RuleBook]) -> RuleBook:
    """Puts several books together into one."""
    books = tuple(books)
    losses: dict[type, tuple[Rule[Any], ...]] = {}
    for book in books:
        for of, rules in book.losses.items():
            losses[of] = (*losses.get(of, ()), *rules)
    return RuleBook(
        student=tuple(rule for book in books for rule in book.student),
        shared=tuple(rule for book in books for rule in book.shared),
        texts=tuple(rule for book in books for rule in book.texts),
        changes={kind: changes for book in books for kind, changes in book.changes.items()},
        own_files=tuple(rule for book in books for rule in book.own_files),
        losses=losses,
        documents=tuple(rule for book in books for rule in book.documents),
        own_words=frozenset(date for book in books for date in book.own_words),
        published={kind: parts for book in books for kind, parts in book.published.items()},
        end_with_support=frozenset(kind for book in books for kind in book.end_with_support),
        from_schemas=tuple(make for book in books for make in book.from_schemas),
        what_to_do={code: said for book in books for code, said in book.what_to_do.items()},
    )
