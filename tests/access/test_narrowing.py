"""A record with an error gives nobody more than its last sound version did, and what it takes away counts."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sendbook.access.narrowing import narrowed, within
from sendbook.campus.salvage import Salvaged, salvage

GRANT = {"id": "teachers", "relation": "teaches", "kind": "plan", "parts": ["plan", "needs"], "action": "read"}
COVER = {
    "id": "spring",
    "student": "7Q4K",
    "person": "p-3f8q",
    "role": "senco",
    "from": "2026-09-01",
    "until": "2026-12-18",
}
POLICY: dict[str, Any] = {
    "grants": [{**GRANT, "reason": "To teach."}],
    "covers": [{**COVER, "reason": "Leave."}],
    "shares": [],
    "revocations": [{"id": "r", "person": "p-1aaa", "from": "2026-01-01", "reason": "Left."}],
}
PERSON: dict[str, Any] = {
    "id": "p-3f8q",
    "name": {"full": "Ana Pop", "known_as": "Ms Pop"},
    "sign_in": {"email": "a@tiny.example"},
    "staff": {"job_title": "Teacher", "duties": [{"id": "t", "role": "teacher", "from": "2020-09-01"}]},
}


def read(data: dict[str, Any], **more: Any) -> Salvaged:
    return Salvaged(data=data, whole=True, **more)


def changed(data: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**deepcopy(data), **fields}


def test_what_a_broken_policy_adds_does_not_count() -> None:
    more = {"id": "all", "everyone": "staff", "kind": "all", "parts": ["all"], "action": "read", "reason": "x"}
    now = read(changed(POLICY, grants=[*POLICY["grants"], more]))
    assert narrowed("access", POLICY, now)["grants"] == POLICY["grants"]


def test_a_grant_that_is_gone_or_shorter_in_a_broken_policy_is_gone_or_shorter() -> None:
    assert narrowed("access", POLICY, read(changed(POLICY, grants=[])))["grants"] == []
    shorter = narrowed("access", POLICY, read(changed(POLICY, grants=[{**GRANT, "parts": ["needs", "costs"]}])))
    assert shorter["grants"][0]["parts"] == ["needs"]
    ended = narrowed("access", POLICY, read(changed(POLICY, covers=[{**COVER, "until": "2026-10-01"}])))
    assert ended["covers"][0]["until"] == "2026-10-01"
    longer = narrowed("access", POLICY, read(changed(POLICY, covers=[{**COVER, "until": "2027-10-01"}])))
    assert longer["covers"][0]["until"] == "2026-12-18"


@pytest.mark.parametrize("before", [["all"], ["needs", "plan"]], ids=["everything", "some"])
def test_of_a_list_of_parts_in_a_broken_policy_what_is_no_text_names_nothing(before: list[str]) -> None:
    """A grant of everything becomes one of the parts that can be read, and of no number or group among them."""
    was = changed(POLICY, grants=[{**GRANT, "parts": before}])
    now = read(changed(POLICY, grants=[{**GRANT, "parts": [3, "needs", None, {"plan": "costs"}, ["plan"]]}]))
    assert narrowed("access", was, now)["grants"][0]["parts"] == ["needs"]
    nothing = read(changed(POLICY, grants=[{**GRANT, "parts": [3, {"plan": "costs"}]}]))
    assert narrowed("access", was, nothing)["grants"] == []


def test_an_entry_that_now_means_somebody_else_gives_neither_of_them_anything() -> None:
    now = read(changed(POLICY, covers=[{**COVER, "person": "p-9zzz"}]))
    assert narrowed("access", POLICY, now)["covers"] == []


def test_every_revocation_of_either_version_bites() -> None:
    now = read(changed(POLICY, revocations=[{"id": "n", "person": "p-2bbb", "from": "not a day"}]))
    assert [one["person"] for one in narrowed("access", POLICY, now)["revocations"]] == ["p-1aaa", "p-2bbb"]


def test_an_entry_of_a_list_that_can_not_be_read_whole_is_not_taken_for_gone() -> None:
    now = Salvaged(data={"grants": []}, partial=frozenset({"grants"}))
    assert narrowed("access", POLICY, now)["grants"] == POLICY["grants"]


def test_what_was_to_begin_later_does_not_begin_while_the_record_is_broken() -> None:
    ahead = changed(POLICY, covers=[{**COVER, "from": "2027-01-04", "until": "2027-03-01"}])
    assert narrowed("access", ahead, read(ahead), sound_on="2026-11-23")["covers"] == []
    assert narrowed("access", ahead, read(ahead), sound_on="2027-01-04")["covers"] != []
    teacher = {"person": "p-1aaa", "from": "2027-01-04"}
    place = {"teaching_groups": [{"id": "y7", "teachers": [teacher]}], "contacts": {}}
    for on, left in (("2027-01-03", []), ("2027-01-04", [teacher])):
        assert narrowed("campus", place, read(place), sound_on=on)["teaching_groups"][0]["teachers"] == left


def test_of_a_person_duties_taken_away_and_a_last_day_count_and_new_duties_do_not() -> None:
    more = [*PERSON["staff"]["duties"], {"id": "s", "role": "senco", "from": "2020-09-01"}]
    now = changed(PERSON, staff={"duties": more, "left_on": "2026-11-20"}, family={"phone": "1"})
    left = narrowed("person", PERSON, read(now))
    assert [duty["role"] for duty in left["staff"]["duties"]] == ["teacher"]
    assert left["staff"]["left_on"] == "2026-11-20"
    assert "family" not in left
    assert "duties" not in narrowed("person", PERSON, read(changed(PERSON, staff={"duties": []})))["staff"]
    without = {name: value for name, value in PERSON.items() if name != "sign_in"}
    assert "sign_in" not in narrowed("person", PERSON, read(without))


def test_while_nobody_gains_a_new_person_is_nobody_and_a_new_contact_is_none() -> None:
    assert within("person", None, PERSON) is None
    place = {"contacts": {"senco": "p-1aaa"}}
    assert within("campus", place, {"contacts": {"senco": "p-1aaa", "dpo": "p-2bbb"}}) == place


def test_a_teacher_taken_off_a_class_is_off_it() -> None:
    posts = [{"person": "p-1aaa", "from": "2026-09-01"}, {"person": "p-2bbb", "from": "2026-09-01"}]
    place = {"teaching_groups": [{"id": "y7", "teachers": posts}], "contacts": {}}
    now = {"teaching_groups": [{"id": "y7", "teachers": [posts[0], {"person": "p-3ccc", "from": "2026-09-01"}]}]}
    left = narrowed("campus", place, read(now))
    assert [post["person"] for post in left["teaching_groups"][0]["teachers"]] == ["p-1aaa"]


def test_of_a_broken_campus_a_duty_reaches_no_further_and_students_have_accounts_no_earlier() -> None:
    place = {
        "contacts": {},
        "duty_year_groups": [{"role": "exams_officer", "year_groups": ["10", "11"]}],
        "student_accounts": {"youngest": 11},
    }
    shorter = [{"role": "exams_officer", "year_groups": ["11", "12"]}]
    left = narrowed("campus", place, read({"duty_year_groups": shorter, "student_accounts": {"youngest": 13}}))
    assert left["duty_year_groups"] == [{"role": "exams_officer", "year_groups": ["11"]}]
    assert left["student_accounts"] == {"youngest": 13}
    assert narrowed("campus", place, read({**place, "student_accounts": {"youngest": 5}})) == place
    gone = narrowed("campus", place, read({}))
    assert gone["duty_year_groups"] == []
    assert gone["student_accounts"] == {}
    assert narrowed("campus", place, Salvaged(data={}, partial=frozenset(place))) == place


def test_all_that_either_version_withdraws_from_the_past_stays_withdrawn() -> None:
    one, other = {"record": "students/7Q4K/plan"}, {"record": "students/8B2M/plan"}
    assert narrowed("withdrawn", {"withdrawn": [one]}, read({"withdrawn": [other]}))["withdrawn"] == [one, other]


@pytest.mark.parametrize(
    ("was", "now", "settled", "left"),
    [
        ("agreed", "draft", (), "draft"),
        ("in_force", "draft", ("in_force",), "draft"),
        ("draft", "in_force", ("in_force",), "draft"),
        ("in_force", None, ("in_force",), "in_force"),
        ("planned", "held", ("in_force",), "planned"),
    ],
)
def test_a_record_that_is_settled_no_more_is_taken_back_in_the_words_of_its_kind(
    was: str, now: str | None, settled: tuple[str, ...], left: str
) -> None:
    newer = read({"title": 3} if now is None else {"state": now})
    assert narrowed("trip", {"state": was}, newer, settled=settled)["state"] == left


LEAVES = st.one_of(
    st.none(), st.booleans(), st.text(max_size=4), st.sampled_from(["2026-10-01", "all", "plan", "p-3f8q"])
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "parts", "person", "from", "until", "student", "duties"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*POLICY, *PERSON]), ANYTHING, max_size=5))
def test_whatever_a_broken_record_says_nothing_is_added(data: dict[str, Any]) -> None:
    policy = narrowed("access", POLICY, read(data))
    for name in ("grants", "covers", "shares"):
        was = {one["id"]: one for one in POLICY[name]}
        assert all(set(one.get("parts", ())) <= set(was[one["id"]].get("parts", ())) for one in policy[name])
    assert [*policy["revocations"]][:1] == POLICY["revocations"]
    person = narrowed("person", PERSON, read(data))
    assert person.keys() <= PERSON.keys()
    duties = person.get("staff", {}).get("duties", [])
    assert {duty["role"] for duty in duties} <= {"teacher"}


def test_what_can_be_read_of_a_file_is_read_entry_by_entry() -> None:
    good = yaml.safe_dump(POLICY, sort_keys=False)
    assert salvage(good.encode()) == Salvaged(data=yaml.safe_load(good), whole=True)
    broken = good.replace("reason: To teach.", "reason: 'To teach.")
    found = salvage(broken.encode())
    assert not found.whole
    assert found.partial == {"grants"}
    assert found.data["revocations"][0]["person"] == "p-1aaa"
    assert salvage(b"\xff\xfe\x00").data == {}
    one_entry = "revocations:\n  - id: a\n    person: p-1aaa\n  - id: b\n    person: [\n  - id: c\n    person: p-3ccc\n"
    assert [one["person"] for one in salvage(one_entry.encode()).data["revocations"]] == ["p-1aaa", "p-3ccc"]


@given(st.binary(max_size=200))
def test_any_bytes_can_be_salvaged(source: bytes) -> None:
    salvage(source)
