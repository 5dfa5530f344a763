"""What a new campus is told about itself: by options and by answers on a terminal, as people write them."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import patch

import pytest
import yaml

from sendbook.cli.new_answers import Answers, typed_day, typed_span
from sendbook.cli.new_questions import ask
from sendbook.errors import SendbookError
from tests.cli.kit import DAY, run


def asked(tmp_path: Path, *options: str) -> dict[str, object]:
    """The campus.yml of a campus made with these options."""
    told = run("new", tmp_path / "campus", *options, *DAY)
    assert told.code == 0, told
    return dict(yaml.safe_load((tmp_path / "campus/records/campus.yml").read_text(encoding="utf-8")))


TERMS = ("--term", "2026-09-03..2026-12-17", "--term", "6 January 2027..25/03/2027")


def test_what_is_told_by_options_is_in_the_records(tmp_path: Path) -> None:
    campus = asked(
        tmp_path,
        *("--name", "Hill School", "--address", "1 Hill Road, Hillham HL1 1AA", "--phone", "020 7946 0018"),
        *("--email", "office@hill.sch.uk", "--setting", "Academy", "--council", "Hillshire County Council"),
        *("--years", "Year 7..13", *TERMS, "--half-term", "2026-10-26..2026-10-30"),
        *("--closed", "2026-11-27, 2026-09-04 to 2026-09-07", "--senco", "Ada Okafor", "--senco-known-as", "Ms Okafor"),
        *("--senco-email", "a.okafor@hill.sch.uk"),
    )
    assert campus["name"] == "Hill School"
    assert campus["setting"] == {
        "type": "academy",
        "first_year": "7",
        "last_year": "13",
        "local_authority": "Hillshire County Council",
        "inspectorate": "unknown",
    }
    dates = [{str(key): str(value) for key, value in term.items()} for term in campus["terms"]]  # type: ignore[attr-defined]
    assert [(term["id"], term["start"], term["end"]) for term in dates] == [
        ("autumn-2026", "2026-09-03", "2026-12-17"),
        ("spring-2027", "2027-01-06", "2027-03-25"),
    ]
    assert dates[0]["closed_days"].count("datetime.date") == 3
    person = yaml.safe_load((tmp_path / "campus/records/people/p-1sen.yml").read_text(encoding="utf-8"))
    assert person["name"] == {"full": "Ada Okafor", "known_as": "Ms Okafor"}
    assert person["sign_in"] == {"email": "a.okafor@hill.sch.uk"}
    found = json.loads(run("check", "--campus", tmp_path / "campus", *DAY, "--format", "json").out)
    assert "CAM-02" not in {one["code"] for one in found}
    places = {(one["path"], one["pointer"]) for one in found if one["code"] == "CAM-01"}
    assert ("records/campus.yml", "/office/email") not in places
    assert ("records/people/p-1sen.yml", "/name/full") not in places
    assert {one["severity"] for one in found} == {"warning"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--setting", "castle"), "“castle” is not a type of setting."),
        (("--setting", "²"), "“²” is not a type of setting."),
        (("--term", "2026-09-03"), "“2026-09-03” is not two dates."),
        (("--term", "2026-12-03..2026-09-03"), "The last day (2026-09-03) is before the first (2026-12-03)."),
        (("--term", "31/09/2026..2026-12-01"), "September 2026 has 30 days."),
        (("--closed", "2026-09-03"), "2026-09-03 lies in no term."),
        ((*TERMS, "--closed", "2026-09-03"), "2026-09-03 is the first day of the term, so it can't be closed."),
        ((*TERMS, "--closed", "2026-12-16..2026-12-17"), "2026-12-17 is the last day of the term"),
        ((*TERMS, "--term", "2026-12-17..2026-12-19"), "Two terms overlap"),
        (
            (*TERMS, "--half-term", "2026-10-26..2026-10-30", "--half-term", "2026-11-26..2026-11-27"),
            "The term from 2026-09-03 to 2026-12-17 has two half-terms.",
        ),
        (("--senco-email", "ada"), "“ada” is not an e-mail address."),
        (("--years", "eleventy"), "“eleventy” is not a year group."),
    ],
)
def test_an_option_that_can_not_be_read_is_one_sentence_and_makes_nothing(
    options: tuple[str, ...], sentence: str, tmp_path: Path
) -> None:
    assert sentence in run("new", tmp_path / "campus", *options, *DAY).sentence
    assert list(tmp_path.iterdir()) == []


ANSWERS = """Hill School
1 Hill Road
not a number
020 7946 0018

2

R
Year 6
3/9/2026
17 December 2026
26 October 2027 to 30 October 2027
26 October 2026 to 30 October 2026
17/12/2026
27/11/2026

Ada Okafor
Ms Okafor
ada@hill.sch.uk
"""


def test_on_a_terminal_it_asks_and_asks_again_for_what_it_can_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    typed = iter(ANSWERS.splitlines())
    with patch("click.termui.visible_prompt_func", side_effect=lambda _: next(typed)):
        told = ask(Answers())
    assert (told.name, told.phone, told.setting, told.council) == ("Hill School", "020 7946 0018", "academy", "")
    assert (told.first_year, told.last_year, told.senco_known_as) == ("R", "6", "Ms Okafor")
    (term,) = told.terms
    assert list(map(str, term.half_term or ())) == ["2026-10-26", "2026-10-30"]
    said = capsys.readouterr().out
    assert "2027-10-26 is not in the term from 2026-09-03 to 2026-12-17." in said
    assert "2026-12-17 is the last day of the term, so it can't be closed." in said
    assert (str(term.start), str(term.end), list(map(str, term.closed))) == ("2026-09-03", "2026-12-17", ["2026-11-27"])
    assert "“not a number” is not a telephone number." in said
    assert list(typed) == []


@pytest.mark.parametrize(
    "said",
    [
        "2026-10-26..2026-10-30",
        "26 October 2026 to 30 October 2026",
        "26/10/2026 - 30/10/2026",
        "26/10/2026\N{EN DASH}30/10/2026",
        "26 Oct 2026 until 30 Oct 2026",
    ],
)
def test_two_days_are_read_as_people_write_them(said: str) -> None:
    assert tuple(map(str, typed_span(said))) == ("2026-10-26", "2026-10-30")


def test_what_is_no_day_is_said_in_one_sentence_after_the_other() -> None:
    with pytest.raises(SendbookError, match=r"^“1/2 March 2027” is not a date\. Write it like 2026-09-03\.$"):
        typed_day("1/2 March 2027")
