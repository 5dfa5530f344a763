"""A page read as passages: what stands where, in plain words, and which items it answers."""

from __future__ import annotations

import markdown
import pytest

from sendbook.campus import markdown_lines
from sendbook.campus.passages import anchors, passages_of, sentences_of

PAGE = """# The report

Begin **here**, with [the plan](plan.md).

## How we find out { #find-out data-answers="SENIR-2 SENIR-3a" }

We look. We *listen*, and ask
{{ person("senco").name }}.

- one thing
- another
  that runs on

| Who | When |
| --- | --- |
| Ada | often |

```
## No heading { #code data-answers="SENIR-9" }
```

### Closer {: #nearer }

Below.

## How we find out

Again, at <https://a.example/x> or [the offer]({{ campus("local_offer").url }}).
"""


def test_a_passage_is_a_heading_and_all_below_it_to_the_next_of_its_level() -> None:
    found = passages_of(PAGE, first_line=11)
    assert [(one.anchor, one.title, one.level, one.line) for one in found] == [
        ("the-report", "The report", 1, 11),
        ("find-out", "How we find out", 2, 15),
        ("nearer", "Closer", 3, 32),
        ("how-we-find-out", "How we find out", 2, 36),
    ]
    closer = found[1]
    assert closer.answers == ("SENIR-2", "SENIR-3a")
    assert (closer.column, PAGE.splitlines()[4][closer.column - 1 :][:9]) == (22, "#find-out")  # type: ignore[operator]
    assert closer.blocks == (
        "We look. We listen, and ask ….",
        "one thing",
        "another that runs on",
        "Who When",
        "Ada often",
        "Below.",
    )
    assert "No heading" not in found[0].text
    assert [link.target for link in found[0].links] == ["plan.md", '{{ campus("local_offer").url }}']


def test_a_passage_says_how_long_it_is() -> None:
    found = passages_of(PAGE)
    assert found[2].words == 1
    assert found[1].words == 18


def test_what_a_macro_says_is_shown_where_the_reader_knows_it() -> None:
    found = passages_of(PAGE, say=lambda written: f"<{written[3:9]}>")
    assert found[1].blocks[0] == "We look. We listen, and ask <person>."


def test_a_heading_without_anything_below_it_is_an_empty_passage() -> None:
    (found,) = passages_of('## Nothing { data-answers="SENIR-1" }\n\n')
    assert (found.blocks, found.words, found.answers) == ((), 0, ("SENIR-1",))
    assert found.anchor == "nothing"


@pytest.mark.parametrize(
    "body",
    [
        PAGE,
        "## A b\n## A b\n### A b { #a-b }\n## A *b* `c`",
        "## Ünï ćode & more\n## 1. First\n## [Link](x.md) here\n## A_b c",
        "## مرحبا بكم\n## 你好\n## Łódź\n## Ласкаво просимо\n## !!!\n## !!!\n## *हिन्दी* भाषा",
    ],
)
def test_places_are_those_the_engine_gives(body: str) -> None:
    """Python-Markdown is asked, so that a link from a report never leads past its passage."""
    made = markdown.Markdown(extensions=["attr_list", "toc", "sendbook.handbook.heading_toc", "pymdownx.superfences"])
    made.convert(body)

    def ids(tokens: list[dict[str, object]]) -> list[object]:
        return [one for token in tokens for one in (token["id"], *ids(token["children"]))]  # type: ignore[arg-type]

    assert anchors(list(markdown_lines.headings(body))) == ids(made.toc_tokens)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("#place", ("place", ())),
        ('data-answers="SENIR-1"', ("", ("SENIR-1",))),
        ('#place data-answers=" SENIR-1  SENIR-C80 "', ("place", ("SENIR-1", "SENIR-C80"))),
        ("", ("", ())),
        ("#place .loud", None),
        ("#Place", None),
        ('#place data-answers="a<b"', None),
        ('#placedata-answers="x"', None),
        ("onclick=x", None),
    ],
)
def test_between_braces_stand_a_place_and_items_and_nothing_else(written: str, given: object) -> None:
    assert markdown_lines.attributes(written) == given


def test_a_text_is_cut_into_its_sentences() -> None:
    assert sentences_of("One. Two! Is it three? Four") == ["One.", "Two!", "Is it three?", "Four"]
