"""A formula that stands in the regularisation says so: it is one term of the loss and of its gradient."""

from dataclasses import replace

from grader.grade import grade
from grader.messages import sentence
from reference.catalog import Catalog
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

BIAS_ROW = """
import numpy as np


def softmax_classifier(W, input, label, lamda):
    z = input @ W
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    weights = W.copy()
    weights[-1] = 0
    loss = -np.sum(label * np.log(p + 1e-300)) / len(input) + 0.5 * lamda * np.sum(weights**2)
    return loss, input.T @ (p - label) / len(input) + lamda * weights, p.argmax(axis=1)
"""


def test_a_last_row_that_is_not_regularised() -> None:
    folder = Catalog.builtin().get("hw2-softmax")
    parts = tuple(
        replace(part, checks=tuple(check for check in part.checks if not isinstance(check, Training)))
        for part in folder.assignment.parts
        if part.name in ("loss", "gradient")
    )
    report = grade(
        replace(folder, assignment=replace(folder.assignment, parts=parts)),
        upload(BIAS_ROW),
        InProcessSandbox(),
        "public:1",
    )
    told = {check.kind: sentence(check) for part in report.parts for check in part.checks if check.diagnosis}

    assert " sum(W ** 2) without the last row in the regularisation where " in told["forward"]
    assert " W without its last row in the regularisation where " in told["gradient"]
