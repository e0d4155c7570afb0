"""The training loop learns, repeats bit for bit, and its figures are counted right."""

import numpy as np
import pytest

from reference.data import DRAWN, Dataset
from reference.initialization import xavier
from reference.layers import Activation, Linear, ReLU, Tanh
from reference.losses import EUCLIDEAN, SOFTMAX_CROSS_ENTROPY, Loss
from reference.network import Network
from reference.optimizers import SGD
from reference.training import accuracy, confusion_matrix, train


def _network(seed: int, inputs: int, hidden: int, outputs: int, activation: type[Activation]) -> Network:
    rng = np.random.default_rng(seed)
    first = Linear(xavier(rng, inputs, hidden), np.zeros((1, hidden)))
    return Network([first, activation(), Linear(xavier(rng, hidden, outputs), np.zeros((1, outputs)))])


@pytest.mark.parametrize(
    ("name", "loss", "activation", "epochs", "expected"),
    [
        ("blobs", SOFTMAX_CROSS_ENTROPY, ReLU, 10, 0.98),
        ("blobs", EUCLIDEAN, Tanh, 10, 0.98),
        ("digits", SOFTMAX_CROSS_ENTROPY, ReLU, 8, 0.93),
        ("spiral", SOFTMAX_CROSS_ENTROPY, ReLU, 100, 0.95),
    ],
)
def test_training_reaches_a_sane_accuracy(
    name: str, loss: Loss, activation: type[Activation], epochs: int, expected: float
) -> None:
    split = DRAWN[name](np.random.default_rng(3))
    network = _network(1, split.train.inputs.shape[1], 32, split.train.classes, activation)
    history = train(
        network,
        loss,
        SGD(0.1, 0.9),
        split.train,
        split.valid,
        epochs=epochs,
        rng=np.random.default_rng(2),
        batch_size=32,
    )
    assert [epoch.number for epoch in history] == list(range(1, epochs + 1))
    assert history[-1].train_loss < history[0].train_loss
    assert accuracy(network.forward(split.test.inputs), split.test.labels) >= expected


@pytest.mark.parametrize("batch_size", [None, 7])
def test_the_same_seed_trains_to_the_same_bits(batch_size: int | None) -> None:
    split = DRAWN["blobs"](np.random.default_rng(3))
    networks = [_network(1, 2, 5, 3, ReLU) for _ in range(2)]
    for network in networks:
        rng = np.random.default_rng(2)
        optimizer = SGD(0.1, 0.9)
        train(
            network,
            SOFTMAX_CROSS_ENTROPY,
            optimizer,
            split.train,
            split.valid,
            epochs=3,
            rng=rng,
            batch_size=batch_size,
        )
    for one, other in zip(networks[0].parameters(), networks[1].parameters(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_smaller_last_batch_is_used_too() -> None:
    inputs = np.array([[0.0], [0.0], [0.0]])
    everything = Dataset(inputs, np.array([0, 0, 0]), 2)
    network = Network([Linear(np.zeros((1, 2)), np.zeros((1, 2)))])
    rng = np.random.default_rng(0)
    train(network, EUCLIDEAN, SGD(1.0), everything, everything, epochs=1, rng=rng, batch_size=2)
    np.testing.assert_allclose(network.parameters()[1], [[1.0, 0.0]])
    network = Network([Linear(np.zeros((1, 2)), np.zeros((1, 2)))])
    train(network, EUCLIDEAN, SGD(0.5), everything, everything, epochs=1, rng=rng, batch_size=2)
    np.testing.assert_allclose(network.parameters()[1], [[0.75, 0.0]])


def test_without_validation_examples_their_figures_are_nan() -> None:
    dataset = Dataset(np.zeros((2, 1)), np.array([0, 1]), 2)
    empty = Dataset(np.zeros((0, 1)), np.zeros(0, dtype=np.int64), 2)
    network = Network([Linear(np.zeros((1, 2)), np.zeros((1, 2)))])
    (epoch,) = train(network, EUCLIDEAN, SGD(0.1), dataset, empty, epochs=1, rng=np.random.default_rng(0))
    assert np.isnan([epoch.valid_loss, epoch.valid_accuracy]).all()
    assert np.isfinite(epoch.train_loss)


def test_confusion_rows_are_true_classes() -> None:
    found = confusion_matrix(np.array([0, 0, 1, 2, 2]), np.array([0, 1, 1, 0, 0]), 4)
    np.testing.assert_array_equal(found, [[1, 1, 0, 0], [0, 1, 0, 0], [2, 0, 0, 0], [0, 0, 0, 0]])


def test_accuracy_is_a_share_of_the_rows() -> None:
    assert accuracy(np.array([[1.0, 2.0], [3.0, 1.0], [0.0, 9.0]]), np.array([1, 0, 0])) == pytest.approx(2 / 3)
