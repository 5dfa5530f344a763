"""Pieces joined in any order are what the same text compressed whole would be."""

import zlib

from hypothesis import given
from hypothesis import strategies as st

from sendbook.bundle.pieces import EMPTY, Compressor, Piece, joined, pack, plain, stored, unpack

repeated = st.builds(lambda text, times: text * times, st.binary(max_size=60), st.integers(0, 200))
texts = st.lists(st.tuples(st.one_of(st.binary(max_size=300), repeated), st.booleans()), max_size=12)


def pieces_of(parts: list[tuple[bytes, bool]]) -> list[Piece]:
    compressor = Compressor()
    return [stored(text) if secret else compressor.piece(text) for text, secret in parts]


@given(texts, st.randoms())
def test_pieces_in_any_order_are_a_valid_zlib_stream_of_their_texts(parts, random):
    """One compressor makes them all, and none refers to another."""
    pairs = list(zip([text for text, _ in parts], pieces_of(parts), strict=True))
    random.shuffle(pairs)
    stream = joined([piece for _, piece in pairs])
    whole = b"".join(text for text, _ in pairs)
    assert zlib.decompress(stream) == whole
    assert stream[-4:] == zlib.adler32(whole).to_bytes(4, "big")


@given(texts)
def test_plain_gives_back_the_texts(parts):
    assert plain(pieces_of(parts)) == b"".join(text for text, _ in parts)


@given(texts)
def test_packed_pieces_come_back_as_they_were(parts):
    pieces = tuple(pieces_of(parts))
    assert tuple(unpack(pack(pieces), len(pieces))) == pieces


def test_the_checksum_holds_for_pieces_longer_than_its_modulus():
    big = bytes(range(256)) * 2000
    compressor = Compressor()
    assert zlib.decompress(joined([compressor.piece(big), stored(big), compressor.piece(big)])) == big * 3


@given(st.binary(min_size=1, max_size=70_000))
def test_a_stored_piece_holds_its_text_uncompressed(secret):
    """So that the length of an answer says nothing of how a secret resembles what stands beside it."""
    piece = stored(secret)
    blocks = -(-len(secret) // 65535)
    assert len(piece.data) == len(secret) + 5 * blocks
    assert secret[:65535] in piece.data


def test_the_length_of_an_answer_does_not_depend_on_a_guess_that_is_right():
    """The attack on compressed secrets: a guess equal to the secret would make the answer shorter."""
    page = Compressor().piece(b"<p>csrf token 4f9a8c7b2d1e6f00</p>" * 3)
    right = joined([page, stored(b"4f9a8c7b2d1e6f00")])
    wrong = joined([page, stored(b"zzzzzzzzzzzzzzzz")])
    assert len(right) == len(wrong)


def test_no_text_is_no_bytes():
    assert Compressor().piece(b"") == stored(b"") == EMPTY
    assert zlib.decompress(joined([])) == b""


def test_a_small_piece_met_before_is_the_same_piece():
    compressor = Compressor()
    assert compressor.piece(b"<nav>links</nav>") is compressor.piece(b"<nav>links</nav>")
