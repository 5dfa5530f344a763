"""What a PDF says to those who can't see it, and what it keeps out of sight, is looked through like its pages."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from sendbook.checks.finding import Severity
from sendbook.checks.leaks.folding import words_of
from sendbook.checks.leaks.identifiers import Identifier, Identifiers
from sendbook.checks.leaks.pdf import pdf_texts
from sendbook.checks.leaks.scan import Scanner, leaks

WHO = "Freya Lindholm-Shaw"
IDENTIFIERS = Identifiers(
    words=(Identifier(words=("freya", "lindholm", "shaw"), what="a student's full name", code="leak-name"),),
    numbers={},
    births=frozenset(),
)
UTF_16 = f"<{(chr(0xFEFF) + WHO).encode('utf-16-be').hex()}>"
UTF_8 = f"<{(chr(0xFEFF) + WHO).encode().hex()}>"


def with_page(content: str = "", **resources: object) -> Pdf:
    """A tagged PDF of one page with this content."""
    document = Pdf.new()
    document.add_blank_page(page_size=(200, 200))
    page = document.pages[0]
    page.Contents = document.make_stream(content.encode())
    page.Resources = Dictionary({f"/{key}": value for key, value in resources.items()})
    document.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Array([]))
    return document


def element(document: Pdf, **said: str) -> Pdf:
    figure = Dictionary({"/Type": Name.StructElem, "/S": Name.Figure, **{f"/{key}": said[key] for key in said}})
    document.Root.StructTreeRoot.K.append(document.make_indirect(figure))
    return document


def drawn(document: Pdf, content: str) -> Pdf:
    """A drawing that is used on the page, with content of its own."""
    form = document.make_stream(content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    document.pages[0].Resources.XObject = Dictionary(Fm0=form)
    return document


def stamped(document: Pdf, content: str) -> Pdf:
    """A note whose looks have content of their own."""
    looks = document.make_stream(content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 9, 9]), AP=Dictionary(N=looks))
    document.pages[0].Annots = Array([document.make_indirect(note)])
    return document


def in_two(document: Pdf, first: str, second: str) -> Pdf:
    """What a page holds may be cut between any two words of it."""
    document.pages[0].Contents = Array([document.make_stream(one.encode()) for one in (first, second)])
    return document


def marked(said: str, tag: str = "Span") -> str:
    return f"/{tag} <<{said}>> BDC BT (x) Tj ET EMC"


PLANTED = {
    "structure ActualText": element(with_page(), ActualText=WHO),
    "structure Alt": element(with_page(), Alt=f"A photograph of {WHO}"),
    "structure E": element(with_page(), E=WHO),
    "structure T": element(with_page(), T=WHO),
    "marked ActualText": with_page(marked(f"/ActualText ({WHO})")),
    "marked Alt": with_page(marked(f"/Alt ({WHO})", "Figure")),
    "marked E": with_page(marked(f"/E ({WHO})")),
    "marked in UTF-16": with_page(marked(f"/ActualText {UTF_16}")),
    "marked in UTF-8": with_page(marked(f"/ActualText {UTF_8}")),
    "marked in octal": with_page(marked(f"/ActualText ({''.join(f'{chr(92)}{ord(one):03o}' for one in WHO)})")),
    "marked in a list": with_page(marked(f"/A [<</Alt ({WHO})>>]")),
    "marked point": with_page(f"/Span <</ActualText ({WHO})>> DP"),
    "marked by a property": with_page(
        "/Span /P0 BDC EMC", Properties=Dictionary(P0=Dictionary(ActualText=pikepdf.String(WHO)))
    ),
    "marked across a cut": in_two(with_page(), "/Span <</ActualText", f"({WHO})>> BDC EMC"),
    "in a drawing": drawn(with_page("/Fm0 Do"), marked(f"/ActualText {UTF_16}")),
    "in a drawing nobody draws": drawn(with_page(), marked(f"/Alt ({WHO})")),
    "in a note's looks": stamped(with_page(), marked(f"/Alt ({WHO})")),
}


def saved(document: Pdf, **how: object) -> bytes:
    held = io.BytesIO()
    document.save(held, **how)  # type: ignore[arg-type]
    return held.getvalue()


def told(content: bytes) -> list[str]:
    """What is found, with the place."""
    scanner = Scanner(IDENTIFIERS)
    return [found.place for found in pdf_texts(content) if any(scanner.hits(found.text))]


@pytest.mark.parametrize("planted", PLANTED)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_a_name_out_of_sight_is_found(planted: str, packed: bool) -> None:
    """In the tree that says what each piece is, in the marks among a page's content, in drawings and notes."""
    how = {"object_stream_mode": pikepdf.ObjectStreamMode.generate} if packed else {"compress_streams": False}
    assert told(saved(PLANTED[planted], **how))


def test_a_name_in_utf_8_is_found_whatever_its_letters() -> None:
    """PDF 2.0 knows it by its mark; the reader we use does not."""
    identifiers = Identifiers(
        words=(Identifier(words=words_of("Zoë Łukasik"), what="a name", code="leak-name"),),
        numbers={},
        births=frozenset(),
    )
    said = f"<{(chr(0xFEFF) + 'Zoë Łukasik').encode().hex()}>"
    for document in (with_page(marked(f"/ActualText {said}")), element(with_page(), Alt="Zoë Łukasik")):
        assert any(any(Scanner(identifiers).hits(found.text)) for found in pdf_texts(saved(document)))


def test_plain_marks_and_plain_alternative_texts_hold_nothing_up() -> None:
    document = element(with_page("/P <</MCID 0>> BDC (Freya) Tj EMC\n" + marked("/ActualText (Shaw)")), Alt="A lift")
    assert told(saved(document)) == []


def test_content_nobody_can_follow_is_refused_and_breaks_nothing() -> None:
    (unread,) = (one for one in pdf_texts(saved(with_page("1 2 BI /W 1 ID x EI"))) if one.unread)
    assert unread.forbids


def test_more_than_we_look_through_is_not_published_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sendbook.checks.leaks.pdf._MOST_OBJECTS", 3)
    content = saved(element(with_page(), Alt=WHO))
    (unread,) = (one for one in pdf_texts(content) if one.unread)
    assert unread.forbids
    (finding,) = (one for one in leaks({"x.pdf": content}, IDENTIFIERS) if one.code == "leak-unread")
    assert finding.severity is Severity.ERROR


def changed_later(document: Pdf) -> bytes:
    """The same file with a later state of its page behind it, as programs save a small change."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, NameObject

    writer = PdfWriter(io.BytesIO(saved(document)), incremental=True)
    stream = DecodedStreamObject()
    stream.set_data(b"BT (Nothing) Tj ET")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def with_loose_piece() -> bytes:
    """A piece that nothing leads to, which a writer that drops such pieces is kept from dropping."""
    document = with_page("BT (x) Tj ET")
    document.Root.Lost = document.make_indirect(Dictionary(Who=pikepdf.String(WHO)))
    return saved(document, compress_streams=False).replace(b"/Lost", b"%Lost")


def with_font(**more: object) -> bytes:
    kept = {"/Type": Name.Font, "/Subtype": Name.Type0, "/BaseFont": Name.X, "/Encoding": Name("/Identity-H")}
    document = with_page("BT /F0 9 Tf <0001> Tj ET", Font=Dictionary(F0=Dictionary({**kept, **more})))
    return saved(document)


UNREADABLE = {
    "an earlier state": changed_later(with_page(f"BT ({WHO}) Tj ET")),
    "a loose piece": with_loose_piece(),
    "something behind its end": saved(with_page()) + b"\nPK\x03\x04 and more",
    "letters that are only drawn": with_font(),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_pdf_that_can_not_be_read_whole_is_refused(what: str) -> None:
    told = [one for one in leaks({"x.pdf": UNREADABLE[what]}, IDENTIFIERS) if one.code == "leak-unread"]
    assert told
    assert {one.severity for one in told} == {Severity.ERROR}


@pytest.mark.parametrize(
    "content",
    [
        saved(with_page(f"% {WHO}\nBT (x) Tj ET")),
        saved(with_page("BT [(Freya Lind) -20 (holm-Shaw)] TJ ET")),
        saved(drawn(with_page(), f"BT ({WHO}) Tj ET")),
        saved(drawn(with_page(), f"BT <{WHO.encode().hex()}> Tj ET")),
        saved(with_page()) + f"\n% {WHO}\n%%EOF\n".encode(),
        saved(with_page()).replace(b"endobj", f"endobj\n% {WHO}\n".encode(), 1),
    ],
    ids=["a remark", "moved letters", "a drawing nobody draws", "in hexadecimal", "behind the end", "between pieces"],
)
def test_a_name_where_no_reader_comes_is_found(content: bytes) -> None:
    assert any(one.code == "leak-name" for one in leaks({"x.pdf": content}, IDENTIFIERS))


def test_a_plain_pdf_and_one_that_says_what_its_letters_are_pass() -> None:
    said = with_font(**{"/ToUnicode": Dictionary()})
    for content in (saved(with_page("BT (x) Tj ET")), saved(with_page(), linearize=True), said):
        assert leaks({"x.pdf": content}, IDENTIFIERS) == ()
