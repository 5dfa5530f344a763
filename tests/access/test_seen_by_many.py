"""What many readers see alike of the campus's own records is made once; what is one reader's own is theirs alone."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from sendbook.access.basis import Basis
from sendbook.access.parts import Parts
from sendbook.access.people import People, Reader
from sendbook.access.views import shared_view
from sendbook.campus import shipped
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from tests.access.small_campus import AUNT, FINANCE, MOTHER, SENCO, TEACHER, TODAY, campus_of, data
from tests.campus.small_schemas import field, group, kind, write_schemas

#: A record of no student whose entries are for their authors, and for those with a duty.
TALK = kind(
    "talk",
    "talk.yml",
    {
        "id": field(),
        "said": field(
            type="array",
            items=group(
                {"text": field(), "by": field(**{"x-link": "person"})},
                **{"x-owner": {"by": "by", "also": ["senco", "finance_officer"]}},
            ),
        ),
    },
)
AUTHORS = (MOTHER, AUNT, TEACHER)
NOBODY_ELSE: Mapping[str, Parts] = {}
SEEN = (
    NOBODY_ELSE,
    {"3B8M": frozenset({("plan", "provision")})},
    {"7Q4K": frozenset({("plan", "provision"), ("student", "name")})},
)


@pytest.fixture
def campus(tmp_path: Path) -> Campus:
    records = data()
    records["talk"] = {"id": "talk", "said": [{"text": f"by {who}", "by": who} for who in AUTHORS]}
    records["access"]["grants"].append(
        {"id": "talk", "everyone": "signed_in", "records": {"talk": ["open"]}, "action": "read", "reason": "All talk."}
    )
    return campus_of(records, SchemaRegistry.load(shipped.schemas(), write_schemas(tmp_path, {"talk": TALK})))


def shown(campus: Campus, one: Reader, about: Mapping[str, Parts], basis: Basis) -> dict[str, object]:
    seen = shared_view(campus, one, TODAY, about, apart=frozenset(), basis=basis).campus
    return {record.id: (record.digest, record.data) for record in seen.records.values()}


def test_what_a_reader_sees_does_not_depend_on_who_was_asked_about_before(campus: Campus) -> None:
    asked = [(one, about) for one in People.from_campus(campus) for about in SEEN]
    alone = [shown(campus, one, about, Basis.of(campus)) for one, about in asked]
    basis = Basis.of(campus)
    for order in (asked, asked[::-1], random.Random(7).sample(asked, len(asked))):
        assert all(shown(campus, one, about, basis) == alone[asked.index((one, about))] for one, about in order)
    teacher = [seen for (one, _), seen in zip(asked, alone, strict=True) if one.id == TEACHER]
    assert teacher[0] != teacher[1] != teacher[2] != teacher[0], "members of a group show with their provision alone"


def test_an_author_sees_their_own_words_and_nobody_sees_them_with_them(campus: Campus) -> None:
    basis, readers = Basis.of(campus), People.from_campus(campus)

    def words_for(who: str) -> list[str]:
        talk = shared_view(campus, readers[who], TODAY, NOBODY_ELSE, apart=frozenset(), basis=basis).campus.get("talk")
        return [entry["text"] for entry in talk.data.get("said", ())] if talk is not None else []

    everybody = {one.id: words_for(one.id) for one in (*readers, *reversed(list(readers)))}
    assert everybody[MOTHER] == [f"by {MOTHER}"]
    assert everybody[SENCO] == everybody[FINANCE] == [f"by {who}" for who in AUTHORS]
    assert {who for who, words in everybody.items() if words} == {*AUTHORS, SENCO, FINANCE}
