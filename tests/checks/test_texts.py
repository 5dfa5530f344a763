"""What a family or a student reads holds no contact detail of another home, and names nobody they may not know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendbook.access.basis import Basis
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example, schemas
from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Someone
from sendbook.checks.texts.places import place_of, pointer_to
from sendbook.checks.texts.sightings import Looker, Sighting

ON = date(2026, 11, 23)
STUDENT, MUM, DAD = "7NVF", "p-1ge7", "p-b7gq"
PLAN, PROFILE = f"students/{STUDENT}/plan", f"students/{STUDENT}/profile"


@dataclass(frozen=True)
class Home:
    """The example's shared records, and a student whose parents live apart."""

    shared: Campus
    own: Campus

    def with_text(self, text: str, record: str = PLAN, field: str = "summary") -> Home:
        """The same with one text rewritten."""
        return self.with_data(record, {**self.own.records[record].data, field: text})

    def with_data(self, record: str, data: Mapping[str, Any]) -> Home:
        changed = replace(self.own.records[record], data=data, digest=str(hash(str(data))))
        return Home(self.shared, self.own.with_records([changed]))

    def with_person(self, person: str, **fields: object) -> Home:
        """The same with a person's own record changed."""
        old = self.shared.records[f"people/{person}"]
        changed = replace(old, data={**old.data, **fields}, digest=str(fields))
        return Home(self.shared.with_records([changed]), self.own)

    def sightings(self, others: Everybody | None = None, headers: Mapping[str, Record] | None = None) -> list[Sighting]:
        basis = Basis.of(self.shared)
        looker = Looker(
            shared=self.shared,
            own=self.own,
            student=STUDENT,
            on=ON,
            basis=basis,
            others=others,
            header_of=lambda student: (headers or {}).get(student),
        )
        return looker.sightings()

    def codes(self, **more: Any) -> list[str]:
        return [seen.code for seen in self.sightings(**more)]


@pytest.fixture(scope="module")
def home() -> Home:
    folder = CampusFolder(example(), SchemaRegistry.load(schemas()))
    scan = folder.scan()
    return Home(folder.load(scan.unit(SHARED)).campus, folder.load(scan.unit(STUDENT)).campus)


@pytest.fixture(scope="module")
def others() -> Everybody:
    """Students of other families, one called like a word and one with two surnames, and the mother of one of them."""
    students = [
        {"id": "2AAA", "name": {"full": "Freya Zoë Lindqvist-Amor", "known_as": "Freya"}},
        {"id": "2BBB", "name": {"full": "Will May", "known_as": "Will"}},
        {"id": "2CCC", "name": {"full": "Tomasz Jan Wiśniewski", "known_as": "Tomek"}},
    ]
    mother = {
        "id": "p-9zzz",
        "name": {"full": "Ingrid Lindqvist", "known_as": "Dr Lindqvist"},
        "family": {
            "phone": "01632 960451",
            "email": "ingrid.l82@post.example",
            "address": "3 Weir Row, Wexcombe ZZ9 7WR",
        },
    }
    return Everybody.of([*map(Someone.of_student, students), Someone.of_person(mother)])


def test_the_example_names_nobody_at_home(home: Home, others: Everybody) -> None:
    assert home.codes() == []
    assert home.codes(others=others) == []


@pytest.mark.parametrize(
    "written",
    [
        "07700 900214",
        "07700900214",
        "07700-900-214",
        "07700.900.214",
        "(07700) 900 214",
        "+44 7700 900214",
        "+44 (0)7700 900 214",
        "0044 7700 900214",
        "0 7 7 0 0 9 0 0 2 1 4",
        "\uff10\uff17\uff17\uff10\uff10\uff19\uff10\uff10\uff12\uff11\uff14",
        "07700\n900214",
        "900214",
        "abena.osei@families.example",
        "Abena.Osei@Families.Example",
        "abena.osei at families dot example",
        "abena.osei (at) families (dot) example",
        "12 Tannery Court",
        "12, Tannery Court",
        "12 tannery ct",
        "12 TANNERY CT.",
        "ZZ9 1TC",
        "ZZ91TC",
        "zz9 1tc",
    ],
)
def test_a_contact_detail_of_one_home_is_an_error_in_a_text_the_other_reads(home: Home, written: str) -> None:
    (seen,) = home.with_text(f"Mum moved, and is now at {written}, since Easter.").sightings()
    assert (seen.code, seen.pointer, seen.near) == ("TXT-01", "/summary", True)
    assert DAD in seen.readers
    assert MUM not in seen.readers


@pytest.mark.parametrize(
    "written", ["07700 900215", "12 Mill Lane", "ZZ9 1TD", "osei@families.example", "12 tannery workers"]
)
def test_what_is_nearly_a_contact_detail_is_none(home: Home, written: str) -> None:
    assert home.with_text(f"Ring {written} about the trip.").codes() == []


def test_a_street_by_itself_is_asked_about(home: Home) -> None:
    (seen,) = home.with_text("They met in Tannery Court.").sightings()
    assert (seen.code, seen.place) == ("TXT-03", "/summary")


def test_what_only_ones_own_home_reads_holds_ones_own_details(home: Home) -> None:
    """A meeting held with one household separately is not read by the other; the child, who reads it, lives in both."""
    meeting = home.own.of_kind("meeting")[-1]
    apart = {**meeting.data, "held_for": MUM, "place": "Ring 07700 900214."}
    found = home.with_data(meeting.id, apart).sightings()
    assert {reader for seen in found for reader in seen.readers} <= {STUDENT}
    (seen,) = home.with_data(meeting.id, {**apart, "place": "Dad is on 07700 900387."}).sightings()
    assert MUM in seen.readers
    assert DAD not in seen.readers


def test_what_the_school_gives_out_is_nobodys_secret(home: Home) -> None:
    office = home.shared.records["campus"].data["office"]
    staff = next(one.data for one in home.shared.of_kind("person") if one.data.get("staff", {}).get("phone"))
    assert (
        home.with_text(f"Ring {office['phone']} or {staff['staff']['phone']}; write to {office['address']}.").codes()
        == []
    )


def test_two_who_share_a_home_are_no_strangers(home: Home) -> None:
    header = home.own.records[f"students/{STUDENT}/student"]
    family = [{**one, "household": "a"} for one in header.data["family"]]
    together = home.with_data(header.id, {**header.data, "family": family})
    assert together.with_text("Mum is on 07700 900214, and her name is Abena Osei.").codes() == []


@pytest.mark.parametrize(
    "written", ["Abena Osei", "Osei, Abena", "ABENA OSEI", "abena osei's", "A. Osei", "Abena\nOsei"]
)
def test_the_other_home_is_not_named_in_full(home: Home, written: str) -> None:
    (seen,) = home.with_text(f"We spoke with {written} at the gate.").sightings()
    assert (seen.code, seen.readers) == ("TXT-02", (DAD,))


@pytest.mark.sample(8)
@pytest.mark.parametrize(
    "written",
    [
        "Freya Lindqvist-Amor",
        "Freya Zoe Lindqvist Amor",
        "freya lindqvist",
        "Freya Amor",
        "Lindqvist-Amor, Freya",
        "LINDQVIST-AMOR Freya",
        "F. Lindqvist-Amor",
        "F Z Lindqvist-Amor",
        "Freya Z. Lindqvist-Amor",
        "Freya Lindqvist-Amor's",
        "Freya Lindqvist-Amor\u2019s",
        "Freya\n  Lindqvist-Amor",
        "Freya  Lindqvist\u2011Amor",
        "Fre\u00adya Lindqvist-Amor",
        "F r e y a  L i n d q v i s t - A m o r",
        "Frеya Lindqvist-Amor",  # noqa: RUF001 - with a Cyrillic letter
        "Tomasz Wisniewski",
        "Tomek Wiśniewski",
        "tomasz.wisniewski",
        "Will May",
        "Dr Lindqvist",
        "Ingrid Lindqvist",
    ],
)
def test_somebody_else_is_not_named_in_full(home: Home, others: Everybody, written: str) -> None:
    found = home.with_text(f"He sat with {written} on the coach.").sightings(others)
    assert [seen.code for seen in found] == ["TXT-02"]
    assert {DAD, MUM} <= set(found[0].readers)


#: A father who is on record without a title.
KOFI = Someone.of_person({"id": "p-9yyy", "name": {"full": "Kofi Mensah-Boateng", "known_as": "Kofi"}, "family": {}})


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Mr Mensah-Boateng came along.", ["TXT-02"]),
        ("Dr. Boateng came along.", ["TXT-02"]),
        ("Mr and Mrs Mensah came along.", ["TXT-02"]),
        ("A Mensah-Boateng came along.", ["TXT-03"]),
        ("The miss rate fell, and mr is no word.", []),
    ],
)
def test_a_title_with_a_surname_names_somebody_whatever_title_the_record_has(
    home: Home, text: str, codes: list[str]
) -> None:
    assert home.with_text(text).codes(others=Everybody.of([KOFI])) == codes


@pytest.mark.parametrize(("title", "codes"), [("Mrs", ["TXT-02"]), ("Ms", ["TXT-02"]), ("Mr", ["TXT-02"])])
def test_the_other_home_is_not_named_with_any_title(home: Home, title: str, codes: list[str]) -> None:
    unknown = home.with_person(MUM, name={"full": "Abena Quansah", "known_as": "Abena"})
    found = unknown.with_text(f"{title} Quansah asked us to ring.").sightings()
    assert [(seen.code, seen.readers) for seen in found] == [(code, (DAD,)) for code in codes]


@pytest.mark.parametrize(
    ("known_as", "text", "codes"),
    [
        ("Ms {}", "Mrs {} reads with him.", []),  # a colleague whose title is easily mistaken
        ("{}", "Mr {} reads with him.", []),
        ("Ms {}", "Mr {} reads with him.", ["TXT-02"]),
    ],
)
def test_a_colleague_with_the_same_surname_may_be_named_with_their_own_title(
    home: Home, known_as: str, text: str, codes: list[str]
) -> None:
    surname = "Mensah-Boateng"
    colleague = next(one for one in home.shared.of_kind("person") if "staff" in one.data)
    name = {"full": f"Esther {surname}", "known_as": known_as.format(surname)}
    there = home.with_person(str(colleague.data["id"]), name=name)
    assert there.with_text(text.format(surname)).codes(others=Everybody.of([KOFI])) == codes


@pytest.mark.parametrize(
    "written", ["01632 960451", "960451 or 01632 960451", "3 Weir Row", "zz97wr", "ingrid.l82@post.example"]
)
def test_nor_can_anybody_else_be_reached(home: Home, others: Everybody, written: str) -> None:
    assert home.with_text(f"The club's number is {written}.").codes(others=others) == ["TXT-01"]


@pytest.mark.parametrize(("text", "codes"), [
    ("Ask Tomek to share.", ["TXT-03"]),
    ("He works with Will on Fridays.", ["TXT-03"]),
    ("Will he come in May? Will it rain?", []),
    ("Will he come in May? Will asks.", ["TXT-03"]),
    ("He will come on 12 May 2027 and may stay.", []),
    ("Read to Lindqvist-Amor.", ["TXT-03"]),
    ("He may, if he will.", []),
    ("Tomek.", ["TXT-03"]),
])  # fmt: skip
def test_a_name_by_itself_is_only_asked_about(home: Home, others: Everybody, text: str, codes: list[str]) -> None:
    assert home.with_text(text).codes(others=others) == codes


def test_colleagues_and_the_child_may_be_named(home: Home, others: Everybody) -> None:
    lead = next(one.data["name"]["full"] for one in home.shared.of_kind("person") if "staff" in one.data)
    text = f"{lead} helps Kwame Joseph Osei-Darko, K. Osei-Darko, Kwame and Osei-Darko."
    assert home.with_text(text).codes() == []
    assert home.with_text(text).codes(others=others) == []


def test_a_namesake_of_somebody_one_may_know_is_no_stranger(home: Home) -> None:
    lead = next(one.data["name"] for one in home.shared.of_kind("person") if "staff" in one.data)
    namesake = Everybody.of(
        [Someone.of_student({"id": "2DDD", "name": {"full": lead["full"], "known_as": lead["full"]}})]
    )
    assert home.with_text(f"{lead['full']} reads with him.").codes(others=namesake) == []


def _sibling(parent: str, **more: object) -> Record:
    data = {
        "id": "2EEE",
        "name": {"full": "Esi Quartey", "known_as": "Esi"},
        "family": [
            {
                "id": "one",
                "person": parent,
                "relation": "parent",
                "household": "a",
                "responsibility": True,
                "access": "full",
                "confirmed": {"on": "2024-09-01", "by": "p-gba7"},
                "from": "2024-09-01",
                **more,
            }
        ],
    }
    return Record(id="students/2EEE/student", kind="student", student="2EEE", path="", digest="", data=data)


@pytest.mark.parametrize(
    ("record", "readers"),
    [
        (_sibling(MUM), (DAD,)),  # the child knows her, and so does the parent they share
        (_sibling(DAD), (MUM,)),
        (_sibling(MUM, access="none"), (DAD, MUM)),  # somebody who may not see the sister's record
        (_sibling("p-zzzz"), (STUDENT, DAD, MUM)),  # no sister at all
    ],
)
def test_a_sister_is_named_to_anybody_who_is_family_to_both(
    home: Home, record: Record, readers: tuple[str, ...]
) -> None:
    sister = Everybody.of([Someone.of_student(record.data)])
    found = home.with_text("His sister is Esi Quartey.").sightings(sister, {"2EEE": record})
    assert [seen.code for seen in found] == ["TXT-02"]
    assert set(found[0].readers) == {*readers} & {*found[0].readers, *readers}
    assert found[0].readers == tuple(sorted(readers))


def test_a_text_that_nobody_at_home_reads_is_not_looked_at(home: Home, others: Everybody) -> None:
    notes = home.with_text("Mum is at 12 Tannery Court. Freya Lindqvist-Amor.", field="senco_notes")
    assert notes.codes() == []
    assert notes.codes(others=others) == []
    draft = home.with_data(PLAN, {**home.own.records[PLAN].data, "state": "draft", "summary": "07700 900214"})
    assert draft.codes() == []


def test_every_kind_of_record_and_every_depth_is_looked_at(home: Home) -> None:
    profile = home.own.records[PROFILE].data
    matters = [*profile["matters"][:-1], {**profile["matters"][-1], "text": "My mum is on 07700 900214."}]
    (seen,) = home.with_data(PROFILE, {**profile, "matters": matters}).sightings()
    last = len(matters) - 1
    assert (seen.record.id, seen.pointer) == (PROFILE, f"/matters/{last}/text")
    assert seen.place == f"/matters/{matters[-1]['id']}/text"


def test_a_detail_that_changes_is_looked_for_in_every_old_text(home: Home) -> None:
    """The record of a student is as it was; a parent's new number was in it all along."""
    written = home.with_text("The club is on 07700 900999.")
    assert written.codes() == []
    moved = written.with_person(MUM, family={"phone": "07700 900999"})
    assert moved.codes() == ["TXT-01"]


def test_what_was_seen_changes_with_the_text_and_with_the_detail(home: Home) -> None:
    one = home.with_text("Mum: 07700 900214.").sightings()[0].seen
    assert home.with_text("Mum: 07700 900214.").sightings()[0].seen == one
    assert home.with_text("Mum is on 07700 900214.").sightings()[0].seen != one
    both = home.with_text("Mum: 07700 900214.").with_person(DAD, family={"phone": "07700 900214"})
    assert both.sightings() == [] or both.sightings()[0].seen


def test_places_are_named_by_numbers_and_by_short_names(home: Home) -> None:
    record = home.own.records[PLAN]
    kind = home.shared.registry.kinds["plan"]
    for leaf in kind.leaves(record.data):
        place = place_of(kind, record.data, leaf.pointer)
        assert pointer_to(kind, record.data, place) == leaf.pointer
    assert pointer_to(kind, record.data, "/needs/nowhere/name") is None
    assert pointer_to(kind, record.data, "/needs/0/name") is None


_LETTERS = st.text("abcdefghijklmnopqrstuvwxyzäéłñø", min_size=3, max_size=9)
_SPOILT: tuple[Callable[[str, str], str], ...] = (
    lambda first, last: f"{first} {last}",
    lambda first, last: f"{last}, {first}",
    lambda first, last: f"{first[0]}. {last}",
    lambda first, last: f"{first.upper()}  {last.upper()}",
    lambda first, last: f"{first}\n{last}'s",
)


@settings(max_examples=60, deadline=None)
@given(first=_LETTERS, last=_LETTERS, how=st.sampled_from(_SPOILT))
def test_whatever_somebody_is_called_is_found_however_it_is_written(
    home: Home, first: str, last: str, how: Callable[[str, str], str]
) -> None:
    # No word of the example's own texts: “Trial” is one.
    first, last = f"{first.capitalize()}qz", f"{last.capitalize()}qx"
    one = Everybody.of([Someone.of_student({"id": "2FFF", "name": {"full": f"{first} {last}", "known_as": first}})])
    assert home.with_text(f"He likes {how(first, last)} a lot.").codes(others=one) == ["TXT-02"]
