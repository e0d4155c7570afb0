"""The audit of the example: green as it is, red for each thing that must not be so."""

from dataclasses import replace
from pathlib import Path

import pytest

from grader.audit.examination import Effort, audit
from grader.audit.outcome import Outcome, Threshold
from grader.audit.slips import slips
from reference.catalog import AssignmentFolder, Catalog
from reference.example_folder import write_example
from tests.fakes.in_process import InProcessSandbox

EFFORT = Effort(runs=2, budget=1000.0)


@pytest.fixture
def example(tmp_path: Path) -> AssignmentFolder:
    write_example("my-first", tmp_path)
    return Catalog((tmp_path,)).get("my-first")


def _audit(folder: AssignmentFolder, effort: Effort = EFFORT) -> Outcome:
    return audit(folder, InProcessSandbox(), effort)


def test_the_example_is_green_and_every_slip_is_caught_or_declared(example: AssignmentFolder) -> None:
    outcome = _audit(example)

    assert outcome.reds == ()
    assert outcome.mutation.tried == outcome.mutation.all == len(list(slips(example.solution)))
    assert outcome.mutation.score == 1
    assert {one.key for one in outcome.mutation.survivors} == set(example.equivalent)
    assert all(one.line == 11 for one in outcome.mutation.survivors)
    assert outcome.rejection.graded == 2


def test_an_undeclared_survivor_counts(example: AssignmentFolder) -> None:
    assert _audit(replace(example, equivalent={})).mutation.score < 1


def test_checks_that_catch_little_are_red(example: AssignmentFolder) -> None:
    first = replace(example.assignment.parts[0], checks=example.assignment.parts[0].checks[:1])
    blind = replace(example, assignment=replace(example.assignment, parts=(first,)))

    assert any("of the mutants are caught" in red for red in _audit(blind).reds)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("wrong variant", "a right file lost points: variants/other"),
        ("starter", "the starter gets 40 points"),
        ("code", "mistakes/SIGN.sigmoid.py gets FACTOR, not SIGN"),
        ("harmless", "does not lose the points of its own part"),
    ],
)
def test_each_fault_is_red(example: AssignmentFolder, change: str, said: str) -> None:
    wrong = example.mistakes["FACTOR.sigmoid"]
    half = example.solution.replace("return dout * a * (1 - a)", "raise NotImplementedError")
    folder = {
        "wrong variant": replace(example, variants={"other": wrong}),
        "starter": replace(example, starter=half),
        "code": replace(example, mistakes={"SIGN.sigmoid": wrong}),
        "harmless": replace(
            example, mistakes={"FACTOR.sigmoid": example.solution.replace("return 1 /", "return 1.0 /")}
        ),
    }[change]

    assert any(said in red for red in _audit(folder).reds)


def test_without_time_no_mutant_is_tried_and_that_is_red(example: AssignmentFolder) -> None:
    outcome = _audit(example, Effort(runs=1, budget=-1.0))

    assert outcome.mutation.tried == 0
    assert any("--budget" in red for red in outcome.reds)


def test_a_training_that_failed_once_is_red(example: AssignmentFolder) -> None:
    failed = Threshold("train", "digits", 0.9, 0.999, passed=9, runs=10)
    outcome = replace(_audit(example, Effort(1, -1.0)), thresholds=(failed,))

    assert any("passed 9 of 10" in red for red in outcome.reds)


def test_a_training_is_counted() -> None:
    outcome = _audit(Catalog.builtin().get("hw2-softmax"), Effort(runs=2, budget=5.0))
    (threshold,) = outcome.thresholds

    assert 1 <= threshold.passed == threshold.runs <= 2
    assert threshold.bound == pytest.approx(0.05 ** (1 / threshold.runs))
    assert outcome.times.solution_training is not None
