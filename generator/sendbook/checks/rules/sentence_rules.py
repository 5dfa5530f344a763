"""Sentences about who sees what (``access-tests.yml``), proved on the campus's own records."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sendbook.access.sentences import RECORD_ID, Breach, Sentence, sentences_of
from sendbook.campus.foundation import ACCESS_TESTS, STUDENT
from sendbook.checks.case import Case
from sendbook.checks.finding import Severity
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule

_TESTS = ((ACCESS_TESTS, "access_tests"),)


@rule("ACC-05", "What we say about access is true", source=HOUSE_RULE, severity=Severity.ERROR,
      parts=(*_TESTS, (STUDENT, "family")))  # fmt: skip
def sentences_hold(case: Case) -> Iterator[Spot]:
    """Each sentence of access-tests.yml is held against every reader of the student that it speaks of."""
    sentences = sentences_of(case.campus.get(RECORD_ID))
    if not sentences or case.header is None:
        return
    for sentence in sentences:
        breach = case.proof.breach(sentence)
        if breach is not None:
            yield _told(sentence, breach)


@rule("ACC-06", "A statement about access is about somebody", source=HOUSE_RULE, parts=_TESTS)
def sentences_say_something(case: Case) -> Iterator[Spot]:
    """A sentence that speaks of nobody, or of a part no record has, proves nothing: it may be a slip."""
    record = case.campus.get(RECORD_ID)
    kinds = [kind for kind in case.campus.registry.kinds.values() if kind.of_student]
    for sentence in sentences_of(record):
        known = {part for kind in kinds if sentence.kind in ("", kind.name) for part in kind.parts}
        unknown = sorted(sentence.parts - known)
        place = f"/tests/{sentence.index}"
        if bool(sentence.things) == bool(sentence.parts):
            message = "The sentence has to name either “things” or “parts”, so it proves nothing."
            yield Spot(record, place, message, "Name one of the two.")  # type: ignore[arg-type]
        elif unknown:
            message = f"No such record of a student has the part “{unknown[0]}”, so nothing is proved of it."
            yield Spot(record, f"{place}/parts", message, "Correct it; sendbook schema names the parts.")  # type: ignore[arg-type]


def spoken_of(case: Case) -> list[str]:
    """The sentences that speak of this student and one of their readers, by short name."""
    sentences = sentences_of(case.campus.get(RECORD_ID))
    if not sentences or case.header is None:
        return []
    return [sentence.id for sentence in sentences if case.proof.speaks(sentence)]


def speak_of_nobody(case: Case, spoken: Collection[str]) -> Iterator[Spot]:
    """One finding for all sentences that speak of no pair on the campus, once all students have been asked.

    A new campus has no governors, no leavers and no shared households yet: sixteen findings would hide what matters.
    """
    record = case.campus.get(RECORD_ID)
    sound = [sentence for sentence in sentences_of(record) if bool(sentence.things) != bool(sentence.parts)]
    silent = [sentence for sentence in sound if sentence.id not in spoken]
    if not silent:
        return
    named = ", ".join(f"“{sentence.id}”" for sentence in silent)
    remedy = "They can stay if they are there for the future. Check that each says what you mean."
    if len(silent) == 1:
        message = f"{named} isn't about anybody on the campus, so it proves nothing today."
        remedy = "It can stay if it is there for the future. Check that it says what you mean."
    else:
        message = f"{len(silent)} statements aren't about anybody on the campus, so they prove nothing today: {named}."
    yield Spot(record, f"/tests/{silent[0].index}", message, remedy)  # type: ignore[arg-type]


def _told(sentence: Sentence, breach: Breach) -> Spot:
    besides = f", and {breach.others} more" if breach.others else ""
    does = "sees this, but never should" if sentence.never else "doesn't see this, but always should"
    return Spot(
        breach.record,
        breach.pointer,
        f"{breach.reader} {does}{besides}: “{sentence.id}” in access-tests.yml.",
        f"sendbook why {breach.reader} {breach.record.id} names the rule. Change access.yml, or the sentence.",
    )


RULES: tuple[Rule[Case], ...] = (sentences_hold,)
SHARED_RULES: tuple[Rule[Case], ...] = (sentences_say_something,)
