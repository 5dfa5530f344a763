"""A record of each kind that the small campus lacks, in each state that changes who reads it."""

from __future__ import annotations

from typing import Any

from tests.access.small_campus import ADULTS_MOTHER, MOTHER, Data


def _report(identity: str, **more: Any) -> dict[str, Any]:
    return {
        "id": identity,
        "state": "adults_first",
        "profession": "educational_psychologist",
        "commissioned_by": "family",
        "dated": "2026-10-30",
        "received_on": identity,
        "consent": {"given_by": MOTHER, "on": "2026-09-01"},
        "recommendations": [{"id": "wait", "page": 2, "category": "classroom", "for_staff": "Wait ten seconds."}],
        **more,
    }


def _figures(identity: str, state: str) -> dict[str, Any]:
    return {"id": identity, "term": "autumn-2026", "state": state, "smallest_count": 6}


MORE_KINDS: Data = {
    "students/7Q4K/reports/2026-11-02": _report("2026-11-02"),
    "students/7Q4K/reports/2026-11-03": _report("2026-11-03", state="student_too"),
    "students/7Q4K/reports/2026-11-04": _report("2026-11-04", held_for=MOTHER),
    "students/9X2D/reports/2026-11-02": _report("2026-11-02", state="student_too"),
    "students/9X2D/reports/2026-11-04": _report("2026-11-04", state="student_too", held_for=ADULTS_MOTHER),
    "figures/2026-summer": _figures("2026-summer", "approved"),
    "figures/2026-autumn": _figures("2026-autumn", "computed"),
    "accessibility-plan": {"id": "accessibility", "actions": [{"id": "lift", "action": "A lift", "owner": MOTHER}]},
    "waivers": {"waivers": [{"id": "the-cat", "rule": "TXT-03", "record": "students/7Q4K/profile"}]},
    "access-tests": {"tests": [{"id": "left", "sentence": "Nobody who has left sees anything."}]},
    "withdrawn": {"withdrawn": [{"id": "wrong", "record": "students/7Q4K/plan", "on": "2026-09-15"}]},
}
