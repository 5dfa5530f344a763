"""``sendbook proxy``: a settings file with the campus's own name and port, and everything the gate relies on."""

from __future__ import annotations

import pytest

from tests.cli.kit import run

NAME = "send.larkfield.example"


@pytest.mark.parametrize("program", ["nginx", "caddy"])
def test_the_file_has_the_campus_s_name_and_port_and_no_other(program: str) -> None:
    told = run("proxy", program, "--name", NAME.upper(), "--port", "8400")
    assert told.code == 0, told
    assert NAME in told.out
    assert "127.0.0.1:8400" in told.out
    assert "send.school.example" not in told.out
    assert "8321" not in told.out


@pytest.mark.parametrize("program", ["nginx", "caddy"])
def test_the_commands_in_its_comments_are_for_the_same_port(program: str) -> None:
    told = run("proxy", program, "--name", NAME, "--port", "8400").out
    assert f"sendbook serve --watch --name {NAME} --port 8400 --behind 127.0.0.1\n" in told
    assert f"sendbook proxy {program} --name {NAME} --port 8400 > /etc/" in told
    usual = run("proxy", program, "--name", NAME).out
    assert f"sendbook serve --watch --name {NAME} --behind 127.0.0.1\n" in usual
    assert "--port" not in usual


def test_nginx_writes_the_address_over_and_puts_no_page_on_the_disk() -> None:
    text = run("proxy", "nginx").out
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "proxy_add_x_forwarded_for" not in text
    assert "proxy_max_temp_file_size 0;" in text
    assert "access_log off;" in text


def test_caddy_writes_the_address_over_and_logs_no_page() -> None:
    text = run("proxy", "caddy").out
    assert "header_up X-Forwarded-For {remote_host}" in text
    assert "exclude http.log.access http.log.error" in text


@pytest.mark.parametrize(
    "name", ["https://send.school.example", "send.school.example:443", "", "a b", "[::1]", "x;y", "x{y}", "x\ny", "x."]
)
def test_a_name_that_is_none_is_refused(name: str) -> None:
    assert "not a name alone" in run("proxy", "nginx", "--name", name).err
