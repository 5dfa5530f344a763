"""A one-page profile is one page, whatever it holds; what it has no room for is not lost without a word."""

from __future__ import annotations

from sendbook.documents.press import Press
from sendbook.kinds.printed import printed_as
from tests.documents.samples import edges_of, lists, pages_of, press, profile, reading
from tests.site.small_student import records

MORE = "There is more in the profile"
FIELDS = ("appreciated", "interests", "matters", "help", "avoid", "signs", "calm", "goals", "exams")


def full(lines: int, words: int) -> dict[str, object]:
    """A profile with every field filled: so many lines in each list, of so many words."""
    text = "word " * (words - 1) + "end"
    many = [{"id": f"i{number}", "text": f"Line {number} {text}"} for number in range(lines)]
    return {
        **dict.fromkeys(FIELDS, many),
        "communication": text,
        "sensory": text,
        "technology": [f"Device {number}" for number in range(lines)],
        "healthcare_plan": True,
        "adjustments": [
            {"id": f"a{number}", "subject": "Maths", "text": f"Line {number} {text}"} for number in range(lines)
        ],
        "written_with": ["me", "my mum"],
        "student_agreed": {"agreed": True, "on": "2026-09-17", "how": "Typed it"},
        "review_by": "2027-07-02",
    }


def test_a_profile_of_ordinary_length_stands_whole_in_large_type() -> None:
    (page,) = pages_of(press().pdf(profile(full(2, 6))))
    assert MORE not in page
    assert page.count("Line 1") == 10


def test_a_long_profile_shrinks_before_anything_is_left_out() -> None:
    (page,) = pages_of(press().pdf(profile(full(3, 9))))
    assert MORE not in page
    assert page.count("Line 2") == 10


def test_the_fullest_profile_is_one_page_that_says_where_the_rest_is() -> None:
    pdf = press().pdf(profile(full(40, 900)))
    (page,) = pages_of(pdf)
    assert MORE in page
    assert "Aaron's page in sendbook" in page
    assert edges_of(pdf)[1] < 560


def test_every_list_keeps_its_first_line_before_any_keeps_its_last() -> None:
    (page,) = pages_of(press().pdf(profile(full(30, 12))))
    assert MORE in page
    assert page.count("Line 0 ") == 10
    assert "Line 29 " not in page


def test_a_single_line_without_end_is_cut_between_two_words() -> None:
    (page,) = pages_of(press().pdf(profile({"help": [{"id": "h", "text": "word " * 900 + "end"}]})))
    assert MORE in page
    assert "word …" in page


def test_lists_that_only_just_fit_fit() -> None:
    """Line by line over the border, there is never a second page."""
    for count in range(30, 80, 12):
        pdf = press().pdf(lists(("Help", [f"Line {number} of a list" for number in range(count)]), ("Avoid", ["No."])))
        assert len(pages_of(pdf)) == 1, count


def test_the_student_reads_of_my_profile() -> None:
    data = records()
    data["profile"] |= full(40, 40)
    made = printed_as("profile", reading(data, manner="student"))
    assert made is not None
    (page,) = pages_of(Press().pdf(made))
    assert "There is more in my profile: it is on my page in sendbook." in page
