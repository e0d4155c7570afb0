"""The same as test_lines.py for pages whose lines belong to the other assignments: each is tried in one of them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from grader.grade import grade
from grader.help.shelf import pages
from reference.catalog import Catalog
from reference.spec import Check, Descent, Training
from tests.fakes.in_process import InProcessSandbox, upload

CATALOG = Catalog.builtin()
JACOBIAN = """
def softmax_jacobian(z):
    q = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    {line}
    return J
"""
LIKELIHOOD = "def nll(yhat, y):\n    rows = np.arange(len(y))\n    {line}\n    return loss\n"
BY_PROBABILITIES = """
def nll_grad(yhat, y):
    rows, C = np.arange(len(y)), yhat.shape[1]
    {line}
    return gradient
"""
ENTRY = """
def nll_grad(all_yhat, all_y):
    gradient = np.zeros_like(all_yhat)
    for n in range(len(all_y)):
        yhat, y = all_yhat[n : n + 1], all_y[n : n + 1]
        {line}
        gradient[n, y[0]] = entry
    return gradient
"""
AVERAGE = "def avg_pool1d(x, W):\n    n = len(x)\n    {line}\n    return y\n"
MAXIMUM = """
def max_pool1d(x, W):
    n, y = len(x), []
    for i in range(n - W + 1):
        {line}
        y.append({result})
    return np.array(y)
"""
STARTS = (
    "def max_pool1d(x, W):\n    n = len(x)\n    {line}\n    return np.array([x[i : i + W].max() for i in starts])\n"
)
AVERAGE_BACK = """
def avg_pool1d_backward(dy, n, W):
    dx = np.zeros(n)
    for i in range(n - W + 1):
        {line}
    return dx
"""
MAXIMUM_BACK = """
def max_pool1d_backward(dy, x, W):
    dx = np.zeros(len(x))
    for i in range(len(dy)):
        {line}
        {then}
    return dx
"""
CONVOLUTION = "def conv1d(x, w):\n    n = len(x)\n    {line}\n    return out\n"
CONVOLUTION_BACK = """
_right = conv1d_backward
def conv1d_backward(dy, x, w):
    dx, dw = _right(dy, x, w)
    {line}
    return returned
"""
CLASSIFIER = """
def softmax_classifier(W, x, t, reg):
    N, y = len(x), t.argmax(axis=1)
    e = np.exp(x @ W - (x @ W).max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    data_loss, data_gradient = -np.sum(t * np.log(p)) / N, x.T @ (p - t) / N
    loss, dW, prediction = data_loss + reg / 2 * np.sum(W**2), data_gradient + reg * W, p.argmax(axis=1)
    {line}
    return loss, dW {plus}, prediction
"""
CONFUSION = """
def confusion_matrix(y, prediction, K):
    counts = np.zeros((K, K))
    {line}
    return counts
"""
SIGMOID = """
class SigmoidLayer:
    def forward(self, x):
        {line}
        self.s = s
        return s

    def backward(self, upstream):
        return upstream * self.s * (1 - self.s)
"""
SIGMOID_BACK = """
_Sigmoid = SigmoidLayer
class SigmoidLayer(_Sigmoid):
    def backward(self, upstream):
        s = self.output
        {line}
        return d_x
"""
RELU_BACK = """
_ReLU = ReLULayer
class ReLULayer(_ReLU):
    def backward(self, d_o):
        z_h, w_o = self.Input, np.eye(d_o.shape[1])
        {line}
        return d_h
"""
LAYER_BACK = """
_Layer = FCLayer
class FCLayer(_Layer):
    def backward(self, d_h):
        x, N, right = self.Input, len(d_h), super().backward(d_h)
        {line}
        self.grad_W = {name}
        return right
"""
SQUARES = """
_Squares = EuclideanLossLayer
class EuclideanLossLayer(_Squares):
    def forward(self, z, t):
        N, loss = len(t), super().forward(z, t)
        {line}
        return loss
"""
SQUARES_BACK = """
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
_Squares = EuclideanLossLayer
class EuclideanLossLayer(_Squares):
    def forward(self, z, t):
        self.z, self.t = z, t
        return super().forward(z, t)

    def backward(self):
        z, t, N = self.z, self.t, len(self.t)
        {line}
        return d_z
"""
ENTROPY_BACK = """
_Entropy = SoftmaxCrossEntropyLossLayer
class SoftmaxCrossEntropyLossLayer(_Entropy):
    def backward(self):
        p, t = self.p, self.gt
        {line}
        return d_o
"""
DESCENT = """
class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate, self.weightDecay = learningRate, weightDecay

    def step(self, model):
        lr = self.learningRate
        for layer in filter(lambda layer: layer.trainable, model.layerList):
            for name, decay in (("W", self.weightDecay), ("b", 0.0)):
                w, g = getattr(layer, name), getattr(layer, "grad_" + name)
                {before}
                {line}
                setattr(layer, name, w)
"""
ACTIVATION = """
_right = activate
def activate(z_h, act):
    a_h = _right(z_h, act)
    if act == "tanh":
        {line}
    return a_h
"""
SCORE = """
_Classifier = NetClassifier
class NetClassifier(_Classifier):
    def score(self, X, y, params=None):
        prediction = self.predict(X, params)
        {line}
        return accuracy
"""

DECAY = DESCENT.replace("{before}", "pass")
STEP = DESCENT.replace("{before}", "g = g + decay * w")
WINNER = MAXIMUM_BACK.replace("{then}", "dx[winner] += dy[i]")
VALUE = MAXIMUM.replace("{result}", "value")
PLACES: Mapping[str, tuple[str, str]] = {
    "INDICATOR_MISSING": ("ece544-derivatives", BY_PROBABILITIES),
    "JACOBIAN_DIAGONAL_ONLY": ("ece544-derivatives", JACOBIAN),
    "JACOBIAN_OFF_DIAGONAL_ONLY": ("ece544-derivatives", JACOBIAN),
    "MEAN_NOT_TOTAL": ("ece544-derivatives", LIKELIHOOD),
    "LOG_MISSING": ("ece544-derivatives", LIKELIHOOD),
    "GRADIENT_BY_LOGITS": ("ece544-derivatives", BY_PROBABILITIES),
    "LOG_NOT_DIFFERENTIATED": ("ece544-derivatives", ENTRY),
    "SQUARED_DENOMINATOR": ("ece544-derivatives", ENTRY),
    "LABEL_ENTRIES_ONLY": ("ece544-derivatives", BY_PROBABILITIES),
    "WINDOW_OFF_BY_ONE": ("ece544-derivatives", MAXIMUM.replace("{result}", "window.max()")),
    "LAST_WINDOW_MISSING": ("ece544-derivatives", STARTS),
    "WINDOW_STRIDE": ("ece544-derivatives", STARTS),
    "POOL_PADDED": ("ece544-derivatives", AVERAGE),
    "WINDOW_NOT_AVERAGED": ("ece544-derivatives", AVERAGE),
    "DIVIDES_BY_LENGTH": ("ece544-derivatives", AVERAGE),
    "POOL_OTHER_KIND": ("ece544-derivatives", VALUE),
    "POOL_INDEX": ("ece544-derivatives", VALUE),
    "POOL_ABOVE_ZERO": ("ece544-derivatives", VALUE),
    "POOL_SIGN": ("ece544-derivatives", AVERAGE_BACK),
    "NOT_ACCUMULATED": ("ece544-derivatives", AVERAGE_BACK),
    "ONE_ENTRY_OF_WINDOW": ("ece544-derivatives", AVERAGE_BACK),
    "MAX_TIE": ("ece544-derivatives", MAXIMUM_BACK.replace("{then}", "")),
    "MAX_OUTSIDE_WINDOW": ("ece544-derivatives", WINNER),
    "WINDOW_START_NOT_ADDED": ("ece544-derivatives", WINNER),
    "MAX_OF_WHOLE_SIGNAL": ("ece544-derivatives", WINNER),
    "CONV_NOT_FLIPPED": ("ece544-derivatives", CONVOLUTION),
    "CONV_BORDER": ("ece544-derivatives", CONVOLUTION),
    "CONV_NOT_CENTRED": ("ece544-derivatives", CONVOLUTION),
    "GRADIENTS_SWAPPED": ("ece544-derivatives", CONVOLUTION_BACK),
    "REG_MISSING_IN_GRAD": ("hw2-softmax", CLASSIFIER.replace("{plus}", "")),
    "REG_MISSING_IN_LOSS": ("hw2-softmax", CLASSIFIER.replace("{plus}", "")),
    "REG_SCALE": ("hw2-softmax", CLASSIFIER.replace("{plus}", "")),
    "REG_SIGN": ("hw2-softmax", CLASSIFIER.replace("{plus}", "")),
    "BRACKETS_MISSING": ("hw2-softmax", CLASSIFIER.replace("{plus}", "+ reg * W")),
    "PREDICT_SHAPE": ("hw2-softmax", CLASSIFIER.replace("{plus}", "")),
    "PREDICT_AXIS": ("hw2-softmax", CLASSIFIER.replace("{plus}", "")),
    "PREDICT_FROM_ONE": ("hw2-softmax", CLASSIFIER.replace("{plus}", "")),
    "PREDICT_SMALLEST": ("hw2-softmax", CLASSIFIER.replace("{plus}", "")),
    "PREDICT_PROBABILITY": ("hw2-softmax", CLASSIFIER.replace("{plus}", "")),
    "PREDICT_LABEL": ("hw2-softmax", CLASSIFIER.replace("{plus}", "")),
    "PREDICT_CORRECT": ("hw2-softmax", CLASSIFIER.replace("{plus}", "")),
    "SCORE_COUNTS": ("aarhus-net-classifier", SCORE),
    "SCORE_IS_ERROR": ("aarhus-net-classifier", SCORE),
    "SCORE_PERCENT": ("aarhus-net-classifier", SCORE),
    "SIGMOID_SIGN": ("hw2-layers-mlp", SIGMOID),
    "SIGMOID_IS_TANH": ("hw2-layers-mlp", SIGMOID),
    "ACT_DERIV_MISSING": ("hw2-layers-mlp", SIGMOID_BACK),
    "ACT_DERIV_IS_VALUE": ("hw2-layers-mlp", SIGMOID_BACK),
    "ACT_DERIV_OF_TANH": ("hw2-layers-mlp", SIGMOID_BACK),
    "UPSTREAM_IGNORED": ("hw2-layers-mlp", RELU_BACK),
    "GRADIENT_TRANSPOSED": ("hw2-layers-mlp", LAYER_BACK.replace("{name}", "dW_h")),
    "DIVIDES_IN_LAYER": ("hw2-layers-mlp", LAYER_BACK.replace("{name}", "grad_W")),
    "ROOT_OF_SQUARES": ("hw2-layers-mlp", SQUARES),
    "SOFTMAX_INSIDE": ("hw2-layers-mlp", SQUARES_BACK),
    "HARDCODED_BATCH": ("hw2-layers-mlp", ENTROPY_BACK),
    "RATE_MISSING": ("hw2-layers-mlp", STEP),
    "STEP_NOT_WEIGHT": ("hw2-layers-mlp", STEP),
    "DECAY_MISSING": ("hw2-layers-mlp", DECAY),
    "DECAY_SIGN": ("hw2-layers-mlp", DECAY),
    "DECAY_SCALE": ("hw2-layers-mlp", DECAY),
    "OTHER_ACTIVATION": ("ece544-mlp", ACTIVATION),
    "TANH_HALF": ("ece544-mlp", ACTIVATION),
    "CONFUSION_TRANSPOSED": ("ece544-mlp", CONFUSION),
    "CONFUSION_SHARES": ("ece544-mlp", CONFUSION),
    "CONFUSION_NOT_COUNTED": ("ece544-mlp", CONFUSION),
}


def _quick(check: Check) -> bool:
    return not isinstance(check, (Training, Descent))


def _codes(slug: str, code: str) -> Iterator[str]:
    """Codes of the solution with `code` after it, without trainings."""
    folder = CATALOG.get(slug)
    parts = [replace(part, checks=tuple(filter(_quick, part.checks))) for part in folder.assignment.parts]
    folder = replace(folder, assignment=replace(folder.assignment, parts=tuple(p for p in parts if p.checks)))
    for part in grade(folder, upload(f"{folder.solution}\n\n{code}"), InProcessSandbox(), "public:1").parts:
        yield from (check.diagnosis.code for check in part.checks if check.diagnosis)


@pytest.mark.parametrize("code", sorted(PLACES))
def test_the_wrong_line_gets_the_page_s_diagnosis(code: str) -> None:
    slug, place = PLACES[code]

    assert code in _codes(slug, place.replace("{line}", pages()[code].wrong))


@pytest.mark.parametrize("code", sorted(PLACES))
def test_the_right_line_passes(code: str) -> None:
    slug, place = PLACES[code]

    assert list(_codes(slug, place.replace("{line}", pages()[code].right))) == []
