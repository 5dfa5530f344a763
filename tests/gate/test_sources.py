"""A visitor's address is taken from a named proxy only, and only if it is an address."""

from __future__ import annotations

import asyncio
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.errors import ServeError
from sendbook.gate import audit
from sendbook.gate.app import Gate
from sendbook.gate.sources import Proxies, Source, Sources, address_in
from tests.gate.kit import TEACHER, Browser, make_gate, settings_in

PROXY, OTHER = "127.0.0.1", "10.0.3.7"


def seen(peer: str, *lines: bytes, behind=(PROXY, "10.0.3.0/24")) -> Source:
    """Where a request with these X-Forwarded-For lines is taken to come from."""
    headers = [(b"accept", b"x"), *((b"x-forwarded-for", line) for line in lines)]
    return Sources(behind, through_proxy=True).of(peer, headers, 0.0)


@pytest.mark.parametrize(
    ("line", "address"),
    [
        (b"192.0.2.7", "192.0.2.7"),
        (b" 192.0.2.7\t", "192.0.2.7"),
        (b"192.0.2.7:50123", "192.0.2.7"),
        (b"2001:db8::7", "2001:db8::7"),
        (b"2001:DB8:0:0::7", "2001:db8::7"),
        (b"[2001:db8::7]", "2001:db8::7"),
        (b"[2001:db8::7]:443", "2001:db8::7"),
        (b"::ffff:192.0.2.7", "192.0.2.7"),
        (b"fe80::7%eth0", "fe80::7"),
        (b"203.0.113.9, 192.0.2.7", "192.0.2.7"),
        (b"203.0.113.9,192.0.2.7, 10.0.3.7", "192.0.2.7"),
        (b"garbage, 192.0.2.7", "192.0.2.7"),
        (b",,, 192.0.2.7", "192.0.2.7"),
        (b"203.0.113.9, " * 1000 + b"192.0.2.7", "192.0.2.7"),
    ],
)
def test_the_right_most_address_that_is_no_proxy_of_ours_counts(line: bytes, address: str):
    assert seen(PROXY, line) == Source(address, is_shared=False)


def test_several_header_lines_are_one_list():
    assert seen(PROXY, b"203.0.113.9", b"192.0.2.7").address == "192.0.2.7"
    assert seen(PROXY, b"192.0.2.7", b"10.0.3.7").address == "192.0.2.7"


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"unknown",
        b"_hidden",
        b"192.0.2.7,",
        b"192.0.2.7, nonsense",
        b"192.0.2.256",
        b"192.0.2.07",
        b"192.0.2",
        b"192.0.2.7:99999",
        b"192.0.2.7:",
        b"192.0.2.7:x",
        b"192.0.2.7%eth0",
        b"[2001:db8::7",
        b"2001:db8::7]",
        b"[192.0.2.7]:1",
        b"[2001:db8::7]x",
        b"[2001:db8::7]:",
        b"2001:db8::7::1",
        b"<script>alert(1)</script>",
        b"192.0.2.7\xa0",
        b"\xd9\xa1\xd9\xa9\xd9\xa2.0.2.7",
        b"1" * 10_000,
    ],
)
def test_what_is_no_address_is_not_one_and_says_so_by_itself(line: bytes):
    """The visitor's own words to the left of it don't count instead."""
    assert seen(PROXY, line) == Source(PROXY, is_shared=True)
    assert seen(PROXY, b"203.0.113.9, " + line) == Source(PROXY, is_shared=True)


@pytest.mark.parametrize("peer", ["192.0.2.1", "10.0.4.1", "2001:db8::1", "", "testclient"])
def test_nobody_but_a_named_proxy_is_believed(peer: str):
    assert seen(peer, b"203.0.113.9") == Source(peer, is_shared=False)


def test_without_a_named_proxy_nothing_is_believed_and_a_name_means_that_all_share_an_address():
    assert seen(PROXY, b"203.0.113.9", behind=()) == Source(PROXY, is_shared=True)
    here = Sources((), through_proxy=False).of("192.0.2.1", [(b"x-forwarded-for", b"203.0.113.9")], 0.0)
    assert here == Source("192.0.2.1", is_shared=False)


def test_a_visitor_at_the_proxy_itself_has_its_address():
    assert seen(PROXY, b"127.0.0.1") == Source(PROXY, is_shared=False)


@pytest.mark.parametrize("name", ["localhost", "", "10.0.3.7/24", "300.1.1.1", "0.0.0.0/0", "::/0", "10.0.0.0/7"])
def test_a_proxy_is_named_by_its_address(name: str):
    with pytest.raises(ServeError, match="proxy"):
        Proxies.named([name])


def test_a_proxy_in_ipv6_may_have_brackets():
    assert Proxies.named(["[::1]"]).has("::1")
    assert Proxies.named(["10.0.3.0/24"]).has("::ffff:10.0.3.9")


@given(st.text(max_size=60))
def test_whatever_is_written_gives_an_address_or_nothing(text: str):
    found = address_in(text)
    assert found is None or address_in(str(found)) == found
    if found is not None:
        assert set(str(found)) <= set("0123456789abcdef.:")


def test_a_forged_address_reaches_neither_the_log_nor_the_counts(tmp_path, clock, runner: asyncio.Runner):
    """Ninety tries on as many accounts, each with another made-up address."""
    gate = make_gate(settings_in(tmp_path, behind=(PROXY,), https=True), clock)
    browser = Browser(gate, runner)
    token = browser.get("/sign-in").token
    statuses = []
    for number in range(90):
        form = f"email=guess{number}@school.example&password=wrong+words+here&csrf_token={token}".encode()
        forged = f"203.0.113.{number}, 198.51.100.9"
        sent = {"content_type": "application/x-www-form-urlencoded", "x_forwarded_for": forged}
        statuses.append(browser.ask("POST", "/sign-in", form, **sent).status)
    gate.close()
    assert statuses == [403] * 10 + [429] * 80
    logged = {row[5] for row in audit.rows(gate.settings.audit)}
    assert logged == {"198.51.100.9"}


def test_that_all_share_an_address_is_said_once_an_hour(tmp_path, clock, runner, caplog: pytest.LogCaptureFixture):
    gate = make_gate(settings_in(tmp_path, https=True), clock)
    browser = Browser(gate, runner)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            browser.sign_in(TEACHER, "wrong words here")
        assert caplog.text.count("all visitors share one address") == 1
        assert "--behind" in caplog.text
        clock.pass_time(3601)
        browser.sign_in(TEACHER, "wrong words here")
        assert caplog.text.count("all visitors share one address") == 2
    gate.close()


def test_a_gate_by_itself_says_nothing_of_proxies(gate: Gate, browser: Browser, caplog: pytest.LogCaptureFixture):
    browser.sign_in(TEACHER, "wrong words here")
    assert "share one address" not in caplog.text
