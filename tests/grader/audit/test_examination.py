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

EFFORT = Effort(runs=2, budget=1000.0, seeds=3)


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
    assert outcome.mutation.same >= 2
    assert outcome.mutation.survivors == ()
    assert outcome.rejection.graded == 3


def _blind(example: AssignmentFolder) -> AssignmentFolder:
    """With the contract alone: any number of the right shape passes."""
    first = replace(example.assignment.parts[0], checks=example.assignment.parts[0].checks[:1])
    return replace(example, assignment=replace(example.assignment, parts=(first,)))


def test_checks_that_catch_little_are_red(example: AssignmentFolder) -> None:
    assert any("of the mutants are caught" in red for red in _audit(_blind(example)).reds)


def test_a_survivor_that_is_declared_does_not_count(example: AssignmentFolder) -> None:
    blind = _blind(example)
    mutation = _audit(blind).mutation
    declared = {one.key: "nobody asks" for one in mutation.survivors}

    assert mutation.score < 1 == _audit(replace(blind, equivalent=declared)).mutation.score


def test_slips_in_what_nobody_asks_for_are_left_out(example: AssignmentFolder) -> None:
    helper = "\n\ndef unused(x):\n    return x + 1\n"
    outcome = _audit(replace(example, solution=example.solution + helper))

    assert outcome.mutation.unasked > 0
    assert outcome.mutation.all == _audit(example).mutation.all
    assert outcome.reds == ()


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
    outcome = _audit(example, Effort(runs=1, budget=-1.0, seeds=1))

    assert outcome.mutation.tried == 0
    assert any("--budget" in red for red in outcome.reds)


def test_a_training_that_failed_once_is_red(example: AssignmentFolder) -> None:
    failed = Threshold("train", "digits", 0.9, 0.999, passed=9, runs=10)
    outcome = replace(_audit(example, Effort(1, -1.0, 1)), thresholds=(failed,))

    assert any("passed 9 of 10" in red for red in outcome.reds)


def test_a_training_is_counted() -> None:
    outcome = _audit(Catalog.builtin().get("hw2-softmax"), Effort(runs=2, budget=5.0, seeds=1))
    (threshold,) = outcome.thresholds

    assert 1 <= threshold.passed == threshold.runs <= 2
    assert threshold.bound == pytest.approx(0.05 ** (1 / threshold.runs))
    assert outcome.times.solution_training is not None
