"""Calls of the student's own code at load: builders are run, trainings are stopped, once for the whole file."""

import argparse
import fractions
import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager

import numpy as np
import pytest

from grader.sandbox import Call, Loaded, Returned, Session
from grader.sandbox.inside.brief import LINES, TooLong, run_briefly

Submit = Callable[..., AbstractContextManager[Session]]

BUILDERS = """
import numpy as np

def make():
    def relu(x):
        return np.maximum(x, 0)
    return relu

class Network:
    def __init__(self, size):
        self.weights = np.ones((size, size))
    def layer(self, x, b=0.0):
        return x @ self.weights + b

relu = make()
net = Network(3)
layer = net.layer
"""


def test_what_a_builder_returns_is_defined_and_answers(submit: Submit) -> None:
    with submit(BUILDERS) as session:
        assert isinstance(session.loaded, Loaded)
        found = {definition.name: definition for definition in session.loaded.definitions}
        replies = session.run([Call("relu", (np.array([-1.0, 2.0]),)), Call("layer", (np.ones((1, 3)),))])

    assert session.loaded.skipped == ()
    assert found["relu"].parameters == ("x",)
    assert (found["layer"].parameters, found["layer"].required) == (("x", "b"), 1)
    assert [reply.value.tolist() for reply in replies if isinstance(reply, Returned)] == [[0.0, 2.0], [[3.0, 3.0, 3.0]]]  # type: ignore[union-attr]  # both are arrays


def test_a_training_is_stopped_and_later_calls_are_not_tried(submit: Submit) -> None:
    source = """
def train():
    try:
        for step in range(10 ** 12):
            pass
    except Exception:
        return 1

def make():
    return abs

first = train()
second = make()
def relu(x):
    return x
"""
    with submit(source) as session:
        assert isinstance(session.loaded, Loaded)

    assert [what for _first, _last, what in session.loaded.skipped] == [
        "assignment to first: it runs for long",
        "assignment to second",
    ]
    assert {definition.name for definition in session.loaded.definitions} == {"train", "make", "relu"}


def test_the_budget_is_counted_in_lines_and_the_trace_is_taken_off() -> None:
    seen = list[int]()
    names = {"seen": seen, "LINES": LINES}
    exec(compile("def count():\n for step in range(10 * LINES):\n  seen.append(step)", "work.py", "exec"), names)

    with pytest.raises(TooLong):
        run_briefly(names["count"])  # type: ignore[arg-type]  # it is a function

    assert 0 < len(seen) < LINES
    run_briefly(seen.clear)
    assert seen == []


def test_lines_of_libraries_are_not_counted_and_their_time_is() -> None:
    quick = list[argparse.Namespace]()
    run_briefly(lambda: quick.extend(argparse.ArgumentParser().parse_args([]) for _ in range(5)))

    assert len(quick) == 5
    with pytest.raises(TooLong):
        run_briefly(lambda: [fractions.Fraction(1, n + 1) ** n for n in itertools.count()])  # type: ignore[arg-type]  # never ends


def test_a_loop_on_one_line_of_a_file_is_stopped() -> None:
    with pytest.raises(TooLong):
        run_briefly(lambda: exec(compile("for n in iter(int, 1): x = n", "work.py", "exec"), {}))
