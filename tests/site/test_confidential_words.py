"""What a student does not share with the family is marked before its words, on every page that gives them."""

from __future__ import annotations

import re
from typing import Any

from sendbook.bundle.fragment import Fragment
from tests.site.small_student import Outline, pages, projected, records

HOME = "/students/7Q4K/"
SECRET = "There is no desk at Tata's."


def _pages(manner: str = "staff", **more: Any) -> dict[str, str]:
    own = records()
    words = {"id": "tata", "on": "2026-09-21", "text": SECRET, "share_with_family": False}
    own["plan"]["student_voice"].append(words)
    own["meetings/2026-09-24"]["student_voice"] = [words]
    made = pages(projected(own, manner=manner), **more)
    return {path: one.content for path, one in made.fragments.items() if isinstance(one, Fragment)}


def test_the_mark_is_read_before_the_words_wherever_they_are() -> None:
    found = {path: Outline(content).text for path, content in _pages().items() if "no desk" in content}
    assert set(found) >= {f"{HOME}plan/", f"{HOME}meetings/"}
    for path, text in found.items():
        for place in re.finditer("There is no desk", text):
            assert text[: place.start()].rstrip().endswith("Not for the family"), path


def test_it_says_that_the_words_are_on_no_paper() -> None:
    text = Outline(_pages()[f"{HOME}plan/"]).text
    assert "Left out of printouts and the PDF." in text[text.index("There is no desk") :]


def test_shared_words_carry_no_mark() -> None:
    text = Outline(pages(projected()).fragments[f"{HOME}plan/"].content).text
    assert "I like comics." in text
    assert "Not for the family" not in text


def test_paper_says_that_it_is_private_whose_it_is_and_of_which_version() -> None:
    for path, content in _pages().items():
        (line,) = re.findall(r'data-paper="([^"]*)"', content)
        assert re.fullmatch(r"Private · Aaron Small · version of \d+.\w+.\d{4}", line), (path, line)


def test_paper_names_a_student_no_further_than_the_reader_may() -> None:
    own = records()
    del own["student"]["name"]
    made = pages(projected(own))
    for page in made.fragments.values():
        assert 'data-paper="Private · Student 7Q4K ·' in page.content
