"""A loop that begins one late or ends one early; a bias added too often; what is written over while still read."""

import pytest

from tests.grader.diagnosis.changed_solution import diagnosis

STEPS, CLASSIFIER, NET, LAYERS = "dlsys-hw0", "hw2-softmax", "cs231n-two-layer", "hw2-layers-mlp"
NETWORK, PERCEPTRON, POOLS, CLASSES = "ece421-numpy-nn", "ece544-mlp", "ece544-derivatives", "aarhus-net-classifier"
ROWS = "e.sum(axis=1, keepdims=True)"
BELOW = 'delta @ params[f"W{i}"].T'
SOME = "grads = {}\n    for i in range(len(inputs), 0, -1)"
NO_FIRST = SOME.replace("{}", "{name: 0 * w for name, w in params.items()}").replace(", 0,", ", 1,")
POOLED = "np.array([np.{}(x[i : i + W]) for i in range(len(x) - W + 1)])"


@pytest.mark.parametrize(
    ("slug", "function", "kind", "old", "new"),
    [
        (
            CLASSIFIER,
            "softmax_classifier",
            "gradient",
            f"p = e / {ROWS}",
            "p = e / e[:, {}].sum(axis=1, keepdims=True)",
        ),
        (
            *(CLASSIFIER, "softmax_classifier", "forward", f"scores - np.log({ROWS})"),
            "scores - np.log(e[:, {}].sum(axis=1, keepdims=True))",
        ),
        (
            *(LAYERS, "SoftmaxCrossEntropyLossLayer", "forward", "np.exp(shifted).sum"),
            "np.exp(shifted)[:, {}].sum",
        ),
        (NET, "TwoLayerNet.loss", "gradient", "np.exp(shifted).sum", "np.exp(shifted)[:, {}].sum"),
        (STEPS, "softmax_loss", "forward", "np.exp(Z - top).sum", "np.exp(Z - top)[:, {}].sum"),
        (STEPS, "nn_epoch", "forward", "delta = softmax(a @ W2)", "delta = softmax(a @ W2); delta /= 1 - delta[:, {}]"),
        (PERCEPTRON, "forward_tanh_1", "forward", "e.sum(axis=1", "e[:, {}].sum(axis=1"),
        (
            NETWORK,
            "grad_ce",
            "gradient",
            "softmax(logits) - t",
            "(lambda p: p / p[:, {}].sum(1)[:, None])(softmax(logits)) - t",
        ),
        (
            NETWORK,
            "forward_prop",
            "forward",
            "z_o, softmax(z_o)",
            "z_o, (lambda p: p / p[:, {}].sum(1)[:, None])(softmax(z_o))",
        ),
    ],
)
@pytest.mark.parametrize(("part", "lacking"), [("1:", "class 0"), (":-1", "the last class")])
def test_a_sum_without_a_class(
    slug: str, function: str, kind: str, old: str, new: str, part: str, lacking: str
) -> None:
    if "1 - delta" in new:  # what the sum lacks
        part = {"1:": "[0]", ":-1": "[-1]"}[part]
    told = diagnosis(slug, kind, function, old, new.format(part))

    assert told is not None
    assert told.code == "OTHER_FORMULA"
    assert f"S = the sum of exp(z) without {lacking}," in str(told.evidence.get("found"))


@pytest.mark.parametrize(
    ("slug", "kind", "function", "old", "new", "found"),
    [
        (NET, "gradient", "TwoLayerNet.loss", "a1.T @ delta2", "delta1.T @ delta2", "delta1.T @ delta2, delta1 = "),
        (NET, "gradient", "TwoLayerNet.loss", "a1.T @ d", "(delta2 @ W2.T).T @ d", "(delta2 @ W2.T).T @ delta2"),
        (NETWORK, "gradient", "backward_prop", "a_h.T @ d_o", "d_h.T @ d_o", "d_h.T @ d_o, d_h = "),
        (STEPS, "forward", "nn_epoch", "(a.T @ delta)", "(back.T @ delta)", "g1.T @ g2, g1 = "),
        (
            *(PERCEPTRON, "gradient", "backward_tanh_2", "inputs[i - 1].T @ delta"),
            f"((({BELOW}) * (1 - inputs[i - 1] ** 2)) if i > 1 else inputs[0]).T @ delta",
            "the delta of the layer below, transposed, @ delta, above the first layer,",
        ),
        (
            *(NETWORK, "gradient", "backward_prop", "d_o @ w_o.T", "d_o[:, 1:] @ w_o[:, 1:].T"),
            "d_o @ w_o.T without class 0",
        ),
        (
            *(NET, "gradient", "TwoLayerNet.loss", "delta2 @ W2.T", "delta2[:, :-1] @ W2[:, :-1].T"),
            "delta2 @ W2.T without the last class",
        ),
        (
            *(PERCEPTRON, "gradient", "backward_relu_2", BELOW, 'delta[:, :-1] @ params[f"W{i}"][:, :-1].T'),
            "delta @ W.T without the last unit of delta",
        ),
        (
            *(LAYERS, "gradient", "FCLayer", "delta @ self.W.T", "delta[:, :-1] @ self.W[:, :-1].T"),
            "delta @ W.T without the last unit of delta",
        ),
        (
            *(LAYERS, "gradient", "FCLayer", "self.Input.T @ delta", "self.Input[:-1].T @ delta[:-1]"),
            "X.T @ delta without the last example",
        ),
        (
            *(CLASSES, "gradient", "NetClassifier.cost_grad", "X.T @ delta1", "X[1:].T @ delta1[1:]"),
            "X.T @ delta1 without the first example",
        ),
        (
            *(NETWORK, "gradient", "backward_prop"),
            *("return x.T @ d_h", "return np.vstack([(x.T @ d_h)[:-1], 0 * w_h[:1]])"),
            "x.T @ d_h, and zeros for the last input",
        ),
        (
            *(PERCEPTRON, "gradient", "backward_sigmoid_2", SOME, NO_FIRST),
            "zeros as the gradient of the first layer, weights and bias,",
        ),
        (LAYERS, "forward", "FCLayer", "self.W + self.b", "self.W + len(self.W) * self.b", "X @ W + D * b"),
        (
            *(PERCEPTRON, "forward", "forward_tanh_1", '+ params[f"b{i}"]', '+ inputs[-1].shape[1] * params[f"b{i}"]'),
            "+ D * b",
        ),
        (NET, "gradient", "TwoLayerNet.loss", "W1 + b1", "W1 + len(W1) * b1", "+ D * b1"),
        (LAYERS, "forward", "FCLayer", "Input @ self.W", "Input[:, 1:] @ self.W[1:]", "X @ W without the first input"),
        (NET, "gradient", "TwoLayerNet.loss", "X @ W1", "X[:, 1:] @ W1[1:]", "X without its first input"),
        (
            *(CLASSES, "gradient", "NetClassifier.cost_grad", "softmax(a1 @ W2", "softmax(a1[:, :-1] @ W2[:-1]"),
            "a1 @ W2 without the last hidden unit",
        ),
        (NETWORK, "forward", "forward_prop", "layer(x, w_h,", "layer(x[:, :-1], w_h[:-1],", "x without its last input"),
        (
            *(NETWORK, "forward", "forward_prop", "layer(a_h, w_o,", "layer(a_h[:, 1:], w_o[1:],"),
            "a_h @ w_o without the first hidden unit",
        ),
        (
            *(PERCEPTRON, "forward", "forward_relu_2", 'inputs[-1] @ params[f"W{i}"]'),
            'inputs[-1][:, :-1] @ params[f"W{i}"][:-1]',
            "a @ W without the last entry of a",
        ),
        (
            *(CLASSIFIER, "gradient", "softmax_classifier", "input @ W", "input[:, 1:] @ W[1:]"),
            "input @ W without the first column of input",
        ),
        (
            *(NETWORK, "gradient", "backward_prop", "a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)", "0 * w_o, 0 * b_o"),
            "zeros as the gradient of the output layer, weights and bias,",
        ),
        (
            *(NET, "gradient", "TwoLayerNet.loss"),
            *("d_b2 = delta2.sum(axis=0)", "d_b2 = np.append(delta2.sum(axis=0)[:-1], 0)"),
            "the sum over axis 0, and 0 for the last unit",
        ),
        *(
            (
                *(POOLS, "forward", f"{kind}_pool1d", POOLED.format(call)),
                POOLED.format(call).replace("range(", "range(1, "),
                "the windows that begin with x[1] or later, without the first one,",
            )
            for kind, call in (("avg", "mean"), ("max", "max"))
        ),
        (
            *(CLASSES, "forward", "NetClassifier.score", "self.predict(X, params) == y)"),
            'np.eye(params["b2"].size)[self.predict(X, params)] == np.eye(params["b2"].size)[y])',
            "one_hot(prediction) == one_hot(y), whose zeros count too,",
        ),
    ],
)  # fmt: skip
def test_what_is_left_out_or_written_over(slug: str, kind: str, function: str, old: str, new: str, found: str) -> None:
    told = diagnosis(slug, kind, function, old, new)

    assert told is not None
    assert told.code == "OTHER_FORMULA"
    assert str(told.evidence.get("found")).startswith(found)


DECAYS = "learning_rate *= learning_rate_decay"
EACH = "for name in self.params:\n                self.params[name] = self.params[name] -"
ONCE = EACH.replace("params:", "params if iteration == 0 else ():")
ANEW = f"first = first if iteration else dict(self.params)\n            {EACH.replace('= self.params', '= first')}"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (DECAYS, "learning_rate *= 1 - learning_rate_decay", "losses of parameters that only the first step moves, "),
        (DECAYS, "learning_rate /= 1 + learning_rate_decay", "losses of steps at the rates lr, lr / 2, lr / 4 "),
        (EACH, ONCE, "losses of parameters that only the first step moves, "),
        (EACH, ANEW, "losses of steps each of which starts from the parameters before training"),
    ],
    ids=["1 - decay", "1 + decay", "once", "anew"],
)
def test_steps_that_move_nothing_are_not_told_as_steps_from_the_first_parameters(
    old: str, new: str, found: str
) -> None:
    told = diagnosis(NET, "forward", "loss_history", old, new)

    assert told is not None
    assert told.code == "OTHER_FORMULA"
    assert str(told.evidence.get("found")).startswith(found)
