"""The gate starts only where it may."""

import asyncio
import urllib.request
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from sendbook.errors import ServeError
from sendbook.gate import Accounts, not_found_fragment, open_database
from sendbook.gate.pages import Pages
from sendbook.gate.passwords import Passwords
from sendbook.gate.server import check_address, is_loopback, listen
from tests.gate.kit import PASSWORD, TEMPLATES, Browser, StoppedClock, cheap_passwords, make_gate, serving, settings_in

OUTSIDE = frozenset({"send.school.example"})
EVERYWHERE = "0.0.0.0"  # noqa: S104 - the address that must be refused


def accounts(settings) -> Accounts:
    return Accounts(open_database(settings.database), cheap_passwords())


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "[::1]", "localhost", "127.9.9.9"])
def test_a_demonstration_runs_on_this_machine(tmp_path: Path, address: str):
    settings = settings_in(tmp_path)
    accounts(settings).add("t", "demo@school.example", PASSWORD, demo=True)
    check_address(settings, address)
    assert is_loopback(address)


@pytest.mark.parametrize("address", [EVERYWHERE, "::", "192.168.1.4", "gate.school.example", "127.0.0.1.nip.io"])
def test_a_demonstration_runs_nowhere_else(tmp_path: Path, address: str):
    settings = settings_in(tmp_path, https=True, hosts=OUTSIDE)
    accounts(settings).add("t", "demo@school.example", PASSWORD, demo=True)
    with pytest.raises(ServeError, match="demonstration"):
        check_address(settings, address)


def test_a_demonstration_is_not_put_behind_a_proxy(tmp_path: Path):
    settings = settings_in(tmp_path, https=True, hosts=OUTSIDE)
    accounts(settings).add("t", "demo@school.example", PASSWORD, demo=True)
    with pytest.raises(ServeError, match="demonstration"):
        check_address(settings, "127.0.0.1")


def test_without_demonstration_accounts_any_address_will_do_over_tls(tmp_path: Path):
    settings = settings_in(tmp_path, https=True, hosts=OUTSIDE)
    made = accounts(settings)
    made.add("t", "demo@school.example", PASSWORD, demo=True)
    made.remove_demo()
    check_address(settings, EVERYWHERE)


def test_passwords_do_not_cross_a_network_in_the_clear(tmp_path: Path):
    with pytest.raises(ServeError, match="in the clear"):
        check_address(settings_in(tmp_path), EVERYWHERE)


def test_a_taken_port_is_one_clear_sentence():
    with listen("127.0.0.1", 0) as taken, pytest.raises(ServeError, match=r"^Can't serve on 127.0.0.1 port \d+: "):
        listen("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize("password", ["short", "", "x" * 2000])
def test_a_password_that_is_too_short_or_absurd_is_refused(tmp_path: Path, password: str):
    with pytest.raises(ServeError, match="at least 12"):
        accounts(settings_in(tmp_path)).add("t", "a@b.example", password)


def test_the_public_has_no_account(tmp_path: Path):
    with pytest.raises(ServeError, match="needs a reader"):
        accounts(settings_in(tmp_path)).add("public", "a@b.example", PASSWORD)


def test_an_account_is_verified_in_one_call(tmp_path: Path):
    made = accounts(settings_in(tmp_path))
    made.add("t", "Tom@School.example", PASSWORD)
    assert made.verify("tom@school.example", PASSWORD).reader == "t"
    assert made.verify("tom@school.example", "wrong words here") is None
    made.close("t")
    assert made.verify("tom@school.example", PASSWORD) is None
    assert not made.close("nobody")


def test_a_closed_account_leaves_no_byte_of_its_address(tmp_path: Path):
    """Also while another program, the gate, has the file open; whose it was stands as an id in the access log."""
    settings = settings_in(tmp_path)
    gate = open_database(settings.database)
    made = accounts(settings)
    made.add("t", "tom.reed@school.example", PASSWORD)
    assert b"tom.reed" in b"".join(file.read_bytes() for file in settings.state.glob("gate.db*"))
    assert made.close("t") == 1
    assert b"tom.reed" not in b"".join(file.read_bytes() for file in settings.state.glob("gate.db*"))
    gate.close()


def test_accounts_closed_by_an_older_version_stay_closed(tmp_path: Path):
    settings = settings_in(tmp_path)
    connection = open_database(settings.database)
    connection.execute("ALTER TABLE account ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0")
    Accounts(connection, cheap_passwords()).add("t", "tom@school.example", PASSWORD)
    Accounts(connection, cheap_passwords()).add("p", "ana@home.example", PASSWORD)
    connection.execute("UPDATE account SET disabled = 1 WHERE reader = 't'")
    connection.close()
    assert accounts(settings).verify("tom@school.example", PASSWORD) is None
    assert accounts(settings).verify("ana@home.example", PASSWORD)


def test_a_hash_made_at_an_older_cost_is_renewed_at_sign_in(tmp_path: Path):
    settings = settings_in(tmp_path)
    accounts(settings).add("t", "tom@school.example", PASSWORD)
    today = Accounts(
        open_database(settings.database), Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    )
    before = today.find("tom@school.example").hash
    assert today.verify("tom@school.example", PASSWORD)
    assert today.find("tom@school.example").hash != before
    assert today.verify("tom@school.example", PASSWORD)


def test_a_state_folder_others_may_enter_is_refused(tmp_path: Path):
    settings = settings_in(tmp_path)
    settings.state.mkdir(mode=0o755)
    with pytest.raises(ServeError, match="chmod 700"):
        open_database(settings.database)


def test_a_missing_page_is_told_at_the_start(tmp_path: Path):
    with pytest.raises(ServeError, match=r"bare\.html is missing"):
        Pages(tmp_path)


def test_without_a_shell_the_gate_s_pages_stand_alone(tmp_path: Path, clock: StoppedClock, runner: asyncio.Runner):
    settings = settings_in(tmp_path)
    gate = make_gate(settings, clock)
    gate.bundle.connection.execute("PRAGMA query_only = off")
    gate.bundle.connection.execute("DELETE FROM shell")
    page = Browser(gate, runner).get("/sign-in").text
    gate.close()
    assert '<html lang="en-GB">' in page
    assert "<title>Sign in</title>" in page
    assert "@@" not in page


def test_the_page_for_nothing_can_be_exported():
    fragment = not_found_fragment(TEMPLATES)
    assert fragment.title == "Page not found"
    assert "We can't find that page" in fragment.content


def test_it_answers_over_a_real_socket_without_naming_itself(tmp_path: Path, clock: StoppedClock):
    page = "/students/7Q4K/plan/?a=b"
    with (
        serving(settings_in(tmp_path), clock) as port,
        urllib.request.urlopen(f"http://127.0.0.1:{port}{page}") as answer,
    ):
        assert answer.url.endswith("/sign-in")
        assert b"Sign in" in answer.read()
        assert answer.headers["server"] is None
