"""One change in a solution, and the formula that its function is told to compute."""

import pytest

from grader.grade import grade
from tests.fakes.in_process import InProcessSandbox, upload
from tests.grader.diagnosis.changed_solution import diagnosis, quick

NET, CLASSIFIER, COST = "cs231n-two-layer", "hw2-softmax", "aarhus-net-classifier"
EPOCHS, LIKELIHOOD, PERCEPTRON = "dlsys-hw0", "ece544-derivatives", "ece544-mlp"
LAYERS = "hw2-layers-mlp"

CLASSES_FROM = {
    1: ("t of the class before, class 0 without one", "y - 1, the examples of class 0 left out"),
    -1: ("t of the class after, the last class without one", "y + 1, the examples of the last class left out"),
}
"""The number that the first class is taken for, and what is said of the labels compared with numbers from it on."""

LABELS = [
    (
        *(NET, "forward", "TwoLayerNet.loss", "log_p[rows, y]"),
        "((y[:, None] == FROM + np.arange(len(b2))) * shifted).sum(axis=1) - np.log(np.exp(shifted).sum(axis=1))",
        "t * z - log(sum(exp(z))), z less max(z), {rows}",
    ),
    (
        *(NET, "gradient", "TwoLayerNet.loss", "delta2[rows, y] -= 1"),
        *("delta2 -= y[:, None] == FROM + np.arange(scores.shape[1])", "p - t, {rows}"),
    ),
    (
        *(COST, "gradient", "NetClassifier.cost_grad", "(p - labels)"),
        *("(p - (y[:, None] == FROM + np.arange(p.shape[1])))", "p - t, {rows}"),
    ),
    (
        *(EPOCHS, "forward", "softmax_loss", "Z[np.arange(len(y)), y]"),
        "(Z * (y[:, None] == FROM + np.arange(Z.shape[1]))).sum(axis=1)",
        "t * z - log(sum(exp(z))), {rows}",
    ),
    (
        *(LIKELIHOOD, "forward", "nll", "np.log(yhat[np.arange(len(y)), y])"),
        *("np.log(yhat) * (y[:, None] == FROM + np.arange(yhat.shape[1]))", "{examples}"),
    ),
    (
        *(LIKELIHOOD, "gradient", "nll_grad", "grad[rows, y] = -1 / yhat[rows, y]"),
        *("grad = -1 / yhat * (y[:, None] == FROM + np.arange(yhat.shape[1]))", "{examples}"),
    ),
    (
        *(CLASSIFIER, "forward", "softmax_classifier", "label * log_p"),
        *("label @ np.eye(label.shape[1], k=-FROM) * log_p", "t * log(p), {rows}"),
    ),
    (
        *(CLASSIFIER, "gradient", "softmax_classifier", "p - label"),
        *("p - label @ np.eye(label.shape[1], k=-FROM)", "p - t, {rows}"),
    ),
]
"""Assignment, check, function, what is replaced in the solution, by what, and the formula that is told."""

CONFUSED = "        counts[true, predicted] += 1"


@pytest.mark.parametrize("first", CLASSES_FROM)
@pytest.mark.parametrize(("slug", "kind", "function", "old", "new", "found"), LABELS)
def test_labels_compared_with_other_class_numbers_are_named(
    slug: str, kind: str, function: str, old: str, new: str, found: str, first: int
) -> None:
    rows, examples = CLASSES_FROM[first]
    told = diagnosis(slug, kind, function, old, new.replace("FROM", f"({first})"))

    assert told is not None
    assert (told.code, told.evidence.get("found")) == ("OTHER_FORMULA", found.format(rows=rows, examples=examples))


@pytest.mark.parametrize(
    ("slug", "kind", "function", "old", "new", "found"),
    [
        # a class that is never predicted
        (
            *(NET, "forward", "TwoLayerNet.predict", "np.argmax(self.loss(X), axis=1)"),
            *("1 + np.argmax(self.loss(X)[:, 1:], axis=1)", "the class with the largest score of all but class 0"),
        ),
        (
            *(NET, "forward", "TwoLayerNet.predict", "np.argmax(self.loss(X), axis=1)"),
            *("np.argmax(self.loss(X)[:, :-1], axis=1)", "the class with the largest score of all but the last class"),
        ),
        (
            *(PERCEPTRON, "forward", "predict_relu_1", "forward(X, params, act)[0].argmax(axis=1)"),
            *("np.ones(len(X), dtype=int)", "class 1 for every example"),
        ),
        # other labels in loss and gradient
        (
            *(NET, "gradient", "TwoLayerNet.loss", "delta2[rows, y] -= 1"),
            "delta2[rows, y] -= 0.9\n        delta2 -= 0.1 / delta2.shape[1]",
            "p - t, t smoothed labels, 0.9 * labels + 0.1 / C,",
        ),
        (
            *(LAYERS, "gradient", "SoftmaxCrossEntropyLossLayer", "self.p, self.gt = np.exp(log_p), gt"),
            "gt = 0.8 * gt + 0.2 / (gt.shape[1] - 1) * (gt == 0)\n        self.p, self.gt = np.exp(log_p), gt",
            "p - gt, gt smoothed labels, 0.8 at the class and 0.2 / (C - 1) at each other,",
        ),
        # a sum of exponentials that runs on from row to row
        (
            *(LAYERS, "gradient", "SoftmaxCrossEntropyLossLayer", "np.log(np.exp(shifted).sum(axis=1, keepdims=True))"),
            "np.log(np.cumsum(np.exp(shifted).sum(axis=1))[:, None])",
            "exp(z - max(z)) / S, S = the sum of exp(z - max(z)) over this row and all before it,",
        ),
        (
            *(LAYERS, "forward", "SoftmaxCrossEntropyLossLayer", "np.log(np.exp(shifted).sum(axis=1, keepdims=True))"),
            "np.log(np.cumsum(np.exp(shifted).sum(axis=1))[:, None])",
            "t * (z - max(z) - log(S)), S = the sum of exp(z - max(z)) over this row and all before it,",
        ),
        # weights and bias in one matrix, and the wrong end of it cut off
        (
            *(LAYERS, "gradient", "FCLayer", "return delta @ self.W.T"),
            "return (delta @ np.vstack([self.W, self.b]).T)[:, 1:]",
            "delta @ [W; b].T without its first column, which is an input's,",
        ),
        (
            *(LAYERS, "gradient", "FCLayer", "self.grad_W = self.Input.T @ delta"),
            "self.grad_W = np.vstack([delta.sum(axis=0), self.Input.T @ delta])[:-1]",
            "[1, X].T @ delta without its last row, which is a weight's,",
        ),
        (
            *(LAYERS, "gradient", "FCLayer", "self.grad_b = np.sum(delta, axis=0, keepdims=True)"),
            *("self.grad_b = self.Input[:, -1:].T @ delta", "the last row of X.T @ delta, which is a weight's,"),
        ),
        # a rate that changes within an epoch
        (
            *(EPOCHS, "forward", "softmax_regression_batches", "theta -= lr * (x.T @ delta) / len(x)"),
            "theta -= lr * (x.T @ delta) / len(x)\n        lr *= 0.95",
            "a rate that is multiplied by 0.95 after each batch",
        ),
        (
            *(EPOCHS, "forward", "nn_batches", "W1 -= lr * (x.T @ back)"),
            "W1 -= lr * (x.T @ back)\n        lr = lr / (1 + start // batch + 1) * (1 + start // batch)",
            "lr / (1 + k) in the step of batch k, counted from 0,",
        ),
        # the division comes last, and makes NaN of a batch without examples
        (
            *(EPOCHS, "forward", "softmax_regression_epoch", "delta = softmax(x @ theta)"),
            "x, labels = x[1:], labels[1:]\n        delta = softmax(x @ theta)",
            "the gradient without the first example of the batch",
        ),
        (
            *(PERCEPTRON, "forward", "confusion_matrix", CONFUSED),
            "        if true > 0:\n            counts[true - 1, predicted] += 1",
            "counts of y - 1, those of class 0 left out",
        ),
        (
            *(PERCEPTRON, "forward", "confusion_matrix", CONFUSED),
            "        if predicted < K - 1:\n            counts[true, predicted + 1] += 1",
            "counts of yhat + 1, those of the last class left out",
        ),
        # the class of another layer
        (
            *(NET, "forward", "TwoLayerNet.predict", "np.argmax(self.loss(X), axis=1)"),
            'np.argmax(X @ self.params["W1"] + self.params["b1"], axis=1)',
            "the index of the largest hidden unit",
        ),
        (
            *(PERCEPTRON, "forward", "predict_relu_1", "forward(X, params, act)[0].argmax(axis=1)"),
            *("forward(X, params, act)[1][0][-1].argmax(axis=1)", "the index of the largest hidden unit"),
        ),
        (
            *(COST, "forward", "NetClassifier.score", "np.mean(self.predict(X, params) == y)"),
            "np.sum(self.predict(X, params) == y) // len(y)",
            "the share of right predictions, rounded down to a whole number",
        ),
        (
            *(COST, "forward", "NetClassifier.score", "self.predict(X, params) == y"),
            "self.predict(X, params)[:, None] == y",
            "prediction == y of a column (N, 1) and a vector (N,), which compares every prediction with every label,",
        ),
        # the sum of what the logarithm of p is the difference of
        (
            *(NET, "forward", "TwoLayerNet.loss", "-np.mean(log_p[rows, y])"),
            "np.mean(np.log(np.exp(shifted).sum(axis=1)) + shifted[rows, y])",
            "-t * (z - max(z) + L), L = log(sum(exp(z - max(z))))",
        ),
        (
            *(EPOCHS, "forward", "softmax_loss", "np.mean(log_sum - Z", "np.mean(log_sum + Z"),
            "-t * (z + L), L = log(sum(exp(z)))",
        ),
        (
            *(EPOCHS, "forward", "softmax_loss", "np.mean(log_sum - Z", "np.mean(log_sum - top[:, 0] + Z"),
            "-t * (z + L), L = log(sum(exp(z - max(z))))",
        ),
        # the label's score over N * C; rounding of which one probe alone shows more than the tolerance
        (
            *(EPOCHS, "forward", "softmax_loss", "np.mean(log_sum - Z[np.arange(len(y)), y])"),
            "np.mean(log_sum) - np.mean(Z * np.eye(Z.shape[1])[y])",
            "the label's score divided by N * C",
        ),
        (
            *(EPOCHS, "forward", "softmax_loss", "np.mean(log_sum - Z[np.arange(len(y)), y])"),
            "round(float(np.mean(log_sum - Z[np.arange(len(y)), y])), 4)",
            "the right loss rounded to 4 places",
        ),
        # batches that lack an example, or are left out where they have one
        (
            *(EPOCHS, "forward", "nn_epoch", "a = np.maximum(x @ W1, 0)"),
            "x, labels = x[:-1], labels[:-1]\n        a = np.maximum(x @ W1, 0)",
            "the gradient without the last example of the batch",
        ),
        (
            *(EPOCHS, "forward", "nn_batches", "a = np.maximum(x @ W1, 0)"),
            "if len(x) == 1:\n            break\n        a = np.maximum(x @ W1, 0)",
            "no step on a last batch of one example",
        ),
        (
            *(EPOCHS, "forward", "nn_epoch", "a = np.maximum(x @ W1, 0)"),
            "if len(x) == 1:\n            break\n        a = np.maximum(x @ W1, 0)",
            "no step where the batch has one example",
        ),
        (
            *(EPOCHS, "forward", "nn_epoch", "a = np.maximum(x @ W1, 0)"),
            *("x = x / 255\n        a = np.maximum(x @ W1, 0)", "x / 255"),
        ),
    ],
)
def test_a_formula_is_named(slug: str, kind: str, function: str, old: str, new: str, found: str) -> None:
    told = diagnosis(slug, kind, function, old, new)

    assert told is not None
    assert (told.code, told.evidence.get("found")) == ("OTHER_FORMULA", found)


@pytest.mark.parametrize("code", ["softmax(-(a @ W2))", "softmax(np.negative(a @ W2))"])
def test_of_two_names_for_the_same_numbers_the_known_mistake_is_told(code: str) -> None:
    """A minus before the product would give the same numbers."""
    told = diagnosis(EPOCHS, "forward", "nn_epoch", "softmax(a @ W2)", code)

    assert told is not None
    assert told.code == "SOFTMAX_SIGN"


def test_a_last_example_that_is_missing_is_told_where_its_batch_has_no_other() -> None:
    """The mean over that batch is NaN, and so is everything after it."""
    fewer = "x, labels = X[start : min(start + batch, len(X) - 1)], labels[: len(X) - 1 - start]"
    line = "delta = softmax(x @ theta)"
    told = diagnosis(EPOCHS, "forward", "softmax_regression_batches", line, f"{fewer}\n        {line}")

    assert told is not None
    assert (told.code, told.evidence["unseen"]) == ("LAST_BATCH_DROPPED", 1)


FIRST_W2 = (
    "        back = (delta @ W2.T) * (a > 0)\n        W2 -= lr * (a.T @ delta)\n",
    "        W2 -= lr * (a.T @ delta)\n        back = (delta @ W2.T) * (a > 0)\n",
)
AGAIN = """        {first}
        a = np.maximum(x @ W1, 0)
        delta = (softmax(a @ W2) - np.eye(W2.shape[1])[labels]) / len(x)
        {then}
"""
STEP_1, STEP_2 = "W1 -= lr * (x.T @ ((delta @ W2.T) * (a > 0)))", "W2 -= lr * (a.T @ delta)"
BOTH = "        back = (delta @ W2.T) * (a > 0)\n        W2 -= lr * (a.T @ delta)\n        W1 -= lr * (x.T @ back)\n"


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        (*FIRST_W2, "dW1"),
        (BOTH, AGAIN.format(first=STEP_2, then=STEP_1), "dW1"),
        (BOTH, AGAIN.format(first=STEP_1, then=STEP_2), "dW2"),
    ],
)
def test_a_gradient_of_weights_that_have_stepped_is_named(old: str, new: str, wrong: str) -> None:
    """The error goes back through the new weight, or the whole gradient is calculated anew with it."""
    source = quick(EPOCHS).solution
    assert source.count(old) == 1
    report = grade(quick(EPOCHS), upload(source.replace(old, new)), InProcessSandbox(), "public:1")
    found = [c.diagnosis for part in report.parts for c in part.checks if c.function == "nn_epoch" and c.diagnosis]

    assert [(told.code, told.evidence.get("wrong")) for told in found] == [("UPDATED_TOO_EARLY", [wrong])]
