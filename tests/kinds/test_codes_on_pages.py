"""No page of the example shows a code: who reads it meets the words of its field."""

from __future__ import annotations

import re
from html import unescape

import pytest

from sendbook.bundle import Bundle
from sendbook.bundle.export import files
from tests.campus.test_codes_in_words import FIELDS
from tests.conftest import ON, Site

# Words of English as well: they prove nothing where they stand on a page.
_CODES = sorted(
    {
        code
        for node in FIELDS.values()
        for code in map(str, node.schema["enum"])
        if "_" in code or re.fullmatch(r"[A-Z]{4}", code)
    }
)
_SHOWN = re.compile(rf"(?<![\w/-])({'|'.join(_CODES)})(?![\w-])")
_NOT_TEXT = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


@pytest.mark.parametrize("reader", ["p-gba7", "p-1ge7", "7NVF"])
def test_no_code_is_shown_on_the_pages_of_a_senco_a_parent_and_a_student(example_site: Site, reader: str) -> None:
    with Bundle.reading(example_site.bundle) as bundle:
        pages = {path: content.decode() for path, content in files(bundle, reader, ON) if path.endswith("/")}
    shown = {(path, code) for path, html in pages.items() for code in _SHOWN.findall(_text(html))}
    assert len(pages) > 5
    assert not shown


def _text(html: str) -> str:
    return unescape(_NOT_TEXT.sub(" ", html))
