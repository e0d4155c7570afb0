"""Two steps of the optimizer worked by hand."""

import numpy as np

from reference.optimizers import SGD


def test_momentum_is_carried_and_parameters_change_in_place() -> None:
    w = np.array([[1.0]])
    optimizer = SGD(lr=0.1, momentum=0.5)
    optimizer.step([w], [np.array([[2.0]])])
    np.testing.assert_allclose(w, 1.0 - 0.2, rtol=1e-15)
    optimizer.step([w], [np.array([[4.0]])])
    np.testing.assert_allclose(w, 0.8 - (0.5 * 0.2 + 0.4), rtol=1e-15)


def test_weight_decay_pulls_towards_zero() -> None:
    w = np.array([[10.0]])
    SGD(lr=0.1, weight_decay=0.5).step([w], [np.array([[0.0]])])
    np.testing.assert_allclose(w, 9.5, rtol=1e-15)


def test_the_gradients_are_left_alone() -> None:
    g = np.array([[2.0]])
    optimizer = SGD(lr=0.1, momentum=0.9, weight_decay=0.1)
    for _ in range(3):
        optimizer.step([np.array([[1.0]])], [g])
    np.testing.assert_array_equal(g, [[2.0]])
