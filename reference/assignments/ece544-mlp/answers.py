"""The right perceptron over the reference network."""

from itertools import chain, pairwise

import numpy as np

from reference.arrays import Array, Labels
from reference.data import one_hot
from reference.initialization import he, xavier
from reference.layers import Linear, ReLU, Sigmoid, Tanh
from reference.losses import SOFTMAX_CROSS_ENTROPY, average_cross_entropy
from reference.network import Network
from reference.optimizers import SGD
from reference.softmax import softmax
from reference.time_delay import delayed, delayed_backward
from reference.training import confusion_matrix as counted

ACTIVATIONS = {"relu": ReLU, "sigmoid": Sigmoid, "tanh": Tanh}


def _network(weights: tuple[Array, ...], act: str) -> Network:
    layers: list[Linear | ReLU | Sigmoid | Tanh] = []
    for w, b in zip(weights[::2], weights[1::2], strict=True):
        layers += [Linear(w, b), ACTIVATIONS[str(act)]()]
    return Network(layers[:-1])


def _forward(X: Array, weights: tuple[Array, ...], act: str) -> Array:
    return softmax(_network(weights, act).forward(X))


def _backward(X: Array, T: Array, weights: tuple[Array, ...], act: str) -> tuple[Array, ...]:
    network = _network(weights, act)
    network.backward(SOFTMAX_CROSS_ENTROPY.gradient(network.forward(X), T))
    return network.gradients()


def forward_1(X: Array, W1: Array, b1: Array, W2: Array, b2: Array, act: str) -> Array:
    """Probabilities (N, C) with one hidden layer."""
    return _forward(X, (W1, b1, W2, b2), act)


def forward_2(X: Array, W1: Array, b1: Array, W2: Array, b2: Array, W3: Array, b3: Array, act: str) -> Array:
    """Probabilities (N, C) with two hidden layers."""
    return _forward(X, (W1, b1, W2, b2, W3, b3), act)


def backward_1(X: Array, T: Array, W1: Array, b1: Array, W2: Array, b2: Array, act: str) -> tuple[Array, ...]:
    """Gradients of the average likelihood by every weight and bias, one hidden layer."""
    return _backward(X, T, (W1, b1, W2, b2), act)


def backward_2(
    X: Array, T: Array, W1: Array, b1: Array, W2: Array, b2: Array, W3: Array, b3: Array, act: str
) -> tuple[Array, ...]:
    """The same with two hidden layers."""
    return _backward(X, T, (W1, b1, W2, b2, W3, b3), act)


def likelihood(probs: Array, T: Array) -> float:
    """The average negative log likelihood of probabilities, for the student's own forward."""
    return average_cross_entropy(probs, T)


def _kinks(X: Array, weights: tuple[Array, ...], act: str) -> Array:
    values = _network(weights, act).pre_activations(X)
    return np.concatenate([z.ravel() for z in values]) if str(act) == "relu" else np.ones(1)


def kinks_1(X: Array, W1: Array, b1: Array, W2: Array, b2: Array, act: str) -> Array:
    """Pre-activations of a ReLU; nothing for the smooth activations."""
    return _kinks(X, (W1, b1, W2, b2), act)


def kinks_2(X: Array, W1: Array, b1: Array, W2: Array, b2: Array, W3: Array, b3: Array, act: str) -> Array:
    """The same with two hidden layers."""
    return _kinks(X, (W1, b1, W2, b2, W3, b3), act)


def predict_1(X: Array, W1: Array, b1: Array, W2: Array, b2: Array, act: str) -> Array:
    """The class with the largest probability, (N,), with one hidden layer."""
    return np.asarray(_forward(X, (W1, b1, W2, b2), act).argmax(axis=1))


def predict_2(X: Array, W1: Array, b1: Array, W2: Array, b2: Array, W3: Array, b3: Array, act: str) -> Array:
    """The same with two hidden layers."""
    return np.asarray(_forward(X, (W1, b1, W2, b2, W3, b3), act).argmax(axis=1))


def predict_given(probs: Array) -> Array:
    """The same with the student's own probabilities."""
    return np.asarray(probs.argmax(axis=1))


def confusion_matrix(y: Labels, yhat: Labels, K: int) -> Array:
    """Counts (K, K): rows the true class, columns the predicted one."""
    return counted(y, yhat, K).astype(np.float64)


def _often(labels: Labels, share: int) -> Labels:
    return np.where(np.arange(len(labels)) <= len(labels) // share, labels[0], labels)


def labels_often(y: Labels, yhat: Labels, K: int) -> Labels:
    """Labels of which more than half are the same."""
    return _often(y, 2)


def predictions_often(y: Labels, yhat: Labels, K: int) -> Labels:
    """Predictions of which fewer are the same: one class is then taken for several."""
    return _often(yhat, 3)


def probabilities_relu(X: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Array:
    """Probabilities of trained parameters."""
    return forward_1(X, W1, b1, W2, b2, "relu")


def probabilities_sigmoid(X: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Array:
    """Probabilities of trained parameters."""
    return forward_1(X, W1, b1, W2, b2, "sigmoid")


def probabilities_tanh(X: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Array:
    """Probabilities of trained parameters."""
    return forward_1(X, W1, b1, W2, b2, "tanh")


def train(
    X: Array,
    y: Labels,
    Xv: Array,
    yv: Labels,
    hidden: int,
    act: str,
    seed: int = 0,
    lr: float = 0.1,
    momentum: float = 0.9,
    batch_size: int = 32,
    epochs: int = 30,
) -> dict[str, Array]:
    """Shuffled mini-batches with momentum; He's weights for ReLU, Glorot's otherwise."""
    return _trained(X, y, (int(hidden),), act, seed, SGD(lr, momentum=momentum), batch_size, epochs)


def train_1(X: Array, y: Labels, Xv: Array, yv: Labels, hidden: int, act: str, seed: int = 0) -> tuple[Array, ...]:
    """The same in their order."""
    return tuple(train(X, y, Xv, yv, hidden, act, seed).values())


def train_2(X: Array, y: Labels, Xv: Array, yv: Labels, units: Array, act: str, seed: int = 0) -> tuple[Array, ...]:
    """With two hidden layers, as wide as `units` is in its two directions."""
    return tuple(_trained(X, y, units.shape, act, seed, SGD(0.1, momentum=0.9), 32, 30).values())


def _trained(
    X: Array, y: Labels, hidden: tuple[int, ...], act: str, seed: int, optimizer: SGD, batch_size: int, epochs: int
) -> dict[str, Array]:
    rng = np.random.default_rng(seed)
    sizes = (X.shape[1], *hidden, int(y.max()) + 1)
    first = he if str(act) == "relu" else xavier
    weights = [(first(rng, *pair), np.zeros((1, pair[1]))) for pair in pairwise(sizes)]
    network = _network(tuple(chain(*weights)), act)
    targets = one_hot(y, sizes[-1])
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(order), batch_size):
            rows = order[start : start + batch_size]
            network.backward(SOFTMAX_CROSS_ENTROPY.gradient(network.forward(X[rows]), targets[rows]))
            optimizer.step(network.parameters(), network.gradients())
    names = (f"{letter}{layer}" for layer in range(1, len(sizes)) for letter in "Wb")
    return dict(zip(names, network.parameters(), strict=True))


def three_classes(X: Array, y: Labels, *rest: object) -> Labels:
    """Labels (N,) of three classes, all of which occur among three examples or more."""
    return np.arange(len(y)) % 3


def tdnn1d(x: Array, w: Array, b: Array) -> Array:
    """The values of a time-delay layer, (N, H, V)."""
    return delayed(x, w, b)


def tdnn1d_backward(dout: Array, x: Array, w: Array) -> tuple[Array, Array, Array]:
    """Its derivatives by x, w and b."""
    return delayed_backward(dout, x, w)
