"""Slips in every assignment: one expression changed, with the codes that are true of the change.

A family is a folder under slips/, with one file an assignment: a table for each slip, with the text that is there, what
stands there instead, and the codes, any of which names it. The text is the solution's, or that of a right file of the
family in the folder of the assignment's name, where the table says `of = "its name"`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from grader.diagnosis.regularised import BESIDES, UNSQUARED
from reference.catalog import AssignmentFolder
from tests.students.figures import Figures
from tests.students.judgement import MEASURED, TRUE_OF_ANY, quick, report_of, said
from tests.students.snippets import STUDENTS

SLIPS = STUDENTS / "slips"

UNSEEN = SLIPS / "unseen.txt"
"""Slips that keep every point without the long training, each with its reason."""

LAWS = frozenset({"ROWS_DO_NOT_SUM_TO_ZERO", "NOT_SHIFT_INVARIANT", "NOT_LINEAR"})
"""Laws that were measured to be broken."""

FOLLOWING = frozenset({"FOLLOWS_FROM_FORWARD", "FOLLOWS_FROM_GRADIENT", "FOLLOWS_FROM_STEP"})
"""Codes that point to another check."""

CPU_SECONDS = 1.0
"""What one call may take: nearly all take a thousandth, and a loop without an end takes all of it."""

NOT_OF_A_FORMULA = TRUE_OF_ANY | MEASURED | LAWS | FOLLOWING | {"DIVERGED", "ONE_CHANGE"}
"""Codes that no slip makes false."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip. old: text that stands once in the right file. new: what stands instead. truths: codes true of it.

    of: the right file's own text; None for the solution.
    """

    slug: str
    name: str
    old: str
    new: str
    truths: frozenset[str]
    of: str | None = None

    @property
    def key(self) -> str:
        """How reports call it."""
        return f"{self.slug}/{self.name}"

    def made_in(self, source: str) -> str:
        """The source with the slip in it.

        Raises:
            ValueError: the text to change does not stand there exactly once.
        """
        if source.count(self.old) != 1:
            raise ValueError(f"{self.key}: {self.old!r} stands there {source.count(self.old)} times")
        return source.replace(self.old, self.new)

    def lines_in(self, source: str) -> range:
        """The lines on which it stands once it is made in this source."""
        first = source[: source.index(self.old)].count("\n") + 1
        return range(first, first + self.new.rstrip("\n").count("\n") + 1)


def slips(family: str, slug: str) -> tuple[Slip, ...]:
    """The slips of one family in one assignment, in their file's order; none where it has no file."""
    path = SLIPS / family / f"{slug}.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    files = dict(right_files(family, slug))
    return tuple(
        Slip(slug, name, t["old"], t["new"], frozenset(t["true"]), files[t["of"]] if "of" in t else None)
        for name, t in tables.items()
    )


def right_files(family: str, slug: str) -> tuple[tuple[str, str], ...]:
    """Names and texts of the right whole files of one family in one assignment, by name; none without a folder."""
    paths = sorted((SLIPS / family / slug).glob("*.py"))
    return tuple((path.stem, path.read_text(encoding="utf-8")) for path in paths)


def families() -> list[str]:
    """Names of the families of slips, the oldest first."""
    return sorted((path.name for path in SLIPS.iterdir() if path.is_dir()), key=lambda name: (len(name), name))


def pairs_of(found: Sequence[Slip], most: int) -> list[tuple[Slip, Slip]]:
    """Pairs of slips in one file that leave each other's text alone, at most `most`, always in the same order."""
    pairs = [(a, b) for a, b in combinations(found, 2) if a.of == b.of and not _overlap(a, b)]
    order = np.random.default_rng(0).permutation(len(pairs))
    return [pairs[i] for i in order[:most]]


def _overlap(one: Slip, other: Slip) -> bool:
    return one.old in other.old or other.old in one.old


def name_slips(
    folder: AssignmentFolder, planted: Sequence[tuple[Slip, ...]], seeds: Sequence[str], changes: int = 0
) -> Figures:
    """What is said of the solution with one slip in it, or with two, on each seed. changes: that may be tried."""
    figures = Figures()
    untrained = quick(folder, changes)
    for together in planted:
        source = together[0].of or folder.solution
        try:
            for slip in together:
                source = slip.made_in(source)
        except ValueError:
            if len(together) == 1:
                raise
            continue  # the texts of the two share a place
        for seed in seeds:
            _name(untrained, together, source, seed, figures)
    return figures


def _name(folder: AssignmentFolder, together: Sequence[Slip], source: str, seed: str, figures: Figures) -> None:
    # Where changes are tried they are counted; on a busy machine the clock would end them sooner.
    report = report_of(folder, source, seed, CPU_SECONDS, clock=lambda: 0.0)
    found = said(report)
    by_function: Mapping[str, tuple[str, ...]] = {name: entry.codes for name, entry in found.items()}
    codes = frozenset(code for told in by_function.values() for code in told)
    said_of = [check.diagnosis for part in report.parts for check in part.checks if check.diagnosis]
    told_beside = [found.evidence["besides"] for found in said_of if found.evidence.get("besides")]
    told = [bool(codes & slip.truths - TRUE_OF_ANY) or _beside(slip, told_beside) for slip in together]
    truths = frozenset().union(*(slip.truths for slip in together))
    false = sorted(codes - truths - NOT_OF_A_FORMULA)
    kind = "single" if len(together) == 1 else "pair"
    heard = {name: told for name, told in by_function.items() if told}
    keys = " + ".join(slip.key for slip in together)
    figures.count(kind)
    figures.count(f"{kind} named", times=all(told))
    figures.count(f"{kind} not named", f"{keys} {heard}", not all(told))
    figures.count(f"{kind} one named", times=any(told))
    figures.count(f"{kind} accepted", keys, not any(entry.lost for entry in found.values()))  # an optional part counts
    if kind == "single":  # the other slip of a pair may move its lines
        lines = together[0].lines_in(together[0].of or folder.solution)
        figures.count("single located", times=any(found.evidence.get("change_line") in lines for found in said_of))
    listed = [words for code in truths for words in _second(code)]
    besides = [words for words in told_beside if words not in listed]
    figures.count(f"{kind} with a second mistake", f"{keys} {besides}", bool(besides))
    figures.count(f"{kind} with a false statement", f"{keys} {false} {heard}", bool(false))


def _beside(slip: Slip, words: Sequence[object]) -> bool:
    """Whether a sentence says so beside another mistake: Besides, the regularisation ..."""
    return any(second in words for code in slip.truths for second in _second(code))


def _second(code: str) -> Sequence[object]:
    """How a mistake with this code is told beside another."""
    return [*BESIDES.get(code, {}).values(), *([UNSQUARED] if code == "REG_SCALE" else [])]
