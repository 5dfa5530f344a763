"""What builds remember where the gate may read it is told to nobody without the key, and is never another value."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.bundle import Bundle
from sendbook.encryption import Encryption
from sendbook.errors import SpentBundle
from sendbook.seals import KEYS

KEY = bytes(range(32))
PLACES = st.lists(st.text(max_size=8), max_size=3)


@given(st.binary(max_size=300), PLACES)
def test_what_is_encrypted_is_read_again_in_its_place(value: bytes, place: list[str]) -> None:
    encryption = Encryption(KEY, "bundle")
    seal, made = encryption.encrypted(value, *place)
    assert encryption.decrypted(seal, made, *place) == value
    assert len(made) == len(value)


@given(st.binary(max_size=40), PLACES, PLACES)
def test_it_is_nothing_in_another_place(value: bytes, place: list[str], other: list[str]) -> None:
    encryption = Encryption(KEY, "bundle")
    seal, made = encryption.encrypted(value, *place)
    assert encryption.decrypted(seal, made, *other) == (value if other == place else None)


@given(st.binary(min_size=1, max_size=40), st.data())
def test_it_is_nothing_once_a_bit_of_it_is_another(value: bytes, data: st.DataObject) -> None:
    encryption = Encryption(KEY, "bundle")
    seal, made = encryption.encrypted(value, "a")
    whole = bytearray(seal + made)
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[bit // 8] ^= 1 << bit % 8
    assert encryption.decrypted(bytes(whole[: len(seal)]), bytes(whole[len(seal) :]), "a") is None


@pytest.mark.parametrize("other", [Encryption(bytes(32), "bundle"), Encryption(KEY, "cache")], ids=["key", "purpose"])
def test_another_key_or_another_purpose_reads_nothing(other: Encryption) -> None:
    assert other.decrypted(*Encryption(KEY, "bundle").encrypted(b"whole record", "a"), "a") is None


@pytest.mark.parametrize(
    ("seal", "value"), [(None, b""), (b"", b""), (b"x" * 27, b""), (b"x" * 29, b""), (b"x" * 28, "a")]
)
def test_what_is_no_seal_or_no_bytes_is_nothing(seal: object, value: object) -> None:
    assert Encryption(KEY, "bundle").decrypted(seal, value, "a") is None


def test_the_same_value_never_looks_the_same_twice() -> None:
    encryption = Encryption(KEY, "bundle")
    assert len({encryption.encrypted(b"whole record", "a") for _ in range(20)}) == 20


def test_no_file_next_to_the_pages_says_what_a_build_remembers(tmp_path: Path) -> None:
    """The gate may open all of ``site/``, and nothing of ``build/``, where the key is."""
    place = tmp_path / "site" / "bundle.db"
    with Bundle.create(place) as bundle, bundle.publish() as change:
        change.remember("7NVF", "sound", b"The social worker's note that nobody is granted." * 3)
    told = b"".join(file.read_bytes() for file in place.parent.iterdir())
    assert b"7NVF" in told
    assert b"social" not in told
    assert [path.name for path in tmp_path.rglob(KEYS)] == [KEYS]
    assert (tmp_path / "build" / KEYS).is_dir()
    with Bundle.reading(place) as bundle:
        assert bundle.remembered("7NVF", "sound") == b"The social worker's note that nobody is granted." * 3


@pytest.mark.parametrize("column", ["seal", "value"])
def test_a_row_that_another_hand_wrote_is_refused(column: str, tmp_path: Path) -> None:
    place = tmp_path / "site" / "bundle.db"
    with Bundle.create(place) as bundle, bundle.publish() as change:
        change.remember("7NVF", "sound", b"one")
        change.remember("01FB", "sound", b"two")
    with closing(sqlite3.connect(place)) as another, another:
        another.execute(f"UPDATE memory SET {column} = (SELECT {column} FROM memory WHERE unit = '01FB')")  # noqa: S608
    with Bundle.reading(place) as bundle, pytest.raises(SpentBundle):
        bundle.remembered("7NVF", "sound")
