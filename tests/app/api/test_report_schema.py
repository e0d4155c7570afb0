"""The description of the Report is the Report: every key of a real one is in it, and none is missing."""

from typing import Any

import pytest

from app.api.report_schema import DiagnosisOut, ReportOut
from grader.report import (
    CheckResult,
    DerivativePoint,
    Diagnosis,
    EpochPoint,
    Note,
    PartResult,
    Report,
    Score,
    TensorResult,
    TrainingResult,
    UsedDerivative,
    Verdict,
)
from grader.report_json import to_json


def _report() -> Report:
    tensor = TensorResult("dW", Verdict.WRONG, (1, 3), (5, 3), float("nan"), 1e-9, ((16.0, -16.0),))
    found = Diagnosis("SIGN", {"yours": -1.0, "expected_value": 1.0}, {"yours": [1.0]}, "-loss")
    used = UsedDerivative("tanh", "d_W1", "z1", (DerivativePoint(-1.0, float("nan"), 0.42),))
    score = Score(0, 8)
    wrong = CheckResult("forward", "ce", Verdict.WRONG, score, 0.1, found, (tensor,), 1, 4, (3, 9), "E", used)
    right = CheckResult("contract", "relu", Verdict.PASSED, Score(2, 2), 0.1)
    part = PartResult("loss", Score(2.0, 10.0), (wrong, right))
    curve = (EpochPoint(1, float("inf"), 0.5, 0.25, 0.5),)
    training = TrainingResult("train", "digits", {"lr": 0.1}, 0.9, 0.99, 0.5, 0.5, 2.0, curve, curve, ((1, 0), (0, 1)))
    note = Note("FLOAT32", {"function": "relu"}, (1, 2))
    score, notes = Score(2.0, 10.0), (note,)
    return Report(
        "a", "sha256:0", score, (part,), (training,), notes, notes, "", "public:1", "full", {"numpy": "2"}, 0.5
    )


def test_a_report_keeps_every_key() -> None:
    data = to_json(_report())

    assert ReportOut.model_validate(data).model_dump(mode="json") == data


def test_a_report_from_before_there_was_help_is_one_too() -> None:
    data = to_json(_report())
    del data["parts"][0]["checks"][0]["diagnosis"]["help"]

    assert ReportOut.model_validate(data).parts[0].checks[0].diagnosis is not None


def test_a_report_from_before_there_were_derivatives_is_one_too() -> None:
    data = to_json(_report())
    for check in data["parts"][0]["checks"]:
        del check["derivative"]

    assert [check.derivative for check in ReportOut.model_validate(data).parts[0].checks] == [None, None]


@pytest.mark.parametrize("missing", ["code", "sentence", "evidence", "counterexample", "counterfactual"])
def test_a_diagnosis_without_a_promised_key_is_none(missing: str) -> None:
    data = to_json(_report())["parts"][0]["checks"][0]["diagnosis"]
    del data[missing]

    with pytest.raises(ValueError, match=missing):
        DiagnosisOut.model_validate(data)


def test_the_document_leads_from_the_report_to_the_help(client: Any) -> None:
    document = client.get("/api/v1/openapi.json").json()
    answer = document["paths"]["/api/v1/submissions/{submission_id}/report"]["get"]["responses"]["200"]

    assert answer["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/ReportOut"}
    assert "help" in document["components"]["schemas"]["DiagnosisOut"]["properties"]
