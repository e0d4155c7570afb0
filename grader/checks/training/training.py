"""Does the student's own training loop learn? Parameters come out, and the reference counts what they get right.

The split is redrawn and pixels and classes are permuted for every run; test labels never enter the sandbox. More than
half of the runs must reach the threshold, and no more are made than decide it. The same training stopped earlier gives
the points of the learning curve.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from grader.checks.calls.contract import missing
from grader.checks.calls.unanswered import unanswered
from grader.checks.steps.training_set import TrainingSet, drawn, reference_trained
from grader.checks.steps.unused_rows import unused_rows
from grader.checks.subject import Finding, Subject, failed
from grader.checks.trained import Trained, parameters, train
from grader.checks.training.at_rest import at_rest
from grader.checks.training.sanity import sanity
from grader.checks.training.standing_still import standing_still
from grader.checks.training.units_alike import units_alike
from grader.confusion import confusion
from grader.report import CheckResult, Diagnosis, EpochPoint, Score, TrainingProgress, TrainingResult, Verdict
from grader.sandbox import Reply, Returned
from grader.standing import Judge
from reference.spec import Descent, Function, Training

KIND = "training"

CHANCE_FACTOR = 2.0
"""Below this many times the chance level a network has learned next to nothing, and the sentence says so."""


@dataclass(frozen=True, slots=True)
class _Run:
    """One full training. before: where it stood at earlier epochs, where it was continued from them."""

    drawn: TrainingSet
    trained: Trained
    accuracy: float
    before: tuple[tuple[int, Trained], ...]
    seconds: float


def check(spec: Training, subject: Subject) -> Finding:
    """As many full trainings as decide it, judged on their test sets; shorter ones of the one shown for its curve."""
    function = subject.assignment.function(spec.function)
    if spec.function not in subject.student.bindings:
        return Finding(failed(KIND, spec, Verdict.MISSING, diagnosis=missing(subject, spec.function)))
    judge = Judge(spec, subject.assignment, subject.oracle)
    runs: list[_Run] = []
    while not _decided(spec, runs):
        one = drawn(spec, function, lambda *names: subject.rng(KIND, *names), len(runs))
        run = _run(spec, subject, function, judge, one, len(runs) + 1)
        if isinstance(run, Finding):
            return run
        runs.append(run)
    shown = sorted(runs, key=lambda run: run.accuracy)[(len(runs) - 1) // 2]
    # The reference trains on the other core while the sandbox is busy; its curve depends on the seed alone.
    with ThreadPoolExecutor(1) as pool:
        reference = pool.submit(_reference_curve, spec, subject, function, judge, shown.drawn)
        curve = _curve(spec, subject, function, judge, shown)
        reference_curve = reference.result()
    train, test = shown.drawn.split.train, shown.drawn.split.test
    result = TrainingResult(
        function=spec.function,
        dataset=spec.dataset,
        hyperparameters=spec.hyperparameters,
        threshold=spec.threshold,
        correct_passes=spec.correct_passes,
        train_accuracy=curve[-1].train_accuracy,
        test_accuracy=shown.accuracy,
        seconds=shown.seconds,
        curve=curve,
        reference_curve=reference_curve,
        confusion=confusion(judge.probabilities(shown.trained.parameters, test), test),
        train_confusion=confusion(judge.probabilities(shown.trained.parameters, train), train),
        accuracies=tuple(run.accuracy for run in runs),
        valid_accuracy=curve[-1].valid_accuracy,
    )
    judged = judged_accuracy(spec, subject, result, test.classes)
    solved = at_rest(spec, subject, function, judge, shown.drawn) if judged.verdict is Verdict.PASSED else None
    if solved is not None:
        return Finding(failed(KIND, spec, Verdict.WRONG, subject.lines(spec.function), solved), training=(result,))
    if spec.supplied:  # our own loop shuffles, and takes nothing but the training set
        return Finding(judged, training=(result,))
    if judged.diagnosis is not None:
        alike = units_alike(spec, subject, function, shown.drawn, shown.trained.parameters)
        if alike is not None:
            cause_of_all = Diagnosis("UNITS_ALIKE", {**judged.diagnosis.evidence, **alike})
            return Finding(replace(judged, diagnosis=cause_of_all), training=(result,))
    stopped = standing_still(spec, subject, curve)
    if stopped is not None and judged.verdict is Verdict.PASSED:
        lines = subject.lines(spec.function)
        return Finding(failed(KIND, spec, Verdict.WRONG, lines, stopped), training=(result,))
    unused = unused_rows(spec, subject, function, shown.drawn) if judged.verdict is Verdict.PASSED else None
    if unused is not None:
        return Finding(failed(KIND, spec, Verdict.WRONG, subject.lines(spec.function), unused), training=(result,))
    notes, cause = sanity(spec, subject, function, judge, shown.drawn, shown.accuracy)
    if judged.diagnosis is not None:
        evidence = {**judged.diagnosis.evidence, **cause.evidence}
        judged = replace(judged, diagnosis=Diagnosis(cause.code or judged.diagnosis.code, evidence))
    return Finding(judged, notes, training=(result,))


def judged_accuracy(spec: Training | Descent, subject: Subject, result: TrainingResult, classes: int) -> CheckResult:
    """Whether the test accuracy reaches the threshold; below twice the chance level it has learned next to nothing."""
    lines = subject.lines(spec.function)
    maximum = float(spec.points)
    passed = result.test_accuracy >= spec.threshold
    if passed:
        return CheckResult(KIND, spec.function, Verdict.PASSED, Score(maximum, maximum), 0.0, None, (), 1, 1, lines)
    chance = result.test_accuracy < CHANCE_FACTOR / classes
    diagnosis = Diagnosis(
        "DOES_NOT_LEARN" if chance else "ACCURACY_BELOW_THRESHOLD",
        {
            "accuracy": result.test_accuracy,
            "train_accuracy": result.train_accuracy,
            "threshold": spec.threshold,
            "chance": 1 / classes,
            "reference": result.reference_curve[-1].test_accuracy,
        },
    )
    return CheckResult(KIND, spec.function, Verdict.WRONG, Score(0.0, maximum), 0.0, diagnosis, (), 0, 1, lines)


def _decided(spec: Training, runs: Sequence[_Run]) -> bool:
    """Whether the runs to come cannot change on which side of the threshold more than half lie."""
    passed = sum(run.accuracy >= spec.threshold for run in runs)
    return max(passed, len(runs) - passed) > spec.runs // 2


def _stages(spec: Training) -> tuple[int, ...]:
    epochs = int(spec.hyperparameters["epochs"])
    return (*(count for count in spec.curve_epochs if count < epochs), epochs)


def _run(
    spec: Training, subject: Subject, function: Function, judge: Judge, one: TrainingSet, number: int
) -> _Run | Finding:
    """One full training, or why there are no parameters."""
    stages = _stages(spec) if spec.supplied else _stages(spec)[-1:]
    states: list[tuple[int, Trained]] = []
    data, done = one.data, 0
    for stage in stages:
        epochs = (stage - done,)
        reply: Reply
        (reply,) = train(subject, spec.function, data, spec.hyperparameters, epochs, spec.wall_seconds, one.seed)
        if not isinstance(reply, Returned):
            return Finding(unanswered(KIND, spec, subject, reply))
        trained = parameters(function, reply, one.sizes)
        if isinstance(trained, Diagnosis):
            return Finding(failed(KIND, spec, Verdict.WRONG, subject.lines(spec.function), trained))
        states.append((stage, trained))
        now = judge.accuracy(trained.parameters, one.split.train)
        subject.watch(TrainingProgress(spec.function, spec.dataset, number, stage, stages[-1], now))
        data, done = one.after(function, trained.parameters, stage), stage
    last = states[-1][1]
    accuracy = judge.accuracy(last.parameters, one.split.test)
    return _Run(one, last, accuracy, tuple(states[:-1]), sum(state.seconds for _, state in states))


def _curve(spec: Training, subject: Subject, function: Function, judge: Judge, run: _Run) -> tuple[EpochPoint, ...]:
    """The student's training stopped earlier; what a shorter one does not give is left out."""
    *earlier, epochs = _stages(spec)
    states = list(run.before)
    if not spec.supplied and earlier:
        replies = train(
            subject, spec.function, run.drawn.data, spec.hyperparameters, earlier, spec.wall_seconds, run.drawn.seed
        )
        for count, reply in zip(earlier, replies, strict=False):
            trained = parameters(function, reply, run.drawn.sizes) if isinstance(reply, Returned) else None
            if isinstance(trained, Trained):
                states.append((count, trained))
    states.append((epochs, run.trained))
    return tuple(judge.point(count, state.parameters, run.drawn.split) for count, state in states)


def _reference_curve(
    spec: Training, subject: Subject, function: Function, judge: Judge, one: TrainingSet
) -> tuple[EpochPoint, ...]:
    """The reference's training on the same split, stopped at the same epochs."""
    stages = _stages(spec)
    states = reference_trained(spec, function, subject.oracle, one, stages)
    return tuple(judge.point(count, state, one.split) for count, state in zip(stages, states, strict=True))
