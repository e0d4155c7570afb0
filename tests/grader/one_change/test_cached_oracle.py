"""An answer is worked out once for the same arguments, and anew for others."""

import numpy as np
from numpy.typing import NDArray

from grader.one_change.cached_oracle import cached
from grader.oracle import Oracle


def test_the_same_arguments_are_answered_once() -> None:
    asked: list[int] = []

    def double(x: NDArray[np.float64]) -> NDArray[np.float64]:
        asked.append(1)
        return np.asarray(2 * x)

    oracle = cached(Oracle({"double": double}))
    results = [oracle.computed("double", ["y"], [np.array(x)])["y"] for x in ([1.0, 2.0], [1.0, 2.0], [3.0])]

    assert [list(result) for result in results] == [[2.0, 4.0], [2.0, 4.0], [6.0]]
    assert len(asked) == 2
