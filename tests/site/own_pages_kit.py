"""Readers of a small school, and the pages that are theirs alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sendbook.bundle.fragment import Fragment
from sendbook.campus.terms import Terms
from sendbook.pages.campus_page import CampusReading
from sendbook.site.readers.due import Rules
from sendbook.site.readers.own_pages import OwnReader, OwnSite, own_site_of
from tests.site.small_student import (
    CAMPUS,
    KINDS,
    Outline,
    around,
    facts,
    projected,
    templates,
)

ON = date(2026, 11, 23)


RULES = Rules.of(CAMPUS, KINDS["campus"].defaults)


SENCO = OwnReader(id="p-sen1", name="Mrs Senco", roles=("senco",), is_staff=True)


TEACHER = OwnReader(id="p-tea1", name="Mr Teacher", roles=("teacher",), is_staff=True)


ASSISTANT = OwnReader(id="p-ass1", name="Ms Assistant", roles=("support_assistant",), is_staff=True)


MOTHER = OwnReader(id="p-mum1", name="Ms Mother", is_family=True)


PUPIL = OwnReader(id="7Q4K", name="Aaron", student="7Q4K")


def own(reader: OwnReader, students: Sequence[Any], on: date = ON) -> dict[str, Fragment]:
    return site_of(reader, students, on).pages


def site_of(reader: OwnReader, students: Sequence[Any], on: date = ON) -> OwnSite:
    return own_site_of(
        reader, students, CampusReading(around=around(), on=on), templates(), terms=Terms.from_campus(CAMPUS)
    )


def links_of(reader: OwnReader, students: Sequence[Any]) -> list[str]:
    return [link.url for link in site_of(reader, students).links]


def text_of(reader: OwnReader, students: Sequence[Any], path: str = "/", on: date = ON) -> str:
    return Outline(own(reader, students, on)[path].content).text


def many(count: int) -> list[dict[str, Any]]:
    return [facts(projected(identity=f"{number:03}A")) for number in range(count)]
