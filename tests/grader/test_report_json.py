"""A Report survives JSON unchanged, NaN and infinities included, and the JSON is strict."""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import messages
from grader.report import (
    CheckResult,
    DerivativePoint,
    Diagnosis,
    EpochPoint,
    Evidence,
    ExperimentResult,
    ExperimentRun,
    Note,
    PartResult,
    Report,
    Score,
    TensorResult,
    TrainingResult,
    UsedDerivative,
    Verdict,
)
from grader.report_json import from_json, to_json
from reference.catalog import AssignmentFolder

ANY_FLOAT = st.floats()
TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
EVIDENCE: st.SearchStrategy[Evidence] = st.recursive(
    st.none() | st.booleans() | st.integers() | FINITE | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
DIAGNOSES = st.builds(
    Diagnosis,
    st.sampled_from(["SIGN", "UNKNOWN", "a code of later"]),
    st.dictionaries(TEXT, EVIDENCE, max_size=3),
    st.dictionaries(TEXT, EVIDENCE, max_size=3),
    st.none() | TEXT,
)
SHAPES = st.lists(st.integers(0, 99), max_size=3).map(tuple)
TENSORS = st.builds(
    TensorResult,
    TEXT,
    st.sampled_from(Verdict),
    SHAPES,
    SHAPES,
    ANY_FLOAT,
    FINITE,
    st.just(((-16.0, 16.0), (1.5, 0.0))),
)
SCORES = st.builds(Score, st.floats(0, 100), st.floats(0, 100))
DERIVATIVES = st.builds(
    UsedDerivative,
    st.sampled_from(["relu", "an activation of later"]),
    TEXT,
    TEXT,
    st.lists(st.builds(DerivativePoint, FINITE, ANY_FLOAT, FINITE), min_size=1, max_size=3).map(tuple),
)
CHECKS = st.builds(
    CheckResult,
    TEXT,
    TEXT,
    st.sampled_from(Verdict),
    SCORES,
    st.floats(0, 100),
    st.none() | DIAGNOSES,
    st.lists(TENSORS, max_size=2).map(tuple),
    st.integers(0, 9),
    st.integers(0, 9),
    SHAPES,
    st.none() | TEXT,
    st.none() | DERIVATIVES,
)
POINTS = st.lists(
    st.builds(EpochPoint, st.integers(0, 999), ANY_FLOAT, ANY_FLOAT, ANY_FLOAT, ANY_FLOAT), max_size=3
).map(tuple)
TRAININGS = st.builds(
    TrainingResult,
    TEXT,
    TEXT,
    st.just({"lr": 0.1, "epochs": 3}),
    FINITE,
    FINITE,
    ANY_FLOAT,
    ANY_FLOAT,
    ANY_FLOAT,
    POINTS,
    POINTS,
    st.just(((3, 0), (1, 2))),
    st.just(((9, 1), (0, 7))),
)
RUNS = st.builds(ExperimentRun, TEXT, TEXT, st.sampled_from(Verdict), st.integers(0, 999), *[ANY_FLOAT] * 9)
EXPERIMENTS = st.builds(
    ExperimentResult,
    TEXT,
    TEXT,
    TEXT,
    TEXT,
    st.integers(0, 9999),
    st.just({"lr": 0.1, "epochs": 3}),
    st.lists(RUNS, max_size=2).map(tuple),
    st.none() | st.tuples(TEXT, TEXT),
    POINTS,
    st.just(((3, 0), (1, 2))),
    st.just(()),
    FINITE,
)
NOTES = st.lists(st.builds(Note, TEXT, st.dictionaries(TEXT, EVIDENCE, max_size=3), SHAPES), max_size=2).map(tuple)
PARTS = st.lists(st.builds(PartResult, TEXT, SCORES, st.lists(CHECKS, max_size=2).map(tuple)), max_size=2).map(tuple)
REPORTS = st.builds(
    Report,
    TEXT,
    TEXT,
    SCORES,
    PARTS,
    st.lists(TRAININGS, max_size=1).map(tuple),
    NOTES,
    NOTES,
    TEXT,
    TEXT,
    TEXT,
    st.just({"numpy": "2"}),
    st.integers(0, 10**6).map(lambda n: n / 1000),
    st.lists(EXPERIMENTS, max_size=1).map(tuple),
)


def _crossed(report: Report) -> Report:
    return from_json(json.loads(json.dumps(to_json(report), allow_nan=False)))


@given(REPORTS)
def test_a_report_survives_strict_json(report: Report) -> None:
    # repr, for NaN is not equal to itself
    assert repr(report) == repr(_crossed(report))


def _report(**changed: Any) -> Report:
    tensor = TensorResult("dW", Verdict.WRONG, (1, 3), (5, 3), math.nan, 1e-9, ((16.0, -16.0),))
    diagnosis = Diagnosis("MEAN_OVER_BATCH_SHAPE", {"shape": [1, 3], "expected": [5, 3]}, {}, "x / N")
    check = CheckResult("gradient", "grad_ce", Verdict.WRONG, Score(0, 16), 0.1, diagnosis, (tensor,), 1, 4, (3, 9))
    curve = (EpochPoint(1, math.inf, 0.5, -math.inf, math.nan),)
    training = TrainingResult("train", "digits", {"lr": 0.1}, 0.9, 0.99, math.nan, 0.1, 2.0, curve, curve, ((1, 0),))
    fields: dict[str, Any] = {
        "assignment": "a",
        "version": "sha256:0",
        "score": Score(0.0, 16.0),
        "parts": (PartResult("grad_ce", Score(0.0, 16.0), (check,)),),
        "training": (training,),
        "notes": (Note("FLOAT32", {"function": "relu"}, (1, 2)),),
        "flags": (Note("LOW_PRECISION", {"function": "relu", "error": 1e-7}),),
        "printed": "<b>\x00",
        "seed": "public:1",
        "sandbox": "full",
        "versions": {"numpy": "2.4"},
        "seconds": 1.0,
    }
    return Report(**{**fields, **changed})


def test_numbers_that_are_not_finite_are_written_as_words() -> None:
    data = to_json(_report())

    assert data["parts"][0]["checks"][0]["tensors"][0]["largest_error"] == "nan"
    point = data["training"][0]["curve"][0]
    assert (point["train_loss"], point["test_loss"], point["test_accuracy"]) == ("inf", "-inf", "nan")


def test_a_report_from_before_there_were_experiments_is_read() -> None:
    data = to_json(_report())
    del data["experiments"]
    for training in data["training"]:
        del training["train_confusion"]
    assert from_json(data).experiments == ()


def test_a_report_from_before_derivatives_were_measured_is_read() -> None:
    data = to_json(_report())
    assert data["parts"][0]["checks"][0].pop("derivative") is None
    assert from_json(data).parts[0].checks[0].derivative is None


def test_a_derivative_that_was_used_is_written_with_its_sentence() -> None:
    used = UsedDerivative("relu", "dX", "X", (DerivativePoint(-1.0, math.nan, 0.0), DerivativePoint(1.0, 1.0, 1.0)))
    check = replace(_report().parts[0].checks[0], derivative=used)
    data = to_json(_report(parts=(PartResult("p", Score(0, 1), (check,)),)))

    assert data["parts"][0]["checks"][0]["derivative"] == {
        "activation": "relu",
        "tensor": "dX",
        "at": "X",
        "points": [{"x": -1.0, "yours": "nan", "right": 0.0}, {"x": 1.0, "yours": 1.0, "right": 1.0}],
        "sentence": messages.derivative_sentence(used),
    }


def test_the_keys_are_those_that_were_promised() -> None:
    data = to_json(_report())
    check = data["parts"][0]["checks"][0]

    assert set(data) >= {
        *("assignment", "version", "score", "parts", "training", "notes", "flags"),
        *("printed", "seed", "sandbox", "versions", "seconds"),
    }
    assert data["score"] == {"given": 0.0, "maximum": 16.0}
    assert set(check) >= {"kind", "function", "verdict", "seconds", "diagnosis", "points", "tensors", "sentence"}
    assert set(check["diagnosis"]) >= {"code", "sentence", "evidence", "counterexample", "counterfactual", "help"}
    assert check["verdict"] == "wrong"


def test_sentences_stand_beside_the_codes() -> None:
    report = _report()
    data = to_json(report)
    check = data["parts"][0]["checks"][0]

    assert check["sentence"] == check["diagnosis"]["sentence"] == messages.sentence(report.parts[0].checks[0])
    assert data["notes"][0]["sentence"] == messages.note_sentence(report.notes[0])
    assert data["flags"][0]["sentence"] == messages.note_sentence(report.flags[0])


def test_a_diagnosis_leads_to_its_page_of_help() -> None:
    check = to_json(_report())["parts"][0]["checks"][0]

    assert check["diagnosis"]["help"] == "/help/MEAN_OVER_BATCH_SHAPE"


def test_a_code_without_a_page_leads_nowhere() -> None:
    check = CheckResult("gradient", "f", Verdict.WRONG, Score(0, 1), 0.1, Diagnosis("A_CODE_OF_LATER"))
    data = to_json(_report(parts=(PartResult("p", Score(0, 1), (check,)),)))

    assert data["parts"][0]["checks"][0]["diagnosis"]["help"] is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("score"),
        lambda data: data["parts"][0]["checks"][0].update(verdict="fine"),
        lambda data: data["parts"][0]["checks"][0]["tensors"][0].update(largest_error="a lot"),
    ],
)
def test_anything_else_is_refused(spoil: Callable[[dict[str, Any]], Any]) -> None:
    data = to_json(_report())
    spoil(data)
    with pytest.raises((KeyError, ValueError)):
        from_json(data)


def test_real_reports_survive(graded: Callable[..., Report], folder: AssignmentFolder) -> None:
    for source in (folder.solution, folder.starter, folder.mistakes["SOFTMAX_UNSTABLE"], "def f(:"):
        report = graded(source)
        assert repr(_plain(report)) == repr(_plain(_crossed(report)))


def _plain(report: Report) -> Any:
    """With the mappings and lists that JSON knows."""
    return json.loads(json.dumps(to_json(report)))
