"""Softmax losses and their derivative p - t with one term that is another: told by the formula, in every assignment."""

import pytest

from tests.grader.diagnosis.changed_solution import diagnosis

STEPS, CLASSIFIER, NET, LAYERS = "dlsys-hw0", "hw2-softmax", "cs231n-two-layer", "hw2-layers-mlp"
NETWORK, PERCEPTRON = "ece421-numpy-nn", "ece544-mlp"
Z_LESS = "t * exp(z - max(z)) - log(sum(exp(z - max(z))))"
LABEL = "log_sum - Z[np.arange(len(y)), y]"


@pytest.mark.parametrize(
    ("slug", "function", "old", "new", "found"),
    [
        (NET, "TwoLayerNet.loss", "(log_p[rows, y])", "((np.exp(shifted) + log_p - shifted)[rows, y])", Z_LESS),
        (CLASSIFIER, "softmax_classifier", "label * log_p)", "label * (e + log_p - scores))", Z_LESS),
        (LAYERS, "SoftmaxCrossEntropyLossLayer", "gt * log_p)", "gt * (np.exp(shifted) + log_p - shifted))", Z_LESS),
        (STEPS, "softmax_loss", LABEL, "log_sum - np.exp(Z)[np.arange(len(y)), y]", "t * exp(z) - log(sum(exp(z)))"),
        (STEPS, "softmax_loss", LABEL, "log_sum - softmax(Z)[np.arange(len(y)), y]", "t * p - log(sum(exp(z)))"),
        (STEPS, "softmax_loss", LABEL, "log_sum", "-log(sum(exp(z))), without t * z,"),
        (STEPS, "softmax_loss", LABEL, f"({LABEL})[-1:] / len(y)", "the last example's loss / N"),
    ],
    ids=["net", "classifier", "layer", "exp(z)", "p", "no score", "last"],
)  # fmt: skip
def test_another_term_of_the_loss(slug: str, function: str, old: str, new: str, found: str) -> None:
    told = diagnosis(slug, "forward", function, old, new)

    assert told is not None
    assert (told.code, told.evidence.get("found")) == ("OTHER_FORMULA", found)


PLACES = {
    (STEPS, "forward", "softmax_regression_epoch"): (
        "(x.T @ delta) / len(x)",
        "(x.T @ (lambda z, p, t: {})(x @ theta, softmax(x @ theta), np.eye(theta.shape[1])[labels])) / len(x)",
    ),
    (NET, "gradient", "TwoLayerNet.loss"): (
        "delta2 = delta2 / len(X)",
        "p = np.exp(log_p); t = p - delta2; z = scores; delta2 = ({}) / len(X)",
    ),
    (CLASSIFIER, "gradient", "softmax_classifier"): ("(p - label)", "(lambda z, t: {})(scores, label)"),
    (LAYERS, "gradient", "SoftmaxCrossEntropyLossLayer"): (
        "(self.p - self.gt) / len(self.gt)",
        "(lambda z, p, t: {})(np.log(self.p), self.p, self.gt) / len(self.gt)",
    ),
    (NETWORK, "gradient", "grad_ce"): (
        "(softmax(logits) - target) / len(target)",
        "(lambda z, p, t: {})(logits, softmax(logits), target) / len(target)",
    ),
    (NETWORK, "gradient", "backward_prop"): ("(p - target) / len(x)", "(lambda t: {})(target) / len(x)"),
    (PERCEPTRON, "gradient", "backward_tanh_2"): ("(probs - T) / len(T)", "(lambda p, t: {})(probs, T) / len(T)"),
}
TIMES_JACOBIAN = "p * (({d}) - (p * ({d})).sum(axis=1, keepdims=True))"


@pytest.mark.parametrize("place", PLACES, ids=lambda place: "-".join(place[::2]))
@pytest.mark.parametrize(
    ("way", "code", "found"),
    [
        (TIMES_JACOBIAN.format(d="p - t"), "SOFTMAX_DERIVATIVE_TWICE", None),
        (TIMES_JACOBIAN.format(d="-t"), "OTHER_FORMULA", "J @ (-"),
        ("-(p + t)", "OTHER_FORMULA", "-(p + "),
        ("(p - t) / (p * t).sum(axis=1, keepdims=True)", "OTHER_FORMULA", " / sum(p * "),
        ("(p * t).sum(axis=1, keepdims=True) - t", "OTHER_FORMULA", "sum(p * "),
    ],
    ids=["jacobian", "jacobian of t", "plus", "over p", "transposed"],
)
def test_another_difference(place: tuple[str, str, str], way: str, code: str, found: str | None) -> None:
    old, new = PLACES[place]
    told = diagnosis(*place, old, new.format(way))

    assert told is not None
    assert told.code == code
    assert found is None or found in str(told.evidence.get("found"))


UNNORMALISED = "np.exp(z - z.max(axis=1, keepdims=True))"


@pytest.mark.parametrize("place", list(PLACES)[:2])
@pytest.mark.parametrize(
    ("way", "code", "found"),
    [
        (f"{UNNORMALISED} - t", "SOFTMAX_NOT_NORMALISED", None),
        (f"{UNNORMALISED} / np.exp(z).sum(1, keepdims=True) - t", "OTHER_FORMULA", "exp(z - max(z)) / sum(exp(z))"),
        ("p * np.exp(z.max(axis=1, keepdims=True)) - t", "OTHER_FORMULA", "exp(z) / sum(exp(z - max(z)))"),
    ],
    ids=["no sum", "shifted above", "shifted below"],
)  # fmt: skip
def test_no_probabilities_in_the_gradient(place: tuple[str, str, str], way: str, code: str, found: str | None) -> None:
    old, new = PLACES[place]
    told = diagnosis(*place, old, new.format(way))

    assert told is not None
    assert told.code == code
    assert found in {None, told.evidence.get("found")}
