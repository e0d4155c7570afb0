"""Which pieces of work share what few others have: pairs by the share of their own fingerprints that both have.

What the starter gives and what much of the class wrote alike are left out: it says nothing about two of them. The
time grows with the number of fingerprints and MOST_HOLDERS, not with the number of pairs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.similarity.fingerprints import Fingerprints, Span, fingerprints, merged

LEAST_SHARE = 0.3
"""Pairs that share less are not listed: formulas that everybody has to write account for as much."""

LEAST_OWN = 6
"""A piece with fewer fingerprints of its own is too short to say anything about."""

MOST_PAIRS = 100
FEWEST_HOLDERS, MOST_HOLDERS = 4, 50
"""A fingerprint that more than a tenth of the class has is the usual way; the tenth is held within these limits."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pieces and what they share: the share of the smaller one's own fingerprints, and where it stands in each.

    same: all that is their own is in both. others: how many further pieces have all that is the first one's own, and
    nothing else of theirs.
    """

    first: str
    second: str
    share: float
    same: bool
    others: int
    first_lines: tuple[Span, ...]
    second_lines: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every pair worth a look, the most alike first. too_short: pieces with too little of their own.

    most_holders: what more pieces of work than that have is the usual way, and was left out.
    """

    compared: int
    too_short: int
    most_holders: int
    pairs: tuple[Pair, ...]


def compare(works: Mapping[str, Sequence[str]], starter: Sequence[str]) -> Comparison:
    """Compare pieces of work: id -> the texts of its files."""
    given = fingerprints(starter).keys()
    alike: dict[frozenset[int], list[str]] = defaultdict(list)
    prints: dict[str, Fingerprints] = {}
    for work, files in works.items():
        prints[work] = {value: spans for value, spans in fingerprints(files).items() if value not in given}
        alike[frozenset(prints[work])].append(work)
    most = min(MOST_HOLDERS, max(FEWEST_HOLDERS, len(works) // 10))
    usual = _usual(alike, most)
    own = {works[0]: values - usual for values, works in alike.items()}
    own = {work: values for work, values in own.items() if len(values) >= LEAST_OWN}
    groups = {works[0]: works for works in alike.values()}
    found = [
        _pair(prints, groups, work, other, own[work], 1.0)
        for work, same in groups.items()
        if work in own
        for other in same[1:]
    ]
    for (work, other), shared in _shared(own).items():
        share = shared / min(len(own[work]), len(own[other]))
        if share >= LEAST_SHARE:
            found.append(_pair(prints, groups, work, other, own[work] & own[other], share))
    found.sort(key=lambda pair: (-pair.share, -len(pair.first_lines), pair.first, pair.second))
    compared = sum(len(groups[work]) for work in own)
    return Comparison(compared, len(works) - compared, most, tuple(found[:MOST_PAIRS]))


def _usual(alike: Iterable[frozenset[int]], most: int) -> frozenset[int]:
    """The fingerprints that more than `most` have; pieces with the same fingerprints count once."""
    holders = Counter(value for values in alike for value in values)
    return frozenset(value for value, count in holders.items() if count > most)


def _shared(own: Mapping[str, frozenset[int]]) -> Counter[tuple[str, str]]:
    """How many fingerprints each pair shares that shares any."""
    holders: dict[int, list[str]] = defaultdict(list)
    for work, values in own.items():
        for value in values:
            holders[value].append(work)
    return Counter(pair for works in holders.values() for pair in combinations(works, 2))


def _pair(
    prints: Mapping[str, Fingerprints],
    groups: Mapping[str, Sequence[str]],
    first: str,
    second: str,
    shared: frozenset[int],
    share: float,
) -> Pair:
    same = prints[first].keys() == prints[second].keys()
    others = len(groups[first]) - (2 if same else 1)
    lines = [merged(span for value in shared for span in prints[work][value]) for work in (first, second)]
    return Pair(first, second, share, same, others, lines[0], lines[1])
