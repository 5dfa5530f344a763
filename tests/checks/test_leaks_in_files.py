"""What a file holds besides its words is looked through as well: its name, properties, pictures, data and fonts."""

from __future__ import annotations

import io
import json
import struct
import zlib

import pytest
from pypdf import PdfWriter

from sendbook.campus.shipped import site_templates
from sendbook.checks.finding import Severity
from sendbook.checks.leaks.identifiers import Identifiers
from sendbook.checks.leaks.scan import leaks
from tests.checks.leak_kit import example_identifiers


@pytest.fixture(scope="module")
def identifiers() -> Identifiers:
    return example_identifiers()


def test_a_file_s_name_is_looked_at(identifiers: Identifiers) -> None:
    (one,) = leaks({"handbook/freya-lindholm-shaw.txt": b"nothing"}, identifiers)
    assert "the name of the file" in one.message


def test_every_value_and_key_of_data_is_looked_at(identifiers: Identifiers) -> None:
    for data in ({"docs": [{"text": "<b>Freya</b> Lindholm-Shaw"}]}, {"Freya Lindholm-Shaw": 1}):
        assert leaks({"search/index.json": json.dumps(data).encode()}, identifiers)
        assert leaks({"search/index.json": json.dumps(data, ensure_ascii=True).encode()}, identifiers)


def pdf(text: str = "", **about: str) -> bytes:
    """A PDF with a line of text and these properties."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    made = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(made)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    writer.add_metadata({f"/{key}": value for key, value in about.items()})
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def test_a_pdf_s_pages_and_properties_are_looked_at(identifiers: Identifiers) -> None:
    (page,) = leaks({"handbook/x.pdf": pdf("Seen: Freya Lindholm-Shaw")}, identifiers)
    assert "page 1" in page.message
    (about,) = leaks({"handbook/x.pdf": pdf("A plan", Title="Freya Lindholm-Shaw")}, identifiers)
    assert "properties" in about.message
    assert leaks({"handbook/x.pdf": pdf("A plan for all", Title="Plan")}, identifiers) == ()


def test_a_pdf_nobody_can_look_into_is_refused(identifiers: Identifiers) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    held = io.BytesIO()
    writer.write(held)
    for content in (held.getvalue(), b"%PDF-1.7 broken"):
        (one,) = leaks({"handbook/x.pdf": content}, identifiers)
        assert (one.code, one.severity) == ("leak-unread", Severity.ERROR)


def test_a_font_is_public_only_if_it_is_one_of_the_theme_s(identifiers: Identifiers) -> None:
    """It is packed so that nobody can look into it: ours are known byte by byte, and a changed one is another."""
    ours = next((site_templates() / "theme" / "assets" / "fonts").glob("*.woff2")).read_bytes()
    assert leaks({"assets/sendbook-sans.woff2": ours}, identifiers) == ()
    for content in (ours + b"\0", ours[:-1], b"wOF2"):
        (one,) = leaks({"assets/sendbook-sans.woff2": content}, identifiers)
        assert (one.code, one.severity) == ("leak-unread", Severity.ERROR)


def _png(*chunks: tuple[bytes, bytes]) -> bytes:
    parts = [struct.pack(">I4s", len(body), kind) + body + b"\0\0\0\0" for kind, body in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_what_a_picture_s_file_says_about_it_is_looked_at(identifiers: Identifiers) -> None:
    said = b"Comment\0Photo of Freya Lindholm-Shaw"
    packed = b"Comment\0\0" + zlib.compress(said)
    utf16 = "Freya Lindholm-Shaw".encode("utf-16-le")
    jpeg = b"\xff\xd8\xff\xe1" + struct.pack(">H", len(utf16) + 2) + utf16 + b"\xff\xda\x00\x02"
    assert leaks({"handbook/x.png": _png((b"tEXt", said))}, identifiers)
    assert leaks({"handbook/x.png": _png((b"zTXt", packed))}, identifiers)
    assert leaks({"handbook/x.jpg": jpeg}, identifiers)
    assert leaks({"handbook/x.png": _png((b"IDAT", said))}, identifiers) == ()
