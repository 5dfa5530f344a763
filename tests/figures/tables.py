"""Campuses as far as figures go: lists of students drawn by Hypothesis, terms of them, and their releases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from sendbook.figures import release
from sendbook.figures.counts import AREAS, STAGES, Counted, Money, Rate
from sendbook.figures.settings import FigureSettings
from sendbook.figures.suppression import hide
from sendbook.kinds.plan.shares import REVIEWS_ON_TIME, TARGETS_MET

HOUSE = FigureSettings()
Pupil = tuple[str, str, str]
TAUGHT = list(STAGES)[2:]

pupils = st.tuples(st.sampled_from("KKKE"), st.sampled_from(list(AREAS)), st.sampled_from(TAUGHT))


@st.composite
def histories(draw: st.DrawFn, *, terms: int = 3) -> list[list[Pupil]]:
    """A term's students with SEND, and those of the terms after: from one to the next at most two are others."""
    first = draw(st.lists(pupils, min_size=0, max_size=45))
    found = [first]
    for _ in range(draw(st.integers(0, terms - 1))):
        rest = list(found[-1])
        for _ in range(draw(st.integers(0, 2))):
            if rest and draw(st.booleans()):
                rest.pop(draw(st.integers(0, len(rest) - 1)))
                if draw(st.booleans()):
                    rest.append(draw(pupils))
            else:
                rest.append(draw(pupils))
        found.append(rest)
    return found


def counted(students: Sequence[Pupil], *, others: int = 25, reviews: Rate | None = None, term: int = 0) -> Counted:
    """What would be counted of these students with SEND beside ``others`` in each stage."""
    on = date(2026, 9, 30) + timedelta(days=100 * term)
    by_area, by_stage = Counter(one[1] for one in students), Counter(one[2] for one in students)
    roll_by_stage = {stage: by_stage[stage] + others for stage in TAUGHT}
    support = sum(one[0] == "K" for one in students)
    rate = reviews or Rate(part=0, whole=0, students=0)
    return Counted(
        on=on,
        since=on,
        until=on,
        rated_term="the term",
        roll=sum(roll_by_stage.values()),
        roll_by_stage=roll_by_stage,
        support=support,
        plans=len(students) - support,
        by_area={area: by_area[area] for area in AREAS},
        by_stage={stage: by_stage[stage] for stage in TAUGHT},
        rates={REVIEWS_ON_TIME: rate, TARGETS_MET: Rate(part=0, whole=0, students=0)},
        funding=Money(amounts=()),
    )


def released_as(counts: Counted, earlier: Sequence[dict[str, Any]], settings: FigureSettings = HOUSE) -> dict[str, Any]:
    """The record of a release, as the command would write it after those before."""
    cells = hide(release._counts(counts), [release.as_release(one) for one in earlier], settings)
    return {
        "smallest_count": settings.smallest_count,
        "public": list(release._public_figures(counts, cells, settings)),
        "figures": list(release._figures(counts, cells, settings, earlier)),
    }


def all_released(history: Sequence[Sequence[Pupil]]) -> list[dict[str, Any]]:
    """The releases of a history, one after the other."""
    found: list[dict[str, Any]] = []
    for term, students in enumerate(history):
        found.append(released_as(counted(students, term=term), found))
    return found
