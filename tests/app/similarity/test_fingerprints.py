"""Winnowing: what is shared over RUN + WINDOW - 1 words is always seen; the same text always gives the same."""

import random

from app.similarity.fingerprints import RUN, WINDOW, fingerprints, merged
from app.similarity.tokens import MOST_WORDS

SIGNS = "+ - * / % & | ^ @ < > ~".split()


def text(rng: random.Random, words: int) -> str:
    return "\n".join(rng.choice(SIGNS) for _ in range(words))


def test_a_shared_stretch_of_guaranteed_length_is_always_seen() -> None:
    rng = random.Random(1)
    for _ in range(200):
        shared = text(rng, RUN + WINDOW - 1)
        one, other = (f"{text(rng, 40)}\n{shared}\n{text(rng, 40)}" for _ in range(2))
        assert fingerprints([one]).keys() & fingerprints([other]).keys()


def test_texts_without_a_shared_run_share_nothing() -> None:
    rng = random.Random(2)
    assert not fingerprints([text(rng, 400)]).keys() & fingerprints([text(rng, 400)]).keys()


def test_lines_and_files_of_each_are_kept() -> None:
    found = fingerprints(["", text(random.Random(3), 40)])
    assert {file for spans in found.values() for file, _, _ in spans} == {1}
    assert all(last - first == RUN - 1 for spans in found.values() for _, first, last in spans)


def test_a_text_shorter_than_a_run_has_none() -> None:
    assert fingerprints(["x = 1"]) == {}


def test_of_one_line_repeated_one_run_in_a_window_is_kept() -> None:
    lines = 100_000
    (spans,) = fingerprints(["x\n" * lines]).values()

    assert lines // WINDOW - RUN <= len(spans) <= lines // WINDOW + 1
    ((_, first, last),) = merged(spans)
    assert first <= WINDOW
    assert last > lines - WINDOW


def test_stretches_that_touch_are_made_one() -> None:
    assert merged([(0, 4, 6), (0, 1, 3), (0, 9, 9), (1, 1, 2)]) == ((0, 1, 6), (0, 9, 9), (1, 1, 2))


def test_the_words_that_are_read_are_those_of_all_files() -> None:
    long = "x + " * (MOST_WORDS // 2)
    assert not any(
        file == 2 for spans in fingerprints([long, long, text(random.Random(4), 40)]).values() for file, *_ in spans
    )
