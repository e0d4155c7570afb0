"""The campaigns of the report: right files accepted, mutants rejected, mistakes named and nothing false said."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np

from grader.report import Report
from reference.catalog import AssignmentFolder, Catalog
from reference.spec import Operation, Part, Stability, Training
from tests.students import behaviour
from tests.students.claims import contradicted
from tests.students.composition import composed, drawn
from tests.students.figures import Figures
from tests.students.judgement import TRUE_OF_ANY, false_statements, named, quick, report_of, said
from tests.students.mutation import Mutant, mutants
from tests.students.reasons import reasons
from tests.students.snippets import STUDENTS, Snippet, of_source, snippets

CPU_SECONDS = 1.0
"""What one call may take: nearly all take a thousandth, and a loop without an end takes all of it."""


@dataclass(frozen=True, slots=True)
class Suite:
    """One assignment's snippets and its folder without the long training."""

    slug: str
    folder: AssignmentFolder
    trained: AssignmentFolder
    variants: tuple[Snippet, ...]

    @classmethod
    def of(cls, slug: str) -> "Suite":
        """The suite of an assignment."""
        folder = Catalog.builtin().get(slug)
        return cls(slug, quick(folder), folder, snippets(STUDENTS / slug / "variants"))

    @property
    def functions(self) -> list[str]:
        """The functions asked for, in order."""
        return [function.name for function in self.folder.assignment.functions]

    def bugs(self, family: str) -> tuple[Snippet, ...]:
        """The mistakes of one family."""
        return snippets(STUDENTS / self.slug / "bugs" / family)

    def families(self) -> list[str]:
        """Names of the families of mistakes."""
        return sorted(path.name for path in (STUDENTS / self.slug / "bugs").glob("*"))

    def solution(self) -> dict[str, Snippet]:
        """The solution, function by function."""
        return of_source(self.folder.solution, self.functions)

    def about(self, function: str) -> AssignmentFolder:
        """The assignment's checks of one function only."""
        kept = [replace(p, checks=tuple(c for c in p.checks if c.function == function)) for p in self.parts]
        assignment = replace(self.folder.assignment, parts=tuple(part for part in kept if part.checks))
        return replace(self.folder, assignment=assignment)

    @property
    def parts(self) -> Sequence[Any]:
        """Parts of the assignment without its long training."""
        return self.folder.assignment.parts


def accept(suite: Suite, start: int, stop: int) -> Figures:
    """Right files, each on a seed of its own: every variant first, then whatever fits together."""
    figures = Figures()
    for number in range(start, stop):
        rng = np.random.default_rng([number, zlib.crc32(suite.slug.encode())])
        first = suite.variants[number % len(suite.variants)]
        chosen = around(suite, first, rng)
        report = report_of(suite.folder, composed(chosen), f"secret:{number:x}")
        names = ", ".join(f"{name}/{snippet.name}" for name, snippet in chosen.items())
        lost = [check for part in report.parts for check in part.checks if check.points.given < check.points.maximum]
        figures.count("right files")
        figures.count("rejected", f"secret:{number:x} {[(c.kind, c.function) for c in lost]} {names}", bool(lost))
        figures.count("flagged", f"{[flag.code for flag in report.flags]} {names}", bool(report.flags))
    return figures


def around(suite: Suite, first: Snippet, rng: np.random.Generator) -> dict[str, Snippet]:
    """Snippets for every function that fit with `first`."""
    shelf = [s for s in suite.variants if s.function != first.function] + [first]
    return drawn(shelf, suite.functions, rng, first.columns)


def planted(suite: Suite, bugs: Sequence[Snippet], rng: np.random.Generator | None = None) -> str:
    """A file with the bugs in it: the solution otherwise, or right variants drawn around them."""
    if rng is None:
        return composed({**suite.solution(), **{bug.function: bug for bug in bugs}})
    taken = {bug.function for bug in bugs}
    plain = [s for s in suite.variants if s.function not in taken and s.returns == "arrays"]
    return composed(drawn([*plain, *bugs], suite.functions, rng))


def name_singles(suite: Suite, bugs: Sequence[Snippet], seeds: Sequence[str], varied: bool) -> Figures:
    """Files with one bug snippet each, on each seed; a snippet may hold two mistakes."""
    figures = Figures()
    for index, bug in enumerate(bugs):
        for seed in seeds:
            rng = np.random.default_rng([index, zlib.crc32(seed.encode())]) if varied else None
            _name(suite, [bug], seed, rng, "pair in one" if len(bug.truths) > 1 else "single", figures)
    return figures


def name_pairs(suite: Suite, pairs: Sequence[tuple[Snippet, Snippet]], seed: str) -> Figures:
    """Files with two mistakes in different functions."""
    figures = Figures()
    for pair in pairs:
        _name(suite, pair, seed, None, "pair", figures)
    return figures


def pairs_of(bugs: Sequence[Snippet]) -> list[tuple[Snippet, Snippet]]:
    """All pairs of single mistakes in different functions, in an order that does not change."""
    single = [bug for bug in bugs if len(bug.truths) == 1]
    pairs = [(a, b) for a, b in combinations(single, 2) if a.function != b.function]
    order = np.random.default_rng(0).permutation(len(pairs))
    return [pairs[i] for i in order]


def _name(
    suite: Suite, bugs: Sequence[Snippet], seed: str, rng: np.random.Generator | None, kind: str, figures: Figures
) -> None:
    report = report_of(suite.folder, planted(suite, bugs, rng), seed, CPU_SECONDS)
    found = said(report)
    told = [one for bug in bugs for one in named(bug, found)]
    false = false_statements(bugs, found)
    keys = " + ".join(bug.key for bug in bugs)
    figures.count(kind)
    figures.count(f"{kind} named", times=all(told))
    figures.count(f"{kind} not named", f"{keys} {[found[bug.function].codes for bug in bugs]}", not all(told))
    figures.count(f"{kind} one named", times=any(told))
    figures.count(f"{kind} accepted", keys, report.score.given == report.score.maximum)
    figures.count("statements", times=sum(code not in TRUE_OF_ANY for s in found.values() for code in s.codes))
    figures.count(f"{kind} with a false statement", f"{keys} {false}", bool(false))


def mutate(suite: Suite, origins: Sequence[Snippet], stride: int = 1, seeds: int = 1) -> Figures:
    """Mutants of right snippets, every `stride`th: those that behave otherwise must lose a point on every seed.

    What is said of them is looked at on the first seed.
    """
    figures, explained = Figures(), reasons(STUDENTS / suite.slug / "survivors.txt")
    for origin in origins:
        rest = around(suite, origin, np.random.default_rng(zlib.crc32(origin.key.encode())))
        original = behaviour.names(composed(rest))
        for index, mutant in enumerate(mutants(origin)):
            if (index + zlib.crc32(origin.key.encode())) % stride == 0:
                _mutant(suite, mutant, rest, original, explained, [f"public:{n}" for n in range(1, seeds + 1)], figures)
    return figures


def _mutant(
    suite: Suite,
    mutant: Mutant,
    rest: Mapping[str, Snippet],
    original: Mapping[str, Any],
    explained: Mapping[str, str],
    seeds: Sequence[str],
    figures: Figures,
) -> None:
    name = mutant.origin.function
    source = composed({**rest, name: mutant.snippet})
    figures.count("mutants")
    if not _behaves_otherwise(suite, name, original, source):
        figures.count("mutants that behave alike")
        return
    figures.count("changed mutants")
    reports = [_judged_alone(suite, name, source, seed) for seed in seeds]
    figures.count("changed mutants x seeds", times=len(reports))
    kept = [report.seed for report in reports if report.score.given == report.score.maximum]
    if kept:
        known = mutant.key in explained
        figures.count("survivors explained x seeds" if known else "survivors x seeds", times=len(kept))
        figures.count("survivors explained" if known else "survivors", f"{mutant.key} on {', '.join(kept)}")
    if seeds[0] in kept:
        return
    codes = said(reports[0])[name].codes
    definite = [code for code in codes if code not in TRUE_OF_ANY]
    figures.count("mutants named", times=bool(definite))
    wrong, looked = contradicted(suite.about(name), source, name, codes)
    figures.count("claims", times=looked)
    figures.count("claims contradicted", f"{mutant.key} {wrong}", bool(wrong))


def _judged_alone(suite: Suite, name: str, source: str, seed: str) -> Report:
    """What one function of a file earns; a loop that keeps all points is trained with as well."""
    report = report_of(suite.about(name), source, seed, CPU_SECONDS)
    trains = suite.folder.assignment.function(name).operation is Operation.TRAIN
    if trains and report.score.given == report.score.maximum:
        return report_of(_briefly_trained(suite), source, seed, 30.0)
    return report


def _briefly_trained(suite: Suite) -> AssignmentFolder:
    """The full training without the shorter ones of its curve."""
    trainings = [
        check for part in suite.trained.assignment.parts for check in part.checks if isinstance(check, Training)
    ]
    parts = tuple(Part("training", (replace(training, curve_epochs=()),)) for training in trainings)
    return replace(suite.trained, assignment=replace(suite.trained.assignment, parts=parts))


def _behaves_otherwise(suite: Suite, name: str, original: Mapping[str, Any], source: str) -> bool:
    checks = [check for part in suite.parts for check in part.checks if check.function == name]
    cases = [case for check in checks if isinstance(check, Stability) for case in check.cases]
    try:
        changed = behaviour.names(source)
    except Exception:  # a class or a default that cannot be made: it behaves otherwise
        return True
    return behaviour.changed(suite.folder.assignment.function(name), cases, original, changed)
