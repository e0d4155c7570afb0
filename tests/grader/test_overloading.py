"""Dual numbers and tapes are seen by their classes; parameters that are added and scaled are none."""

import time

import pytest

from grader.measured_derivatives import flags
from grader.overloading import overloaded
from tests.fakes.in_process import upload

DUAL = """
class Dual:
    class Part:
        pass
    def exp(self): return Dual(np.exp(self.a), np.exp(self.a) * self.b)
    @property
    def value(self): return self.a
    def __mul__(self, o): return Dual(self.a * o.a, self.a * o.b + self.b * o.a)
"""
TAPE = """
def make():
    class Value:
        __matmul__ = lambda self, other: Value(self.data @ other.data, (self, other))
        def __add__(self, other): return Value(self.data + other.data, (self, other))
        def backward(self):
            pass
"""


@pytest.mark.parametrize(("source", "line"), [(DUAL, 8), (TAPE, 4), (f"class A:\n    pass\n{DUAL}", 10)])
def test_a_class_that_differentiates_is_flagged(source: str, line: int) -> None:
    assert [(flag.code, flag.lines) for flag in flags(upload(source))] == [("OVERLOADED", (line, line))]


@pytest.mark.parametrize(
    "source",
    [
        "class State:\n    def __mul__(self, rate):\n        pass\n\ndef exp(z):\n    return np.exp(z)\n",
        "class State:\n    def __rmul__(self, rate):\n        pass\n    def softmax(self):\n        pass\n",
        "class Layer:\n    def backward(self, delta):\n        return delta\n",
        "class State:\n    def __mul__(self, rate):\n        pass\n\nclass Net:\n    def relu(self):\n        pass\n",
        "def backward(self):\n    pass\n",
        "class Stage:\n    def __matmul__(self, after):\n        pass\n    def backward(self, d):\n        pass\n",
        "",
    ],
)
def test_what_does_not_is_none(source: str) -> None:
    assert flags(upload(source)) == []


def test_the_time_is_bounded() -> None:
    began = time.process_time()
    overloaded("\n".join(" " * depth + "class A:" for depth in range(700)))
    overloaded("".join(f"{' ' * (number % 41)}class A:\n" for number in range(10_000)))
    overloaded("\n".join([*(" " * depth + "class A:" for depth in range(41)), "def exp(" * 35_000]))
    overloaded("def  exp " * 35_000)
    assert time.process_time() - began < 4.0
