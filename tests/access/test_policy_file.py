"""The shipped policy, ``records/access.yml``: well formed, in plain words, and closed by default."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from sendbook.access.policy import Policy
from sendbook.campus.strict_yaml import parse
from sendbook.campus.writer import dump
from tests.access.small_campus import REGISTRY, ROOT

SOURCE = ROOT / "records" / "access.yml"
SHIPPED: dict[str, Any] = dict(parse(SOURCE.read_bytes(), "records/access.yml").data or {})
GRANTS: list[dict[str, Any]] = SHIPPED["grants"]


def test_it_is_valid_and_as_the_canonical_writer_writes_it() -> None:
    kind = REGISTRY.kinds["access"]
    assert list(kind.validator.iter_errors(SHIPPED)) == []
    without_comments = b"".join(
        line for line in SOURCE.read_bytes().splitlines(keepends=True) if not line.startswith(b"#")
    )
    assert dump(SHIPPED, kind) == without_comments


@pytest.mark.parametrize("grant", GRANTS, ids=lambda grant: str(grant["id"]))
def test_each_grant_names_parts_that_exist_and_one_kind_of_reader(grant: dict[str, Any]) -> None:
    assert len({"role", "relation", "everyone"} & grant.keys()) == 1
    if grant["kind"] != "all":
        assert set(grant["parts"]) <= REGISTRY.kinds[grant["kind"]].parts
    assert grant["reason"].endswith(".")


def test_no_grant_is_named_twice() -> None:
    assert [name for name, count in Counter(grant["id"] for grant in GRANTS).items() if count > 1] == []


def test_only_the_senco_has_everything_and_only_the_senco_writes() -> None:
    everything = {grant.get("role") for grant in GRANTS if "all" in (grant["kind"], *grant["parts"])}
    assert everything == {"senco"}
    assert {grant.get("role") for grant in GRANTS if grant["action"] == "write"} == {"senco"}


def test_the_sencos_notes_are_in_no_other_grant() -> None:
    assert not any("senco_notes" in grant["parts"] for grant in GRANTS)


def test_plans_profiles_and_meetings_are_granted_only_once_agreed() -> None:
    """Drafts are the SENDCo's alone."""
    for grant in GRANTS:
        if grant["kind"] in ("plan", "profile", "meeting"):
            assert grant["states"] == ["agreed"], grant["id"]


def test_families_see_less_of_the_plan_than_the_campus_principal() -> None:
    assert _parts("family", "plan") < _parts("principal", "plan")


def _parts(who: str, kind: str) -> set[str]:
    grants = (grant for grant in GRANTS if who in (grant.get("role"), grant.get("relation")) and grant["kind"] == kind)
    return {part for grant in grants for part in grant["parts"]}


@pytest.mark.parametrize(
    ("part", "readers"),
    [
        ("family_voice", {"principal", "family"}),
        ("confidential_words", {"dsl", "key_adult"}),
        ("meetings_apart", {"principal", "dsl", "family"}),
        ("minutes", {"principal", "dsl", "tutor", "family", "self"}),
        ("others_present", {"principal", "dsl", "family", "self"}),
        ("family_present", {"principal", "dsl", "tutor", "family"}),
        ("account_decision", {"principal", "dsl"}),
        ("costs", {"principal", "regional_senco", "finance_officer"}),
    ],
)
def test_what_is_told_in_confidence_is_granted_to_those_who_need_it_tomorrow(part: str, readers: set[str]) -> None:
    """Besides the SENDCo, who has every part."""
    assert {grant.get("role") or grant.get("relation") for grant in GRANTS if part in grant["parts"]} == readers


def test_each_reason_is_said_of_one_grant_alone() -> None:
    """One sentence copied from line to line is no answer to why this reader needs this part."""
    reasons = Counter(grant["reason"] for grant in GRANTS)
    assert [reason for reason, count in reasons.items() if count > 1] == []


def test_an_empty_policy_gives_nobody_anything() -> None:
    assert Policy.from_record({"grants": []}).grants_to("role:senco") == ()


def test_a_grant_that_names_two_kinds_of_reader_grants_nobody_anything() -> None:
    grant = {**GRANTS[0], "role": "teacher"}
    policy = Policy.from_record({"grants": [grant]})
    assert policy.grants_to("role:teacher") == policy.grants_to("everyone:signed_in") == ()
