"""A command that changes access says what is not done when the disk is full, and never the contrary."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
from pathlib import Path

import click
import pytest

from sendbook.bundle import Bundle
from sendbook.gate import accounts
from tests.bundle.sites import subjects_of
from tests.cli.kit import DAY, program, run
from tests.conftest import Site
from tests.gate.kit import cheap_passwords


def with_a_full_disk(*arguments: str | Path) -> tuple[int, str]:
    """Exit code and words of a command whose process can't write a byte to any file."""

    def no_bytes() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    done = subprocess.run(program(*arguments), preexec_fn=no_bytes, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def place(site: Site) -> tuple[str | Path, ...]:
    return ("--campus", site.root, "--state", site.state)


def a_teacher(site: Site) -> str:
    with Bundle.reading(site.bundle) as bundle:
        return max(
            (one for one in bundle.readers() if one.startswith("p-")), key=lambda one: len(subjects_of(bundle, one))
        )


def test_revoke_on_a_full_disk_says_first_that_access_was_not_taken_away(own_site: Site) -> None:
    reader = a_teacher(own_site)
    before = (own_site.root / "records" / "access.yml").read_bytes()
    code, said = with_a_full_disk("revoke", reader, *place(own_site), *DAY)
    assert code == 2
    assert said.startswith("sendbook: Access was NOT taken away: "), said
    assert "records/access.yml was NOT changed" in said
    assert "has lost access" not in said
    assert "stop sendbook serve" in said
    assert "Traceback" not in said
    assert (own_site.root / "records" / "access.yml").read_bytes() == before
    assert not list((own_site.root / "records").glob(".access*"))
    with Bundle.reading(own_site.bundle) as bundle:
        assert reader in bundle.readers()


def test_revoke_whose_record_can_not_be_written_says_that_the_site_keeps_it_back(own_site: Site, monkeypatch) -> None:
    reader = a_teacher(own_site)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sendbook.cli.revoke.rewrite", refuse)
    sentence = run("revoke", reader, *place(own_site), *DAY).sentence
    assert sentence.startswith("records/access.yml was NOT changed. The machine refused: No space left on device.")
    assert "The site already keeps everything back from" in sentence
    assert "Access was NOT" not in sentence


def test_revoke_bites_although_the_site_can_not_be_written_anew(own_site: Site, monkeypatch) -> None:
    """Taking it out of the file waits for the next build; every look-up asks the withdrawals."""
    reader = a_teacher(own_site)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("sendbook.bundle.store.Publication", full)
    told = run("revoke", reader, *place(own_site), *DAY)
    assert told.code == 0, told
    with Bundle.reading(own_site.bundle) as bundle:
        assert bundle.revoked() >= {(reader, "")}


def test_a_person_shut_out_who_could_not_be_signed_out_is_told_apart(own_site: Site, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("sendbook.gate.sessions.Sessions.end_all", full)
    sentence = run("revoke", a_teacher(own_site), *place(own_site), *DAY).sentence
    assert "could not be signed out everywhere" in sentence
    assert "The site already keeps everything back" in sentence
    assert "records/access.yml says so" in sentence


@pytest.mark.slow
def test_taking_a_revocation_back_on_a_full_disk_says_that_it_still_holds(own_site: Site) -> None:
    reader = a_teacher(own_site)
    run("revoke", reader, *place(own_site), *DAY)
    code, said = with_a_full_disk("revoke", reader, "--undo", *place(own_site), *DAY)
    assert code == 2
    assert f"Nothing was changed: the access of {reader} is still withdrawn." in said


def test_taking_a_revocation_back_half_way_says_that_the_site_still_keeps_it(own_site: Site, monkeypatch) -> None:
    reader = a_teacher(own_site)
    run("revoke", reader, *place(own_site), *DAY)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("sendbook.cli.revoke.restore", full)
    sentence = run("revoke", reader, "--undo", *place(own_site), *DAY).sentence
    assert "is NOT given back: records/access.yml no longer withdraws it" in sentence


@pytest.fixture
def account(own_site: Site, monkeypatch: pytest.MonkeyPatch) -> str:
    """Somebody who has a sign-in."""
    monkeypatch.setattr(accounts, "Passwords", cheap_passwords)
    monkeypatch.setattr(click, "prompt", lambda *_, **__: "four plain words here")
    reader = a_teacher(own_site)
    assert run("account", reader, *place(own_site)).code == 0
    return reader


def test_closing_an_account_on_a_full_disk_says_that_it_is_not_closed(own_site: Site, account: str) -> None:
    code, said = with_a_full_disk("account", account, "--disable", *place(own_site))
    assert code == 2
    assert said.startswith(f"sendbook: The sign-in of {account} is NOT closed"), said
    assert "The account is closed" not in said


def test_an_account_that_is_closed_but_not_wiped_says_both(own_site: Site, account: str, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("sendbook.gate.accounts.Accounts.wipe", full)
    sentence = run("account", account, "--disable", *place(own_site)).sentence
    assert sentence.startswith("The account is closed. But an e-mail address")


def test_a_new_password_on_a_full_disk_leaves_the_old_one(own_site: Site, account: str, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("sendbook.gate.accounts.Accounts._whole", full)
    sentence = run("account", account, *place(own_site)).sentence
    assert "an earlier password still works" in sentence
    monkeypatch.undo()
    assert "/invited/" in run("account", account, "--invite", *place(own_site)).out
