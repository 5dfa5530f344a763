"""What is erased is gone from the bytes on disk, not only from the answers."""

import random
import sqlite3
from pathlib import Path

import pytest

from sendbook.bundle import Bundle, File, Fragment
from sendbook.bundle.publication import Publication
from tests.bundle.sites import AISHA, BEN

NAME = "Zebulon Quartermaine"
FOLDED = (b"zebulon", b"quartermaine")


def bytes_on_disk(bundle: Bundle) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(bundle.path.parent.iterdir()) if file.is_file())


def put_named_student(bundle: Bundle) -> bytes:
    """A student with a name in the title, in the words, in what a build remembers, and in a file kept as it is."""
    letter = b"%PDF letter to " + NAME.encode() + bytes(range(256))
    with bundle.publish() as change:
        pages = {
            "/students/4H7T/": Fragment(title=f"Plan of {NAME}", content=f"<p>{NAME} reads.</p>" * 50),
            "/students/4H7T/letter.pdf": File(media_type="application/pdf", content=letter),
        }
        change.put_pages("4H7T", "staff", pages)
        change.set_scopes("4H7T", [("t", "staff", None, f"teaches {NAME}")])
        change.remember("4H7T", "row", NAME.encode())
    rows = bundle.connection.execute(
        "SELECT body FROM object JOIN page ON object = id WHERE subject = '4H7T' AND form = 'fragment'"
    )
    return bytes(rows.fetchone()[0])


def test_a_forgotten_student_is_gone_from_every_byte_on_disk(bundle: Bundle):
    compressed = put_named_student(bundle)
    before = bytes_on_disk(bundle)
    assert all(name in before for name in (NAME.encode(), *FOLDED, compressed)), "or the test proves nothing"
    with bundle.publish() as change:
        change.forget("4H7T")
    after = bytes_on_disk(bundle)
    assert not any(name in after for name in (NAME.encode(), *FOLDED, compressed))


def test_a_corrected_name_is_gone_from_every_byte_on_disk(bundle: Bundle):
    compressed = put_named_student(bundle)
    with bundle.publish() as change:
        change.put_pages("4H7T", "staff", {"/students/4H7T/": Fragment(title="Plan of Zeb", content="<p>Zeb</p>")})
        change.set_scopes("4H7T", [("t", "staff", None, "teaches Zeb")])
        change.remember("4H7T", "row", b"Zeb")
    after = bytes_on_disk(bundle)
    assert not any(name in after for name in (NAME.encode(), *FOLDED, compressed))


def test_what_was_never_published_is_not_left_in_the_log(bundle: Bundle):
    bundle.connection.execute("PRAGMA cache_size = 1")  # so that SQLite spills pages before the commit
    with pytest.raises(ZeroDivisionError), bundle.publish() as change:  # noqa: PT012
        for number in range(200):
            path = f"/students/{AISHA}/{number}/"
            change.put_pages(AISHA, "staff", {path: Fragment(title=NAME, content=f"{NAME} {number} " * 300)})
        assert FOLDED[0] in bytes_on_disk(bundle), "or the test proves nothing"
        raise ZeroDivisionError
    assert FOLDED[0] not in bytes_on_disk(bundle)


def test_a_log_held_by_another_reader_is_told_and_emptied_later(bundle: Bundle):
    put_named_student(bundle)
    bundle.connection.execute("PRAGMA busy_timeout = 0")
    holding = sqlite3.connect(bundle.path, isolation_level=None)
    holding.execute("BEGIN")
    holding.execute("SELECT count(*) FROM page").fetchone()
    with bundle.publish() as change:
        change.forget("4H7T")
    assert not change.log_emptied
    assert FOLDED[0] in bytes_on_disk(bundle)
    holding.close()
    assert bundle.empty_log()
    assert FOLDED[0] not in bytes_on_disk(bundle)


def test_the_other_students_are_untouched(bundle: Bundle, tmp_path: Path):
    put_named_student(bundle)
    with bundle.publish() as change:
        change.forget("4H7T")
    assert BEN in bundle.subjects()
    assert bundle.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_forgotten_student_is_not_left_in_a_corner_of_a_page(tmp_path: Path):
    """SQLite's own overwriting misses copies of rows that it moved; with this seed it had moved some."""
    chance = random.Random(48)
    students = [f"S{number:03}" for number in range(60)]
    with Bundle.create(tmp_path / "bundle.db") as bundle:
        for among in (students, *(chance.sample(students, 12) for _ in range(6))):
            with bundle.publish() as change:
                for student in among:
                    _put(change, student, chance)
        with bundle.publish() as change:
            gone = chance.sample(students, 5)
            for student in gone:
                change.forget(student)
        left = bytes_on_disk(bundle).lower()
    assert [student for student in gone if student.lower().encode() in left] == []


def _put(change: Publication, student: str, chance: random.Random) -> None:
    name = f"Zeb{student} Quart{student}"

    def page() -> Fragment:
        return Fragment(title=f"Plan of {name}", content=f"<p>{name} reads.</p>" * chance.randrange(1, 40))

    change.put_pages(
        student, "staff", {f"/students/{student}/{number}/": page() for number in range(chance.randrange(1, 9))}
    )
    change.set_scopes(student, [("t", "staff", None, f"teaches {name}")])
    change.remember(student, "row", name.encode() * chance.randrange(1, 30))
