"""Experiments measure for the student's report: judged by the reference, apart from points, and endable at any time."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest

from grader.grade import grade
from grader.report import ExperimentResult, ExperimentRun, Report, Verdict
from grader.sandbox import Call, Reply, Stopped
from grader.upload import Upload
from reference.catalog import AssignmentFolder, Catalog
from reference.data import Dataset, blobs
from reference.sources import Source
from reference.spec import Limits, Training
from tests.fakes.in_process import InProcessSandbox, InProcessSession, upload

ACTIVATIONS = ("relu", "tanh")


@pytest.fixture(scope="module")
def clouds() -> Source:
    """Three clouds that a few epochs separate; the order of the rows says nothing."""
    return Source("clouds", blobs(np.random.default_rng(3), per_class=100), own=True)


@pytest.fixture(scope="module")
def small(mlp: AssignmentFolder) -> AssignmentFolder:
    """The perceptron with its two graded trainings of one epoch on blobs, and an experiment of two widths."""
    (part,) = (part for part in mlp.assignment.parts if part.name == "training")
    checks = tuple(
        replace(check, dataset="blobs", hyperparameters={**check.hyperparameters, "epochs": 2}, curve_epochs=())
        for check in part.checks
        if isinstance(check, Training)
        and check.dataset == "digits"
        and check.function.removeprefix("train_") in ACTIVATIONS
    )
    (experiment,) = mlp.assignment.experiments
    runs = tuple(
        run for run in experiment.runs if run.row in {"10", "20"} and run.function.removeprefix("train_") in ACTIVATIONS
    )
    hyperparameters = {"lr": 0.1, "momentum": 0.9, "batch_size": 20, "epochs": 6}
    few = replace(experiment, runs=runs, hyperparameters=hyperparameters, curve_epochs=(1, 3))
    parts = (replace(part, checks=checks),)
    return replace(mlp, assignment=replace(mlp.assignment, parts=parts, experiments=(few,)))


@pytest.fixture(scope="module")
def mlp() -> AssignmentFolder:
    return Catalog.builtin().get("ece544-mlp")


def graded(folder: AssignmentFolder, sources: Sequence[Source], code: str = "", **endings: Stopped) -> Report:
    told: list[ExperimentRun] = []
    source = upload(f"{folder.solution}\n{code}")
    report = grade(folder, source, InProcessSandbox(**endings), "public:1", sources=sources, told=told.append)
    assert [run for result in report.experiments for run in result.runs] == told
    return report


def experiment(folder: AssignmentFolder, clouds: Source, code: str = "") -> ExperimentResult:
    (result,) = graded(folder, [clouds], code).experiments
    return result


def test_every_cell_is_measured(small: AssignmentFolder, clouds: Source) -> None:
    result = experiment(small, clouds)

    assert [(run.row, run.column) for run in result.runs] == [
        ("10", "ReLU"),
        ("10", "Tanh"),
        ("20", "ReLU"),
        ("20", "Tanh"),
    ]
    for run in result.runs:
        assert run.verdict is Verdict.PASSED
        assert run.steps == 6 * -(-result.examples // 20)
        assert run.test_accuracy == run.reference_test_accuracy >= 0.95
        assert run.train_loss < 0.2
        assert run.reference_seconds_per_step > 0


def test_the_best_run_has_a_curve_and_two_matrices(small: AssignmentFolder, clouds: Source) -> None:
    result = experiment(small, clouds)
    best = max(result.runs, key=lambda run: run.valid_accuracy)

    assert result.best == (best.row, best.column)
    assert [point.epoch for point in result.curve] == [1, 3, 6]
    assert result.curve[-1].test_accuracy == best.test_accuracy
    assert result.curve[-1].train_loss < result.curve[0].train_loss
    for counts, share in ((result.train_confusion, best.train_accuracy), (result.test_confusion, best.test_accuracy)):
        assert np.trace(counts) / np.sum(counts) == share
    assert np.sum(result.train_confusion) == result.examples


def test_without_sources_nothing_is_run(small: AssignmentFolder) -> None:
    assert graded(small, []).experiments == ()


def test_points_are_those_without_experiments(small: AssignmentFolder, clouds: Source) -> None:
    with_them, without = graded(small, [clouds]), graded(small, [])
    assert with_them.score == without.score
    assert with_them.training == replace_seconds(with_them, without)


def test_the_ratio_is_that_of_the_two_steps() -> None:
    run = ExperimentRun("10", "ReLU", Verdict.PASSED, seconds_per_step=3e-4, reference_seconds_per_step=1e-4)
    assert run.ratio == pytest.approx(3)
    assert math.isnan(ExperimentRun("10", "ReLU", Verdict.RAISED).ratio)


def replace_seconds(one: Report, other: Report) -> tuple[object, ...]:
    """The trainings of `other` with the wall times of `one`."""
    return tuple(replace(b, seconds=a.seconds) for a, b in zip(one.training, other.training, strict=True))


def test_a_claim_of_the_students_counts_for_nothing(small: AssignmentFolder, clouds: Source) -> None:
    """Parameters of zero are judged as what they are, whatever is printed or returned beside them."""
    code = """
right = train
def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    print("accuracy 1.0")
    params = right(X, y, Xv, yv, hidden, act, rng, lr, momentum, batch_size, 1)
    return {**{k: 0 * v for k, v in params.items()}, "test_accuracy": 1.0}
"""
    result = experiment(small, clouds, code)
    assert {run.verdict for run in result.runs} <= {Verdict.PASSED, Verdict.WRONG}
    assert not any(run.test_accuracy > 0.6 for run in result.runs)


class HangsWhenWide:
    """Answers as an InProcessSession until a training of 20 hidden units, which never ends."""

    def __init__(self, session: InProcessSession) -> None:
        self.loaded, self.printed = session.loaded, ""
        self._session = session

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        made = [step for call in calls for step in call.steps or (call,)]
        if any(call.target == "train" and 20 in call.arguments[4:5] for call in made):
            return [Stopped(Verdict.TIME_LIMIT, "It took too long.", 10.0) for _ in calls]
        return self._session.run(calls)


class HangingSandbox:
    """Every session of it hangs when it trains 20 hidden units."""

    level = "in-process"

    def __init__(self) -> None:
        self._sandbox = InProcessSandbox()

    @contextmanager
    def open(self, upload: Upload, limits: Limits) -> Iterator[HangsWhenWide]:
        with self._sandbox.open(upload, limits) as session:
            yield HangsWhenWide(session)

    def close(self) -> None:
        """Nothing is kept."""


def test_a_training_that_hangs_only_there_ends_the_sweep_and_nothing_else(
    small: AssignmentFolder, clouds: Source
) -> None:
    report = grade(small, upload(small.solution), HangingSandbox(), "public:1", sources=[clouds])
    (result,) = report.experiments

    assert report.score.given == report.score.maximum
    assert [run.verdict for run in result.runs] == [
        Verdict.PASSED,
        Verdict.PASSED,
        Verdict.TIME_LIMIT,
        Verdict.SKIPPED,
    ]
    assert result.best is not None
    assert result.best[0] == "10"


def test_what_raises_or_gives_wrong_shapes_says_so(small: AssignmentFolder, clouds: Source) -> None:
    code = """
right = train
def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    params = right(X, y, Xv, yv, hidden, act, rng, lr, momentum, batch_size, epochs)
    if hidden == 20 and act == "relu":
        raise ValueError("too wide")
    if hidden == 20:
        params["W1"] = params["W1"].T
    return params
"""
    result = experiment(small, clouds, code)
    assert [run.verdict for run in result.runs][2:] == [Verdict.RAISED, Verdict.WRONG]


def test_a_training_that_gave_no_parameters_is_not_run_again(small: AssignmentFolder, clouds: Source) -> None:
    code = """
right = train
def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    if act == "tanh":
        raise ValueError("not done")
    return right(X, y, Xv, yv, hidden, act, rng, lr, momentum, batch_size, epochs)
"""
    result = experiment(small, clouds, code)
    verdicts = {run.column: run.verdict for run in result.runs}
    assert verdicts == {"ReLU": Verdict.PASSED, "Tanh": Verdict.SKIPPED}


def test_test_labels_never_enter(small: AssignmentFolder) -> None:
    """A training that is given them could return what fits them; so it is given other examples only."""
    rng = np.random.default_rng(1)
    marked = Dataset(np.column_stack([rng.standard_normal(90), np.arange(90)]), np.arange(90) % 3, 3)
    split = Source("marked", marked, own=True).split(np.random.default_rng(0))
    seen = {*split.train.inputs[:, 1], *split.valid.inputs[:, 1]}
    assert seen.isdisjoint(split.test.inputs[:, 1])


def test_a_network_of_the_student_s_layers_has_its_table_too(clouds: Source) -> None:
    layers = Catalog.builtin().get("hw2-layers-mlp")
    (experiment,) = layers.assignment.experiments
    assert [(run.row, run.column) for run in experiment.runs] == [
        (str(hidden), act) for hidden in (10, 20, 30, 40, 50) for act in ("ReLU", "Sigmoid")
    ]
    asked = {run.function for run in experiment.runs}
    (part,) = (part for part in layers.assignment.parts if part.name == "experiments")
    checks = tuple(
        replace(c, dataset="blobs", hyperparameters={**c.hyperparameters, "epochs": 1}, curve_epochs=())
        for c in part.checks
        if isinstance(c, Training) and c.function in asked
    )
    few = replace(experiment, runs=experiment.runs[:2], hyperparameters=checks[0].hyperparameters, curve_epochs=())
    assignment = replace(layers.assignment, parts=(replace(part, checks=checks),), experiments=(few,))
    (found,) = graded(replace(layers, assignment=assignment), [clouds]).experiments

    assert [run.verdict for run in found.runs] == [Verdict.PASSED] * 2
    for run in found.runs:
        assert run.test_accuracy == pytest.approx(run.reference_test_accuracy, abs=0.05)
