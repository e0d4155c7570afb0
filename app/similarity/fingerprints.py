"""Fingerprints of a text by winnowing: of every few runs of words the one with the least hash is kept.

Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD 2003: two texts that
share RUN + WINDOW - 1 words in a row share a fingerprint, wherever the words stand.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

from app.similarity.tokens import MOST_WORDS, Token, tokens

RUN = 14
"""Words in a run: an expression of NumPy such as a whole line of softmax; shorter runs are shared by chance."""

WINDOW = 7
"""Runs of which one is kept, so that what is shared over 20 words (about two lines) is always seen."""

_PRIME = 2**61 - 1
_FACTOR = 1_000_003
_LEADING = pow(_FACTOR, RUN, _PRIME)
_MIX = 0x1D8E4E27C47D124F

Span = tuple[int, int, int]
"""Which file, its first line and its last one."""

Fingerprints = Mapping[int, Sequence[Span]]
"""Each fingerprint of a piece of work, and where it stands."""


def fingerprints(files: Sequence[str]) -> Fingerprints:
    """The fingerprints of the files of one piece of work; the words that are read are those of all of them together."""
    found: defaultdict[int, list[Span]] = defaultdict(list)
    left = MOST_WORDS
    for number, text in enumerate(files):
        words = tokens(text, left)
        left -= len(words)
        for value, first, last in _kept(words):
            found[value].append((number, first, last))
    return dict(found)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same lines with stretches that touch made one, in order."""
    done: list[Span] = []
    for file, first, last in sorted(spans):
        if done and done[-1][0] == file and first <= done[-1][2] + 1:
            done[-1] = (file, done[-1][1], max(last, done[-1][2]))
        else:
            done.append((file, first, last))
    return tuple(done)


def _kept(words: Sequence[Token]) -> Iterable[tuple[int, int, int]]:
    """Robust winnowing: of equal least hashes the one kept before, as long as it is in the window, or the rightmost.

    So of a text that says the same again and again one run in WINDOW is kept, and not every one.
    """
    hashes = _hashes(words)
    kept = -1
    for begin in range(max(1, len(hashes) - WINDOW + 1) if hashes else 0):
        window = hashes[begin : begin + WINDOW]
        least = min(window)
        if kept < begin or hashes[kept] != least:
            kept = begin + len(window) - 1 - window[::-1].index(least)
            yield least, words[kept].line, words[kept + RUN - 1].line


def _hashes(words: Sequence[Token]) -> list[int]:
    """The hash of each run, made from the one before (Karp and Rabin 1987), mixed so that which is least is chance."""
    codes = [_code(word.word) for word in words]
    found, rolling = [], 0
    for at, code in enumerate(codes):
        gone = codes[at - RUN] * _LEADING if at >= RUN else 0
        rolling = (rolling * _FACTOR + code - gone) % _PRIME
        if at >= RUN - 1:
            found.append(rolling * _MIX % _PRIME)
    return found


@lru_cache(maxsize=4096)
def _code(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=7).digest(), "big")
