"""The shipped policy, ``records/access.yml``: well formed, in plain words, and closed by default."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sendbook.access.basis import has_states
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
    for kind, parts in grant["records"].items():
        assert set(parts) <= (REGISTRY.kinds[kind].parts if kind != "all" else {"all"})
    assert grant["reason"].endswith(".")


def test_no_grant_is_named_twice() -> None:
    assert [name for name, count in Counter(grant["id"] for grant in GRANTS).items() if count > 1] == []


def test_only_the_senco_has_everything_and_only_the_senco_writes() -> None:
    everything = {grant.get("role") for grant in GRANTS if any("all" in pair for pair in _opened(grant))}
    assert everything == {"senco"}
    assert {grant.get("role") for grant in GRANTS if grant["action"] == "write"} == {"senco"}


def test_the_sencos_notes_are_in_no_other_grant() -> None:
    assert not any(part == "senco_notes" for grant in GRANTS for _, part in _opened(grant))


def test_plans_profiles_and_meetings_are_granted_only_once_agreed() -> None:
    """Drafts are the SENDCo's alone."""
    for grant in GRANTS:
        if grant["records"].keys() & {"plan", "profile", "meeting"}:
            assert grant["states"] == ["agreed"], grant["id"]


def test_families_see_less_of_the_plan_than_the_campus_principal() -> None:
    assert _parts("family", "plan") < _parts("principal", "plan")


def _parts(who: str, kind: str) -> set[str]:
    grants = (grant for grant in GRANTS if who in (grant.get("role"), grant.get("relation")))
    return {part for grant in grants for part in grant["records"].get(kind, ())}


def _opened(grant: dict[str, Any]) -> set[tuple[str, str]]:
    return {(kind, part) for kind, parts in grant["records"].items() for part in parts}


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
    opening = [grant for grant in GRANTS if part in {part for _, part in _opened(grant)}]
    assert {grant.get("role") or grant.get("relation") for grant in opening} == readers


def test_it_opens_what_is_listed_and_nothing_else() -> None:
    """However grants are put together, every line of the list stays one, and a line more or less is a decision."""
    listed = (Path(__file__).parent / "opened.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(_lines(Policy.from_record(SHIPPED))) == listed


def _lines(policy: Policy) -> Iterator[str]:
    """Each part that each grant opens, with all that it depends on; a kind without states is not limited to any."""
    for grant in policy.grants:
        for name, part in grant.parts:
            stateful = name == "all" or has_states(REGISTRY.kinds[name])
            states = ",".join(sorted(grant.states or ())) if stateful else ""
            limits = [f"of {grant.of}"] * bool(grant.of) + [f"only {states}"] * bool(states)
            yield " ".join([grant.who, grant.action, f"{name}.{part}", *limits])


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
