"""The Report as JSON, one form for the API, the command line, exports and the database. Keys are never renamed."""

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

from grader import messages
from grader.help.shelf import help_path
from grader.report import (
    CheckResult,
    Counts,
    DerivativePoint,
    Diagnosis,
    EpochPoint,
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

_SPECIAL = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


def to_json(report: Report) -> dict[str, Any]:
    """Plain dicts, lists, strings and finite numbers; NaN and infinities become the strings nan, inf, -inf."""
    return {
        "assignment": report.assignment,
        "version": report.version,
        "score": _plain(report.score),
        "parts": [_part(part) for part in report.parts],
        "training": [_plain(training) for training in report.training],
        "experiments": [_plain(experiment) for experiment in report.experiments],
        "notes": [_note(note) for note in report.notes],
        "flags": [_note(note) for note in report.flags],
        "printed": report.printed,
        "seed": report.seed,
        "sandbox": report.sandbox,
        "versions": dict(report.versions),
        "seconds": round(report.seconds, 6),
    }


def from_json(data: Mapping[str, Any]) -> Report:
    """The Report that `to_json` wrote. Raises KeyError or ValueError on anything else."""
    return Report(
        assignment=data["assignment"],
        version=data["version"],
        score=Score(**data["score"]),
        parts=tuple(_read_part(part) for part in data["parts"]),
        training=tuple(_read_training(training) for training in data["training"]),
        notes=tuple(_read_note(note) for note in data["notes"]),
        flags=tuple(_read_note(note) for note in data["flags"]),
        printed=data["printed"],
        seed=data["seed"],
        sandbox=data["sandbox"],
        versions=dict(data["versions"]),
        seconds=float(data["seconds"]),
        experiments=tuple(_read_experiment(experiment) for experiment in data.get("experiments", ())),
    )


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    return value


def _number(value: float | str) -> float:
    return _SPECIAL[value] if isinstance(value, str) else float(value)


def _part(part: PartResult) -> dict[str, Any]:
    return {"name": part.name, "points": _plain(part.points), "checks": [_check(check) for check in part.checks]}


def _check(check: CheckResult) -> dict[str, Any]:
    plain: dict[str, Any] = _plain(check)
    plain["sentence"] = messages.sentence(check)
    if check.diagnosis is not None:
        plain["diagnosis"] |= {"sentence": plain["sentence"], "help": help_path(check.diagnosis.code)}
    if check.derivative is not None:
        plain["derivative"] |= {"sentence": messages.derivative_sentence(check.derivative)}
    return plain


def _note(note: Note) -> dict[str, Any]:
    plain: dict[str, Any] = _plain(note)
    return {**plain, "sentence": messages.note_sentence(note)}


def _read_part(data: Mapping[str, Any]) -> PartResult:
    return PartResult(data["name"], Score(**data["points"]), tuple(_read_check(check) for check in data["checks"]))


def _read_check(data: Mapping[str, Any]) -> CheckResult:
    found = data["diagnosis"]
    diagnosis = found and Diagnosis(found["code"], found["evidence"], found["counterexample"], found["counterfactual"])
    return CheckResult(
        kind=data["kind"],
        function=data["function"],
        verdict=Verdict(data["verdict"]),
        points=Score(**data["points"]),
        seconds=float(data["seconds"]),
        diagnosis=diagnosis,
        tensors=tuple(_read_tensor(tensor) for tensor in data["tensors"]),
        probes_passed=data["probes_passed"],
        probes_total=data["probes_total"],
        lines=tuple(data["lines"]),
        exception=data["exception"],
        derivative=_read_derivative(data.get("derivative")),
        called=data.get("called", ""),
    )


def _read_derivative(data: Mapping[str, Any] | None) -> UsedDerivative | None:
    if data is None:
        return None
    points = (DerivativePoint(**{name: _number(value) for name, value in point.items()}) for point in data["points"])
    return UsedDerivative(data["activation"], data["tensor"], data["at"], tuple(points))


def _read_tensor(data: Mapping[str, Any]) -> TensorResult:
    return TensorResult(
        data["name"],
        Verdict(data["verdict"]),
        tuple(data["shape"]),
        tuple(data["expected_shape"]),
        _number(data["largest_error"]),
        float(data["tolerance"]),
        tuple(tuple(float(entry) for entry in row) for row in data["error_map"]),
    )


def _read_training(data: Mapping[str, Any]) -> TrainingResult:
    numbers = ("train_accuracy", "test_accuracy", "seconds", "threshold", "correct_passes")
    return TrainingResult(
        function=data["function"],
        dataset=data["dataset"],
        hyperparameters=dict(data["hyperparameters"]),
        curve=tuple(_read_point(point) for point in data["curve"]),
        reference_curve=tuple(_read_point(point) for point in data["reference_curve"]),
        confusion=_counts(data["confusion"]),
        train_confusion=_counts(data.get("train_confusion", ())),
        accuracies=tuple(_number(accuracy) for accuracy in data.get("accuracies", ())),
        valid_accuracy=_number(data.get("valid_accuracy", "nan")),
        **{name: _number(data[name]) for name in numbers},
    )


def _counts(rows: Any) -> Counts:
    return tuple(tuple(row) for row in rows)


def _read_experiment(data: Mapping[str, Any]) -> ExperimentResult:
    return ExperimentResult(
        **{name: data[name] for name in ("name", "title", "rows", "dataset", "examples")},
        hyperparameters=dict(data["hyperparameters"]),
        runs=tuple(_read_run(run) for run in data["runs"]),
        best=data["best"] and (data["best"][0], data["best"][1]),
        curve=tuple(_read_point(point) for point in data["curve"]),
        train_confusion=_counts(data["train_confusion"]),
        test_confusion=_counts(data["test_confusion"]),
        seconds=float(data["seconds"]),
    )


def _read_run(data: Mapping[str, Any]) -> ExperimentRun:
    words = {"row", "column", "verdict", "steps"}
    numbers = {name: _number(value) for name, value in data.items() if name not in words}
    return ExperimentRun(data["row"], data["column"], Verdict(data["verdict"]), data["steps"], **numbers)


def _read_point(data: Mapping[str, Any]) -> EpochPoint:
    losses = {name: _number(data[name]) for name in data if name != "epoch"}
    return EpochPoint(epoch=data["epoch"], **losses)


def _read_note(data: Mapping[str, Any]) -> Note:
    return Note(data["code"], data["evidence"], tuple(data["lines"]))
