"""Sentences about who sees what are proved on every reader and student they speak of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from sendbook.access.basis import Basis
from sendbook.access.sentences import Breach, Proof, Sentence, sentences_of
from sendbook.access.views import scopes
from sendbook.access.visible_places import visible_leaves
from sendbook.campus.records import Campus, Record
from tests.access.small_campus import (
    COMMITTEE,
    DPO,
    FINANCE,
    MOTHER,
    PRINCIPAL,
    ROOT,
    TEACHER,
    TODAY,
    Data,
    campus_of,
)
from tests.access.worlds import asked_on, worlds
from tests.fast_yaml import read_yaml

SHIPPED = read_yaml((ROOT / "records" / "access-tests.yml").read_text(encoding="utf-8"))["tests"]
PLAN = "students/7Q4K/plan"
# What the built-in rules keep, whatever a campus grants.
BUILT_IN = ("other-household", "other-households-meetings", "left", "strangers", "not-yet-or-not-at-all", "no-account")


def _sentences(*tests: dict[str, Any]) -> tuple[Sentence, ...]:
    data = {"tests": [{"id": f"t{number}", "sentence": "S", **test} for number, test in enumerate(tests)]}
    return sentences_of(Record(id="access-tests", kind="access_tests", student=None, path="p", digest="d", data=data))


def _proof(records: Data, student: str = "7Q4K", on: date = TODAY) -> Proof:
    campus = campus_of(records)
    own = Campus(campus.of_student(student), campus.registry)
    return Proof(campus.shared, own, student, on, Basis.of(campus))


def _breach(records: Data, test: dict[str, Any], **more: Any) -> Breach | None:
    return _proof(records, **more).breach(_sentences(test)[0])


def _grant(records: Data, who: dict[str, str], kind: str, *parts: str) -> None:
    grant = {"id": f"x{len(records['access']['grants'])}", **who, "kind": kind, "parts": list(parts)}
    records["access"]["grants"].append({**grant, "action": "read", "reason": "R"})


@pytest.mark.parametrize("test", SHIPPED, ids=lambda test: str(test["id"]))
def test_every_sentence_a_new_campus_begins_with_holds_on_the_small_campus(records: Data, test: dict[str, Any]) -> None:
    for student in ("7Q4K", "3B8M", "9X2D"):
        assert _breach(records, test, student=student) is None


def test_a_sentence_that_does_not_hold_names_the_place_in_the_file_and_the_reader(records: Data) -> None:
    """The second entry of the file, though it is the only one of the kind that is shown."""
    _grant(records, {"relation": "assists"}, "plan", "student_voice", "confidential_words")
    breach = _breach(records, {"who": ["assists"], "sees": "never", "things": ["confidential_words"]})
    assert breach is not None
    assert (breach.record.id, breach.pointer, breach.reader) == (PLAN, "/student_voice/1/id", "p-ass1")


def test_anybody_who_has_another_tie_is_not_spoken_of_by_never(records: Data) -> None:
    """Who teaches a student and is their key adult may see what a key adult sees."""
    records["students/7Q4K/student"]["team"].append(
        {"id": "k", "person": TEACHER, "as": "key_adult", "from": "2026-09-14"}
    )
    only = {"who": ["teaches"], "sees": "never", "things": ["confidential_words"]}
    assert _breach(records, only) is None
    breach = _breach(records, {**only, "who": ["teaches", "key_adult"]})
    assert breach is not None
    assert breach.reader == TEACHER


def test_who_has_one_of_the_ties_is_spoken_of_by_always(records: Data) -> None:
    test = {"who": ["teaches"], "sees": "always", "kind": "plan", "parts": ["targets"]}
    assert _breach(records, test) is None
    grants = records["access"]["grants"]
    for grant in grants:
        if grant.get("relation") == "teaches" and "targets" in grant["records"].get("plan", ()):
            grant["records"]["plan"].remove("targets")
    breach = _breach(records, test)
    assert breach is not None
    assert breach.pointer.startswith("/targets/0")


def test_always_asks_nothing_of_drafts(records: Data) -> None:
    del records[PLAN]
    assert _breach(records, {"who": ["teaches"], "sees": "always", "parts": ["targets"]}) is None


@pytest.mark.parametrize(
    ("on", "spoken"),
    [(date(2026, 10, 23), False), (date(2026, 10, 24), True)],
)
def test_who_has_left_is_spoken_of_from_the_day_after_the_last(records: Data, on: date, spoken: bool) -> None:
    del records["people/p-0vt1"]  # with whom nothing was ever shared
    proof = _proof(records, on=on)
    assert proof.speaks(_sentences({"who": ["left"], "sees": "never", "things": ["anything"]})[0]) is spoken


@pytest.mark.parametrize(
    "test",
    [
        {"who": ["key_adult"], "sees": "never", "things": ["anything"]},
        {"who": ["restricted"], "sees": "never", "things": ["anything"]},
        {"who": ["teaches"], "sees": "never", "parts": ["no_such_part"]},
        {"who": ["teaches"], "sees": "never"},
    ],
)
def test_a_sentence_about_nobody_or_nothing_speaks_of_nobody(records: Data, test: dict[str, Any]) -> None:
    assert not _proof(records).speaks(_sentences(test)[0])


def test_without_a_sign_in_no_sentence_speaks_of_the_student(records: Data) -> None:
    (test,) = _sentences({"who": ["self"], "sees": "never", "things": ["anything"]})
    assert _proof(records).speaks(test)
    del records["students/7Q4K/student"]["sign_in"]
    assert not _proof(records).speaks(test)


@pytest.mark.parametrize(
    ("facts", "spoken"),
    [
        ({}, False),
        ({"access": "none"}, True),
        ({"court_orders": [{"id": "o", "effect": "no_contact", "from": "2026-01-01"}]}, True),
        ({"court_orders": [{"id": "o", "effect": "no_information", "from": "2026-11-24"}]}, False),
        ({"court_orders": [{"id": "o", "effect": "lives_with", "from": "2026-01-01"}]}, False),
    ],
)
def test_either_an_order_or_no_access_makes_somebody_restricted(
    records: Data, facts: dict[str, Any], spoken: bool
) -> None:
    records["students/7Q4K/student"]["family"][0].update(facts)
    assert (
        _proof(records).speaks(_sentences({"who": ["restricted"], "sees": "never", "things": ["anything"]})[0])
        is spoken
    )


def test_only_who_lives_in_another_household_has_an_address_that_is_spoken_of(records: Data) -> None:
    """Of a family in one household there is none; who is in none themselves lives apart from everybody."""
    family, teachers = (
        _sentences({"who": [who], "sees": "never", "things": ["contact_of_another_household"]})[0]
        for who in ("family", "teaches")
    )
    assert _proof(records).speaks(family)
    for item in records["students/7Q4K/student"]["family"]:
        item["household"] = "a"
    assert not _proof(records).speaks(family)
    assert _proof(records).speaks(teachers)


@pytest.mark.parametrize("never", [True, False], ids=["never", "always"])
def test_no_sentence_speaks_of_a_relation_who_has_no_record(records: Data, never: bool) -> None:
    """The mother is named in the family, and nobody of that name can sign in or be shown anything."""
    test = {"who": ["family"], "sees": "never" if never else "always", "things": ["anything"]}
    family = records["students/7Q4K/student"]["family"]
    family[:] = [item for item in family if item["person"] == MOTHER]
    assert _proof(records).speaks(_sentences(test)[0])
    del records[f"people/{MOTHER}"]
    assert not _proof(records).speaks(_sentences(test)[0])


@pytest.mark.parametrize(
    ("facts", "tie"),
    [
        ({}, "self"),
        ({"on_roll": {"from": "2025-09-01", "until": "2026-11-23"}}, "self"),
        ({"on_roll": {"from": "2025-09-01", "until": "2026-11-22"}}, "left"),
        ({"account_decision": {"on": "2025-09-08", "by": PRINCIPAL, "withdrawn_on": "2026-11-24"}}, "self"),
        ({"account_decision": {"on": "2025-09-08", "by": PRINCIPAL, "withdrawn_on": "2026-11-23"}}, "no_account"),
        ({"account_decision": None}, "no_account"),
    ],
    ids=["account", "last day", "left", "day before withdrawal", "withdrawn", "not decided"],
)
def test_a_student_is_spoken_of_as_themselves_without_an_account_or_as_gone(
    records: Data, facts: dict[str, Any], tie: str
) -> None:
    records["students/7Q4K/student"].update(facts)
    proof, means = _proof(records), []
    for who in ("self", "left", "no_account", "stranger"):
        (sentence,) = _sentences({"who": [who], "sees": "never", "things": ["anything"]})
        means += [who] * proof._means(sentence, "7Q4K")
    assert means == [tie]


@pytest.mark.parametrize("duty", ["finance_officer", "committee_member", "dpo", "inspector"])
def test_each_duty_without_a_tie_to_students_is_spoken_of(records: Data, duty: str) -> None:
    """Of all who hold it one is enough, and no other duty's holder stands in for them."""
    records["people/p-1nsp"] = {**records[f"people/{FINANCE}"], "sign_in": {"email": "i@school.example"}}
    records["people/p-1nsp"]["staff"] = {"duties": [{"id": "d", "role": "inspector", "from": "2026-09-01"}]}
    (always,) = _sentences({"who": [duty], "sees": "always", "parts": ["targets"]})
    proof = _proof(records)
    assert proof.speaks(always)
    breach = proof.breach(always)
    assert breach is not None
    assert breach.reader == {
        "finance_officer": FINANCE, "committee_member": COMMITTEE, "dpo": DPO, "inspector": "p-1nsp"
    }[duty]  # fmt: skip
    (strangers,) = _sentences({"who": ["stranger"], "sees": "always", "parts": ["targets"]})
    assert not proof._means(strangers, breach.reader)


def test_a_neighbouring_sentence_speaks_of_somebody(records: Data) -> None:
    for who in ("teaches", "assists", "tutor", "family", "self", "stranger", "sibling", "left", "principal"):
        test = {"who": [who], "sees": "never", "things": ["anything"]}
        assert _proof(records).speaks(_sentences(test)[0]), who


@pytest.mark.parametrize(
    ("who", "thing", "grants"),
    [
        ("self", "words_of_another_household", [("plan", "family_voice")]),
        ("self", "meetings_of_another_household", [("meeting", "meetings_apart")]),
        ("teaches", "words_of_another_household", [("plan", "family_voice")]),
        ("tutor", "confidential_words", [("meeting", "confidential_words")]),
        ("self", "confidential_words", [("plan", "confidential_words")]),
        ("exams_officer", "anything", []),
    ],
)
def test_a_grant_too_many_is_noticed(records: Data, who: str, thing: str, grants: list[tuple[str, str]]) -> None:
    for kind, part in grants:
        _grant(records, {"relation": who}, kind, part)
    assert _breach(records, {"who": [who], "sees": "never", "things": [thing]}) is not None


def test_the_address_of_another_household_is_looked_for(records: Data) -> None:
    """No grant to families opens it to a family (that is built in), but one to all staff opens it to a teacher."""
    family = {"who": ["family"], "sees": "never", "things": ["contact_of_another_household"]}
    teachers = {**family, "who": ["teaches"]}
    _grant(records, {"everyone": "family"}, "person", "person_name", "contact")
    assert _breach(records, family) is None
    assert _breach(records, teachers) is None
    _grant(records, {"everyone": "staff"}, "person", "person_name", "contact")
    breach = _breach(records, teachers)
    assert breach is not None
    assert breach.record.id in {f"people/{one}" for one in ("p-mth1", "p-fth1", "p-stp1", "p-avnt", "p-br01")}
    assert breach.pointer == "/family"


def test_all_of_one_tie_are_looked_at_and_counted(records: Data) -> None:
    _grant(records, {"relation": "teaches"}, "plan", "costs")
    breach = _breach(records, {"who": ["teaches"], "sees": "never", "parts": ["costs"]})
    assert breach is not None
    assert breach.others == 1  # the two who teach today; one has left


@pytest.mark.parametrize(
    ("shared_until", "left"),
    [("2026-11-22", True), ("2026-11-23", False), (None, True)],
    ids=["ran out", "runs", "none"],
)
def test_family_that_is_no_more_has_left_unless_something_is_shared_with_them(
    records: Data, shared_until: str | None, left: bool
) -> None:
    """What is shared with a former step-parent by name is meant; the sentence about those who have left holds."""
    records["students/7Q4K/student"]["family"][0]["until"] = "2026-06-30"
    former = records["students/7Q4K/student"]["family"][0]["person"]
    if shared_until:
        share = {"id": "s", "student": "7Q4K", "person": former, "kind": "plan", "parts": ["strategies"]}
        records["access"]["shares"] = [{**share, "basis": "consent", "reason": "R", "until": shared_until}]
    proof = _proof(records)
    (nobody,) = _sentences({"who": ["left"], "sees": "never", "things": ["anything"]})
    assert proof._means(nobody, former) is left
    assert proof.breach(nobody) is None


@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to make it small would take minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(worlds(), asked_on)
def test_what_the_built_in_rules_keep_holds_on_any_campus_under_any_policy(records: Data, on: date) -> None:
    shipped = [test for test in SHIPPED if test["id"] in BUILT_IN and test["id"] != "strangers"]
    for student in ("7Q4K", "3B8M", "9X2D"):
        proof = _proof(records, student, on)
        for sentence in _sentences(*shipped):
            breach = proof.breach(sentence)
            assert breach is None, (shipped[sentence.index]["id"], breach)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(worlds(), asked_on)
def test_the_places_found_are_those_of_the_record_itself(records: Data, on: date) -> None:
    """Each pointer found leads in the record to a value that the projection holds, and none is missing."""
    campus = campus_of(records)
    basis = Basis.of(campus)
    for student in campus.students:
        _, projections = scopes(campus, student, on, basis=basis)
        for projected in projections.values():
            for shown in projected.records.values():
                whole = campus.records[shown.id]
                kind = basis.kinds[whole.kind]
                found = set(visible_leaves(whole.data, shown.data))
                values = {leaf.pointer: leaf.value for leaf in kind.leaves(whole.data)}
                assert found <= values.keys()
                said = sorted(repr(leaf.value) for leaf in kind.leaves(shown.data))
                assert sorted(repr(values[pointer]) for pointer in found) == said
