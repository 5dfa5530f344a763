"""What is found out of a folded text when it is asked for is what reading it from its beginning to its end finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sendbook.checks.leaks.folding import _RUN, Gap, _gap, _plain, fold

TEXTS = st.text(st.sampled_from("abcAB12 .,:;!?'\u2019-\u2013\0\n_\u00ad\u0301éßłİ王ไ\u202e\"()"), max_size=30)


@given(TEXTS)
def test_each_run_has_its_place_and_the_gap_before_it(text: str) -> None:
    plain, origin = _plain(text)
    found, total, end = fold(text), 0, 0
    gaps: dict[int, Gap] = {}
    places: dict[int, int] = {}
    for run in _RUN.finditer(plain):
        gaps[total] = _gap(plain, end, run.start()) if total else Gap.HARD
        places |= dict.fromkeys(range(total, total + len(run[0])), origin(run.start()) if origin else run.start())
        total, end = total + len(run[0]), run.end()
    assert found.starts == list(gaps)
    assert len(found.letters) == total
    assert {at: found.gap(at) for at in range(total + 2)} == {at: gaps.get(at) for at in range(total + 2)}
    assert {at: found.place(at) for at in range(total)} == places


@given(TEXTS)
def test_letters_are_written_as_they_are_in_the_text(text: str) -> None:
    found = fold(text)
    for start in range(len(found.letters)):
        written = found.as_written(found.starts[found._run(start)], start + 1)
        assert fold(written).letters[-1:] == found.letters[start : start + 1]
        assert found.written.find(written + found.behind(start + 1)) >= 0
