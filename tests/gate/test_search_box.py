"""What the box in the header asks while somebody types: the same search, one row of the log for each question."""

import asyncio

import pytest

from sendbook.bundle import Bundle, Fragment
from sendbook.gate import questions, searching
from sendbook.gate.app import Gate
from sendbook.gate.audit import rows
from sendbook.gate.pace import Pace
from sendbook.gate.questions import GOING_ON, NOBODY, Questions
from sendbook.gate.request import Visit, read_form
from sendbook.gate.withdrawal import withdraw
from tests.bundle.sites import AISHA, BEN
from tests.gate.kit import PARENT, Answer, Browser, StoppedClock

BOTH = f"{BEN} {AISHA}"


@pytest.fixture
def token(teacher: Browser) -> str:
    return teacher.get("/search").token


def typed(browser: Browser, words: str, token: str) -> Answer:
    return browser.post("/search/box", words=words, csrf_token=token)


def found(gate: Gate) -> list[str]:
    """Whose pages the log's rows of searches name, in order."""
    return [detail for _, kind, _, _, _, detail in rows(gate.settings.audit) if kind == "search"]


def test_the_box_finds_what_the_page_finds_in_the_same_order(teacher: Browser, token: str):
    for words in ("ruler", "plan", "nunez", "costs", "for staff", "zzz"):
        box = typed(teacher, words, token).text
        page = teacher.get(teacher.post("/search", words=words, csrf_token=token).header("location")).text
        hits = page.partition('<ol class="sb-hits">')[2].partition("</ol>")[0]
        assert box.partition('<ol class="sb-hits">')[2].partition("</ol>")[0] == hits
        assert bool(hits) == (words != "zzz")


def test_the_answer_is_a_piece_that_nobody_keeps(teacher: Browser, token: str):
    answer = typed(teacher, "ruler", token)
    assert answer.header("cache-control") == "private, no-store"
    assert answer.header("content-type") == "text/html; charset=utf-8"
    assert answer.header("content-encoding") is None
    assert "<html" not in answer.text
    assert "csrf" not in answer.text


@pytest.mark.parametrize("words", ["", " ", "r"])
def test_one_letter_is_no_question_yet(teacher: Browser, token: str, gate: Gate, words: str):
    assert typed(teacher, words, token).text.strip() == ""
    assert found(gate) == []


def test_only_our_own_form_asks(teacher: Browser, token: str, gate: Gate, runner: asyncio.Runner):
    other = Browser(gate, runner)
    other.sign_in(PARENT)
    for wrong in ("", "guess", other.get("/search").token):
        answer = typed(teacher, "ruler", wrong)
        assert (answer.status, "Aisha" in answer.text) == (403, False)
    assert found(gate) == []


@pytest.mark.parametrize("path", ["/search", "/search/box"])
@pytest.mark.parametrize("lost", ["session", "access"])
def test_who_asks_is_looked_up_once_the_form_has_arrived(
    teacher: Browser, token: str, gate: Gate, monkeypatch: pytest.MonkeyPatch, path: str, lost: str
):
    """A form may arrive as slowly as somebody likes: meanwhile they sign out, or lose their access."""

    async def slowly(visit: Visit) -> dict[str, str] | None:
        if lost == "session":
            gate.sessions.end_all("t")
        else:
            withdraw(gate.settings, "t", "")
        return await read_form(visit)

    monkeypatch.setattr(searching, "read_form", slowly)
    answer = teacher.post(path, words="ruler", csrf_token=token)
    assert (answer.status, answer.header("location")) == ((303, "/sign-in") if path == "/search" else (403, None))
    assert "No page" not in answer.text
    assert found(gate) == []


def test_nothing_is_asked_by_address(teacher: Browser):
    assert teacher.get("/search/box?words=ruler").header("location") == "/search/box/"
    assert teacher.get("/search/box/?words=ruler").status == 404


def test_typing_on_leaves_one_row_without_the_words(teacher: Browser, token: str, gate: Gate, clock: StoppedClock):
    for words in ("ru", "rul", "rule", "ruler"):
        assert "2 pages" in typed(teacher, words, token).text
        clock.pass_time(2)
    assert found(gate) == [BOTH]
    assert "rul" not in str(list(rows(gate.settings.audit)))


def test_enter_and_back_are_the_same_question(teacher: Browser, token: str, gate: Gate):
    typed(teacher, "ruler", token)
    path = teacher.post("/search", words="ruler", csrf_token=token).header("location")
    for _ in range(3):
        assert teacher.get(path).status == 200
    assert found(gate) == [BOTH]


def test_another_question_and_the_same_one_later_have_rows_of_their_own(
    teacher: Browser, token: str, gate: Gate, clock: StoppedClock
):
    typed(teacher, "ruler", token)
    typed(teacher, "okoro", token)
    clock.pass_time(GOING_ON + 1)
    typed(teacher, "okoro", token)
    assert found(gate) == [BOTH, BEN, BEN]


def test_what_was_found_is_in_a_row_however_it_is_typed(teacher: Browser, token: str, gate: Gate):
    """Taking letters back shows more people, and each of them is in a row."""
    typed(teacher, "nunez", token)
    typed(teacher, "n", token)
    with Bundle.open(gate.settings.bundle) as bundle, bundle.publish() as change:
        page = Fragment(title="Nu", content="<p>Nu</p>")
        change.put_pages(BEN, "staff", {f"/students/{BEN}/": page})
    typed(teacher, "nu", token)
    assert found(gate) == [AISHA, BOTH]


def test_nothing_found_is_a_question_as_well(teacher: Browser, token: str, gate: Gate):
    typed(teacher, "zzz", token)
    typed(teacher, "zzzz", token)
    assert found(gate) == [""]


def test_no_result_is_sent_whose_row_can_t_be_written(
    teacher: Browser, token: str, gate: Gate, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError("no space")

    with monkeypatch.context() as patch:
        patch.setattr(gate.auditor._log, "append", full)
        assert typed(teacher, "ruler", token).status == 500
        assert typed(teacher, "rule", token).status == 500
    assert "2 pages" in typed(teacher, "ruler", token).text
    assert found(gate) == [BOTH]


def test_the_public_is_not_logged_and_needs_no_token(browser: Browser, gate: Gate):
    assert "<mark>everybody</mark>" in browser.post("/search/box", words="everybody").text
    assert "Aisha" not in browser.post("/search/box", words="Aisha").text
    assert found(gate) == []


def test_one_caller_can_t_ask_without_end_and_keeps_nobody_else_waiting(
    teacher: Browser, token: str, browser: Browser, gate: Gate, clock: StoppedClock
):
    answers = [typed(teacher, "ruler", token).status for _ in range(60)]
    assert answers == [200] * 40 + [429] * 20
    refused = typed(teacher, "ruler", token)
    assert "Aisha" not in refused.text
    path = teacher.post("/search", words="ruler", csrf_token=token).header("location")
    assert teacher.get(path).status == 429
    assert int(teacher.get(path).header("retry-after")) >= 1
    assert browser.post("/search/box", words="everybody").status == 200
    clock.pass_time(10)
    assert typed(teacher, "ruler", token).status == 200
    assert found(gate) == [BOTH]


def test_the_public_of_one_address_is_slowed_down_by_itself(browser: Browser, gate: Gate, runner: asyncio.Runner):
    other = Browser(gate, runner, address="192.0.2.7")
    assert [browser.post("/search/box", words="all").status for _ in range(41)][-2:] == [200, 429]
    assert other.post("/search/box", words="all").status == 200


def test_one_caller_can_t_push_out_what_others_of_the_public_asked(
    browser: Browser, gate: Gate, runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(questions, "_MOST_OF_THE_PUBLIC", 41)
    other = Browser(gate, runner, address="192.0.2.7")
    path = other.post("/search", words="everybody").header("location")
    assert [browser.post("/search", words=str(number)).status for number in range(45)] == [303] * 40 + [429] * 5
    assert "<mark>everybody</mark>" in other.get(path).text


def test_more_than_the_box_holds_is_said(teacher: Browser, token: str, gate: Gate):
    with Bundle.open(gate.settings.bundle) as bundle, bundle.publish() as change:
        pages = {f"/students/{AISHA}/{n}/": Fragment(title=f"Note {n}", content="<p>kite</p>") for n in range(9)}
        change.put_pages(AISHA, "staff", pages)
    answer = typed(teacher, "kite", token).text
    assert answer.count("sb-hit__words") == 8
    assert "The first 8 pages. Press Enter for all of them." in answer


def test_a_pace_gives_back_with_time():
    pace = Pace(at_once=2, every=1.0)
    assert [pace.wait("a", now) for now in (0, 0, 0, 0.5, 1.0)] == [0, 0, 1.0, 0.5, 0]
    assert pace.wait("b", 1.0) == 0


def test_questions_are_kept_by_owner_and_go_with_time():
    questions = Questions(100.0)
    name = questions.keep(b"one", "ruler", 0.0)
    assert questions.find(b"one", name, 99.0).words == "ruler"
    assert questions.find(b"other", name, 99.0) is None
    assert questions.find(NOBODY, name, 99.0) is None
    assert questions.find(b"one", name, 250.0) is None


def test_of_one_session_the_newest_thirty_are_kept():
    questions = Questions(100.0)
    names = [questions.keep(b"one", str(n), 0.0) for n in range(31)]
    assert questions.find(b"one", names[0], 0.0) is None
    assert questions.find(b"one", names[1], 0.0).words == "1"


def test_no_words_at_all_lead_from_no_question_to_another(teacher: Browser, token: str, gate: Gate):
    """Marks alone are the beginning of every text, and would make one question of all."""
    for words in ("plan", "--", "okoro", "??", "nunez"):
        typed(teacher, words, token)
    assert found(gate) == [BOTH, "", BEN, "", AISHA]


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ("dys", "dyslexia", True),
        ("dyslexia", "dys", True),
        ("Dys ", "dysl", True),
        ("dys", "epi", False),
        ("dys", "!!", False),
    ],
)
def test_a_question_goes_on_while_letters_are_added_or_taken_back(before: str, now: str, same: bool):
    questions = Questions(100.0)
    assert (questions.typed(b"a", before, 0.0) is questions.typed(b"a", now, 1.0)) == same
