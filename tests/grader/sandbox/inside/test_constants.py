"""Which top-level expressions are evaluated when a file is loaded, and which are left alone."""

import ast
import collections
import functools
import math
import time
from typing import Any

import numpy as np
import pytest

from grader.sandbox.inside.constants import is_plain
from grader.sandbox.inside.standins import Loading, absent_module


class Net:
    """Stands for a student's class."""

    def train(self) -> None:
        """Never to be called at load."""


def step() -> None:
    """Stands for a student's function."""


NAMESPACE: dict[str, Any] = {
    "np": np,
    "math": math,
    "time": time,
    "functools": functools,
    "namedtuple": collections.namedtuple,
    "exp": np.exp,
    "randn": np.random.randn,
    "sleep": time.sleep,
    "load": np.load,
    "W": np.ones(3),
    "rng": np.random.default_rng(0),
    "sizes": [1, 2],
    "Net": Net,
    "net": Net(),
    "step": step,
    "plt": absent_module("matplotlib.pyplot", Loading()),
}


@pytest.mark.parametrize(
    "expression",
    [
        "1e-12",
        "-2 ** 3 + 4j",
        "f'{1}-{sizes}'",
        "[i ** 2 for i in range(10) if i]",
        "{k: v for k, v in zip('ab', sizes)}",
        "np.float64",
        "np.finfo(np.float32).eps",
        "np.random.randn(3, 4) * np.sqrt(2 / 3)",
        "np.arange(6).reshape(2, 3).T[0, 1:]",
        "W.copy()",
        "rng.normal(0, 1, (2, 3))",
        "sizes.index(1) if sizes else None",
        "'a,b'.split(',')",
        "math.pi * exp(1) + randn(2)",
        "functools.partial(step, 1)",
        "np.vectorize(step)",
        "namedtuple('Point', 'x y')",
        "lambda x, k=2: step() or open('anything')",
        "time.time()",
        "step",
        "Net.train",
        "unknown",
    ],
)
def test_plain(expression: str) -> None:
    assert is_plain(ast.parse(expression, mode="eval").body, NAMESPACE)


@pytest.mark.parametrize(
    "expression",
    [
        "step()",
        "Net()",
        "net.train()",
        "Net().train()",
        "[step() for _ in range(3)]",
        "{'key': step()}",
        "lambda x=step(): x",
        "open('file')",
        "input()",
        "eval('1')",
        "print(1)",
        "np.load('data.npz')",
        "np.load('data.npz')['images']",
        "np.loadtxt('data.csv')",
        "load('data.npz')",
        "W.tofile('w')",
        "time.sleep(1)",
        "sleep(1)",
        "plt.figure()",
        "plt.figure().add_subplot(111)",
        "functools.partial(step)()",
        "(yield)",
        "await_ if (x := step()) else 1",
    ],
)
def test_not_plain(expression: str) -> None:
    assert not is_plain(ast.parse(expression, mode="eval").body, NAMESPACE)
