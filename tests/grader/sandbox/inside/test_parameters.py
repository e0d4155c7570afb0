"""Arguments reach the parameters that are meant, whatever stars and slashes stand between them."""

import functools
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from grader.sandbox import Call, Raised, Returned
from grader.sandbox.inside.parameters import as_taken
from tests.grader.sandbox.conftest import OpenFiles


def plain(x: Any, y: Any, lr: Any = 0.1) -> Any:
    return x, y, lr


def by_name(x: Any, y: Any, *, batch: Any = 100, lr: Any = 0.1) -> Any:
    return x, y, lr, batch


def all_by_name(*, y: Any, x: Any) -> Any:
    return x, y


def other_names(x: Any, *, labels: Any, rate: Any = 0.1) -> Any:
    return x, labels, rate


def by_place(x: Any, y: Any, lr: Any = 0.1, /) -> Any:
    return x, y, lr


def options(x: Any, y: Any, **more: Any) -> Any:
    return x, y, more


def anything(*values: Any, **more: Any) -> Any:
    return values, more


@functools.wraps(by_name)
def decorated(*values: Any, **more: Any) -> Any:
    return by_name(*values, **more)


class Net:
    def __init__(self, size: Any, *, std: Any = 1.0) -> None:
        self.made = size, std

    def fit(self, x: Any, /, *, lr: Any) -> Any:
        return x, lr

    def __call__(self, *, x: Any) -> Any:
        return x


class Unreadable:
    @property
    def __signature__(self) -> Any:
        raise RuntimeError

    def __call__(self, x: Any, y: Any) -> Any:
        return x, y


@pytest.mark.parametrize(
    ("function", "given", "keywords", "expected"),
    [
        (plain, {"x": 1, "y": 2, "lr": 3}, {}, (1, 2, 3)),
        (by_name, {"x": 1, "y": 2, "lr": 3, "batch": 4}, {}, (1, 2, 3, 4)),
        (by_name, {"x": 1, "y": 2}, {"lr": 3}, (1, 2, 3, 100)),
        (all_by_name, {"x": 1, "y": 2}, {}, (1, 2)),
        (other_names, {"x": 1, "y": 2, "lr": 3}, {}, (1, 2, 3)),
        (by_place, {"x": 1, "y": 2}, {"lr": 3}, (1, 2, 3)),
        (options, {"x": 1, "y": 2, "lr": 3}, {}, (1, 2, {"lr": 3})),
        (anything, {"x": 1, "y": 2}, {"lr": 3}, ((1, 2), {"lr": 3})),
        (decorated, {"x": 1, "y": 2, "lr": 3, "batch": 4}, {}, (1, 2, 3, 4)),
        (functools.partial(by_name, batch=7), {"x": 1, "y": 2, "lr": 3}, {}, (1, 2, 3, 7)),
        (Net(1).fit, {"x": 1, "lr": 2}, {}, (1, 2)),
        (Net(1), {"x": 1}, {}, 1),
        (Unreadable(), {"x": 1, "y": 2}, {}, (1, 2)),
        (max, {"x": 1, "y": 2}, {}, 2),
    ],
)
def test_what_is_given_arrives(
    function: Callable[..., Any], given: Mapping[str, Any], keywords: Mapping[str, Any], expected: object
) -> None:
    arguments, named = as_taken(function, list(given), tuple(given.values()), keywords)
    assert function(*arguments, **named) == expected


def test_a_class_is_made_by_name() -> None:
    arguments, named = as_taken(Net, ["size", "std"], (5, 0.1), {})
    assert Net(*arguments, **named).made == (5, 0.1)


def test_arguments_without_names_go_by_place() -> None:
    assert as_taken(by_name, ["", ""], (1, 2, 3), {}) == ((1, 2), {"batch": 3})


@pytest.mark.parametrize("function", [by_place, by_name, options])
def test_what_fits_nowhere_is_left_to_python(function: Callable[..., Any]) -> None:
    arguments, named = as_taken(function, [], (1, 2, 3, 4, 5), {})
    with pytest.raises(TypeError):
        function(*arguments, **named)


def test_a_hook_that_refuses_to_look_changes_nothing(submit: OpenFiles) -> None:
    source = """
import sys
def refuse(event, arguments): raise RuntimeError(event)
def hook(): sys.addaudithook(refuse)
def twice(x, *, y=2): return x * y
"""
    with submit(source) as session:
        replies = session.run([Call("hook"), Call("twice", (4,), names=("x",))])

    assert [reply.value for reply in replies if isinstance(reply, Returned)] == [None, 8]


def test_a_signature_that_takes_the_memory_is_said() -> None:
    class Greedy:
        @property
        def __signature__(self) -> Any:
            raise MemoryError

        def __call__(self) -> None:
            pass

    with pytest.raises(MemoryError):
        as_taken(Greedy(), [], (), {})


SOURCE = """
def strict(x, /, *, lr):
    return x * lr
def few(x):
    return x
"""


def test_a_call_names_its_arguments(submit: OpenFiles) -> None:
    calls = [Call("strict", (2.0, 3.0), names=("x", "lr")), Call("few", (1.0, 2.0), names=("x", "y"))]
    with submit(SOURCE) as session:
        fits, does_not = session.run(calls)

    assert isinstance(fits, Returned)
    assert fits.value == 6.0
    assert isinstance(does_not, Raised)
    assert does_not.type_name == "TypeError"
