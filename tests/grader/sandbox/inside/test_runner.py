"""Calls: values, fresh copies, kept objects, seeds, echoes, and what is said of an exception."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import numpy as np

from grader.sandbox import Call, Raised, Returned, Session
from grader.sandbox.inside.frames import MAX_NODES
from grader.sandbox.inside.wire import Foreign, Kept

Submit = Callable[..., AbstractContextManager[Session]]

SOURCE = """
import random
import numpy as np

RATE = 0.5

class Net:
    def __init__(self, n):
        self.n = n
        self.W = np.ones((2, n))
    def forward(self, x, scale=1.0):
        return x * self.n * scale

def use(net, x):
    return net.forward(x)
def fill(x, y):
    x += y
    return x.flags.writeable, x.flags.c_contiguous
def draw():
    return np.random.rand(), random.random()
def rate():
    return RATE
def order():
    return list({"a", "b", "c", "d", "e", "f"})
def inner(x):
    return 1 / x
def outer(x):
    return inner(
        x)
def talk():
    print("to the student \\u00e4 \\ud800")
    import sys
    sys.stderr.write("no newline")
def mute():
    import sys
    sys.stdout = None
    return 1.0
def warn():
    return np.log(np.zeros(1))
def identity(x):
    return x
def entries(n):
    return [None] * n
def hungry():
    raise MemoryError
"""


def test_calls(submit: Submit) -> None:
    x = np.array([1.0, 2.0])
    with submit(SOURCE) as session:

        def run(*arguments: Any, **fields: Any) -> Any:
            (reply,) = session.run([Call(*arguments, **fields)])
            assert isinstance(reply, Returned), reply
            assert reply.seconds > 0
            return (reply.value, reply.arguments) if fields.get("echo") else reply.value

        assert run("Net", (3,), keep="net") == Kept("net")
        assert run("@net.forward", (2.0,), {"scale": 2.0}) == 12.0
        assert run("use", (Kept("net"), 2.0)) == 6.0
        assert run("Net.forward", (Kept("net"), 2.0)) == 6.0
        assert run("@net.n", operation="read") == 3
        assert run("@net.n", (5,), operation="assign") is None
        assert run("@net.forward", (2.0,)) == 10.0
        assert run("RATE", (0.25,), operation="assign") is None
        assert run("rate") == 0.25
        assert run("identity", ([Kept("net"), 1.0],)) == [Foreign("Net"), 1.0]

        flags, (after, other) = run("fill", (x, x), echo=True)
        assert flags == (True, True)
        np.testing.assert_array_equal(after, [2.0, 4.0])
        np.testing.assert_array_equal(other, x)
        np.testing.assert_array_equal(x, [1.0, 2.0])
        assert run("use", (Kept("net"), 1.0), echo=True) == (5.0, (Kept("net"), 1.0))

        assert run("draw", seed=4) == run("draw", seed=4)
        assert run("draw", seed=4) != run("draw", seed=5)
        assert run("draw", seed=2**63 - 1) != run("draw")


def test_steps_are_made_in_turn_until_one_raises(submit: Submit) -> None:
    x = np.array([1.0, 2.0])
    made = (
        Call("Net", (3,), keep="net", quiet=True),
        Call("@net.n", (5,), operation="assign", quiet=True),
        Call("identity", (x,), keep="kept"),
        Call("fill", (Kept("kept"), x), quiet=True),
        Call("fill", (x, x), quiet=True, echo=True),
        Call("identity", (Kept("kept"),)),
        Call("draw", seed=4),
        Call("@net.n", operation="read"),
    )
    with submit(SOURCE) as session:
        whole, broken, drawn = session.run(
            [
                Call("all", operation="steps", steps=made),
                Call("some", operation="steps", steps=(*made[:2], Call("inner", (0,)), Call("talk"))),
                Call("draw", seed=4),
            ]
        )
        printed = session.printed

    assert isinstance(whole, Returned)
    assert isinstance(whole.value, tuple)
    kept, spoilt, changed, own, number = whole.value
    assert kept == (Kept("kept"), ())
    assert isinstance(spoilt, tuple)
    assert spoilt[0] is None
    np.testing.assert_array_equal(spoilt[1], [[2.0, 4.0], x])
    assert isinstance(changed, tuple)
    np.testing.assert_array_equal(changed[0], [2.0, 4.0])
    assert isinstance(drawn, Returned)
    assert (own, number) == ((drawn.value, ()), (5, ()))
    assert isinstance(broken, Raised)
    assert (broken.type_name, broken.line) == ("ZeroDivisionError", 26)
    assert printed == ""


def test_steps_that_are_too_much_together_are_foreign_and_no_error(submit: Submit) -> None:
    """The first takes all the entries that there may be, but for a few."""
    steps = (Call("entries", (MAX_NODES - 10,)), *[Call("rate")] * 10)
    with submit(SOURCE) as session:
        together, alone = session.run([Call("all", operation="steps", steps=steps), Call("rate")])

    assert isinstance(together, Returned)
    assert together.value == ((Foreign("steps with too many entries together"), ()),) * 11
    assert isinstance(alone, Returned)
    assert alone.value == 0.5


def test_sets_have_one_order_in_every_process(submit: Submit) -> None:
    orders = []
    for _ in range(2):
        with submit(SOURCE) as session:
            orders.append(session.run([Call("order")]))

    assert isinstance(orders[0][0], Returned)
    assert orders[0][0].value == orders[1][0].value  # type: ignore[union-attr]  # a Raised would fail as well


def test_exceptions_name_the_students_lines(submit: Submit) -> None:
    with submit(SOURCE) as session:
        raised, missing, kept, many = session.run(
            [Call("outer", (0,)), Call("nothing"), Call("@gone.forward"), Call("inner", (1, 2))]
        )

    assert isinstance(raised, Raised)
    assert (raised.type_name, raised.message, raised.line) == ("ZeroDivisionError", "division by zero", 26)
    assert raised.trace == ("work.py:28 in outer", "work.py:26 in inner")
    assert isinstance(missing, Raised)
    assert missing.type_name == "NameError"
    assert isinstance(kept, Raised)
    assert kept.type_name == "KeyError"
    assert isinstance(many, Raised)
    assert many.type_name == "TypeError"


def test_prints_are_kept_in_order(submit: Submit) -> None:
    with submit(SOURCE) as session:
        session.run([Call("talk"), Call("warn"), Call("mute"), Call("rate")])
        printed = session.printed

    assert printed.startswith("to the student ä \\ud800\nno newline")
    assert "divide by zero" in printed
    assert "return np.log(np.zeros(1))" in printed


def test_a_memory_error_is_a_limit_even_if_the_student_raises_it(submit: Submit) -> None:
    with submit(SOURCE) as session:
        first, second = session.run([Call("hungry"), Call("rate")])

    assert first == second
