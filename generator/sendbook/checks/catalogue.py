"""What a SEN information report has to cover: every item as data, with the paragraph it comes from.

The numbers follow Schedule 1 to the Special Educational Needs and Disability Regulations 2014 (thirteen paragraphs,
the third with seven parts) and section 69(3)(b) of the Children and Families Act 2014 (four items). What the Code of
Practice adds is asked as well, and is not law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueItem:
    """One thing the report covers.

    ``asks`` completes "The report says …". ``must`` is false for what the Code of Practice only recommends;
    ``confirmed`` is false where the paragraph has still to be read against the published text. ``within`` is the
    item it is a part of.
    """

    id: str
    asks: str
    source: str
    confirmed: bool
    must: bool = True
    within: str = ""


_SCHEDULE = "SEND Regulations 2014, Schedule 1, paragraph"
_ACT = "Children and Families Act 2014 s.69(3)(b)"
_CODE = "SEND Code of Practice 2015,"


def _scheduled(number: str, asks: str, *, confirmed: bool = True) -> CatalogueItem:
    short = number.replace("(", "").replace(")", "")
    return CatalogueItem(
        id=f"SENIR-{short}",
        asks=asks,
        source=f"{_SCHEDULE} {number}",
        confirmed=confirmed,
        within="SENIR-3" if "(" in number else "",
    )


ITEMS: tuple[CatalogueItem, ...] = (
    _scheduled("1", "what kinds of special educational needs the school provides for"),
    _scheduled("2", "how students with special educational needs are found, and their needs assessed"),
    _scheduled("3", "how help is planned and given, with or without an EHC plan"),
    _scheduled("3(a)", "how the school finds out whether its help works"),
    _scheduled("3(b)", "how progress is assessed and reviewed, and how parents and students take part in that"),
    _scheduled("3(c)", "how students with special educational needs are taught"),
    _scheduled("3(d)", "how the curriculum and the places of learning are adapted"),
    _scheduled("3(e)", "what additional help with learning there is"),
    _scheduled("3(f)", "how students take part in activities with everybody else, physical ones included"),
    _scheduled("3(g)", "how emotional, mental and social development is supported"),
    _scheduled("4", "who the SENCo is, and how to reach them"),
    _scheduled("5", "what staff know and are trained in, and where further expertise comes from"),
    _scheduled("6", "how equipment and facilities are provided"),
    _scheduled("7", "how parents are consulted and involved"),
    _scheduled("8", "how students are consulted and involved", confirmed=False),
    _scheduled("9", "how parents' complaints about the help are handled", confirmed=False),
    _scheduled("10", "how health, social care, council services and charities are involved", confirmed=False),
    _scheduled("11", "where families find advice, with contact details", confirmed=False),
    _scheduled("12", "how students are helped to move on, and towards adult life", confirmed=False),
    _scheduled("13", "where the local authority's Local Offer is published", confirmed=False),
    CatalogueItem(id="SENIR-69bi", asks="how disabled students are admitted", source=f"{_ACT}(i)", confirmed=True),
    CatalogueItem(
        id="SENIR-69bii",
        asks="what is done so that disabled students are not treated less favourably",
        source=f"{_ACT}(ii)",
        confirmed=True,
    ),
    CatalogueItem(
        id="SENIR-69biii",
        asks="what facilities help disabled students to get access",
        source=f"{_ACT}(iii)",
        confirmed=True,
    ),
    CatalogueItem(id="SENIR-69biv", asks="what the accessibility plan says", source=f"{_ACT}(iv)", confirmed=True),
    CatalogueItem(
        id="SENIR-C80",
        asks="how students in care are helped",
        source=f"{_CODE} 6.80",
        confirmed=False,
        must=False,
    ),
    CatalogueItem(
        id="SENIR-C81a",
        asks="what other formats it is available in, and where to find the school's SEN policy",
        source=f"{_CODE} 6.81",
        confirmed=False,
        must=False,
    ),
    CatalogueItem(
        id="SENIR-C81b",
        asks="who parents and students can go to with a worry",
        source=f"{_CODE} 6.81",
        confirmed=False,
        must=False,
    ),
    CatalogueItem(
        id="SENIR-C81c",
        asks="what the school contributes to the Local Offer",
        source=f"{_CODE} 6.81",
        confirmed=False,
        must=False,
    ),
    CatalogueItem(
        id="SENIR-C82",
        asks="how the curriculum of each year is made accessible",
        source=f"{_CODE} 6.82",
        confirmed=False,
        must=False,
    ),
)

BY_ID: Mapping[str, CatalogueItem] = {item.id: item for item in ITEMS}
