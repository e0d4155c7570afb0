"""Code written after the wrong formulas that the source documents print gets the code named for it."""

import textwrap
from dataclasses import replace

import pytest

from grader.audit.training import untrained
from grader.grade import grade
from grader.messages import sentence
from grader.report import CheckResult
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload

CATALOG = Catalog.builtin()

PRINTED = [
    (
        "ece544-derivatives",
        "eq 2: a minus in front of the quotient for j = k",
        """
        def softmax_jacobian(z):
            e = np.exp(z)
            S = e.sum()
            J = np.zeros((len(z), len(z)))
            for k in range(len(z)):
                for j in range(len(z)):
                    if j == k:
                        J[k, j] = -(e[k] * S - e[k] * e[k]) / S**2
                    else:
                        J[k, j] = -e[k] * e[j] / S**2
            return J
        """,
        {"softmax": {"SIGN", "SOFTMAX_UNSTABLE"}},
    ),
    (
        "ece544-derivatives",
        "eq 6: an indicator whose k is bound to nothing",
        """
        def nll_grad(yhat, y):
            N, K = yhat.shape
            g = np.zeros((N, K))
            for i in range(N):
                for j in range(K):
                    g[i, j] = -sum(y[i] == k for k in range(K)) / yhat[i, j]
            return g
        """,
        {"likelihood": {"INDICATOR_MISSING"}},
    ),
    (
        "ece544-derivatives",
        "eq 7: the sum runs to W",
        """
        def avg_pool1d(x, W):
            y = np.zeros(len(x) - W + 1)
            for i in range(len(y)):
                for j in range(0, W + 1):
                    if i + j < len(x):
                        y[i] += x[i + j] / W
            return y
        """,
        {"avg_pool": {"WINDOW_OFF_BY_ONE"}},
    ),
    (
        "ece544-derivatives",
        "eq 8: -1/W on i <= j <= i+W",
        """
        def avg_pool1d_backward(dy, n, W):
            dx = np.zeros(n)
            for i in range(len(dy)):
                for j in range(n):
                    if i <= j <= i + W:
                        dx[j] += dy[i] * (-1 / W)
            return dx
        """,
        {"avg_pool": {"POOL_SIGN"}},
    ),
    (
        "ece544-derivatives",
        "eq 8 with the sign right",
        """
        def avg_pool1d_backward(dy, n, W):
            dx = np.zeros(n)
            for i in range(len(dy)):
                dx[i : i + W + 1] += dy[i] / W
            return dx
        """,
        {"avg_pool": {"WINDOW_OFF_BY_ONE"}},
    ),
    (
        "ece544-derivatives",
        "eq 9: the maximum over k = 0..W",
        """
        def max_pool1d(x, W):
            return np.array([max(x[i + k] for k in range(W + 1) if i + k < len(x)) for i in range(len(x) - W + 1)])
        """,
        {"max_pool": {"WINDOW_OFF_BY_ONE"}},
    ),
    (
        "ece544-derivatives",
        "eq 10 with a window of W: 1 wherever x[j] equals the maximum",
        """
        def max_pool1d_backward(dy, x, W):
            dx = np.zeros(len(x))
            for i in range(len(dy)):
                m = max(x[i : i + W])
                for j in range(len(x)):
                    if x[j] == m:
                        dx[j] += dy[i]
            return dx
        """,
        {"max_pool": {"MAX_TIE", "MAX_OUTSIDE_WINDOW"}},
    ),
    (
        "ece544-derivatives",
        "eq 10 as printed, with a window of W + 1",
        """
        def max_pool1d_backward(dy, x, W):
            dx = np.zeros(len(x))
            for i in range(len(dy)):
                dx[x == max(x[i : i + W + 1])] += dy[i]
            return dx
        """,
        {"max_pool": {"WINDOW_OFF_BY_ONE", "MAX_OUTSIDE_WINDOW"}},
    ),
    (
        "ece544-derivatives",
        "eq 11: the input in the kernel's place",
        """
        def conv1d(x, w):
            n = len(x)
            at = lambda i: x[i] if 0 <= i < n else 0.0
            return np.array([sum(at(i - j) * at(j) for j in (-1, 0, 1)) for i in range(n)])
        """,
        {"conv": {"KERNEL_NOT_USED"}},
    ),
    (
        "ece544-derivatives",
        "another report: the second denominator squared again",
        """
        def softmax_jacobian(z):
            e = np.exp(z - z.max())
            S = e.sum()
            J = -np.outer(e / S, e / S**2)
            return J - np.diag(np.diag(J)) + np.diag(e / S * (1 - e / S))
        """,
        {"softmax": {"JACOBIAN_DENOMINATOR"}},
    ),
    (
        "ece544-derivatives",
        "another report: I[k=j] z_j(-z_j)",
        """
        def softmax_jacobian(z):
            p = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
            return np.diag(p * -p) - (np.outer(p, p) - np.diag(p * p))
        """,
        {"softmax": {"INDICATOR_MISSING"}},
    ),
    (
        "hw2-softmax",
        "line 2: z_j (-z_j) for k = j, as a sum over k",
        """
        def softmax_classifier(W, input, label, lamda):
            N, C = label.shape
            s = input @ W
            e = np.exp(s - s.max(axis=1, keepdims=True))
            z = e / e.sum(axis=1, keepdims=True)
            ds = np.zeros((N, C))
            for n in range(N):
                for j in range(C):
                    for k in range(C):
                        dz = z[n, j] * -z[n, j] if k == j else -z[n, k] * z[n, j]
                        ds[n, j] += -label[n, k] / z[n, k] * dz / N
            loss = -np.sum(label * np.log(z)) / N + lamda / 2 * np.sum(W * W)
            return loss, input.T @ ds + lamda * W, z.argmax(axis=1)
        """,
        {"gradient": {"TARGET_IGNORED"}},
    ),
    (
        "hw2-softmax",
        "line 6: no brackets around t x - x z",
        """
        def softmax_classifier(W, input, label, lamda):
            N = len(input)
            s = input @ W
            e = np.exp(s - s.max(axis=1, keepdims=True))
            z = e / e.sum(axis=1, keepdims=True)
            gradient = -1 / N * input.T @ label - input.T @ z + lamda * W
            return -np.sum(label * np.log(z)) / N + lamda / 2 * np.sum(W * W), gradient, z.argmax(axis=1)
        """,
        {"gradient": {"BRACKETS_MISSING"}},
    ),
    (
        "hw2-softmax",
        "the layer's loss: a sum, whose derivative is z - t",
        """
        def softmax_classifier(W, input, label, lamda):
            s = input @ W
            e = np.exp(s - s.max(axis=1, keepdims=True))
            z = e / e.sum(axis=1, keepdims=True)
            loss = -np.sum(label * np.log(z)) + lamda / 2 * np.sum(W * W)
            return loss, input.T @ (z - label) + lamda * W, z.argmax(axis=1)
        """,
        {"loss": {"TOTAL_NOT_MEAN"}, "gradient": {"TOTAL_NOT_MEAN"}},
    ),
    (
        "hw2-softmax",
        "no shift by the largest score anywhere",
        """
        def softmax_classifier(W, input, label, lamda):
            z = np.exp(input @ W) / np.exp(input @ W).sum(axis=1, keepdims=True)
            loss = -np.sum(label * np.log(z)) / len(input) + lamda / 2 * np.sum(W * W)
            return loss, input.T @ (z - label) / len(input) + lamda * W, z.argmax(axis=1)
        """,
        {"stability": {"SOFTMAX_UNSTABLE"}},
    ),
    (
        "aarhus-net-classifier",
        "figures 1 and 2: the printed forward and backward pass",
        """
        def relu_derivative(x):
            return (x > 0) * 1.0


        def cost_grad(X, y, params, reg=0.0):
            W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
            labels = one_in_k_encoding(y, W2.shape[1])
            z1 = X.dot(W1) + b1
            a1 = relu(z1)
            z2 = a1.dot(W2) + b2
            yy = softmax(z2)
            log_probs = -np.log(yy[range(len(X)), y])
            data_loss = np.sum(log_probs)
            data_loss += reg / 2 * (np.sum(np.square(W1)) + np.sum(np.square(W2)))
            cost = 1.0 / len(X) * data_loss
            delta2 = yy
            delta2 -= labels
            d_w2 = np.dot(a1.T, delta2)
            d_b2 = np.sum(delta2, axis=0, keepdims=True)
            delta1 = np.dot(delta2, W2.T) * relu_derivative(z1)
            d_w1 = np.dot(X.T, delta1)
            d_b1 = np.sum(delta1, axis=0)
            return cost, {"d_w1": d_w1, "d_w2": d_w2, "d_b1": d_b1, "d_b2": d_b2}


        NetClassifier.cost_grad = staticmethod(cost_grad)
        """,
        {"cost": {"REG_SCALE"}, "gradients": {"TOTAL_NOT_MEAN"}},
    ),
    (
        "aarhus-net-classifier",
        "the file's softmax: no shift by the largest score",
        """
        def softmax(X):
            return np.exp(X) / np.sum(np.exp(X), axis=1, keepdims=True)
        """,
        {"activations": {"SOFTMAX_UNSTABLE"}},
    ),
    (
        "hw2-layers-mlp",
        "ReLU: S_j 1[x_j > 0]",
        """
        class ReLULayer:
            def forward(self, Input):
                self.Input = Input
                self.S = np.maximum(Input, 0)
                return self.S

            def backward(self, delta):
                return self.S * (self.Input > 0)
        """,
        {"relu_layer": {"RELU_BACKWARD_USES_OUTPUT"}},
    ),
    (
        "hw2-layers-mlp",
        "softmax and cross-entropy: an average whose derivative is z - t, and no shift",
        """
        class SoftmaxCrossEntropyLossLayer:
            def forward(self, logit, gt):
                self.z = np.exp(logit) / np.exp(logit).sum(axis=1, keepdims=True)
                self.t = gt
                return -np.sum(gt * np.log(self.z)) / len(gt)

            def backward(self):
                return self.z - self.t
        """,
        {"softmax_cross_entropy": {"TOTAL_NOT_MEAN", "SOFTMAX_UNSTABLE"}},
    ),
]


@pytest.mark.parametrize(
    ("slug", "what", "code", "expected"), PRINTED, ids=[f"{slug}: {what}" for slug, what, _, _ in PRINTED]
)
@pytest.mark.parametrize("seed", ["public:1", "secret:b0"])
def test_a_printed_formula_gets_its_code(
    slug: str, what: str, code: str, expected: dict[str, set[str]], seed: str
) -> None:
    folder = untrained(CATALOG.get(slug))
    source = f"{folder.solution}\n\n{textwrap.dedent(code)}"
    parts = tuple(part for part in folder.assignment.parts if part.name not in {"training", "fit"})
    asked = replace(folder, assignment=replace(folder.assignment, parts=parts))
    report = grade(asked, upload(source), InProcessSandbox(), seed)
    failed = {part.name: [c for c in part.checks if c.diagnosis] for part in report.parts}

    assert {name: {_code(check) for check in checks} for name, checks in failed.items() if checks} == expected, what
    assert all("–" not in sentence(check) for checks in failed.values() for check in checks)


def _code(check: CheckResult) -> str:
    return check.diagnosis.code if check.diagnosis else ""
