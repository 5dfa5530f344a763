"""A plan as a PDF by a warm press, beside WeasyPrint making one of the same content, in the same run.

Each plan of the example campus is printed once by each: what was printed before would be half done. WeasyPrint is given
our fonts and the same texts, tables and drawings as HTML, and is asked for PDF/UA as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from statistics import median
from typing import Any

from benchmarks.campus import ON, folder_of
from benchmarks.result import Row, ratio, seconds
from sendbook.campus.records import Campus
from sendbook.campus.shipped import example, site_templates
from sendbook.documents.press import Press
from sendbook.kinds.printed import printed_as
from sendbook.site.build.readings import reading_for
from sendbook.site.build.shared_campus import SharedCampus

_BAR = 7.0
_STYLE = """
@font-face { font-family: Ours; src: url('file://%(fonts)s/sendbook-sans-regular.ttf'); }
@font-face { font-family: Ours; font-weight: bold; src: url('file://%(fonts)s/sendbook-sans-bold.ttf'); }
@page { size: A4; margin: 18mm 20mm 22mm; @bottom-right { content: counter(page) ' of ' counter(pages); } }
body { font: 11pt/1.4 Ours; color: #23302e; } h1, h2, h3 { color: #1d4a44; }
table { border-collapse: collapse; width: 100%%; } th, td { border-bottom: 1px solid #c9c0b0; padding: 5pt; }
"""


def rows() -> list[Row]:
    """The ratio, or why it could not be measured."""
    work = "a plan PDF: WeasyPrint / our press, warm"
    bar = f"at least {_BAR:.0f} ×"
    try:
        from weasyprint import HTML
        from weasyprint.text.fonts import FontConfiguration
    except (ImportError, OSError) as error:
        return [Row(work=work, measured="not measured", bar=bar, holds=None, told=f"WeasyPrint: {error}")]
    plans = list(_plans())
    fonts = FontConfiguration()
    press = Press()
    theirs, ours = [], []
    for number, plan in enumerate(plans):
        page = _html(json.loads(plan)["said"])
        other = seconds(lambda page=page: HTML(string=page).write_pdf(font_config=fonts, pdf_variant="pdf/ua-1"))
        own = seconds(lambda plan=plan: press.pdf(plan))
        if number >= 2:  # the first ones warm both
            theirs.append(other)
            ours.append(own)
    times = ratio(theirs, ours)
    return [
        Row(
            work=work,
            measured=f"{times:.1f} ×",
            bar=bar,
            holds=times >= _BAR,
            told=f"{1000 * median(ours):.0f} ms and {1000 * median(theirs):.0f} ms, {len(ours)} plans of several pages",
        )
    ]


def _plans() -> Iterator[bytes]:
    """The print data of every plan of the example campus, as its SENDCo sees it."""
    folder = folder_of(example())
    campus = folder.load().campus
    common = SharedCampus(campus.shared, ON, folder.root)
    senco = str(common.shared.records["campus"].data["contacts"]["senco"])
    for student in campus.students:
        reading = reading_for(common, Campus(campus.of_student(student), campus.registry), student, senco)
        data = printed_as("plan", reading) if reading else None
        if data is not None:
            yield data


def _html(said: dict[str, Any]) -> str:
    """The same content as HTML."""
    inside = "".join(f"<h2>{escape(one['title'])}</h2>{_block(one['said'])}" for one in said["sections"])
    style = _STYLE % {"fonts": site_templates() / "fonts"}
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Plan</title><style>{style}</style>"
        f"<h1>{escape(said['heading'])}</h1><p>{escape(said['lead'])}</p>{inside}"
    )


def _block(value: Any) -> str:
    """Any part of a plan: drawings as drawings, rows as tables, texts as paragraphs."""
    if isinstance(value, str):
        return f"<p>{escape(value)}</p>"
    if isinstance(value, list):
        if value and all(isinstance(one, list) and all(isinstance(cell, str) for cell in one) for one in value):
            return _table(value)
        return "".join(map(_block, value))
    if isinstance(value, dict):
        if "ticks" in value:
            return _drawing(value)
        title = value.get("title") or value.get("name") or ""
        head = f"<h3>{escape(title)}</h3>" if title else ""
        return head + "".join(_block(inner) for key, inner in value.items() if key not in ("title", "name"))
    return ""


def _table(rows_of_text: list[list[str]]) -> str:
    head = "".join(f"<th>{number}" for number in range(len(rows_of_text[0])))
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}" for cell in row) for row in rows_of_text)
    return f"<table><thead><tr>{head}<tbody>{body}</table>"


def _drawing(plot: dict[str, Any]) -> str:
    way = " ".join(f"{x},{y}" for x, y in plot["points"])
    lines = "".join(f'<path stroke="#c9c0b0" d="M{plot["left"]} {y}H{plot["right"]}"/>' for _, y in plot["ticks"])
    words = "".join(f'<text x="4" y="{y}" font-size="12">{escape(label)}</text>' for label, y in plot["ticks"])
    return (
        f'<svg width="{plot["width"]}" height="{plot["height"]}" role="img">{lines}{words}'
        f'<polyline fill="none" stroke="#0b5a69" stroke-width="2" points="{way}"/></svg>'
    )
