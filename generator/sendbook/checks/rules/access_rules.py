"""What in a student's record would give access where it should not, or take it where it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sendbook.access.parts import ALL, meanings
from sendbook.campus.foundation import ACCESS, STUDENT
from sendbook.campus.schemas import Kind
from sendbook.campus.strict_yaml import pointer_of
from sendbook.checks.case import Case, Data, date_of, holds
from sendbook.checks.finding import Severity
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule

_FAMILY = ((STUDENT, "family"),)


@rule("FAM-01", "Full access needs parental responsibility", source="Children Act 1989 s.3", law=True,
      severity=Severity.ERROR, parts=_FAMILY)  # fmt: skip
def responsibility_for_full_access(case: Case) -> Iterator[Spot]:
    """Without responsibility, name the parts the person may see, or none."""
    for index, relation in enumerate(case.header.data.get("family", ()) if case.header else ()):
        if relation["access"] == "full" and not relation["responsibility"]:
            yield Spot(
                case.header,  # type: ignore[arg-type]
                f"/family/{index}/access",
                "Somebody without parental responsibility has full access.",
                "Set the access to “none”, or to “named_parts” and name them.",
            )


@rule("FAM-02", "A relation is confirmed", source=HOUSE_RULE, parts=_FAMILY)
def relation_confirmed(case: Case) -> Iterator[Spot]:
    """Until it is confirmed a relation grants nothing: somebody may be waiting."""
    for index, relation in enumerate(case.header.data.get("family", ()) if case.header else ()):
        if "confirmed" not in relation and relation["access"] != "none" and holds(relation, case.on):
            message = "This relation is not confirmed, so the person sees nothing."
            remedy = "Check it, then add “confirmed:” and below it “on:” (the day) and “by:” (your id)."
            yield Spot(case.header, f"/family/{index}", message, remedy)  # type: ignore[arg-type]


@rule("FAM-03", "Named parts are named", source=HOUSE_RULE, severity=Severity.ERROR, parts=_FAMILY)
def parts_named(case: Case) -> Iterator[Spot]:
    """Access by named parts says which; other access names none."""
    for index, relation in enumerate(case.header.data.get("family", ()) if case.header else ()):
        if (relation["access"] == "named_parts") != bool(relation.get("parts")):
            message = "Access “named_parts” and the list of parts don't match."
            yield Spot(case.header, f"/family/{index}/access", message, "List “parts:”, or change the access.")  # type: ignore[arg-type]


@rule("FAM-06", "A part that is named is one part", source=HOUSE_RULE, parts=_FAMILY)
def named_part_is_one(case: Case) -> Iterator[Spot]:
    """A name that no kind of record has a part of, or that several have, shows this person nothing. ``plan.costs`` is
    that part of the plan; a bare name is enough where only one kind of record has such a part.
    """
    kinds = case.campus.registry.kinds
    for index, relation in enumerate(case.header.data.get("family", ()) if case.header else ()):
        for number, name in enumerate(relation.get("parts", ())):
            meant = [".".join(part) for part in meanings(name, kinds)]
            place = f"/family/{index}/parts/{number}"
            if not meant:
                message = "A student's records have no such part, so this shows the person nothing."
                remedy = "Correct it: “sendbook schema plan” names the parts of a plan, and so on for other records."
                yield Spot(case.header, place, message, remedy, found=name)  # type: ignore[arg-type]
            elif len(meant) > 1:
                message = "More than one kind of record has a part called so, so this shows the person nothing."
                remedy = f"Write which you mean: {' or '.join(meant)}."
                yield Spot(case.header, place, message, remedy, found=name)  # type: ignore[arg-type]


@rule("ACC-01", "Somebody covers where the SENDCo is family", source=HOUSE_RULE, parts=((ACCESS, "exceptions"),))
def family_covered(case: Case) -> Iterator[Spot]:
    """The SENDCo sees their own child as a parent does: another person must be able to run the plan."""
    access = case.campus.get(ACCESS)
    if case.header is None or access is None:
        return
    covered = [
        cover for cover in access.data.get("covers", ()) if cover["student"] == case.student and holds(cover, case.on)
    ]
    for index, relation in enumerate(case.header.data.get("family", ())):
        duties = case.person(relation["person"]).get("staff", {}).get("duties", ())
        is_senco = any(duty["role"] == "senco" and holds(duty, case.on) for duty in duties)
        if is_senco and not any(cover["role"] == "senco" for cover in covered):
            yield Spot(
                case.header,
                f"/family/{index}",
                "The SENDCo is a member of this student's family, and nobody is named to cover.",
                "Add an entry under “covers:” in access.yml.",
            )


@rule("ACC-02", "A person who covers is not family", source=HOUSE_RULE, severity=Severity.ERROR,
      parts=((ACCESS, "exceptions"), (STUDENT, "family")))  # fmt: skip
def cover_is_not_family(case: Case) -> Iterator[Spot]:
    """To cover is to see a record for work: nobody does that for a student they are, were or may be family to."""
    access = case.campus.get(ACCESS)
    if case.header is None or access is None:
        return
    family = {relation["person"] for relation in case.header.data.get("family", ())}
    for index, cover in enumerate(access.data.get("covers", ())):
        if cover["student"] == case.student and cover["person"] in family:
            yield Spot(
                access,
                f"/covers/{index}/person",
                "This person is named to cover for a student who is in their own family.",
                "Name somebody else: a member of the family sees what families see, whatever their job here.",
            )


def _is_over(entry: Data, case: Case) -> bool:
    """Whether a relation, a cover or a share has ended: it opens nothing any more."""
    return "until" in entry and date_of(entry["until"]) < case.on


@rule("FAM-04", "A relation is confirmed at school, and not by the family", source=HOUSE_RULE, parts=_FAMILY)
def confirmed_at_school(case: Case) -> Iterator[Spot]:
    """Confirming opens the student's pages: no member of the family does it for themselves or another. On which day
    somebody began here is not asked, as relations are often confirmed years before records of duties begin.
    """
    relations = case.header.data.get("family", ()) if case.header is not None else ()
    family = {relation["person"] for relation in relations}
    for index, relation in enumerate(relations):
        by = relation.get("confirmed", {}).get("by")
        if by is None or (by not in family and "staff" in case.person(by)) or _is_over(relation, case):
            continue
        message = "This relation was confirmed by a member of the family, or by somebody who never worked here."
        remedy = "Have somebody at school who isn't family check it, and write who did and when."
        yield Spot(case.header, f"/family/{index}/confirmed/by", message, remedy)  # type: ignore[arg-type]


@rule("ACC-12", "Who approves an exception works here", source=HOUSE_RULE, parts=((ACCESS, "exceptions"),))
def approved_at_work(case: Case) -> Iterator[Spot]:
    """Who approves a cover or a share has a duty here by its first day, and it is not for themselves."""
    access = case.campus.get(ACCESS)
    for name in ("covers", "shares") if access is not None else ():
        for index, entry in enumerate(access.data.get(name, ()) if access is not None else ()):
            by = entry.get("approved_by")
            if by is None or access is None or _is_over(entry, case):
                continue
            place = f"/{name}/{index}/approved_by"
            if by == entry["person"]:
                message = "This was approved by the person it lets see the student."
                yield Spot(access, place, message, "Have somebody else approve it, and name them.")
            elif not case.basis.accounts.worked_by(by, entry["from"]):
                message = "This was approved by somebody who didn't work here yet on its first day, or never did."
                yield Spot(access, place, message, "Name who approved it and worked here by then.")


@rule("ACC-15", "What a grant or a share opens is there", source=HOUSE_RULE,
      parts=((ACCESS, "policy"), (ACCESS, "exceptions")))  # fmt: skip
def opened_is_there(case: Case) -> Iterator[Spot]:
    """A kind of record, a part or a state that no schema has opens nothing: it may be a slip, or from an old schema."""
    access = case.campus.get(ACCESS)
    for name in ("grants", "shares") if access is not None else ():
        for index, entry in enumerate(access.data.get(name, ()) if access is not None else ()):
            for place, named, message in _not_there(entry, case.campus.registry.kinds):
                remedy = (
                    "Correct it: “sendbook schema” names the kinds, and “sendbook schema plan” the parts of a plan."
                )
                yield Spot(access, pointer_of((name, index, *place)), message, remedy, found=named)  # type: ignore[arg-type]


def _not_there(entry: Data, kinds: Mapping[str, Kind]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Each place in a grant or a share where it names what is not there, the name, and what to say of it."""
    in_kinds = "records" in entry
    for name, parts in (entry["records"] if in_kinds else {entry["kind"]: entry["parts"]}).items():
        place = ("records", name) if in_kinds else ("kind",)
        if name != ALL and name not in kinds:
            yield place, name, "No record is of this kind, so this opens nothing."
            continue
        if "relation" in entry and name != ALL and not kinds[name].of_student:
            yield place, name, "A relation to a student opens records about students alone, so this opens nothing."
            continue
        known = {ALL}.union(*(kind.parts for kind in kinds.values() if name in (ALL, kind.name)))
        for number, part in enumerate(parts):
            if part not in known:
                at = ("records", name, number) if in_kinds else ("parts", number)
                yield at, part, "No record of this kind has such a part, so this opens nothing."
    yield from _states_not_there(entry, kinds)


def _states_not_there(entry: Data, kinds: Mapping[str, Kind]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Each state of a grant that none of its kinds has."""
    named = set(entry.get("records", {entry.get("kind"): ()}))
    known = {state for kind in kinds.values() if ALL in named or kind.name in named for state in kind.states}
    for number, state in enumerate(entry.get("states", ())):
        if state not in known:
            yield (
                ("states", number),
                state,
                "No record of these kinds has such a state, so this opens nothing.",
            )


RULES: tuple[Rule[Case], ...] = (
    responsibility_for_full_access,
    relation_confirmed,
    parts_named,
    named_part_is_one,
    family_covered,
    cover_is_not_family,
    confirmed_at_school,
)
SHARED_RULES: tuple[Rule[Case], ...] = (approved_at_work, opened_is_there)
