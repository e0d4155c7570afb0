"""The Report as JSON, one form for the API, the command line, exports and the database. Keys are never renamed."""

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

from grader import messages
from grader.help.shelf import help_path
from grader.report import (
    CheckResult,
    Diagnosis,
    EpochPoint,
    Note,
    PartResult,
    Report,
    Score,
    TensorResult,
    TrainingResult,
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
    )


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
        confusion=tuple(tuple(row) for row in data["confusion"]),
        accuracies=tuple(_number(accuracy) for accuracy in data.get("accuracies", ())),
        valid_accuracy=_number(data.get("valid_accuracy", "nan")),
        **{name: _number(data[name]) for name in numbers},
    )


def _read_point(data: Mapping[str, Any]) -> EpochPoint:
    losses = {name: _number(data[name]) for name in data if name != "epoch"}
    return EpochPoint(epoch=data["epoch"], **losses)


def _read_note(data: Mapping[str, Any]) -> Note:
    return Note(data["code"], data["evidence"], tuple(data["lines"]))
