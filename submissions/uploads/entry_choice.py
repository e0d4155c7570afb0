"""Which file of an archive is graded, and in which order the others stand in for what it lacks.

Told by names and by what the lines begin with: no parser of ours reads a stranger's text here.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import PurePosixPath

from grader.upload import SourceFile

ENTRY_NAMES = ("main.py", "network.py")
"""Names that an archive's main file goes by, the surest first."""

OLD = frozenset(
    "old backup backups bak copy draft drafts deprecated archive archived previous prev orig original unused"
    " starter skeleton template".split()
)
"""Words in the path of a file that another has replaced; a starter that was filled in has nobody beside it."""

_WORDS = re.compile(r"[^\W\d_]+")
_VERSION = re.compile(
    r"(?<![ _-])[ _-]*(?:(?:v|version|final|new|fixed)[ _-]*)?\(?\d+\)?$|(?<![ _-])[ _-]+(?:final|new|fixed)$",
    re.IGNORECASE,
)
_DIGITS = 9  # of a number in a name
_IMPORTS = 500  # of a file that are looked at
_UNFILLED = re.compile(r"^[ \t]+raise[ \t]+NotImplementedError\b", re.MULTILINE)
_FUNCTIONS = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]", re.MULTILINE)
_DEFINED = re.compile(r"^(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", re.MULTILINE)
_DERIVED = re.compile(r"^class[ \t]+(\w+)[ \t]*\([ \t]*\w", re.MULTILINE)
_IMPORTED = re.compile(r"^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import\b|import[ \t]+([\w., \t]+))", re.MULTILINE)


def in_order(files: Sequence[SourceFile], notebooks: frozenset[str] = frozenset()) -> tuple[SourceFile, ...]:
    """The file to grade, then the others: fresh ones before tests and old copies, those nearest to the top first.

    Graded is, of those that are no tests, no old copies and no starter left as it was, main.py or network.py nearest
    to the top, else the largest (the first by name of equals); where another file derives a class of the same name from
    what it imports of that one, the other. notebooks: names of files that were notebooks, which come after modules that
    define something.
    """
    defined = {file.name: frozenset(_DEFINED.findall(file.text)) for file in files}
    fresh = frozenset[str]().union(*(defined[file.name] for file in files if not _is_old(file.name)))
    unfilled = frozenset(file.name for file in files if _is_unfilled(file.text))
    filled = frozenset[str]().union(*(defined[file.name] for file in files if file.name not in unfilled))
    imported = {file.name: _imported(file.text) for file in files}
    outdone = _outdone(files, defined)

    def late(file: SourceFile) -> tuple[bool, bool]:
        own = defined[file.name]
        replaced = _is_old(file.name) and 2 * len(own & fresh) >= len(own)
        untouched = file.name in unfilled and 0 < len(own) <= 2 * len(own & filled)
        return replaced or untouched or file.name in outdone, _is_test(file.name)

    def rank(file: SourceFile) -> tuple[tuple[bool, bool], int, int, tuple[int, ...], str]:
        name = PurePosixPath(file.name).name
        named = ENTRY_NAMES.index(name) if name in ENTRY_NAMES else len(ENTRY_NAMES)
        place = _nearness(file.name) if name in ENTRY_NAMES else (-len(file.text),)
        # Where there are notebooks: modules that define something, notebooks that do, modules that do not, the rest.
        kind = (0 if defined[file.name] else 2) + (file.name in notebooks) if notebooks else 0
        return late(file), named, kind, place, file.name

    def is_over(file: SourceFile, other: SourceFile) -> bool:
        """Whether a file derives a class from that of the same name in another, which it imports and which does not."""
        again = defined[other.name].intersection(_DERIVED.findall(file.text)) and not any(late(file))
        return bool(again) and _module(other) in imported[file.name] and _module(file) not in imported[other.name]

    first = min(files, key=rank)
    chosen = min((file for file in files if is_over(file, first)), key=rank, default=first)
    others = sorted(
        (f for f in files if f is not chosen), key=lambda file: (late(file), file.name.count("/"), file.name)
    )
    return chosen, *others


def _nearness(name: str) -> tuple[int, ...]:
    """Nearest to the top first; of folders beside each other the one with the higher number: hw2 comes after hw1."""
    folder = name.rpartition("/")[0]
    return name.count("/"), *(-int(number[:_DIGITS]) for number in re.findall(r"\d+", folder))


def _outdone(files: Sequence[SourceFile], defined: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Files of which a later version lies beside them, by name, that with others defines half of what they do."""
    versions: dict[str, list[tuple[tuple[int, int], str]]] = {}
    for file in files:
        stem = file.name.removesuffix(".py")
        base = _VERSION.sub("", stem)
        words = stem[len(base) :].lower()
        number = re.search(r"\d+", words)
        version = int("final" in words or "new" in words), int(number[0][:_DIGITS]) if number else 0
        versions.setdefault(base, []).append((version, file.name))
    found: set[str] = set()
    several = Counter(name for names in defined.values() for name in names)
    for group in versions.values():
        _, newest = max(group)
        for _, name in group:
            own = defined[name]
            beside = sum(several[each] > 1 for each in own)
            if name != newest and own & defined[newest] and 2 * beside >= len(own):
                found.add(name)
    return frozenset(found)


def _is_old(name: str) -> bool:
    return not OLD.isdisjoint(word.lower() for word in _WORDS.findall(name))


def _is_unfilled(text: str) -> bool:
    """Whether half of the functions are left as a starter has them."""
    left = len(_UNFILLED.findall(text))
    return left > 0 and 2 * left >= len(_FUNCTIONS.findall(text))


def _is_test(name: str) -> bool:
    """Whether a file is called as tests are, or lies among them."""
    *folders, stem = PurePosixPath(name).with_suffix("").parts
    return stem.startswith("test") or stem.endswith("_test") or stem == "conftest" or "tests" in folders


def _module(file: SourceFile) -> str:
    return PurePosixPath(file.name).stem


def _imported(text: str) -> frozenset[str]:
    """The modules that a file imports, by the last part of their path."""
    found = islice(_IMPORTED.finditer(text), _IMPORTS)
    names = (name for pair in found for said in pair.groups() if said for name in re.split(r"[\s,]+", said))
    return frozenset(name.rpartition(".")[2] for name in names)
