"""What every answer carries."""

import asyncio
from pathlib import Path

import pytest

from sendbook.bundle import Bundle, File
from sendbook.errors import ServeError
from sendbook.gate.headers import policy
from tests.bundle.sites import AISHA, STYLE
from tests.gate.kit import Browser, StoppedClock, make_gate, settings_in

PLAN = f"/students/{AISHA}/plan/"
EVERYWHERE = ["/", PLAN, f"{PLAN}plan.pdf", "/absent/", STYLE, "/search", "/sign-in", "/signed-out", "/healthz"]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_keeps_to_itself(teacher: Browser, path: str):
    answer = teacher.get(path)
    assert answer.header("referrer-policy") == "no-referrer"
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("cross-origin-opener-policy") == "same-origin"
    assert answer.header("cross-origin-resource-policy") == "same-origin"
    assert answer.header("cross-origin-embedder-policy") == "require-corp"
    assert "camera=()" in answer.header("permissions-policy")
    assert "noindex" in answer.header("x-robots-tag") or path == STYLE
    assert answer.header("server") is None
    policy = answer.header("content-security-policy")
    assert "default-src 'none'" in policy
    assert "script-src 'self' 'sha256-abc'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/", PLAN, f"{PLAN}plan.pdf", "/absent/", "/sign-in", "/search", "/healthz"])
def test_nothing_of_a_record_may_be_kept_or_asked_for_in_part(teacher: Browser, path: str):
    answer = teacher.get(path, range="bytes=0-3", if_none_match="*")
    assert answer.status in (200, 404)
    assert answer.header("cache-control") == "private, no-store"
    assert [answer.header(name) for name in ("etag", "last-modified", "accept-ranges", "content-range")] == [None] * 4


def test_a_hashed_asset_may_be_kept_for_ever(browser: Browser):
    answer = browser.get(STYLE)
    assert answer.header("cache-control") == "public, max-age=31536000, immutable"
    assert answer.header("vary") == "accept-encoding"


def test_an_asset_whose_name_does_not_change_is_not_kept(browser: Browser):
    with Bundle.open(browser.gate.settings.bundle) as bundle, bundle.publish() as change:
        change.set_assets({"/assets/logo.svg": File(media_type="image/svg+xml", content=b"<svg/>")})
    assert browser.get("/assets/logo.svg").header("cache-control") == "private, no-store"


def test_new_script_hashes_count_from_the_next_request(browser: Browser):
    assert "'sha256-abc'" in browser.get("/sign-in").header("content-security-policy")
    with Bundle.open(browser.gate.settings.bundle) as bundle, bundle.publish() as change:
        change.set_meta("script_hashes", '["sha256-def=", "\'sha256-ghi=\'"]')
    assert "script-src 'self' 'sha256-def=' 'sha256-ghi=';" in browser.get("/sign-in").header("content-security-policy")


@pytest.mark.parametrize("hashes", ['["unsafe-inline"]', '["sha256-a; script-src *"]', '["sha1-abc"]'])
def test_only_hashes_enter_the_policy(hashes: str):
    with pytest.raises(ServeError, match="script hashes"):
        policy(hashes)


def test_over_https_cookies_are_bound_to_the_host_and_browsers_told_to_stay(
    tmp_path: Path, clock: StoppedClock, runner: asyncio.Runner
):
    gate = make_gate(settings_in(tmp_path, https=True, hosts=frozenset({"send.school.example"})), clock)
    browser = Browser(gate, runner, host="send.school.example")
    answer = browser.sign_in()
    cookies = [value.decode() for name, value in answer.headers if name == b"set-cookie"]
    assert sorted(cookie.partition("=")[0] for cookie in cookies) == ["__Host-before", "__Host-known", "__Host-session"]
    assert all("; Path=/; HttpOnly; SameSite=Lax" in cookie and cookie.endswith("; Secure") for cookie in cookies)
    assert not any("domain" in cookie.lower() for cookie in cookies)
    assert answer.header("strict-transport-security") == "max-age=31536000; includeSubDomains"
    assert browser.get(PLAN).status == 200
    gate.close()


def test_on_this_machine_cookies_are_plain_and_http_only(browser: Browser):
    cookies = [value.decode() for name, value in browser.sign_in().headers if name == b"set-cookie"]
    assert {cookie.partition("=")[0] for cookie in cookies} == {"session", "known", "before"}
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie for cookie in cookies)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "localhost.evil.example", "localhost.", "127.0.0.1.nip.io", "", "[::2]"],
)
def test_another_host_s_name_gets_nothing(teacher: Browser, host: str):
    """A stranger's page whose name was made to point here must not be answered."""
    teacher.host = host
    answers = {teacher.get(path) for path in (PLAN, "/absent/", "/sign-in", "/healthz", STYLE)}
    assert [answer.status for answer in answers] == [421]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8000", "[::1]:8000"])
def test_names_of_this_machine_are_answered(teacher: Browser, host: str):
    teacher.host = host
    assert teacher.get(PLAN).status == 200
