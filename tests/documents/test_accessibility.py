"""Every kind of document passes our inspection, and the inspection finds each fault in a PDF broken by hand."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pikepdf
import pytest

from sendbook.documents.kinds import DocumentKind, print_data
from sendbook.documents.markdown_blocks import blocks_of
from sendbook.documents.press import Press
from sendbook.handbook.print_pages import ACCESSIBILITY, REPORT, site_extensions
from sendbook.kinds.printed import printed_as
from tests.documents.inspecting import faults
from tests.documents.samples import draft, plan, press, profile, reading, text_of
from tests.site.small_student import records

NAMES = ("Aaron", "Small", "Mrs Senco")
PAGE = (
    "## One\n\nWords with **bold** and [a link](https://gov.example).\n\n### Two\n\n1. First\n\n"
    "| A | B |\n|---|---|\n| 1 | 2 |\n"
)


def page(kind: DocumentKind) -> bytes:
    said = {
        "heading": kind.title,
        "lead": "What it is.",
        "copy": "",
        "facts": [["School", "Ours"]],
        "blocks": blocks_of(PAGE * 6, *site_extensions()),
    }
    return print_data(kind, "", said, day="2026-10-15", day_said="15 October 2026")


@cache
def documents() -> dict[str, bytes]:
    """One PDF of each kind."""
    data = {
        "plan": plan(),
        "draft": draft(),
        "profile": profile(),
        "report": page(REPORT),
        "accessibility": page(ACCESSIBILITY),
    }
    return {name: press().pdf(one) for name, one in data.items()}


@pytest.mark.parametrize("kind", ["plan", "draft", "profile", "report", "accessibility"])
def test_a_document_has_no_fault(kind: str) -> None:
    assert faults(documents()[kind], names=NAMES) == set()


@pytest.mark.parametrize("manner", ["staff", "family", "student"])
def test_a_plan_has_no_fault_anybody_who_reads_it(manner: str) -> None:
    assert faults(press().pdf(plan(manner=manner)), names=NAMES) == set()


def test_a_list_in_the_emergency_box_is_tagged_as_a_list_on_both_papers() -> None:
    data = records()
    data["student"]["emergency"] |= {
        "watch_for": "Either of\n- going grey\n- sweating",
        "do": ["Do both:\n- give the juice\n- sit with him", "Call 999."],
        "medicine": "- front pocket\n- school office",
    }
    for made in (printed_as("plan", reading(data)), printed_as("profile", reading(data))):
        assert made is not None
        pdf = press().pdf(made)
        assert faults(pdf, names=NAMES) == set()
        with pikepdf.open(io.BytesIO(pdf)) as document:
            lists = [element for element in structure(document.Root.StructTreeRoot.K) if str(element.S) == "/L"]
        # What to watch for, what to do (two steps, and the list within one of them), the medicine, who to call.
        assert [len(one.K) for one in lists[:5]] == [2, 3, 2, 2, 2]


def structure(node: Any) -> Iterator[Any]:
    """Every element of the structure tree."""
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from structure(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from structure(node.get("/K", []))


def retag(old: str, new: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        for element in structure(pdf.Root.StructTreeRoot.K):
            if str(element.S) == old:
                element.S = pikepdf.Name(new)

    return change


def retag_rows(pdf: pikepdf.Pdf) -> None:
    """As if only the columns had headers."""
    for element in structure(pdf.Root.StructTreeRoot.K):
        if str(element.S) == "/TH" and any(str(one.get("/Scope", "")) == "/Row" for one in element.A):
            element.S = pikepdf.Name("/TD")


def without_scope(pdf: pikepdf.Pdf) -> None:
    for element in structure(pdf.Root.StructTreeRoot.K):
        if str(element.S) == "/TH":
            del element["/A"]


def drop(*way: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        place: Any = pdf.Root
        for step in way[:-1]:
            place = place[step]
        del place[way[-1]]

    return change


def without_title(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        del metadata["dc:title"]


def without_standard(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        del metadata["pdfuaid:part"]


def with_author(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = "Aaron Small"


def with_pale_text(pdf: pikepdf.Pdf) -> None:
    first = pdf.pages[0]
    first.contents_coalesce()
    pale = [
        ([0.8, 0.8, 0.8], pikepdf.Operator("rg")) if str(operator) in ("scn", "sc", "rg") else (operands, operator)
        for operands, operator in pikepdf.parse_content_stream(first)
    ]
    first.Contents = pdf.make_stream(pikepdf.unparse_content_stream(pale))


def without_alternative(pdf: pikepdf.Pdf) -> None:
    for element in structure(pdf.Root.StructTreeRoot.K):
        if str(element.S) == "/Figure":
            del element["/Alt"]


def without_font_files(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].resources.Font.values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        for key in [key for key in descriptor if str(key).startswith("/FontFile")]:
            del descriptor[key]


BROKEN: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "not tagged": drop("/MarkInfo"),
    "no language": drop("/Lang"),
    "no title": without_title,
    "claims no standard": without_standard,
    "title not shown": drop("/ViewerPreferences", "/DisplayDocTitle"),
    "name in metadata": with_author,
    "heading skipped": retag("/H2", "/H3"),
    "table without a header row": retag("/TH", "/TD"),
    "row without a header": retag_rows,
    "header without a scope": without_scope,
    "picture without words": without_alternative,
    "bold used as a heading": retag("/H3", "/P"),
    "pale text": with_pale_text,
    "font not embedded": without_font_files,
}


@pytest.mark.parametrize("fault", sorted(BROKEN))
def test_each_fault_is_found_in_a_document_broken_by_hand(fault: str) -> None:
    with pikepdf.open(io.BytesIO(documents()["plan"])) as pdf:
        BROKEN[fault](pdf)
        broken = io.BytesIO()
        pdf.save(broken)
    assert fault in faults(broken.getvalue(), names=NAMES)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("#show: house\n= One\n#table(columns: 2, [a], [b])", "table without a header row"),
        ('#show: house\n= One\n#text(fill: rgb("#bbbbbb"))[pale]', "pale text"),
        ("#show: house\n= One\n*Posing as a heading*\n\nText.", "bold used as a heading"),
    ],
)
def test_what_typst_lets_through_in_a_campuss_own_template_is_found(source: str, fault: str, tmp_path: Any) -> None:
    own = tmp_path / "site_templates" / "documents"
    own.mkdir(parents=True)
    (own / "plan.typ").write_text(source)
    assert faults(Press(tmp_path).pdf(plan())) == {fault}


def tables(pdf: bytes) -> list[list[list[tuple[str, str]]]]:
    """Each table's rows, each a list of its cells: tag and scope."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        every = list(structure(document.Root.StructTreeRoot.K))
        return [
            [[(str(cell.S), scope(cell)) for cell in row.K] for row in structure(table.K) if str(row.S) == "/TR"]
            for table in every
            if str(table.S) == "/Table"
        ]


def scope(cell: Any) -> str:
    return next((str(one.Scope) for one in cell.get("/A", []) if "/Scope" in one), "")


def test_a_table_s_first_row_heads_its_columns_and_each_first_cell_its_row() -> None:
    found = tables(documents()["plan"]) + tables(documents()["accessibility"])
    assert len(found) > 5
    for head, *rows in found:
        assert set(head) == {("/TH", "/Column")}
        assert rows
        assert {row[0] for row in rows} == {("/TH", "/Row")}
        assert {cell for row in rows for cell in row[1:]} == {("/TD", "")}


def test_what_is_empty_and_what_stands_alone_head_no_row() -> None:
    source = "## One\n\n| A | B |\n|---|---|\n|  | 2 |\n| 3 | 4 |\n\n| Alone |\n|---|\n| 1 |\n"
    said = {"heading": "Ours", "lead": "", "copy": "", "facts": [], "blocks": blocks_of(source, *site_extensions())}
    pdf = press().pdf(print_data(ACCESSIBILITY, "", said, day="2026-10-15", day_said="15 October 2026"))
    several, alone = tables(pdf)
    assert [row[0] for row in several] == [("/TH", "/Column"), ("/TD", ""), ("/TH", "/Row")]
    assert alone == [[("/TH", "/Column")], [("/TD", "")]]
    assert faults(pdf) == set()


def test_words_of_a_record_that_look_like_tags_are_printed_as_they_were_written() -> None:
    words = "1 0 obj <</Type/StructElem/S/TD/P 2 0 R/A[<</O/Table/Headers[(U1x0y0)]>>]/K[1]>>"
    assert words.replace(" ", "") in text_of(press().pdf(plan({"summary": words}))).replace(" ", "")


LINKS = "## A\n\n[Local](https://sendiass-averylongcouncil.example/and/a/path_of?it=so&b=ünïque) words\n\n" + "".join(
    f"## Part {number}\n\nWords.\n\n" for number in range(6)
)


def test_a_link_leads_where_the_page_says_and_is_as_high_as_its_line() -> None:
    """On paper long addresses may break; where they lead is not for reading. 18 points are 24 pixels."""
    said = {"heading": "Ours", "lead": "", "copy": "", "facts": [], "blocks": blocks_of(LINKS, *site_extensions())}
    pdf = press().pdf(print_data(REPORT, "", said, day="2026-10-15", day_said="15 October 2026"))
    assert faults(pdf) == set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = [one for page in document.pages for one in page.get("/Annots", [])]
        leads = [str(one.A.URI) for one in found if "/A" in one and "/URI" in one.A]
        heights = [float(one.Rect[3]) - float(one.Rect[1]) for one in found]
    assert leads == ["https://sendiass-averylongcouncil.example/and/a/path_of?it=so&b=%C3%BCn%C3%AFque"]
    assert len(heights) == 8
    assert all(height >= 18 for height in heights[:7])  # the list of contents, where each line is a link
    assert heights[7] >= 15.5
