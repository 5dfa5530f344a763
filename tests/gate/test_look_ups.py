"""What a browser gets for a path: its own pages, or what everybody gets for a path that isn't there."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendbook.bundle import Bundle, Shell, revoke, stands_for
from sendbook.gate.lost_slash import address_meant
from sendbook.gate.request import decoded
from tests.bundle.sites import AISHA, BEN, STYLE, small_site
from tests.gate.kit import TEACHER, Answer, Browser, StoppedClock

PLAN = f"/students/{AISHA}/plan/"
BENS = f"/students/{BEN}/plan/"

HOSTILE = [
    PLAN[:-1],
    PLAN + "/",
    "/" + PLAN,
    PLAN.lower(),
    PLAN.upper(),
    PLAN + ".",
    PLAN + "%00",
    PLAN + "%20",
    PLAN + "index.html",
    PLAN + "plan.pdf/",
    PLAN + "plan.pdf%00",
    PLAN + "plan.pdf.",
    PLAN + "PLAN.PDF",
    PLAN + "..;/plan/",
    PLAN + "../plan/",
    PLAN + "./",
    PLAN + "%2e/",
    PLAN + "%2e%2e/plan/",
    PLAN + ";jsessionid=1",
    PLAN.replace("/", "//"),
    PLAN.replace("/", "%2f"),
    PLAN.replace("/", "%2F"),
    PLAN.replace("/", "\\"),
    PLAN.replace("/", "%5c"),
    PLAN.replace("/", "%252f"),
    f"/students%2F{AISHA}/plan/",
    f"/students/{AISHA}%2fplan/",
    f"/students/{AISHA}/%2e%2e/{AISHA}/plan/",
    f"/students/{BEN}/../{AISHA}/plan/",
    f"/./students/{AISHA}/plan/",
    f"/students/{AISHA}/plan%2F",
    f"/students/{AISHA}/pl%61n%2f",
    f"/students/{AISHA.lower()}/plan/",
    f"/students/{AISHA}\u200b/plan/",
    f"/students/{AISHA}/plan/%c0%af",
    f"/students/{AISHA}/plan/\u202e",
    "/students/\uff17Q4K/plan/",
    "/students/*/plan/",
    "/students/%/plan/",
    "/students/_Q4K/plan/",
    "/students/' OR 1=1 --/plan/",
    "/students/",
    "/students",
    "/..",
    "/../",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fetc/passwd",
    "/..%c0%af..%c0%afetc/passwd",
    "/....//....//etc/passwd",
    "/.git/config",
    "/.env",
    "/bundle.db",
    "/gate.db",
    "//",
    "//evil.example/",
    "/%2f",
    "/%",
    "/%zz",
    "/%ff",
    "/%ed%b2%80",
    "/\x00",
    "/a" * 4000,
    "/404.html",
    "/robots.txt",
    "/sitemap.xml",
    "/Sign-In",
    "/sign-in/",
    "/sign-out",
    "/SEARCH",
    "/search/",
    "/search/pages.json",
    "/healthz/",
    "http://localhost" + PLAN,
    PLAN.lstrip("/"),
    "",
    "*",
]


def test_a_reader_gets_their_page_in_their_shell(parent: Browser):
    answer = parent.get(PLAN)
    assert answer.status == 200
    assert answer.text.startswith("<!doctype html><title>Plan of Aisha Núñez - Campus</title>")
    assert "Reads with a ruler" in answer.text
    assert "1,200" not in answer.text
    assert "<div>Ana Núñez</div>" in answer.text


def test_a_page_of_two_readers_differs_by_what_they_may_see(teacher: Browser):
    assert "1,200" in teacher.get(PLAN).text


def test_not_yours_and_absent_are_the_same_answer(parent: Browser):
    theirs, absent = parent.get(BENS), parent.get("/students/0000/plan/")
    assert theirs == absent
    assert theirs.status == 404
    assert "We can't find that page" in theirs.text


def is_led_on(path: str | bytes, answer: Answer) -> bool:
    """Whether it is answered with the address that was probably meant, which follows from its letters alone."""
    raw = path.encode() if isinstance(path, str) else path
    meant = address_meant(decoded(raw.partition(b"?")[0]) or "", {"/search", "/sign-in", "/signed-out", "/healthz"})
    return meant is not None and (answer.status, answer.header("location"), answer.sent) == (303, meant, b"")


def test_every_other_spelling_is_absent_or_leads_to_the_page_that_was_meant(teacher: Browser):
    absent = teacher.get("/absent/")
    assert [path for path in HOSTILE if (one := teacher.get(path)) != absent and not is_led_on(path, one)] == []
    assert absent.status == 404
    assert teacher.get(PLAN[:-1]).header("location") == PLAN


def test_signed_out_every_other_spelling_is_the_same_redirect(browser: Browser):
    private = browser.get(PLAN, sec_fetch_dest="image")
    answers = {path: browser.get(path, sec_fetch_dest="image") for path in HOSTILE}
    assert [path for path, one in answers.items() if one != private and not is_led_on(path, one)] == []
    assert (private.status, private.sent) == (303, b"")


def test_signed_out_a_page_that_exists_and_one_that_does_not_differ_only_in_the_path_that_was_asked(browser: Browser):
    """The cookie that remembers the way is written before anything is looked up; its length is the path's."""
    there, absent = browser.get(BENS), browser.get("/students/0000/plan/")
    assert there.header("location") == absent.header("location") == "/sign-in"
    assert there.status == absent.status == 303
    assert [name for name, _ in there.headers] == [name for name, _ in absent.headers]
    assert len(there.header("set-cookie")) == len(absent.header("set-cookie"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=30).filter(lambda raw: b"?" not in raw))
def test_no_bytes_at_all_break_it(parent: Browser, raw: bytes):
    known = {
        PLAN.encode(),
        f"{PLAN}plan.pdf".encode(),
        STYLE.encode(),
        b"/",
        b"/search",
        b"/sign-in",
        b"/signed-out",
        b"/healthz",
    }
    if b"/" + raw not in known:
        answer = parent.get(b"/" + raw)
        assert answer == parent.get("/absent/") or is_led_on(b"/" + raw, answer)


def test_a_path_is_decoded_once(teacher: Browser):
    assert teacher.get(f"/%73tudents/{AISHA}/plan/").status == 200
    assert teacher.get(f"/%2573tudents/{AISHA}/plan/").status == 404


def test_the_query_is_not_looked_at(teacher: Browser):
    assert teacher.get(f"{PLAN}?h=aisha&next=//evil.example") == teacher.get(PLAN)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "POST", "BREW"])
def test_other_methods_are_refused_whether_the_page_exists_or_not(teacher: Browser, browser: Browser, method: str):
    answers = {teacher.ask(method, path) for path in (PLAN, BENS, "/absent/")}
    answers |= {browser.ask(method, PLAN)}
    assert len(answers) == 1
    assert (answers.pop().status) == 405


@pytest.mark.parametrize("path", [PLAN, "/absent/", STYLE, "/sign-in", f"{PLAN}plan.pdf"])
def test_head_has_the_headers_of_get_and_no_body(teacher: Browser, path: str):
    get, head = teacher.get(path), teacher.ask("HEAD", path)
    assert head.sent == b""
    assert [pair for pair in head.headers if pair[0] != b"set-cookie"] == [
        pair for pair in get.headers if pair[0] != b"set-cookie"
    ]


def test_a_browser_that_takes_no_deflate_gets_the_same_page(teacher: Browser):
    deflated = teacher.get(PLAN)
    teacher.encoding = "gzip, br;q=0.5, deflate;q=0"
    plain = teacher.get(PLAN)
    assert deflated.header("content-encoding") == "deflate"
    assert plain.header("content-encoding") is None
    assert plain.sent == deflated.body
    assert plain.header("content-length") == str(len(plain.sent))


def test_access_ends_with_its_last_day(teacher: Browser, clock: StoppedClock):
    assert teacher.get(BENS).status == 200
    clock.day = clock.day.replace(day=24)
    assert teacher.get(BENS) == teacher.get("/absent/")
    assert teacher.get(PLAN).status == 200


def test_the_public_sees_the_public_site_without_signing_in(browser: Browser, teacher: Browser):
    assert "For everybody" in browser.get("/handbook/").text
    assert "For staff" in teacher.get("/handbook/").text


def test_a_style_is_the_same_for_everybody(browser: Browser, teacher: Browser):
    assert browser.get(STYLE) == teacher.get(STYLE)
    assert browser.get(STYLE).body == b"b{color:#123}"


def test_a_failure_is_told_without_naming_what_failed(teacher: Browser, caplog: pytest.LogCaptureFixture):
    teacher.gate.bundle.connection.close()
    answer = teacher.get(PLAN)
    teacher.gate.bundle = type(teacher.gate.bundle).reading(teacher.gate.settings.bundle)
    assert answer.status == 500
    assert "Nothing you did caused this" in answer.text
    assert AISHA not in caplog.text
    assert AISHA not in answer.text


def test_a_fault_of_ours_repeats_nothing_of_a_record_in_the_log(
    teacher: Browser, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    def breaks(*_: object) -> None:
        raise ValueError(AISHA)

    monkeypatch.setattr("sendbook.gate.app.look_up", breaks)
    assert teacher.get(PLAN).status == 500
    assert "ValueError" in caplog.text
    assert "in breaks" in caplog.text
    assert AISHA not in caplog.text


def test_the_page_for_a_fault_looks_like_the_others_and_is_bare_only_if_nothing_can_be_read(
    teacher: Browser, monkeypatch: pytest.MonkeyPatch
):
    """In the public's surroundings: it names nobody, and nobody's menu stands in it."""

    def breaks(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("sendbook.gate.app.look_up", breaks)
    answer = teacher.get(PLAN)
    assert answer.status == 500
    assert "<title>Something went wrong - Campus</title>" in answer.text
    assert "Tom Reed" not in answer.text
    teacher.gate.bundle.connection.close()
    answer = teacher.get(PLAN)
    teacher.gate.bundle = type(teacher.gate.bundle).reading(teacher.gate.settings.bundle)
    assert answer.status == 500
    assert "- Campus</title>" not in answer.text
    assert "Nothing you did caused this" in answer.text


def test_a_bundle_that_was_deleted_and_built_again_is_followed(
    teacher: Browser, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    """An open file stays readable when it is deleted; what was withdrawn since would go on being served."""
    old = teacher.gate.settings.bundle
    for file in tmp_path.glob("bundle.db*"):
        file.unlink()
    for _ in range(2):
        answer = teacher.get(PLAN)
        assert answer.status == 503
        assert "Please try again in a minute" in answer.text
    with small_site(tmp_path) as bundle:
        revoke(bundle.path, "t", AISHA)
        assert bundle.path == old
    assert teacher.get(PLAN).status == 404
    assert teacher.get(BENS).status == 200
    told = [one.message for one in caplog.records]
    assert told == ["the gate waits until it can open the site: FileNotFoundError", "the site is open again"]


def test_the_gate_s_own_pages_stand_in_the_reader_s_own_drawer(teacher: Browser):
    """Its search marked as the page that is being read; a page that is not there has the drawer of every page."""
    with Bundle.open(teacher.gate.settings.bundle) as bundle, bundle.publish() as change:
        drawer = change.put_drawer({"": "<li>mine</li>", "/search": "<li>search, here</li>"})
        change.set_shell("staff", Shell.cut("<title>@@title@@</title><nav>@@campus@@</nav><main>@@content@@</main>"))
        change.set_reader("t", name="Tom Reed", edition="staff", drawer=drawer, address=stands_for(TEACHER))
    assert "<nav><li>search, here</li></nav>" in teacher.get("/search").text
    assert "<nav><li>mine</li></nav>" in teacher.get("/absent/").text
    assert "<nav><li>mine</li></nav>" in teacher.get(PLAN).text
