"""What a one-page profile says on the student's first page and on paper: which line is where, and who is behind it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sendbook.kinds.printed import documents_of
from sendbook.kinds.profile.profile_sections import Advice
from tests.kinds.saying import Records, plain, reading, said
from tests.site.small_student import records

MORE = "There is more in the profile: look at Aaron's page in sendbook, or ask the SENDCo."


def profile(**changed: Any) -> Records:
    data = records()
    data["profile"] |= changed
    return data


def lines(*texts: str) -> list[dict[str, str]]:
    return [{"id": f"l{place}", "text": text} for place, text in enumerate(texts)]


def paper(data: Records | None = None, **more: Any) -> dict[str, Any]:
    """What the printed profile says."""
    made = documents_of(reading(data, **more))["/students/7Q4K/profile-7Q4K.pdf"]
    return plain(json.loads(made.content))


def printed(data: Records) -> dict[str, list[str]]:
    return {one["title"]: [item["text"] for item in one["items"]] for one in paper(data)["said"]["lists"]}


def test_how_to_help_is_in_the_student_s_words_with_what_does_not_help() -> None:
    assert said("overview/help") == {
        "help": [f"Help line {number}." for number in range(1, 6)],
        "cards": [("What does not help", ["Do not rush me."])],
        "more": [],
        "technology": (),
        "care_plan": "",
        "draft": False,
    }
    data = profile(
        signs=lines("I go quiet."),
        calm=lines("A walk.", "My music."),
        communication="I sign.",
        sensory="Bright light hurts.",
        technology=["A reading pen"],
        healthcare_plan=True,
        state="draft",
    )
    shown = said("overview/help", data)
    assert shown["cards"] == [
        ("What does not help", ["Do not rush me."]),
        ("Signs that I'm finding things hard", ["I go quiet."]),
        ("What helps then", ["A walk.", "My music."]),
    ]
    assert shown["more"] == [
        ("How I communicate", "I sign."),
        ("Noise, light and other things around me", "Bright light hurts."),
    ]
    assert (shown["technology"], shown["draft"]) == (["A reading pen"], True)
    assert shown["care_plan"] == "Ms Assistant (Support Assistant)"


def test_a_profile_without_help_has_no_such_section() -> None:
    data = records()
    del data["profile"]["help"]
    assert said("overview/help", data) is None


def test_what_to_do_in_lessons_comes_from_the_plan_and_the_profile() -> None:
    assert said("overview/lessons") == {
        "subjects": [("All lessons", [Advice("Give time.", None)]), ("English", [Advice("Large print.", None)])]
    }
    without = profile(adjustments=[])
    without["plan"]["strategies"] = []
    assert said("overview/lessons", without) is None


def test_who_a_student_is_and_who_wrote_it() -> None:
    data = profile(
        interests=lines("Trains."),
        goals=lines("To drive one."),
        written_with=["me", "Ms Assistant"],
        student_agreed={"agreed": True, "on": "2026-09-18", "how": "By note"},
    )
    assert said("overview/about", data) == {
        "cards": [
            ("What people appreciate about me", ["I am kind."]),
            ("What I enjoy", ["Trains."]),
            ("What matters to me", ["My dog."]),
            ("My goals", ["To drive one."]),
        ],
        "written": "Written by me and Ms Assistant. Aaron agreed this on 18 September 2026 (by note). "
        "To be reviewed by 2 July 2027.",
    }
    mine = said("overview/about", data, manner="student")["written"]
    assert "I agreed this on 18 September 2026 (by note)." in mine


@pytest.mark.parametrize(
    ("agreed", "words"),
    [
        ({"agreed": False}, ""),
        ({"agreed": False, "on": "2026-09-18"}, ""),
        ({"agreed": True}, "Aaron agreed this. "),
        ({"agreed": True, "on": "2026-09-18"}, "Aaron agreed this on 18 September 2026. "),
    ],
)
def test_nobody_is_said_to_have_agreed_who_did_not(agreed: dict[str, Any], words: str) -> None:
    data = profile(student_agreed=agreed)
    assert said("overview/about", data)["written"] == f"{words}To be reviewed by 2 July 2027."


def test_what_helps_in_exams_is_said_where_there_is_any() -> None:
    assert said("overview/exams") == {"said": ["Extra time."]}
    assert said("overview/exams", profile(exams=[])) is None
    nothing = profile(appreciated=[], matters=[])
    assert said("overview/about", nothing) is None


def test_a_printed_profile_has_every_list_in_the_order_of_the_page() -> None:
    data = profile(
        signs=lines("I go quiet."),
        communication="I sign.",
        technology=["A reading pen"],
        healthcare_plan=True,
        interests=lines("Trains."),
    )
    assert printed(data) == {
        "How to help me": [f"Help line {number}." for number in range(1, 6)],
        "What does not help": ["Do not rush me."],
        "Signs that I'm finding things hard": ["I go quiet."],
        "How I communicate": ["I sign."],
        "Technology I use": ["A reading pen"],
        "Health": ["I have a healthcare plan. Ask Ms Assistant (Support Assistant)."],
        "In lessons": ["English: Large print."],
        "What people appreciate about me": ["I am kind."],
        "What I enjoy": ["Trains."],
        "What matters to me": ["My dog."],
        "In tests and exams": ["Extra time."],
    }


def test_the_first_line_of_each_list_is_kept_before_the_second_of_any() -> None:
    lists = paper()["said"]["lists"]
    assert [[item["turn"] for item in one["items"]] for one in lists] == [[0, 6, 7, 8, 9], [1], [2], [3], [4], [5]]
    assert paper()["said"]["count"] == 10


@pytest.mark.parametrize(("count", "kept", "cut"), [(12, 12, False), (13, 12, True)])
def test_a_list_of_more_than_twelve_lines_is_cut_and_says_so(count: int, kept: int, cut: bool) -> None:
    made = paper(profile(help=lines(*(f"Line {number}." for number in range(count)))))["said"]
    assert (len(made["lists"][0]["items"]), made["cut"], made["more"]) == (kept, cut, MORE)


@pytest.mark.parametrize(("letters", "cut"), [(320, False), (321, True)])
def test_a_long_line_is_cut_between_two_words(letters: int, cut: bool) -> None:
    text = "word " * 63 + "x" * (letters - 315)
    made = paper(profile(help=lines(text)))["said"]
    (line,) = made["lists"][0]["items"]
    assert (line["text"], made["cut"]) == (("word " * 62 + "word …") if cut else text, cut)


def test_a_profile_s_paper_is_of_the_newest_day_on_which_it_was_agreed() -> None:
    def version(**changed: Any) -> tuple[str, str]:
        made = paper(profile(**changed))["version"]
        return made["day"], made["said"]

    assert version() == ("2000-01-01", "No date yet.")
    assert version(agreed_on="2026-09-18", in_force_from="2026-09-14")[0] == "2026-09-18"
    assert version(agreed_on="2026-09-18", student_agreed={"agreed": True, "on": "2026-09-21"}) == (
        "2026-09-21",
        "Version of 21 September 2026.",
    )


def test_a_profile_s_paper_says_whose_it_is() -> None:
    made = paper(manner="family")
    assert (made["title"], made["private"]) == ("One-page profile 7Q4K", True)
    whose = {key: made["said"][key] for key in ("heading", "lead", "copy", "written")}
    assert whose == {
        "heading": "Aaron",
        "lead": "Aaron Small · Year 8 · 8 Ash · Small Campus",
        "copy": "",
        "written": "To be reviewed by 2 July 2027.",
    }
    assert paper(manner="student")["said"]["more"] == "There is more in my profile: it is on my page in sendbook."
