"""A bias that is added to the weights instead of to their product is told wherever a line of a network is a step."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.report import Report
from reference.catalog import Catalog
from reference.spec import Descent, Training
from tests.fakes.in_process import InProcessSandbox, upload

CASES = {
    "ece421-numpy-nn": ("return x @ w + b", "return x @ (w + b)", "compute_layer", "+ b on every weight"),
    "ece544-mlp": (
        'inputs[-1] @ params[f"W{i}"] + params[f"b{i}"]',
        'inputs[-1] @ (params[f"W{i}"] + params[f"b{i}"])',
        "forward_tanh_2",
        "+ b on every weight",
    ),
    "hw2-layers-mlp": ("Input @ self.W + self.b", "Input @ (self.W + self.b)", "FCLayer", "X @ (W + b)"),
    "cs231n-two-layer": ("z1 = X @ W1 + b1", "z1 = X @ (W1 + b1)", "TwoLayerNet.loss", "+ b1 on every weight"),
    "aarhus-net-classifier": (
        "p = softmax(a1 @ W2 + b2)",
        "p = softmax(a1 @ (W2 + b2))",
        "NetClassifier.cost_grad",
        "+ b2 on every weight",
    ),
}


def _report(slug: str, before: str, after: str) -> Report:
    folder = Catalog.builtin().get(slug)
    parts = tuple(
        replace(part, checks=tuple(check for check in part.checks if not isinstance(check, Training | Descent)))
        for part in folder.assignment.parts
    )
    quick = replace(folder, assignment=replace(folder.assignment, parts=tuple(part for part in parts if part.checks)))
    assert folder.solution.count(before) == 1
    return grade(quick, upload(folder.solution.replace(before, after)), InProcessSandbox(), "public:1")


@pytest.mark.parametrize("slug", CASES)
def test_a_bias_on_every_weight_is_told(slug: str) -> None:
    before, after, function, found = CASES[slug]
    checks = [check for part in _report(slug, before, after).parts for check in part.checks]
    said = {
        (check.function, check.diagnosis.code, check.diagnosis.evidence.get("found"))
        for check in checks
        if check.diagnosis
    }

    assert (function, "OTHER_FORMULA", found) in said, said
