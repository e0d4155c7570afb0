"""The time-delay layer against loops over its formula, and against differences of its own values."""

import numpy as np
import pytest

from reference.time_delay import delayed, delayed_backward


def _drawn(*shape: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(7)
    n, d, h, length, window = shape
    return rng.standard_normal((n, d, length)), rng.standard_normal((h, d, window)), rng.standard_normal(h)


@pytest.mark.parametrize("window", [1, 2, 5])
def test_each_unit_sees_its_window(window: int) -> None:
    x, w, b = _drawn(2, 3, 4, 7, window)
    y = delayed(x, w, b)

    assert y.shape == (2, 4, 7 - window + 1)
    for n, h, t in np.ndindex(y.shape):
        assert y[n, h, t] == pytest.approx(b[h] + np.sum(w[h] * x[n, :, t : t + window]))


def test_derivatives_are_those_of_differences() -> None:
    x, w, b = _drawn(2, 3, 4, 7, 3)
    dout = np.random.default_rng(8).standard_normal(delayed(x, w, b).shape)
    given = [x, w, b]
    for place, slope in enumerate(delayed_backward(dout, x, w)):
        measured = np.empty_like(slope)
        for index in np.ndindex(slope.shape):
            ends = []
            for step in (1e-6, -1e-6):
                moved = [array.copy() for array in given]
                moved[place][index] += step
                ends.append(np.sum(dout * delayed(*moved)))
            measured[index] = (ends[0] - ends[1]) / 2e-6

        assert slope == pytest.approx(measured, rel=1e-6, abs=1e-8)


def test_the_network_of_the_exercise_has_its_sizes() -> None:
    x, first, b = _drawn(1, 16, 8, 70, 3)
    second = np.zeros((3, 8, 5))

    assert delayed(x, first, b).shape == (1, 8, 68)
    assert delayed(delayed(x, first, b), second, np.zeros(3)).shape == (1, 3, 64)
