"""Searching without JavaScript, with the words in no address and no log."""

from tests.bundle.sites import AISHA, BEN
from tests.gate.kit import Browser


def search(browser: Browser, words: str):
    return browser.post("/search", words=words, csrf_token=browser.get("/search").token)


def test_a_teacher_finds_their_students_pages(teacher: Browser):
    page = search(teacher, "ruler").text
    assert f'<a href="/students/{AISHA}/plan/">Plan of Aisha Núñez</a>' in page
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


def test_words_are_only_taken_from_our_own_form(teacher: Browser):
    assert teacher.post("/search", words="ruler", csrf_token="guess").status == 403
    assert "ruler" not in teacher.get("/search?words=ruler").text


def test_signed_out_searching_is_the_redirect_of_any_path(browser: Browser):
    assert browser.post("/search", words="ruler").header("location") == "/sign-in"
    assert browser.get("/search").status == 303


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
