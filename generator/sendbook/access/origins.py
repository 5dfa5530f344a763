"""Where relations come from: what ties readers to one student, with its days and the sentence that says so.

They come from records: group membership and the teacher's time with the group, the adults and the
family in the student's record, covers and shares in ``access.yml``. Whether a relation may be
acted on is ``bars``' to say, and ``relations`` puts the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, NamedTuple

from sendbook.access.basis import Basis, Post
from sendbook.access.parts import Parts, named_parts, with_emergency
from sendbook.access.people import Reader, reader_of_student
from sendbook.access.spans import Span, begins, span_of, words
from sendbook.campus.records import Record
from sendbook.campus.roll import on_roll

Sort = Literal["work", "cover", "share", "family", "self"]

ROLE_WORDS = {
    "senco": "the SENDCo",
    "regional_senco": "the Regional SENDCo",
    "principal": "the Campus Principal",
    "dsl": "the designated safeguarding lead",
    "teacher": "a teacher",
    "support_assistant": "a support assistant",
    "exams_officer": "the exams officer",
    "careers_lead": "the careers lead",
    "finance_officer": "the finance officer",
    "committee_member": "a member of the committee",
    "dpo": "the data protection officer",
    "inspector": "an inspector",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One tie between a reader and a student.

    ``name`` is teaches, assists, tutor, key_adult, family, self, covers:<role>, shared, or the duty itself
    where a duty reaches every student. ``parts`` limits what may follow from it (None: no limit), ``limit``
    names the rule that does; ``blocked`` names the rule that keeps the tie from ever granting anything.
    """

    reader: str
    name: str
    sort: Sort
    who: str
    span: Span
    because: str
    parts: Parts | None = None
    household: str = ""
    limit: str = ""
    blocked: str = ""

    @property
    def since(self) -> date | None:
        return self.span.since

    @property
    def until(self) -> date | None:
        return self.span.until


def relations_of(record: Record, basis: Basis) -> Iterator[Relation]:
    """Every relation ever held to the student of this ``student`` record, past and to come."""
    data, student = record.data, record.student or ""
    # Somebody who will join may be prepared for, so only the last day bounds what work grants.
    enrolled = Span(until=on_roll(data).until)
    yield from _taught(data, enrolled, basis)
    yield from _helped(data, enrolled, basis)
    yield from _family(data, basis)
    yield from _excepted(student, basis)
    if data.get("sign_in"):
        yield from _self(reader_of_student(record, basis.accounts))


def campus_wide(basis: Basis) -> tuple[Relation, ...]:
    """The duties that reach every student, made once."""
    found = basis.memo.get("campus_wide")
    if found is None:
        found = basis.memo["campus_wide"] = tuple(
            relation for reader in basis.people for relation in _by_duty(reader, basis)
        )
    return tuple(found)


def within_year_group(relation: Relation, year_group: str, basis: Basis) -> Relation:
    """The relation, blocked where its duty does not reach a student of this year group, covered or not."""
    reached = basis.year_groups.get(relation.who.removeprefix("role:")) if relation.who.startswith("role:") else None
    if reached is None or year_group in reached:
        return relation
    return replace(relation, blocked="other-year-group")


def _by_duty(reader: Reader, basis: Basis) -> Iterator[Relation]:
    for held in reader.roles:
        if held.role in basis.student_roles:
            is_what = ROLE_WORDS.get(held.role, held.role)
            yield _work(reader, held.role, held.span, f"{reader.name} is {is_what}", who=f"role:{held.role}")
    if basis.staff_see_students:
        for span in reader.working:
            yield _work(reader, "staff", span, f"{reader.name} works on this campus", who="everyone:staff")


def _taught(data: Mapping[str, Any], enrolled: Span, basis: Basis) -> Iterator[Relation]:
    for membership in data.get("teaching_groups", ()):
        member = span_of(membership).within(enrolled)
        for post, span in _in_both(member, basis.teachers.get(membership["group"], ())):
            subject = f" {post.subject}" if post.subject else ""
            yield _work(post.reader, "teaches", span, f"{post.reader.name} teaches this student{subject}")
    for post, span in _in_both(enrolled, basis.tutors.get(data.get("tutor_group", ""), ())):
        yield _work(post.reader, "tutor", span, f"{post.reader.name} is this student's tutor")


def _in_both(member: Span | None, posts: Iterable[Post]) -> Iterator[tuple[Post, Span]]:
    if member is None:
        return
    for post in posts:
        span = post.span.within(member)
        if span is not None:
            yield post, span


def _helped(data: Mapping[str, Any], enrolled: Span, basis: Basis) -> Iterator[Relation]:
    for adult in data.get("team", ()):
        reader, asked = basis.people.get(adult["person"]), span_of(adult).within(enrolled)
        if reader is None or asked is None:
            continue
        assists = adult["as"] == "support_assistant"
        duties = [held.span for held in reader.roles if held.role == "support_assistant"] if assists else reader.working
        name = "assists" if assists else "key_adult"
        says = "supports this student" if assists else "is this student's key adult"
        for span in filter(None, (asked.within(duty) for duty in duties)):
            yield _work(reader, name, span, f"{reader.name} {says}")


def _work(reader: Reader, name: str, span: Span, because: str, *, who: str = "") -> Relation:
    since = f" (since {words(span.since)})" if span.since else ""
    return Relation(
        reader=reader.id,
        name=name,
        sort="work",
        who=who or f"relation:{name}",
        span=span,
        because=f"{because}{since}.",
    )


def _family(data: Mapping[str, Any], basis: Basis) -> Iterator[Relation]:
    for item in data.get("family", ()):
        reader = basis.people.get(item["person"])
        if reader is None:
            continue
        limits = _family_limits(item, basis)
        yield Relation(
            reader=reader.id,
            name="family",
            sort="family",
            who="relation:family",
            span=limits.span,
            because=f"{reader.name} is this student's {_kinship(item, basis)}.",
            parts=limits.parts,
            household=str(item.get("household") or ""),
            limit=limits.limit,
            blocked=limits.blocked,
        )


class _Limits(NamedTuple):
    """What keeps a family relation from granting everything."""

    span: Span
    parts: Parts | None
    limit: str = ""
    blocked: str = ""


def _family_limits(item: Mapping[str, Any], basis: Basis) -> _Limits:
    """Confirmed, with parental responsibility and full access, a relation grants all that families see.

    Without parental responsibility, only parts named one by one count.
    """
    span = span_of(item)
    if item["relation"] == "sibling":
        return _Limits(span, frozenset(), blocked="sibling")
    if item.get("access") not in ("full", "named_parts"):
        return _Limits(span, frozenset(), blocked="restricted")
    if "confirmed" not in item:
        return _Limits(span, frozenset(), blocked="not-confirmed")
    checked = Span(since=begins(item["confirmed"].get("on"))).within(span) or Span(since=date.max)
    named = with_emergency(named_parts(item.get("parts", ()), basis.kinds))
    if item.get("responsibility") is not True:
        return _Limits(checked, named, limit="no-responsibility")
    if item["access"] == "named_parts":
        return _Limits(checked, named, limit="named-parts")
    return _Limits(checked, None)


def _kinship(item: Mapping[str, Any], basis: Basis) -> str:
    return basis.kinds["student"].said("family/relation", item["relation"]).lower()


def _excepted(student: str, basis: Basis) -> Iterator[Relation]:
    for cover in basis.policy.covers:
        reader = basis.people.get(cover.person)
        span = cover.span.within(reader.employed) if reader else None
        if cover.student == student and reader and span:
            standing_in = ROLE_WORDS.get(cover.role, cover.role)
            yield Relation(
                reader=reader.id,
                name=f"covers:{cover.role}",
                sort="cover",
                who=f"role:{cover.role}",
                span=span,
                because=f"{reader.name} covers for {standing_in}: {cover.reason}",
            )
            yield Relation(
                reader=reader.id,
                name="covers",
                sort="cover",
                who="relation:covers",
                span=span,
                because=f"{reader.name} covers for {standing_in}: {cover.reason}",
            )
    for share in basis.policy.shares:
        reader = basis.people.get(share.person)
        span = share.span.within(reader.employed) if reader else None
        if share.student == student and reader and span:
            yield Relation(
                reader=reader.id,
                name="shared",
                sort="share",
                who="",
                span=span,
                because=f"This is shared with {reader.name}: {share.reason}",
                parts=with_emergency(share.parts),
            )


def _self(reader: Reader) -> Iterator[Relation]:
    """A student's tie to their own record, on the days of their account; one without an account is named as such."""
    days = reader.invited or ()
    for span in days or (Span(),):
        yield Relation(
            reader=reader.id,
            name="self",
            sort="self",
            who="relation:self",
            span=span,
            because=f"{reader.name} is the student.",
            blocked="" if days else "no-account",
        )
