"""The answers people ask for: who can see this student, why (not), and what changed."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest

from sendbook.access.difference import difference
from sendbook.access.policy import Policy
from sendbook.access.views import view
from sendbook.access.who import EVERYTHING, SELF_WORDS, Opened, RoleEntry, who_by_role, words_of
from sendbook.access.why import visible, why
from sendbook.campus.records import Campus
from sendbook.campus.traits import Traits
from tests.access.small_campus import (
    FATHER,
    MOTHER,
    PARENT_TEACHER,
    REGISTRY,
    STEPFATHER,
    TEACHER,
    TODAY,
    TUTOR,
    Data,
    campus_of,
    reader,
)

PLAN = "students/7Q4K/plan"


def seen_by(entry: RoleEntry) -> list[str]:
    return [words for one in entry.opens for words in one.what]


def test_who_by_role_tells_in_plain_words_and_names_nobody(records: Data) -> None:
    entries = {entry.who: entry for entry in who_by_role(Policy.from_record(records["access"]), REGISTRY.kinds)}
    assert [one.what for one in entries["The SENDCo"].opens] == [(EVERYTHING,)]
    assert "the one-page profile" in seen_by(entries["Teachers of the student"])
    assert "what the help costs" not in seen_by(entries["Teachers of the student"])
    assert seen_by(entries["Cover staff who work with this student"])[0] == "name"
    assert "The finance officer" not in entries
    said = str(entries)
    assert not any(str(person["name"]["full"]) in said for name, person in records.items() if "people/" in name)


@pytest.mark.parametrize(
    ("relation", "said", "to_the_student"),
    [
        ("teaches", "Teachers of the student", "My teachers"),
        ("tutor", "The student's tutor", "My tutor"),
        ("key_adult", "The student's key adult", "My key adult"),
        ("assists", "Support assistants who work with the student", "Support assistants who work with me"),
        ("covers", "Cover staff who work with this student", "Cover staff who work with me"),
        (
            "family",
            "Family of the student, once we've confirmed they are family",
            "My family, once school has confirmed they are family",
        ),
        ("self", "The student", "Me"),
    ],
)
def test_each_relation_has_its_words_for_adults_and_for_the_student(
    records: Data, relation: str, said: str, to_the_student: str
) -> None:
    entries = {entry.id: entry.who for entry in who_by_role(Policy.from_record(records["access"]), REGISTRY.kinds)}
    assert entries[f"relation:{relation}"] == said
    assert SELF_WORDS[said] == to_the_student


def test_who_by_role_knows_kinds_a_campus_adds_and_says_of_which_record_a_part_is(records: Data) -> None:
    grant = {"role": "inspector", "kind": "library_card", "parts": ["fines", "costs"], "action": "read", "reason": "R"}
    records["access"]["grants"].append({"id": "x", **grant})
    policy = Policy.from_record(records["access"])
    plan = REGISTRY.kinds["plan"]
    parts = frozenset({"fines", "costs"})
    words = {"fines": "money owed to the library", "costs": "costs (Library card)"}
    card = replace(plan, name="library_card", title="Library card", parts=parts, traits=Traits(parts=words))
    found = {entry.who: entry for entry in who_by_role(policy, {**REGISTRY.kinds, card.name: card})}
    assert seen_by(found["An inspector"]) == ["costs (Library card)", "money owed to the library"]
    assert "An inspector" not in {entry.who for entry in who_by_role(policy, REGISTRY.kinds)}


def test_why_answers_for_every_part(campus: Campus) -> None:
    answers = why(campus, reader(campus, TUTOR), PLAN, TODAY)
    assert set(answers) == REGISTRY.kinds["plan"].parts
    assert answers["targets"].because == "Mr Tudor is this student's tutor (since 1 September 2026)."
    assert answers["costs"].rule == "not-granted"


def test_why_of_an_absent_record_is_empty(campus: Campus) -> None:
    assert why(campus, reader(campus, TUTOR), "students/0000/plan", TODAY) == {}


def test_visible_lists_all_there_is_with_its_rule(campus: Campus) -> None:
    who = reader(campus, MOTHER)
    seen = visible(campus, who, TODAY)
    assert {found.record for found in seen} == set(view(campus, who, TODAY).campus.records)
    assert all(found.rule and found.because for found in seen)
    assert ("students/7Q4K/plan", "targets", "family-plan") in {(f.record, f.part, f.rule) for f in seen}


def test_a_changed_relation_is_an_access_difference(records: Data) -> None:
    before = campus_of(deepcopy(records))
    records["students/7Q4K/student"]["family"][1].update(parts=["name", "profile", "targets"])
    records["students/7Q4K/student"]["teaching_groups"] = []
    found = {change.reader: change for change in difference(before, campus_of(records), TODAY)}
    assert set(found) == {STEPFATHER, TEACHER, PARENT_TEACHER}
    assert (PLAN, "/targets/t1/behaviour") in found[STEPFATHER].gained
    assert found[STEPFATHER].lost == ()
    assert (PLAN, "/targets/t1/behaviour") in found[TEACHER].lost
    assert ("interventions/paired-reading", "/groups/g1/members/7Q4K/from") in found[TEACHER].lost


def test_a_new_sentence_is_no_widening(records: Data) -> None:
    before = campus_of(deepcopy(records))
    records[PLAN]["targets"].insert(0, {"id": "t0", "outcome": "o1", "behaviour": "New"})
    records[PLAN]["summary"] = "Changed"
    assert difference(before, campus_of(records), TODAY) == ()


def test_a_widened_policy_shows_for_everyone_it_reaches(records: Data) -> None:
    before = campus_of(deepcopy(records))
    grant = {"id": "x", "relation": "family", "kind": "plan", "parts": ["costs"], "action": "read", "reason": "R"}
    records["access"]["grants"].append(grant)
    found = {change.reader: change for change in difference(before, campus_of(records), TODAY)}
    assert found[FATHER].gained == (
        (PLAN, "/provision/pr1/costs/funding"),
        (PLAN, "/provision/pr1/costs/resources_gbp"),
    )
    assert TEACHER not in found


def test_the_list_by_role_says_of_each_part_why(campus: Campus) -> None:
    """A wall of reasons, one after the other, would be read by nobody."""
    grants = campus.records["access"].data["grants"]
    (teachers,) = [
        entry
        for entry in who_by_role(Policy.from_record({"grants": grants}), REGISTRY.kinds)
        if "Teachers" in entry.who
    ]
    by_id = {grant["id"]: grant for grant in grants}
    parts = ("what to do in an emergency, and who to call", "whether there is a healthcare plan")
    assert Opened(what=parts, why=by_id["teaches-emergency"]["reason"]) in teachers.opens
    assert len(teachers.opens) == len({one.what for one in teachers.opens})
    assert (teachers.id, teachers.who) == ("relation:teaches", "Teachers of the student")


def test_the_list_by_role_is_of_students_records_alone(campus: Campus) -> None:
    """A grant may open what a campus's own records say of costs besides what a plan costs."""
    policy = Policy.from_record({"grants": campus.records["access"].data["grants"]})
    (principal,) = [entry for entry in who_by_role(policy, REGISTRY.kinds) if "Principal" in entry.who]
    assert [one.what for one in principal.opens if "costs" in str(one.what)] == [
        ("what the help costs", "funding for this student")
    ]


def test_a_part_of_a_kind_that_the_school_does_not_have_is_left_out_of_the_list_by_role(records: Data) -> None:
    """The kind may have gone with its schema; what the same grant opens of students is listed all the same."""
    parts = {"plan": ["costs"], "library_card": ["fines"], "campus": ["costs"]}
    records["access"]["grants"] = [{"id": "x", "role": "inspector", "records": parts, "action": "read", "reason": "R"}]
    (inspector,) = who_by_role(Policy.from_record(records["access"]), REGISTRY.kinds)
    assert seen_by(inspector) == ["what the help costs"]


def test_no_role_is_listed_with_two_parts_of_the_same_name(campus: Campus) -> None:
    policy = Policy.from_record({"grants": campus.records["access"].data["grants"]})
    for entry in who_by_role(policy, REGISTRY.kinds):
        labels = [one.what for one in entry.opens]
        assert len(labels) == len(set(labels)), entry.who


def test_a_whole_plan_is_said_in_a_few_words_and_a_part_of_one_by_its_parts() -> None:
    parts = {("plan", part) for part in REGISTRY.kinds["plan"].parts}
    said = words_of(parts, REGISTRY.kinds)
    assert "the plan and its progress" in said
    assert "targets and progress" not in said
    assert {"what the help costs", "what the family says in the plan"} <= set(said)
    assert "targets and progress" in words_of(parts - {("plan", "cycles")}, REGISTRY.kinds)
