"""``sendbook why`` and ``account``: reasons by rule, and sign-ins that belong to people on campus."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import click
import pytest

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.cli.people import gate_settings
from sendbook.gate import Accounts, accounts, open_database
from tests.campus.small_schemas import field, kind
from tests.cli.kit import DAY, Told, run, small_campus
from tests.gate.kit import cheap_passwords

PASSWORD = "four plain words here"


@pytest.fixture
def campus(tmp_path: Path) -> Path:
    return small_campus(tmp_path / "campus")


def why(campus: Path, person: str, record: str) -> Told:
    return run("why", person, record, "--campus", campus, *DAY)


def test_why_answers_for_every_part_with_its_rule(campus: Path, registry: SchemaRegistry, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    told = why(campus, "p-1aaa", "students/2TST/plan")
    assert told.code == 0
    answers = {
        row[1].strip(): [cell.strip() for cell in row[2:5]]
        for line in told.out.splitlines()
        if (row := line.split("│"))[5:]
    }
    assert answers["the plan's dates and summary (plan)"] == [
        "yes",
        "Ms Senco is the SENDCo (since 1 September 2020).",
        "senco-plan",
    ]
    assert answers["what the help costs (costs)"] == ["no", "The access rules don't allow this.", "not-granted"]
    assert {said.rpartition("(")[2].strip("()") or said for said in answers} == registry.kinds["plan"].parts


def test_why_cuts_no_rule_off_however_narrow_the_page(campus: Path, monkeypatch) -> None:
    """Nobody who keeps the answer in a file should have to guess a rule's name from its beginning."""
    monkeypatch.setenv("COLUMNS", "44")
    told = why(campus, "p-1aaa", "students/2TST/plan")
    assert told.code == 0
    assert "…" not in told.out
    rules = "".join(row[4].strip() for line in told.out.splitlines() if (row := line.split("│"))[5:])
    assert "not-granted" in rules
    assert "senco-plan" in rules


@pytest.mark.parametrize("name", ["students/2TST/plan", "records/students/2TST/plan.yml"])
def test_a_record_may_be_named_as_it_is_shown_or_as_its_file_is_called(campus: Path, name: str) -> None:
    assert why(campus, "p-1aaa", name).code == 0


def test_an_unknown_person_and_an_unknown_record_are_told_apart(campus: Path) -> None:
    assert "nobody with the id “p-0000”" in why(campus, "p-0000", "campus").sentence
    assert "no record “students/2TST/diary”" in why(campus, "p-1aaa", "students/2TST/diary").sentence


class Keyboard:
    """Answers the question for a password."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, password: str) -> None:
        self.asked: list[str] = []
        self.password = password
        monkeypatch.setattr(click, "prompt", self)

    def __call__(self, question: str, **how: bool) -> str:
        assert how == {"hide_input": True, "confirmation_prompt": True}, "typed blind, so typed twice"
        self.asked.append(question)
        return self.password


@pytest.fixture
def state(tmp_path: Path, monkeypatch) -> Path:
    """A state folder, and hashes at a cost that tests can bear."""
    monkeypatch.setattr(accounts, "Passwords", cheap_passwords)
    return tmp_path / "state"


def signs_in(state: Path, email: str, password: str = PASSWORD) -> str | None:
    """Who signs in with these, if anybody does."""
    with closing(open_database(gate_settings(state).database)) as connection:
        account = Accounts(connection).verify(email, password)
    return account.reader if account else None


def give_address(campus: Path, person: str, email: str) -> None:
    """Gives a person an address to sign in with, in place of the one they may have."""
    path = campus / "records" / "people" / f"{person}.yml"
    before, _, _ = path.read_text(encoding="utf-8").partition("sign_in:")
    path.write_text(f"{before}sign_in:\n  email: {email}\n", encoding="utf-8")


def test_an_account_is_made_for_the_address_in_the_record(campus: Path, state: Path, monkeypatch) -> None:
    give_address(campus, "p-1aaa", "anne@school.example")
    keyboard = Keyboard(monkeypatch, PASSWORD)
    told = run("account", "p-1aaa", "--campus", campus, "--state", state)
    assert told.code == 0, told
    assert keyboard.asked == ["Password for anne@school.example (nothing is shown while you type)"]
    assert PASSWORD not in told.out + told.err
    assert signs_in(state, "anne@school.example") == "p-1aaa"


def test_closing_an_account_needs_no_password(campus: Path, state: Path, monkeypatch) -> None:
    give_address(campus, "p-1aaa", "anne@school.example")
    keyboard = Keyboard(monkeypatch, PASSWORD)
    run("account", "p-1aaa", "--campus", campus, "--state", state)
    told = run("account", "p-1aaa", "--disable", "--campus", campus, "--state", state)
    assert told.out == "The account is closed.\n"
    assert signs_in(state, "anne@school.example") is None
    assert len(keyboard.asked) == 1
    again = run("account", "p-1aaa", "--disable", "--campus", campus, "--state", state)
    assert again.out == "There was no such account.\n"


def test_an_account_under_an_address_of_before_does_not_live_on(campus: Path, state: Path, monkeypatch) -> None:
    Keyboard(monkeypatch, PASSWORD)
    for email in ("old@school.example", "new@school.example"):
        give_address(campus, "p-1aaa", email)
        assert run("account", "p-1aaa", "--campus", campus, "--state", state).code == 0
    assert signs_in(state, "new@school.example") == "p-1aaa"
    assert signs_in(state, "old@school.example") is None


def test_somebody_else_s_account_can_not_be_taken_over(campus: Path, state: Path, monkeypatch) -> None:
    """An address typed into the wrong record must not hand one person's sign-in to another."""
    keyboard = Keyboard(monkeypatch, PASSWORD)
    give_address(campus, "p-1aaa", "anne@school.example")
    assert run("account", "p-1aaa", "--campus", campus, "--state", state).code == 0
    give_address(campus, "p-2bbb", "Anne@School.example")
    keyboard.password = "other plain words here"
    told = run("account", "p-2bbb", "--campus", campus, "--state", state)
    assert "the sign-in of p-1aaa already" in told.sentence
    assert "sendbook account p-1aaa --disable" in told.sentence
    assert len(keyboard.asked) == 1, "no password is asked for"
    assert signs_in(state, "anne@school.example") == "p-1aaa"


def test_a_short_password_is_refused_and_nothing_is_kept(campus: Path, state: Path, monkeypatch) -> None:
    give_address(campus, "p-1aaa", "anne@school.example")
    Keyboard(monkeypatch, "short")
    assert "at least 12 characters" in run("account", "p-1aaa", "--campus", campus, "--state", state).sentence
    with closing(sqlite3.connect(gate_settings(state).database)) as connection:
        assert connection.execute("SELECT count(*) FROM account").fetchone() == (0,)


def test_without_an_answer_nothing_is_changed(campus: Path, state: Path, monkeypatch) -> None:
    def nobody_there(*_: object, **__: object) -> str:
        raise click.Abort

    give_address(campus, "p-1aaa", "anne@school.example")
    Keyboard(monkeypatch, PASSWORD)
    run("account", "p-1aaa", "--campus", campus, "--state", state)
    monkeypatch.setattr(click, "prompt", nobody_there)
    assert "No password was given" in run("account", "p-1aaa", "--campus", campus, "--state", state).sentence
    assert signs_in(state, "anne@school.example") == "p-1aaa"


def test_somebody_without_an_address_can_not_have_an_account(campus: Path, state: Path) -> None:
    assert "e-mail address" in run("account", "p-1aaa", "--campus", campus, "--state", state).sentence


DECIDED = "sign_in:\n  email: eli@students.example\naccount_decision:\n  on: 2025-09-08\n  by: p-1aaa\n  reason: R.\n"


@pytest.mark.parametrize(
    ("record", "youngest", "made"),
    [
        ("sign_in:\n  email: eli@students.example\n", 5, False),  # nobody has decided
        (DECIDED, 18, False),  # decided, and too young until 2032
        (DECIDED, None, False),  # the campus has set no age
        (DECIDED, 5, True),
    ],
)
def test_a_student_has_an_account_only_once_it_was_decided_and_never_too_young(
    campus: Path, state: Path, monkeypatch, record: str, youngest: int | None, made: bool
) -> None:
    Keyboard(monkeypatch, "a good long password")
    mistake(campus, "students/2TST/student.yml", "year_group:", f"{record}year_group:")
    if youngest is not None:
        mistake(campus, "campus.yml", "terms:", f"student_accounts:\n  youngest: {youngest}\nterms:")
    told = run("account", "2TST", "--campus", campus, "--state", state)
    assert (told.code == 0) is made
    assert made or "no account of their own on this day" in told.sentence
    assert (signs_in(state, "eli@students.example", "a good long password") == "2TST") is made


def test_an_account_for_nobody_is_refused(campus: Path, state: Path) -> None:
    assert "nobody" in run("account", "p-0000", "--campus", campus, "--state", state).sentence


def mistake(campus: Path, record: str, before: str, after: str) -> None:
    path = campus / "records" / record
    text = path.read_text(encoding="utf-8")
    broken, times = re.subn(before, after, text, count=1)
    assert times == 1
    path.write_text(broken, encoding="utf-8")


@pytest.mark.parametrize(
    ("record", "before", "after"),
    [
        ("people/p-1aaa.yml", r"name:\n(  .*\n)+", "name: 3\n"),
        ("access.yml", "grants:", "grants: 3\nothers:"),
        ("campus.yml", r"contacts:\n(  .*\n)+", "contacts: [p-1aaa]\n"),
        ("students/2TST/student.yml", r"name:\n(  .*\n)+", "name: []\n"),
    ],
)
def test_why_names_the_record_that_is_to_be_mended_first(campus: Path, record: str, before: str, after: str) -> None:
    mistake(campus, record, before, after)
    assert why(campus, "p-1aaa", "students/2TST/plan").sentence.startswith(f"records/{record} has a mistake in it.")


def test_a_mistake_in_another_s_record_does_not_keep_why_from_answering(campus: Path) -> None:
    sound = why(campus, "p-1aaa", "students/2TST/plan")
    mistake(campus, "people/p-2bbb.yml", r"name:\n(  .*\n)+", "name: 3\n")
    assert why(campus, "p-1aaa", "students/2TST/plan") == sound


def test_an_account_is_closed_even_while_the_record_is_broken(campus: Path, state: Path, monkeypatch) -> None:
    give_address(campus, "p-1aaa", "anne@school.example")
    Keyboard(monkeypatch, PASSWORD)
    run("account", "p-1aaa", "--campus", campus, "--state", state)
    mistake(campus, "people/p-1aaa.yml", r"name:\n(  .*\n)+", "name: 3\n")
    assert "has a mistake in it" in run("account", "p-1aaa", "--campus", campus, "--state", state).sentence
    told = run("account", "p-1aaa", "--campus", campus, "--state", state, "--disable")
    assert (told.code, told.out) == (0, "The account is closed.\n")
    assert signs_in(state, "anne@school.example") is None


def test_why_asks_for_a_reason_where_a_shipped_kind_was_changed_and_for_none_where_a_kind_was_added(
    campus: Path,
) -> None:
    """As ``sendbook check`` does: a new kind is nobody's but the SENDCo's until it is granted."""
    changed = json.loads((schemas() / "plan.schema.json").read_text(encoding="utf-8"))
    changed["properties"]["summary"]["x-part"] = "costs"
    added = kind("visit", "students/{student}/visit.yml", {"topic": field()})
    (campus / "schemas").mkdir()
    for schema in (added, changed):
        (campus / "schemas" / f"{schema['x-kind']}.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    (campus / "records/students/2TST/visit.yml").write_text("topic: The garden\n", encoding="utf-8")
    asked = [why(campus, "p-1aaa", f"students/2TST/{record}") for record in ("plan", "visit")]
    assert [(told.code, "gives no reason" in told.out) for told in asked] == [(0, True), (0, False)]
