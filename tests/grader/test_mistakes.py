"""Every assignment's solution gets all points, its starter none, each planted mistake its own code at its own cost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pytest

from grader.audit.mistakes import against
from grader.audit.training import briefly_trained, trainings, uncurved, unsearched, untrained
from grader.grade import grade
from grader.messages import NOT_MEASURED, sentence
from grader.report import Report, Verdict
from reference.catalog import AssignmentFolder, Catalog
from reference.spec import Assignment, Draw, Function, Training
from tests.fakes.in_process import InProcessSandbox, upload

CATALOG = Catalog.builtin()
MISTAKES = [(slug, stem) for slug in CATALOG.slugs() for stem in CATALOG.get(slug).mistakes]
SEEDS = ("public:1", "secret:5eed", "public:77")
"""Each mistake is graded on one of them, and each is used for a third of the mistakes."""
TRAINED = [slug for slug in CATALOG.slugs() if trainings(CATALOG.get(slug))]

VALUE_CHECKS = frozenset({"forward", "stability", "cases", "property", "gradient", "update_rule"})


def about(folder: AssignmentFolder, function: str) -> AssignmentFolder:
    """The folder with those parts alone that have a check of the function."""
    parts = folder.assignment.parts
    kept = tuple(part for part in parts if any(check.function == function for check in part.checks))
    return replace(folder, assignment=replace(folder.assignment, parts=kept))


def _grade(folder: AssignmentFolder, source: str, seed: str) -> Report:
    return grade(unsearched(folder), upload(source), InProcessSandbox(), seed)


@pytest.fixture(params=[s for s in CATALOG.slugs() if not any(f.recipe for f in CATALOG.get(s).assignment.functions)])
def plain(request: pytest.FixtureRequest) -> AssignmentFolder:
    """Assignments that ask for functions alone, whose constants can be written as source; grader.vacuity tries all."""
    return CATALOG.get(request.param)


@pytest.fixture(params=CATALOG.slugs())
def each(request: pytest.FixtureRequest) -> AssignmentFolder:
    return CATALOG.get(request.param)


def test_the_solution_gets_every_point_on_every_seed(each: AssignmentFolder) -> None:
    folder = untrained(each)
    for number in range(20):
        report = _grade(folder, folder.solution, f"public:{number}")
        assert report.score.given == report.score.maximum == folder.assignment.points
        assert (report.notes, report.flags) == ((), ())


@pytest.mark.parametrize("slug", TRAINED)
@pytest.mark.parametrize("seed", ["public:1", "secret:5eed"])
def test_the_solution_trains_to_all_points(slug: str, seed: str) -> None:
    each = CATALOG.get(slug)
    report = _grade(uncurved(each), each.solution, seed)

    assert report.score.given == each.assignment.points
    assert report.training
    assert all(result.test_accuracy >= result.threshold for result in report.training)


def test_the_starter_gets_nothing(each: AssignmentFolder) -> None:
    report = _grade(briefly_trained(each), each.starter, "public:1")

    assert report.score.given == 0
    assert report.score.maximum == each.assignment.points
    codes = {check.diagnosis and check.diagnosis.code for part in report.parts for check in part.checks}
    assert codes == {"UNFINISHED"}


def test_nothing_but_its_parts_is_opened_for_a_file_that_returns_nothing(each: AssignmentFolder) -> None:
    folder, sandbox = untrained(each), InProcessSandbox()
    grade(folder, upload(folder.starter), sandbox, "public:1")

    looked = folder.assignment.layout_function is not None  # which calls it, in a process that no part is given
    assert sandbox.opened == looked + sum(not part.optional for part in folder.assignment.parts)


@pytest.mark.parametrize(("slug", "stem"), MISTAKES)
def test_a_mistake_gets_its_own_code_and_costs_its_own_part(slug: str, stem: str) -> None:
    folder = untrained(CATALOG.get(slug))
    report = _grade(folder, folder.mistakes[stem], SEEDS[MISTAKES.index((slug, stem)) % len(SEEDS)])
    said = [sentence(check) for part in report.parts for check in part.checks if check.diagnosis]

    assert list(against(folder, stem, report)) == []
    assert not [words for words in said if NOT_MEASURED in words]


@dataclass(frozen=True)
class Constant:
    """A submission whose functions return arrays of the right shapes, filled with one number."""

    assignment: Assignment
    fill: float

    def of(self, *names: str) -> str:
        functions = [function for function in self.assignment.functions if function.name in names]
        return "\n".join(["import numpy as np", *(line for f in functions for line in self._lines(f))])

    def _lines(self, function: Function) -> Iterator[str]:
        hyper = self._hyperparameters(function)
        arguments = [tensor.name for tensor in function.arguments]
        yield f"def {function.name}({', '.join(arguments + [f'{name}={value!r}' for name, value in hyper.items()])}):"
        yield f"    sizes = {{'H': {'hidden' if 'hidden' in hyper else 0}}}"
        for tensor in function.arguments:
            yield f"    sizes |= {{a: n for a, n in zip({tensor.axes!r}, np.shape({tensor.name})) if not a.isdigit()}}"
            if tensor.draw is Draw.SIZE:
                yield f"    sizes[{tensor.of!r}] = {tensor.name}"
        yield "    sizes['V'] = sizes.get('V', sizes.get('L', 0) - sizes.get('W', 0) + 1)"
        filled = [
            f"np.full([int(a) if a.isdigit() else sizes[a] for a in {tensor.axes!r}], {self.fill!r})"
            for tensor in function.results
        ]
        yield f"    return {', '.join(filled)}"

    def _hyperparameters(self, function: Function) -> Mapping[str, float]:
        for part in self.assignment.parts:
            for check in part.checks:
                if isinstance(check, Training) and check.function == function.name:
                    return {**check.hyperparameters, "seed": 0}
        return {}


def _passed(report: Report) -> set[tuple[str, str]]:
    return {
        (check.kind, check.function)
        for part in report.parts
        for check in part.checks
        if check.kind in VALUE_CHECKS and check.verdict is Verdict.PASSED
    }


@pytest.mark.parametrize("fill", [0.0, 1.0, 1 / 3, -2.0, 1e-12])
def test_constants_pass_no_value_check(plain: AssignmentFolder, fill: float) -> None:
    each = plain
    names = [function.name for function in each.assignment.functions]
    constant = Constant(each.assignment, fill)
    folder = untrained(each)
    report = _grade(folder, constant.of(*names), "public:1")

    assert _passed(report) == set()
    gradients = [check for part in report.parts for check in part.checks if check.kind == "gradient"]
    assert all(check.points.given == 0 for check in gradients)  # zeros are the derivative of zeros: that shows nothing
    kinds = {check.kind: check.points.given for part in report.parts for check in part.checks if check.points.given}
    assert set(kinds) <= {"contract"}  # right shapes, the same twice: that much they are

    for name in names:
        alone = _grade(about(folder, name), f"{folder.solution}\n\n{constant.of(name)}", "public:1")
        assert {function for _, function in _passed(alone)}.isdisjoint({name})


def test_constants_do_not_train(plain: AssignmentFolder) -> None:
    each = plain
    trained = [c.function for part in each.assignment.parts for c in part.checks if isinstance(c, Training)]
    for name in trained:
        report = _grade(briefly_trained(each), Constant(each.assignment, 0.0).of(name), "public:1")
        checks = [c for part in report.parts for c in part.checks if c.function == name and c.kind != "contract"]
        assert all(check.points.given == 0 for check in checks)
        found = [check.diagnosis for check in checks if check.diagnosis]
        # Where the steps are looked at, they are what the training is put down to.
        assert {one.evidence.get("symptom", one.code) for one in found} >= {"DOES_NOT_LEARN"}


def test_a_report_replays_from_its_seed(each: AssignmentFolder) -> None:
    folder = untrained(each)
    for source in (folder.solution, *list(folder.mistakes.values())[:2]):
        first, second = (_stopped_clock(folder, source) for _ in range(2))
        assert repr(first) == repr(second)


def _stopped_clock(folder: AssignmentFolder, source: str) -> Report:
    return grade(folder, upload(source), InProcessSandbox(), "public:3", clock=lambda: 0.0)
