"""Searching without JavaScript, with the words in no address and no log."""

import re

import pytest

from sendbook.bundle import HANDBOOK, PUBLIC, Bundle, Fragment, Label
from sendbook.gate.app import Gate
from tests.bundle.sites import AISHA, BEN
from tests.gate.kit import Answer, Browser, StoppedClock


def ask(browser: Browser, words: str) -> Answer:
    """What the form is answered with."""
    return browser.post("/search", words=words, csrf_token=browser.get("/search").token)


def search(browser: Browser, words: str) -> Answer:
    """The page of results that it leads to."""
    return browser.get(ask(browser, words).header("location"))


def test_a_teacher_finds_their_students_pages(teacher: Browser):
    page = search(teacher, "ruler").text
    assert f'<a href="/students/{AISHA}/plan/">Plan of Aisha Núñez</a>' in page
    assert '<span class="sb-hit__words">Reads with a <mark>ruler</mark>.</span>' in page
    assert f"/students/{BEN}/plan/" in page
    assert "2 pages have all of these words" in page


def test_a_parent_finds_their_own_child_only(parent: Browser):
    page = search(parent, "ruler").text
    assert "One page has all of these words" in page
    assert BEN not in page


def test_nothing_found_says_what_to_do(teacher: Browser):
    assert "Try fewer words" in search(teacher, "zzz").text


def test_the_words_stay_in_the_box_and_are_escaped(teacher: Browser):
    page = search(teacher, '"><b>x').text
    assert 'value="&#34;&gt;&lt;b&gt;x"' in page


def test_the_results_stand_in_the_reader_s_shell(parent: Browser):
    page = search(parent, "ruler").text
    assert page.startswith("<!doctype html><title>Search results - Campus</title>")
    assert "<div>Ana Núñez</div>" in page


def test_a_question_leads_to_an_address_without_its_words(teacher: Browser):
    """Back asks for that address again, and a browser never asks to send the form once more."""
    answer = ask(teacher, "ruler")
    assert (answer.status, answer.sent) == (303, b"")
    found = answer.header("location")
    assert re.fullmatch(r"/search/found/[\w-]{24}", found)
    assert "ruler" not in str(answer.headers)
    assert teacher.get(found) == teacher.get(found)
    assert teacher.get(found).header("cache-control") == "private, no-store"
    assert ask(teacher, "ruler").header("location") != found


def test_each_of_several_questions_is_gone_back_to(teacher: Browser):
    pages = {words: ask(teacher, words).header("location") for words in ("ruler", "costs", "okoro")}
    for words, path in reversed(pages.items()):
        assert f'value="{words}"' in teacher.get(path).text


def test_results_are_found_anew_each_time(teacher: Browser, clock: StoppedClock):
    found = ask(teacher, "ruler").header("location")
    assert BEN in teacher.get(found).text
    clock.day = clock.day.replace(day=24)
    assert BEN not in teacher.get(found).text


def test_a_question_is_known_to_its_own_session_alone(teacher: Browser, parent: Browser, browser: Browser):
    found = ask(teacher, "ruler").header("location")
    unknown = "/search/found/" + "A" * 24
    for other in (parent, browser):
        assert other.get(found).header("location") == other.get(unknown).header("location") == "/search"
    assert teacher.get(found).status == 200


def test_a_question_goes_with_its_session(teacher: Browser, gate: Gate):
    found = ask(teacher, "ruler").header("location")
    teacher.post("/sign-out", csrf_token=teacher.get("/search").token)
    teacher.sign_in()
    assert teacher.get(found).header("location") == "/search"
    assert "ruler" not in repr(vars(gate.searching._questions))


def test_no_words_lead_back_to_the_form(teacher: Browser):
    assert ask(teacher, "  ").header("location") == "/search"


def test_words_are_only_taken_from_our_own_form(teacher: Browser):
    assert teacher.post("/search", words="ruler", csrf_token="guess").status == 403
    assert teacher.post("/search", words="ruler").status == 403
    assert "ruler" not in teacher.get("/search?words=ruler").text
    assert teacher.get("/search?q=ruler") == teacher.get("/search")


@pytest.mark.parametrize("path", ["/search/ruler", "/search/ruler/", "/search/box", "/search/search_index.json"])
def test_no_address_asks_anything(teacher: Browser, path: str):
    assert teacher.get(path).status in (303, 404)
    assert "Reads with" not in teacher.get(path).text


def test_typed_words_are_sent_back_uncompressed(teacher: Browser):
    """So that the length of the answer doesn't tell how they resemble what stands on the page."""
    answer = search(teacher, "ruler")
    assert answer.header("content-encoding") == "deflate"
    assert b'value="ruler"' in answer.sent


def test_the_token_is_sent_uncompressed_on_every_page(teacher: Browser):
    answer = teacher.get(f"/students/{AISHA}/plan/")
    assert answer.header("content-encoding") == "deflate"
    assert answer.token.encode() in answer.sent


def test_a_sign_of_life_tells_nothing_else(browser: Browser):
    answer = browser.get("/healthz")
    assert (answer.status, answer.body) == (200, b"ok\n")


def test_the_public_searches_the_public_pages_alone(browser: Browser):
    assert "Sign in</a> to search the pages you have access to" in browser.get("/search").text
    found = browser.get(browser.post("/search", words="everybody").header("location"))
    assert (found.status, found.header("cache-control")) == (200, "private, no-store")
    assert '<a href="/handbook/">Handbook</a>' in found.text
    for hidden in ("staff", "ruler", "Aisha", AISHA, "Home"):
        page = browser.get(browser.post("/search", words=hidden).header("location")).text
        assert "No page you can see has all of these words" in page
        assert "sb-hit" not in page


def test_where_the_public_is_sent_nothing_it_searches_nothing(browser: Browser, gate: Gate):
    with Bundle.open(gate.settings.bundle) as bundle, bundle.publish() as change:
        change.remove_reader(PUBLIC)
    assert browser.get("/search").header("location") == "/sign-in"
    assert browser.post("/search", words="everybody").header("location") == "/sign-in"
    assert browser.post("/search/box", words="everybody").status == 403


def test_a_form_from_before_the_session_ended_leads_to_signing_in(teacher: Browser, clock: StoppedClock):
    """It would find public pages alone, and nobody would know why."""
    token = teacher.get("/search").token
    clock.pass_time(13 * 60 * 60)
    assert teacher.post("/search", words="ruler", csrf_token=token).header("location") == "/sign-in"
    assert "signed out" in teacher.post("/search/box", words="ruler", csrf_token=token).text


def test_a_page_of_another_site_asks_nothing(teacher: Browser):
    token = teacher.get("/search").token
    for path in ("/search", "/search/box"):
        body = f"words=ruler&csrf_token={token}".encode()
        form = "application/x-www-form-urlencoded"
        answer = teacher.ask("POST", path, body, content_type=form, sec_fetch_site="cross-site")
        assert (answer.status, answer.header("location")) == (303, "/")


def test_two_students_of_one_name_are_told_apart(teacher: Browser, gate: Gate):
    """By year and group; where these are the same too, by the id in their address."""
    with Bundle.open(gate.settings.bundle) as bundle, bundle.publish() as change:
        for student, place in ((AISHA, "Year 7 · 7 Oak"), (BEN, "Year 9 · 9 Beech")):
            label = Label(kind="Overview", whose="Sam Ali", place=place, names="Sam Ali Sammy")
            page = Fragment(title="Sam Ali", content="<h1>Sam Ali</h1>", label=label)
            change.put_pages(student, "staff", {f"/students/{student}/": page})
    page = search(teacher, "sam ali").text
    assert re.findall('about">(.*?)<', page) == ["Overview · Year 7 · 7 Oak", "Overview · Year 9 · 9 Beech"]
    assert page.count("<mark>Sam</mark> <mark>Ali</mark></a>") == 2
    with Bundle.open(gate.settings.bundle) as bundle, bundle.publish() as change:
        label = Label(kind="Overview", whose="Sam Ali", place="Year 7 · 7 Oak")
        page = Fragment(title="Sam Ali", content="<h1>Sam Ali</h1>", label=label)
        change.put_pages(BEN, "staff", {f"/students/{BEN}/": page})
    page = search(teacher, "sam ali").text
    assert sorted(re.findall('about">(.*?)<', page)) == [
        f"Overview · Year 7 · 7 Oak · {BEN}",
        f"Overview · Year 7 · 7 Oak · {AISHA}",
    ]


def test_a_title_an_excerpt_and_a_label_are_text(browser: Browser, gate: Gate):
    with Bundle.open(gate.settings.bundle) as bundle, bundle.publish() as change:
        label = Label(kind="<i>Kind</i>", place="<b>7</b>")
        page = Fragment(title="&lt;b&gt;A&lt;/b&gt;", content="<p>All &lt;script&gt;x</p>", label=label)
        change.put_pages(HANDBOOK, "public", {"/handbook/": page})
    for found in (
        browser.get(browser.post("/search", words="script").header("location")).text,
        browser.post("/search/box", words="script").text,
    ):
        assert "&lt;b&gt;A&lt;/b&gt;</a>" in found
        assert "&lt;i&gt;Kind&lt;/i&gt; · &lt;b&gt;7&lt;/b&gt;" in found
        assert "All &lt;<mark>script</mark>&gt;x" in found


@pytest.mark.parametrize(
    "words",
    ["\u200d-\u200d", "\u0301'\u0301", "ß" * 200, "\ufdfa" * 200, "a-" * 100, "%", "_", "*", "| ruler |", "\0", "-"],
)
def test_no_question_however_odd_stops_the_search_or_finds_what_has_no_such_word(teacher: Browser, words: str):
    page = search(teacher, words)
    assert page.status == 200
    assert ("Aisha" in page.text.partition("sb-found-here")[2]) == ("ruler" in words)
