"""The page of released figures, for those who may see them: each release as it was approved, newest first.

Handed in are release records already reduced for a reader. Nothing is counted here, and what is not approved is not
shown to anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sendbook.bundle.fragment import Fragment, Label
from sendbook.figures.release import approved, figures_of
from sendbook.figures.saying import in_a_table, in_full, with_term
from sendbook.kinds.figures import FIGURES
from sendbook.pages.campus_page import CampusPage, CampusReading, HomeBlock, Showing
from sendbook.pages.contents import Heading, contents_list
from sendbook.pages.surroundings import Surroundings
from sendbook.pages.templates import Renders

Release = Mapping[str, Any]

PATH = "/figures/"
#: What a home page says of the latest release.
_HEADLINES = ("send", "sen-support", "ehc-plans", "reviews-on-time", "targets-met")


def releases_for(reading: CampusReading) -> tuple[Release, ...]:
    """The approved releases of which a reader sees more than everyone does, newest first."""
    releases = approved(record for record in reading.records if record.kind == FIGURES)
    return tuple(record.data for record in reversed(releases) if "figures" in record.data)


def _shown(reading: CampusReading) -> Showing | None:
    releases = releases_for(reading)
    if not releases:
        return None
    return Showing(
        pages=lambda making: {PATH: figures_page(releases, reading.around, making.templates, making.nav(PATH))}
    )


def _latest(reading: CampusReading) -> Mapping[str, Any] | None:
    releases = releases_for(reading)
    return headlines(releases[0], reading.around) if releases else None


def figures_page(releases: Sequence[Release], around: Surroundings, templates: Renders, nav: str) -> Fragment:
    """All releases on one page."""
    shown = [_release(release, around) for release in releases]
    terms = _from_to([release["title"] for release in shown])
    content = templates.render("own/figures.html", {"releases": shown, "terms": terms})
    headings = [Heading(id=release["id"], text=release["title"]) for release in shown]
    title, label = f"Figures, {terms}", Label(kind="Campus")
    return Fragment(title=title, nav=nav, contents=contents_list(headings), content=str(content), label=label)


def _from_to(terms: Sequence[str]) -> str:
    """The term of a page's figures, or the first and the last of them; handed in latest first."""
    return terms[0] if len(terms) == 1 else f"{terms[-1]} to {terms[0]}"


def headlines(release: Release, around: Surroundings) -> dict[str, Any]:
    """The latest release in a few lines, for a home page."""
    shown = _release(release, around)
    return {**shown, "rows": [row for row in shown["rows"] if row["id"] in _HEADLINES], "path": PATH}


def _release(release: Release, around: Surroundings) -> dict[str, Any]:
    smallest = release["smallest_count"]
    figures = figures_of(release)
    terms = around.campus.get("terms", ())
    return {
        "id": f"figures-{release['id']}",
        "title": _term(release, around),
        "counted": in_full(release["counted_on"]),
        "approved": in_full(release["approved_on"]),
        "by": around.name(release["approved_by"]),
        "rows": [_row(figure, smallest, terms) for figure in figures if "cells" not in figure],
        "tables": [_table(figure, smallest) for figure in figures if "cells" in figure],
    }


def _term(release: Release, around: Surroundings) -> str:
    terms = around.campus.get("terms", ())
    return str(next((term["name"] for term in terms if term["id"] == release["term"]), release["id"]))


def _row(figure: Mapping[str, Any], smallest: int, terms: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    number, title = in_a_table(figure, smallest), with_term(figure, terms)
    return {"id": figure["id"], "title": title, "number": number, "counts": figure["counts"]}


def _table(figure: Mapping[str, Any], smallest: int) -> dict[str, Any]:
    rows = [(row["title"], in_a_table({**row, "unit": figure["unit"]}, smallest)) for row in figure["cells"]]
    return {"title": figure["title"], "counts": figure["counts"], "rows": rows}


RELEASED_FIGURES: CampusPage[CampusReading] = CampusPage(
    kind=FIGURES,
    path=PATH,
    title="Released figures",
    needs=((FIGURES, "figures"),),
    show=_shown,
    home=HomeBlock(
        name="figures",
        title="Figures",
        template="own/figures_home.html",
        roles=frozenset({"committee_member", "principal", "regional_senco"}),
        show=_latest,
    ),
)
