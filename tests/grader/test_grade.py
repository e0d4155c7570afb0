"""One grading end to end, in-process: parts in sessions of their own, endings, notes, and what never goes in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grader.grade import PRINTED_CHARACTERS, grade
from grader.parts import ENDED
from grader.report import PartResult, Report, Verdict
from grader.sandbox import Call, Loaded, Raised, Reply, Stopped
from grader.sandbox.inside.wire import Kept
from grader.seeds import generator
from grader.upload import Upload
from reference.catalog import AssignmentFolder
from reference.data import DRAWN
from reference.spec import Limits, Training
from tests.fakes.in_process import InProcessSandbox, InProcessSession, upload

Graded = Callable[..., Report]
COLUMNS = """
import numpy as np
def relu(x): return np.maximum(x, 0)
def softmax(z):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)
def compute_layer(x, w, b): return w @ x + b
def average_ce(t, p): return -np.sum(t * np.log(np.where(t > 0, p, 1))) / t.shape[1]
def grad_ce(t, z): return (softmax(z) - t) / t.shape[1]
def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)
def backward_prop(x, t, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - t) / t.shape[1]
    d_h = (w_o.T @ d_o) * (z_h > 0)
    return d_h @ x.T, d_h.sum(axis=1, keepdims=True), d_o @ a_h.T, d_o.sum(axis=1, keepdims=True)
def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w = [rng.normal(0, 0.1, (hidden, len(x))), np.zeros((hidden, 1)),
         rng.normal(0, 0.1, (len(t), hidden)), np.zeros((len(t), 1))]
    v = [0 * a for a in w]
    for _ in range(epochs):
        v = [gamma * a + lr * g for a, g in zip(v, backward_prop(x, t, *w))]
        w = [a - b for a, b in zip(w, v)]
    return w
"""


def _verdicts(report: Report) -> dict[str, list[Verdict]]:
    return {part.name: [check.verdict for check in part.checks] for part in report.parts}


def test_the_report_says_what_was_graded(graded: Graded, untrained: AssignmentFolder) -> None:
    report = graded(untrained.solution, "secret:ab")

    assert (report.assignment, report.version) == (untrained.assignment.slug, untrained.version)
    assert (report.seed, report.sandbox, report.printed) == ("secret:ab", "in-process", "")
    assert set(report.versions) == {"chainrule", "python", "numpy"}
    assert [part.name for part in report.parts] == [part.name for part in untrained.assignment.parts]
    assert report.score.maximum == untrained.assignment.points
    assert report.seconds > 0


def test_each_part_is_told_as_it_ends(untrained: AssignmentFolder) -> None:
    told = list[PartResult]()
    report = grade(untrained, upload(untrained.solution), InProcessSandbox(), "public:1", told.append)

    assert tuple(told) == report.parts


def test_seconds_come_from_the_clock(untrained: AssignmentFolder) -> None:
    ticks = iter(range(10**6))
    report = grade(untrained, upload(untrained.solution), InProcessSandbox(), "public:1", clock=lambda: next(ticks))

    assert all(check.seconds == 1 for part in report.parts for check in part.checks)
    assert report.seconds == 1 + 2 * sum(len(part.checks) for part in report.parts)


@pytest.mark.parametrize("verdict", sorted(ENDED))
def test_an_ending_costs_the_rest_of_its_part_and_no_other(
    verdict: Verdict, graded: Graded, untrained: AssignmentFolder
) -> None:
    report = graded(untrained.solution, sandbox=InProcessSandbox(relu=Stopped(verdict, "what happened")))
    verdicts = _verdicts(report)

    assert verdicts.pop("relu") == [verdict, Verdict.SKIPPED]
    assert all(set(each) == {Verdict.PASSED} for each in verdicts.values())
    assert report.score.given == untrained.assignment.points - 8


def test_an_ending_in_the_middle_keeps_what_was_earned_before(graded: Graded, untrained: AssignmentFolder) -> None:
    report = graded(untrained.solution, sandbox=InProcessSandbox(forward_prop=Stopped(Verdict.CRASHED, "it crashed")))

    assert _verdicts(report)["backward_prop"] == [Verdict.PASSED, Verdict.CRASHED, Verdict.SKIPPED]
    assert report.score.given == untrained.assignment.points - 23


@pytest.mark.parametrize(("source", "name"), [("def relu(x:\n", "SyntaxError"), ("x = (\n", "SyntaxError")])
def test_a_file_that_does_not_load_gets_nothing_and_says_why(source: str, name: str, graded: Graded) -> None:
    report = graded(source)

    assert report.score.given == 0
    for part in report.parts:
        for check in part.checks:
            assert check.verdict is Verdict.RAISED
            assert check.exception is not None
            assert check.exception.startswith(name)
            assert check.lines == (1, 1)


class Scripted(InProcessSandbox):
    """Loads with what it is told, whatever the file says."""

    def __init__(self, *loads: Loaded | Raised | Stopped | None) -> None:
        super().__init__()
        self._loads = iter(loads)

    @contextmanager
    def open(self, upload: Upload, limits: Limits) -> Iterator[InProcessSession]:
        with super().open(upload, limits) as session:
            session.loaded = next(self._loads, None) or session.loaded
            yield session


def test_an_ending_at_load_is_the_verdict_of_every_check(graded: Graded, untrained: AssignmentFolder) -> None:
    report = graded(untrained.solution, sandbox=Scripted(Stopped(Verdict.MEMORY_LIMIT, "too much")))

    assert {verdict for each in _verdicts(report).values() for verdict in each} == {Verdict.MEMORY_LIMIT}
    assert report.score.given == 0


def test_a_file_that_loads_only_sometimes_costs_what_it_costs(graded: Graded, untrained: AssignmentFolder) -> None:
    lost = untrained.solution + "\ndef relu(x): return None\n"
    report = graded(lost, sandbox=Scripted(None, Raised("OSError", "not today")))
    verdicts = _verdicts(report)

    assert set(verdicts.pop("relu")) == {Verdict.RAISED}
    assert set(verdicts.pop("softmax")) == {Verdict.PASSED}


def test_what_the_loader_did_is_noted(graded: Graded, untrained: AssignmentFolder) -> None:
    with InProcessSandbox().open(upload(untrained.solution), Limits()) as session:
        loaded = session.loaded
    assert isinstance(loaded, Loaded)
    told = replace(loaded, skipped=((88, 131, "a <loop>"),), stand_ins=("matplotlib", "torch"))

    report = graded(untrained.solution, sandbox=Scripted(told))

    assert [(note.code, note.evidence, note.lines) for note in report.notes] == [
        ("SKIPPED_AT_LOAD", {"what": ["a <loop>"], "statements": 1}, (88, 131)),
        ("NOT_SHOWN", {"module": "matplotlib"}, ()),
        ("STAND_IN", {"module": "torch"}, ()),
    ]


def test_prints_are_kept_once_and_cut(graded: Graded, untrained: AssignmentFolder) -> None:
    report = graded("print('hello')\n" + untrained.solution)
    loud = graded("print('x' * 50_000)\n" + untrained.solution)

    assert report.printed == "hello\n"
    assert len(loud.printed) == PRINTED_CHARACTERS


COLUMN_BATCHES = (
    COLUMNS.replace("w @ x + b", "w.T @ x + b")
    .replace("w_o.T @ d_o", "w_o @ d_o")
    .replace("d_h @ x.T", "x @ d_h.T")
    .replace("d_o @ a_h.T", "a_h @ d_o.T")
    .replace("(hidden, len(x))", "(len(x), hidden)")
    .replace("(len(t), hidden)", "(hidden, len(t))")
)


def test_columns_with_weights_as_asked_are_accepted_with_a_note(graded: Graded, untrained: AssignmentFolder) -> None:
    report = graded(COLUMN_BATCHES)
    as_a_dict = graded(
        COLUMN_BATCHES.replace("    return w\n", "    return dict(zip(('w_h', 'b_h', 'w_o', 'b_o'), w))\n")
    )

    assert report.score.given == as_a_dict.score.given == untrained.assignment.points
    assert [note.code for note in report.notes] == ["COLUMN_BATCHES"]


def test_batches_as_columns_are_accepted_with_a_note(graded: Graded, untrained: AssignmentFolder) -> None:
    report = graded(COLUMNS)

    assert report.score.given == untrained.assignment.points
    assert [note.code for note in report.notes] == ["COLUMN_CONVENTION"]


@pytest.mark.parametrize("value", ["np.inf", "-np.inf", "np.nan", "1e308", "-1e308", "1e-308"])
def test_extreme_numbers_are_graded_without_a_warning(value: str, graded: Graded, untrained: AssignmentFolder) -> None:
    source = untrained.solution
    for function in untrained.assignment.functions:
        inputs = ", ".join(tensor.name for tensor in function.arguments)
        name = function.name
        changed = (
            f"\n_{name} = {name}\ndef {name}({inputs}, **more):\n    r = _{name}({inputs}, **more)\n"
            f"    turn = lambda a: np.where(np.asarray(a) > 0, {value}, a)\n"
            "    return tuple(map(turn, r.values() if isinstance(r, dict) else r)) "
            "if isinstance(r, (tuple, dict)) else turn(r)\n"
        )
        report = graded(source + changed)
        assert report.score.given < untrained.assignment.points


class Recording(InProcessSandbox):
    """Keeps every call that goes into a session."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Call] = []

    @contextmanager
    def open(self, upload: Upload, limits: Limits) -> Iterator[InProcessSession]:
        with super().open(upload, limits) as session:
            run = session.run

            def recorded(calls: Sequence[Call]) -> list[Reply]:
                self.calls += calls
                return run(calls)

            session.run = recorded  # type: ignore[method-assign]  # this fake listens at the door
            yield session

    @property
    def sent(self) -> list[Any]:
        """Every argument of every call; a name of what is there already is none."""
        values = [value for call in self.calls for value in (*call.arguments, *call.keywords.values())]
        return [value for value in values if not isinstance(value, Kept)]


def _bits(value: Any) -> bytes:
    return np.asarray(value, np.float64).tobytes()


@pytest.mark.parametrize("mistake", [None, "SIGN.grad_ce", "RELU_MASK_MISSING", "SOFTMAX_AXIS", "ASCENT"])
def test_no_right_answer_ever_goes_in(mistake: str | None, untrained: AssignmentFolder) -> None:
    """The student's own numbers are moved by a little, so that bits equal to an answer's can only be the answer."""
    answered: dict[bytes, str] = {}

    def heard(name: str, answer: Callable[..., Any]) -> Callable[..., Any]:
        def listening(*arguments: Any, **more: Any) -> Any:
            value = answer(*arguments, **more)
            values = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
            # By chance an answer can be an input (a unit that is off leaves the bias) or a one-hot target (saturation).
            given = set(map(_bits, arguments))
            told = [each for each in values if not np.isin(each, (0, 1)).all() and _bits(each) not in given]
            answered.update((_bits(each), name) for each in told)
            return value

        return listening

    # Where the kinks lie is asked of cases of small whole numbers too, some of which are inputs of others by chance.
    kinks = {"hidden_pre_activations": untrained.answers["hidden_pre_activations"]}
    listening = {name: heard(name, answer) for name, answer in untrained.answers.items()} | kinks
    folder = replace(untrained, answers=listening)
    moved = "".join(
        f"\n_{name} = {name}\ndef {name}(*a):\n    return _{name}(*a) * (1 + 1e-12)\n"
        for name in ("relu", "softmax", "compute_layer", "average_ce")
    )
    sandbox = Recording()
    source = folder.mistakes[mistake] if mistake else folder.solution
    grade(folder, upload(source + moved), sandbox, "public:1")

    assert len(answered) > 20
    assert len(sandbox.sent) > 50
    assert [answered[_bits(value)] for value in sandbox.sent if _bits(value) in answered] == []


def test_the_test_set_and_its_labels_never_go_in(folder: AssignmentFolder) -> None:
    parts = tuple(
        replace(
            part,
            checks=tuple(
                replace(check, curve_epochs=(), hyperparameters={**check.hyperparameters, "epochs": 1})
                for check in part.checks
                if isinstance(check, Training)
            ),
        )
        for part in folder.assignment.parts
        if any(isinstance(check, Training) for check in part.checks)
    )
    trained = replace(folder, assignment=replace(folder.assignment, parts=parts))
    sandbox = Recording()
    report = grade(trained, upload(folder.solution), sandbox, "public:1")

    split = DRAWN["digits"](generator("public:1", "training", "train", "digits", "0"))
    assert report.training
    arrays = [value for value in sandbox.sent if isinstance(value, np.ndarray)]
    allowed = {_bits(each) for part in (split.train, split.valid) for each in (part.inputs, part.targets)}
    big = [array for array in arrays if len(array) > 13]  # not the small arrays that tell columns from rows
    assert {_bits(array) for array in big} >= allowed
    rows = {_bits(row) for part in (split.train, split.valid) for array in (part.inputs, part.targets) for row in array}
    assert {_bits(row) for array in big for row in array} <= rows  # a few of them go in again by themselves
    secret = {_bits(row) for row in split.test.inputs} - {_bits(row) for row in split.train.inputs}
    assert len(secret) > 300
    assert not any(_bits(row) in secret for array in arrays for row in array)
    for hidden in (split.test.labels, split.test.targets, split.test.targets.T):
        assert not any(_bits(hidden) in _bits(array) for array in arrays)
