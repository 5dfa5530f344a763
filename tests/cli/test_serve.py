"""``sendbook serve``: the site behind its sign-in, the demonstration's sign-ins, and building again on a change."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from sendbook.access.people import People
from sendbook.bundle import Bundle
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.cli.serve import How, _has_site, _invite
from sendbook.cli.telling import screen
from sendbook.gate import Settings
from sendbook.gate.server import _Server
from sendbook.processes import landlock
from tests.bundle.sites import subjects_of
from tests.cli.kit import DAY, program, run
from tests.cli.serving import Served, free_port, serving, sign_in, until
from tests.conftest import Site, copy_site

ROLES = [
    "SENDCo",
    "Regional SENDCo",
    "Campus Principal",
    "Teacher",
    "Support assistant",
    "Exams officer",
    "Committee member",
    "Parent",
    "Student",
]


@pytest.fixture(scope="module")
def site(example_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return copy_site(example_site, tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def demo(site: Site) -> Iterator[Served]:
    with serving("--demo", "--campus", site.root, "--state", site.state, *DAY) as served:
        yield served


def readers(site: Site, registry: SchemaRegistry) -> dict[str, str]:
    """Who signs in with which address."""
    campus = CampusFolder(site.root, registry).load().campus
    return {one.email: one.id for one in People.from_campus(campus) if one.email}


def students_of(site: Site, reader: str) -> list[str]:
    with Bundle.reading(site.bundle) as bundle:
        return sorted(subject for subject in subjects_of(bundle, reader) if len(subject) == 4)


def test_the_demonstration_has_one_sign_in_for_each_role(demo: Served) -> None:
    assert list(demo.sign_ins) == ROLES
    assert demo.printed[-1].startswith(f"Open {demo.address} and sign in")
    passwords = [who.password for who in demo.sign_ins.values()]
    assert len(set(passwords)) == len(ROLES)
    assert all(len(password) >= 12 for password in passwords)


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_each_of_them_signs_in_and_gets_home(demo: Served, role: str) -> None:
    who = demo.sign_ins[role]
    with demo.browser() as browser:
        answer = sign_in(browser, who)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        home = browser.get("/")
        assert home.status_code == 200
        assert who.name in home.text


def test_teacher_parent_and_student_of_the_demonstration_meet_over_the_student_with_most_to_read(
    demo: Served, site: Site, registry: SchemaRegistry
) -> None:
    """Where several would do, the one who sees most students; nobody is chosen by name."""
    ids = readers(site, registry)
    with Bundle.reading(site.bundle) as bundle:
        amounts = bundle.amounts()
    shown = {role: ids[who.email] for role, who in demo.sign_ins.items()}
    student = shown["Student"]
    assert amounts[shown["SENDCo"]][student] == max(
        amount for subject, amount in amounts[shown["SENDCo"]].items() if len(subject) == 4
    )
    assert {student} == {subject for subject in amounts[shown["Parent"]] if len(subject) == 4}
    assert student in amounts[shown["Teacher"]]
    assert sum(len(subject) == 4 for subject in amounts[shown["Teacher"]]) > 15


def test_nobody_gets_in_without(demo: Served) -> None:
    with demo.browser() as browser:
        answer = browser.get("/students/")
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
        assert browser.get("/sign-in").status_code == 200


@pytest.mark.parametrize("role", ["Parent", "Student"])
def test_one_student_is_theirs_and_every_other_is_as_if_absent(
    demo: Served, site: Site, registry: SchemaRegistry, role: str
) -> None:
    who = demo.sign_ins[role]
    own = students_of(site, readers(site, registry)[who.email])
    assert own
    others = [path.name for path in (site.root / "records" / "students").iterdir() if path.name not in own]
    with demo.browser() as browser:
        sign_in(browser, who)
        assert browser.get(f"/students/{own[0]}/").status_code == 200
        absent = browser.get("/students/0X0X/")
        for student in others:
            answer = browser.get(f"/students/{student}/")
            assert (answer.status_code, answer.content) == (404, absent.content)


def test_a_committee_member_sees_no_student(demo: Served, site: Site, registry: SchemaRegistry) -> None:
    who = demo.sign_ins["Committee member"]
    assert students_of(site, readers(site, registry)[who.email]) == []
    with demo.browser() as browser:
        sign_in(browser, who)
        for student in (site.root / "records" / "students").iterdir():
            assert browser.get(f"/students/{student.name}/").status_code == 404


def test_a_second_one_beside_it_is_refused_and_does_no_harm(demo: Served, site: Site) -> None:
    """Neither on the same port nor on another; the sign-ins on the first one's screen go on working."""
    there = ("--campus", site.root, "--state", site.state, *DAY)
    taken = demo.address.rpartition(":")[2]
    assert f"port {taken}" in run("serve", "--demo", "--port", taken, *there).sentence
    assert "Another gate is running" in run("serve", "--demo", "--port", str(free_port()), *there).sentence
    with demo.browser() as browser:
        assert sign_in(browser, demo.sign_ins["SENDCo"]).headers["location"] == "/"


@pytest.mark.slow
def test_a_withdrawal_bites_at_the_next_click(own_site: Site, registry: SchemaRegistry) -> None:
    there = ("--campus", own_site.root, "--state", own_site.state, *DAY)
    with serving("--demo", *there) as served, served.browser() as browser:
        who = served.sign_ins["Teacher"]
        sign_in(browser, who)
        assert browser.get("/students/").status_code == 200
        told = run("revoke", readers(own_site, registry)[who.email], *there)
        assert told.code == 0, told
        assert browser.get("/students/").headers["location"] == "/sign-in"
        assert sign_in(browser, who).status_code == 403


@pytest.mark.slow
def test_ctrl_c_stops_it_quietly_and_the_next_start_has_other_passwords(own_site: Site) -> None:
    passwords = []
    for _ in range(2):
        with serving("--demo", "--campus", own_site.root, "--state", own_site.state, *DAY) as served:
            passwords += [who.password for who in served.sign_ins.values()]
            with served.browser() as browser:
                assert browser.get("/healthz").text == "ok\n"
            assert served.stop() == 0
            assert "Stop with Ctrl-C" in served.printed[-1]
    assert len(set(passwords)) == 2 * len(ROLES)


def test_pressing_twice_is_the_same_as_once() -> None:
    server = _Server(uvicorn.Config(lambda: None))
    for _ in range(2):
        server.handle_exit(signal.SIGINT, None)
    assert server.should_exit
    assert not server.force_exit
    assert server._captured_signals == [signal.SIGINT]


@pytest.mark.slow
def test_demonstration_accounts_are_gone_when_it_is_served_in_earnest(own_site: Site) -> None:
    there = ("--campus", own_site.root, "--state", own_site.state, *DAY)
    with serving("--demo", *there) as served:
        who = served.sign_ins["SENDCo"]
        served.stop()
    with serving(*there) as served, served.browser() as browser:
        assert sign_in(browser, who).status_code == 403


@pytest.mark.slow
def test_a_changed_record_is_on_the_page_a_moment_later_and_a_broken_one_changes_nothing(own_site: Site) -> None:
    with serving("--demo", "--watch", "--campus", own_site.root, "--state", own_site.state, *DAY) as served:
        profile = max((own_site.root / "records" / "students").glob("*/profile.yml"))
        with served.browser() as browser:
            sign_in(browser, served.sign_ins["SENDCo"])
            page = f"/students/{profile.parent.name}/"
            assert "Sings to calm down" not in browser.get(page).text
            _say(profile, "Sings to calm down.", "nonsense: true\n")
            good = profile.read_text(encoding="utf-8").removesuffix("nonsense: true\n")
            assert until(lambda: "unknown-field" in _next_lines(served))
            assert "Sings to calm down" not in browser.get(page).text
            profile.write_text(good, encoding="utf-8")
            assert until(lambda: "Sings to calm down" in browser.get(page).text)


def _next_lines(served: Served) -> str:
    """One more line of what it prints."""
    assert served.process.stdout is not None
    served.printed.append(served.process.stdout.readline())
    return served.printed[-1]


def _say(profile: Path, words: str, more: str = "") -> None:
    """Puts words into the profile where every reader of the page sees them, and more at its end, in one go."""
    text = profile.read_text(encoding="utf-8")
    marker = "\nhelp:\n"
    assert marker in text
    profile.write_text(
        text.replace(marker, f"{marker}  - id: singing\n    text: {words}\n", 1) + more, encoding="utf-8"
    )


def test_a_port_in_use_is_one_sentence(own_site: Site) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        sentence = run("serve", "--port", port, "--campus", own_site.root, "--state", own_site.state, *DAY).sentence
    assert sentence == f"Can't serve on 127.0.0.1 port {port}: Address already in use. Choose another port."


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--demo", "--host", "0.0.0.0"), "on this machine"),  # noqa: S104 - refused is the point
        (("--demo", "--name", "send.school.example"), "on this machine"),
        (("--host", "0.0.0.0"), "in the clear"),  # noqa: S104
        (("--name", "https://send.school.example"), "not a name alone"),
        (("--name", "[::1].evil"), "not a name alone"),
        (("--behind", "127.0.0.1"), "give it with --name as well"),
        (("--name", "send.school.example", "--behind", "proxy.school.example"), "not the address of a proxy"),
        (("--name", "send.school.example", "--behind", "0.0.0.0/0"), "too wide"),
    ],
)
def test_what_would_put_passwords_on_a_network_is_refused(arguments, said: str, own_site: Site) -> None:
    there = ("--campus", own_site.root, "--state", own_site.state, *DAY)
    assert said in run("serve", "--port", str(free_port()), *arguments, *there).sentence


@pytest.mark.slow
def test_behind_a_proxy_it_answers_to_its_name_with_cookies_for_https_only(own_site: Site) -> None:
    there = ("--campus", own_site.root, "--state", own_site.state, *DAY)
    with serving("--name", "SEND.school.example", *there) as served, served.browser() as browser:
        answer = browser.get("/sign-in", headers={"host": "send.school.example"})
        assert answer.status_code == 200
        assert "; Secure" in answer.headers["set-cookie"]
        assert "strict-transport-security" in answer.headers
        assert browser.get("/sign-in", headers={"host": "elsewhere.example"}).status_code == 421
        assert "Warning: all visitors seem to come from one address." in "\n".join(served.printed)
    with serving("--name", "send.school.example", "--behind", "127.0.0.1", *there) as served:
        assert "Warning" not in "\n".join(served.printed)


@pytest.mark.slow
def test_the_last_good_site_is_served_although_a_record_is_broken_since(own_site: Site) -> None:
    """A mistake in a record must not take the site away when the machine restarts: the last sound one stands in."""
    (own_site.root / "records" / "campus.yml").write_text("id: [", encoding="utf-8")
    there = ("--campus", own_site.root, "--state", own_site.state, *DAY)
    with serving(*there) as served, served.browser() as browser:
        assert "Held back until it is corrected" in "\n".join(served.printed)
        assert browser.get("/sign-in").status_code == 200
        assert browser.get("/students/").headers["location"] == "/sign-in"


@pytest.mark.slow
def test_the_last_good_site_is_served_although_a_schema_of_the_campus_s_own_is_wrong(own_site: Site) -> None:
    """Nothing new can be published until it is corrected; what families and staff can read stays up."""
    schemas = own_site.root / "schemas"
    schemas.mkdir(exist_ok=True)
    (schemas / "visits.schema.json").write_text('{"x-kind": "visits"}', encoding="utf-8")
    there = ("--campus", own_site.root, "--state", own_site.state, *DAY)
    with serving(*there) as served, served.browser() as browser:
        told = "\n".join(served.printed)
        assert "The site could not be built: " in told
        assert "can't be used: " in told
        assert "The last good site is served." in served.printed
        assert browser.get("/sign-in").status_code == 200
        assert browser.get("/students/").headers["location"] == "/sign-in"
    nowhere = own_site.state / "no site yet"
    command = program("serve", "--port", str(free_port()), "--campus", own_site.root, "--state", nowhere, *DAY)
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "can't be used: " in refused.stderr


@pytest.mark.parametrize("content", [b"", b"no database" * 500, None], ids=["nothing", "no database", "no file"])
def test_what_is_no_site_is_none_to_go_on_with(content: bytes | None, tmp_path: Path) -> None:
    """A bundle of another version, or one that was never finished, is made anew by the build."""
    bundle = tmp_path / "bundle.db"
    if content is not None:
        bundle.write_bytes(content)
        bundle.chmod(0o600)
    assert not _has_site(Settings(bundle=bundle, state=tmp_path, templates=tmp_path))


@pytest.mark.slow
def test_the_last_good_site_is_served_although_the_machine_can_not_build(own_site: Site) -> None:
    shutil.rmtree(own_site.state / "build")
    (own_site.state / "build").write_text("in the way", encoding="utf-8")
    there = ("--campus", own_site.root, "--state", own_site.state, *DAY)
    with serving(*there) as served, served.browser() as browser:
        assert "The site could not be built: The machine refused: File exists" in "\n".join(served.printed)
        assert "The last good site is served." in served.printed
        assert browser.get("/students/").headers["location"] == "/sign-in"
    refused = subprocess.run(
        program("serve", "--demo", "--port", str(free_port()), *there), capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2
    assert refused.stderr.startswith("sendbook: The machine refused: File exists")


@pytest.mark.parametrize(
    ("known", "said"), [(0, "has no Landlock"), (2, "has an early Landlock"), (3, ""), (7, "")], ids=str
)
def test_where_the_kernel_can_not_confine_the_gate_one_line_says_so(
    known: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(landlock, "version", lambda: known)
    how = How(host="127.0.0.1", port=8321, name=None, demo=False, watch=False, fixed=False)
    _invite(how, screen())
    told = capsys.readouterr()
    assert told.out == "Serving on http://127.0.0.1:8321. Stop with Ctrl-C.\n"
    assert said in told.err
    assert len(told.err.splitlines()) == bool(said)


@pytest.mark.sample(1)
@pytest.mark.parametrize("how", [(), ("--demo",)], ids=["in earnest", "as a demonstration"])
def test_nothing_is_served_while_there_is_an_error_and_no_site(
    own_site: Site, tmp_path: Path, how: tuple[str, ...]
) -> None:
    (own_site.root / "records" / "campus.yml").write_text("id: [", encoding="utf-8")
    state = tmp_path / "no site yet"
    command = program("serve", "--port", str(free_port()), *how, "--campus", own_site.root, "--state", state, *DAY)
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 1, told
    assert "Nothing was published" in told.stdout
