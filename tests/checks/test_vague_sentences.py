"""Which sentences promise a change and name nothing that can be seen or counted, and which may stay as they are."""

from __future__ import annotations

import pytest

from sendbook.checks.rules.vague import says_a_number, vague_change, vague_target

NAMES = ("Eli", "Eli Tester")


@pytest.mark.parametrize(
    "sentence",
    """To improve his reading
Improves her reading
Eli will improve his reading.
Sam to improve his reading
For Eli to improve his reading
By July 2027, Eli will improve his reading
By the end of term he will be more confident
To improve his reading by July 2027
To improve his reading in Year 7
To improve his reading over two terms
To improve his reading with 3 sessions a week
1. To improve his reading
To be more confident
To be better at listening
Make progress in maths
To make better progress
To continue to develop her social skills
Continue with phonics
To keep working on his times tables
Work on spelling
To increase her confidence
Increased confidence
To become more independent
They should continue to work on their handwriting
To understand fractions
To feel happier at school
To reach his full potential
To read more fluently
Reads with greater fluency
To manage his emotions
To build resilience
To reduce his anxiety
His reading and spelling will improve
Her confidence has grown
Social skills
Reading: improve fluency
To improve his reading so that he can access the curriculum
Eli's target is to improve his reading
We want Eli to improve his reading
Help him to develop friendships
Improve reading through daily 10 minute practice
I want to get better at maths""".splitlines(),
)
def test_a_target_in_which_nothing_can_be_seen_or_counted_is_found(sentence: str) -> None:
    assert vague_target(sentence, NAMES)


@pytest.mark.parametrize(
    "sentence",
    """To improve his reading from 32 to 50 words a minute
To read 50 words a minute by July
To increase the number of words read in a minute from thirty to fifty
Reduce exits from lessons to 2 a week
Be in class by the bell on 4 of 5 days
Reads a new page aloud
Stays with her writing
Works on the set task
Asks for help before an adult offers it
Asks to be first in line
Helps a younger child pack away
Asks for a better page
Is able to tie his laces
Raises his hand before speaking
Shows his working
Keeps his bag packed
To improve his reading so that he reads a menu aloud without help
Social skills: takes turns in a game
By July 2027, Eli reads a page aloud
Reads aloud more often""".splitlines(),
)
def test_a_target_in_which_something_can_be_seen_or_counted_is_fine(sentence: str) -> None:
    assert vague_target(sentence, NAMES) is None


@pytest.mark.parametrize("sentence", ["Eli is more confident", "He will be better at maths", "Eli's reading improves"])
def test_an_outcome_that_promises_a_change_and_says_not_which_is_found(sentence: str) -> None:
    assert vague_change(sentence, NAMES)


@pytest.mark.parametrize(
    "sentence",
    [
        "Eli is happy at school",
        "Eli becomes a trained peer mentor",
        "Eli progresses to college",
        "Eli knows whom to ask",
        "Eli feels safe in the dining hall",
        "Eli has two friends",
    ],
)
def test_an_outcome_may_be_how_life_will_be(sentence: str) -> None:
    """A target would have to say what is seen of it; a long outcome is what all the targets lead to."""
    assert vague_change(sentence, NAMES) is None


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("in Year 7 by 9 July 2027, one-to-one, in 6 weeks", False),
        ("by 09/07/2027 or 2027-07-09", False),
        ("two-step instructions", False),
        ("6 times a week", True),
        ("one of five lessons", True),
        ("to a Year 3 level", True),
    ],
)
def test_days_year_groups_and_sessions_count_nothing(sentence: str, *, counts: bool) -> None:
    assert says_a_number(sentence) is counts


@pytest.mark.parametrize("written", ["Łukasz", "ŁUKASZ", "łukasz", "Eli", "ELI", "eli", "İlk", "Miro"])
def test_a_name_is_known_in_small_letters_and_in_capitals(written: str) -> None:
    """And one that is no name of the student's is no name, even straight after one that is."""
    for names in (("Łukasz",), ("Eli",), ("İlk",), ("Miro Miro", "Miro")):
        known = written.lower() in [name.lower() for name in names]
        assert bool(vague_target(f"{written} more confident with this", (*names, ""))) is known


def test_a_very_long_text_is_looked_at_in_no_time() -> None:
    """Only its beginning is read, and no pattern goes back and forth in it."""
    assert vague_target("Reads " + "so that he reads and " * 5000, NAMES) is None
