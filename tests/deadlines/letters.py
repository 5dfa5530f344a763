"""Made-up kinds of a campus's own that owe something: a student's letters, and the school's licences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from tests.campus.small_schemas import Schema, field, group, kind

DATE = {"$ref": "common.schema.json#/$defs/date"}

LETTERS = kind(
    "letter",
    "students/{student}/letters.yml",
    {
        "state": field(enum=["draft", "agreed"]),
        "review_by": field(title="Review by", **DATE, **{"x-due": {"what": "Look through the letters"}}),
        "letters": field(
            title="Letters",
            type="array",
            items=group(
                {
                    "from": field(title="From"),
                    "sent_on": field(title="Sent on", **DATE),
                    "answered_on": field(title="Answered on", **DATE, **{"x-part": "answers"}),
                    "who": field(title="Who answers", **{"x-link": "person"}),
                },
                title="Letter",
                description="A letter.",
                **{
                    "x-due": {
                        "what": "Answer {from}",
                        "after": "/letters/-/sent_on",
                        "within": "{school_days_to_share_a_meeting} school days",
                        "until": "/letters/-/answered_on",
                        "by": "/letters/-/who",
                        "source": "Letters Act 2001 s.3",
                        "law": True,
                        "confirmed": True,
                    }
                },
            ),
        ),
    },
)
LICENCE = kind(
    "licence",
    "licences/{id}.yml",
    {
        "name": field(title="Name"),
        "ends_on": field(title="Ends on", **DATE, **{"x-due": {"what": "Renew {name}", "by": "senco"}}),
    },
)


def registry_in(root: Path, *kinds: Schema) -> SchemaRegistry:
    """The shipped kinds and, in the campus at ``root``, these."""
    own = root / "schemas"
    own.mkdir(parents=True, exist_ok=True)
    for one in kinds or (LETTERS, LICENCE):
        (own / f"{one['x-kind']}.schema.json").write_text(json.dumps(one), encoding="utf-8")
    return SchemaRegistry.load(schemas(), own)


def letter(**fields: Any) -> dict[str, Any]:
    """A record with one letter that came on a Monday."""
    return {"letters": [{"from": "the council", "sent_on": "2026-11-02", "who": "p-sen1", **fields}]}
