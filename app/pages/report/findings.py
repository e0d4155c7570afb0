"""What is wrong in a report, one finding a cause: checks of a part that fail for the same reason are told once."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.pages.mathml import drawable
from app.pages.pictures.derivative import derivative_curve
from app.pages.pictures.error_map import error_map
from app.pages.pictures.picture import Picture
from app.pages.printable import printable
from app.pages.report.check_kinds import kind_word
from app.pages.source.coloured_source import Excerpt
from grader import messages
from grader.help.shelf import help_path
from grader.report import (
    CheckResult,
    Diagnosis,
    Evidence,
    PartResult,
    Report,
    Score,
    TensorResult,
    UsedDerivative,
    Verdict,
)
from grader.translation import gettext as _

MOST_MAPS = 4  # of one finding; the Report JSON has the rest
WHOLE_FILE = frozenset({"NOT_LOADED", "STOPPED_AT_LOAD"})  # codes of a file of which nothing can be graded
NOTHING_TO_SEE = frozenset({"MISSING", "UNFINISHED"})  # codes whose sentence says it all: no source beside them
Locate = Callable[[Sequence[int]], Excerpt | None]


@dataclass(frozen=True, slots=True)
class ByHand:
    """The smallest case on which the student's answer and the right one differ, in the result called `tensor`."""

    tensor: str
    inputs: tuple[tuple[str, Evidence], ...]
    yours: Evidence
    right: Evidence


@dataclass(frozen=True, slots=True)
class Derivative:
    """The derivative of an activation that was used, read from the result called `tensor`: a picture and a sentence."""

    tensor: str
    picture: Picture
    sentence: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause of lost points. `checks` are the failed checks it explains, `points` theirs together.

    right, wrong: names of result tensors where the check compared several. measured: the wrong ones whose difference is
    a number, each with its largest relative difference and how much of it is tolerated. lines: those of the graded file
    that it is about. where: these lines, unless another finding above shows them.
    """

    anchor: str
    part: str
    checks: tuple[CheckResult, ...]
    sentence: str
    points: Score
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    measured: tuple[tuple[str, float, float], ...]
    maps: tuple[tuple[str, Picture], ...]
    derivative: Derivative | None
    by_hand: ByHand | None
    where: Excerpt | None
    lines: tuple[int, ...]

    @property
    def verdict(self) -> Verdict:
        """The verdict of the check that carries the evidence."""
        return self._main.verdict

    @property
    def function(self) -> str:
        """The function the finding is about, or the part's name where it is about the whole file."""
        return self.part if self.code in WHOLE_FILE else self._main.function

    @property
    def names(self) -> tuple[str, ...]:
        """Names that are code in the sentence: the function, and tensors no ordinary word is taken for."""
        return (
            self.function,
            self._main.subject,
            *(name for name in (*self.right, *self.wrong) if "_" in name or name[:1] == "d"),
        )

    @property
    def exception(self) -> str | None:
        """What the student's interpreter said, untrusted; None where the sentence says as much."""
        said = self._main.exception
        return None if said is None or said.partition(": ")[2] in self.sentence else said

    @property
    def counterfactual(self) -> str | None:
        """The change with which every number matches."""
        return self._main.diagnosis.counterfactual if self._main.diagnosis else None

    @property
    def code(self) -> str | None:
        """The stable code of the diagnosis."""
        return self._main.diagnosis.code if self._main.diagnosis else None

    @property
    def alike(self) -> str | None:
        """The code, where the sentence says no more than the function's name: one sentence may tell several such."""
        return messages.alike(self._main)

    @property
    def help(self) -> str | None:
        """Where the page of help on this code is."""
        return help_path(self.code) if self.code else None

    @property
    def further_help(self) -> tuple[tuple[str, str], ...]:
        """Codes of the mistakes named beside the first, each with where its page is."""
        also = self._main.diagnosis.evidence.get("also") if self._main.diagnosis else None
        named = also if isinstance(also, Sequence) and not isinstance(also, str) else ()
        codes = dict.fromkeys(str(one.get("code")) for one in named if isinstance(one, Mapping))
        return tuple((code, path) for code in codes if code != self.code and (path := help_path(code)))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of check that failed, in order, without repeats."""
        return tuple(dict.fromkeys(kind_word(check.kind) for check in self.checks))

    @property
    def probes(self) -> tuple[int, int] | None:
        """Probes that differ and all probes; None where none was counted."""
        total = self._main.probes_total
        return (total - self._main.probes_passed, total) if total else None

    @property
    def _main(self) -> CheckResult:
        return max(self.checks, key=_weight)


def findings(report: Report, locate: Locate) -> tuple[Finding, ...]:
    """The findings of a report in its own order; skipped checks are none, for their cause is told elsewhere."""
    found: list[Finding] = []
    shown: dict[tuple[int, ...], bool] = {}

    def locate_once(lines: Sequence[int]) -> tuple[Excerpt | None, bool]:
        """The lines, unless they are shown further up; and whether the file has them."""
        key = tuple(lines)
        if key in shown:
            return None, shown[key]
        where = locate(lines)
        shown[key] = where is not None
        return where, shown[key]

    unloaded = [check for part in report.parts for check in part.checks if _code(check) in WHOLE_FILE]
    if unloaded:
        return (_finding("finding-1", _("the whole file"), unloaded, locate_once),)
    for part in report.parts:
        for checks in _causes(part):
            found.append(_finding(f"finding-{len(found) + 1}", part.name, checks, locate_once))
    return tuple(found)


def _code(check: CheckResult) -> str | None:
    return check.diagnosis.code if check.diagnosis else None


def _causes(part: PartResult) -> list[list[CheckResult]]:
    """The failed checks by cause. One without a diagnosis fell with an earlier one that ended their process."""
    causes: dict[tuple[str, str, str], list[CheckResult]] = {}
    for check in part.checks:
        if check.verdict in (Verdict.PASSED, Verdict.SKIPPED):
            continue
        if check.diagnosis is None:
            fallen = [key for key in causes if key[1] == check.verdict]
            key = fallen[-1] if fallen else (check.function, check.verdict, "")
        else:
            key = (check.function, check.verdict, check.diagnosis.code)
        causes.setdefault(key, []).append(check)
    return list(causes.values())


def _finding(
    anchor: str,
    part: str,
    checks: list[CheckResult],
    locate: Callable[[Sequence[int]], tuple[Excerpt | None, bool]],
) -> Finding:
    main = max(checks, key=_weight)
    tensors = _tensors(checks)
    wrong = [tensor for tensor in tensors if tensor.verdict is not Verdict.PASSED]
    maps = [(tensor.name, error_map(tensor)) for tensor in wrong if tensor.error_map and tensor.error_map[0]]
    told = main.diagnosis is not None and main.diagnosis.code in NOTHING_TO_SEE
    where, there = (None, False) if told else locate(main.lines)
    return Finding(
        anchor=anchor,
        part=part,
        checks=tuple(checks),
        sentence=messages.sentence(main),
        points=Score(sum(check.points.given for check in checks), sum(check.points.maximum for check in checks)),
        right=tuple(tensor.name for tensor in tensors if tensor.verdict is Verdict.PASSED),
        wrong=tuple(tensor.name for tensor in wrong),
        measured=tuple(
            (tensor.name, tensor.largest_error, tensor.tolerance)
            for tensor in wrong
            if math.isfinite(tensor.largest_error) and tensor.largest_error > tensor.tolerance > 0
        ),
        maps=tuple(maps[:MOST_MAPS]),
        derivative=next((_derivative(check.derivative) for check in checks if check.derivative), None),
        by_hand=_by_hand(main.diagnosis),
        where=where,
        lines=main.lines if there else (),
    )


def _derivative(used: UsedDerivative) -> Derivative:
    used = replace(used, activation=printable(used.activation), tensor=printable(used.tensor), at=printable(used.at))
    return Derivative(used.tensor, derivative_curve(used), messages.derivative_sentence(used))


def _weight(check: CheckResult) -> tuple[bool, bool, int, float]:
    """Which check of a cause speaks for it: one with a diagnosis, a case to work by hand, most tensors, most points."""
    has_case = check.diagnosis is not None and bool(check.diagnosis.counterexample)
    return check.diagnosis is not None, has_case, len(check.tensors), check.points.maximum


def _tensors(checks: Sequence[CheckResult]) -> list[TensorResult]:
    """The result tensors of all checks by name; a wrong one is kept before a right one of the same name."""
    by_name: dict[str, TensorResult] = {}
    for tensor in (tensor for check in checks for tensor in check.tensors):
        known = by_name.get(tensor.name)
        if known is None or known.verdict is Verdict.PASSED:
            by_name[tensor.name] = tensor
    return list(by_name.values())


def _by_hand(diagnosis: Diagnosis | None) -> ByHand | None:
    """The case of a diagnosis, if all of it can be written as small matrices."""
    if diagnosis is None:
        return None
    case = diagnosis.counterexample
    inputs = case.get("inputs")
    if "yours" not in case or "right" not in case or not isinstance(inputs, dict):
        return None
    if not all(map(drawable, [*inputs.values(), case["yours"], case["right"]])):
        return None
    tensor = case.get("tensor")
    return ByHand(tensor if isinstance(tensor, str) else "", tuple(inputs.items()), case["yours"], case["right"])
