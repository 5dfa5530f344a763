"""A change of a shared record makes the pages again that say it, and no others; and what is sent is what would be made
by a build that knows nothing of before.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from rich.console import Console

from sendbook.bundle import Bundle
from sendbook.bundle.export import files
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.cli.synthesise import synthesise
from sendbook.site.build.build import BuildResult, Options, build
from tests.conftest import ON, Site
from tests.site.rests_on_kit import AccessChanges, Changes, beside, publisher_of, read, sent, settled, write

SENCO, TEACHER = "p-r4jh", "p-gba7"


def built(root: Path, state: Path, registry: SchemaRegistry) -> BuildResult:
    return build(CampusFolder(root, registry), ON, state, Options(workers=1))


def read_by(site: Site, reader: str) -> dict[str, bytes]:
    with Bundle.reading(site.bundle) as bundle:
        return dict(files(bundle, reader, ON))


def changed(path: Path, pattern: str, to: str) -> str:
    """Puts something else in the place of the first text of a file that fits; returns what it was."""
    text = path.read_text(encoding="utf-8")
    found = re.search(pattern, text)
    assert found is not None, (path.name, pattern)
    path.write_text(text.replace(found[0], to, 1), encoding="utf-8")
    return found[0]


def people_with(site: Site, group: str) -> list[Path]:
    """The people of the campus in whose record a group says a telephone number."""
    found = sorted((site.root / "records/people").glob("*.yml"))
    return [path for path in found if re.search(rf"^{group}:(\n .*)*\n +phone:", path.read_text("utf-8"), re.MULTILINE)]


def test_a_colleague_s_new_number_is_where_the_old_one_was_and_nothing_else_is_made(
    own_site: Site, registry: SchemaRegistry
) -> None:
    before, names = sent(own_site.bundle)
    path = people_with(own_site, "staff")[3]
    old = changed(path, r"phone: .*", 'phone: "01632 960999"').removeprefix("phone: ").strip("\"'")
    said = {key: pages for key in before for pages in [read_by(own_site, key[0])] if key[1] == "directory"}
    assert all(old.encode() in pages["/people/"] for pages in said.values())
    made = built(own_site.root, own_site.state, registry)
    after, now = sent(own_site.bundle)
    assert made.published
    for key, pages in after.items():
        other = {path for path in pages if pages[path] != before[key].get(path)}
        assert not other or key[1] != "own" or other == {"/"}, "a home page may say whom to ask"
        assert bool(other) or now[key] == names[key], "what is sent as it was is not made again"
    for pages in (read_by(own_site, SENCO), read_by(own_site, TEACHER)):
        assert b"01632 960999" in pages["/people/"]
        assert not [one for one, page in pages.items() if old.encode() in page]


def test_a_parent_s_new_number_is_with_their_children_alone(own_site: Site, registry: SchemaRegistry) -> None:
    before, _ = sent(own_site.bundle)
    path = people_with(own_site, "family")[5]
    students = {
        one.parent.name
        for one in (own_site.root / "records/students").glob("*/*.yml")
        if path.stem in one.read_text(encoding="utf-8")
    }
    changed(path, r"phone: .*", 'phone: "01632 960999"')
    assert built(own_site.root, own_site.state, registry).published
    after, _ = sent(own_site.bundle)
    differ = {key for key in after if after[key] != before.get(key)}
    assert {subject for _, subject in differ} <= {*students, "own"}
    assert {reader for reader, subject in differ if subject == "own"} <= {path.stem}


def test_a_publisher_that_has_passed_a_student_over_says_the_parent_s_new_number(own_site: Site) -> None:
    """What it keeps of students who are as they were goes when somebody is reached in another way."""
    path, said = people_with(own_site, "family")[5], []
    settled(own_site.root)
    with publisher_of(own_site.root, own_site.state) as publisher:
        for number in ("01632 960997", "01632 960998"):
            write(path, {**read(path), "family": {"phone": number}})
            os.utime(path, (1, 1))  # and no other file, so that the others are known by their stamps
            for _ in range(2):
                assert publisher.publish(ON, Options(workers=1)).published
            said.append(sent(own_site.bundle)[0])
    assert any(said[1][key] != pages for key, pages in said[0].items() if key[1] not in ("own", "directory"))


def test_a_reworded_reason_makes_no_page_of_a_student_again(own_site: Site, registry: SchemaRegistry) -> None:
    before, _ = sent(own_site.bundle)
    path = own_site.root / "records/access.yml"
    changed(path, r"reason: Anybody can get in touch", "reason: Everybody can get in touch")
    made = built(own_site.root, own_site.state, registry)
    assert (made.published, made.rendered, made.readers) == (True, 0, 0)
    assert {subject for (_, subject), pages in sent(own_site.bundle)[0].items()} == {subject for _, subject in before}


def with_grant(site: Site, entry: str) -> None:
    path = site.root / "records/access.yml"
    text = path.read_text(encoding="utf-8").replace("grants:\n", f"grants:\n  - {entry}\n", 1)
    path.write_text(text, encoding="utf-8")


def grant(who: str, part: str, identity: str = "added") -> str:
    return f"{{id: {identity}, {who}, records: {{student: [{part}]}}, action: read, reason: So that they know.}}"


def one_with_duty(site: Site, role: str) -> str:
    people = sorted((site.root / "records/people").glob("*.yml"))
    return next(path.stem for path in people if f"role: {role}" in path.read_text(encoding="utf-8"))


def test_a_new_grant_is_none_of_students_to_whom_nobody_stands_so(own_site: Site, registry: SchemaRegistry) -> None:
    """The exams officer reaches some year groups alone."""
    before, names = sent(own_site.bundle)
    reached = {subject for reader, subject in before if reader == one_with_duty(own_site, "exams_officer")}
    with_grant(own_site, grant("role: exams_officer", "register"))
    assert built(own_site.root, own_site.state, registry).is_whole
    after, now = sent(own_site.bundle)
    differing = {subject for (reader, subject) in after if names.get((reader, subject)) != now[reader, subject]}
    assert differing
    assert differing <= reached | {"own"}


def test_a_grant_of_what_is_open_already_has_nothing_made_again(own_site: Site, registry: SchemaRegistry) -> None:
    with_grant(own_site, grant("relation: family", "background"))
    assert built(own_site.root, own_site.state, registry).rendered
    _, names = sent(own_site.bundle)
    with_grant(own_site, grant("relation: family", "background", "once-more"))
    made = built(own_site.root, own_site.state, registry)
    assert (made.published, made.rendered, made.readers) == (True, 0, 0)
    assert sent(own_site.bundle)[1] == names


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0])
def test_whatever_changes_in_who_may_see_what_all_is_sent_that_a_fresh_build_would_send(
    registry: SchemaRegistry, tmp_path: Path, seed: int
) -> None:
    root, state = tmp_path / "campus", tmp_path / "state"
    synthesise(root, 4, 1, ON, Console(quiet=True))
    (root / "records/access-tests.yml").unlink(missing_ok=True)  # what changes here would break what it says
    state.mkdir(mode=0o700)
    assert built(root, state, registry).is_whole
    changes, compared = AccessChanges(root, seed, registry.kinds), 0
    for number in range(6):
        path, text = changes.next()
        if not built(root, state, registry).is_whole:
            path.write_text(text, encoding="utf-8")
            assert built(root, state, registry).is_whole
            continue
        fresh = tmp_path / f"fresh-{number}"
        fresh.mkdir(mode=0o700)
        built(root, fresh, registry)
        assert sent(state / "site/bundle.db") == sent(fresh / "site/bundle.db"), text
        assert beside(state / "site/bundle.db") == beside(fresh / "site/bundle.db"), text
        compared += 1
    assert compared > 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_whatever_changes_in_the_campus_s_own_records_all_is_sent_that_a_fresh_build_would_send(
    registry: SchemaRegistry, tmp_path: Path, seed: int
) -> None:
    """The page sets made again hold every one whose bytes differ, and at most one in fifty more."""
    root, state = tmp_path / "campus", tmp_path / "state"
    synthesise(root, 4, 1, ON, Console(quiet=True))
    state.mkdir(mode=0o700)
    assert built(root, state, registry).is_whole
    changes, made_again, needed = Changes(root, seed), 0, 0
    for number in range(6):
        path, text = changes.next()
        before, then = sent(state / "site/bundle.db")
        if not built(root, state, registry).is_whole:
            path.write_text(text, encoding="utf-8")
            assert built(root, state, registry).is_whole
            continue
        after, now = sent(state / "site/bundle.db")
        fresh = tmp_path / f"fresh-{number}"
        fresh.mkdir(mode=0o700)
        built(root, fresh, registry)
        assert after == sent(fresh / "site/bundle.db")[0], path.name
        assert beside(state / "site/bundle.db") == beside(fresh / "site/bundle.db"), path.name
        of_students = {
            key for key in after if key[0] != "public" and key[1] not in ("handbook", "library", "directory", "own")
        }
        new = {(key[1], now[key]) for key in of_students if now[key] not in then.values()}
        other = {(key[1], now[key]) for key in of_students if after[key] != before.get(key)}
        made_again += len(new)
        needed += len(new & other)
    assert (made_again - needed) * 50 <= made_again, (made_again, needed)
