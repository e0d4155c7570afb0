"""Layer classes: objects are made, set, called and read; the division by the batch size may be elsewhere, once."""

import ast
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace

import pytest

from grader.grade import grade
from grader.messages import sentence
from grader.report import Report
from grader.sandbox.container import ContainerSandbox
from grader.upload import SourceFile, Upload
from reference.catalog import Catalog
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

WHOLE = Catalog.builtin().get("hw2-layers-mlp")
LAYERS = tuple(p for p in WHOLE.assignment.parts if not any(isinstance(check, Training) for check in p.checks))
FOLDER = replace(WHOLE, assignment=replace(WHOLE.assignment, parts=LAYERS))  # the layers; no network need be trained
CE_TOTAL = ("(self.p - self.gt) / len(self.gt)", "self.p - self.gt")
EUCLIDEAN_TOTAL = ("return self.difference / len(self.difference)", "return self.difference")
FC_MEAN = (
    ("self.grad_W = self.Input.T @ delta", "self.grad_W = self.Input.T @ delta / len(delta)"),
    ("np.sum(delta, axis=0, keepdims=True)", "np.mean(delta, axis=0, keepdims=True)"),
)


def _report(*changes: tuple[str, str], seed: str = "public:1") -> Report:
    source = FOLDER.solution
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    return grade(FOLDER, upload(source), InProcessSandbox(), seed)


def _lost(report: Report) -> dict[str, set[str]]:
    failed = {p.name: {c.diagnosis.code for c in p.checks if c.diagnosis} for p in report.parts}
    return {name: codes for name, codes in failed.items() if codes}


@pytest.mark.parametrize("seed", ["public:1", "public:2", "secret:ab"])
@pytest.mark.parametrize(
    ("changes", "notes"),
    [
        ((*FC_MEAN, CE_TOTAL, EUCLIDEAN_TOTAL), {"DIVIDED_ELSEWHERE"}),
        (
            (
                (
                    "layer.b - self.learningRate * layer.grad_b",
                    "layer.b - self.learningRate * (layer.grad_b + self.weightDecay * layer.b)",
                ),
            ),
            {"DECAY_ON_BIAS"},
        ),
        ((("np.sum(delta, axis=0, keepdims=True)", "np.sum(delta, axis=0)"),), {"HARMLESS_SHAPE"}),
        (
            (
                (
                    "log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
                    "log_p = np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True) + 1e-11)",
                ),
            ),
            set(),
        ),
        ((("layer.W = layer.W - self", "layer.W -= self"), ("layer.b = layer.b - self", "layer.b -= self")), set()),
        ((("class FCLayer", "class FCLAYER"),), {"SPELLING"}),
        (
            (
                (
                    '    """Fully connected: X W + b."""\n',
                    '    __slots__ = ("num_input", "num_output", "trainable", "W", "b", "grad_W", "grad_b", "Input")\n',
                ),
                ('    """max(x, 0)."""\n', '    __slots__ = ("Input", "trainable")\n'),
            ),
            set(),
        ),
    ],
)
def test_right_layers_keep_every_point(changes: tuple[tuple[str, str], ...], notes: set[str], seed: str) -> None:
    report = _report(*changes, seed=seed)

    assert _lost(report) == {}
    assert report.score.given == report.score.maximum == FOLDER.assignment.points
    assert {note.code for note in report.notes} == notes


@pytest.mark.parametrize("seed", ["public:1", "secret:ab"])
@pytest.mark.parametrize(
    ("changes", "lost"),
    [
        ((CE_TOTAL,), {"softmax_cross_entropy": {"TOTAL_NOT_MEAN"}}),
        (FC_MEAN, {"fc_layer": {"DIVIDES_IN_LAYER"}}),
        # one loss without 1/N, the other with it: for the Euclidean one the layer's division is a second
        ((*FC_MEAN, CE_TOTAL), {}),
        (
            (EUCLIDEAN_TOTAL, CE_TOTAL),
            {"euclidean_loss": {"TOTAL_NOT_MEAN"}, "softmax_cross_entropy": {"TOTAL_NOT_MEAN"}},
        ),
        ((("return delta @ self.W.T", "return delta @ self.W"),), {"fc_layer": {"RAISED"}}),
        ((("self.Input = Input\n        return Input @ self.W", "return Input @ self.W"),), {"fc_layer": {"RAISED"}}),
    ],
)
def test_a_division_that_is_missing_or_made_twice_is_named(
    changes: tuple[tuple[str, str], ...], lost: dict[str, set[str]], seed: str
) -> None:
    assert _lost(_report(*changes, seed=seed)) == lost


def _one_class_a_file() -> Mapping[str, str]:
    """The solution as its starter had it: a file for each class, and a main file that imports none of them."""
    tree = ast.parse(FOLDER.solution)
    around = [node for node in tree.body if not isinstance(node, ast.ClassDef)]
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    files = {f"parts/{node.name.lower()}.py": ast.unparse(ast.Module([*around, node], [])) for node in classes}
    return {"network.py": "class Network:\n    def forward(self, x):\n        return x\n", **files}


def test_a_file_for_each_class_needs_no_main_file() -> None:
    files = tuple(SourceFile(name, text) for name, text in _one_class_a_file().items())

    with closing(ContainerSandbox()) as sandbox:
        report = grade(FOLDER, Upload(files), sandbox, "public:1")

    assert report.score.given == report.score.maximum


def test_a_mistake_in_another_file_is_told_with_its_place() -> None:
    files = dict(_one_class_a_file())
    files["parts/relulayer.py"] = "class ReLULayer:\n    def forward(self, X):\n        return max(X, 0)\n"

    with closing(ContainerSandbox()) as sandbox:
        upload_of_all = Upload(tuple(SourceFile(name, text) for name, text in files.items()))
        report = grade(FOLDER, upload_of_all, sandbox, "public:1")

    (part,) = [part for part in report.parts if part.points.given < part.points.maximum]
    found = part.checks[0]
    assert part.name == "relu_layer"
    assert found.diagnosis is not None
    assert found.diagnosis.evidence["place"] == "parts/relulayer.py:3"
    assert found.lines == ()


def test_a_class_that_another_is_tried_on_is_named_as_missing() -> None:
    report = _report(("class FCLayer", "class Dense"))
    checks = next(part for part in report.parts if part.name == "optimizer").checks

    assert {check.diagnosis.code for check in checks if check.diagnosis} == {"MISSING"}
    assert {check.diagnosis.evidence["name"] for check in checks if check.diagnosis} == {"FCLayer"}


def test_a_wrong_loss_does_not_make_a_division_elsewhere_wrong() -> None:
    absolute = ("np.sum(self.difference**2) / (2 * len(gt))", "np.sum(np.abs(self.difference)) / (2 * len(gt))")
    report = _report(*FC_MEAN, CE_TOTAL, EUCLIDEAN_TOTAL, absolute)

    (check,) = (c for p in report.parts for c in p.checks if c.diagnosis)

    assert check.diagnosis is not None
    assert (check.function, check.diagnosis.code) == ("EuclideanLossLayer", "OTHER_FORMULA")
    assert "also" not in check.diagnosis.evidence
    assert FOLDER.assignment.points - report.score.given == 4


@pytest.mark.parametrize(
    ("change", "function", "code", "wrong"),
    [
        (
            ("self.Input = Input\n        return np.max", "ReLULayer.Input = Input\n        return np.max"),
            "ReLULayer",
            "OTHER_FORMULA",
            ["dX"],
        ),
        (("self.output", "SigmoidLayer.output"), "SigmoidLayer", "OTHER_FORMULA", ["dX"]),
        (
            ("self.Input = Input\n        return Input @", "FCLayer.Input = Input\n        return Input @"),
            "FCLayer",
            "OTHER_FORMULA",
            ["grad_W"],
        ),
        (("self.difference", "EuclideanLossLayer.difference"), "EuclideanLossLayer", "OTHER_FORMULA", ["delta"]),
        (("self.p", "SoftmaxCrossEntropyLossLayer.p"), "SoftmaxCrossEntropyLossLayer", "OTHER_FORMULA", ["delta"]),
        (("if layer.trainable", "if hasattr(layer, 'W')"), "SGD", "OTHER_FORMULA", ["untrained_W", "untrained_b"]),
        (
            ("in model.layerList:", "in model.layerList[-1:]:"),
            "SGD",
            "SOME_PARAMS_NOT_UPDATED",
            ["second_W", "second_b"],
        ),
        (
            ("self.weightDecay * layer.W", "(layer is model.layerList[-1]) * self.weightDecay * layer.W"),
            "SGD",
            "DECAY_MISSING",
            ["second_W"],
        ),
    ],
)
def test_what_is_done_to_another_object_shows(
    change: tuple[str, str], function: str, code: str, wrong: list[str]
) -> None:
    report = _report(change)
    (check,) = (c for p in report.parts for c in p.checks if c.diagnosis)

    assert check.diagnosis is not None
    assert (check.function, check.diagnosis.code) == (function, code)
    assert check.diagnosis.evidence["wrong"] == wrong


CUT_FROM, CUT_TO = "e = np.exp(-np.abs(Input))", "Input = np.clip(Input, -{0}, {0})\n        e = np.exp(-np.abs(Input))"


@pytest.mark.parametrize("seed", ["public:1", "secret:7"])
@pytest.mark.parametrize("most", [5, 10])
def test_a_sigmoid_that_is_clipped_where_it_still_rises_is_wrong(most: int, seed: str) -> None:
    report = _report((CUT_FROM, CUT_TO.format(most)), seed=seed)

    assert _lost(report)["sigmoid_layer"] == {"OTHER_FORMULA"}
    said = [sentence(check) for part in report.parts for check in part.checks if check.diagnosis]
    assert any(f"sigmoid(clip(X, -{most}, {most}))" in words for words in said)


def test_one_that_is_clipped_in_float32_is_wrong_too() -> None:
    report = _report((CUT_FROM, CUT_TO.format(5).replace("np.clip(Input,", "np.clip(Input.astype(np.float32),")))

    assert "sigmoid_layer" in _lost(report)


@pytest.mark.parametrize("most", [30, 500])
def test_one_that_is_clipped_against_overflow_is_right(most: int) -> None:
    assert not _lost(_report((CUT_FROM, CUT_TO.format(most))))
