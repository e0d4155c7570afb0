"""Training is judged by what the reference makes of the parameters, on a split drawn for this grading alone."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from grader.checks.subject import Finding, Subject
from grader.checks.training import training
from grader.naming import bind
from grader.oracle import Oracle
from grader.report import Verdict
from grader.sandbox import Loaded, Stopped
from grader.student import Student
from reference.catalog import AssignmentFolder
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

Trained = Callable[..., Finding]


@pytest.fixture
def trained(folder: AssignmentFolder, written: Callable[[str], str]) -> Trained:
    """The training check on small blobs, which a few epochs separate."""
    spec = next(c for part in folder.assignment.parts for c in part.checks if isinstance(c, Training))
    small = replace(
        spec,
        dataset="blobs",
        threshold=0.95,
        curve_epochs=(1, 5),
        hyperparameters={**spec.hyperparameters, "hidden": 8, "epochs": 30},
    )

    def run(code: str = "", seed: str = "public:1", **endings: Stopped) -> Finding:
        with InProcessSandbox(**endings).open(upload(written(code)), folder.assignment.limits) as session:
            assert isinstance(session.loaded, Loaded)
            student = Student(session, bind(folder.assignment.functions, session.loaded.definitions))
            subject = Subject(folder.assignment, student, Oracle(folder.answers), seed, lambda: 0.0)
            return training.check(small, subject)

    return run


def test_a_network_that_learns_passes_and_shows_how(trained: Trained) -> None:
    finding = trained()
    (result,) = finding.training

    assert finding.result.verdict is Verdict.PASSED
    assert finding.result.points.given == finding.result.points.maximum
    assert result.test_accuracy >= result.threshold
    for curve in (result.curve, result.reference_curve):
        assert [point.epoch for point in curve] == [1, 5, 30]
        assert curve[-1].train_loss < curve[0].train_loss
    assert result.curve[-1].test_accuracy == result.test_accuracy
    confusion = np.array(result.confusion)
    assert confusion.sum() == 60
    assert confusion.trace() / 60 == result.test_accuracy


@pytest.mark.parametrize(
    "spoilt", ["{k: -v for k, v in w.items()}", "{**w, 'b_o': w['b_o'] + np.array([[50.0, 0, 0]])}"]
)
def test_a_network_that_does_not_learn_gets_nothing(spoilt: str, trained: Trained) -> None:
    code = f"""
    f = train
    def train(x, t, xv, tv, hidden, lr, gamma, epochs, seed):
        w = f(x, t, xv, tv, hidden, lr, gamma, epochs, seed)
        return {spoilt}
    """
    finding = trained(code)

    assert finding.result.verdict is Verdict.WRONG
    assert finding.result.points.given == 0
    assert finding.result.diagnosis is not None
    assert finding.result.diagnosis.code == "DOES_NOT_LEARN"
    assert {"accuracy", "threshold", "chance", "reference"} <= finding.result.diagnosis.evidence.keys()
    assert finding.training


def test_half_learned_is_below_the_threshold(trained: Trained) -> None:
    code = """
    f = train
    def train(x, t, xv, tv, hidden, lr, gamma, epochs, seed):
        t = t.copy()
        t[:, 0] += t[:, 2]
        t[:, 2] = 0
        return f(x, t, xv, tv, hidden, lr, gamma, epochs, seed)
    """
    finding = trained(code, seed="public:5")

    assert finding.result.diagnosis is not None
    assert finding.result.diagnosis.code == "ACCURACY_BELOW_THRESHOLD"


@pytest.mark.parametrize(
    ("code", "verdict", "diagnosis"),
    [
        ("def train(x, t, xv, tv, hidden, lr, gamma, epochs, seed): pass", Verdict.WRONG, "UNFINISHED"),
        ("def train(x, t, xv, tv, hidden, lr, gamma, epochs, seed): raise ValueError", Verdict.RAISED, "RAISED"),
        ("f = train\ndef train(*a, **m): return {k: v / 0 for k, v in f(*a, **m).items()}", Verdict.WRONG, "DIVERGED"),
        ("f = train\ndef train(*a, **m): return {k: v.T for k, v in f(*a, **m).items()}", Verdict.WRONG, "SHAPE"),
    ],
)
def test_without_parameters_there_is_no_result(code: str, verdict: Verdict, diagnosis: str, trained: Trained) -> None:
    finding = trained(code)

    assert finding.training == ()
    assert finding.result.diagnosis is not None
    assert (finding.result.verdict, finding.result.diagnosis.code) == (verdict, diagnosis)


def test_a_loop_that_fails_only_in_the_shorter_runs_keeps_its_points(trained: Trained) -> None:
    code = """
    f = train
    def train(x, t, xv, tv, hidden, lr, gamma, epochs, seed):
        assert epochs != 1
        return f(x, t, xv, tv, hidden, lr, gamma, epochs, seed)
    """
    finding = trained(code)

    assert finding.result.verdict is Verdict.PASSED
    assert [point.epoch for point in finding.training[0].curve] == [30]


def test_the_split_is_another_for_another_seed(trained: Trained) -> None:
    one, again, other = (trained(seed=seed).training[0] for seed in ("public:1", "public:1", "public:2"))

    assert one.reference_curve == again.reference_curve
    assert one.reference_curve != other.reference_curve


def test_an_ending_costs_the_points(trained: Trained) -> None:
    ended = trained(train=Stopped(Verdict.TIME_LIMIT, "too long"))

    assert (ended.result.verdict, ended.result.points.given) == (Verdict.TIME_LIMIT, 0)
